"""The demonstration site in a real browser: what readers see, on any screen, by any means."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import product
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from tests.support.browsers import Browser, Page, Response, ViewportSize

PAGES = {
    "front": "/",
    "older stories": "/page/2/",
    "table and figures": "/harbour/2026/11/harbour-wall-what-closes/",
    "code": "/harbour/2025/02/tide-tables-open-data/",
    "section": "/harbour/",
    "tag": "/tags/ferry/",
    "tags": "/tags/",
    "author": "/authors/tom-abara/",
    "authors": "/authors/",
    "archive": "/archive/",
    "month": "/archive/2026/11/",
    "standing page": "/about/",
    "not found": "/404.html",
    "arabic": "/sport/2025/09/al-bahhara-wa-athletic/",
}
STORY, ARABIC = PAGES["table and figures"], PAGES["arabic"]

OVERFLOW = """() => {
  const root = document.documentElement;
  return root.scrollWidth - root.clientWidth;
}"""

# Every text whose contrast is too low (WCAG 2.2, 1.4.3), with its ratio.
FAINT_TEXTS = """() => {
  const channels = (colour) => {
    const found = colour.match(/[\\d.]+/g).map(Number);
    const scale = colour.startsWith("color(") ? 255 : 1;
    return [found[0] * scale, found[1] * scale, found[2] * scale, found[3] ?? 1];
  };
  const over = (top, below) => [0, 1, 2].map((i) => top[i] * top[3] + below[i] * (1 - top[3]));
  const ground = (element) => {
    const layers = [];
    for (let node = element; node; node = node.parentElement) {
      layers.push(channels(getComputedStyle(node).backgroundColor));
    }
    return layers.reverse().reduce((below, top) => over(top, below), [255, 255, 255]);
  };
  const luminance = (colour) => {
    const [r, g, b] = colour.map((c) => c / 255)
      .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const faint = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!node.data.trim() || !element.checkVisibility() || element.closest(".skip")) continue;
    const style = getComputedStyle(element);
    const below = ground(element);
    const text = over(channels(style.color), below);
    const [light, dark] = [luminance(text), luminance(below)].sort((a, b) => b - a);
    const ratio = (light + 0.05) / (dark + 0.05);
    const size = parseFloat(style.fontSize);
    const isLarge = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
    if (ratio < (isLarge ? 3 : 4.5)) faint.push(`${ratio.toFixed(2)}: ${node.data.trim()}`);
  }
  return faint;
}"""

# Every target smaller than 24 by 24 pixels (WCAG 2.2, 2.5.8), but for links in sentences.
SMALL_TARGETS = """() => {
  const small = [];
  for (const target of document.querySelectorAll("a[href], button, input, summary")) {
    if (target.matches(".skip") || target.closest(".prose, figcaption")) continue;
    target.scrollIntoView({ block: "center", inline: "center" });
    const box = target.getClientRects()[0];
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    const corners = [[-1, -1], [1, -1], [-1, 1], [1, 1]].map(([dx, dy]) =>
      document.elementFromPoint(x + dx * 11.5, y + dy * 11.5));
    if (!corners.every((hit) => target.contains(hit))) {
      small.push(`${target.textContent.trim()}: ${box.width.toFixed()} x ${box.height.toFixed()}`);
    }
  }
  return small;
}"""

# Every box that cuts off its text.
CUT_TEXTS = """() => [...document.querySelectorAll("body *")].filter((element) => {
  const style = getComputedStyle(element);
  const hides = [style.overflowX, style.overflowY].some((way) => ["hidden", "clip"].includes(way));
  const right = element.scrollWidth - element.clientWidth;
  const below = element.scrollHeight - element.clientHeight;
  return hides && !element.matches(".skip, img") && element.checkVisibility() &&
    Math.max(right, below) > 1;
}).map((element) => element.outerHTML.slice(0, 80))"""

FOCUSED = """() => {
  const element = document.activeElement;
  const box = element.getBoundingClientRect();
  const rings = [null, "::after"].map((part) => getComputedStyle(element, part));
  return {
    text: element.textContent.trim(),
    isFrame: element.matches("iframe"),
    skips: element.matches(".skip"),
    isInMain: Boolean(element.closest("main")),
    isInView: box.height >= 24 && box.top >= 0 && box.bottom <= innerHeight,
    isClipped: getComputedStyle(element).clipPath != "none",
    ring: Math.max(...rings.map((style) =>
      style.outlineStyle == "none" ? 0 : parseFloat(style.outlineWidth))),
  };
}"""

# How far pictures pushed other things about while the page was read from top to bottom.
SHIFTS = """async () => {
  let shifts = 0;
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) shifts += entry.value;
  });
  observer.observe({ type: "layout-shift", buffered: true });
  for (let y = 0; y < document.body.scrollHeight; y += 400) {
    scrollTo(0, y);
    await new Promise(requestAnimationFrame);
  }
  // Not by decode(): Chromium may never answer for a drawing that it has shown already.
  await Promise.all([...document.images].filter((image) => !image.complete).map((image) => {
    image.loading = "eager";
    return new Promise((done) => { image.onload = image.onerror = done; });
  }));
  await new Promise((done) => setTimeout(done, 50));
  return shifts > 0.01 ? shifts : 0;
}"""

# The spacing that readers may ask for (WCAG 2.2, 1.4.12).
SPACING = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    * { line-height: 1.5 !important; letter-spacing: .12em !important }
    * { word-spacing: .16em !important }
    p { margin-block-end: 2em !important }
  `);
  document.adoptedStyleSheets = [sheet];
}"""

OpenPage = Callable[..., Page]


class QuietHandler(SimpleHTTPRequestHandler):
    """Serves a published folder under the content security policy that it asks for."""

    policy = ""

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", self.policy)
        super().end_headers()


class QuietServer(ThreadingHTTPServer):
    """Does not mind a browser that has seen enough."""

    def handle_error(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def origin(demo: Path) -> Iterator[str]:
    """Where the demonstration site can be visited while the tests run."""
    policy = re.search(r"Content-Security-Policy: (.+)", (demo / "_headers").read_text("utf-8"))
    assert policy
    handler = type("Handler", (QuietHandler,), {"policy": policy[1]})
    with QuietServer(("127.0.0.1", 0), partial(handler, directory=str(demo))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture
def visit(browser: Browser, origin: str) -> Iterator[OpenPage]:
    """A function that opens a page: its width in pixels, and what else a browser can be told."""
    contexts = []

    def open_page(path: str, width: int = 1280, **options: Any) -> Page:  # noqa: ANN401 - Playwright's
        viewport = ViewportSize(width=width, height=900)
        context = browser.new_context(viewport=viewport, reduced_motion="reduce", **options)
        contexts.append(context)
        page = context.new_page()
        page.goto(origin + path)
        return page

    yield open_page
    for context in contexts:
        context.close()


def on_every_page(page: Page, *scripts: str, only: Iterable[str] = PAGES) -> list[str]:
    """What scripts have to say of each kind of page; no line where they have nothing to say."""
    said = []
    origin = page.evaluate("location.origin")
    for name in only:
        page.goto(origin + PAGES[name])
        answers = filter(None, [page.evaluate(script) for script in scripts])
        said += [f"{name}: {answer}" for answer in answers]
    return said


@pytest.mark.parametrize(("width", "scheme"), [*product((360, 768, 1280), ("light", "dark"))])
def test_pages_fit_and_can_be_read(width: int, scheme: str, visit: OpenPage) -> None:
    page = visit("/", width, color_scheme=scheme)
    assert on_every_page(page, OVERFLOW, FAINT_TEXTS) == []


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_what_can_be_pressed_is_large_enough(width: int, visit: OpenPage) -> None:
    assert on_every_page(visit("/", width), SMALL_TARGETS) == []


@pytest.mark.parametrize(("width", "scale"), [(320, 1), (640, 2)])
def test_pages_fit_when_enlarged(width: int, scale: int, visit: OpenPage) -> None:
    """1,280 pixels at 400 and at 200 per cent."""
    assert on_every_page(visit("/", width, device_scale_factor=scale), OVERFLOW, CUT_TEXTS) == []


@pytest.mark.parametrize("width", [320, 1280])
def test_pages_bear_wide_spacing(width: int, visit: OpenPage) -> None:
    assert on_every_page(visit("/", width), SPACING, OVERFLOW, CUT_TEXTS) == []


@pytest.mark.parametrize("width", [640, 1280])
def test_pages_bear_letters_twice_as_large(width: int, visit: OpenPage) -> None:
    page = visit("/", width)
    browser = page.context.new_cdp_session(page)
    browser.send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}})
    assert on_every_page(page, OVERFLOW, CUT_TEXTS) == []
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"


def test_the_browser_has_nothing_to_complain_of(visit: OpenPage) -> None:
    page = visit("/")
    complaints: list[str] = []

    def tell_failure(answer: Response) -> None:
        if answer.status >= 400:
            complaints.append(answer.url)

    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("response", tell_failure)
    on_every_page(page, "() => null")
    assert complaints == []


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_moves_while_a_page_loads(width: int, visit: OpenPage) -> None:
    unsized = """() => [...document.images].filter((image) =>
      !["width", "height"].every((name) => image.getAttribute(name) > 0)).map((i) => i.src)"""
    few = ("front", "table and figures", "author", "arabic")
    moving = on_every_page(visit("/", width), SHIFTS, unsized, only=few)
    if moving:  # a busy machine may paint half a page first; what has no size moves each time
        moving = on_every_page(visit("/", width), SHIFTS, unsized, only=few)
    assert moving == []


@pytest.mark.parametrize("path", ["/", STORY, ARABIC])
def test_the_keyboard_skips_to_the_story(path: str, visit: OpenPage) -> None:
    page = visit(path)
    assert page.evaluate("getComputedStyle(document.querySelector('.skip')).clipPath") != "none"
    page.keyboard.press("Tab")
    skip = page.evaluate(FOCUSED)
    assert skip["skips"]
    assert skip["isInView"]
    assert not skip["isClipped"]
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#_main"
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED)["isInMain"]


@pytest.mark.parametrize("path", ["/", STORY, PAGES["tags"], PAGES["tag"]])
def test_the_keyboard_shows_where_it_is(path: str, visit: OpenPage) -> None:
    page = visit(path)
    seen = []
    for _ in range(30):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if focused["isFrame"]:
            continue  # Chromium stops at every frame; what can be pressed in it shows its own ring
        assert focused["ring"] >= 2, focused["text"]
        seen.append(focused["text"])
    assert len(set(seen)) > 15


def test_links_in_a_text_are_underlined(visit: OpenPage) -> None:
    bare = """() => [...document.querySelectorAll(".prose a:not(.footnote-ref, .footnote-backref)")]
      .filter((link) => !getComputedStyle(link).textDecorationLine.includes("underline"))
      .map((link) => link.outerHTML)"""
    page = visit(STORY)
    assert page.locator(".prose a").count() > 0
    assert on_every_page(page, bare) == []


def test_a_reader_chooses_light_or_dark(visit: OpenPage) -> None:
    def brightness(scheme: str, name: str) -> float:
        page = visit(STORY, color_scheme=scheme)
        colour = page.evaluate(f"getComputedStyle(document.body).{name}")
        return sum(map(float, re.findall(r"[\d.]+", colour)[:3])) / 3

    assert brightness("light", "backgroundColor") > 230
    assert brightness("light", "color") < 60
    assert brightness("dark", "backgroundColor") < 60
    assert brightness("dark", "color") > 200


def test_on_paper_there_is_the_story_alone(visit: OpenPage) -> None:
    page = visit(STORY, color_scheme="dark")
    page.emulate_media(media="print")
    for name in (".skip", ".sections", ".neighbours", ".tags", ".colophon", "main > aside"):
        assert page.locator(name).count() > 0, name
        assert not page.locator(name).first.is_visible(), name
    for name in (".nameplate", "h1", ".dates", ".prose", "figcaption", ".address"):
        assert page.locator(name).first.is_visible(), name
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"


@pytest.mark.parametrize(("path", "side"), [(STORY, "left"), (ARABIC, "right")])
@pytest.mark.parametrize("width", [360, 1280])
def test_a_text_starts_where_its_script_does(
    path: str, side: str, width: int, visit: OpenPage
) -> None:
    page = visit(path, width)
    edges = page.evaluate(
        """(side) => ["h1", ".standfirst", ".prose > p"].map((name) => {
          const block = document.querySelector(name);
          const text = document.createRange();
          text.selectNodeContents(block);
          return Math.abs(text.getClientRects()[0][side] - block.getBoundingClientRect()[side]);
        })""",
        side,
    )
    assert max(edges) <= 1, edges
