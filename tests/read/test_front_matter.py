import re
from datetime import UTC, date, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.model.problems import Place, Problem
from generator.read.front_matter import (
    FrontMatter,
    dump_front_matter,
    split_front_matter,
)
from generator.read.plain_yaml import Setting

STORY = """\
---
title: Storm
tags: [War, Kursk]
image:
  src: a.jpg
---

The story.
"""
TOML_STORY = """\
+++
title = "Storm"
tags = ["War", "Kursk"]
[image]
src = "a.jpg"
+++

The story.
"""


def split(text: str | bytes) -> FrontMatter:
    data = text.encode() if isinstance(text, str) else text
    front = split_front_matter(data, path="a.md")
    assert isinstance(front, FrontMatter), front
    return front


def refused(text: str | bytes) -> Problem:
    data = text.encode() if isinstance(text, str) else text
    problems = split_front_matter(data, path="a.md")
    assert not isinstance(problems, FrontMatter)
    (problem,) = problems
    assert problem.is_error
    return problem


@pytest.mark.parametrize("story", [STORY, TOML_STORY])
def test_settings_and_body_are_split(story: str) -> None:
    front = split(story)
    assert front.values == {
        "title": "Storm",
        "tags": ["War", "Kursk"],
        "image": {"src": "a.jpg"},
    }
    assert front.body == "\nThe story.\n"
    assert story.split("\n")[front.body_line - 1 :] == front.body.split("\n")


def test_a_byte_order_mark_is_dropped() -> None:
    assert split(b"\xef\xbb\xbf" + STORY.encode()) == split(STORY)


def test_windows_line_ends_make_no_difference() -> None:
    assert split(STORY.replace("\n", "\r\n")) == split(STORY)


def test_the_body_keeps_rules_that_look_like_fences() -> None:
    assert split("---\ntitle: a\n---\nb\n---\nc\n").body == "b\n---\nc\n"


@pytest.mark.parametrize(
    ("text", "body", "line"),
    [
        ("---\ntitle: a\n---", "", 4),
        ("---\ntitle: a\n---\n", "", 4),
        ("---  \ntitle: a\n--- \t\nb", "b", 4),
        ("---\ntitle: a\n...\nb", "b", 4),
        ("\n\n---\ntitle: a\n---\nb", "b", 6),
        ("---\n---\nb", "b", 3),
        ("+++\n+++\nb", "b", 3),
    ],
)
def test_the_body_begins_below_the_fence(text: str, body: str, line: int) -> None:
    front = split(text)
    assert (front.body, front.body_line) == (body, line)


def test_empty_settings_are_no_settings() -> None:
    assert split("---\n# nothing yet\n---\nb").values == {}


@pytest.mark.parametrize(
    ("text", "message", "line", "hint"),
    [
        ("", "the file is empty", 1, "Begin it with"),
        (" \n\n", "the file is empty", 1, "Begin it with"),
        ("Just words.\n", "the file has no front matter", 1, "Begin it with"),
        ("\n\nJust words.\n", "the file has no front matter", 3, "Begin it with"),
        ("title: a\n\nWords.\n", "the file has no front matter", 1, 'Put a line "---" above'),
        ("----\ntitle: a\n----\n", "the file has no front matter", 1, "Begin the line with"),
        (" ---\ntitle: a\n---\n", "the file has no front matter", 1, "Begin the line with"),
        ("+++toml\na = 1\n", "the file has no front matter", 1, 'Begin the line with "+++"'),
        ("---\ntitle: a\n\nWords.\n", "the front matter is not closed", 1, 'Put a line "---"'),
        ("\n+++\ntitle = 'a'\n", "the front matter is not closed", 2, 'Put a line "+++"'),
        ("---\ntitle: a\n+++\n", "the front matter is not closed", 1, 'Put a line "---"'),
    ],
)
def test_a_file_without_front_matter_is_told_what_to_do(
    text: str, message: str, line: int, hint: str
) -> None:
    problem = refused(text)
    assert (problem.message, problem.place.line) == (message, line)
    assert problem.hint.startswith(hint)


def test_a_fault_in_the_settings_has_its_line_in_the_file() -> None:
    problem = refused("\n---\ntitle: a\nkicker: b: c\n---\n")
    assert (problem.place, problem.excerpt) == (Place("a.md", 4, 10), "kicker: b: c")
    assert refused("+++\ntitle = 'a'\nkicker = b\n+++\n").place == Place("a.md", 3, 10)


def test_a_story_that_begins_inside_the_settings_is_recognised() -> None:
    problem = refused("---\ntitle: a\n\nThe storm hit.\nMore.\n\n---\nThe end.\n")
    assert problem.place.line == 4
    assert problem.hint.endswith('If the story begins here, put a line "---" above it.')


def test_64_kilobytes_of_settings_are_read_and_more_refused() -> None:
    line = "title: " + "x" * (65_536 - 8) + "\n"
    assert split(f"---\n{line}---\n").values
    assert "the limit is 65,536" in refused(f"---\nx{line}---\n").message


def test_a_warning_comes_with_the_settings() -> None:
    (problem,) = split("---\ntitle: The rise of #MeToo\n---\n").problems
    assert (problem.is_error, problem.place) == (False, Place("a.md", 2, 20))


@pytest.mark.parametrize("story", [STORY, TOML_STORY])
def test_values_and_keys_are_found_again(story: str) -> None:
    front = split(story)
    for span, part in (
        (front.locate("tags", 1), "Kursk"),
        (front.locate("image", "src"), "a.jpg"),
        (front.locate_key("tags"), "tags"),
    ):
        line = story.split("\n")[span.place.line - 1]
        assert span.excerpt == line
        assert line[span.place.column - 1 :][: span.width].strip("\"'") == part


@pytest.mark.parametrize("story", [STORY, TOML_STORY])
def test_what_is_missing_is_shown_at_the_opening_line(story: str) -> None:
    front = split("\n" + story)
    for span in (front.locate("date"), front.locate(), front.locate_key("date")):
        assert (span.place, span.excerpt, span.width) == (Place("a.md", 2, 1), story[:3], 3)


@pytest.mark.parametrize(
    "text",
    [
        "---\nextra:\n  a: 1\n  b: '1'\n  c: [true, x]\n---\n",
        "+++\n[extra]\na = 1\nb = '1'\nc = [true, 'x']\n+++\n",
    ],
)
def test_extra_values_are_typed_and_quoted_ones_stay_text(text: str) -> None:
    front = split(text)
    assert front.typed("extra") == {"a": 1, "b": "1", "c": [True, "x"]}
    assert front.typed("nowhere") is None


@given(st.binary(max_size=80))
@example(b"\xff\xfe-\0")
def test_any_bytes_are_split_or_refused_and_never_raise(data: bytes) -> None:
    for fence in (b"", b"---\n", b"+++\n"):
        front = split_front_matter(fence + data + b"\n" + fence, path="a.md")
        if not isinstance(front, FrontMatter):
            assert front
            assert all(problem.place.path == "a.md" for problem in front)


def test_front_matter_is_written_as_a_person_would() -> None:
    values: dict[str, Setting] = {
        "title": "Kursk: what we know",
        "date": "2024-08-15 08:00+03:00",
        "updated": datetime(2024, 8, 15, 9, tzinfo=UTC),
        "day": date(2024, 8, 15),
        "draft": True,
        "weight": 7,
        "nothing": None,
        "tags": ["War in Ukraine", "2024", "no", "C#", "#MeToo", "it's", '"b" a', ""],
        "image": {"src": "a.jpg", "alt": "1.10"},
        "summary": "One.\n\nTwo.\n",
        "slug": "yes",
        "emoji": "😀 ї",
        "none": [],
    }
    assert dump_front_matter(values) == (
        "---\n"
        'title: "Kursk: what we know"\n'
        "date: 2024-08-15 08:00+03:00\n"
        "updated: 2024-08-15T09:00:00+00:00\n"
        "day: 2024-08-15\n"
        "draft: true\n"
        "weight: 7\n"
        "nothing: null\n"
        "tags:\n"
        "  - War in Ukraine\n"
        '  - "2024"\n'
        '  - "no"\n'
        "  - C#\n"
        '  - "#MeToo"\n'
        "  - it's\n"
        "  - '\"b\" a'\n"
        '  - ""\n'
        "image:\n"
        "  src: a.jpg\n"
        '  alt: "1.10"\n'
        "summary: |\n"
        "  One.\n"
        "\n"
        "  Two.\n"
        'slug: "yes"\n'
        "emoji: 😀 ї\n"
        "none: []\n"
        "---\n"
    )


def test_no_settings_are_written_as_two_fences() -> None:
    assert dump_front_matter({}) == "---\n---\n"


def test_one_list_in_two_places_is_written_twice() -> None:
    tags = ["a"]
    assert split(dump_front_matter({"x": tags, "y": tags})).values == {"x": ["a"], "y": ["a"]}


def test_what_is_no_text_is_read_back_as_its_text() -> None:
    written = dump_front_matter({"a": True, "b": 7, "c": 1.5, "d": None, "e": date(2024, 8, 15)})
    assert split(written).values == {
        "a": "true",
        "b": "7",
        "c": "1.5",
        "d": None,
        "e": "2024-08-15",
    }


@pytest.mark.parametrize(
    "word",
    ["2024", "1.10", "1e3", "0x1F", "yes", "No", "on", "null", "~", "true", "12:30", "y", "="],
)
def test_texts_that_look_like_something_else_are_quoted(word: str) -> None:
    assert dump_front_matter({"title": word}) == f'---\ntitle: "{word}"\n---\n'


# What a file may hold: no control characters, surrogates or noncharacters.
UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
TEXTS = st.one_of(
    st.text(max_size=30),
    st.text(alphabet=" \n\ta:#-'\"\\|>&*!%@`,[]{}?~0\x85\u2028\ufeff\r", max_size=12),
    st.sampled_from(
        ["no", "2024", "2024-08-15", "1.10", "null", "---", "...", "<<", "- a", "a: b"]
    ),
).filter(lambda text: not UNFIT.search(text))
KEYS = TEXTS.filter(bool)
SETTINGS = st.recursive(
    st.none() | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=6,
)


@given(st.dictionaries(KEYS, SETTINGS, max_size=4), st.text(max_size=20))
def test_what_is_written_is_read_back_the_same(values: dict[str, Setting], body: str) -> None:
    body = body.replace("\0", "").replace("\r", "\n")
    front = split(dump_front_matter(values) + body)
    assert front.values == values
    assert front.body == body
