"""The order in which readers of a language look for names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.plan.alphabets import ALPHABETS, letter_of, sort_key

ORDERS = {
    "uk": "Андрій Ганна Ґалина Дана Євген Жук Іван Їжак Яна Ann",
    "pl": "Adam Cezary Ćwik Lena Łukasz Świt Zofia Źrebak Żak",
    "sv": "Anna Erik Zorn Åke Ärla Öberg",
    "nb": "Anna Zorn Ærlig Østby Aase Åse",
    "cs": "Adam Cyril Čapek Hana Chalupa Ivan Řezník Zeman Žák",
    "de": "Adler Ägypten Oder Öse Zeit",
    "hu": "cukor csak gaz gyár lap lyuk zab zsák",
    "hr": "Ana Celjska Čolak Ćosić Dado Džajo Đurđa Ljubo Njofra Zora Žana",
    "ru": "Елена Ёлка Жанна Иван Йод",
    "es": "nube ñandú oso",
    "tr": "Isparta İzmir Kars Şeker Tarsus",
    "en": "3rd 10th Élan Ellis Øresund Zoe Ґанок",
    "lt": "Ieva Yla Jonas",
}


@pytest.mark.parametrize("language", ORDERS)
def test_names_stand_where_readers_look_for_them(language: str) -> None:
    names = ORDERS[language].split()
    if language == "en":
        names = ["10th", "3rd", *names[2:]]
    turned = [*reversed(names)]
    assert sorted(turned, key=lambda name: sort_key(name, language)) == names


@pytest.mark.parametrize(
    ("label", "language", "letter"),
    [
        ("Ґанок", "uk", "Ґ"),
        ("Їжа", "uk", "Ї"),
        ("Łódź", "pl", "Ł"),
        ("Łódź", "en", ""),
        ("chata", "cs", "Ch"),
        ("chata", "en", "C"),
        ("Åland", "sv-SE", "Å"),
        ("Aalborg", "da", "Å"),
        ("izmir", "tr", "İ"),
        ("Isparta", "tr", "I"),
        ("«Житло»", "uk", "Ж"),
        ("9/11", "uk", ""),
        ("", "uk", ""),
        ("Ёлка", "ru", ""),
    ],
)
def test_an_index_has_the_letters_of_its_language(label: str, language: str, letter: str) -> None:
    assert letter_of(label, language) == letter


@given(st.lists(st.text(max_size=8), max_size=8), st.sampled_from([*ALPHABETS, "en", "", "x-no"]))
def test_every_name_has_its_place(names: list[str], language: str) -> None:
    by_key = sorted(names, key=lambda name: sort_key(name, language))
    turned = [*reversed(names)]
    assert sorted(turned, key=lambda name: sort_key(name, language)) == by_key


@pytest.mark.parametrize("alphabet", ALPHABETS.values())
def test_an_alphabet_has_each_letter_once(alphabet: str) -> None:
    letters = alphabet.split() if " " in alphabet else [*alphabet]
    assert len(letters) == len({*letters})
    assert alphabet == alphabet.casefold()
