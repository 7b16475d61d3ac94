"""The order in which readers of a language look for names."""

# ruff: noqa: RUF001 - letters that look like others

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.plan.alphabets import ALPHABETS, letter_of, sort_key

ORDERS = {
    "uk": "Андрій Ганна Ґалина Дана Євген Жук Іван Їжак Яна Ann",
    "pl": "Adam Cezary Ćwik Lena Łukasz Świt Zofia Źrebak Żak",
    "sv": "Ulla Vik Wall Xenia Ülle Yngve Åsa",
    "sv-SE": "Anna Erik Zorn Åke Ärla Öberg",
    "nb": "Anna Zorn Ærlig Østby Aase Åse",
    "cs": "Adam Cyril Čapek Hana Chalupa Ivan Řezník Zeman Žák",
    "de": "Adler Ägypten Oder Öse Zeit",
    "hu": "cukor csak gaz gyár lap lyuk zab zsák",
    "hr": "Ana Celjska Čolak Ćosić Dado Džajo Đurđa Ljubo Njofra Zora Žana",
    "ru": "Елена Ёлка Жанна Иван Йод",
    "es": "nube ñandú oso",
    "tr": "Isparta İzmir Kars Şeker Tarsus",
    "en": "3rd 10th Élan Ellis Øresund Zoe Ґанок",
    "lt": "Ana Ąžuolas Cezaris Čiurlionis Ėja Eva Ieva Yla Jonas Ūla Uosis",
    "sq": "Cela Çela Dita Dhimitër Gazi Gjon Lola Llesh Sara Shpend Zana Zhani",
    "cy": "Caryn Chris Dai Ddraig Gwen Ngaio Lowri Llew Rees Rhys Tom Theo",
    "mt": "Ċensu Carmen Ġorġ Gino Għada Hili Ħal Żak Zak",
    "lv": "Anna Āda Cēsis Čaka Ieva Yla Īva Jānis Kārlis Ķēniņš",
    "hsb": "Cyril Čěsla Ćma Dana Dźiwa Eva Łužica Lena",
    "vi": "An Ăn Ấn Dũng Đức Em Ếm On Ổn Ơn Ung Ứng",
    "uz": "Coco Olim Sora Oʻtkir Gʻani Sherzod Chori",
    "ky": "Жаңы Нур Ңур Осмон Өмүр Улан Үмүт",
    "tt": "Алсу Әлфия Жанна Җәмил Хәким Һади",
    "mn": "Олон Өнөр Уул Үүрд",
    "ja": "あおい アベ いとう かとう がとう カワ きむら わたなべ",
    "ko": "가나 각 나래 하늘",
    "th": "กมล เกษม แก้ว ไกร ขวัญ นภา เบญ เอก",
    "hi": "अमित इंदु कमल किरण गीता",
    "el": "Άννα Βασίλης Ήρα Θάνος Ώρα",
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
        ("Őr", "hu", "Ö"),
        ("Ylė", "lt", "I"),
        ("Ülle", "sv", "Y"),
        ("O'tkir", "uz", "Oʻ"),
        ("Ấn", "vi", "Â"),
        ("Thani", "sq", "Th"),
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
