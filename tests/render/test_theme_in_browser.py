"""The theme in a real browser: no overflow, large targets, both schemes, both directions."""

import re
from collections.abc import Callable, Iterator
from io import BytesIO
from itertools import groupby, pairwise

import pytest
from PIL import Image

from generator.model.cards import Link
from generator.model.config import CSP
from generator.model.outputs import Frame
from generator.model.pages import ArticlePage, Block, FrontPage, HtmlPage
from generator.model.values import replace
from tests.support.browsers import Browser, FloatRect, Page, Route
from tests.support.pages import PAGES, THEME, html_of, render

ORIGIN = "https://example.org"
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="800"/>'
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# A link within a sentence may be small (WCAG 2.2, 2.5.8); that of a Card is as large as the Card.
SMALL_TARGETS = """
[...document.querySelectorAll("a:not(.skip, .prose *)")].filter(a => {
  const box = (a.closest(".card-title") ? a.closest(".card") : a).getBoundingClientRect();
  return box.height < 24 || box.width < 24;
}).map(a => a.outerHTML)
"""
SMALL_TEXTS = """() => {
  const small = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!node.data.trim() || element.closest("sup, sub, .skip")) continue;
    if (parseFloat(getComputedStyle(element).fontSize) < 13) small.push(node.data.trim());
  }
  return small;
}"""
SPACED = """
* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
p { margin-block-end: 2em !important }
"""
OUTLINED = """() => {
  // Within a player the browser shows where one is, on its own buttons.
  if (document.activeElement.matches(":is(audio, video):not(:focus-visible)")) return true;
  const looks = [getComputedStyle(document.activeElement),
                 getComputedStyle(document.activeElement, "::after")];
  return looks.some(look => look.outlineStyle === "solid" && parseFloat(look.outlineWidth) >= 3);
}"""
WIDE = (
    '<p>It rained<sup id="fnref:1"><a class="footnote-ref" href="#fn:1">1</a></sup> all day.</p>'
    f'<div class="table" tabindex="0"><table><tr>{"<td>1234567890</td>" * 9}</tr></table></div>'
    f'<pre tabindex="0"><code>{"wide " * 60}</code></pre>'
    f"<table><tr>{'<td>Donaudampfschifffahrt</td>' * 9}</tr></table>"
    '<iframe title="A film" width="900" height="500"></iframe>'
    '<object aria-label="A map" width="900" height="500"></object>'
)
CROWDED = Frame(
    "The Gazette",
    "https://example.org",
    "/news",
    "/news/",
    navigation=tuple(Link(f"Section {n}", f"/news/{n}/") for n in range(9)),
    assets=(Link("site.css", "/news/assets/site.0a1b.css"),),
)
SAID = "<blockquote><p>So you may put it down to the weather.</p></blockquote>"
BOXES = (
    f'<p>It rained.</p><figure class="pullquote">{SAID}<figcaption>Ann Lee</figcaption></figure>'
    f"<p>{'All day it rained. ' * 30}</p><figure>{SAID}<figcaption>Bo Ek</figcaption></figure>"
    f'<p class="pullquote">{"All day. " * 9}</p><p class="aside">It did.</p>'
    '<ul class="factbox"><li>One</li></ul><aside class="factbox"><h2>Facts</h2><p>Two</p></aside>'
    f'<div class="table" tabindex="0"><table class="factbox"><tr>{"<td>1234567890</td>" * 9}</tr>'
    '</table></div><ul><li><label><input type="checkbox" checked disabled> mended</label></li>'
    '<li><label><input type="checkbox" disabled> rung</label></li></ul>'
)
UPRIGHT = (
    '<figure><img class="focus-x3" src="/tall.jpg" alt="A mast" width="900" height="1200">'
    "<figcaption>A mast</figcaption></figure>"
)
ARCHIVED = "<div><p>One</p><p>Two</p><pre>3</pre><ul><li>4</li></ul></div><li>A stray item</li>"
FORM = (
    '<form action="/search/"><label for="q">Search</label><input id="q"><button>Search</button>'
    '</form><form><label>Name <input></label><label><input type="checkbox"> Daily</label>'
    "<select><option>Noon</select><textarea></textarea><button>Subscribe</button></form>"
)
LONG_WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
ADOPT = """rules => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(rules);
  document.adoptedStyleSheets = [sheet];
}"""
BARE = ".prose * { color: transparent !important; border-color: transparent }"


def with_long_words(front: FrontPage) -> FrontPage:
    """A front with a block of each size, every headline of which is wider than its column."""
    long = [
        replace(card, title=LONG_WORD, picture=picture, language="de", direction="ltr")
        for picture in (front.cards[0].picture, None)
        for card in front.cards
    ]
    sizes = ((1, 0), (1, 5), (2, 0), (3, 4), (4, 3), (5, 3))
    blocks = tuple(Block("Harbour", "", tuple(long[at : at + n])) for n, at in sizes)
    return replace(
        front, lead=long[-1], secondary=tuple(long[:4]), blocks=blocks, cards=tuple(long)
    )


@pytest.fixture
def shown() -> Callable[[str], str | None]:
    """The HTML of a page by its name: every one of the theme's, and some that ask more of it."""
    article = PAGES["article"]
    assert isinstance(article, ArticlePage)
    more: dict[str, tuple[HtmlPage, Frame]] = {"crowded": (article, CROWDED)}
    for name, way in (("wide", "ltr"), ("wide arabic", "rtl")):
        more[name] = (replace(article, body=WIDE, direction=way), CROWDED)
        more[f"{name} upright"] = (replace(article, body=UPRIGHT, direction=way), CROWDED)
        more[f"{name} boxes"] = (replace(article, body=BOXES, direction=way), CROWDED)
    more["archived"] = (replace(article, body=ARCHIVED), CROWDED)
    more["form"] = (replace(article, body=FORM), CROWDED)
    front = PAGES["front"]
    assert isinstance(front, FrontPage)
    more["long words"] = (with_long_words(front), CROWDED)

    def html(name: str) -> str | None:
        if name in more:
            return render(*more[name])
        return html_of(name) if name in PAGES else None

    return html


@pytest.fixture
def tab(browser: Browser, shown: Callable[[str], str | None]) -> Iterator[Page]:
    """A tab in which the address `/<name>` shows the page of that name, under the strict policy."""

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix(ORIGIN).partition("#")[0]
        name = path.removeprefix("/").replace("%20", " ")
        if html := shown(name):
            headers = {"Content-Security-Policy": CSP}
            route.fulfill(body=html, content_type="text/html", headers=headers)
        elif path.endswith(".css"):
            route.fulfill(path=THEME / "site.css", content_type="text/css")
        elif path.endswith(".woff2"):
            route.fulfill(path=THEME / "display.woff2", content_type="font/woff2")
        else:
            route.fulfill(body=DRAWING, content_type="image/svg+xml")

    page = browser.new_page()
    page.route(re.compile(".*"), answer)
    yield page
    page.close()


def test_nothing_overflows_at_any_width(tab: Page) -> None:
    for name in PAGES:
        tab.goto(f"{ORIGIN}/{name}")
        for width in (320, 768, 1024, 1600):
            tab.set_viewport_size({"width": width, "height": 800})
            assert tab.evaluate(OVERFLOW) <= 0, (name, width)


@pytest.mark.parametrize("width", [320, 360, 768, 1024, 1280])
def test_no_headline_is_wider_than_its_column(tab: Page, width: int) -> None:
    tab.set_viewport_size({"width": width, "height": 800})
    tab.goto(f"{ORIGIN}/long words")
    assert tab.evaluate(OVERFLOW) <= 0
    columns = tab.locator(".front .top, .front .tiles > li, .front .sides > li")
    too_wide = "boxes => boxes.filter(box => box.scrollWidth > box.clientWidth + 1).length"
    assert columns.evaluate_all(too_wide) == 0


@pytest.mark.parametrize(
    ("width", "lines"), [(360, [1, 1, 1, 1]), (768, [1, 3]), (1280, [2, 1, 1])]
)
def test_the_first_of_a_sections_four_stories_leads(
    tab: Page, width: int, lines: list[int]
) -> None:
    tab.set_viewport_size({"width": width, "height": 800})
    tab.goto(f"{ORIGIN}/long words")
    four = tab.locator(".tiles:has(> :nth-child(4):last-child) > li").all()
    boxes = [found for tile in four if (found := tile.bounding_box())]
    assert [len(list(line)) for _, line in groupby(boxes, lambda found: found["y"])] == lines
    assert all(boxes[0]["width"] >= found["width"] for found in boxes)


@pytest.mark.parametrize("name", ["front", "front with three stories"])
def test_the_leads_headline_is_seen_without_scrolling(tab: Page, name: str) -> None:
    tab.set_viewport_size({"width": 1366, "height": 768})
    tab.goto(f"{ORIGIN}/{name}")
    picture, title = box(tab, ".lead .card-picture"), box(tab, ".lead .card-title")
    assert title["y"] + title["height"] <= 768
    assert 1.4 <= picture["width"] / picture["height"] <= 1.8


def test_no_text_is_smaller_than_13_pixels(tab: Page) -> None:
    tab.set_viewport_size({"width": 360, "height": 800})
    for name in PAGES:
        tab.goto(f"{ORIGIN}/{name}")
        assert tab.evaluate(SMALL_TEXTS) == [], name


@pytest.mark.parametrize("width", [360, 1280])
def test_what_follows_a_story_is_no_wider_than_its_pictures(tab: Page, width: int) -> None:
    tab.set_viewport_size({"width": width, "height": 800})
    tab.goto(f"{ORIGIN}/article")
    picture = box(tab, ".lead-picture")
    for selector in (".story > aside", ".neighbours"):
        found = box(tab, selector)
        assert (found["x"], found["width"]) == (picture["x"], picture["width"])


def test_a_form_can_be_read_and_pressed(tab: Page) -> None:
    tab.set_viewport_size({"width": 360, "height": 800})
    tab.goto(f"{ORIGIN}/form")
    assert tab.evaluate(OVERFLOW) <= 0
    for control in tab.locator("form :is(input:not([type=checkbox]), button, select)").all():
        found = control.bounding_box()
        assert found is not None
        assert found["height"] >= 44


@pytest.mark.parametrize(("width", "lines"), [(360, [1, 1]), (768, [2]), (1280, [1, 1])])
def test_two_stories_beside_the_lead_leave_no_hole(tab: Page, width: int, lines: list[int]) -> None:
    tab.set_viewport_size({"width": width, "height": 800})
    tab.goto(f"{ORIGIN}/front with three stories")
    lead = box(tab, ".lead")
    boxes = [found for side in tab.locator(".sides > li").all() if (found := side.bounding_box())]
    assert [len(list(line)) for _, line in groupby(boxes, lambda found: found["y"])] == lines
    assert all((found["y"] == lead["y"]) == (width == 1280) for found in boxes[:1])


def test_targets_are_large_enough(tab: Page) -> None:
    tab.set_viewport_size({"width": 360, "height": 800})
    for name in PAGES:
        tab.goto(f"{ORIGIN}/{name}")
        assert tab.evaluate(SMALL_TARGETS) == [], name


@pytest.mark.parametrize("width", [320, 1280])
def test_spaced_text_does_not_overflow(tab: Page, width: int) -> None:
    """WCAG 2.2, 1.4.12: readers may set lines, words and letters further apart."""
    tab.set_viewport_size({"width": width, "height": 800})
    for name in PAGES:
        tab.goto(f"{ORIGIN}/{name}")
        tab.evaluate(ADOPT, SPACED)
        assert tab.evaluate(OVERFLOW) <= 0, name


def test_the_keyboard_always_shows_where_it_is(tab: Page) -> None:
    for name in PAGES:
        tab.goto(f"{ORIGIN}/{name}")
        for stop in range(tab.locator("a, [tabindex]").count()):
            tab.keyboard.press("Tab")
            assert tab.evaluate(OUTLINED), (name, stop)


def test_the_strict_policy_stops_nothing(tab: Page) -> None:
    complaints: list[str] = []
    tab.on("console", lambda message: complaints.append(message.text))
    for name in PAGES:
        tab.goto(f"{ORIGIN}/{name}")
    assert complaints == []


def test_a_dark_scheme_has_a_dark_ground(tab: Page) -> None:
    tab.goto(f"{ORIGIN}/article")
    grounds = []
    for scheme in ("light", "dark"):
        tab.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        grounds.append(tab.evaluate("getComputedStyle(document.body).backgroundColor"))
    assert grounds == ["rgb(255, 253, 249)", "rgb(22, 21, 18)"]


def test_an_arabic_story_begins_at_the_right(tab: Page) -> None:
    for name, begins_left in (("article", True), ("arabic article", False)):
        tab.goto(f"{ORIGIN}/{name}")
        portrait = tab.locator(".byline .portrait").first.bounding_box()
        author = tab.locator(".byline .p-name").first.bounding_box()
        assert portrait is not None
        assert author is not None
        assert (portrait["x"] < author["x"]) == begins_left
        masthead = "getComputedStyle(document.querySelector('.masthead')).direction"
        assert tab.evaluate(masthead) == "ltr"


def test_the_first_tab_stop_leads_past_the_navigation(tab: Page) -> None:
    tab.goto(f"{ORIGIN}/article")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.textContent") == "Skip to content"
    box = tab.locator(".skip").bounding_box()
    assert box is not None
    assert box["height"] >= 24
    tab.keyboard.press("Enter")
    assert tab.url.endswith("#_main")


def test_a_card_is_one_large_link(tab: Page) -> None:
    tab.set_viewport_size({"width": 1280, "height": 800})
    tab.goto(f"{ORIGIN}/section")
    tab.locator(".rows .card-summary").first.click(force=True)
    assert "/news/harbour/story-" in tab.url


def test_an_upright_or_small_picture_is_not_drawn_larger_than_it_is(tab: Page) -> None:
    tab.set_viewport_size({"width": 1280, "height": 800})
    tab.goto(f"{ORIGIN}/wordy article")
    assert box(tab, ".lead-picture img")["width"] == 400
    tab.goto(f"{ORIGIN}/article")
    assert box(tab, ".lead-picture img")["width"] > 900


@pytest.mark.parametrize(("name", "edge"), [("wide", "0%"), ("wide arabic", "100%")])
def test_an_upright_picture_in_a_text_begins_where_its_caption_does(
    tab: Page, name: str, edge: str
) -> None:
    tab.set_viewport_size({"width": 1280, "height": 800})
    tab.goto(f"{ORIGIN}/{name} upright")
    picture, caption = box(tab, ".prose img"), box(tab, ".prose figcaption")
    assert (picture["x"], picture["width"]) == (caption["x"], caption["width"])
    assert picture["height"] <= 0.85 * 800
    placed = "image => getComputedStyle(image).objectPosition"
    assert tab.locator(".prose img").evaluate(placed) == f"{edge} 50%"


def test_a_long_headline_is_set_smaller(tab: Page) -> None:
    sizes = []
    for name in ("article", "wordy article"):
        tab.goto(f"{ORIGIN}/{name}")
        sizes.append(
            tab.evaluate("parseFloat(getComputedStyle(document.querySelector('h1')).fontSize)")
        )
    assert sizes[0] > sizes[1] > 24


def test_paper_shows_the_address_and_no_navigation(tab: Page) -> None:
    tab.goto(f"{ORIGIN}/article")
    assert not tab.locator(".address").is_visible()
    tab.emulate_media(media="print")
    assert tab.locator(".address").is_visible()
    assert not tab.locator(".sections, .neighbours, .colophon, .skip").first.is_visible()


def test_paper_shows_no_frame(tab: Page) -> None:
    tab.goto(f"{ORIGIN}/article")
    frame = '<iframe class="frame frame-wide" title="A film"></iframe>'
    tab.evaluate(f"document.querySelector('.prose').insertAdjacentHTML('beforeend', '{frame}')")
    assert tab.locator(".frame").is_visible()
    tab.emulate_media(media="print")
    assert not tab.locator(".frame").is_visible()


def box(tab: Page, selector: str) -> FloatRect:
    found = tab.locator(selector).first.bounding_box()
    assert found is not None
    return found


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_every_section_is_in_sight(tab: Page, width: int) -> None:
    tab.set_viewport_size({"width": width, "height": 800})
    tab.goto(f"{ORIGIN}/crowded")
    boxes = [link.bounding_box() for link in tab.locator(".sections a").all()]
    assert len(boxes) == 9
    assert all(found and 0 <= found["x"] <= width - found["width"] for found in boxes)


def test_lines_of_sections_are_of_like_length(tab: Page) -> None:
    tab.set_viewport_size({"width": 360, "height": 800})
    tab.goto(f"{ORIGIN}/crowded")
    boxes = [link.bounding_box() for link in tab.locator(".sections a").all()]
    lines = [found["y"] for found in boxes if found]
    assert {lines.count(y) for y in lines} == {3}


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_the_ways_to_older_and_newer_pages_stand_in_one_line(tab: Page, width: int) -> None:
    tab.set_viewport_size({"width": width, "height": 800})
    tab.goto(f"{ORIGIN}/older front")
    boxes = [link.bounding_box() for link in tab.locator(".pager a").all()]
    assert len(boxes) == 4
    assert len({found["y"] for found in boxes if found}) == 1


@pytest.mark.parametrize("width", [360, 1280])
def test_the_colophon_is_at_the_foot_of_a_short_page(tab: Page, width: int) -> None:
    tab.set_viewport_size({"width": width, "height": 1600})
    tab.goto(f"{ORIGIN}/empty section")
    foot = box(tab, ".colophon")
    assert foot["y"] + foot["height"] == pytest.approx(1600, abs=1)
    rules = [box(tab, ".masthead nav"), box(tab, ".colophon-name")]
    assert rules[0]["x"] == rules[1]["x"]


def edges(tab: Page, selector: str) -> tuple[bool, bool]:
    """Whether a shadow lies on the left and on the right of a box that can be moved."""
    picture = Image.open(BytesIO(tab.locator(selector).screenshot())).convert("L")
    middle = picture.crop((0, picture.height // 2, picture.width, picture.height // 2 + 1))
    row = middle.tobytes()
    ground = row[len(row) // 2]
    left, right = (any(abs(dot - ground) > 20 for dot in side) for side in (row[4:9], row[-9:-4]))
    return left, right


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("selector", [".prose .table", ".prose pre"])
def test_a_shadow_says_on_which_side_there_is_more(tab: Page, selector: str, scheme: str) -> None:
    tab.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    tab.set_viewport_size({"width": 360, "height": 800})
    tab.goto(f"{ORIGIN}/wide")
    tab.evaluate(ADOPT, BARE)
    seen = []
    for left in (0, 150, 9999):
        tab.locator(selector).evaluate(f"box => box.scrollLeft = {left}")
        seen.append(edges(tab, selector))
    assert seen == [(False, True), (True, True), (True, False)]


def test_a_wide_table_of_a_script_from_the_right_has_more_on_its_left(tab: Page) -> None:
    tab.set_viewport_size({"width": 360, "height": 800})
    tab.goto(f"{ORIGIN}/wide arabic")
    tab.evaluate(ADOPT, BARE)
    assert edges(tab, ".prose .table") == (True, False)


def test_a_table_that_fits_has_no_shadow(tab: Page) -> None:
    tab.set_viewport_size({"width": 1600, "height": 800})
    tab.goto(f"{ORIGIN}/wide")
    tab.evaluate(ADOPT, BARE)
    tab.locator(".prose td").evaluate_all("cells => cells.slice(2).forEach(cell => cell.remove())")
    assert edges(tab, ".prose .table") == (False, False)


def test_a_footnotes_mark_stands_by_its_word(tab: Page) -> None:
    tab.goto(f"{ORIGIN}/wide")
    gaps = tab.evaluate(
        """() => {
          const paragraph = document.querySelector(".prose p");
          const sup = paragraph.querySelector("sup");
          const texts = [sup.previousSibling, sup.firstChild.firstChild, sup.nextSibling];
          const [before, note, after] = texts.map((node) => {
            const range = document.createRange();
            range.selectNodeContents(node);
            return range.getBoundingClientRect();
          });
          return [note.left - before.right, after.left - note.right];
        }"""
    )
    assert all(0 <= gap <= 3 for gap in gaps), gaps


def test_boxes_after_an_arabic_story_run_from_the_right(tab: Page) -> None:
    tab.set_viewport_size({"width": 1280, "height": 800})
    tab.goto(f"{ORIGIN}/arabic article")
    body, heading, tag = (box(tab, name) for name in (".prose", ".tags h2 span", ".tags li"))
    ends = [found["x"] + found["width"] for found in (body, heading, tag)]
    assert max(ends) - min(ends) <= 1
    assert box(tab, ".neighbour-prev")["x"] > box(tab, ".neighbour-next")["x"]
    tiles = [tile.bounding_box() for tile in tab.locator(".tiles > li").all()[:2]]
    first, second = (found for found in tiles if found)  # of a row
    assert first["y"] == second["y"]
    assert first["x"] > second["x"]


@pytest.mark.parametrize("width", [320, 360, 768, 1280, 1600])
@pytest.mark.parametrize("name", ["wide boxes", "wide arabic boxes"])
def test_quotations_and_boxes_stay_within_the_window(tab: Page, name: str, width: int) -> None:
    tab.set_viewport_size({"width": width, "height": 800})
    tab.goto(f"{ORIGIN}/{name}")
    assert tab.evaluate(OVERFLOW) <= 0
    for box in tab.locator(".prose > *").all():
        found = box.bounding_box()
        assert found
        assert found["x"] >= 0
        assert found["x"] + found["width"] <= width


def test_blocks_within_an_archives_own_elements_stand_apart(tab: Page) -> None:
    tab.set_viewport_size({"width": 360, "height": 800})
    tab.goto(f"{ORIGIN}/archived")
    blocks = [one.bounding_box() for one in tab.locator(".prose > div > *").all()]
    found = [one for one in blocks if one]
    assert len(found) == 4
    gaps = [low["y"] - high["y"] - high["height"] for high, low in pairwise(found)]
    assert min(gaps) >= 16
    assert box(tab, ".prose > li")["x"] > box(tab, ".prose > div")["x"]


def test_a_pull_quote_reaches_into_the_margin_where_there_is_room(tab: Page) -> None:
    beyond = []
    for width in (768, 1280):
        tab.set_viewport_size({"width": width, "height": 800})
        tab.goto(f"{ORIGIN}/wide boxes")
        quote = tab.locator("figure.pullquote").bounding_box()
        prose = tab.locator(".prose").bounding_box()
        assert quote
        assert prose
        beyond.append(quote["x"] + quote["width"] > prose["x"] + prose["width"] + 100)
    assert beyond == [False, True]


def test_the_boxes_of_tasks_are_drawn_in_print_too(tab: Page) -> None:
    tab.goto(f"{ORIGIN}/wide boxes")
    for media in ("screen", "print"):
        tab.emulate_media(media=media)
        for box in tab.locator("input").all():
            found = box.bounding_box()
            assert found
            assert 12 <= found["width"] <= 20
        tick = 'getComputedStyle(document.querySelector("input"), "::before").borderBlockEndWidth'
        assert tab.evaluate(tick) == "2px"
    tab.emulate_media(media="screen")
