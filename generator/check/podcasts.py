"""Podcasts as directories take them: what Apple's "A podcaster's guide to RSS" requires."""

from collections.abc import Iterator

from generator.check.entries import missing
from generator.check.xml import Element
from generator.model.podcasts import ENCLOSURE_HINT, ENCLOSURES, PARENTS, ShowType
from generator.model.problems import Place, Problem, warning
from generator.model.recordings import EpisodeType

ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
WORDS = {
    "explicit": ("true", "false"),
    "type": tuple(map(str, ShowType)),
    "episodeType": tuple(map(str, EpisodeType)),
}


def podcast_problems(path: str, channel: Element, items: list[Element]) -> Iterator[Problem]:
    """Yield what a directory would refuse in a feed that is a podcast's."""
    yield from missing(path, channel, "language", f"{ITUNES}explicit")
    for name, attribute in (("image", "href"), ("category", "text")):
        found = channel.first(ITUNES + name)
        if found is None or not found.attributes.get(attribute):
            message = f"<channel> without <itunes:{name} {attribute}>"
            yield Problem(Place(path, channel.line), message, "Apple requires it.")
    for category in channel.all(f"{ITUNES}category"):
        yield from _category_problems(path, category, "")
    for element in (channel, *items):
        yield from _word_problems(path, element)
    for item in items:
        yield from _episode_problems(path, item)


def _category_problems(path: str, category: Element, parent: str) -> Iterator[Problem]:
    name = category.attributes.get("text", "")
    if PARENTS.get(name) != parent:
        yield Problem(Place(path, category.line), f'not one of Apple\'s categories: "{name}"')
    for inner in category.all(f"{ITUNES}category") if not parent else ():
        yield from _category_problems(path, inner, name)


def _word_problems(path: str, element: Element) -> Iterator[Problem]:
    for name, words in WORDS.items():
        for child in element.all(ITUNES + name):
            if child.text.strip() not in words:
                message = f'<itunes:{name}> is "{child.text.strip()}"'
                yield Problem(Place(path, child.line), message, f"Write {' or '.join(words)}.")


def _episode_problems(path: str, item: Element) -> Iterator[Problem]:
    enclosure = item.first("enclosure")
    if enclosure is None:
        hint = "An episode is a sound or a film."
        yield Problem(Place(path, item.line), "<item> without <enclosure>", hint)
        return
    place = Place(path, enclosure.line)
    kind, length = (enclosure.attributes.get(name, "") for name in ("type", "length"))
    if kind and kind not in ENCLOSURES.values():
        yield warning(place, f"podcast directories take no {kind}", ENCLOSURE_HINT)
    if length and not (length.isdecimal() and int(length)):
        message = f'the length of an episode is "{length}"'
        hint = "Write its size in bytes into the story, under audio: or video:, as size: 24986239."
        yield warning(place, message, hint)
    for name in ("episode", "season"):
        for child in item.all(ITUNES + name):
            if not (child.text.strip().isdecimal() and int(child.text)):
                message = f'<itunes:{name}> is "{child.text.strip()}"'
                yield Problem(Place(path, child.line), message, "Write a number from 1.")
