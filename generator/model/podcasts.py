"""Podcasts: what a section's or tag's file says of its show, as podcast directories want it.

What they want is Apple's list, which all others read too: "A podcaster's guide to RSS"
(help.apple.com/itc/podcasts_connect) and its categories.
"""

from enum import StrEnum
from types import MappingProxyType

from generator.model.values import frozen

LEAST_ARTWORK, MOST_ARTWORK = 1400, 3000
"""Pixels of the sides of a show's picture."""
ENCLOSURES = MappingProxyType(
    {
        "audio/mpeg": "audio/mpeg",
        "audio/mp4": "audio/x-m4a",
        "audio/x-m4a": "audio/x-m4a",
        "video/mp4": "video/mp4",
        "video/x-m4v": "video/x-m4v",
        "video/quicktime": "video/quicktime",
    }
)
"""The media types that directories take, as they name them."""
ENCLOSURE_HINT = "Save it as an MP3, M4A or MP4."
_LISTED = """
Arts: Books, Design, Fashion & Beauty, Food, Performing Arts, Visual Arts
Business: Careers, Entrepreneurship, Investing, Management, Marketing, Non-Profit
Comedy: Comedy Interviews, Improv, Stand-Up
Education: Courses, How To, Language Learning, Self-Improvement
Fiction: Comedy Fiction, Drama, Science Fiction
Government
History
Health & Fitness: Alternative Health, Fitness, Medicine, Mental Health, Nutrition, Sexuality
Kids & Family: Education for Kids, Parenting, Pets & Animals, Stories for Kids
Leisure: Animation & Manga, Automotive, Aviation, Crafts, Games, Hobbies, Home & Garden, Video Games
Music: Music Commentary, Music History, Music Interviews
News: Business News, Daily News, Entertainment News, News Commentary, Politics, \
Sports News, Tech News
Religion & Spirituality: Buddhism, Christianity, Hinduism, Islam, Judaism, Religion, Spirituality
Science: Astronomy, Chemistry, Earth Sciences, Life Sciences, Mathematics, Natural Sciences, \
Nature, Physics, Social Sciences
Society & Culture: Documentary, Personal Journals, Philosophy, Places & Travel, Relationships
Sports: Baseball, Basketball, Cricket, Fantasy Sports, Football, Golf, Hockey, Rugby, Running, \
Soccer, Swimming, Tennis, Volleyball, Wilderness, Wrestling
Technology
True Crime
TV & Film: After Shows, Film History, Film Interviews, Film Reviews, TV Reviews
"""
_ROWS = [line.partition(": ") for line in _LISTED.strip().splitlines()]
PARENTS: MappingProxyType[str, str] = MappingProxyType(
    {name: "" for name, _, _ in _ROWS}
    | {inner: name for name, _, inside in _ROWS for inner in filter(None, inside.split(", "))}
)
"""Every category, with the one that it is part of; "" for those that are part of none."""


class ShowType(StrEnum):
    """In which order a show is heard: its newest episode first, or its oldest."""

    EPISODIC = "episodic"
    SERIAL = "serial"


@frozen
class Podcast:
    """A show; what is empty is taken from the section or tag, or from the site.

    `image` is a path from `static/` or a URL, and in a feed the URL. `categories` are names of
    PARENTS. `moved_to` is the address of the feed that takes its place. `items` is how many
    episodes the feed carries at most.
    """

    image: str
    categories: tuple[str, ...]
    title: str = ""
    description: str = ""
    author: str = ""
    owner: str = ""
    email: str = ""
    copyright: str = ""
    moved_to: str = ""
    type: ShowType = ShowType.EPISODIC
    explicit: bool = False
    complete: bool = False
    items: int = 300
