"""Addresses in a text that is HTML already: the site's own are put in their places.

In Markdown raw HTML stays as it is written, but for what no address may hold: a blank, a letter
beyond ASCII. A text that is nothing else has its links and pictures nowhere but there, so they lead
where those of Markdown would.
"""

from html import escape

from generator.markdown.document import Link
from generator.markdown.html_links import HtmlAddress, html_addresses
from generator.model.addresses import web_url
from generator.render.body.addresses import OUTSIDE, is_outside
from generator.render.body.job import Job
from generator.render.body.links import NO_LINK, LinkEditor

FRAGMENT, QUERY = "#", "?"


def put_addresses(job: Job) -> None:
    """Put resolved addresses into the HTML of a job; a dead one loses its attribute."""
    document, editor = job.document, LinkEditor(job)
    html, (leaf, _) = document.raw[0], document.raw_places[0]
    parts: list[str] = []
    done = 0
    for found in html_addresses(html):
        places = [Link(target, leaf, found.start, None) for target in found.targets]
        urls = {link.target: url for link in places if (url := _url(editor, link)) is not None}
        if not urls:
            continue
        if "" in urls.values():
            parts.append(html[done : found.begin])
            done = found.end + _quoted(html, found)
        else:
            parts += (html[done : found.start], escape(_replaced(found.value, urls)))
            done = found.end
    document.raw[0] = "".join((*parts, html[done:]))


def as_sent(html: str) -> str:
    """The HTML with addresses on other sites as they go out: percent-encoded, hosts in ASCII."""
    parts: list[str] = []
    done = 0
    for found in html_addresses(html):
        elsewhere = (target for target in found.targets if target.lower().startswith(OUTSIDE))
        urls = {target: url for target in elsewhere if (url := web_url(target)) != target}
        if urls:
            parts += (html[done : found.start], escape(_replaced(found.value, urls)))
            done = found.end
    return "".join((*parts, html[done:])) if parts else html


def _url(editor: LinkEditor, link: Link) -> str | None:
    """Where a target leads; "" for nowhere, None where it stays as it is written."""
    target = link.target.strip()
    if not target or target[0] in FRAGMENT + QUERY or is_outside(target):
        return None
    resolved = editor.lookup(link)
    return None if resolved is None else "" if resolved is NO_LINK else resolved.url


def _replaced(value: str, urls: dict[str, str]) -> str:
    """An attribute's value with other addresses in it: a `srcset` has some, with their sizes."""
    if value in urls:
        return urls[value]
    candidates = (candidate.strip().split(None, 1) for candidate in value.split(","))
    return ", ".join(" ".join((urls.get(c[0], c[0]), *c[1:])) for c in candidates if c)


def _quoted(html: str, found: HtmlAddress) -> int:
    """1 where a quotation mark closes the value, else 0."""
    return int(html[found.end : found.end + 1] in ("'", '"'))
