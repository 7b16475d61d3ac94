"""An old project's templates: expanded from what they are given, and bounded in what they make."""

import pytest

from generator.importers.sandbox import Sandbox


def test_a_template_is_filled_with_what_it_is_given() -> None:
    text = "{{ word|upper }} {{ '-' * 3 }} {{ 'a'.center(3) }} {{ ['b', 'c']|join(', ') }}"
    assert Sandbox().expanded(text, {"word": "x"}) == "X ---  a  b, c"


@pytest.mark.parametrize(
    "text",
    [
        "{{ missing }}",
        "{{ 1 / 0 }}",
        "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
        "{{ 'x' * 10 ** 12 }}",
        "{{ 9 ** 99999 }}",
        "{{ 'x'.center(10 ** 12)|length }}",
        "{{ 'x'|center(10 ** 12)|length }}",
        "{{ '%1000000000000d' % 1 }}",
        "{{ '{:1000000000000}'.format(1) }}",
        "{{ ('x' * 1000000).replace('x', 'y' * 1000000)|length }}",
        "{{ ('x' * 1000000)|replace('x', 'y' * 1000000)|length }}",
        "{{ ('x' * 1000000).join(['a'] * 1000000)|length }}",
        "{{ ('x' * 1000000).translate({120: 'y' * 1000000})|length }}",
        "{% set a = [1, 1] %}" + "{% set a = [a, a] %}" * 40 + "{{ a|string|length }}",
        "{% set a = 'xy' %}" + "{% set a = a ~ a %}" * 40 + "{{ a|length }}",
        "{% set a = 'xy' %}" + "{% set a = a + a %}" * 40 + "{{ a|length }}",
        "{% set a = [1] %}" + "{% set a = a + a %}" * 40 + "{{ a|length }}",
        "{% macro m() %}{{ m() }}{{ m() }}{% endmacro %}{{ m() }}",
    ],
)
def test_what_has_no_end_or_fills_the_memory_has_no_result(text: str) -> None:
    assert Sandbox().expanded(text, {}) is None
