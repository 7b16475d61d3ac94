"""Signs of other generators' templates never reach a reader without a word."""

from collections.abc import Callable

import pytest

from generator.model.body import RenderedBody

Render = Callable[[str], RenderedBody]


@pytest.mark.parametrize(
    ("sign", "hint"),
    [
        ('{{< figure src="a.jpg" >}}', "Write a picture as ![what it shows]"),
        ("{{% notice %}}", "Write what it stood for"),
        ("{{ page.title }}", "Write what it stood for"),
        ("{% include boat.html %}", "Write here what the included file holds."),
        ('{{< relref "a.md" >}}', "Link to the file: [text](other.md)."),
        ("[caption id=1]", "Write a picture as ![what it shows]"),
        ("[gallery ids=1]", "Write each picture as"),
        ("[embed]", "Write the address as a link"),
        ("{::nomarkdown}", "Write what it stood for"),
        ("[TOC]", "Take it out: no table of contents"),
        ('[video mp4="a.mp4"]', "Write the address as a link"),
        ("[contact-form-7 id='1']", "Write what it stood for"),
        ("[/dropcap]", "Write what it stood for"),
        ("[!NOTE]", "Take the mark out, and write {.aside}"),
        ("<%= page.title %>", "Write what it stood for"),
        ("[[Boats]]", "Link to the file: [text](other.md)."),
        ("[[boats.md|Boats]]", "Link to the file: [text](other.md)."),
        ("[!warning]", "Take the mark out, and write {.aside}"),
        ("[youtube https://e.example/]", "Write the address as a link"),
        ("{++new++}", "Take the change in or out"),
        ("{--old--}", "Take the change in or out"),
        ("{==this==}", "Take the change in or out"),
        ("==this==", "Write <mark>words</mark>."),
        ("++this++", "Write <ins>words</ins>."),
        ("^[a note]", "Write [^1] here"),
        ("$$E=mc$$", "No formulas are set here"),
        (":boat:", "Write the character itself."),
    ],
)
@pytest.mark.parametrize("form", ["One.\n\n{}", "- a {} b", "## a {} b", "<div>{}</div>"])
def test_each_is_a_warning_with_what_to_write_instead(
    form: str, sign: str, hint: str, render: Render
) -> None:
    if form.startswith("<div>") and not sign.startswith("{"):
        return
    text = form.format(sign)
    [problem] = render(text).problems
    assert not problem.is_error
    assert problem.hint.startswith(hint)
    assert problem.excerpt[problem.place.column - 1 :].startswith(sign[:8])
    assert "this means nothing here, and is shown as it stands: " in problem.message


@pytest.mark.parametrize(
    "note",
    [
        "{::comment}\nHold this.\n{:/comment}",
        "{% comment %}\nHold.\n{% endcomment %}",
        "{{/* x */}}",
        "<%# Hold. %>",
        "{{-- Hold. --}}",
        "{% # Hold. %}",
        "{{- /* Hold. */ -}}",
        "{{< comment >}}Hold.{{< /comment >}}",
        "%%Hold.%%",
        "Said. %% Hold. %%",
        "%%\nHold.\n\nAnd this.\n%%",
        "He said {>>who?<<} no.",
    ],
)
def test_a_note_that_readers_must_not_see_is_an_error(note: str, render: Render) -> None:
    problems = render(f"One.\n\n{note}").problems
    assert next((p.is_error, p.place.line) for p in problems) == (True, 3)


@pytest.mark.parametrize(
    "text",
    [
        "[a]({{ site.url }}/b)",
        "![a]({{< ref x >}})",
        '<a href="{{ url }}">b</a>',
        "[a](https://e.example/{{x}})",
    ],
)
def test_one_in_an_address_is_an_error(text: str, render: Render) -> None:
    assert any(p.is_error for p in render(text).problems)


@pytest.mark.parametrize(
    "text",
    [
        "`{{ a }}` and ``{% b %}``",
        "```\n{{ a }}\n{% comment %}\n```",
        "    {{< a >}}",
        r"\{\{ a }}",
        r"\{{ a }}",
        r"\{% comment %} and \{::comment} and \{# a note #}",
        r"\{% include a.html %}",
        r"\[caption id=1] and \[TOC]",
        "- \\{% x %}\n\n## \\{% x %}",
        "[TOC](https://e.example/)",
        "{% raw %}{{ a }}{% endraw %}",
        "<script>let a = {{}}</script>",
        "## a {#b}\n\n*c*{.d}",
        "Between 50%% and 60%% of all.",
        r"\%% is no note %% at all",
        "[[1]](https://e.example/) and [[2]]",
        "[[a]][b]\n\n[b]: https://e.example/",
        "C++ and C++, a == b == c, x==y==z, 10:30:45, 3:a:4, $$ to $$$, c^2",
        "https://e.example/?a==b== and https://e.example/++a++",
        r"\[[a]] and \==b== and \:boat:",
    ],
)
def test_code_and_what_has_a_meaning_is_left_alone(text: str, render: Render) -> None:
    assert not render(text).problems


@pytest.mark.parametrize("text", [r"\\{% x %}", r"<div>\{% x %}</div>", r"\a {% x %}"])
def test_a_backslash_that_escapes_no_brace_hides_nothing(text: str, render: Render) -> None:
    assert [p.message for p in render(text).problems] == [
        "this means nothing here, and is shown as it stands: {% x %}"
    ]


def test_a_table_of_contents_is_not_made_and_its_sign_not_shown(render: Render) -> None:
    result = render("* TOC\n{:toc}\n\n## Head")
    assert "{:" not in result.html
    assert [p.message for p in result.problems] == ["a table of contents is not made here"]


def test_an_address_with_a_space_is_warned_of(render: Render) -> None:
    result = render("[a](my photo.jpg) and ![b](/x y.png)")
    assert [p.message for p in result.problems] == [
        "this is no link: its address has a space in it",
        "this is no picture: its address has a space in it",
    ]
    [curly] = render("[a](b.md “Title”)").problems
    assert curly.hint == 'Write straight ones: (b.md "Title")'
    assert result.problems[0].hint == "Put the address between angle brackets: (<my photo.jpg>)"
