# ruff: noqa: RUF001 (letters that look Latin and are not: what this file is about)
import pytest

from generator.read.transliteration import OFFICIAL, likely_language, romanise

# The examples of the Cabinet's own resolution 55, letter by letter, in its order.
UKRAINIAN = {
    "Алушта": "alushta", "Андрій": "andrii", "Борщагівка": "borshchahivka",
    "Борисенко": "borysenko", "Вінниця": "vinnytsia", "Володимир": "volodymyr",
    "Гадяч": "hadiach", "Богдан": "bohdan", "Згурський": "zghurskyi", "Ґалаґан": "galagan",
    "Ґорґани": "gorgany", "Донецьк": "donetsk", "Дмитро": "dmytro", "Рівне": "rivne",
    "Олег": "oleh", "Есмань": "esman", "Єнакієве": "yenakiieve", "Гаєвич": "haievych",
    "Короп'є": "koropie", "Житомир": "zhytomyr", "Жанна": "zhanna", "Жежелів": "zhezheliv",
    "Закарпаття": "zakarpattia", "Казимирчук": "kazymyrchuk", "Медвин": "medvyn",
    "Михайленко": "mykhailenko", "Іванків": "ivankiv", "Іващенко": "ivashchenko",
    "Їжакевич": "yizhakevych", "Кадиївка": "kadyivka", "Мар'їне": "marine",
    "Йосипівка": "yosypivka", "Стрий": "stryi", "Олексій": "oleksii", "Київ": "kyiv",
    "Коваленко": "kovalenko", "Лебедин": "lebedyn", "Леонід": "leonid", "Миколаїв": "mykolaiv",
    "Маринич": "marynych", "Ніжин": "nizhyn", "Наталія": "nataliia", "Одеса": "odesa",
    "Онищенко": "onyshchenko", "Полтава": "poltava", "Петро": "petro",
    "Решетилівка": "reshetylivka", "Рибчинський": "rybchynskyi", "Суми": "sumy",
    "Соломія": "solomiia", "Тернопіль": "ternopil", "Троць": "trots", "Ужгород": "uzhhorod",
    "Уляна": "uliana", "Фастів": "fastiv", "Філіпчук": "filipchuk", "Харків": "kharkiv",
    "Христина": "khrystyna", "Біла Церква": "bila tserkva", "Стеценко": "stetsenko",
    "Чернівці": "chernivtsi", "Шевченко": "shevchenko", "Шостка": "shostka",
    "Кишеньки": "kyshenky", "Щербухи": "shcherbukhy", "Гоща": "hoshcha",
    "Гаращенко": "harashchenko",
    "Юрій": "yurii", "Корюківка": "koriukivka", "Яготин": "yahotyn", "Ярошенко": "yaroshenko",
    "Костянтин": "kostiantyn", "Знам'янка": "znamianka", "Феодосія": "feodosiia",
    "Згорани": "zghorany", "Розгон": "rozghon", "Зеленський": "zelenskyi",
    "Луганськ": "luhansk", "Лук'яненко": "lukianenko",
}  # fmt: skip


@pytest.mark.parametrize("word", UKRAINIAN)
def test_ukrainian_follows_the_cabinets_table(word: str) -> None:
    assert romanise(word.lower().replace("'", ""), "uk") == UKRAINIAN[word]


def test_words_begin_behind_anything_that_is_no_letter() -> None:
    assert romanise("нью-йорк, «їжа»", "uk") == "niu-york, «yizha»"


@pytest.mark.parametrize(
    ("word", "latin"),
    [
        ("путин", "putin"), ("щёлково", "shchelkovo"), ("подъезд", "podieezd"),
        ("юлия", "iuliia"), ("крым", "krym"), ("эльбрус", "elbrus"), ("хабаровск", "khabarovsk"),
        ("царицын", "tsaritsyn"), ("белгород", "belgorod"), ("жуковский", "zhukovskii"),
    ],
)  # fmt: skip
def test_russian_follows_icao(word: str, latin: str) -> None:
    assert romanise(word, "ru") == latin


@pytest.mark.parametrize(
    ("word", "latin"),
    [
        ("лукашэнка", "lukashenka"), ("гомель", "homel"), ("магілёў", "mahiliou"),
        ("навіцкі", "navitski"), ("аляксандр", "aliaksandr"), ("святлана", "sviatlana"),
        ("марыя", "maryia"), ("ігар", "ihar"), ("мікалай", "mikalai"),
    ],
)  # fmt: skip
def test_belarusian_follows_passports(word: str, latin: str) -> None:
    assert romanise(word, "be") == latin


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("київ", "uk"), ("ґанок", "uk"), ("харків", "uk"), ("єдність", "uk"),
        ("мінск і гродна: сённяшні дзень", "be"), ("магілёў", "be"), ("лукашэнка і мы", "be"),
        ("крым", "ru"), ("объявлен", "ru"), ("эхо", "ru"), ("кремль", "uk"),
    ],
)  # fmt: skip
def test_letters_tell_the_language(text: str, language: str) -> None:
    assert likely_language(text) == language
    assert romanise(text, "en") == romanise(text, language)


def test_a_neighbours_letters_are_not_lost() -> None:
    for language in OFFICIAL:
        text = romanise("абвгґдеєёжзиіїйклмнопрстуўфхцчшщъыьэюя", language)
        assert text.isascii()


def test_other_languages_in_cyrillic_are_left_alone() -> None:
    assert romanise("българия", "bg") == "българия"


def test_other_letters_stay() -> None:
    assert romanise("größe, 2024", "uk") == "größe, 2024"
