"""What a layout reaches: fields of its page, and neither the program nor the machine behind."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.frozen import FrozenMap
from generator.model.pages import ArticlePage
from generator.model.problems import Problem
from generator.model.values import replace
from generator.render.templates import LayoutError, render_page
from tests.support.layouts import FRAME, NOON, PAGE, layouts

KYIV = replace(PAGE, date=datetime(2024, 8, 15, 12, 0, tzinfo=ZoneInfo("Europe/Kyiv")))


def rendered(text: str, page: ArticlePage = PAGE) -> str:
    return render_page(layouts({"x.html": text}), page, FRAME, "x.html")


def problem(own: dict[str, str]) -> Problem:
    with pytest.raises(LayoutError) as caught:
        render_page(layouts(own), PAGE, FRAME, "article.html")
    return caught.value.problem


PROGRAMS = [
    "cycler.__init__.__globals__.os.popen('id').read()",
    "''.__class__.__mro__[1].__subclasses__()",
    "''['__class__']",
    "''|attr('__class__')",
    "[page]|map(attribute='__class__')|list",
    "[page]|map('attr', '__class__')|list",
    "[page]|groupby('__class__')|list",
    "[page]|sort(attribute='__class__')",
    "[page]|sum(attribute='__class__')",
    "'{0.__class__}'.format(page)",
    "'{x.__class__}'.format_map({'x': page})",
    "page.body.format.__self__",
    "structured_data.__globals__",
    "self._TemplateReference__context",
    "loop._iterator",
    "(page.authors|map('upper')).gi_frame",
    "(page.authors|map('upper'))['gi_code']",
    "dict.mro()",
    "cycler['mro']()",
    "namespace.__base__",
    "page.__reduce__()",
    "page.title.__len__()",
]
CLOCKS = [
    "page.date.now()",
    "page.date.today()",
    "page.date.utcnow()",
    "page.date['now']()",
    "page.date|attr('today')",
    "page.date.fromtimestamp(0)",
    "page.date.utcfromtimestamp(0)",
    "page.date.astimezone()",
    "page.date.strftime('%s')",
    "'{:%s}'.format(page.date)",
    "page.date.tzinfo.no_cache('UTC')",
    "page.date.tzinfo.clear_cache()",
    "page.date.strftime('%-s')",
    "page.date.strftime('%_10s')",
    "page.date.strftime('%Es')",
    "'{:%-s}'.format(page.date)",
    "page.date.strptime('CET', '%Z')",
    "page.date.replace(tzinfo=none).timestamp()",
    "page.date.replace(tzinfo=none).astimezone(page.date.tzinfo)",
]
BYTES = ["page.title.encode()", "(1).to_bytes(10**9, 'big')", "'a'|attr('encode')"]
CHANGES = [
    "[1].append(2)",
    "{'a': 1}.update({'b': 2})",
    "{'a': 1}.clear()",
    "[1]['pop']()",
    "[2, 1]|attr('sort')",
]


@pytest.mark.parametrize("expression", [*PROGRAMS, *CLOCKS, *CHANGES, *BYTES])
def test_a_layout_leads_to_nothing_but_its_page(expression: str) -> None:
    text = "{% for x in [1] %}{{ EXPRESSION }}{% endfor %}".replace("EXPRESSION", expression)
    with pytest.raises(LayoutError) as caught:
        rendered(text, replace(KYIV, authors=()))
    assert "may not use" in caught.value.problem.message
    assert caught.value.problem.place.line == 1


@pytest.mark.parametrize("name", ["__class__", "_x", "__init__"])
def test_a_name_that_begins_with_an_underscore_is_told_before_any_page_is_made(name: str) -> None:
    own = {"a.html": f"<p>\n{{% if false %}}{{{{ page.{name} }}}}{{% endif %}}"}
    (found,) = layouts(own).check()
    assert (found.place.path, found.place.line) == ("layouts/a.html", 2)
    assert found.place.column
    assert f"`page.{name}`" in found.message
    assert "underscore" in found.message


def test_what_would_change_is_told_with_another_way() -> None:
    found = problem({"article.html": "{% set all = [] %}{{ all.append(1) }}"})
    assert found.message.startswith("article.html may not use `all.append`")
    assert "all + [one]" in found.hint


def test_a_key_of_the_newsrooms_own_may_be_called_anything() -> None:
    page = replace(PAGE, extra=FrozenMap((("_note", "a"), ("now", "b"), ("append", "c"))))
    assert rendered(
        "{{ page.extra['_note'] }}{{ page.extra.now }}{{ page.extra.append }}", page
    ) == ("abc")


CHART = FrozenMap(
    (
        ("items", (FrozenMap((("t", "One"),)), FrozenMap((("t", "Two"),)))),
        ("values", (1, 2)),
        ("labels", ("a", "<b>")),
    )
)


CHART_AS_JSON = (
    '{"items": [{"t": "One"}, {"t": "Two"}], "labels": ["a", "\\u003cb\\u003e"], "values": [1, 2]}'
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{% for one in page.extra.chart.items %}{{ one.t }} {% endfor %}", "One Two "),
        ("{{ page.extra.chart.values|join(' ') }}", "1 2"),
        ("{{ page.extra.items()|length }}", "1"),
        ("{{ page.extra.chart['items'][0]|urlencode }}", "t=One"),
        ("{{ page.extra.chart['items']|length }}", "2"),
        ("{{ page.extra.chart|tojson }}", CHART_AS_JSON),
        ("{{ page.date|tojson }}", '"2024-08-15T12:00:00+00:00"'),
    ],
)
def test_what_the_newsroom_wrote_is_plain_data(text: str, expected: str) -> None:
    page = replace(PAGE, extra=FrozenMap((("chart", CHART),)))
    assert rendered(text, page) == expected


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("page.date.strftime('%d.%m.%Y %%s')", "15.08.2024 %s"),
        ("page.date.isoformat()", "2024-08-15T12:00:00+03:00"),
        ("page.date.astimezone(page.modified.tzinfo).hour", "9"),
        ("page.date.tzinfo.key", "Europe/Kyiv"),
        ("'{} of {:%Y}'.format(page.title, page.date)", "Storm of 2024"),
        ("'{0.title}'.format(page)", "Storm"),
        ("'%s, %d' % (page.title, 7)", "Storm, 7"),
        ("'%(a)s' % {'a': page.title}", "Storm"),
        ("'-' * 3 ~ 2 ** 3", "---8"),
        ("', '.join(['a', 'b'])", "a, b"),
        ("[1, 2]|join(', ')", "1, 2"),
        ("[page, page]|join(', ', attribute='title')", "Storm, Storm"),
        ("[page]|map(attribute='title')|join", "Storm"),
        ("page.title.replace('o', '0')|upper|truncate(4, true, '', 0)", "ST0R"),
        ("{'a': 1, 'b': 'x y'}|urlencode", "a=1&amp;b=x+y"),
        ("{'class': 'x', 'id': none}|xmlattr", ' class="x"'),
        ("cycler('a', 'b').next()", "a"),
        ("dict(a=1).items()|first|last", "1"),
        ("range(3)|list|length", "3"),
        ("[[1], [2, 3]]|sum(start=[])|join", "123"),
        ("[1, 2]|sum", "3"),
        ("page.date.timestamp()|int", "1723712400"),
        ("page.date.strptime('2024-01-02', '%Y-%m-%d').year", "2024"),
        ("page.title.center(9)|replace(' ', '.')", "..Storm.."),
        ("page.title|center(9)|replace(' ', '.')", "..Storm.."),
        ("'a' * 3 ~ ([1] * 2)|length", "aaa2"),
        ("[page.title, [page.url]]|length", "2"),
    ],
)
def test_what_a_layout_may_do(expression: str, expected: str) -> None:
    assert rendered("{{ " + expression + " }}", KYIV) == expected


def test_a_field_that_formats_in_a_macro_or_a_loop_is_asked_as_well() -> None:
    text = "{% macro m(x) %}{{ x }}{% endmacro %}{{ m('{0.__class__}'.format(page)) }}"
    with pytest.raises(LayoutError):
        rendered(text)


TWICE = "{% set ns = namespace(a=[1]) %}{% for i in range(60) %}{% set ns.a = TWICE %}{% endfor %}"
MILLION = "('x' * 1000000)"


@pytest.mark.parametrize(
    "text",
    [
        "{{ 9 ** 999 ** 999 }}",
        "{{ (2 ** 6000) * (2 ** 6000) }}",
        "{{ 10|round(-10 ** 9) }}",
        "{{ 'a' * 10 ** 12 }}",
        "{{ [1] * 10 ** 9 }}",
        "{% for i in range(10 ** 9) %}{% endfor %}",
        *(f"{{{{ 'x'.{name}(10 ** 9) }}}}" for name in ("center", "ljust", "rjust", "zfill")),
        "{{ '\\t\\t'.expandtabs(999999) }}",
        "{{ 'x'|center(10 ** 9) }}",
        "{% filter center(10 ** 9) %}x{% endfilter %}",
        "{{ 'x\\ny'|indent(10 ** 9) }}",
        "{{ ('\\n' * 9999)|indent('x' * 9999) }}",
        "{{ '%1000000000d' % 1 }}",
        "{{ '%*d' % (1000000000, 1) }}",
        "{{ '%.1000000000f'|format(1) }}",
        "{{ '{:1000000000}'.format(1) }}",
        "{{ '{:{}}'.format(1, 1000000000) }}",
        f"{{{{ {MILLION}|replace('', 'yy') }}}}",
        f"{{{{ {MILLION}.replace('x', 'yyy') }}}}",
        f"{{{{ {MILLION}.translate({{120: 'yy'}}) }}}}",
        f"{{{{ {MILLION}.join(['a'] * 9) }}}}",
        f"{{{{ (['a'] * 9)|join({MILLION}) }}}}",
        "{{ [1]|batch(10 ** 9, 0)|list|length }}",
        "{{ [1]|slice(10 ** 9)|list|length }}",
        "{{ ([range(99999)|list] * 9 + [range(99999)|list] * 9)|sum(start=[])|length }}",
        *(
            TWICE.replace("TWICE", twice)
            for twice in (
                "[ns.a, ns.a]",
                "(ns.a, ns.a)",
                "{'a': ns.a, 'b': ns.a}",
                "dict(a=ns.a, b=ns.a)",
                "[ns.a] * 2",
                "[none, none]|map('default', ns.a, true)|list",
            )
        ),
        TWICE.replace("TWICE", "(ns.a,)").replace("60", "200"),
        TWICE.replace("TWICE", "[1]|batch(3, ns.a)|first") + "{{ ns.a|tojson }}",
    ],
)
def test_no_layout_makes_more_at_once_than_a_page_can_show(text: str) -> None:
    with pytest.raises(LayoutError) as caught:
        rendered("<p>\n" + text)
    assert caught.value.problem.place.path == "layouts/x.html"
    assert caught.value.problem.place.line == 2
    assert re.search("more than|larger than|wider than|stands in|Range", str(caught.value))


NAMES = st.text(alphabet="_abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=12)


@given(NAMES, st.sampled_from(["page.{}", "page['{}']", "page|attr('{}')", "page.title.{}"]))
def test_no_name_leads_to_what_python_keeps_to_itself(name: str, form: str) -> None:
    text = "{{ " + form.format("__" + name) + " is defined }}"
    with pytest.raises(LayoutError):
        rendered(text)


class TestPrinting:
    @pytest.mark.parametrize(
        ("text", "hint"),
        [
            ("{{ cycler('a') }}", "one of its fields"),
            ("{{ cycler }}", "Write () behind it."),
            ("{{ page.date.isoformat }}", "Write () behind it."),
            ("{{ page.authors|map('upper') }}", "| join"),
            ("{{ page.authors|list }}", "| join"),
            ("{{ page.authors }}", "| join"),
            ("{{ range(3) }}", "| join"),
            ("{{ page.section }}", "one of its fields: title, url."),
            ("{{ page.extra }}", "| tojson"),
            ("{{ {'a': 1} }}", "| tojson"),
            ("{{ [1] }}", "| join"),
            ("{{ none }}", "{% if … %}"),
            ("{{ page.updated }}", "{% if … %}"),
            ("{{ true }}", "else"),
            ("{{ namespace(a=1) }}", ""),
            ("{{ joiner() }}", "Write () behind it."),
            ("{% macro m() %}{% endmacro %}{{ m }}", "Write () behind it."),
            ("{% block b %}{{ self }}{% endblock %}", ""),
            ("{% block b %}{{ self.b }}{% endblock %}", "Write () behind it."),
            ("{% for x in [1] %}{{ loop }}{% endfor %}", ""),
            ("{% set x %}{{ cycler }}{% endset %}{{ x }}", ""),
            ("{% filter upper %}{{ cycler }}{% endfilter %}", ""),
            ("{% autoescape false %}{{ cycler }}{% endautoescape %}", ""),
            ("{{ 'a' ~ cycler }}", ""),
            ("{{ 'a' ~ none }}", ""),
            ("{{ '%s' % cycler }}", ""),
            ("{{ '%s' % (cycler, ) }}", ""),
            ("{{ '%(a)s' % {'a': cycler} }}", ""),
            ("{{ '%s'|format(cycler) }}", ""),
            ("{{ '{}'.format(cycler) }}", ""),
            ("{{ '{!r}'.format(cycler) }}", ""),
            ("{{ '{a}'.format_map({'a': cycler}) }}", ""),
            ("{{ [cycler]|join }}", ""),
            ("{{ [[cycler]]|join(attribute=0) }}", ""),
            ("{{ cycler|string }}", ""),
            ("{{ cycler|upper }}", ""),
            ("{{ cycler|e }}", ""),
            ("{{ cycler|safe }}", ""),
            ("{{ cycler|title }}", ""),
            ("{{ 'a'|replace('a', cycler) }}", ""),
            ("{{ {'a': cycler}|xmlattr }}", ""),
            ("{{ {'a': cycler}|urlencode }}", ""),
            ("{{ {page.title.upper: 'a'}|urlencode }}", ""),
            ("{{ {page.title.upper: 'a'}|xmlattr }}", ""),
            ("{{ {page.title.upper: 'a'}|tojson }}", ""),
            ("{{ [('a', cycler)]|urlencode }}", ""),
            ("{{ {'a': {'b': 1}}|urlencode }}", ""),
            ("{{ {'a': [1]}|urlencode }}", ""),
            ("{{ {'a': true}|urlencode }}", ""),
            ("{{ {'a': {'b': 1}}|xmlattr }}", ""),
            ("{{ {'a': [1]}|xmlattr }}", ""),
            ("{{ {'a': false}|xmlattr }}", ""),
            ("{{ [cycler]|map('string')|join }}", ""),
            ("{{ page.body.join([cycler]) }}", ""),
            ("{{ page.body.escape(cycler) }}", ""),
            ("{{ ('a'|e).replace('a', cycler) }}", ""),
            ("{{ page|pprint }}", ""),
            ("{{ cycler|tojson }}", ""),
        ],
    )
    def test_what_is_no_text_is_an_error_of_the_layout(self, text: str, hint: str) -> None:
        page = replace(PAGE, body="<p>x</p>")
        with pytest.raises(LayoutError) as caught:
            rendered(text, page)
        assert caught.value.problem.place.path == "layouts/x.html"
        assert " at 0x" not in str(caught.value)
        assert hint in caught.value.problem.hint

    def test_a_forgotten_call_is_told_where_it_stands(self) -> None:
        own = {
            "article.html": '{% extends "base.html" %}{% block main %}\n{{ super }}{% endblock %}',
            "base.html": "{% block main %}x{% endblock %}",
        }
        found = problem(own)
        assert (found.place.path, found.place.line) == ("layouts/article.html", 2)
        assert (
            found.message == "article.html prints something that must be called, which is no text"
        )
        assert found.hint.startswith("Write () behind it.")

    def test_texts_numbers_dates_and_markup_are_printed(self) -> None:
        text = "{{ page.title }} {{ 1 }} {{ 1.5 }} {{ page.date }} {{ page.body }} {{ day }}"
        page = replace(PAGE, body="<b>x</b>")
        made = layouts({"x.html": text.replace("{{ day }}", "")})
        expected = f"Storm 1 1.5 {NOON} <b>x</b> "
        assert render_page(made, page, FRAME, "x.html") == expected


class TestDepth:
    @pytest.mark.parametrize(
        "text",
        [
            "{% if true %}" * 1_000 + "{% endif %}" * 1_000,
            "{% for a in [1] %}" * 1_000 + "{% endfor %}" * 1_000,
            "{% for a in [1] %}" * 40 + "{% endfor %}" * 40,
            "".join(f"{{% block b{n} %}}" for n in range(1_000)) + "{% endblock %}" * 1_000,
            "{{ page.title" + "|upper" * 5_000 + " }}",
            "{{ " + "(" * 5_000 + "1" + ")" * 5_000 + " }}",
            "{{ " + "[" * 5_000 + "]" * 5_000 + " }}",
            "{{ page" + ".title" * 5_000 + " }}",
            "{{ " + "not " * 5_000 + "1 }}",
            "{{ 1" + " + 1" * 5_000 + " }}",
            "{{ " + "-" * 5_000 + "1 }}",
            "{% extends page.x" + "|upper" * 5_000 + " %}",
        ],
    )
    def test_too_much_within_itself_is_a_problem_of_the_layout(self, text: str) -> None:
        made = layouts({"x.html": text}, {"x.html": ""})
        made.compile(["x.html"])
        told = list(made.check())
        try:
            render_page(made, PAGE, FRAME, "x.html")
        except LayoutError as error:
            told.append(error.problem)
        assert told
        assert {found.place.path for found in told} == {"layouts/x.html"}
        assert any("nested too deeply" in found.message for found in told)

    def test_a_block_that_shows_itself_is_told_as_that(self) -> None:
        found = problem({"article.html": "{% block a %}{{ self.a() }}{% endblock %}"})
        assert found.message == "a block in article.html shows itself without end"

    def test_a_macro_that_calls_itself_is_told_as_that(self) -> None:
        found = problem({"article.html": "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}"})
        assert found.message == "a macro in article.html calls itself without end"
