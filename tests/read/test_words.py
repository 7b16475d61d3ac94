"""The theme's words in the site's language: catalogues, the site's own first, word by word."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from jinja2 import Environment

from generator.model.layouts import LayoutFile
from generator.read.config import parse_config
from generator.read.layouts import read_theme
from generator.read.theme import theme_folder
from generator.read.words import read_words, translated
from generator.render.dates import counted

LANGUAGES = sorted(file.stem for file in (theme_folder() / "words").glob("*.po"))
PROMISED = {"ar", "de", "es", "fr", "he", "it", "ja", "nl", "pl", "pt", "ru", "uk", "zh"}
Labels = Mapping[str, str | Mapping[str, str]]


def labels(language: str, site: Path) -> Labels:
    theme, problems = read_theme(site, language)
    assert problems == ()
    (file,) = (layout for layout in theme.built_in if layout.name == "labels.html")
    found: Labels = vars(Environment(autoescape=True).from_string(file.text).module)["labels"]
    return found


def flat(found: Labels) -> dict[str, str]:
    told: dict[str, str] = {}
    for name, label in found.items():
        parts = {"": label} if isinstance(label, str) else label
        told |= {f"{name}.{key}": text for key, text in parts.items()}
    return told


def test_the_promised_languages_are_there() -> None:
    assert set(LANGUAGES) >= PROMISED


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_the_theme_is_said_in_each_language(language: str, tmp_path: Path) -> None:
    english, theirs = flat(labels("en", tmp_path)), flat(labels(language, tmp_path))
    same = {
        name
        for name in english.keys() & theirs.keys()
        if english[name] == theirs[name] and not name.startswith("formats.")
    }
    # Words that are the same in both: "Page", "Satire", "Live", "Letters" and their like.
    assert len(same) <= 5
    assert all(theirs.values())
    assert english.keys() - theirs.keys() <= {"stories.one", "stories.other"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_count_has_a_form(language: str, tmp_path: Path) -> None:
    forms = labels(language, tmp_path)["stories"]
    assert isinstance(forms, dict)
    told = {number: counted(number, forms, language) for number in range(130)}
    assert all(told.values())
    used = {re.sub(r"[\d.,\u0660-\u0669]+", "{n}", text) for text in told.values()}
    assert {text for key, text in forms.items() if key.isdigit()} == used


def test_counts_follow_the_language(tmp_path: Path) -> None:
    forms = labels("uk", tmp_path)["stories"]
    assert isinstance(forms, dict)
    told = [counted(number, forms, "uk") for number in (1, 2, 5, 11, 21, 22)]
    assert told == [
        "1 матеріал",
        "2 матеріали",
        "5 матеріалів",
        "11 матеріалів",
        "21 матеріал",
        "22 матеріали",
    ]


@pytest.mark.parametrize(
    ("language", "published"),
    [
        ("de-AT", "Veröffentlicht"),
        ("pt-BR", "Publicado"),
        ("zh-TW", "發布"),
        ("zh-CN", "发布"),
        ("en-GB", "Published"),
        ("tlh", "Published"),
    ],
)
def test_the_nearest_language_is_taken(language: str, published: str, tmp_path: Path) -> None:
    assert labels(language, tmp_path)["published"] == published


def test_a_wider_language_fills_what_a_nearer_one_lacks(tmp_path: Path) -> None:
    found = labels("pt-BR", tmp_path)
    assert (found["all_news"], found["navigation"]) == ("Todas as notícias", "Seções")


def own(site: Path, name: str, text: str) -> None:
    (site / "layouts/words").mkdir(parents=True, exist_ok=True)
    (site / "layouts/words" / name).write_text(text, "utf-8")


def test_a_site_says_single_words_otherwise(tmp_path: Path) -> None:
    own(
        tmp_path,
        "de.po",
        'msgctxt "related"\nmsgid "Related stories"\nmsgstr "Auch {{ 1 }} \\"%}"\n',
    )
    found = labels("de", tmp_path)
    assert found["related"] == 'Auch {{ 1 }} "%}'
    assert found["published"] == "Veröffentlicht"


def test_a_site_adds_a_language_and_its_catalogue_is_not_published(tmp_path: Path) -> None:
    own(tmp_path, "tlh.po", 'msgctxt "types.opinion"\nmsgid "Opinion"\nmsgstr "vuD"\n')
    types = labels("tlh", tmp_path)["types"]
    assert isinstance(types, dict)
    assert (types["opinion"], types["satire"]) == ("vuD", "Satire")
    theme, _ = read_theme(tmp_path, "tlh")
    assert not [file.name for file in theme.files if file.name.endswith(".po")]


def test_a_faulty_catalogue_is_named_with_its_line(tmp_path: Path) -> None:
    own(tmp_path, "de.po", 'msgctxt "related"\nmsgdi "Related stories"\n')
    words, (problem,) = read_words("de", tmp_path)
    assert (problem.place.path, problem.place.line) == ("layouts/words/de.po", 2)
    assert ("related", "Related stories") in words


@pytest.mark.parametrize(
    "formula", ["n % 0", "1 / (n - 7)", "n ** 9", "__import__('os')", "(" * 99]
)
def test_a_formula_that_reckons_nothing_is_told_before_any_page_is_made(
    formula: str, tmp_path: Path
) -> None:
    file = tmp_path / "layouts/words/de.po"
    file.parent.mkdir(parents=True)
    head = f'msgid ""\nmsgstr ""\n"Plural-Forms: nplurals=2; plural={formula};\\n"\n'
    file.write_text(head)
    words, problems = read_words("de", tmp_path)
    assert words == read_words("de")[0]
    assert [problem.place.path for problem in problems] == ["layouts/words/de.po"]
    assert "cannot be reckoned" in problems[0].message


def test_words_without_a_catalogue_leave_the_file_as_it_is() -> None:
    layout = LayoutFile("labels.html", "theme/labels.html", '{"published": "Published"}')
    assert translated(layout, {}) is layout


def test_titles_of_index_pages_are_in_the_sites_language_unless_given() -> None:
    config, problems = parse_config("title: Blatt\nlanguage: de\ntitles: {archive: Alles}\n")
    assert problems == ()
    assert (config.titles.tags, config.titles.archive) == ("Schlagwörter", "Alles")
    assert config.titles.not_found == "Seite nicht gefunden"
