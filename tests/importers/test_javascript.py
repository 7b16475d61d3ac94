"""The part of JavaScript that is worked out, and what is not."""

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest

from generator.importers.javascript_data import FilledText, filled_text
from generator.importers.javascript_functions import worked
from generator.importers.javascript_library import UnworkableError

DAY = datetime(2014, 3, 5, 22, 30, tzinfo=UTC)
DATA = {"title": "The Flood", "page": {"date": DAY, "fileSlug": "flood"}, "tags": ["a", "b"]}


def made(
    source: str, *arguments: object, before: str = "", this: Mapping[str, object] | None = None
) -> object:
    text = before + source
    function = filled_text(text, len(before))
    assert isinstance(function, FilledText)
    return worked(function, arguments, this or {})


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("(data) => `/${data.page.date.getFullYear()}/${data.page.fileSlug}/`", "/2014/flood/"),
        ("data => data.draft ? false : '/x/'", "/x/"),
        ("(data) => !data.title && false", False),
        ("({ title, by = 'nobody' }) => title + ' by ' + by", "The Flood by nobody"),
        ("function(data) { return data.title.toLowerCase().replace(/ /g, '-'); }", "the-flood"),
        ("async function (data) { return await data.title; }", "The Flood"),
        ("(data) => { if (data.tags.length > 1) { return 'many' } else return 'few' }", "many"),
        ("(data) => data.tags.map((t, i) => `${i}${t}`).join(', ')", "0a, 1b"),
        ("(data) => { let s = ''; for (const t of data.tags) { s += t; } return s }", "ab"),
        (
            "(data) => { const [a, b] = data.tags; const { title: t } = data; return t + b }",
            "The Floodb",
        ),
        ("(data) => data.none?.deeper ?? 'no'", "no"),
        ("(data) => String(data.page.date.getMonth() + 1).padStart(2, '0')", "03"),
        ("(data) => data.page.date.toISOString().split('T')[0]", "2014-03-05"),
        ("(data) => new Date('2015-01-02').getFullYear() * 2 - 1", 4029),
        ("(data) => { /* a note */ return (1 + 2) * 3 // another\n }", 9),
        ("(data, ...rest) => rest.length", 0),
        ("data => `a ${`b ${data.title}`} \\` c`", "a b The Flood ` c"),
        ("(data) => ({ a: 1, 'b': data.title }).b", "The Flood"),
    ],
)
def test_what_projects_write_is_worked_out(source: str, expected: object) -> None:
    assert made(source, DATA) == expected


@pytest.mark.parametrize(
    ("before", "source", "expected"),
    [
        ("const site = 'https://x.example';\n", "(u) => site + u", "https://x.example/a"),
        ("function up(t) { return t.toUpperCase() }\n", "(u) => up(u)", "/A"),
        ("const up = t => t.toUpperCase();\n", "(u) => up(u)", "/A"),
        (
            "const { DateTime } = require('luxon');\n",
            "(u) => DateTime.fromISO('2014-03-05').toFormat('yyyy/LL')",
            "2014/03",
        ),
        ("import slugify from '@sindresorhus/slugify';\n", "(u) => slugify('Ä b')", "a-b"),
        (
            "const md = require('markdown-it')({html: true});\n",
            "(u) => md.renderInline('*a*')",
            "<em>a</em>",
        ),
        (
            "const md = require('markdown-it')();\n",
            '(u) => md.utils.escapeHtml(`<a href="x">Q&A\'s</a>`)',
            "&lt;a href=&quot;x&quot;&gt;Q&amp;A's&lt;/a&gt;",
        ),
    ],
)
def test_names_of_the_file_around_a_function_are_known(
    before: str, source: str, expected: str
) -> None:
    assert made(source, "/a", before=before) == expected


def test_a_function_may_ask_its_page() -> None:
    assert made("function() { return this.page.url }", this={"page": {"url": "/x/"}}) == "/x/"


@pytest.mark.parametrize(
    "source",
    [
        "() => fetch('https://example.org')",
        "() => require('fs').readFileSync('/etc/passwd')",
        "() => process.env.HOME.length",
        "() => { while (true) {} }",
        "() => { class A {} }",
        "() => eval('1')",
        "function f() { return f() }",
        "() => 'x'.repeat(1000000000)",
        "() => { let a = 'xy'; " + "a = a.replaceAll('', a); " * 8 + "return a.length }",
        "() => { let a = 'xy'; " + "a = a.replace(/x?/g, a); " * 8 + "return a.length }",
        "() => { let a = 'xy'; " + "a = `${a}${a}`; " * 40 + "return a.length }",
        "() => { let a = [1]; " + "a = [a, a]; " * 40 + "return a.join('').length }",
        "() => { let a = {}; " + "a = {b: a, c: a}; " * 40 + "return JSON.stringify(a) }",
        "() => { let a = 'x'.repeat(9999), b = []; for (const c of a) b.push(a); return `${b}` }",
        "() => { let s = 'xxxxxxxx'; for (const a of s) for (const b of s) s += s; return s }",
        "() => 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!'.match(/^(a+)+$/)",
        "() => " + "(" * 500 + "1" + ")" * 500,
        "() => [..." + "[" * 5000,
        "() => `never closed",
        "(x) => x.__class__",
        "() => ''.constructor",
    ],
)
def test_whatever_else_a_function_does_is_not_guessed(source: str) -> None:
    with pytest.raises(UnworkableError):
        made(source, "x")
