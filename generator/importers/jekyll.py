"""Importing a Jekyll project: its texts, files, addresses and settings, by Jekyll's own rules."""

import csv
import io
import posixpath
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from generator.importers.converted_links import readdressed
from generator.importers.emoji_names import with_emoji
from generator.importers.foreign import read_data, split_foreign, text_of, texts_of
from generator.importers.foreign_links import with_signs_shown
from generator.importers.html_blocks import HtmlConverter
from generator.importers.jekyll_addresses import place_of_file
from generator.importers.jekyll_content import (
    CONFIGS,
    MARKDOWN,
    MARKUP,
    POSTS,
    JekyllText,
    NoJekyllError,
    read_config,
    walk_project,
)
from generator.importers.jekyll_filters import jekyll_filters
from generator.importers.jekyll_heads import JekyllHeads
from generator.importers.jekyll_lists import JekyllLists
from generator.importers.jekyll_tags import TAGS, words_of
from generator.importers.kramdown import without_kramdown
from generator.importers.leftovers import without_leftovers
from generator.importers.liquid_text import LiquidTexts, TagCall
from generator.importers.old_site import (
    ImportAsked,
    OldFile,
    OldSettings,
    OldText,
    Remark,
    State,
    TextKind,
)
from generator.importers.shown import Shown
from generator.importers.unknown_tags import remains

LISTING = re.compile(r"\{%-?\s*for\s+\w+\s+in\s+(?:paginator|site)\.|\{\{-?\s*paginator\b")
SCHEME = re.compile(r"[a-zA-Z][\w+.-]*:|#|\?")
LARGEST = 5_000_000
TABLES = {".csv": ",", ".tsv": "\t"}
DATA = (".yml", ".yaml", ".json", *TABLES)


def recognises(path: Path) -> bool:
    """Whether a folder is a Jekyll project."""
    has_config = any((path / name).is_file() for name in CONFIGS)
    return path.is_dir() and (has_config or (path / POSTS).is_dir())


def open_site(paths: Sequence[Path], asked: ImportAsked) -> "JekyllSite":  # noqa: ARG001 - all alike
    """Open a project's folder. Raises NoJekyllError where it is none."""
    if len(paths) != 1 or not paths[0].is_dir():
        hint = "Name the folder that holds _config.yml."
        raise NoJekyllError("a Jekyll project is one folder", hint)
    return JekyllSite(paths[0])


class JekyllSite:
    """A Jekyll project, open for reading."""

    def __init__(self, project: Path) -> None:
        self._project = project
        self._config, fault = read_config(project)
        self._top = project / self._config.source if self._config.source else project
        self._remarks: list[Remark] = []
        if fault:
            self._remarks.append(Remark("the configuration is broken", fault))
        self._texts: list[JekyllText] = []
        self._files: list[Path] = []
        for found in walk_project(project, self._config):
            if isinstance(found, JekyllText):
                self._texts.append(found)
            else:
                self._files.append(found)
        self._heads = JekyllHeads(self._config, self._top)
        self._addresses = {text.path: self._heads.address(text) for text in self._texts}
        self._by_name = {
            posixpath.splitext(path)[0].partition(f"{POSTS}/")[2]: address
            for path, address in self._addresses.items()
            if f"{POSTS}/" in f"/{path}"
        }
        self._known = {address.rstrip("/") for address in self._addresses.values()}
        self._lists = JekyllLists(self._config, self._heads)
        self._shown = Shown()
        self._converter = HtmlConverter()
        self._site = self._site_values()
        self._at: JekyllText | None = None
        self._liquid = LiquidTexts(
            {"post_url": self._post_url, "link": self._link, **TAGS},
            self._unknown,
            self._include,
            jekyll_filters(self._shown),
        )

    def texts(self) -> Iterator[OldText]:
        """Every text, in the order of its folders."""
        for text in self._texts:
            if text.fault:
                hint = "Look at its settings here, and put them right in the old site."
                kind = "a text with a fault"
                self._remarks.append(Remark(kind, f"{text.path}: {text.fault}", hint))
            if text.kind == "posts" and not text.name_date and text.text("date"):
                hint = "Jekyll left it out. Make it a draft if nobody is to see it."
                kind = "taken for a post because its settings have a date: its name has no date"
                self._remarks.append(Remark(kind, text.path, hint))
            yield self._converted(text)

    def _converted(self, text: JekyllText) -> OldText:
        head, address = self._heads.of(text), self._addresses[text.path]
        body = self._read(text)
        state, reason = head.state, head.reason
        if state is State.PUBLIC and head.kind is TextKind.PAGE:
            if address == "/":
                state, reason = State.LEFT_OUT, "the front page, which is made anew"
            elif address.endswith("/404.html") or LISTING.search(body):
                state, reason = State.LEFT_OUT, "a page that lists stories, which is made anew"
        if state is State.LEFT_OUT:
            target = next(iter(texts_of(text.values.get("redirect_to"))), "")
            self._lists.lost_page(address, target, is_list="lists" in reason)
            return OldText(text.path, head.kind, head.name, head.values, "", state, reason)
        if head.kind is TextKind.ARTICLE and state is State.PUBLIC:
            self._lists.learn(text)
        addresses = tuple(dict.fromkeys((address, *self._heads.also(text, address))))
        return OldText(
            source=text.path,
            kind=head.kind,
            name=head.name,
            head=head.values,
            body=self._body(text, body, address),
            state=state,
            reason=reason,
            addresses=addresses if head.kind is not TextKind.AUTHOR else (),
        )

    def _read(self, text: JekyllText) -> str:
        try:
            found = split_foreign(text.file.read_bytes())
        except OSError:
            return ""
        return found.body

    def _body(self, text: JekyllText, body: str, address: str) -> str:
        """A text's body in our Markdown."""
        self._at = text
        body, is_whole = self._liquid.worked_out(body, self._values(text, address))
        if not is_whole:
            kind = "Liquid that cannot be worked out was left out"
            self._remarks.append(Remark(kind, text.path, "Write in this text what it showed."))
        suffix = text.file.suffix.lower()
        separator = text.text("excerpt_separator") or text_of(
            self._config.values.get("excerpt_separator")
        )
        if separator.startswith("<!--"):
            body = body.replace(separator, "")
        if suffix in MARKUP:
            body = self._converter.convert(body).markdown
        elif suffix in MARKDOWN:
            is_common = (
                text_of(self._config.values.get("markdown")).lower().startswith("commonmark")
            )
            body = body if is_common else without_kramdown(body)
            body = without_leftovers(body, text.path, self._remarks)
        else:
            kind = f"texts in {suffix} are kept as they are"
            self._remarks.append(Remark(kind, text.path, "Turn them into Markdown by hand."))
        if self._config.names_emoji:
            body = with_emoji(body)
        body = readdressed(body, lambda target, _: self._target(target, address))
        return with_signs_shown(body)

    def _target(self, target: str, address: str) -> str:
        """Where a link or picture in a text led: an address of the site, or as it is."""
        origin = self._config.url.partition("//")[2]
        for start in (f"{self._config.url}/", f"//{origin}/", f"http://{origin}/"):
            if origin and target.startswith(start):
                inside = "/" + target.removeprefix(start)
                inside = self._without_base(inside)
                return inside if self._is_here(inside) else target
        if not target or SCHEME.match(target) or target.startswith("//"):
            return target
        if target.startswith("/"):
            return self._without_base(target)
        path, mark, fragment = target.partition("#")
        joined = posixpath.normpath(posixpath.join(posixpath.dirname(address), path))
        return joined + ("/" if path.endswith("/") else "") + mark + fragment

    def _without_base(self, path: str) -> str:
        base = self._config.base
        return path.removeprefix(base) if base and path.startswith(f"{base}/") else path

    def _is_here(self, address: str) -> bool:
        """Whether a page or a file of the project answered at an address."""
        path = unquote(address.partition("#")[0].partition("?")[0])
        return path.rstrip("/") in self._known or (self._top / path.lstrip("/")).is_file()

    def _values(self, text: JekyllText, address: str) -> dict[str, object]:
        page = {**text.values, "url": address, "path": text.path, "title": text.text("title")}
        page["date"] = text.text("date") or text.name_date
        page["categories"] = list(self._heads.categories(text))
        return {
            "page": page,
            "site": self._site,
            "layout": {},
            "jekyll": {"environment": "production"},
        }

    def _site_values(self) -> dict[str, Any]:
        """What texts may ask of the site; without its base path, which links get here."""
        values: dict[str, Any] = dict(self._config.values)
        values |= {"baseurl": "", "data": self._data(), "time": "", "posts": [], "pages": []}
        return values

    def _data(self) -> dict[str, Any]:
        """The project's data files, by their places."""
        top = self._top / (text_of(self._config.values.get("data_dir")) or "_data")
        found: dict[str, Any] = {}
        for file in sorted(top.rglob("*")) if top.is_dir() else ():
            if file.suffix not in DATA or not file.is_file():
                continue
            if file.is_symlink() or file.stat().st_size > LARGEST:
                continue
            here = found
            for part in file.relative_to(top).parts[:-1]:
                inner = here.setdefault(part, {})
                here = inner if isinstance(inner, dict) else {}
            here[file.stem] = _data_in(file)
        return found

    def _include(self, name: str, is_relative: bool) -> str | None:
        """The source of an include; None where the project has none of that name."""
        folder = self._at.file.parent if self._at and is_relative else self._top / "_includes"
        folder = folder.resolve()
        file = (folder / name).resolve()
        if not file.is_relative_to(folder) or not file.is_file() or file.stat().st_size > LARGEST:
            where = self._at.path if self._at else ""
            kind = f'include "{name}" is not in the project'
            self._remarks.append(Remark(kind, where, "What its arguments say was kept."))
            return None
        return split_foreign(file.read_bytes()).body

    def _post_url(self, call: TagCall) -> str:
        name = call.markup.strip().strip("\"'").lstrip("/")
        found = self._by_name.get(name) or next(
            (it for key, it in self._by_name.items() if key.endswith(f"/{name}")), ""
        )
        return found or self._dead(name)

    def _link(self, call: TagCall) -> str:
        name = call.markup.strip().strip("\"'").lstrip("/")
        is_file = (self._top / name).is_file() and name not in self._addresses
        return self._addresses.get(name) or (f"/{name}" if is_file else self._dead(name))

    def _dead(self, name: str) -> str:
        kind = "a reference to a text that is not in the project"
        hint = "The link leads nowhere: look at one of these."
        place = f"{self._at.path if self._at else ''}: {name}"
        self._remarks.append(Remark(kind, place, hint))
        return f"/{name}"

    def _unknown(self, call: TagCall) -> str:
        hint = "What its arguments say was kept; look at one of these texts."
        kind = f'tag "{call.name}" is of a plug-in that is not known here'
        self._remarks.append(Remark(kind, self._at.path if self._at else "", hint))
        named = tuple((key, str(value)) for key, value in call.values.items() if value is not None)
        return remains(
            words_of(call.markup),
            named,
            call.inner,
            lambda target: target if "://" in target else "",
        )

    def settings(self) -> OldSettings:
        """What the configuration says, and the addresses of lists."""
        return self._lists.settings()

    def files(self) -> Iterator[OldFile]:
        """Files without settings at their head are published as they are."""
        collections = self._config.collections()
        for file in self._files:
            path = place_of_file(file.relative_to(self._top).as_posix(), collections)
            if path:
                yield OldFile(f"static/{path}", file)

    def remarks(self) -> Iterator[Remark]:
        """What people ought to know."""
        yield from self._remarks


def _data_in(file: Path) -> Any:  # noqa: ANN401 - whatever there is
    """What a data file holds; of a table a mapping for each row."""
    if file.suffix not in TABLES:
        return read_data(file.read_bytes(), file.suffix)[0]
    lines = io.StringIO(file.read_text("utf-8-sig", "replace"), newline="")
    return [dict(row) for row in csv.DictReader(lines, delimiter=TABLES[file.suffix], restval="")]
