"""The archive."""

from collections.abc import Callable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.article import Article, Newsroom
from generator.model.cards import Link
from generator.model.config import Config, OutputOptions
from generator.model.pages import ArchivePage
from generator.model.values import replace
from generator.plan.archive import Archive
from tests.support.planning import CONFIG, arranged, of_kind, story

LATER = datetime(2030, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="session")
def archive() -> Callable[..., dict[str, ArchivePage]]:
    """The archive of some stories, by path."""

    def plan(articles: list[Article], chosen: Config = CONFIG) -> dict[str, ArchivePage]:
        site, _ = arranged(Newsroom(tuple(articles)), chosen, LATER)
        outputs, problems = of_kind(Archive, site, chosen)
        assert problems == ()
        pages = {o.path: o.value for o in outputs if isinstance(o.value, ArchivePage)}
        assert len(pages) == len(outputs)
        return pages

    return plan


Pages = Callable[..., dict[str, ArchivePage]]


def at(*dates: tuple[int, int, int]) -> list[Article]:
    return [story(f"{n}", date=datetime(*date, tzinfo=UTC)) for n, date in enumerate(dates)]


def test_years_and_months_lead_to_each_other(archive: Pages) -> None:
    pages = archive(at((2024, 8, 2), (2024, 8, 1), (2024, 3, 1), (2022, 12, 31)))
    assert list(pages) == [
        "archive/index.html",
        "archive/2024/index.html",
        "archive/2022/index.html",
        "archive/2024/08/index.html",
        "archive/2024/03/index.html",
        "archive/2022/12/index.html",
    ]

    def entries(path: str) -> list[tuple[str, str]]:
        return [(entry.title, entry.url) for entry in pages[path].entries]

    assert entries("archive/index.html") == [
        ("2024", "/archive/2024/"),
        ("2022", "/archive/2022/"),
    ]
    assert entries("archive/2024/index.html") == [
        ("August 2024", "/archive/2024/08/"),
        ("March 2024", "/archive/2024/03/"),
    ]
    assert [card.title for card in pages["archive/2024/08/index.html"].cards] == [
        "About 0",
        "About 1",
    ]
    march = pages["archive/2024/03/index.html"]
    assert (march.year, march.month) == (2024, 3)
    assert march.newer == Link("August 2024", "/archive/2024/08/")
    assert march.older == Link("December 2022", "/archive/2022/12/")
    assert pages["archive/2022/12/index.html"].older is None
    assert pages["archive/2024/index.html"].older == Link("2022", "/archive/2022/")
    assert march.head.trail == (
        Link("The Gazette", "/"),
        Link("Archive", "/archive/"),
        Link("2024", "/archive/2024/"),
        Link("March 2024", "/archive/2024/03/"),
    )


@given(st.lists(st.datetimes(datetime(2022, 1, 1), datetime(2024, 12, 31)), max_size=12))  # noqa: DTZ001 - the zone is set below
def test_every_story_stands_in_exactly_one_month(archive: Pages, dates: list[datetime]) -> None:
    zone = ZoneInfo("America/St_Johns")
    stories = [story(str(n), date=when.replace(tzinfo=zone)) for n, when in enumerate(dates)]
    pages = archive(stories)
    months = [page for page in pages.values() if page.month]
    assert sorted(card.title for page in months for card in page.cards) == sorted(
        a.title for a in stories
    )
    assert not any(entry.count for page in pages.values() for entry in page.entries)


def test_a_clock_put_back_over_the_end_of_a_month_loses_no_story(archive: Pages) -> None:
    zone = ZoneInfo("America/St_Johns")  # on 1 November 2009, 00:01 was followed by 23:01
    before = story("before", date=datetime(2009, 11, 1, 0, 0, 30, tzinfo=zone))
    after = story("after", date=datetime(2009, 10, 31, 23, 30, fold=1, tzinfo=zone))
    first = story("first", date=datetime(2009, 10, 31, 23, 0, tzinfo=zone))
    last = story("last", date=datetime(2009, 11, 2, tzinfo=zone))
    pages = archive([before, after, first, last])
    october, november = (pages[f"archive/2009/{month}/index.html"] for month in (10, 11))
    assert [card.title for card in october.cards] == ["About after", "About first"]
    assert [card.title for card in november.cards] == ["About last", "About before"]


def test_an_archive_without_stories_is_one_empty_page(archive: Pages) -> None:
    pages = archive([])
    assert list(pages) == ["archive/index.html"]
    assert pages["archive/index.html"].entries == ()


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("uk", "Серпень 2024"),
        ("pt-BR", "Agosto de 2024"),
        ("sr-Latn", "Avgust 2024"),
        ("en-GB-oxendict", "August 2024"),
        ("be-tarask", "Жнівень 2024"),
        ("zxx", "August 2024"),
    ],
)
def test_months_have_their_names_in_the_sites_language(
    archive: Pages, language: str, title: str
) -> None:
    pages = archive(at((2024, 8, 1)), replace(CONFIG, language=language))
    assert pages["archive/2024/08/index.html"].title.startswith(title)


def test_an_archive_that_is_switched_off_has_no_pages(archive: Pages) -> None:
    off = replace(CONFIG, outputs=OutputOptions(archive=False))
    assert archive(at((2024, 8, 1)), off) == {}
