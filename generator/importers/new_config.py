"""The configuration of a site that is made from an old one: only what Broadsheet would refuse not.

The pattern of addresses is chosen by trying: of those that may be, the one by which most of the
old stories keep their address without a line of their own.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from generator.importers.old_site import OldSettings
from generator.model.article import Article
from generator.model.config import Config
from generator.model.frozen import FrozenMap
from generator.model.values import frozen
from generator.read.articles import read_article
from generator.read.config import parse_config
from generator.read.front_matter import dump_front_matter
from generator.read.plain_yaml import Setting
from generator.read.settings_writer import write_settings
from generator.read.slugs import slugify

USUAL = (
    "/:section/:year/:month/:slug/",
    "/:year/:month/:day/:slug/",
    "/:year/:month/:slug/",
    "/:year/:slug/",
    "/:section/:slug/",
    "/:slug/",
    "/:year/:month/:day/:slug.html",
    "/:year/:month/:slug.html",
    "/:section/:slug.html",
    "/:slug.html",
)
"""Patterns that are tried besides those that the old site names."""
OUR_OWN = {"dead": "warn"}
"""How dead links of an archive are told: each is a warning, since nobody will mend them today."""


@frozen
class Sample:
    """A story by which patterns are tried: its path here, its settings, the address it had."""

    path: str
    head: FrozenMap
    address: str


def thawed(value: object) -> Setting:
    """A frozen value as it is written."""
    if isinstance(value, FrozenMap):
        return {key: thawed(inner) for key, inner in value.items()}
    if isinstance(value, tuple | list):
        return [thawed(inner) for inner in value]
    if value is None or isinstance(value, str | bool | int | float | date):
        return value
    return str(value)


def new_config_text(settings: OldSettings, samples: Sequence[Sample], today: date) -> str:
    """The text of a `config.yaml` for an old site, in which nothing is at fault."""
    values = _sound(_settings(settings, today))
    if pattern := best_pattern(settings.address_patterns, samples, values):
        values["permalink"] = pattern
    return write_settings(values)


def _settings(settings: OldSettings, today: date) -> dict[str, Setting]:
    found: dict[str, Setting] = {
        "title": settings.title or "Untitled",
        "base_url": settings.base_url,
        "description": settings.description,
        "language": settings.language,
        "timezone": settings.timezone,
        "sections": [*settings.sections],
        "navigation": [{"title": title, "url": url} for title, url in settings.navigation],
        "links": {**OUR_OWN, "before": today.isoformat()},
        **{key: thawed(value) for key, value in settings.options.items()},
    }
    return {key: value for key, value in found.items() if value not in ("", [], None)}


def _sound(values: Mapping[str, Setting]) -> dict[str, Setting]:
    """The options that are known and fit, each tried alone."""
    title = {"title": "Untitled"}
    return {
        key: value
        for key, value in values.items()
        if not parse_config(write_settings({**title, key: value}))[1]
    }


def best_pattern(
    patterns: Sequence[str], samples: Sequence[Sample], values: Mapping[str, Setting]
) -> str:
    """The pattern by which most samples have the address that they had; "" where none has any."""
    hits: Counter[str] = Counter()
    written = [(sample, written_head(sample.head)) for sample in samples]
    for pattern in dict.fromkeys((*patterns, *USUAL)):
        config, problems = parse_config(write_settings({**values, "permalink": pattern}))
        if not problems:
            hits[pattern] = sum(
                address_here(sample.path, head, config) == sample.address
                for sample, head in written
            )
    best = max(hits.values(), default=0)
    return next((pattern for pattern, count in hits.items() if count == best > 0), "")


def written_head(head: FrozenMap) -> bytes:
    """A story's settings as its file begins with them."""
    text = dump_front_matter({key: thawed(value) for key, value in head.items()})
    return text.encode("utf-8", "replace")


def address_here(path: str, head: bytes, config: Config) -> str:
    """The address that a story has here; "" where Broadsheet refuses it."""
    article, _ = read_article(path, head, config, section_slugs(config))
    return article.address if isinstance(article, Article) else ""


def section_slugs(config: Config) -> frozenset[str]:
    """The slugs of the sections that the configuration names."""
    return frozenset(slugify(name, config.language) for name in config.sections.names)
