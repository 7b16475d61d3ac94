"""Feeds: RSS 2.0, Atom and JSON Feed 1.1, each from the same value."""

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from html import escape
from types import MappingProxyType

from markupsafe import Markup

from generator.model.feeds import Feed, FeedItem
from generator.model.outputs import Frame
from generator.model.pictures import Picture
from generator.model.problems import Place, Problem, warning
from generator.model.recordings import Recording
from generator.model.values import frozen, replace
from generator.render.absolute import absolute_url
from generator.render.datelines import with_dateline
from generator.render.media_types import media_type_of
from generator.render.podcasts import (
    NAMESPACES,
    as_episode,
    episode_problems,
    write_episode,
    write_show,
)
from generator.render.standalone import standalone_html
from generator.render.timestamps import rfc822, rfc3339
from generator.render.xml import XmlWriter, illegal_characters, legal

JSON_FEED = "https://jsonfeed.org/version/1.1"
MEDIA = "http://search.yahoo.com/mrss/"
RSS = MappingProxyType(
    {
        "version": "2.0",
        "xmlns:atom": "http://www.w3.org/2005/Atom",
        "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
        "xmlns:dc": "http://purl.org/dc/elements/1.1/",
        "xmlns:media": MEDIA,
    }
)
# Atom wants a date even of a feed that has never had a story.
NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@frozen
class _Entry:
    """A story as every format tells it: absolute URLs, and no character that XML refuses.

    `language` is empty where it is the feed's own, `html` where only the summary is carried.
    """

    id: str
    url: str
    title: str
    summary: str
    html: str
    language: str
    published: datetime
    modified: datetime
    authors: tuple[str, ...]
    tags: tuple[str, ...]
    picture: Picture | None
    recordings: tuple[Recording, ...]


def render_feed(
    feed: Feed, frame: Frame, bodies: Mapping[str, str]
) -> tuple[bytes, tuple[Problem, ...]]:
    """A feed in its own format (`rss`, `atom` or `json`), in UTF-8.

    `bodies` maps the source path of each item's body to its HTML; an item without one
    carries its summary. Characters that XML does not allow are left out, and each
    story that has any is named in a warning. The bytes depend on nothing else.
    """
    entries: list[_Entry] = []
    problems: list[Problem] = []
    for item in feed.items:
        html = bodies.get(item.source.source_path, "") if item.source else ""
        problems += _problems(item, html)
        entries.append(_entry(item, html, feed, frame))
        problems += episode_problems(item) if feed.podcast else ()
    return WRITERS[feed.format](feed, frame, entries), tuple(problems)


def _entry(item: FeedItem, html: str, feed: Feed, frame: Frame) -> _Entry:
    card = item.card
    url = frame.origin + card.url
    return _Entry(
        id=legal(item.id),
        url=url,
        title=legal(item.title),
        summary=legal(card.summary),
        html=standalone_html(with_dateline(Markup(html), item.dateline), url) if html else "",  # noqa: S704 - a rendered body is HTML
        language="" if card.language == feed.language else card.language,
        published=card.date,
        modified=item.modified,
        authors=tuple(map(legal, item.authors)),
        tags=tuple(map(legal, item.tags)),
        picture=_picture(card.picture, frame) if card.picture else None,
        recordings=tuple(_recordings(item, feed, frame)),
    )


def _recordings(item: FeedItem, feed: Feed, frame: Frame) -> Iterator[Recording]:
    for recording in item.recordings:
        made = _recording(recording, frame)
        yield as_episode(made) if feed.podcast else made


def _recording(recording: Recording, frame: Frame) -> Recording:
    def absolute(url: str) -> str:
        return absolute_url(url, frame.origin) if url else ""

    return replace(
        recording,
        url=absolute(recording.url),
        title=legal(recording.title),
        captions=tuple(replace(one, url=absolute(one.url)) for one in recording.captions),
        transcript_url=absolute(recording.transcript_url),
    )


def _picture(picture: Picture, frame: Frame) -> Picture:
    return Picture(
        url=absolute_url(picture.url, frame.origin),
        alt=legal(picture.alt),
        caption=legal(picture.caption),
        credit=legal(picture.credit),
        width=picture.width,
        height=picture.height,
    )


def _problems(item: FeedItem, html: str) -> Iterator[Problem]:
    """A warning for each part of a story that holds what XML cannot carry."""
    picture = item.card.picture or Picture("")
    parts: tuple[tuple[str, tuple[str, ...], str], ...] = (
        ("id", (item.id,), "id"),
        ("headline", (item.title,), "title"),
        ("summary", (item.card.summary,), "summary"),
        ("byline", item.authors, "authors"),
        ("list of tags", item.tags, "tags"),
        ("picture", (picture.alt, picture.caption, picture.credit), "image"),
        ("text", (html,), ""),
    )
    if not illegal_characters("".join("".join(texts) for _, texts, _ in parts)):
        return
    for part, texts, key in parts:
        found = illegal_characters("".join(texts))
        if found:
            names = ", ".join(f"U+{ord(character):04X}" for character in found)
            message = f'the {part} of "{legal(item.title)}" holds what no feed can carry: {names}'
            hint = "Delete the character; feeds go out without it."
            yield warning(Place(item.path), message, hint, keys=(key,) if key else ())


def _rss(feed: Feed, frame: Frame, entries: list[_Entry]) -> bytes:
    """RSS 2.0 as the RSS Advisory Board has it, with what readers know of its modules."""
    xml, podcast = XmlWriter(), feed.podcast
    with xml.inside("rss", {**RSS, **NAMESPACES} if podcast else RSS), xml.inside("channel"):
        xml.element("title", podcast.title if podcast else feed.title)
        xml.element("link", frame.origin + feed.home_url)
        described = podcast.description if podcast else feed.description
        xml.element("description", described or feed.title)
        xml.element("language", feed.language)
        if entries:  # not what changed last: RSS cannot tell that of a story
            xml.element("pubDate", rfc822(max(entry.published for entry in entries)))
        href = frame.origin + feed.url
        xml.element("atom:link", "", {"rel": "self", "type": "application/rss+xml", "href": href})
        if podcast:
            write_show(xml, podcast, href, frame)
        for entry in entries:
            with xml.inside("item"):
                _rss_item(xml, entry)
                if podcast:
                    write_episode(xml, entry.recordings[0], entry.authors)
    return xml.document()


def _rss_item(xml: XmlWriter, entry: _Entry) -> None:
    xml.element("title", entry.title)
    xml.element("link", entry.url)
    xml.element("guid", entry.id, {"isPermaLink": "false"})
    xml.element("pubDate", rfc822(entry.published))
    for author in entry.authors:
        xml.element("dc:creator", author)
    if entry.language:
        xml.element("dc:language", entry.language)
    for tag in entry.tags:
        xml.element("category", tag)
    if entry.summary:
        # Readers take an item's description for HTML, and the summary is plain text.
        xml.element("description", escape(entry.summary, quote=False))
    if entry.html:
        xml.element("content:encoded", entry.html)
    # RSS knows one enclosure an item (RSS Advisory Board, "enclosure"); Media RSS knows more.
    for recording in entry.recordings[:1]:
        xml.element("enclosure", "", _enclosure("url", recording))
    _media(xml, entry.picture)
    for recording in entry.recordings[1:]:
        known = {"fileSize": recording.size, "duration": recording.seconds}
        medium, media_type = str(recording.medium), recording.media_type
        xml.element("media:content", "", _media_content(recording.url, medium, media_type, known))


def _enclosure(name: str, recording: Recording) -> dict[str, str]:
    """Where a recording is; a length that is not known is said to be 0."""
    length = str(recording.size)
    return {name: recording.url, "length": length, "type": recording.media_type}


def _media_content(
    url: str, medium: str, media_type: str, known: Mapping[str, int]
) -> dict[str, str]:
    """Attributes in the words of Media RSS 1.5.1; what is not known is left out."""
    told = {"url": url, "medium": medium, "type": media_type}
    told |= {name: str(number) for name, number in known.items() if number}
    return {name: value for name, value in told.items() if value}


def _atom(feed: Feed, frame: Frame, entries: list[_Entry]) -> bytes:
    """Atom (RFC 4287): the one format that tells a change from a publication."""
    xml = XmlWriter()
    attributes = {
        "xmlns": "http://www.w3.org/2005/Atom",
        "xmlns:media": MEDIA,
        "xml:lang": feed.language,
    }
    with xml.inside("feed", attributes):
        xml.element("id", feed.id)
        xml.element("title", feed.title)
        if feed.description:
            xml.element("subtitle", feed.description)
        xml.element("updated", rfc3339(feed.updated or NEVER))
        href = frame.origin + feed.url
        xml.element("link", "", {"rel": "self", "type": "application/atom+xml", "href": href})
        home = frame.origin + feed.home_url
        xml.element("link", "", {"rel": "alternate", "type": "text/html", "href": home})
        with xml.inside("author"):
            xml.element("name", frame.organization.name or frame.title)
            xml.element("uri", frame.origin + frame.home_url)
        if frame.organization.logo:
            xml.element("logo", absolute_url(frame.organization.logo.url, frame.origin))
        for entry in entries:
            with xml.inside("entry", {"xml:lang": entry.language} if entry.language else {}):
                _atom_entry(xml, entry)
    return xml.document()


def _atom_entry(xml: XmlWriter, entry: _Entry) -> None:
    xml.element("id", entry.id)
    xml.element("title", entry.title)
    xml.element("link", "", {"rel": "alternate", "type": "text/html", "href": entry.url})
    xml.element("published", rfc3339(entry.published))
    xml.element("updated", rfc3339(entry.modified))
    for author in entry.authors:
        with xml.inside("author"):
            xml.element("name", author)
    for tag in entry.tags:
        xml.element("category", "", {"term": tag})
    if entry.summary:
        xml.element("summary", entry.summary)
    if entry.html:
        xml.element("content", entry.html, {"type": "html"})
    for recording in entry.recordings:
        told = {"title": recording.title} if recording.title else {}
        enclosure = {"rel": "enclosure", **_enclosure("href", recording), **told}
        if not recording.size:
            del enclosure["length"]
        xml.element("link", "", enclosure)
    _media(xml, entry.picture)


def _media(xml: XmlWriter, picture: Picture | None) -> None:
    if picture is None:
        return
    is_known = picture.width and picture.height
    known = {"width": picture.width, "height": picture.height} if is_known else {}
    media_type = media_type_of(picture.url)
    with xml.inside("media:content", _media_content(picture.url, "image", media_type, known)):
        if description := picture.caption or picture.alt:
            xml.element("media:description", description, {"type": "plain"})
        if picture.credit:
            role = {"role": "photographer", "scheme": "urn:ebu"}
            xml.element("media:credit", picture.credit, role)


def _json(feed: Feed, frame: Frame, entries: list[_Entry]) -> bytes:
    """JSON Feed 1.1."""
    logo = frame.organization.logo
    document = {
        "version": JSON_FEED,
        "title": legal(feed.title),
        "home_page_url": frame.origin + feed.home_url,
        "feed_url": frame.origin + feed.url,
        "description": legal(feed.description),
        "icon": absolute_url(logo.url, frame.origin) if logo else "",
        "authors": [
            {
                "name": legal(frame.organization.name or frame.title),
                "url": frame.origin + frame.home_url,
            }
        ],
        "language": feed.language,
    }
    told = _told(document)
    told["items"] = [_json_item(entry) for entry in entries]
    return (json.dumps(told, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def _json_item(entry: _Entry) -> dict[str, object]:
    item: dict[str, object] = {
        "id": entry.id,
        "url": entry.url,
        "title": entry.title,
        "summary": entry.summary,
        "image": entry.picture.url if entry.picture else "",
        "date_published": rfc3339(entry.published),
        "date_modified": rfc3339(entry.modified),
        "authors": [{"name": author} for author in entry.authors],
        "tags": list(entry.tags),
        "language": entry.language,
        "attachments": [_attachment(recording) for recording in entry.recordings],
    }
    # An item must have one of the two, even if there is nothing to say.
    content = ("content_html", entry.html) if entry.html else ("content_text", entry.summary)
    return _told(item) | dict([content])


def _attachment(recording: Recording) -> dict[str, object]:
    return _told(
        {
            "url": recording.url,
            "mime_type": recording.media_type,
            "title": recording.title,
            "size_in_bytes": recording.size,
            "duration_in_seconds": recording.seconds,
        }
    )


def _told(values: Mapping[str, object]) -> dict[str, object]:
    """What there is something to say of."""
    return {name: value for name, value in values.items() if value}


WRITERS: Mapping[str, Callable[[Feed, Frame, list[_Entry]], bytes]] = MappingProxyType(
    {"rss": _rss, "podcast": _rss, "atom": _atom, "json": _json}
)
