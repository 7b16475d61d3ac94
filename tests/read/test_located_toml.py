import json
import time
from collections.abc import Iterable, Iterator

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from generator.model.problems import Place, Problem
from generator.read.located_toml import load_toml, typed_toml
from generator.read.source_spans import span_in, stretch_of
from generator.read.toml_tokens import toml_stretches


def read(text: str) -> object:
    values, problems = load_toml(text, path="a.md")
    assert problems == ()
    return values


def fault_in(text: str) -> Problem:
    values, problems = load_toml(text, path="a.md", first_line=2)
    assert values is None
    (problem,) = problems
    return problem


def shown(problem: Problem) -> str:
    start = problem.place.column - 1
    return problem.excerpt[start : start + problem.width]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ('"Storm"', "Storm"),
        ("'C:\\path'", "C:\\path"),
        ("2024", "2024"),
        ("1.10", "1.10"),
        ("1e3", "1e3"),
        ("true", "true"),
        ("false", "false"),
        ("2024-08-15", "2024-08-15"),
        ("2024-08-15 08:00:00", "2024-08-15T08:00:00"),
        ("2024-08-15T08:00:00Z", "2024-08-15T08:00:00+00:00"),
        ("08:00:00", "08:00:00"),
    ],
)
def test_a_scalar_is_a_text(value: str, text: str) -> None:
    assert read(f"a = {value}\n") == {"a": text}


def test_tables_and_lists_nest() -> None:
    text = 'a.b = 1\n[image]\nsrc = "x"\n[[list]]\nn = [1, [2]]\n[[list]]\n'
    assert read(text) == {
        "a": {"b": "1"},
        "image": {"src": "x"},
        "list": [{"n": ["1", ["2"]]}, {}],
    }


def test_typed_values_keep_their_types_but_dates_and_infinities() -> None:
    text = 'a = true\nb = 7\nc = 1.5\nd = "7"\ne = [1, "x"]\nf = 2024-08-15\ng = inf\nh = nan\n'
    assert typed_toml(text) == {
        "a": True,
        "b": 7,
        "c": 1.5,
        "d": "7",
        "e": [1, "x"],
        "f": "2024-08-15",
        "g": "inf",
        "h": "nan",
    }


SLIPS = [
    ("title = Foo", "a text that has no quotes", "Foo", 'Write title = "Foo"'),
    ("title = “Foo”", "a text that has no quotes", "“Foo”", 'Write title = "Foo"'),
    ('title "x"', 'no "=" after the key', 'title "x"', 'Write key = "text".'),
    (
        "title: Foo",
        'a colon where TOML has "="',
        "title: Foo",
        'Write title = "Foo", or fence YAML with --- lines instead of +++.',
    ),
    ('title = "x', "the quote that opens here is not closed", '"x', 'End it with "'),
    ('a = "x\ny"', "the quote that opens here is not closed", '"x', 'End it with "'),
    ("a = 'x\nb = 1", "the quote that opens here is not closed", "'x", "End it with '"),
    ("a = '''x", "the quote that opens here is not closed", "'''x", "End it with '"),
    (
        'title = "He said "no""',
        "the value goes on after its end",
        'no""',
        "Put the value in quotes: title = 'He said \"no\"'",
    ),
    (
        "zip = 012",
        "the value goes on after its end",
        "12",
        'Put the value in quotes: zip = "012"',
    ),
    ("a = 1\na = 2", '"a" is given twice', "a = 2", "Keep one of them."),
    ("[a]\n[a]", '"a" is given twice', "[a]", "Keep one of them."),
    ("a = {b = 1, b = 2}", '"b" is given twice', "a = {b = 1, b = 2}", "Keep one of them."),
    ('tags = ["a", "b"', 'the "[" that opens here is not closed', '["a", "b"', "End it with ]"),
    ("[a\nb = 1", 'the "[" that opens here is not closed', "[a", "End it with ]"),
    (
        "x = [1 2]",
        "a comma is missing, or a bracket",
        "2]",
        "Separate items with commas; what is in { } stands on one line.",
    ),
    ("a = [1,,2]", "no value here", ",2]", "Put texts in quotes, one comma between them."),
    ("a =", '"a" has no value', "a =", 'Write a = "text".'),
    ("= 1", "a key is missing", "= 1", 'Write key = "text".'),
    (
        "date = 2024-02-30",
        'not a date: "2024-02-30"',
        "2024-02-30",
        "Write year-month-day, such as 2024-08-15.",
    ),
    (
        'a = "C:\\path"',
        "a backslash in double quotes begins a special character",
        'ath"',
        "Use single quotes.",
    ),
    ("a = " + "9" * 5000, "a number with too many digits", "", "Put it in quotes."),
    ('a = "\\u0000"', "an invisible control character (U+0000)", '"\\u0000"', "Delete it."),
    ('a = ["x", "\\u0001"]', "an invisible control character (U+0001)", '"\\u0001"', "Delete it."),
    ("a = '\x07'", "an invisible control character (U+0007)", "\x07", "Delete it."),
]


@pytest.mark.parametrize(("text", "message", "part", "hint"), SLIPS)
def test_a_slip_is_told_in_plain_words_and_in_its_place(
    text: str, message: str, part: str, hint: str
) -> None:
    problem = fault_in(text)
    assert (problem.message, shown(problem), problem.hint) == (message, part, hint)
    assert problem.place.line >= 2


def test_the_line_is_the_one_in_the_file() -> None:
    assert fault_in("a = 1\nb = 2\na = 3\n").place == Place("a.md", 4, 1)


@pytest.mark.parametrize(
    "text",
    [
        "a = " + "[" * 33 + "]" * 33,
        "a = " + "{a = " * 33 + "1" + "}" * 33,
        ".".join("a" * 34) + " = 1",
        "[" + ".".join("a" * 34) + "]",
        ".".join(["'a'"] * 34) + " = 1",
    ],
)
def test_33_levels_are_refused(text: str) -> None:
    assert fault_in(text).message == "lists and tables nested more than 32 deep"


def test_32_levels_and_many_dots_in_texts_are_read() -> None:
    assert read("a = " + "[" * 32 + "]" * 32)
    assert read(f'a = "{"b." * 100}"\nc = [{"1.5, " * 100}]\n')


@pytest.mark.parametrize(
    "text",
    [
        "a = " + "[" * 60_000,
        "a = " + "{a=" * 20_000,
        ".".join(["a"] * 30_000) + " = 1",
        'a = "' + '\\"' * 30_000,
        "'''" * 20_000,
        '"""' * 20_000 + "\\",
        "\n".join(f"k{n} = 1" for n in range(6_000)),
        "\n".join(f"[[k{n}]]" for n in range(6_000)),
        "a = [" + "1," * 30_000 + "]",
    ],
    ids=range(9),
)
def test_no_text_of_64_kilobytes_takes_long(text: str) -> None:
    begin = time.process_time()
    load_toml(text, path="a.md")
    assert time.process_time() - begin < 3


def test_the_size_is_limited() -> None:
    problem = fault_in("a = '" + "x" * 65_536 + "'")
    assert problem.message == "65,542 bytes of settings; the limit is 65,536"


PLACES = """\
title = "a" # no
a.b."c d" = 1
tags = ["x", 'y', # c
  3,
  [1, 2]]
when = 2024-08-15 08:00:00
img = {src = "a", alt = \"\"\"x
y\"\"\"}
[extra]
q = true
[[list]]
n = 1
[[list]]
n = 2
[list.sub]
z = 9
"""


@pytest.mark.parametrize(
    ("keys", "line", "part"),
    [
        (("title",), 1, '"a"'),
        (("a", "b", "c d"), 2, "1"),
        (("tags", 1), 3, "'y'"),
        (("tags", 2), 4, "3"),
        (("tags", 3, 1), 5, "2"),
        (("when",), 6, "2024-08-15 08:00:00"),
        (("img", "src"), 7, '"a"'),
        (("img", "alt"), 7, '"""x'),
        (("extra", "q"), 10, "true"),
        (("list", 0, "n"), 12, "1"),
        (("list", 1, "n"), 14, "2"),
        (("list", 1, "sub", "z"), 16, "9"),
        (("extra", "nowhere"), 9, "extra"),
    ],
)
def test_a_value_is_found_again(keys: tuple[str | int, ...], line: int, part: str) -> None:
    found = stretch_of(toml_stretches(PLACES), keys)
    assert found is not None
    span = span_in(PLACES, *found, path="a")
    assert span.place.line == line
    start = span.place.column - 1
    assert span.excerpt[start : start + span.width] == part


def paths_in(values: object) -> Iterator[tuple[str | int, ...]]:
    inner: Iterable[tuple[str | int, object]] = ()
    if isinstance(values, dict):
        inner = values.items()
    elif isinstance(values, list):
        inner = enumerate(values)
    for key, value in inner:
        yield (key,)
        yield from ((key, *path) for path in paths_in(value))


def assert_all_placed(text: str) -> None:
    values, problems = load_toml(text, path="a")
    assert problems == ()
    assert set(paths_in(values)) <= toml_stretches(text).keys()


def test_every_value_has_its_place() -> None:
    assert_all_placed(PLACES)


WORDS = st.text(alphabet="ab#'[]{}=,. \\", max_size=5)
QUOTED = WORDS.map(json.dumps) | WORDS.filter(lambda text: "'" not in text).map("'{}'".format)
KEYS = st.lists(QUOTED | st.sampled_from(["a", "b-c", "1_"]), min_size=1, max_size=2).map(".".join)
SCALARS = QUOTED | st.sampled_from(["1", "1.5", "true", "2024-08-15 08:00:00", '"""x\n"y"""', "''"])
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]")
        | st.lists(inner, max_size=3).map(lambda items: "[" + ", # ]\n".join([*items, "]"]))
        | st.dictionaries(KEYS, inner, max_size=2).map(
            lambda pairs: "{" + ", ".join(f"{key} = {value}" for key, value in pairs.items()) + "}"
        )
    ),
    max_leaves=6,
)
LINES = st.one_of(
    st.tuples(KEYS, VALUES).map(" = ".join), KEYS.map("[{}]".format), KEYS.map("[[{}]]".format)
)


@given(st.lists(LINES, max_size=5).map("\n".join))
def test_every_value_of_a_valid_text_has_its_place(text: str) -> None:
    assume(load_toml(text, path="a")[0] is not None)
    assert_all_placed(text)


@given(st.text(alphabet=st.sampled_from("ab=.-#'\"[]{}, \n\t01:\\e"), max_size=60))
def test_any_text_is_read_or_refused_and_never_raises(text: str) -> None:
    values, problems = load_toml(text, path="a.md")
    assert (values is None) == bool(problems)
    for problem in problems:
        assert problem.excerpt == text.split("\n")[problem.place.line - 1]
        assert 1 <= problem.place.column <= len(problem.excerpt) + 1
