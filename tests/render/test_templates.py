"""Layouts: which file is used, what it is given, what it needs, and how its faults are told."""

import pickle
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.cards import Card
from generator.model.pages import ArticlePage, FrontPage, Head
from generator.model.problems import Place, Problem
from generator.model.values import replace
from generator.render.templates import LayoutError, render_page
from tests.support.layouts import FRAME, NOON, PAGE, layouts


def rendered(text: str, page: ArticlePage = PAGE) -> str:
    return render_page(layouts({"x.html": text}), page, FRAME, "x.html")


def problem(
    own: dict[str, str], theme: dict[str, str] | None = None, page: ArticlePage = PAGE
) -> Problem:
    with pytest.raises(LayoutError) as caught:
        render_page(layouts(own, theme), page, FRAME, "article.html", "content/articles/storm.md")
    return caught.value.problem


def test_a_layout_is_given_page_and_site() -> None:
    assert rendered("{{ page.title }} in {{ site.title }}") == "Storm in The Gazette"


def test_a_file_of_the_site_takes_the_place_of_the_themes() -> None:
    both = layouts({"a.html": "mine"}, {"a.html": "theirs", "b.html": '{% include "a.html" %}'})
    assert render_page(both, PAGE, FRAME, "b.html") == "mine"


def test_a_file_of_the_site_may_extend_the_one_whose_place_it_takes() -> None:
    theirs = "<{% block main %}theirs{% endblock %}>"
    mine = '{% extends "theme/a.html" %}{% block main %}{{ super() }}, mine{% endblock %}'
    both = layouts({"a.html": mine}, {"a.html": theirs})
    assert render_page(both, PAGE, FRAME, "a.html") == "<theirs, mine>"


@pytest.mark.parametrize("name", ["a.html", "a.txt", "a", "a.html.j2", "a.xml"])
def test_everything_is_escaped_whatever_the_layouts_name(name: str) -> None:
    page = replace(PAGE, title='"><script>')
    html = render_page(layouts({name: "{{ page.title }}"}), page, FRAME, name)
    assert html == "&#34;&gt;&lt;script&gt;"


def test_a_body_is_html_already() -> None:
    page = replace(PAGE, body="<p>Text</p>", title="<p>")
    assert rendered("{{ page.body }}{{ page.title }}", page) == "<p>Text</p>&lt;p&gt;"


def test_a_value_of_the_newsrooms_own_is_reached_by_its_name() -> None:
    assert rendered("{{ page.extra.rating }}{{ page.extra['rating'] }}") == "55"


def test_a_question_after_an_unknown_name_is_no_error() -> None:
    text = "{% if page.extra.mood is defined %}yes{% else %}no{% endif %}"
    assert rendered(text) == "no"
    assert rendered('{{ page.extra.mood | default("calm") }}') == "calm"


def test_the_line_of_a_tag_leaves_no_trace() -> None:
    assert rendered("a\n  {% if true %}\nb\n  {% endif %}\nc") == "a\nb\nc"


@pytest.mark.parametrize("text", ["{{ lipsum() }}", "{{ [1, 2] | random }}"])
def test_nothing_in_jinja_gives_another_page_each_time(text: str) -> None:
    with pytest.raises(LayoutError):
        rendered(text)


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("page.url | absolute(site)", "https://example.org/news/storm/"),
        ('"https://other.example/a" | absolute(site)', "https://other.example/a"),
        ('"//cdn.example/a" | absolute(site)', "https://cdn.example/a"),
        ("page.date | iso", "2024-08-15T12:00:00+00:00"),
        ("page.date | iso(true)", "2024-08-15"),
        ('page.date | date("en-GB")', "15 August 2024"),
        ('page.date | datetime("en-GB")', "15 August 2024, 12:00 UTC"),
        ('"uk" | locale', "uk_UA"),
        ('2 | counted({"one": "{n} tag", "other": "{n} tags"}, "en")', "2 tags"),
    ],
)
def test_a_filter(expression: str, expected: str) -> None:
    assert rendered("{{ " + expression + " }}") == expected


def test_a_dateline_runs_into_the_first_paragraph() -> None:
    page = replace(PAGE, body="<p>Rain.</p><p>Wind.</p>", dateline="Kyiv")
    html = rendered("{{ page.body | dateline(page.dateline) }}", page)
    assert html == '<p><span class="dateline">Kyiv —</span> Rain.</p><p>Wind.</p>'


def test_a_dateline_before_something_else_stands_alone() -> None:
    page = replace(PAGE, body="<ul></ul>", dateline="Kyiv")
    html = rendered("{{ page.body | dateline(page.dateline) }}", page)
    assert html == '<p class="dateline">Kyiv</p>\n<ul></ul>'


def test_a_body_without_a_dateline_stays_as_it_is() -> None:
    page = replace(PAGE, body="<p>Rain.</p>")
    assert rendered("{{ page.body | dateline(page.dateline) }}", page) == "<p>Rain.</p>"


@pytest.mark.parametrize("body", ["<p>Rain.</p>", "<ul></ul>"])
def test_a_hostile_dateline_is_inert(body: str) -> None:
    page = replace(PAGE, body=body, dateline="<script>")
    assert "<script>" not in rendered("{{ page.body | dateline(page.dateline) }}", page)


def test_structured_data_is_safe_in_a_script_element() -> None:
    page = replace(PAGE, title="</script><b>")
    html = rendered("<script>{{ structured_data(page, site) }}</script>", page)
    assert html.count("</script>") == 1
    assert '"headline":"\\u003c/script\\u003e\\u003cb\\u003e"' in html


def test_layouts_can_be_sent_to_another_process() -> None:
    first = layouts({"a.html": "{{ page.title }}"}, {"b.html": "b"})
    render_page(first, PAGE, FRAME, "a.html")
    second = pickle.loads(pickle.dumps(first))  # noqa: S301 - our own bytes
    assert render_page(second, PAGE, FRAME, "a.html") == "Storm"
    assert second.digest("b.html") == first.digest("b.html")


class TestErrors:
    def test_an_unknown_field_is_placed_and_explained(self) -> None:
        found = problem({"article.html": "<p>\n  {{ page.titel }}</p>"})
        assert found == Problem(
            Place("layouts/article.html", 2, 6),
            "article.html uses `page.titel`, which an article page does not have",
            'Did you mean "title"? Found while making content/articles/storm.md.',
            excerpt="  {{ page.titel }}</p>",
            width=len("page.titel"),
        )

    def test_an_unknown_field_that_resembles_none_brings_a_list(self) -> None:
        found = problem({"article.html": "{{ page.section.zzz }}"})
        assert found.message == "article.html uses `page.section.zzz`, which a link does not have"
        assert found.hint.startswith("Known here: title, url.")

    def test_an_unknown_name_is_told_what_there_is(self) -> None:
        found = problem({"article.html": "{{ pages.title }}"})
        assert found.message == "article.html uses `pages`, which no layout is given"
        assert found.hint.startswith('Did you mean "page"?')
        found = problem({"article.html": "{{ articles }}"})
        assert found.hint.startswith("A layout is given `page` and `site`.")

    def test_a_layout_that_is_imported_is_told_how_to_know_the_page(self) -> None:
        own = {
            "article.html": '{% import "box.html" as box %}{{ box.show() }}',
            "box.html": "{% macro show() %}{{ page.title }}{% endmacro %}",
        }
        found = problem(own)
        assert found.place.path == "layouts/box.html"
        assert '{% import "box.html" as … with context %}' in found.hint

    def test_the_frame_is_called_site(self) -> None:
        found = problem({"article.html": "{{ site.titel }}"})
        assert found.message == "article.html uses `site.titel`, which `site` does not have"

    def test_a_field_of_what_is_not_there_is_explained(self) -> None:
        found = problem({"article.html": "{{ page.picture.url }}"})
        expected = "article.html uses `page.picture.url` of something that this page does not have"
        assert found.message == expected
        assert "{% if … %}" in found.hint

    def test_an_unset_value_of_the_newsrooms_own_is_explained(self) -> None:
        found = problem({"article.html": "{{ page.extra.ratings }}"})
        assert found.message == "article.html uses `page.extra.ratings`, which is not set here"
        assert found.hint.startswith('Did you mean "rating"?')

    def test_an_unknown_field_is_an_error_in_every_use(self) -> None:
        for use in ("{% if {} %}{% endif %}", "{% for x in {} %}{% endfor %}", "{{ {} | iso }}"):
            found = problem({"article.html": use.replace("{}", "page.nope")})
            assert "`page.nope`" in found.message

    def test_the_place_is_the_innermost_layout(self) -> None:
        theme = {
            "base.html": "<main>\n{% block main %}{% endblock %}</main>",
            "parts/card.html": "{% macro card(x) %}\n\n{{ x.headlin }}\n{% endmacro %}",
        }
        own = {
            "article.html": dedent("""\
                {% extends "base.html" %}
                {% from "parts/card.html" import card %}
                {% block main %}{{ card(page) }}{% endblock %}
                """)
        }
        assert problem(own, theme).place == Place("theme/parts/card.html", 3, 4)

    def test_two_uses_of_one_name_in_a_line_leave_the_column_open(self) -> None:
        found = problem({"article.html": "{{ page.title }}{{ page.picture.title }}"})
        assert found.place == Place("layouts/article.html", 1)

    def test_a_syntax_error_is_placed(self) -> None:
        found = problem({"article.html": "a\n{% if page.title %}\n"})
        assert found.place == Place("layouts/article.html", 2)
        assert found.message == 'the "if" is not closed'
        assert found.hint.startswith("Write {% endif %} behind it.")

    def test_a_sign_too_few_is_placed_where_the_other_stands(self) -> None:
        found = problem({"article.html": "<h1>{{ page.title }</h1>"})
        assert found.place == Place("layouts/article.html", 1, 19)

    def test_a_sign_that_stands_there_twice_leaves_the_column_open(self) -> None:
        found = problem({"article.html": "<h1>{{ page.title }</h1>}"})
        assert found.place == Place("layouts/article.html", 1)

    def test_a_syntax_error_in_an_included_layout_is_placed_there(self) -> None:
        found = problem({"article.html": '{% include "b.html" %}', "b.html": "\n{{ page. }}"})
        assert found.place == Place("layouts/b.html", 2)

    def test_an_unknown_filter_is_explained(self) -> None:
        found = problem({"article.html": '{{ page.date | dat("en") }}'})
        assert found.message == 'there is no filter "dat"'
        assert found.hint.startswith('Did you mean "date"?')
        assert found.place == Place("layouts/article.html", 1, 16)

    def test_a_filter_like_no_other_is_explained_too(self) -> None:
        found = problem({"article.html": "{{ page.date | zzzz }}"})
        assert found.hint.startswith("See the filters in Jinja's documentation.")

    def test_an_unknown_test_is_explained(self) -> None:
        found = problem({"article.html": "{{ page.date is defind }}"})
        assert found.message == 'there is no test "defind"'
        assert found.hint.startswith('Did you mean "defined"?')

    def test_an_unknown_layout_is_placed_where_it_is_asked_for(self) -> None:
        found = problem({"article.html": '\n{% extends "bas.html" %}'}, {"base.html": ""})
        assert found.place == Place("layouts/article.html", 2, 13)
        assert found.message == 'there is no layout "bas.html"'
        assert found.hint.startswith('Did you mean "base.html"?')

    def test_an_unknown_layout_of_the_theme_is_told_with_the_themes_name(self) -> None:
        own = {"article.html": '{% extends "theme/artcle.html" %}'}
        (found,) = layouts(own, {"article.html": ""}).check()
        assert found.hint.startswith('Did you mean "theme/article.html"?')

    def test_a_missing_layout_is_a_problem_too(self) -> None:
        found = problem({}, {"articles.html": ""})
        assert found.place == Place("layouts/article.html")
        assert found.message == 'there is no layout "article.html"'

    def test_a_layout_that_extends_itself_is_told_how_to_reach_the_themes(self) -> None:
        own = {"article.html": '{% extends "article.html" %}'}
        found = problem(own, {"article.html": ""})
        assert found.message == "article.html extends or includes itself without end"
        assert '"theme/article.html"' in found.hint

    def test_whatever_fails_in_a_layout_is_a_problem(self) -> None:
        found = problem({"article.html": "\n{{ 1 / 0 }}"})
        assert found.place == Place("layouts/article.html", 2)
        assert found.message == "article.html fails here: division by zero"

    @given(st.text(alphabet="{}%#|.()[]\"' \npagesitlforn", max_size=40))
    def test_no_text_is_too_odd(self, text: str) -> None:
        try:
            rendered(text)
        except LayoutError as error:
            assert error.problem.place.path == "layouts/x.html"  # noqa: PT017 - both ends are fine
            assert error.problem.message  # noqa: PT017 - as above


class TestCheck:
    def test_sound_layouts_have_no_problems(self) -> None:
        theme = {"base.html": "{{ page.title }}", "article.html": '{% extends "base.html" %}'}
        assert layouts({"front.html": '{% extends "theme/base.html" %}'}, theme).check() == ()

    def test_every_broken_layout_is_told_at_once(self) -> None:
        own = {
            "a.html": "{% if %}",
            "b.html": "{{ page.date | dat }}",
            "c.html": 'x\n{% include "nav.html" %}',
        }
        found = layouts(own, {"navigation.html": ""}).check()
        assert [p.place for p in found] == [
            Place("layouts/a.html", 1),
            Place("layouts/b.html", 1, 16),
            Place("layouts/c.html", 2, 13),
        ]
        assert found[2].message == 'there is no layout "nav.html"'
        assert found[2].width == len("nav.html")

    @pytest.mark.parametrize("asks", ["extends 1", "include 1", "import 1.5 as x", "extends true"])
    def test_a_layout_that_is_asked_for_by_no_name_is_not_there(self, asks: str) -> None:
        (found,) = layouts({"a.html": f"{{% {asks} %}}"}).check()
        assert found.message.startswith("there is no layout")

    def test_a_broken_file_of_the_theme_is_told_once(self) -> None:
        assert len(layouts({}, {"a.html": "{% if %}"}).check()) == 1

    def test_a_layout_that_may_be_missing_is_no_problem(self) -> None:
        text = '{% include "ad.html" ignore missing %}{% include ["x.html", "a.html"] %}'
        assert layouts({"a.html": text}).check() == ()

    def test_a_build_need_not_check_the_theme(self) -> None:
        both = layouts({"b.html": "{% if %}"}, {"a.html": "{% if %}"})
        assert [p.place.path for p in both.check()] == ["layouts/b.html", "theme/a.html"]
        assert [p.place.path for p in both.check_own()] == ["layouts/b.html"]
        assert layouts({}, {"a.html": "{% if %}"}).check_own() == ()

    def test_the_name_of_the_theme_is_kept_free(self) -> None:
        (found,) = layouts({"theme/a.html": ""}, {"a.html": ""}).check()
        assert found.place == Place("layouts/theme/a.html")
        assert found.message == '"theme/" stands for the built-in theme'


class TestDependencies:
    THEME = {  # noqa: RUF012 - a constant
        "base.html": '{% include "parts/head.html" %}',
        "parts/head.html": '{% import "labels.html" as labels %}',
        "labels.html": "words",
        "article.html": '{% extends "base.html" %}',
        "tag.html": '{% extends "base.html" %}{% include "extra.html" ignore missing %}',
        "lone.html": "",
        "any.html": "{% include page.kicker %}",
    }

    def test_they_are_found_through_others(self) -> None:
        found = layouts({}, self.THEME).dependencies("article.html")
        assert found == ("article.html", "base.html", "labels.html", "parts/head.html")

    def test_a_file_that_could_appear_is_one(self) -> None:
        assert "extra.html" in layouts({}, self.THEME).dependencies("tag.html")

    def test_a_computed_name_may_be_any_layout(self) -> None:
        found = layouts({"own.html": ""}, self.THEME).dependencies("any.html")
        assert {*self.THEME, "own.html", "theme/base.html"} <= set(found)

    def test_layouts_that_include_each_other_come_to_an_end(self) -> None:
        circle = {"a.html": '{% include "b.html" %}', "b.html": '{% include "a.html" %}'}
        assert layouts(circle).dependencies("a.html") == ("a.html", "b.html")

    def test_a_digest_is_the_same_for_the_same_texts(self) -> None:
        first, second = layouts({}, self.THEME), layouts({}, dict(reversed(self.THEME.items())))
        assert first.digest("article.html") == second.digest("article.html")

    @pytest.mark.parametrize("changed", ["article.html", "base.html", "labels.html"])
    def test_a_digest_changes_with_any_text_in_it(self, changed: str) -> None:
        other = {**self.THEME, changed: self.THEME[changed] + "!"}
        before, after = layouts({}, self.THEME), layouts({}, other)
        assert before.digest("article.html") != after.digest("article.html")
        assert before.digest("lone.html") == after.digest("lone.html")

    def test_a_digest_changes_when_a_file_of_the_site_steps_in(self) -> None:
        before, after = layouts({}, self.THEME), layouts({"labels.html": "Wörter"}, self.THEME)
        assert before.digest("article.html") != after.digest("article.html")

    def test_a_digest_changes_when_a_missing_file_appears(self) -> None:
        before, after = layouts({}, self.THEME), layouts({"extra.html": ""}, self.THEME)
        assert before.digest("tag.html") != after.digest("tag.html")
        assert before.digest("article.html") == after.digest("article.html")

    def test_a_broken_layout_has_a_digest_of_its_own_text(self) -> None:
        one, two = layouts({"a.html": "{% if %}"}), layouts({"a.html": "{% for %}"})
        assert one.digest("a.html") != two.digest("a.html")


def test_a_value_without_a_body_renders() -> None:
    card = Card("Storm", "/storm/", NOON)
    front = FrontPage(Head("Gazette", "/"), "/", "Gazette", (card,))
    text = "{% for card in page.cards %}{{ card.title }}{% endfor %}"
    assert render_page(layouts({"front.html": text}), front, FRAME, "front.html") == "Storm"


def test_layouts_can_be_compiled_beforehand_and_broken_ones_wait_for_their_pages() -> None:
    both = layouts(
        {"a.html": '{% include "b.html" %}', "b.html": "{{ page.title }}", "c.html": "{%"}
    )
    both.compile(["a.html", "c.html", "missing.html"])
    assert render_page(both, PAGE, FRAME, "a.html") == "Storm"
    with pytest.raises(LayoutError):
        render_page(both, PAGE, FRAME, "c.html")
