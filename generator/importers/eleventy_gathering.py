"""The texts of an Eleventy project, and where each stood."""

import posixpath
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from generator.importers.eleventy_addresses import (
    address_of,
    best_pattern,
    filled,
    links_in,
)
from generator.importers.eleventy_config import EleventyConfig
from generator.importers.eleventy_data import ElevenData, typed
from generator.importers.eleventy_files import find_sources
from generator.importers.eleventy_items import (
    A_LISTING,
    MARKDOWN,
    PAGES,
    Item,
    is_false_text,
    read_item,
)
from generator.importers.eleventy_paging import PagePart, paging_of, parts_of
from generator.importers.eleventy_programs import PROGRAMS
from generator.importers.eleventy_templates import EleventyTemplates
from generator.importers.foreign import text_of
from generator.importers.javascript_data import FilledText
from generator.importers.javascript_functions import worked
from generator.importers.javascript_library import UnworkableError
from generator.importers.old_site import Remark, State, TextKind

UNREAD = (
    *(".11ty.ts", ".11ty.tsx", ".11ty.jsx", ".webc", ".hbs", ".ejs", ".pug", ".haml"),
    *(".mustache", ".vue", ".mdx"),
)
LARGEST = 5_000_000
COMPUTED = "eleventyComputed"


class Gathering:
    """The texts of one project: `items` in the order of their paths, each with its address.

    `pattern` is the one by which texts stood whose addresses a program worked out.
    """

    def __init__(
        self, folder: Path, config: EleventyConfig, data: ElevenData, templates: EleventyTemplates
    ) -> None:
        self._folder, self._config, self._data = folder, config, data
        self._templates = templates
        self._shared = typed(data.shared)
        self.remarks: list[Remark] = []
        self.items = list(self._found())
        self.pattern = self._settle_addresses()

    # --- What there is

    def _found(self) -> Iterator[Item]:
        """Every text, in the order of its path."""
        for file, path in sorted(find_sources(self._folder, self._config)):
            if path.endswith(UNREAD):
                self._remark("a text that is a program was left out", path, is_loss=True)
            elif path.endswith((*MARKDOWN, *PAGES, *PROGRAMS)) and file.stat().st_size <= LARGEST:
                try:
                    item = read_item(file, path, self._data)
                except OSError:
                    self._remark("a file that cannot be read was left out", path, is_loss=True)
                    continue
                if item.text.fault:
                    self._remark(f"front matter at fault: {item.text.fault}", path)
                yield from self._pages(item)

    def _pages(self, item: Item) -> Iterator[Item]:
        """A text, or each of the pages that it makes of data."""
        paging = paging_of(item.data)
        if paging is None or paging.is_of_texts or item.reason not in ("", A_LISTING):
            yield self._computed(item)
            return
        pages = [self._page(item, part) for part in parts_of(paging, self.values(item))]
        if not pages:
            kind = f'pages of "{paging.data}" were left out: no file of data has it'
            self._remark(kind, item.path, is_loss=True)
        yield from pages or [item]

    def _page(self, item: Item, part: PagePart) -> Item:
        return self._computed(Item(item.file, item.path, item.text, item.below, part))

    def _computed(self, item: Item) -> Item:
        """A text with the data that its templates work out, but for its permalink."""
        computed = item.data.get(COMPUTED)
        for name, value in computed.items() if isinstance(computed, Mapping) else ():
            made = None if name == "permalink" else self._made(value, item)
            if made is not None:
                item.data[name] = made
        return item

    def _made(self, value: object, item: Item) -> object:
        """What a template or a function among the data comes to; None where nobody can tell."""
        if isinstance(value, FilledText):
            try:
                return worked(value, [self.values(item)], self._templates.helpers)
            except UnworkableError:
                return None
        if isinstance(value, str):
            return self._templates.value(value, self.engine(item), self.values(item))
        return None

    # --- Addresses

    def _settle_addresses(self) -> str:
        """Give each text its address: by its permalink, by the project's links, or by its path."""
        waiting = [item for item in self.items if not self._by_permalink(item)]
        dated = [item for item in waiting if item.kind is TextKind.ARTICLE]
        links = frozenset(link for item in self.items for link in links_in(item.text.body))
        standings = [item.standing() for item in dated]
        pattern = best_pattern(self._config.patterns, standings, links) if dated else ""
        if pattern:
            hint = (
                f"Their addresses follow {pattern}, by the configuration and the texts' own links."
            )
            self._remark("addresses that a program worked out were found", pattern, hint)
        for item in waiting:
            standing = item.standing()
            made = filled(pattern, standing) if pattern and item in dated else ""
            item.address = made or standing.usual
        return pattern

    def _by_permalink(self, item: Item) -> bool:
        """Whether a permalink tells a text's address."""
        if item.state is not State.LEFT_OUT:
            item.address = self._told(item)
        return bool(item.address)

    def _told(self, item: Item) -> str:
        """Where a permalink puts a text; "" where none does."""
        permalink = self._permalink(item)
        if not isinstance(permalink, str) or not permalink.strip() or is_false_text(permalink):
            return ""
        found = self._templates.value(permalink, self.engine(item), self.values(item))
        if not found or "{" in found or "//" in found.strip().lstrip("/"):
            self._remark("a permalink that cannot be worked out", f"{item.path}: {permalink}")
            return ""
        return address_of(found)

    def _permalink(self, item: Item) -> object:
        """A permalink, worked out where it is a function; False where there is to be no page."""
        permalink = item.permalink
        if not isinstance(permalink, FilledText):
            return permalink
        try:
            made = worked(permalink, [self.values(item)], self._templates.helpers)
            made = made(self.values(item)) if callable(made) else made
        except UnworkableError:
            return _as_template(permalink)
        if made is False and item.state is State.PUBLIC:
            item.state, item.reason = State.DRAFT, "permalink: false"
        return made

    def address_of_part(self, item: Item, part: PagePart) -> str:
        """Where one of the pages of a listing stood."""
        page = Item(item.file, item.path, item.text, item.below, part)
        return self._told(page) or page.standing().usual

    # --- What templates are given

    def engine(self, item: Item) -> str:
        """What a text's templates are worked out by."""
        override = text_of(item.data.get("templateEngineOverride"))
        if override:
            return override.partition(",")[0].strip()
        by_name = {".njk": "njk", ".liquid": "liquid"}
        return by_name.get(item.file.suffix, self._config.markdown_engine)

    def values(self, item: Item) -> dict[str, Any]:
        """All that a text's templates are given."""
        folder, name = posixpath.split(item.stem)
        page = {
            "date": item.date or datetime.fromtimestamp(item.file.stat().st_mtime, UTC),
            "fileSlug": item.slug,
            "filePathStem": f"/{posixpath.join(folder, name if name == 'index' else item.slug)}",
            "outputFileExtension": "html",
            "inputPath": f"./{item.file.relative_to(self._folder).as_posix()}",
            "url": item.address,
        }
        return {**self._shared, **typed(item.data), **item.given, "page": page}

    def _remark(self, kind: str, place: str, hint: str = "", *, is_loss: bool = False) -> None:
        self.remarks.append(Remark(kind, place, hint, is_loss))


def _as_template(function: FilledText) -> str:
    """A function's text as a template: `${data.page.fileSlug}` is `{{ page.fileSlug }}`."""
    parameter = function.parameters[0][0] if function.parameters else "data"

    def value(match: re.Match[str]) -> str:
        name = match[1].strip()
        plain = re.fullmatch(r"(?:this\.)?(?:slugify|slug)\(\s*([\w.]+)\s*\)", name)
        inner = (plain[1] if plain else name).removeprefix(f"{parameter}.")
        return f"{{{{ {inner}{' | slugify' if plain else ''} }}}}"

    return re.sub(r"\$\{([^{}]*)\}", value, function.text)
