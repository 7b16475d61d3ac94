"""Layouts made of texts, and a story to render with them."""

from collections.abc import Mapping
from datetime import UTC, datetime

from generator.model.body import Body, BodyFacts
from generator.model.cards import Link
from generator.model.frozen import FrozenMap
from generator.model.layouts import LayoutFile
from generator.model.outputs import Frame
from generator.model.pages import ArticlePage, Head
from generator.render.templates import Layouts

FRAME = Frame("The Gazette", "https://example.org", "/news", "/news/")
NOON = datetime(2024, 8, 15, 12, 0, tzinfo=UTC)
PAGE = ArticlePage(
    head=Head("Storm", "/news/storm/"),
    url="/news/storm/",
    id="1",
    title="Storm",
    date=NOON,
    modified=NOON,
    section=Link("Harbour", "/news/harbour/"),
    source=Body("content/articles/storm.md", "d", BodyFacts()),
    extra=FrozenMap((("rating", "5"),)),
)


def layouts(
    own: Mapping[str, str] | None = None, theme: Mapping[str, str] | None = None
) -> Layouts:
    """A site's own layouts, and those of its theme, by their names."""
    return Layouts(
        tuple(LayoutFile(name, f"layouts/{name}", text) for name, text in (own or {}).items()),
        tuple(LayoutFile(name, f"theme/{name}", text) for name, text in (theme or {}).items()),
    )
