"""Structured data as JSON-LD."""

import json
import time
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.article import ArticleType
from generator.model.body import Body, BodyFacts
from generator.model.cards import AuthorLink, Link
from generator.model.outputs import Frame, Organization
from generator.model.pages import (
    ArticlePage,
    AuthorPage,
    FrontPage,
    Head,
    HtmlPage,
    NotFoundPage,
    Pager,
    SectionPage,
    StandingPage,
    TagPage,
)
from generator.model.pictures import Picture
from generator.model.values import replace
from generator.render.structured_data import ARTICLE_TYPES, structured_data

KYIV = ZoneInfo("Europe/Kyiv")
HOME = Link("The Harbour Gazette", "/news/")
FRAME = Frame(
    title="The Harbour Gazette",
    origin="https://example.org",
    base_path="/news",
    home_url="/news/",
    description="News from the quay",
    organization=Organization(
        "Harbour Press",
        logo=Picture("/news/logo.png", width=600, height=60),
        founded="1907",
        same_as=("https://social.example/@harbour",),
        policies=(
            Link("correctionsPolicy", "/news/corrections/"),
            Link("ethicsPolicy", "https://press.example/ethics"),
        ),
    ),
)
PUBLISHER = {
    "@type": "NewsMediaOrganization",
    "name": "Harbour Press",
    "url": "https://example.org/news/",
    "logo": {
        "@type": "ImageObject",
        "url": "https://example.org/news/logo.png",
        "width": 600,
        "height": 60,
    },
    "foundingDate": "1907",
    "sameAs": ["https://social.example/@harbour"],
    "correctionsPolicy": "https://example.org/news/corrections/",
    "ethicsPolicy": "https://press.example/ethics",
}
ARTICLE = ArticlePage(
    head=Head(
        "Kursk",
        "/news/world/kursk/",
        description="What is known",
        trail=(HOME, Link("World", "/news/world/"), Link("Kursk", "/news/world/kursk/")),
    ),
    url="/news/world/kursk/",
    id="kursk",
    title='Is "Kursk" no breach?',
    date=datetime(2024, 8, 15, 14, 0, tzinfo=KYIV),
    modified=datetime(2024, 8, 16, 9, 30, tzinfo=KYIV),
    section=Link("World", "/news/world/"),
    source=Body("content/articles/kursk.md", "0", BodyFacts(has_text=True)),
    body="<p>Minsk says no.</p>",
    authors=(AuthorLink("Olena Koval", "/news/authors/olena-koval/", "Reporter"), AuthorLink("AP")),
    dateline="MINSK",
    location="Minsk, Belarus",
    picture=Picture("/news/world/kursk/map.png", "A map", "The border", "O. Koval", 1200, 800),
    tags=(Link("War in Ukraine", "/news/tags/war-in-ukraine/"), Link("C++", "")),
)


def things(page: HtmlPage) -> list[Any]:
    value = json.loads(structured_data(page, FRAME))
    assert value.pop("@context") == "https://schema.org"
    found: list[Any] = value.get("@graph", [value])
    return found


def article(page: ArticlePage) -> dict[str, Any]:
    found: dict[str, Any] = things(page)[0]
    return found


def test_an_article_says_all_that_search_engines_ask_for() -> None:
    assert article(ARTICLE) == {
        "@type": "NewsArticle",
        "headline": 'Is "Kursk" no breach?',
        "description": "What is known",
        "url": "https://example.org/news/world/kursk/",
        "mainEntityOfPage": "https://example.org/news/world/kursk/",
        "image": [
            {
                "@type": "ImageObject",
                "url": "https://example.org/news/world/kursk/map.png",
                "width": 1200,
                "height": 800,
                "caption": "The border",
                "creditText": "O. Koval",
            }
        ],
        "datePublished": "2024-08-15T14:00:00+03:00",
        "dateModified": "2024-08-16T09:30:00+03:00",
        "author": [
            {
                "@type": "Person",
                "name": "Olena Koval",
                "url": "https://example.org/news/authors/olena-koval/",
                "jobTitle": "Reporter",
            },
            {"@type": "Person", "name": "AP"},
        ],
        "publisher": PUBLISHER,
        "articleSection": "World",
        "keywords": ["War in Ukraine", "C++"],
        "dateline": "MINSK",
        "contentLocation": {"@type": "Place", "name": "Minsk, Belarus"},
        "inLanguage": "en",
        "isAccessibleForFree": True,
        "wordCount": 3,
    }


def test_the_way_to_an_article_is_told() -> None:
    assert things(ARTICLE)[1] == {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": 1,
                "name": "The Harbour Gazette",
                "item": "https://example.org/news/",
            },
            {
                "@type": "ListItem",
                "position": 2,
                "name": "World",
                "item": "https://example.org/news/world/",
            },
            {"@type": "ListItem", "position": 3, "name": "Kursk"},
        ],
    }


def test_a_section_without_a_page_is_left_out_of_the_way() -> None:
    head = replace(ARTICLE.head, trail=(HOME, Link("World", ""), Link("Kursk", "/x/")))
    steps = things(replace(ARTICLE, head=head))[1]["itemListElement"]
    assert [(step["position"], step["name"]) for step in steps] == [
        (1, "The Harbour Gazette"),
        (2, "Kursk"),
    ]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("news", "NewsArticle"),
        ("opinion", ["NewsArticle", "OpinionNewsArticle"]),
        ("live", ["NewsArticle", "LiveBlogPosting"]),
        ("satire", ["Article", "SatiricalArticle"]),
        ("sponsored", ["Article", "AdvertiserContentArticle"]),
    ],
)
def test_the_kind_of_work_is_told(kind: str, expected: object) -> None:
    found = article(replace(ARTICLE, type=kind))
    assert found["@type"] == expected
    assert ("coverageStartTime" in found) == (kind == "live")


def test_every_kind_of_work_is_known() -> None:
    assert set(ARTICLE_TYPES) == set(ArticleType)


def test_a_day_without_a_time_is_told_as_a_day() -> None:
    day = datetime(2024, 8, 15, tzinfo=KYIV)
    found = article(replace(ARTICLE, date=day, modified=day, day_only=True))
    assert (found["datePublished"], found["dateModified"]) == ("2024-08-15", "2024-08-15")
    later = article(replace(ARTICLE, date=day, day_only=True))
    assert later["dateModified"] == "2024-08-16T09:30:00+03:00"


@pytest.mark.parametrize("byline", ["", "By Mara Quill and agencies in Oslo"])
def test_an_article_without_authors_names_its_publisher(byline: str) -> None:
    nobody = article(replace(ARTICLE, authors=(), byline=byline))
    assert nobody["author"] == [
        {
            "@type": "NewsMediaOrganization",
            "name": "Harbour Press",
            "url": "https://example.org/news/",
        }
    ]


@pytest.mark.parametrize("kind", ["satire", "sponsored", "news", "opinion", "live"])
def test_only_news_has_a_dateline(kind: str) -> None:
    """schema.org/dateline is a property of NewsArticle."""
    found = article(replace(ARTICLE, type=kind))
    assert ("dateline" in found) == (kind not in {"satire", "sponsored"})


def test_what_is_not_known_is_left_out() -> None:
    bare = replace(ARTICLE, picture=None, tags=(), dateline="", location="", body="")
    left_out = {"image", "keywords", "dateline", "contentLocation", "wordCount", "expires"}
    assert left_out.isdisjoint(article(bare))


def test_the_front_tells_who_publishes_the_site() -> None:
    front = FrontPage(Head("Gazette", "/news/", trail=(HOME,)), "/news/", "Gazette", ())
    publisher, site = things(front)
    assert publisher == PUBLISHER
    assert site == {
        "@type": "WebSite",
        "name": "The Harbour Gazette",
        "url": "https://example.org/news/",
        "description": "News from the quay",
        "inLanguage": "en",
        "publisher": {
            "@type": "NewsMediaOrganization",
            "name": "Harbour Press",
            "url": "https://example.org/news/",
        },
    }
    assert structured_data(replace(front, pager=Pager(number=3)), FRAME) == ""


def test_a_site_without_an_organization_publishes_under_its_title() -> None:
    front = FrontPage(Head("Gazette", "/"), "/", "Gazette", ())
    frame = Frame("Gazette", "https://example.org", "", "/")
    publisher = json.loads(structured_data(front, frame))["@graph"][0]
    assert publisher == {
        "@type": "NewsMediaOrganization",
        "name": "Gazette",
        "url": "https://example.org/",
    }


def test_an_author_has_a_profile() -> None:
    url = "/news/authors/olena-koval/"
    page = AuthorPage(
        Head("Olena Koval", url, trail=(HOME, Link("Olena Koval", url))),
        url,
        "Olena Koval",
        (),
        role="Reporter",
        description="Covers the border",
        links=("https://social.example/@koval",),
        portrait=Picture("/news/koval.jpg"),
    )
    profile, trail = things(page)
    assert profile == {
        "@type": "ProfilePage",
        "url": f"https://example.org{url}",
        "inLanguage": "en",
        "mainEntity": {
            "@type": "Person",
            "name": "Olena Koval",
            "url": f"https://example.org{url}",
            "jobTitle": "Reporter",
            "description": "Covers the border",
            "image": {"@type": "ImageObject", "url": "https://example.org/news/koval.jpg"},
            "sameAs": ["https://social.example/@koval"],
            "worksFor": {
                "@type": "NewsMediaOrganization",
                "name": "Harbour Press",
                "url": "https://example.org/news/",
            },
        },
    }
    assert trail["@type"] == "BreadcrumbList"


@pytest.mark.parametrize("kind", [SectionPage, TagPage])
def test_a_listing_is_a_collection(kind: type[SectionPage] | type[TagPage]) -> None:
    head = Head("Kursk", "/news/tags/kursk/", trail=(HOME, Link("Kursk", "/news/tags/kursk/")))
    page = kind(head, "/news/tags/kursk/", "Kursk", (), description="All about it")
    collection, trail = things(page)
    assert collection == {
        "@type": "CollectionPage",
        "name": "Kursk",
        "url": "https://example.org/news/tags/kursk/",
        "description": "All about it",
        "inLanguage": "en",
    }
    assert trail["@type"] == "BreadcrumbList"


def test_other_pages_tell_the_way_or_nothing() -> None:
    head = Head("About", "/news/about/", trail=(HOME, Link("About", "/news/about/")))
    body = Body("content/pages/about.md", "0", BodyFacts())
    assert [t["@type"] for t in things(StandingPage(head, "/news/about/", "About", body))] == [
        "BreadcrumbList"
    ]
    assert (
        structured_data(NotFoundPage(Head("Lost", "/404.html"), "/404.html", "Lost"), FRAME) == ""
    )


HOSTILE = st.text(st.characters()) | st.sampled_from(
    ["</script><script>alert(1)</script>", "<!--<script>", "]]>", "\u2028\u2029", "\ud800", "&lt;"]
)


@given(HOSTILE, HOSTILE)
def test_any_text_comes_back_and_is_safe_in_a_script_element(title: str, name: str) -> None:
    page = replace(ARTICLE, title=title, authors=(AuthorLink(name or "x"),), dateline=title)
    text = structured_data(page, FRAME)
    assert not set("<>&\u2028\u2029") & set(text)
    value = json.loads(text.encode("utf-8"))["@graph"][0]
    assert value.get("headline", "") == as_json_has_it(title)
    assert value["author"][0]["name"] == as_json_has_it(name or "x")


def as_json_has_it(text: str) -> str:
    """The same, but that two halves of a character in a row are that character."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")


def test_a_browser_reads_the_script_element_to_its_end() -> None:
    page = replace(ARTICLE, title="</script><!--<script>")
    html = f'<script type="application/ld+json">{structured_data(page, FRAME)}</script><p>after'
    document = html5lib.parse(html, namespaceHTMLElements=False)
    script = document.findtext("head/script")
    assert json.loads(script)["@graph"][0]["headline"] == "</script><!--<script>"
    assert document.findtext("body/p") == "after"


def test_letters_of_any_script_stay_themselves() -> None:
    assert "Курськ" in structured_data(replace(ARTICLE, title="Курськ"), FRAME)


def test_it_is_fast_and_small_enough_for_every_article() -> None:
    begun = time.process_time()
    for _ in range(1000):
        text = structured_data(ARTICLE, FRAME)
    assert (time.process_time() - begun) / 1000 < 0.0005  # about 0.04 ms on a quiet machine
    assert len(text) < 2000
