# ruff: noqa: RUF001 (letters that look Latin and are not, among others)
import re
import subprocess
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.read.slugs import LONGEST, is_reserved, slugify

LANGUAGES = st.sampled_from(["en", "uk", "ru", "be", "bg", "de", "ar", "uk-UA", ""])
TEXTS = st.text(max_size=40) | st.text(alphabet="згЄїйьъыўЁ'’-_ +#.,1Aß́", max_size=40)


@pytest.mark.parametrize(
    ("text", "language", "slug"),
    [
        ("War in Ukraine", "en", "war-in-ukraine"),
        ("  Storm — and: after! ", "en", "storm-and-after"),
        ("snake_case  and--dashes", "en", "snake-case-and-dashes"),
        ("Don’t stop, don't", "en", "dont-stop-dont"),
        ("R&D", "en", "r-d"),
        ("1,000 homes for 1,5 million", "en", "1000-homes-for-1-5-million"),
        ("1,000 días, 1,5 más", "es", "1000-dias-1-5-mas"),
        ("50% off", "en", "50-off"),
        ("C", "en", "c"),
        ("C++", "en", "c-plus-plus"),
        ("C#", "en", "c-sharp"),
        (".NET 9 and ASP.NET", "en", "dot-net-9-and-asp-net"),
        ("...and then", "en", "and-then"),
        ("#MeToo", "en", "metoo"),
        ("Google+ closes", "en", "google-plus-closes"),
        ("A+B", "en", "a-b"),
        ("ﬁsh ① ½", "en", "fish-1-1-2"),
        ("Größe ändern", "de", "grosse-andern"),
        ("İstanbul", "tr", "istanbul"),
        ("Đà Nẵng", "vi", "da-nang"),
        ("北京 news", "zh", "bei-jing-news"),
        ("كورسك", "ar", "kwrsk"),
        ("Київ", "uk", "kyiv"),
        ("Лук'яненко", "uk", "lukianenko"),
        ("Лук’яненко", "uk-UA", "lukianenko"),
        ("Лук\u02bcяненко", "en", "lukianenko"),
        ("за́мок моя́", "uk", "zamok-moia"),
        ("Лукашэнка", "be", "lukashenka"),
        ("Лукашенко", "ru", "lukashenko"),
        ("Владимир Путин", "ru", "vladimir-putin"),
        ("Kur\u00adsk\u200b", "en", "kursk"),
        ("!!!", "en", ""),
        ("🔥", "en", ""),
        ("", "en", ""),
    ],
)
def test_slugs_of_the_worlds_words(text: str, language: str, slug: str) -> None:
    assert slugify(text, language) == slug


@given(TEXTS, LANGUAGES)
def test_a_slug_is_words_between_single_hyphens(text: str, language: str) -> None:
    slug = slugify(text, language)
    assert re.fullmatch(r"(?:[a-z0-9]+(?:-[a-z0-9]+)*)?", slug)
    assert len(slug) <= LONGEST or slug == text


@given(TEXTS, LANGUAGES)
def test_a_slug_is_its_own_slug(text: str, language: str) -> None:
    slug = slugify(text, language)
    assert slugify(slug, language) == slug
    assert slugify(slug) == slug


@given(TEXTS, LANGUAGES)
def test_composed_and_decomposed_text_have_one_slug(text: str, language: str) -> None:
    composed, decomposed = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    assert slugify(composed, language) == slugify(decomposed, language) == slugify(text, language)


@given(TEXTS, LANGUAGES)
def test_case_makes_no_difference_to_plain_words(text: str, language: str) -> None:
    plain = "".join(char for char in text if char.isascii() or "а" <= char.lower() <= "я")
    assert slugify(plain.upper(), language) == slugify(plain.lower(), language)


def test_a_long_slug_is_cut_between_words() -> None:
    slug = slugify("word " * 40)
    assert slug == "-".join(["word"] * 16)
    assert len(slug) == 79


def test_a_slug_that_just_fits_is_whole() -> None:
    text = f"{'a' * 39} {'b' * 40}"
    assert slugify(text) == text.replace(" ", "-")
    assert slugify(f"{text} c") == text.replace(" ", "-")


def test_one_endless_word_is_cut_in_it() -> None:
    assert slugify("X" * 100) == "x" * 80


def test_a_slug_that_a_newsroom_chose_stays_whole() -> None:
    chosen = "-".join(["word"] * 40)
    assert slugify(chosen) == chosen
    assert slugify(f"{chosen}-x{'-y' * 100}") == "-".join(["word"] * 16)


def test_reserved_slugs_are_known() -> None:
    assert all(is_reserved(slug) for slug in ("page", "con", "nul", "aux", "prn", "com1", "lpt9"))
    assert not any(is_reserved(slug) for slug in ("pages", "console", "null", "com", "kursk", ""))


def test_plain_text_needs_no_large_table() -> None:
    code = (
        "import sys; from generator.read.slugs import slugify; "
        "slugify('War in Ukraine'); slugify('Київ'); "
        "sys.exit('slugify' in sys.modules or 'text_unidecode' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
