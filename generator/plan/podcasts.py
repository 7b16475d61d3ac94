"""Podcasts: a section's or tag's show, as its feed tells of it."""

from collections.abc import Iterator
from typing import Protocol

from generator.model.addresses import ABSOLUTE, web_url
from generator.model.article import SourceFile
from generator.model.config import Config
from generator.model.podcasts import LEAST_ARTWORK, MOST_ARTWORK, Podcast
from generator.model.problems import Place, Problem
from generator.model.values import replace
from generator.plan.near_files import NearFiles
from generator.plan.own_files import Files, static_address, static_file

SIZES = f"{LEAST_ARTWORK:,} to {MOST_ARTWORK:,}"
HINT = f"Apple and others take a square JPEG or PNG of {SIZES} pixels."


class Show(Protocol):
    """What has a podcast: a section or a tag, and the file that tells of it."""

    @property
    def podcast(self) -> Podcast | None:
        """The show."""
        ...

    @property
    def title(self) -> str:
        """What the section or tag is called."""
        ...

    @property
    def description(self) -> str:
        """What it is about."""
        ...

    @property
    def source(self) -> str:
        """Its file."""
        ...


def show_of(show: Show, files: Files, config: Config) -> Podcast | None:
    """The show with all that a directory asks for, its picture's URL too."""
    podcast = show.podcast
    if podcast is None:
        return None
    publisher = config.organization.name or config.title
    file = _artwork(podcast, files)
    url = config.base.url(static_address(file)) if file else web_url(podcast.image)
    return replace(
        podcast,
        image=url,
        title=podcast.title or show.title,
        description=podcast.description or show.description,
        author=podcast.author or publisher,
        owner=podcast.owner or publisher,
        email=podcast.email or config.organization.email,
    )


def show_faults(show: Show, files: Files) -> Iterator[Problem]:
    """What is wrong with a show's picture."""
    podcast = show.podcast
    if podcast is None or ABSOLUTE.match(podcast.image):
        return
    file, place, keys = _artwork(podcast, files), Place(show.source), ("podcast", "image")
    if file is None:
        hint = NearFiles(files).hint(podcast.image, show.source) or "Put it under static/."
        yield Problem(place, f'no such picture: "{podcast.image}"', hint, keys=keys)
    elif fault := _artwork_fault(file):
        yield Problem(place, f'"{podcast.image}" {fault}', HINT, keys=keys)


def _artwork(podcast: Podcast, files: Files) -> SourceFile | None:
    return None if ABSOLUTE.match(podcast.image) else static_file(podcast.image, files)


def _artwork_fault(file: SourceFile) -> str:
    if file.raster is None or file.raster.format not in ("JPEG", "PNG"):
        return "is no JPEG and no PNG"
    if file.width != file.height:
        return f"is not square: {file.width:,} by {file.height:,} pixels"
    if not LEAST_ARTWORK <= file.width <= MOST_ARTWORK:
        return f"is {file.width:,} pixels wide"
    return ""
