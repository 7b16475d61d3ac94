"""The demonstration site, which this repository is, and the pages of any published folder."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
"""The instant at which the demonstration site is built: after all its stories but one."""
SOURCES = ("content", "layouts", "static")

Pages = Mapping[str, Element]
"""The trees of pages, by path."""


def parse_page(file: Path) -> Element:
    """The tree of an HTML file; any error of HTML's own grammar is raised."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    tree: Element = parser.parse(file.read_text("utf-8"))
    return tree


def parse_pages(folder: Path) -> Pages:
    """The trees of a published folder's pages."""
    files = sorted(folder.rglob("*.html"))
    return {file.relative_to(folder).as_posix(): parse_page(file) for file in files}
