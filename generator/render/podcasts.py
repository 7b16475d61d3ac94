"""Podcasts: RSS 2.0 with the tags that directories ask for.

The tags are Apple's ("A podcaster's guide to RSS"), and of the Podcast namespace
(podcastindex.org/namespace/1.0) those that follow from what is known.
"""

from collections.abc import Iterator
from types import MappingProxyType
from uuid import UUID, uuid5

from generator.model.feeds import FeedItem
from generator.model.outputs import Frame
from generator.model.podcasts import ENCLOSURE_HINT, ENCLOSURES, PARENTS, Podcast
from generator.model.problems import Place, Problem, warning
from generator.model.recordings import Recording
from generator.model.values import replace
from generator.render.absolute import absolute_url
from generator.render.xml import XmlWriter

NAMESPACES = MappingProxyType(
    {
        "xmlns:itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
        "xmlns:podcast": "https://podcastindex.org/namespace/1.0",
    }
)
GUIDS = UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
"""In which a show's guid is made of its feed's address (Podcast namespace, "guid")."""
TRANSCRIPTS = MappingProxyType(
    {
        "vtt": "text/vtt",
        "srt": "application/x-subrip",
        "html": "text/html",
        "json": "application/json",
    }
)


def write_show(xml: XmlWriter, podcast: Podcast, url: str, frame: Frame) -> None:
    """What the channel says of the show beside what every RSS feed says."""
    xml.element("itunes:author", podcast.author)
    xml.element("itunes:image", "", {"href": absolute_url(podcast.image, frame.origin)})
    for name in podcast.categories:
        _write_category(xml, name)
    xml.element("itunes:explicit", _word(podcast.explicit))
    xml.element("itunes:type", podcast.type)
    if podcast.email:
        with xml.inside("itunes:owner"):
            xml.element("itunes:name", podcast.owner)
            xml.element("itunes:email", podcast.email)
    if podcast.copyright:
        xml.element("copyright", podcast.copyright)
    if podcast.complete:
        xml.element("itunes:complete", "Yes")
    if podcast.moved_to:
        xml.element("itunes:new-feed-url", podcast.moved_to)
    address = url.partition("://")[2].rstrip("/")
    xml.element("podcast:guid", str(uuid5(GUIDS, address)))
    xml.element("podcast:medium", "podcast")


def _write_category(xml: XmlWriter, name: str) -> None:
    parent = PARENTS[name]
    if not parent:
        xml.element("itunes:category", "", {"text": name})
        return
    with xml.inside("itunes:category", {"text": parent}):
        xml.element("itunes:category", "", {"text": name})


def write_episode(xml: XmlWriter, recording: Recording, authors: tuple[str, ...]) -> None:
    """What an item says of an episode beside what every item of RSS says."""
    if authors:
        xml.element("itunes:author", ", ".join(authors))
    if recording.seconds:
        xml.element("itunes:duration", str(recording.seconds))
    for name, number in (("season", recording.season), ("episode", recording.episode)):
        if number:
            xml.element(f"itunes:{name}", str(number))
    xml.element("itunes:episodeType", recording.episode_type)
    if recording.explicit is not None:
        xml.element("itunes:explicit", _word(recording.explicit))
    for url, kind, language in _transcripts(recording):
        more = {"language": language} if language else {}
        xml.element("podcast:transcript", "", {"url": url, "type": kind, **more})


def _transcripts(recording: Recording) -> list[tuple[str, str, str]]:
    found = [(one.url, "text/vtt", one.language) for one in recording.captions]
    if url := recording.transcript_url:
        kind = TRANSCRIPTS.get(url.rpartition(".")[2].lower(), "text/plain")
        found.append((url, kind, ""))
    return found


def episode_problems(item: FeedItem) -> Iterator[Problem]:
    """A warning of an episode that directories do not take."""
    recording = item.recordings[0]
    if recording.media_type not in ENCLOSURES:
        message = f"podcast directories take no {recording.media_type}"
        yield warning(Place(item.path), message, ENCLOSURE_HINT, keys=(recording.medium,))


def as_episode(recording: Recording) -> Recording:
    """A recording with its media type as directories name it."""
    known = ENCLOSURES.get(recording.media_type, recording.media_type)
    return replace(recording, media_type=known)


def _word(flag: bool) -> str:
    return "true" if flag else "false"
