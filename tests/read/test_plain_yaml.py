"""What is read without the library is what the library would have read."""

import time
from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.read.library_yaml import load, typed
from generator.read.plain_yaml import DEEPEST, as_typed, read_plain

SIGNS = "ab1 :-#'\"[]{},&*!|>%@`?~<=.\\\n\té“\u00a0\u200b\x07"
tame = st.sampled_from(
    [
        *(
            "a",
            "null",
            "~",
            "true",
            "007",
            "1.10",
            "2024-08-15",
            "12:30",
            "a b",
            "a  b ",
            "é",
            "“q”",
        ),
        *("a#b", "a:b", "http://x.org/#y", "O'Hare", '"a"', '"a # b"', '"a: b"', '"a\\"b"', '""'),
        *("'a'", "'it''s'", "''", "[]", "[ ]", "[a]", "[a, b]", "[\"a\", 'b' , c d]", "[null]"),
        *("a, b", "a] b", "(a)", "/a/b", "+1", "_a", "a\\b", "", "", ""),
    ]
)
wild = st.text(SIGNS, max_size=5) | st.sampled_from(
    [
        *(
            "a: b",
            "a #b",
            "-",
            "- a",
            "-1",
            "?",
            ": a",
            '"a\\\\"',
            '"a',
            '"a" b',
            "'a' #b",
            "[a, ]",
        ),
        *("[,]", "[a,, b]", "[a: b]", "[[a]]", "[a", "a]", "{a: b}", "{}", "|", ">", "&a b", "*a"),
        *("!a b", "@a", "%a", "`a", "...", "---", "<<", "=", "[~]"),
    ]
)
wild_keys = st.sampled_from(["1", '"q"', "'s'", "<<", "k k", "é", "-a", "a#", "a"])
indents = st.sampled_from(["", "", " ", "  ", "    "])
blanks = st.sampled_from(["", "  ", "# c", "  # c #d", "#"])


def mapping(draw: st.DrawFn, column: int, depth: int) -> list[str]:
    """Lines of a mapping whose keys begin in a column."""
    lines = []
    for number in range(draw(st.integers(1, 3))):
        inner = draw(st.sampled_from(["text", "text", "list", "mapping"])) if depth else "text"
        deeper = draw(st.sampled_from([1, 2, 4]))
        if inner == "text":
            value = draw(tame)
            lines.append(f"{' ' * column}k{number}:{' ' * bool(value)}{value}")
        else:
            lines.append(f"{' ' * column}k{number}:")
        if inner == "mapping":
            lines += mapping(draw, column + deeper, depth - 1)
        elif inner == "list":
            lines += items(draw, column + draw(st.sampled_from([0, 2])), depth - 1)
    return lines


def items(draw: st.DrawFn, column: int, depth: int) -> list[str]:
    """Lines of a list whose dashes stand in a column."""
    lines = []
    for _ in range(draw(st.integers(1, 3))):
        dash = " " * column + draw(st.sampled_from(["- ", "- ", "-   "]))
        if depth and draw(st.booleans()):
            first, *more = mapping(draw, len(dash), depth - 1)
            lines += [dash + first.lstrip(" "), *more]
        else:
            lines.append(dash + (draw(tame) or "a"))
    return lines


@st.composite
def settings_texts(draw: st.DrawFn) -> str:
    """Settings with lists and mappings in one another; now and then something is amiss."""
    lines = mapping(draw, 0, draw(st.integers(0, 3)))
    if draw(st.booleans()):
        line = draw(st.builds("{}{}: {}".format, indents, wild_keys, wild | tame) | wild | blanks)
        lines.insert(draw(st.integers(0, len(lines))), line)
    return "\n".join(lines) + draw(st.sampled_from(["", "\n", "\n\n"]))


texts = settings_texts() | settings_texts() | st.text(SIGNS, max_size=20)


def by_the_library(text: str) -> object:
    values, problems = load(text, path="a.md", first_line=1)
    assert values is not None
    assert not problems
    return values


@given(texts)
@example("a:\n- x\nb:\n  - y\n  - z: 1\n    w:\n    - v\n")
@example("a:\n  b:\n    c: 1\n  d: 2\ne:\n")
@example("a: x\n  - y")
@example("a:\n- b: 1\n- c\n")
@example("- a")
@example("a:\n\n# c\n\n  b: 1")
@example("a:\n  b: 1\n c: 2")
@example("a: b\n...\n")
@example("a: b\n---\n")
@example("a: 1\na: 2")
def test_what_is_read_is_what_the_library_reads(text: str) -> None:
    values = read_plain(text)
    if values is not None:
        assert repr(values) == repr(by_the_library(text))


@given(texts)
def test_types_are_those_of_the_library(text: str) -> None:
    values = read_plain(text, as_typed)
    if values is not None:
        assert repr(values) == repr(typed(text))


@pytest.mark.parametrize(
    "text",
    [
        'title: "Storm"\ndate: 2024-08-15 14:30\ntags: [War, "Kursk"]\n',
        "title: It's over story#1\n",
        "title: 'It''s raining'\nsummary: \"He said \\\"no\\\"\"\n",
        "tags:\n- a\n- b c\nauthors:\n  - d\n",
        "image:\n  src: a.jpg\n  alt: A:b\n",
        "navigation:\n  - title: World\n    url: /world/\n  - title: Home\n    url: /\n",
        "# A comment\ntitle: a\n\n  # another\ndraft:\n",
        "aliases: [ a ]\n",
    ],
)
def test_usual_settings_take_no_library(text: str) -> None:
    assert read_plain(text) == by_the_library(text)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "\n",
            "# c\n",
            "~",
            "- a\n",
            "a\n",
            "  a: b\n",
            "a: |\n  b\n",
            "a: b\n  c\n",
            "a: {}\n",
        ),
        *("a: b #c\n", "a: &b c\n", "a: b\na: c\n", "a:\tb\n", "a: \x07\n", "a: \xa0b\n", "é: b\n"),
        *(
            'a: "\\n"\n',
            "a: [b\n  c]\n",
            "a: b: c\n",
            "a: b:\n",
            "a:\n  b\n",
            "a: - b\n",
            "a: [b,]\n",
        ),
    ],
)
def test_what_is_unusual_or_faulty_is_left_to_the_library(text: str) -> None:
    assert read_plain(text) is None


def test_depth_is_bounded() -> None:
    def nested(depth: int) -> str:
        return "".join(f"{'  ' * level}a:\n" for level in range(depth)) + "  " * depth + "b: c\n"

    assert read_plain(nested(DEEPEST - 2)) is not None
    assert read_plain(nested(DEEPEST)) is None


@pytest.mark.parametrize(
    "make",
    [
        lambda n: "a: b" + " " * n + "#c",
        lambda n: "a:" + " " * n + "#c",
        lambda n: "a: [" + "b," * n,
        lambda n: "a: [" + "b " * n + ":]",
        lambda n: "a: " + "b:" * n,
        lambda n: "a: " + "b#" * n + " #c",
        lambda n: 'a: "' + '\\"' * n,
        lambda n: "a: '" + "''" * n + " b",
        lambda n: "a" * n,
        lambda n: "a:\n" + " - " * n,
        lambda n: "a: b\n" * n,
        lambda n: " " * n + "a",
        lambda n: "-" + " " * n,
    ],
)
def test_no_text_takes_long(make: Callable[[int], str]) -> None:
    begin = time.process_time()
    read_plain(make(60_000))
    assert time.process_time() - begin < 1
