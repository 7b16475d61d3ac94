"""Planning sitemaps."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from generator.model.article import (
    Article,
    ArticleType,
    Image,
    Name,
    Newsroom,
    Page,
    Section,
    Source,
    Tag,
)
from generator.model.config import Config, OutputOptions
from generator.model.outputs import Output
from generator.model.site import Site
from generator.model.sitemaps import NewsSitemap, Sitemap, SitemapEntry, SitemapIndex
from generator.model.values import replace
from generator.plan.arrange import arrange
from generator.plan.sitemaps import Sitemaps, news_sitemap_change
from tests.support.planning import of_kind, source

KYIV = ZoneInfo("Europe/Kyiv")
NOW = datetime(2024, 8, 20, 12, 0, tzinfo=KYIV)
HOUR = timedelta(hours=1)
CONFIG = Config(title="The Harbour Gazette", base_url="https://example.org/news/", language="uk")
PAGES = "sitemaps/pages.xml"
KURSK = Name("Kursk", "kursk", "kursk")


def article(name: str, date: datetime, **changes: object) -> Article:
    source = Source(f"content/articles/{name}.md", "0")
    made = Article(source, f"/world/{name}/", name, name, f"About {name}", date, "world")
    return replace(made, **changes)


def site_of(articles: Sequence[Article] = (), now: datetime = NOW, **others: object) -> Site:
    newsroom = replace(Newsroom(tuple(articles)), **others)
    return arrange(newsroom, CONFIG, now)[0]


def planned(articles: Sequence[Article], **others: object) -> dict[str, Output]:
    site = site_of(articles, **others)  # type: ignore[arg-type] # as above
    outputs, problems = of_kind(Sitemaps, site, CONFIG)
    assert not problems
    return {output.path: output for output in outputs}


def entries(output: Output) -> tuple[SitemapEntry, ...]:
    assert isinstance(output.value, Sitemap | SitemapIndex)
    return output.value.entries


def news(articles: Sequence[Article], now: datetime = NOW) -> list[str]:
    site = site_of(articles, now)
    outputs, _ = of_kind(Sitemaps, site, CONFIG)
    value = outputs[-1].value
    assert outputs[-1].path == "news-sitemap.xml"
    assert isinstance(value, NewsSitemap)
    return [entry.title for entry in value.entries]


AUGUST = datetime(2024, 8, 15, 14, 0, tzinfo=KYIV)
JULY = datetime(2024, 7, 31, 23, 59, tzinfo=KYIV)


def test_articles_stand_in_the_part_of_their_month_oldest_first() -> None:
    outputs = planned(
        [
            article("b", AUGUST, updated=AUGUST + 30 * HOUR, image=Image("https://e.org/b.png")),
            article("c", AUGUST - HOUR),
            article("a", JULY),
        ]
    )
    assert entries(outputs["sitemaps/2024-08.xml"]) == (
        SitemapEntry("/news/world/c/", AUGUST - HOUR),
        SitemapEntry("/news/world/b/", AUGUST + 30 * HOUR, ("https://e.org/b.png",)),
    )
    assert entries(outputs["sitemaps/2024-07.xml"]) == (SitemapEntry("/news/world/a/", JULY),)


def test_the_index_names_each_part_with_its_newest_change() -> None:
    stories = [
        article("b", AUGUST, updated=AUGUST + 30 * HOUR),
        article("c", AUGUST + HOUR),
        article("a", JULY),
    ]
    assert entries(planned(stories)["sitemap.xml"]) == (
        SitemapEntry("/news/sitemaps/pages.xml"),
        SitemapEntry("/news/sitemaps/2024-07.xml", JULY),
        SitemapEntry("/news/sitemaps/2024-08.xml", AUGUST + 30 * HOUR),
    )


def test_pages_that_are_no_articles_stand_together() -> None:
    about = Page(Source("content/pages/about.md", "0"), "/about/", "About", updated=AUGUST)
    stories = [article("a", JULY, tags=(KURSK,), authors=(Name("Jo", "jo", "jo"),))]
    outputs = planned(stories, pages=(about,))
    assert entries(outputs["sitemaps/pages.xml"]) == (
        SitemapEntry("/news/about/", AUGUST),
        SitemapEntry("/news/archive/2024/07/"),
        SitemapEntry("/news/archive/2024/"),
        SitemapEntry("/news/archive/"),
        SitemapEntry("/news/authors/"),
        SitemapEntry("/news/authors/jo/"),
        SitemapEntry("/news/"),
        SitemapEntry("/news/tags/"),
        SitemapEntry("/news/tags/kursk/"),
        SitemapEntry("/news/world/"),
    )


def test_what_search_engines_should_not_list_is_left_out() -> None:
    about = Page(Source("content/pages/about.md", "0"), "/about/", "About", noindex=True)
    tag = Tag("kursk", "Kursk", "kursk", noindex=True, source=source("content/tags/kursk.md"))
    hidden = article("hidden", AUGUST, noindex=True, tags=(KURSK,))
    outputs = planned([hidden], pages=(about,), tags=(tag,))
    listed = {entry.url for entry in entries(outputs["sitemaps/pages.xml"])}
    assert not listed & {"/news/about/", "/news/tags/kursk/", "/news/404.html"}
    assert list(outputs) == ["sitemaps/pages.xml", "sitemap.xml", "news-sitemap.xml"]


def test_a_month_with_too_many_stories_is_split_and_its_first_part_stays() -> None:
    stories = [article(f"{n:05}", AUGUST + n * timedelta(seconds=1)) for n in range(50_001)]
    outputs = planned(stories)
    first, second = outputs["sitemaps/2024-08.xml"], outputs["sitemaps/2024-08-2.xml"]
    assert len(entries(first)) == 50_000
    assert [entry.url for entry in entries(second)] == ["/news/world/50000/"]
    newest = {entry.url: entry.modified for entry in entries(outputs["sitemap.xml"])}
    assert newest["/news/sitemaps/2024-08.xml"] == stories[-2].date
    assert newest["/news/sitemaps/2024-08-2.xml"] == stories[-1].date
    assert planned(stories[:-1])["sitemaps/2024-08.xml"] == first


def test_switched_off_sitemaps_are_not_planned() -> None:
    config = replace(CONFIG, outputs=OutputOptions(sitemap=False, news_sitemap=False))
    site = site_of([article("a", AUGUST)])
    assert of_kind(Sitemaps, site, config) == ((), ())


@given(st.permutations([article(f"a{n}", AUGUST + n // 2 * HOUR) for n in range(5)]))
def test_the_order_of_stories_does_not_matter(stories: list[Article]) -> None:
    assert planned(stories) == planned(sorted(stories, key=lambda a: a.address))


def test_the_news_are_the_stories_of_the_last_two_days() -> None:
    articles = [
        article("now", NOW),
        article("in", NOW - 48 * HOUR + timedelta(seconds=1)),
        article("out", NOW - 48 * HOUR),
        article("old", NOW - 500 * HOUR),
        article("hidden", NOW - HOUR, noindex=True),
        article("sponsored", NOW - HOUR, type=ArticleType.SPONSORED),
    ]
    assert news(articles) == ["About now", "About in"]


def test_the_newest_thousand_are_news() -> None:
    articles = [article(f"{n:04}", NOW - n * timedelta(seconds=1)) for n in range(1001)]
    assert news(articles) == [f"About {n:04}" for n in range(1000)]
    assert news_sitemap_change(site_of(articles)) == NOW - timedelta(seconds=999) + 48 * HOUR


def test_a_news_entry_names_the_publication_the_language_and_the_day() -> None:
    made = article("a", NOW.replace(hour=0), day_only=True, language="en")
    site = site_of([made])
    outputs, _ = of_kind(Sitemaps, site, CONFIG)
    value = outputs[-1].value
    assert isinstance(value, NewsSitemap)
    assert value.publication == "The Harbour Gazette"
    (entry,) = value.entries
    assert (entry.url, entry.date, entry.language) == ("/news/world/a/", made.date, "en")
    assert entry.day_only


def test_the_next_change_is_when_the_oldest_of_the_news_grows_too_old() -> None:
    articles = [article("a", NOW - HOUR), article("b", NOW - 30 * HOUR), article("c", NOW)]
    change = news_sitemap_change(site_of(articles))
    assert change == NOW + 18 * HOUR
    assert "About b" in news(articles, change - timedelta(seconds=1))
    assert "About b" not in news(articles, change)
    assert news_sitemap_change(site_of([article("old", NOW - 49 * HOUR)])) is None
    assert news_sitemap_change(site_of()) is None


def test_two_days_are_48_hours_when_the_clock_is_put_back() -> None:
    now = datetime(2024, 10, 28, 12, 0, tzinfo=KYIV)
    written = datetime(2024, 10, 26, 12, 30, tzinfo=KYIV)  # 48.5 hours before; on the clock 47.5
    assert news([article("a", written)], now) == []
    before = now.astimezone(UTC) - HOUR
    assert news([article("a", written)], before.astimezone(KYIV)) == ["About a"]
    change = news_sitemap_change(site_of([article("a", written)], before.astimezone(KYIV)))
    assert change == written.astimezone(UTC) + 48 * HOUR


def test_pages_with_nothing_to_read_yet_wait_for_their_first_story() -> None:
    told = Section("told", "Told", source=source("content/sections/told.md", has_text=True))
    sections = (Section("empty", "Empty"), told)
    made = planned([], sections=sections)
    found = [entry.url.removeprefix("/news") for entry in entries(made[PAGES])]
    assert found == ["/", "/told/"]
    filled = planned([article("a", NOW, section="empty", tags=(KURSK,))], sections=sections)
    urls = [entry.url.removeprefix("/news") for entry in entries(filled[PAGES])]
    assert {"/empty/", "/tags/", "/archive/"} <= {*urls}
    assert "/authors/" not in urls
