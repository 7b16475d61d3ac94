import pytest

from generator.importers.foreign_links import (
    from_the_root,
    led_in_html,
    led_in_markdown,
    with_signs_shown,
)


def shouted(target: str) -> str:
    return target.upper()


def test_links_pictures_definitions_and_html_lead_elsewhere() -> None:
    text = (
        '[a](b) ![c](d "e") <a href="f">g</a> [h][i]\n\n[i]: j\n\n'
        "<img src='k' srcset='l 1x, m 2x'>\n"
    )
    assert led_in_markdown(text, shouted) == (
        '[a](B) ![c](D "e") <a href="F">g</a> [h][i]\n\n[i]: J\n\n'
        '<img src="K" srcset="L 1x, M 2x">\n'
    )


@pytest.mark.parametrize(
    "code",
    [
        "`[a](b)`",
        "``[a](b) ` ``",
        "```\n[a](b)\n```",
        "~~~ md\n[a](b)\n~~~",
        "<pre>[a](b)</pre>",
        "<!-- [a](b) -->",
    ],
)
def test_code_and_comments_are_left_alone(code: str) -> None:
    assert led_in_markdown(f"{code}\n\n[a](b)", shouted) == f"{code}\n\n[a](B)"


def test_a_note_is_no_address() -> None:
    assert led_in_markdown("a[^1]\n\n[^1]: note b\n", shouted) == "a[^1]\n\n[^1]: note b\n"


def test_html_keeps_what_is_no_address() -> None:
    assert led_in_html('<a href="a&amp;b" title="c">href="d"</a>', shouted) == (
        '<a href="A&amp;B" title="c">href="d"</a>'
    )


@pytest.mark.parametrize(
    ("target", "found"),
    [
        ("b.html", "/a/b.html"),
        ("../b/", "/b/"),
        ("/b", "/b"),
        ("https://b.example", "https://b.example"),
        ("//b.example", "//b.example"),
        ("#b", "#b"),
        ("mailto:b@c.example", "mailto:b@c.example"),
    ],
)
def test_relative_addresses_begin_at_the_page(target: str, found: str) -> None:
    assert from_the_root(target, "/a/") == found


def test_signs_of_templates_that_are_meant_to_be_seen_are_code() -> None:
    text = '{{ a }} `{{ b }}` {% c %} <a title="{{ d }}"> {{ e\n\n<p>{{ f }}</p>'
    shown = (
        '`{{ a }}` `{{ b }}` `{% c %}` <a title="{{ d }}"> \\{{ e\n\n<p><code>{{ f }}</code></p>'
    )
    assert with_signs_shown(text) == shown


def test_an_address_that_a_template_made_leads_nowhere() -> None:
    assert (
        with_signs_shown('<p><a href="/a/{{ b }}" rel="c">d</a></p>') == '<p><a rel="c">d</a></p>'
    )


@pytest.mark.parametrize("text", ["`" * 9000, "``a" * 5000, "<pre>" * 5000, "~~~\n~~~~\n" * 3000])
def test_hostile_texts_take_little_time(text: str) -> None:
    assert led_in_markdown(text, shouted) is not None
