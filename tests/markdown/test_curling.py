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
    assert curled(straight, "en") == curly


@pytest.mark.parametrize(
    ("language", "straight", "curly"),
    [
        ("de", "\"Er sagte 'nein'\", so Anna.", "„Er sagte ‚nein‘“, so Anna."),
        ("de", "Hans' Buch, '68er, 'ne Frau, geht's", "Hans’ Buch, ’68er, ’ne Frau, geht’s"),
        ("de", "„Er sagte 'ja'“ und \"nein\"", "„Er sagte ‚ja‘“ und „nein“"),
        ("de", 'ein 27"-Schirm', 'ein 27"-Schirm'),
        ("de-CH", "\"Er sagte 'nein'\"", "«Er sagte ‹nein›»"),
        (
            "fr",
            "Il dit \"l'eau 'pure' d'ici\", d'\"Ici\".",
            "Il dit «\u202fl’eau “pure” d’ici\u202f», d’«\u202fIci\u202f».",
        ),
        ("it", "dell'\"Ansa\" un po' di 'ndrangheta", "dell’«Ansa» un po’ di ’ndrangheta"),
        ("pl", "\"Rzekł 'nie'\"", "„Rzekł «nie»”"),
        ("uk", "\"Він п'ять 'так'\"", "«Він п’ять „так“»"),
        ("sv", "\"Hon sa 'ja'\", '90-talet", "”Hon sa ’ja’”, ’90-talet"),
        ("nb", "\"Hun sa 'ja'\"", "«Hun sa ‘ja’»"),
        ("da", "'90erne", "’90erne"),
        ("hu", "\"Azt 'mondta'\"", "„Azt »mondta«”"),
        ("nl", "'s Avonds zei hij \"'t is 'mooi'\"", "’s Avonds zei hij “’t is ‘mooi’”"),
        ("es", "¿\"Él 'no'\"?", "¿«Él “no”»?"),
        ("ja", '彼は"はい"と言った。"\'いいえ\'"と', "彼は「はい」と言った。「『いいえ』」と"),
        ("zh", '他说"是"，"\'不\'是"。', "他说“是”，“‘不’是”。"),
        ("ko", "그는 \"네\"라고 '말'했다", "그는 “네”라고 ‘말’했다"),
        ("th", 'เขาพูดว่า"ใช่"แล้ว', "เขาพูดว่า“ใช่”แล้ว"),
        ("he", '"צה"ל" אמר ז\'בוטינסקי', "”צה\"ל” אמר ז'בוטינסקי"),
        ("uz", "O'zbekiston so'zi", "Oʻzbekiston soʻzi"),
    ],
)
def test_each_language_has_its_own_marks(language: str, straight: str, curly: str) -> None:
    assert curled(straight, language) == curly


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


@given(
    st.text(alphabet="ab \"'“”„‘’«».,1-—(あ", max_size=60),
    st.sampled_from(["en", "de", "fr", "sv", "ja", "he"]),
)
def test_only_straight_quotes_change_and_only_once(text: str, language: str) -> None:
    signs = with_curly_quotes(text, language)
    assert len(signs) == len(text)
    assert all(a == b for a, b in zip(text, signs, strict=True) if a not in "\"'")
    curly = "".join(signs)
    if not {*curly} & {*"\"'"}:
        assert "".join(with_curly_quotes(curly, language)) == curly
