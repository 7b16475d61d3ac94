# ruff: noqa: RUF001 (letters and marks that look like others: what this file is about)
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.tag_keys import invisible_characters, mixed_script_word, tag_key

LABELS = st.text(max_size=20) | st.text(alphabet="aC+#. .-_'’!İßﬁК\u0301\u200b\u0345½", max_size=10)


@pytest.mark.parametrize(
    "spellings",
    [
        ("KDE", "kde", "Kde", "ＫＤＥ"),
        (
            "open source",
            "open-source",
            "open_source",
            " Open  Source ",
            "open – source",
            "Open/Source",
        ),
        ("O'Brien", "O’Brien", "o`brien", "O\u02bcBRIEN"),
        ("Лук'яненко", "Лук’яненко", "ЛУК\u02bcЯНЕНКО"),
        ("#MeToo", "MeToo", "metoo", "“MeToo”"),
        ("Straße", "STRASSE", "strasse"),
        ("Київ", "Ки\u0457в", "Киї\u0457в".replace("ї", "", 1), "КИЇВ"),
        ("café", "cafe\u0301", "CAFÉ"),
        ("❤", "❤\ufe0f"),
        ("fish", "ﬁsh"),
        ("a.b", "a b"),
        ("Kur\u00adsk", "Kursk\u200b", "kursk"),
        ("U.S. Army", "U S Army"),
    ],
)
def test_spellings_of_one_tag_have_one_key(spellings: tuple[str, ...]) -> None:
    assert len({tag_key(spelling) for spelling in spellings}) == 1


@pytest.mark.parametrize(
    "labels",
    [
        ("C", "C++", "C#", "C+"),
        ("NET", ".NET"),
        ("F", "F#"),
        ("Disney", "Disney+"),
        ("war", "wars"),
        ("$100", "€100", "100"),
        ("🔥", "❤"),
        ("!!!", "?!"),
        ("2023", "2024"),
        ("open source", "opensource"),
        ("हिन्दी", "हनद"),
    ],
)
def test_different_tags_have_different_keys(labels: tuple[str, ...]) -> None:
    assert len({tag_key(label) for label in labels}) == len(labels)


@pytest.mark.parametrize(
    ("label", "key"),
    [
        ("War in Ukraine", "war in ukraine"),
        ("C++/CLI", "c++ cli"),
        ("A+B", "a b"),
        ("C_#", "c"),
        ("...net", "net"),
        (".NET", ".net"),
        ("!!!", "!!!"),
        (" ! ? ", "! ?"),
        ("’", "'"),
        ("+", "+"),
        ("  ", ""),
        ("", ""),
    ],
)
def test_keys(label: str, key: str) -> None:
    assert tag_key(label) == key


@given(LABELS)
def test_a_key_is_its_own_key(label: str) -> None:
    assert tag_key(tag_key(label)) == tag_key(label)


@given(LABELS)
def test_forms_cases_and_blanks_around_make_no_difference(label: str) -> None:
    key = tag_key(label)
    assert tag_key(f" {label}\t") == key
    for form in ("NFC", "NFD", "NFKC", "NFKD"):
        assert tag_key(unicodedata.normalize(form, label)) == key
    # Marks in their canonical order first: folding the case of one moves it past others.
    assert tag_key(unicodedata.normalize("NFC", label).casefold()) == key


@given(LABELS)
def test_a_label_with_anything_to_see_has_a_key(label: str) -> None:
    seen = [char for char in label if not char.isspace() and not invisible_characters(char)]
    if seen:
        assert tag_key(label)


def test_every_character_alone_has_a_stable_key() -> None:
    unfold = tag_key.__wrapped__
    for code in range(0, sys.maxunicode + 1, 3):
        key = unfold(chr(code))
        assert unfold(key) == key


INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c"
    "\u202d\u202e\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\u2800\u3164\ufeff\uffa0"
    "\ufe0f\U000e0001\U000e0041\U000e0100\u2028\0\x1b\x7f"
)


@pytest.mark.parametrize("char", INVISIBLE)
def test_invisible_characters_are_named(char: str) -> None:
    (name,) = invisible_characters(f"Kur{char}sk")
    assert name.startswith(f"U+{ord(char):04X} ")
    assert invisible_characters(char)


def test_each_one_is_named_in_its_turn() -> None:
    assert invisible_characters("a\u202eb\u200b") == (
        "U+202E RIGHT-TO-LEFT OVERRIDE",
        "U+200B ZERO WIDTH SPACE",
    )


@pytest.mark.parametrize(
    "text",
    [
        *("Kursk", "Курськ", "café", "cafe\u0301", "هجوم", "2024\u00a0року", "東京"),
        "می\u200cخواهم",
        "क्\u200dष",
        "👩\u200d💻",
        "❤\ufe0f",
        "1\ufe0f\u20e3",
        "葛\U000e0100城",
        "🏴\U000e0067\U000e0062\U000e007f",
        "\u0600123",
    ],
)
def test_what_belongs_in_a_script_is_no_fault(text: str) -> None:
    assert invisible_characters(text) == ()


def test_a_word_of_two_alphabets_is_found() -> None:
    assert mixed_script_word("Battle of Кursk") == "Кursk"
    assert mixed_script_word("Α bοok") == "bοok"


@pytest.mark.parametrize(
    "text", ["Kursk", "Kursk Курськ", "Covid-α", "東京Tokyo", "COVID-19", "кВт"]
)
def test_words_of_one_alphabet_each_are_no_fault(text: str) -> None:
    assert mixed_script_word(text) == ""
