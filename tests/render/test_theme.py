"""The theme's pages: valid, small, usable by everyone, in any language."""

import gzip
import json
from collections.abc import Iterator
from itertools import pairwise
from random import Random
from xml.etree.ElementTree import Element

import html5lib
import pytest

from generator.model.outputs import Frame
from generator.model.pages import ArticlePage, Pager, SectionPage, TagPage
from generator.model.pictures import Picture
from generator.model.values import replace
from tests.support.pages import LAYOUTS, PAGES, THEME, html_of, render, theme

HTML = "{http://www.w3.org/1999/xhtml}"


@pytest.fixture
def article() -> ArticlePage:
    page = PAGES["article"]
    assert isinstance(page, ArticlePage)
    return page


def classes(html: str) -> set[str]:
    return {word for e in parsed(html).iter() for word in e.get("class", "").split()}


def parsed(html: str) -> Element:
    tree: Element = html5lib.parse(html)
    return tree


def elements(tree: Element, *names: str) -> Iterator[Element]:
    return (element for element in tree.iter() if str(element.tag).removeprefix(HTML) in names)


def text_of(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def meta(html: str, name: str) -> list[str]:
    found = elements(parsed(html), "meta")
    return [e.get("content", "") for e in found if name in (e.get("name"), e.get("property"))]


def links(html: str, rel: str) -> list[str]:
    return [e.get("href", "") for e in elements(parsed(html), "link") if e.get("rel") == rel]


def test_the_theme_has_no_faults() -> None:
    assert theme().check() == ()


def test_every_layout_begins_with_its_value() -> None:
    for kind, name in LAYOUTS.items():
        text = (THEME / name).read_text("utf-8")
        assert text.startswith(f"{{# page: {kind.__name__} #}}\n")


def test_layouts_are_small() -> None:
    for file in THEME.rglob("*.html"):
        assert len(file.read_text("utf-8").splitlines()) < 100, file.name


def test_html_is_strictly_valid(page_name: str) -> None:
    html5lib.HTMLParser(strict=True).parse(html_of(page_name))


def test_one_h1_and_no_level_skipped(page_name: str) -> None:
    headings = elements(parsed(html_of(page_name)), "h1", "h2", "h3", "h4", "h5", "h6")
    levels = [int(str(element.tag)[-1]) for element in headings]
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise([0, *levels]))


def test_nothing_a_strict_policy_forbids(page_name: str) -> None:
    tree = parsed(html_of(page_name))
    assert not list(elements(tree, "style", "iframe"))
    assert not [e for e in tree.iter() if "style" in e.attrib]
    assert not [e for e in tree.iter() if any(key.startswith("on") for key in e.attrib)]
    assert all(e.get("type") == "application/ld+json" for e in elements(tree, "script"))


def test_ids_are_unique_and_references_lead_to_them(page_name: str) -> None:
    tree = parsed(html_of(page_name))
    ids = [e.attrib["id"] for e in tree.iter() if "id" in e.attrib]
    assert len(ids) == len(set(ids))
    named = {e.attrib["aria-labelledby"] for e in tree.iter() if "aria-labelledby" in e.attrib}
    targets = {e.get("href", "") for e in elements(tree, "a")}
    fragments = {target[1:].replace("%23", "#") for target in targets if target.startswith("#")}
    assert named | fragments <= set(ids)


def test_landmarks_are_there_and_named(page_name: str) -> None:
    tree = parsed(html_of(page_name))
    assert len(list(elements(tree, "main"))) == 1
    by_id = {e.attrib["id"]: text_of(e) for e in tree.iter() if "id" in e.attrib}
    marks = list(elements(tree, "nav", "aside", "section"))
    names = [e.get("aria-label") or by_id.get(e.get("aria-labelledby", "")) for e in marks]
    assert all(names)
    navs = [name for mark, name in zip(marks, names, strict=True) if mark.tag.endswith("nav")]
    assert len(navs) == len(set(navs))


def test_links_have_words_and_pictures_have_alternatives(page_name: str) -> None:
    tree = parsed(html_of(page_name))
    assert all(text_of(e) and e.get("href") for e in elements(tree, "a"))
    assert all("alt" in e.attrib for e in elements(tree, "img"))


def test_a_card_has_one_link(page_name: str) -> None:
    for element in elements(parsed(html_of(page_name)), "article"):
        if "card" in element.get("class", "").split():
            assert len(list(elements(element, "a"))) == 1


def test_pictures_of_known_size_hold_their_place(page_name: str) -> None:
    pictures = [
        e for e in elements(parsed(html_of(page_name)), "img") if "quay" in e.get("src", "")
    ]
    assert all((e.get("width"), e.get("height")) == ("1200", "800") for e in pictures)


def test_a_picture_of_unknown_size_claims_none(article: ArticlePage) -> None:
    html = render(replace(article, picture=Picture("/a.jpg", "A"), related=(), authors=()))
    (picture,) = elements(parsed(html), "img")
    assert not {"width", "height"} & picture.attrib.keys()


def test_the_lead_picture_is_fetched_first_and_the_rest_late() -> None:
    for name in ("article", "front"):
        main = next(elements(parsed(html_of(name)), "main"))
        pictures = [e for e in elements(main, "img") if "portrait" not in e.get("class", "")]
        assert (pictures[0].get("fetchpriority"), pictures[0].get("loading")) == ("high", None)
        assert all(e.get("loading") == "lazy" for e in pictures[1:])


def test_a_namesake_of_the_paper_has_another_title_than_the_front(article: ArticlePage) -> None:
    (front,) = elements(parsed(html_of("front")), "title")
    head = replace(article.head, title=text_of(front))
    (title,) = elements(parsed(render(replace(article, head=head))), "title")
    assert text_of(title) == f"{text_of(front)} | {text_of(front)}"


def test_the_head_tells_what_the_page_is(page_name: str) -> None:
    page, html = PAGES[page_name], html_of(page_name)
    absolute = "https://example.org" + page.head.url
    assert text_of(next(elements(parsed(html), "title"))).startswith(page.head.title)
    assert links(html, "canonical") == ([] if page.head.noindex else [absolute])
    assert ("noindex" in meta(html, "robots")[0]) is page.head.noindex
    assert "max-image-preview:large" in meta(html, "robots")[0]
    assert meta(html, "og:url") == [absolute]
    assert meta(html, "og:type") == [page.head.kind]
    assert meta(html, "og:locale") == ["en_US"]
    assert meta(html, "viewport")
    assert links(html, "stylesheet") == ["/news/assets/site.0a1b.css"]


@pytest.mark.parametrize(
    ("headline", "title"),
    [
        ("The Gazette: who we are", "The Gazette: who we are"),
        ("The Gazettes of old", "The Gazettes of old | The Gazette"),
    ],
)
def test_a_headline_has_the_papers_name_only_as_a_whole_word(
    article: ArticlePage, headline: str, title: str
) -> None:
    page = replace(article, head=replace(article.head, title=headline))
    assert text_of(next(elements(parsed(render(page)), "title"))) == title


def test_a_title_ends_with_the_papers_name_but_once() -> None:
    assert text_of(next(elements(parsed(html_of("front")), "title"))) == "The Gazette"
    title = text_of(next(elements(parsed(html_of("tag")), "title")))
    assert title == "Storms | The Gazette"


def test_an_articles_head_has_its_times_authors_section_and_tags() -> None:
    html = html_of("article")
    assert meta(html, "article:published_time") == ["2024-08-15T12:00:00+00:00"]
    assert meta(html, "article:modified_time") == ["2024-08-16T12:00:00+00:00"]
    assert meta(html, "article:expiration_time") == ["2030-08-15T12:00:00+00:00"]
    assert meta(html, "article:author") == ["https://example.org/news/authors/ines/"]
    assert meta(html, "article:section") == ["Harbour"]
    assert meta(html, "article:tag") == ["Storms", "Untagged"]
    assert meta(html, "og:image") == ["https://example.org/news/quay.jpg"]
    assert meta(html, "og:image:alt") == ["The quay"]
    assert meta(html, "twitter:card") == ["summary_large_image"]


def test_a_page_without_a_picture_is_shared_with_the_papers_own() -> None:
    html = html_of("bare article")
    assert meta(html, "og:image") == ["https://example.org/news/share.png"]
    assert meta(html, "og:image:width") == ["1200"]
    assert meta(html, "twitter:card") == ["summary"]


def test_a_page_with_a_drawing_is_shared_with_the_papers_own_picture() -> None:
    page = PAGES["article"]
    assert page.head.picture is not None
    drawing = replace(page.head.picture, url="/news/quay.svg")
    html = render(replace(page, head=replace(page.head, picture=drawing)))
    assert meta(html, "og:image") == ["https://example.org/news/share.png"]
    assert meta(html, "twitter:card") == ["summary"]


def test_a_head_announces_the_pages_feeds_and_the_sites() -> None:
    tree = parsed(html_of("tag"))
    found = [e.get("type") for e in elements(tree, "link") if e.get("rel") == "alternate"]
    assert found == ["application/rss+xml", "application/feed+json"] * 2


def test_structured_data_is_json() -> None:
    (script,) = elements(parsed(html_of("article")), "script")
    assert json.loads(script.text or "")["@context"] == "https://schema.org"


def test_times_are_labelled_and_machine_readable() -> None:
    times = {e.get("class"): e for e in elements(parsed(html_of("article")), "time")}
    assert times["dt-updated"].get("datetime") == "2024-08-16T12:00:00+00:00"
    assert "Updated August 16, 2024" in text_of(parsed(html_of("article")))
    bare = html_of("bare article")
    assert '<time class="dt-published" datetime="2024-08-15">August 15, 2024</time>' in bare
    assert "dt-updated" not in bare


def test_a_listings_own_picture_stands_on_its_newest_page() -> None:
    for name in ("section", "tag"):
        page = PAGES[name]
        assert isinstance(page, SectionPage | TagPage)
        assert "about-picture" in classes(render(page))
        for other in (replace(page, picture=None), replace(page, pager=Pager(3))):
            assert "about-picture" not in classes(render(other))


def test_a_page_without_anything_to_list_says_so() -> None:
    empty = ("empty section", "empty tags", "empty authors", "empty archive")
    for name in ("front without stories", *empty):
        assert "<p>No stories yet.</p>" in html_of(name), name
    for name in ("front with one story", "section", "tags", "authors", "archive", "month"):
        assert "No stories yet." not in html_of(name), name


def test_a_kicker_that_says_what_stands_beside_it_is_left_out(article: ArticlePage) -> None:
    for kicker in ("Analysis", "Harbour"):
        plain = render(replace(article, kicker=""))
        assert render(replace(article, kicker=kicker)) == plain


def test_microformats_mark_the_story_and_the_listing() -> None:
    entry = {"h-entry", "p-name", "p-summary", "e-content", "dt-published", "dt-updated"}
    assert entry | {"p-author", "h-card", "u-url", "p-category", "u-photo"} <= classes(
        html_of("article")
    )
    for name in ("front", "section", "tag", "author"):
        assert {"h-feed", "h-entry", "p-name", "u-url"} <= classes(html_of(name))


def test_the_section_in_the_navigation_is_marked() -> None:
    current = {
        name: [e.get("aria-current") for e in elements(parsed(html_of(name)), "a")]
        for name in ("section", "article", "404")
    }
    assert "page" in current["section"]
    assert "true" in current["article"]
    assert set(current["404"]) == {None}


def test_pages_are_in_their_language_and_the_papers_words_in_its_own() -> None:
    tree = parsed(html_of("arabic article"))
    assert (tree.get("lang"), tree.get("dir")) == ("ar", "rtl")
    ours = ("masthead", "colophon")
    marked = [e for e in tree.iter() if e.get("class", "").split()[:1] in [[name] for name in ours]]
    assert {e.get("class") for e in marked} == set(ours)
    assert all((e.get("lang"), e.get("dir")) == ("en", "ltr") for e in marked)
    assert "lang" not in next(elements(parsed(html_of("article")), "nav")).attrib


def test_a_card_in_another_language_says_so() -> None:
    for name in ("front", "tag", "article"):
        cards = [
            e
            for e in elements(parsed(html_of(name)), "article")
            if "card" in e.get("class", "").split() and "البحر" in text_of(e)
        ]
        assert cards
        assert all((e.get("lang"), e.get("dir")) == ("ar", "rtl") for e in cards)
        assert all(next(elements(e, "time")).get("lang") == "en" for e in cards)


def test_no_page_says_how_many_pages_there_are() -> None:
    main = next(elements(parsed(html_of("older front")), "main"))
    nav = next(e for e in elements(main, "nav"))
    assert text_of(nav) == "Newest Newer Older Oldest"
    assert text_of(next(elements(main, "h1"))) == "All stories Page 3"


def test_what_is_switched_off_is_not_linked() -> None:
    frame = Frame("The Gazette", "https://example.org", "", "/")
    for page in PAGES.values():
        tree = parsed(render(page, frame))
        assert all(e.get("href") for e in elements(tree, "a"))


def prose(words: int) -> str:
    """An article's body of text that compresses no better than real prose does."""
    draw = Random(1)  # noqa: S311 - invented words
    syllables = [a + b for a in "bcdfghklmnprstvw" for b in ("a", "e", "i", "o", "ar", "en", "ol")]
    lexicon = ["".join(draw.choices(syllables, k=draw.randint(1, 4))) for _ in range(500)]
    text = draw.choices(lexicon, k=words)
    paragraphs = (" ".join(text[start : start + 50]) for start in range(0, words, 50))
    return "\n".join(f"<p>{paragraph.capitalize()}.</p>" for paragraph in paragraphs)


def test_an_article_of_800_words_fits_the_first_flight_of_packets(article: ArticlePage) -> None:
    page = replace(article, body=prose(800))
    assert len(gzip.compress(render(page).encode(), 6)) < 14_000


def test_the_style_sheet_is_small() -> None:
    assert len(gzip.compress((THEME / "site.css").read_bytes(), 6)) < 10_000


@pytest.mark.parametrize("name", PAGES)
def test_every_page_is_described(name: str) -> None:
    described = [
        e for e in elements(parsed(html_of(name)), "meta") if e.get("name") == "description"
    ]
    assert [bool(e.get("content")) for e in described] == [True]
