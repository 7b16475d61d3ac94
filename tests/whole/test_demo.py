"""The demonstration site, built whole: what the pages and files of every Broadsheet site owe."""

import gzip
import html
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree import ElementTree as ET

import pytest

from generator.build import BuildOptions, BuildReport, build
from generator.check.site import check_site
from tests.support.demo import NOW, Pages, parse_pages

HOME = "https://gazette.example.org/"
MOVED = "https://example.org/news/"
ADDRESSES = ("href", "src", "poster", "data", "action", "formaction", "cite")
FIRST_BYTES = 14_000
"""Bytes: what a server can send before it has to wait for the reader's first answer."""

FENCE = re.compile(r"^(?:---|\+\+\+)\n", re.MULTILINE)
PIECE = re.compile("[^\\W_][\\w ,\u2019]{24,}[^\\W_]")
"""Text that no mark-up interrupts, long enough to be found again."""

# Each of the ten kinds of page, by the paths of its pages.
KINDS = {
    "front": r"index\.html|page/\d+/index\.html",
    "article": r"[a-z]+/20\d\d/\d\d/[a-z0-9-]+/index\.html",
    "section": r"(?:harbour|town|sport|culture|opinion|world)/(?:page/\d+/)?index\.html",
    "tags": r"tags/index\.html",
    "tag": r"tags/[a-z0-9-]+/(?:page/\d+/)?index\.html",
    "authors": r"authors/index\.html",
    "author": r"authors/[a-z0-9-]+/(?:page/\d+/)?index\.html",
    "archive": r"archive/(?:20\d\d/)?(?:\d\d/)?index\.html",
    "standing": r"(?:about|contact|policies/corrections)/index\.html",
    "not found": r"404\.html",
}


@dataclass(frozen=True)
class Story:
    """A source file of the demonstration site, split at its fences."""

    path: Path
    front: str
    body: str

    @property
    def name(self) -> str:
        name = self.path.parent.name if self.path.stem == "index" else self.path.stem
        return self.value("slug") or re.sub(r"^\d{4}-\d\d-\d\d-", "", name)

    @property
    def is_hidden(self) -> bool:
        return any(map(self.value, ("draft", "embargo", "expires")))

    @property
    def traces(self) -> list[str]:
        """What would give it away: its headline, its summary and long pieces of its text."""
        return [self.value("title"), self.value("summary"), *PIECE.findall(self.body)]

    def value(self, key: str) -> str:
        match = re.search(rf"^{key}\s*[:=]\s*(.+)$", self.front, re.MULTILINE)
        return match[1].strip("\"' ") if match else ""


def story_of(path: Path) -> Story:
    _, front, body = FENCE.split(path.read_text("utf-8"), maxsplit=2)
    return Story(path, front, body)


def stories_of(site: Path) -> list[Story]:
    return [story_of(path) for path in sorted((site / "content/articles").rglob("*.md"))]


@pytest.fixture(scope="module")
def stories(demo_site: Path) -> list[Story]:
    return stories_of(demo_site)


@pytest.fixture(scope="module")
def moved(demo_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same site for an address with a path, and with a story of 800 words more."""
    site = tmp_path_factory.mktemp("moved") / "site"
    shutil.copytree(demo_site, site, ignore=shutil.ignore_patterns("public", ".broadsheet"))
    pieces = [piece for story in stories_of(site) for piece in story.traces[2:]]
    words = ". ".join(pieces).split()
    paragraphs = [" ".join(words[at : at + 50]) for at in range(0, 800, 50)]
    model = story_of(site / "content/articles/2026/foghorn-to-sound-again.md")
    text = f"---\n{model.front}---\n" + "\n\n".join(paragraphs)
    model.path.with_name("eight-hundred.md").write_text(text, "utf-8")
    report = build(BuildOptions(site, NOW, base_url=MOVED))
    assert report.problems == ()
    return report.output


def of_kind(kind: str, pages: Pages) -> Pages:
    return {path: page for path, page in pages.items() if re.fullmatch(KINDS[kind], path)}


def is_redirect(page: ET.Element) -> bool:
    return page.find(".//meta[@http-equiv='refresh']") is not None


def texts(pages: Pages) -> Pages:
    """The pages that are made for readers: all but redirects and charts, which stand in frames."""
    return {
        path: page
        for path, page in pages.items()
        if not (is_redirect(page) or path.startswith("graphics/"))
    }


def with_class(page: ET.Element, name: str) -> Iterator[ET.Element]:
    return (element for element in page.iter() if name in element.get("class", "").split())


def shown(element: ET.Element | None) -> str:
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


def addresses(page: ET.Element) -> Iterator[tuple[str, str]]:
    """Every address that a page names, with the element that names it."""
    for element in page.iter():
        for name in ADDRESSES:
            if name in element.attrib:
                yield str(element.tag), element.attrib[name]
        for candidate in element.get("srcset", "").split(","):
            if candidate.strip():
                yield str(element.tag), candidate.split()[0]


def test_it_builds_without_a_word(demo_report: BuildReport, stories: list[Story]) -> None:
    assert demo_report.problems == ()
    assert demo_report.articles == sum(not story.is_hidden for story in stories)


def test_its_own_checks_find_nothing(demo: Path) -> None:
    assert check_site(demo, base_url=HOME) == ()


def test_it_has_every_kind_of_page_and_no_other(demo_pages: Pages) -> None:
    pages = texts(demo_pages)
    found = {kind: of_kind(kind, pages) for kind in KINDS}
    assert [kind for kind in KINDS if not found[kind]] == []
    assert {path for kind in found.values() for path in kind} == set(pages)
    assert all(shown(page.find(".//h1")) for page in pages.values())


def test_each_page_has_one_h1_and_skips_no_level(demo_pages: Pages) -> None:
    for path, page in texts(demo_pages).items():
        levels = [int(str(e.tag)[1]) for e in page.iter() if re.fullmatch("h[1-6]", str(e.tag))]
        assert (path, levels.count(1), levels[0]) == (path, 1, 1)
        steps = [after - before for before, after in pairwise(levels)]
        assert max(steps, default=0) <= 1, path


def test_nothing_on_a_page_runs_or_styles_itself(demo_pages: Pages) -> None:
    for path, page in demo_pages.items():
        for element in page.iter():
            is_data = element.tag == "script" and element.get("type") == "application/ld+json"
            assert element.tag not in ("script", "style") or is_data, path
            assert not [k for k in element.attrib if k == "style" or k.startswith("on")], path


def test_nothing_is_fetched_from_elsewhere(demo_pages: Pages) -> None:
    followed = ("a", "form", "blockquote", "q")
    for path, page in demo_pages.items():
        links = {link.get("href") for link in page.iter("link") if link.get("rel") == "canonical"}
        fetched = [url for tag, url in addresses(page) if tag not in followed and url not in links]
        assert [url for url in fetched if url.startswith("//") or urlsplit(url).scheme] == [], path


@pytest.mark.parametrize("base_path", ["/", "/news/"])
def test_every_link_within_leads_somewhere(base_path: str, demo: Path, moved: Path) -> None:
    output = demo if base_path == "/" else moved
    pages = parse_pages(output)
    ids = {path: {e.get("id") for e in page.iter()} for path, page in pages.items()}
    count = 0
    for path, page in pages.items():
        here = base_path + path.removesuffix("index.html")
        for _, url in addresses(page):
            there = urlsplit(urljoin(here, url))
            if there.netloc or there.scheme:
                continue
            assert there.path.startswith(base_path), (path, url)
            target = unquote(there.path).removeprefix(base_path)
            target += "index.html" if target.endswith("/") or not target else ""
            assert (output / target).is_file(), (path, url)
            assert not there.fragment or unquote(there.fragment) in ids[target], (path, url)
            count += 1
    assert count > 30 * len(pages)


def test_under_a_path_its_own_checks_find_nothing_either(moved: Path) -> None:
    assert check_site(moved, base_url=MOVED) == ()


def test_listings_have_pages_and_lose_no_story(demo_pages: Pages) -> None:
    fronts = of_kind("front", demo_pages)
    assert len(fronts) == 3
    listed = {
        link.get("href")
        for page in fronts.values()
        for heading in with_class(page, "card-title")
        for link in heading.iter("a")
    }
    articles = of_kind("article", texts(demo_pages))
    assert listed == {f"/{path.removesuffix('index.html')}" for path in articles}
    older = [link.get("href") for link in fronts["index.html"].iterfind(".//a[@rel='next']")]
    assert older == ["/page/2/"]


def test_hidden_stories_leave_no_trace(demo: Path, stories: list[Story]) -> None:
    hidden = [story for story in stories if story.is_hidden]
    assert len(hidden) == 3
    for file in (file for file in demo.rglob("*") if file.is_file()):
        path, data = file.relative_to(demo).as_posix(), file.read_bytes()
        text = html.unescape(data.decode("utf-8", "replace"))
        for story in hidden:
            assert story.name not in path
            assert [trace for trace in (*story.traces, story.name) if trace in text] == [], path


def test_published_stories_leave_these_very_traces(demo: Path, stories: list[Story]) -> None:
    for story in (story for story in stories if not story.is_hidden):
        (page,) = demo.glob(f"*/20*/*/{story.name}/index.html")
        text = html.unescape(page.read_text("utf-8"))
        missing = [trace for trace in story.traces if trace not in text]
        assert len(missing) <= len(story.traces) // 5, story.path


def test_a_hidden_story_is_not_counted(demo_pages: Pages, stories: list[Story]) -> None:
    tagged = [story for story in stories if re.search("fish.market", story.front, re.IGNORECASE)]
    visible = sum(not story.is_hidden for story in tagged)
    assert visible < len(tagged)
    entries = [shown(entry) for entry in demo_pages["tags/index.html"].iter("li")]
    assert [e for e in entries if "Fish" in e] == [f"Fish market {visible} stories"]


def test_a_merged_name_leads_on(demo: Path, demo_pages: Pages) -> None:
    page = demo_pages["tags/lukashenka/index.html"]
    refresh = page.find(".//meta[@http-equiv='refresh']")
    assert refresh is not None
    assert refresh.get("content") == "0; url=/tags/lukashenko/"
    canonical = page.find(".//link[@rel='canonical']")
    assert canonical is not None
    assert canonical.get("href") == f"{HOME}tags/lukashenko/"
    assert page.find(".//meta[@name='robots']") is None
    assert "/tags/lukashenka/ /tags/lukashenko/ 301\n" in (demo / "_redirects").read_text()


@pytest.mark.parametrize(
    ("name", "language", "direction"),
    [("subotnia-shkola", "uk", "ltr"), ("al-bahhara-wa-athletic", "ar", "rtl")],
)
def test_each_page_and_card_says_its_language(
    name: str, language: str, direction: str, demo_pages: Pages
) -> None:
    own = next(page for path, page in demo_pages.items() if f"/{name}/" in path)
    assert (own.get("lang"), own.get("dir")) == (language, direction)
    cards = [
        card
        for path, page in demo_pages.items()
        if path.startswith("archive/")
        for card in with_class(page, "card")
        if any(f"/{name}/" in link.get("href", "") for link in card.iter("a"))
    ]
    assert [(card.get("lang"), card.get("dir")) for card in cards] == [(language, direction)]


def test_the_style_sheet_is_small(demo: Path) -> None:
    (sheet,) = (demo / "assets").glob("*.css")
    assert re.fullmatch(r"site\.[0-9a-f]{10}\.css", sheet.name)
    assert len(gzip.compress(sheet.read_bytes(), 6)) < 10_000


def test_a_page_of_800_words_is_small(moved: Path) -> None:
    page = moved / "harbour/2026/11/eight-hundred/index.html"
    assert len(gzip.compress(page.read_bytes(), 6)) < FIRST_BYTES
