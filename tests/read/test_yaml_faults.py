"""What people get wrong in YAML, and what they are told."""

import pytest

from generator.model.problems import Problem
from generator.read.located_yaml import load_yaml


def fault_in(text: str) -> Problem:
    values, problems = load_yaml(text, path="a.md", first_line=2)
    assert values is None
    (problem,) = problems
    return problem


def shown(problem: Problem) -> str:
    start = problem.place.column - 1
    return problem.excerpt[start : start + problem.width]


NEEDS_QUOTES = [
    ("title: Foo: bar", 'title: "Foo: bar"'),
    ("title: Kursk: a town: waits", 'title: "Kursk: a town: waits"'),
    ('title: He said: "no"', "title: 'He said: \"no\"'"),
    ('title: It\'s: "so"', "title: 'It''s: \"so\"'"),
    ("tags:\n  - Foo: bar: baz", '- "Foo: bar: baz"'),
    ('title: "Foo" and bar', "title: '\"Foo\" and bar'"),
    ('title: "Foo" and "bar"', 'title: \'"Foo" and "bar"\''),
    ("title: 'It's raining'", 'title: "It\'s raining"'),
    ('title: "He said "no" to us"', "title: 'He said \"no\" to us'"),
    ("tags:\n  - 'a' b", "- \"'a' b\""),
    ("author: @anna", 'author: "@anna"'),
    ("title: `code`", 'title: "`code`"'),
    ("title: %x", 'title: "%x"'),
    ("title: *bold* word", 'title: "*bold* word"'),
    ("title: *bold", 'title: "*bold"'),
    ("title: & more", 'title: "& more"'),
    ("title: &more of it", 'title: "&more of it"'),
    ("title: !important", 'title: "!important"'),
    ("title: > Foo", 'title: "> Foo"'),
    ("title: | Foo", 'title: "| Foo"'),
    ("title: ? why", 'title: "? why"'),
    ("title: , then", 'title: ", then"'),
    ("title: {{ page.title }}", 'title: "{{ page.title }}"'),
    ("title: [Video] Storm hits", 'title: "[Video] Storm hits"'),
    ("title: {x} Storm", 'title: "{x} Storm"'),
]


@pytest.mark.parametrize(("line", "cure"), NEEDS_QUOTES)
def test_a_value_that_needs_quotes_is_shown_in_them(line: str, cure: str) -> None:
    problem = fault_in(f"date: x\n{line}\nslug: y\n")
    assert problem.hint == f"Put the value in quotes: {cure}"
    assert problem.place.line == 3 + line.count("\n")


@pytest.mark.parametrize(("line", "cure"), NEEDS_QUOTES)
def test_the_cure_is_one(line: str, cure: str) -> None:
    indent = "tags:\n  " if cure.startswith("-") else ""
    values, problems = load_yaml(f"date: x\n{indent}{cure}\nslug: y\n", path="a.md")
    assert problems == ()
    assert values is not None
    assert line.splitlines()


OTHERS = [
    ("title: Foo: bar\n", "a colon inside a value that has no quotes", ":", 2),
    ("tags:\n\t- a\n", "a tab where only spaces may stand", "\t", 3),
    ("title: x\n\tdate: y\n", "a tab where only spaces may stand", "\t", 3),
    ('title: "Foo\ndate: x\n', "the quote that opens here is not closed", '"Foo', 2),
    ('title: "Foo\nsummary: "bar"\n', "the quote that opens here is not closed", '"Foo', 2),
    ('a: "b\nc: d\ne: "f"\n', "the quote that opens here is not closed", '"b', 2),
    ("title: 'Foo\ndate: x\n", "the quote that opens here is not closed", "'Foo", 2),
    ('"title: x\ndate: y\n', "the quote that opens here is not closed", '"title: x', 2),
    ('title: "Foo" and bar\n', "the value goes on after its closing quote", " and bar", 2),
    ("tags: [a, b\ndate: x\n", 'the "[" that opens here is not closed', "[a, b", 2),
    ("tags: [a, b\n", 'the "[" that opens here is not closed', "[a, b", 2),
    ("image: {src: a\ndate: x\n", 'the "{" that opens here is not closed', "{src: a", 2),
    ("tags: [a, #b]\n", 'the "[" that opens here is not closed', "[a, #b]", 2),
    ("tags: [a, b]]\n", 'one "]" too many', "]", 2),
    ('tags: ["a" "b"]\n', 'a comma or a quote is amiss between "[" and "]"', '"', 2),
    ("tags: [a, , b]\n", 'a comma or a quote is amiss between "[" and "]"', ",", 2),
    ("tags: [a, #b]\ndate: x\n", 'the "[" that opens here is not closed', "[a, #b]", 2),
    ("tags: [@a, b]\n", 'a value cannot begin with "@"', "@a", 2),
    ("tags: [*a, b]\n", 'a value cannot begin with "*": in YAML that is an alias', "*a", 2),
    ("title: x\nhello world\ndate: y\n", 'no key in front of "hello world"', "hello world", 3),
    ("tags:\n- a\nb\n", 'no key in front of "b"', "b", 4),
    ("title: x\ndate:2024\ntags: a\n", "no space after the colon", "date:2024", 3),
    ("title:x\ndate: 2024\n", "no space after the colon", "title:x", 2),
    ("title: x\nimage:\n  src:a\n  alt: b\n", "no space after the colon", "src:a", 4),
    ("title:x\n", 'no "key: value" here', "title:x", 2),
    ("title: Foo\n  date: x\n", "this line is indented too far", "  date", 3),
    (
        "image:\n    src: a\n  alt: b\n",
        "this line does not stand in line with those above it",
        "a",
        4,
    ),
    ("tags:\n  - a\n - b\n", "this line does not stand in line with those above it", "-", 4),
    ("tags: - a\n", "a list cannot begin on the line of its key", "-", 2),
    ("title: x\n- a\n", "a list item that belongs to no key", "-", 3),
    ('path: "C:\\path"\n', "a backslash in double quotes begins a special character", "\\", 2),
    ("title: x\n...\nmore\n", "text after the end of the YAML", "m", 4),
    ("title: x\n>date: y\n", 'a key cannot begin with ">"', ">", 3),
    ("%date: y\n", 'a key cannot begin with "%"', "%", 2),
    ("tags: x\n@a: b\n", 'a key cannot begin with "@"', "@", 3),
    (": x\n", "a key is missing before the colon", ":", 2),
]


@pytest.mark.parametrize(("text", "message", "part", "line"), OTHERS)
def test_a_slip_is_told_in_plain_words_and_in_its_place(
    text: str, message: str, part: str, line: int
) -> None:
    problem = fault_in(text)
    assert (problem.message, shown(problem), problem.place.line) == (message, part, line)
    assert problem.hint


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("tags:\n\t- a\n", "Indent with spaces."),
        ("title: x\ndate:2024\ntags: a\n", "Write date: 2024"),
        ("title:x\n", "Write a space after the colon: title: x"),
        ('path: "C:\\path"\n', "Use single quotes: path: 'C:\\path'"),
        ("tags: [@a, b]\n", 'Put it in quotes: "@a"'),
        ("tags: [a, #b]\n", "Put what begins with # in quotes: # begins a comment."),
    ],
)
def test_a_hint_says_what_to_write(text: str, hint: str) -> None:
    assert fault_in(text).hint == hint


def test_a_long_value_is_cut_in_the_hint() -> None:
    assert len(fault_in(f"title: Foo: {'bar ' * 100}\n").hint) < 120


def test_words_of_the_parser_are_kept_from_the_reader() -> None:
    for text, *_ in OTHERS:
        problem = fault_in(text)
        for jargon in ("mapping values", "block mapping", "token", "scalar", "context"):
            assert jargon not in problem.message + problem.hint
