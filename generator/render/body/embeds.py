"""What other sites have to show: films, sounds, posts and charts, in frames that readers ask for.

A link to one, alone in its paragraph, becomes a figure; so does an `iframe` of somebody's code.
The frame holds a page of our own with one link, which leads to the player: no other site is asked
for anything before a reader's click, with scripts or without. The page's policy holds in the frame
too and forbids inline styles, so what is seen there is one drawing (SVG), dressed by attributes.
"""

import re
from collections.abc import Iterator
from html import escape
from xml.etree.ElementTree import Element, SubElement

from generator.model.entities import decoded, unescaped
from generator.model.forbidden import FOREIGN
from generator.model.players import CHART, LOW, POST, TALL, WIDE, Player, player_of
from generator.model.policy import Policy
from generator.render.body.job import Job
from generator.render.body.pictures import PICTURES, only_child
from generator.render.body.writer import html_within

ALLOWED = "autoplay; clipboard-write; encrypted-media; fullscreen; picture-in-picture"
SANDBOX = "allow-forms allow-popups allow-popups-to-escape-sandbox allow-same-origin allow-scripts"
SIZES = {WIDE: (160, 90), CHART: (120, 90), TALL: (90, 160), LOW: (160, 40), POST: (120, 120)}
"""Width and height of what stands in a frame before the click, by its shape."""
OPENS, CLOSES = "<iframe", "</iframe"
ATTRIBUTE = re.compile(
    r"""([a-z][\w:-]*+)(?:\s*+=\s*+("[^"]*+"|'[^']*+'|[^\s"'>]++))?""", re.IGNORECASE
)
DIGITS = re.compile(r"[1-9][0-9]{0,4}(?:px)?")


def embed_link(paragraph: Element, job: Job) -> None:
    """Make a figure of a paragraph that holds nothing but a link to a player."""
    link = only_child(paragraph)
    if link is None or link.tag != "a":
        return
    begins = not job.embedding.is_direct
    player = player_of(decoded(link.get("href", "")), begins=begins)
    if player is None or not _may_stand(player, job):
        return
    poster, title, said = _shown_by(link, job)
    tail = paragraph.tail
    figure = _figure(player, title, poster, job, title or said)
    paragraph.clear()
    paragraph.tag, paragraph.tail = "figure", tail
    paragraph.attrib.update(figure.attrib)
    paragraph.extend(figure)


def _shown_by(link: Element, job: Job) -> tuple[str, str, str]:
    """A link's picture, by its address, if it has one; the title of what it leads to; its words."""
    picture = only_child(link)
    if picture is not None and picture.tag in PICTURES:
        shown = picture if picture.tag == "img" else picture[-1]
        title = link.get("title") or shown.get("title") or shown.get("alt") or ""
        return decoded(shown.get("src", "")), decoded(title), ""
    said = job.plain("".join(link.itertext())).strip()
    return "", decoded(link.get("title") or ("" if FOREIGN.match(said) else said)), said


def _may_stand(player: Player, job: Job) -> bool:
    embedding = job.embedding
    return Policy.parse(embedding.policy).allows("frame-src", player.url, embedding.origin)


def embed_frames(job: Job) -> None:
    """Bring the frames in raw HTML into their form: those of other sites wait for a click."""
    raw = job.document.raw
    for number, html in enumerate(raw):
        if OPENS in html.lower():
            raw[number] = "".join(_with_frames(html, job))


def _with_frames(html: str, job: Job) -> Iterator[str]:
    """The parts of some raw HTML, each frame in its form. Looks at each place once."""
    low, at = html.lower(), 0
    is_closed = True
    while (start := low.find(OPENS, at)) >= 0 and (end := html.find(">", start)) >= 0:
        stop = end + 1
        if is_closed:
            closing = low.find(CLOSES, end)
            is_closed = closing >= 0
            stop = (html.find(">", closing) + 1 or len(html)) if is_closed else stop
        yield html[at:start]
        given = attributes_in(html[start + len(OPENS) : end])
        is_alone = not (html[:start].strip() or html[stop:].strip())
        yield _framed(given, is_alone, job) or html[start:stop]
        at = stop
    yield html[at:]


def _framed(given: dict[str, str], is_alone: bool, job: Job) -> str:
    """A frame with these attributes in its form; nothing for one of this very site."""
    player = player_of_frame(given, begins=not job.embedding.is_direct)
    if player is None:
        return ""
    make = _figure if is_alone else _frame
    holder = Element("div")
    holder.append(make(player, given.get("title", ""), "", job))
    return html_within(holder).strip()


def player_of_frame(given: dict[str, str], *, begins: bool = True) -> Player | None:
    """What a frame with these attributes shows; none for one of this very site."""
    address = given.get("src", "")
    if not FOREIGN.match(address):
        return None
    url = f"https:{address}" if address.startswith("//") else address
    return player_of(url, begins=begins) or Player(url.split("/")[2], url, url, _shape(given))


def attributes_in(tag: str) -> dict[str, str]:
    """The attributes of a raw tag, as a browser has them; of two of one name the first."""
    found: dict[str, str] = {}
    for name, value in ATTRIBUTE.findall(tag):
        found.setdefault(name.lower(), unescaped(value.strip("\"'")).strip())
    return found


def _shape(given: dict[str, str]) -> str:
    """The shape of a frame, from its own width and height."""
    width, height = given.get("width", ""), given.get("height", "")
    if not (DIGITS.fullmatch(width) and DIGITS.fullmatch(height)):
        return WIDE
    return TALL if int(width.rstrip("px")) < int(height.rstrip("px")) else WIDE


def _figure(player: Player, title: str, poster: str, job: Job, words: str = "") -> Element:
    """A frame, and below it the way to the very page, in the words of its link if there was one."""
    figure = Element("figure", {"class": f"embed embed-{player.shape}"})
    figure.append(_frame(player, title, poster, job))
    caption = SubElement(figure, "figcaption")
    link = SubElement(caption, "a", {"href": _value(player.page)})
    link.text = _value(words or title or f"{job.labels.see}: {player.name}")
    return figure


def _frame(player: Player, title: str, poster: str, job: Job) -> Element:
    named = f"{player.name}: {title}" if title else player.name
    frame = {
        "allow": ALLOWED,
        "class": f"frame frame-{player.shape}",
        "loading": "lazy",
        "referrerpolicy": "strict-origin-when-cross-origin",
        "sandbox": SANDBOX,
        "title": _value(named),
    }
    if job.embedding.is_direct:
        return Element("iframe", {**frame, "src": _value(player.url)})
    waiting = _waiting(player, named, poster, job)
    return Element("iframe", {**frame, "srcdoc": _value(waiting)})


def _waiting(player: Player, named: str, poster: str, job: Job) -> str:
    """The page that stands in a frame until a reader asks for the player."""
    width, height = SIZES[player.shape]
    x, y = width // 2, height // 2 - (5 if player.shape == LOW else 0)
    picture = (
        f'<image href="{escape(poster)}" width="{width}" height="{height}"'
        f' preserveAspectRatio="xMidYMid {"meet" if player.shape == CHART else "slice"}"/>'
        if poster
        else f'<text x="{x}" y="{y + 19}" fill="#fff" font-family="sans-serif" font-size="6"'
        f' text-anchor="middle">{escape(player.name)}</text>'
    )
    return (
        f'<!doctype html><html lang="{escape(job.body.language)}"><meta charset="utf-8">'
        f"<title>{escape(named)}</title>"
        '<body bgcolor="#1a1a1a" marginheight="0" marginwidth="0">'
        f'<svg width="100%" viewBox="0 0 {width} {height}" role="presentation">'
        f'<a href="{escape(player.url)}" aria-label="{escape(job.labels.show)}: {escape(named)}">'
        f'<rect width="{width}" height="{height}" fill="#1a1a1a"/>{picture}'
        f'<circle cx="{x}" cy="{y}" r="11" fill="#000" fill-opacity=".7" stroke="#fff"/>'
        f'<path d="M{x - 4} {y - 6}v12l10-6z" fill="#fff"/></a></svg>'
    )


def _value(text: str) -> str:
    """A text as the value of an attribute, in which references already stand for themselves."""
    return text.replace("&", "&amp;")
