"""The indexes of tags and authors."""

# ruff: noqa: RUF001 - letters that look like others

import pytest

from generator.model.article import Author, Image, Name, Newsroom, SourceFile
from generator.model.cards import Link
from generator.model.config import OutputOptions, TitleOptions
from generator.model.pages import IndexEntry
from generator.model.pictures import Picture
from generator.model.values import replace
from generator.plan.indexes import Indexes, authors_page, first_letter, tags_page
from tests.support.planning import CONFIG, arranged, of_kind, source, story


@pytest.mark.parametrize(
    ("label", "letter"),
    [
        ("kursk", "K"),
        ("Élysée", "E"),
        ("E\u0301lysée", "E"),
        ("Ωmega", "Ω"),
        ("Йосип", "Й"),
        ("\u0418\u0306", "Й"),
        ("їжа", "Ї"),
        ("«Живе»", "Ж"),
        (".NET", "N"),
        ("شمس", "ش"),
        ("新聞", "新"),
        ("ﬁlm", "F"),
        ("Łódź", "L"),
        ("Østby", "O"),
        ("Œuvre", "O"),
        ("Þór", "T"),
        ("أحمد", "ا"),
        ("가영", "ㄱ"),
        ("까치", "ㄱ"),
        ("がとう", "か"),
        ("アベ", "あ"),
        ("わたなべ", "わ"),
        ("ß", "S"),
        ("ომი", "ო"),
        ("9/11", "#"),
        ("½ marathon", "M"),
        ("!", "#"),
        ("", "#"),
    ],
)
def test_the_letter_under_which_a_label_stands(label: str, letter: str) -> None:
    assert first_letter(label) == letter


def test_tags_stand_under_their_letters_signs_first() -> None:
    newsroom = Newsroom(
        (
            story("a", tags=["kursk", "9/11", "Élysée"]),
            story("b", tags=["Kyiv", "kursk", "Europe"], hours=1),
        )
    )
    tags = [a.tags for a in newsroom.articles]
    made = tuple(
        replace(a, tags=tuple(Name(n.label, n.key, n.slug or "elysee") for n in names))
        for a, names in zip(newsroom.articles, tags, strict=True)
    )
    page = tags_page(arranged(replace(newsroom, articles=made))[0], CONFIG)
    assert [(g.title, [(e.title, e.count) for e in g.entries]) for g in page.groups] == [
        ("#", [("9/11", 1)]),
        ("E", [("Élysée", 1), ("Europe", 1)]),
        ("K", [("kursk", 2), ("Kyiv", 1)]),
    ]
    assert page.groups[2].entries[0].url == "/tags/kursk/"
    assert page.head.trail == (Link("The Gazette", "/"), Link("Tags", "/tags/"))


def test_authors_come_by_name_with_role_and_portrait() -> None:
    jane = Author(
        "jd",
        "Jane",
        "jane",
        "Editor",
        portrait=Image("p.jpg"),
        source=source("content/authors/jd.md"),
    )
    newsroom = Newsroom(
        (story("a", authors=["Jane", "Bob"]), story("b", authors=["Jane"])),
        authors=(jane,),
        files=(SourceFile("content/authors/p.jpg", 1, "0", 6, 4),),
    )
    portrait = Picture("/authors/jd/p.jpg", width=6, height=4)
    assert authors_page(arranged(newsroom)[0], CONFIG).entries == (
        IndexEntry("Bob", "/authors/bob/"),
        IndexEntry("Jane", "/authors/jd/", 0, "Editor", portrait),
    )


def test_titles_come_from_the_configuration() -> None:
    chosen = replace(CONFIG, titles=TitleOptions(tags="Themen", authors="Autoren"))
    site, _ = arranged(Newsroom(), chosen)
    assert tags_page(site, chosen).title == tags_page(site, chosen).head.title == "Themen"
    assert authors_page(site, chosen).title == "Autoren"


@pytest.mark.parametrize(
    ("on", "paths"),
    [
        (
            OutputOptions(),
            [("tags/index.html", "tags.html"), ("authors/index.html", "authors.html")],
        ),
        (OutputOptions(tags=False), [("authors/index.html", "authors.html")]),
        (OutputOptions(tags=False, authors=False), []),
    ],
)
def test_indexes_can_be_switched_off(on: OutputOptions, paths: list[tuple[str, str]]) -> None:
    chosen = replace(CONFIG, outputs=on)
    site, _ = arranged(Newsroom(), chosen)
    outputs, problems = of_kind(Indexes, site, chosen)
    assert [(output.path, output.layout) for output in outputs] == paths
    assert problems == ()


def test_indexes_have_the_order_of_the_sites_language() -> None:
    tags = ["Яблуко", "Європа", "Іспанія", "Гривня", "Ґанок", "Їжа", "Авто", "Дунай", "Жито"]
    authors = ["Яна Мак", "Євген Кіт", "Іван Лис", "Ганна Дуб", "Ґалина Сом", "Їжак Рак"]
    config = replace(CONFIG, language="uk")

    def named(labels: list[str]) -> tuple[Name, ...]:
        return tuple(Name(one, one.casefold(), f"n{n}") for n, one in enumerate(labels))

    article = replace(story("a"), tags=named(tags), authors=named(authors))
    site, _ = arranged(Newsroom((article,)), config)
    groups = [group.title for group in tags_page(site, config).groups]
    assert groups == [*"АГҐДЄЖІЇЯ"]
    names = [entry.title.split()[0] for entry in authors_page(site, config).entries]
    assert names == ["Ганна", "Ґалина", "Євген", "Іван", "Їжак", "Яна"]


@pytest.mark.parametrize(
    ("language", "letters"),
    [("zh", ["A", "B", "C"]), ("zh-TW", ["A", "北", "重"])],
)
def test_chinese_names_stand_by_their_sound_but_where_strokes_count(
    language: str, letters: list[str]
) -> None:
    tags = (Name("重庆", "重庆", "chong-qing"), Name("北京", "北京", "bei-jing"))
    apple = Name("Apple", "apple", "apple")
    config = replace(CONFIG, language=language)
    newsroom = Newsroom((replace(story("a"), tags=(*tags, apple)),))
    page = tags_page(arranged(newsroom, config)[0], config)
    assert [group.title for group in page.groups] == letters
