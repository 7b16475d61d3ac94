"""Liquid of an old site: bounded in what it makes, and else as it is anywhere."""

import pytest
from liquid.exceptions import LiquidError

from generator.importers.limited_liquid import LimitedLiquid

ROW = '<tr class="row1">\n<td class="col1">a</td></tr>\n'
LIST = "{% assign a = 'x,y' | split: ',' %}"


def rendered(text: str) -> str:
    return LimitedLiquid().from_string(text).render()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{% for i in (1..3) reversed %}{{ i }}{% endfor %}", "321"),
        ("{{ 'a,b' | split: ',' | join: '-' }} {{ 3 | times: 2 }}", "a-b 6"),
        ("{{ 'abc' | replace: 'b', 'x' }} {{ '2020-01-02' | date: '%Y' }}", "axc 2020"),
        ("{{ 'a' | unknown }}{% unknown %}b", "ab"),
        (
            "{% tablerow i in (1..1) %}a{% endtablerow %}",
            '<tr class="row1">\n<td class="col1">a</td></tr>\n',
        ),
    ],
)
def test_what_a_text_needs_is_worked_out(text: str, expected: str) -> None:
    assert rendered(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "{% assign a = 'xy' %}" + "{% assign a = a | append: a %}" * 40,
        "{% assign a = 'xy' %}" + "{% capture a %}{{ a }}{{ a }}{% endcapture %}" * 40,
        "{% assign a = 'xy' %}" + "{% assign a = a | replace: '', a %}" * 8,
        "{% assign a = 9999999 %}" + "{% assign a = a | times: a %}" * 40,
        LIST + "{% assign a = a | concat: a %}" * 40,
        LIST + "{% assign a = a | concat: a %}" * 20 + "{{ a | join: 'many letters' }}",
        "{% for i in (1..9999999999) %}{% endfor %}",
        "{% for i in (1..9999999999) reversed %}{% endfor %}",
        "{% tablerow i in (1..9999999999) reversed %}{% endtablerow %}",
        "{{ (1..9999999999) | reverse }}",
        "{{ '2020-01-01' | date: '%1000000000d' }}",
    ],
)
def test_what_has_no_end_or_fills_the_memory_is_an_error(text: str) -> None:
    with pytest.raises((LiquidError, OverflowError)):
        rendered(text)
