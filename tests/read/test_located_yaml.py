import subprocess
import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.problems import Place, Problem
from generator.read.located_yaml import MAX_BYTES, load_yaml, locate_in_yaml, typed_yaml

# Scalars that YAML libraries like to turn into numbers, dates, truths and worse.
SCALARS = """
2024 -7 +7 007 0o17 0x1F 0b11 1_000 1,000 1.10 1. .5 -.5 1e3 1E-3 6.02e+23 .inf -.Inf .nan .NaN
true True TRUE false False yes Yes no No NO on On off Off y n Y N
12:30 12:30:45 190:20:30 2024-08-15 2024-08-15T08:00:00Z 2024-8-5 2024-02-30 20240815
Null NULL nil none None undefined = = C C++ C# .NET A&B a*b a!b http://example.org/a?b=c#d
user@example.org 10% $5 ~x -x :x ?x don't rock'n'roll 100_ 0 00 +1(202)555 1/2 ½ № …
"""
AS_WRITTEN = SCALARS.split()


def read(text: str) -> object:
    values, problems = load_yaml(text, path="a.md")
    assert problems == ()
    return values


def refused(text: str, max_bytes: int = MAX_BYTES) -> tuple[Problem, ...]:
    values, problems = load_yaml(text, path="a.md", max_bytes=max_bytes)
    assert values is None
    assert problems
    assert all(problem.is_error for problem in problems)
    return problems


@pytest.mark.parametrize("scalar", AS_WRITTEN)
def test_a_scalar_is_the_very_text_in_the_file(scalar: str) -> None:
    assert read(f"title: {scalar}\n") == {"title": scalar}
    assert read(f"tags:\n  - {scalar}\n") == {"tags": [scalar]}
    assert read(f'title: "{scalar}"\n') == {"title": scalar}


def test_there_are_enough_such_scalars() -> None:
    assert len(set(AS_WRITTEN)) >= 60


@pytest.mark.parametrize("nothing", ["", "~", "null"])
def test_nothing_written_is_none_and_an_empty_text_is_not(nothing: str) -> None:
    assert read(f"a: {nothing}\nb: ''\nc: '{nothing}'\n") == {"a": None, "b": "", "c": nothing}


def test_keys_are_texts_whatever_they_look_like() -> None:
    assert read("2024: a\nno: b\nnull: c\n1.10: d\n") == {
        "2024": "a",
        "no": "b",
        "null": "c",
        "1.10": "d",
    }


def test_lists_and_mappings_nest() -> None:
    text = "image: {src: a.jpg, alt: null}\nlist:\n  - [1, [2]]\n  - x: y\n"
    assert read(text) == {
        "image": {"src": "a.jpg", "alt": None},
        "list": [["1", ["2"]], {"x": "y"}],
    }


def test_block_texts_keep_their_lines() -> None:
    assert read("a: |\n  one\n\n  two\nb: >-\n  one\n  two\n") == {
        "a": "one\n\ntwo\n",
        "b": "one two",
    }


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n", "---\n", "~"])
def test_an_empty_text_is_an_empty_mapping(text: str) -> None:
    assert read(text) == {}


def test_windows_line_ends_make_no_difference() -> None:
    assert read("a: 1\r\nb:\r\n  - x\r\n") == {"a": "1", "b": ["x"]}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: &x 1\n", 'a value cannot begin with "&": in YAML that is an anchor'),
        ("a: &x [1]\n", 'a value cannot begin with "&": in YAML that is an anchor'),
        ("a: *x\n", 'a value cannot begin with "*": in YAML that is an alias'),
        ("a: !!python/name:os.system x\n", 'a value cannot begin with "!": in YAML that is a tag'),
        ("a: !!str 1\n", 'a value cannot begin with "!": in YAML that is a tag'),
        ("a: ! 1\n", 'a value cannot begin with "!": in YAML that is a tag'),
        ("a: !!map {b: c}\n", 'a value cannot begin with "!": in YAML that is a tag'),
        ("<<: {a: b}\n", "merge keys (<<) are not allowed"),
        ("a: {<<: {b: c}}\n", "merge keys (<<) are not allowed"),
        ("a: 1\na: 2\n", '"a" is given twice'),
        ('a: 1\n"a": 2\n', '"a" is given twice'),
        ("x: {b: 1, b: 2}\n", '"b" is given twice'),
        ("? [a]\n: b\n", "a list or mapping stands where a key should"),
        ("? {a: b}\n: c\n", "a list or mapping stands where a key should"),
        ('"": b\n', "a key is missing before the colon"),
        ("a: 1\n---\nb: 2\n", "a second YAML document begins here"),
        ("- a\n- b\n", 'no "key: value" here'),
        ("just words\n", 'no "key: value" here'),
        ('a: "x\\0y"\n', "an invisible control character (U+0000)"),
        ('a: "\\u0007"\n', "an invisible control character (U+0007)"),
    ],
)
def test_what_may_not_be_in_a_text_is_refused_by_name(text: str, message: str) -> None:
    assert [problem.message for problem in refused(text)] == [message]


def test_a_quoted_merge_key_is_a_key() -> None:
    assert read('"<<": a\n') == {"<<": "a"}


@pytest.mark.parametrize(
    "character", ["\0", "\x07", "\x1b", "\x7f", "\x85", "\u2028", "\ufeff", "\ufffe", "\ud800"]
)
def test_characters_that_nobody_sees_are_named_and_placed(character: str) -> None:
    (problem,) = refused(f"title: a\nsummary: b{character}c\n")
    assert f"U+{ord(character):04X}" in problem.message
    assert problem.place == Place("a.md", 2, 11)


def test_every_duplicate_is_reported_at_once() -> None:
    assert [p.place.line for p in refused("a: 1\nb: 2\na: 3\nb: 4\n")] == [3, 4]


def test_a_flood_of_faults_is_cut() -> None:
    assert len(refused("a: 1\n" * 1000)) == 20


def test_lines_are_counted_from_the_line_in_the_file() -> None:
    values, problems = load_yaml("a: 1\na: 2\n", path="b.md", first_line=7)
    assert values is None
    assert [p.place for p in problems] == [Place("b.md", 8, 1)]


def test_the_size_is_limited_in_bytes() -> None:
    text = "a: " + "я" * 40
    assert read(text)
    (problem,) = refused(text, max_bytes=80)
    assert problem.message == "83 bytes of settings; the limit is 80"
    assert load_yaml(text, path="a", max_bytes=83)[0] is not None


@pytest.mark.parametrize("opening", ["[", "{a: ", "- "])
def test_32_levels_are_read_and_33_refused(opening: str) -> None:
    closing = {"[": "]", "{a: ": "}"}.get(opening, "")
    deep = f"k:\n  {opening * 31}x{closing * 31}\n"
    too_deep = f"k:\n  {opening * 32}x{closing * 32}\n"
    assert load_yaml(deep, path="a")[1] == ()
    (problem,) = refused(too_deep)
    assert problem.message == "lists and mappings nested more than 32 deep"


BOMBS = {
    "brackets": "a: " + "[" * 1_000_000,
    "braces": "a: " + "{a: " * 250_000,
    "braces without keys": "a: " + "{" * 1_000_000,
    "dashes": "a:\n  " + "- " * 500_000,
    "questions": "a:\n  " + "? " * 500_000,
    "deep indentation": "".join(" " * n + "a:\n" for n in range(1_400)),
    "merges": "a: &a {x: y}\n" + "b: {<<: [*a, *a]}\n" * 50_000,
    "aliases": "a: &a [x]\nb: [" + "*a, " * 250_000 + "]",
    "one long key": "k" * 1_000_000,
    "open quotes": 'a: "' * 250_000,
    "colons": "a: " * 300_000,
    "hashes": "a: b\n" + "x: y #z\n" * 100_000,
    "hash words": "".join(f"k{n}: y #z\n" for n in range(70_000)),
    "flat list": "a: [" + "b," * 499_000 + "]",
}
CHILD = """
import resource, sys
sys.path.insert(0, {folder!r})
resource.setrlimit(resource.RLIMIT_AS, (700 * 1024 * 1024,) * 2)
resource.setrlimit(resource.RLIMIT_CPU, (20,) * 2)
from generator.read.located_yaml import load_yaml
values, problems = load_yaml(sys.stdin.read(), path="a.md", max_bytes=2_000_000)
sys.exit(0 if problems and (values is None or {warns!r}) else 3)
"""


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_harms_nobody(name: str, pytestconfig: pytest.Config) -> None:
    warns = name in ("hash words", "flat list")
    program = CHILD.format(folder=str(pytestconfig.rootpath), warns=warns)
    if name == "flat list":
        program = program.replace("problems and", "")
    child = subprocess.run([sys.executable, "-c", program], input=BOMBS[name].encode(), check=False)
    assert child.returncode == 0


def test_a_front_matter_full_of_brackets_is_refused_at_once() -> None:
    begin = time.process_time()
    refused("a: " + "[" * 60_000)
    assert time.process_time() - begin < 1


@given(st.text(alphabet=st.sampled_from("ab:-#'\"[]{},&*!|>%@`?~<=\n\t .0\\"), max_size=60))
def test_any_text_is_read_or_refused_and_never_raises(text: str) -> None:
    values, problems = load_yaml(text, path="a.md")
    assert (values is None) == any(problem.is_error for problem in problems)
    for problem in problems:
        lines = text.split("\n")
        assert 1 <= problem.place.line <= len(lines)
        assert problem.excerpt == lines[problem.place.line - 1]
        assert 1 <= problem.place.column <= len(problem.excerpt) + 1
        assert problem.width >= 1
        assert problem.message


@given(st.text(max_size=40))
def test_any_unicode_is_read_or_refused_and_never_raises(text: str) -> None:
    load_yaml(f"a: {text}", path="a.md")
    load_yaml(text, path="a.md")


@pytest.mark.parametrize(
    ("line", "lost"),
    [
        ("title: The rise of #MeToo", "#MeToo"),
        ("title: #MeToo, a year on", "#MeToo, a year on"),
        ("  - #MeToo", "#MeToo"),
        ("title: 'a #b' #c", "#c"),
        ("title: a # b #c", ""),
        ("title: 'The rise of #MeToo'", ""),
        ("title: story#1", ""),
        ("title: a # a comment", ""),
        ("#title: a", ""),
        ("  #title: a", ""),
        ("title: |\n  one #two", ""),
        ('extra: {a: "x #y", "k #z": b}', ""),
        ('extra: {"k #z": {"l #m": b}} #n', "#n"),
        ('"k #z": "x #y"', ""),
        ("'k #z':\n  l: x #y", "#y"),
    ],
)
def test_a_word_lost_to_a_comment_is_told(line: str, lost: str) -> None:
    values, problems = load_yaml(f"a:\n{line}\n", path="a.md")
    assert values is not None
    found = [problem.excerpt[problem.place.column - 1 :] for problem in problems]
    assert found == ([lost] if lost else [])
    assert not any(problem.is_error for problem in problems)


PLACES = """\
title: "Storm"
tags:
  - War
  - Kursk
image: {src: a.jpg, alt: }
empty:
deep:
  list:
    - name: x
      role: y
"""


@pytest.mark.parametrize(
    ("keys", "line", "shown"),
    [
        (("title",), 1, '"Storm"'),
        (("tags", 1), 4, "Kursk"),
        (("image", "src"), 5, "a.jpg"),
        (("image", "alt"), 5, "alt"),
        (("image", "width"), 5, "image"),
        (("empty",), 6, "empty"),
        (("deep", "list", 0, "role"), 10, "y"),
        (("deep", "list", 5), 8, "list"),
        (("nowhere",), 1, "t"),
        ((), 1, "t"),
    ],
)
def test_a_value_is_found_again(keys: tuple[str | int, ...], line: int, shown: str) -> None:
    span = locate_in_yaml(PLACES, keys, path="config.yaml")
    assert span.place.line == line
    start = span.place.column - 1
    assert span.excerpt[start : start + span.width] == shown


def test_a_key_is_found_again() -> None:
    span = locate_in_yaml(PLACES, ("deep", "list", 0, "role"), path="c", first_line=3, of_key=True)
    assert (span.place, span.width) == (Place("c", 12, 7), 4)


def test_typed_values_follow_the_core_schema() -> None:
    text = "[true, False, 12, -3, 1.5, 1e3, ~, Null, .5, x]"
    typed: list[object] = [True, False, 12, -3, 1.5, 1000.0, None, None, 0.5, "x"]
    assert typed_yaml(f"a: {text}\nb:\n") == {"a": typed, "b": None}


def test_what_is_quoted_stays_text_when_typed() -> None:
    text = "a: '12'\nb: \"true\"\nc: ['1.5', 1.5]\nd: ''\n"
    assert typed_yaml(text) == {"a": "12", "b": "true", "c": ["1.5", 1.5], "d": ""}


@pytest.mark.parametrize(
    "code",
    ["007", "0o17", "0x1F", "1_000", "yes", "no", ".inf", ".nan", "9" * 19, "1e9999", "2024-08-15"],
)
def test_codes_and_words_stay_text_when_typed(code: str) -> None:
    assert typed_yaml(f"a: {code}\n") == {"a": code}


def test_an_empty_text_is_typed_as_an_empty_mapping() -> None:
    assert typed_yaml("") == {}
