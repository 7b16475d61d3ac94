# ruff: noqa: RUF001 - curly quotes and dashes are what this is about

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.markdown.curling import curled, with_curly_quotes

TEXTS = [
    ('"Hi," he said.', "“Hi,” he said."),
    ("'Hi,' he said.", "‘Hi,’ he said."),
    ("It's the dogs' 'own'.", "It’s the dogs’ ‘own’."),
    ("\"'Quoted' words,\" she said.", "“‘Quoted’ words,” she said."),
    ("\"He said 'no'\"", "“He said ‘no’”"),
    ("'\"Deep\"'", "‘“Deep”’"),
    ("the '90s and '45, rock 'n' roll", "the ’90s and ’45, rock ’n’ roll"),
    ("'s-Hertogenbosch, '90s", "’s-Hertogenbosch, ’90s"),
    ("'Twas 'em", "’Twas ’em"),
    ('("Hi") ["Hi"] —"Hi"—"Hi"', "(“Hi”) [“Hi”] —“Hi”—“Hi”"),
    ('"Hi"!', "“Hi”!"),
    ('"Wait—"', "“Wait—”"),
    ('“Hi," he said. "Yes.”', "“Hi,” he said. “Yes.”"),
    ('"“Hi”"', "““Hi””"),
    ("«Hi» it's", "«Hi» it’s"),
    ('a 6" pipe and 5\'10" tall', 'a 6" pipe and 5\'10" tall'),
    ('"In 1990" he', "“In 1990” he"),
    ('"¿Qué?"', "“¿Qué?”"),
]


@pytest.mark.parametrize(("straight", "curly"), TEXTS)
def test_quotes_curl_as_english_has_them(straight: str, curly: str) -> None:
    assert with_curly_quotes(straight) == curly


@pytest.mark.parametrize(
    ("typed", "set_"),
    [
        ("a -- b---c", "a – b—c"),
        ("a...b ....", "a…b ...."),
        ("<!-- a --> ---- -->", "<!-- a --> ---- -->"),
        ("see https://x.org/a--b... and --", "see https://x.org/a--b... and –"),
    ],
)
def test_dashes_and_ellipses_are_made(typed: str, set_: str) -> None:
    assert curled(typed, "uk") == set_


def test_quotes_in_other_languages_stay_as_they_are() -> None:
    assert curled('"п\'ять"', "uk") == '"п\'ять"'
    assert curled("it's", "en-GB") == "it’s"


@given(st.text(alphabet="ab \"'“”‘’.,1-—(", max_size=60))
def test_only_straight_quotes_change_and_only_once(text: str) -> None:
    curly = with_curly_quotes(text)
    assert len(curly) == len(text)
    assert all(a == b for a, b in zip(text, curly, strict=True) if a not in "\"'")
    assert with_curly_quotes(curly) == curly
