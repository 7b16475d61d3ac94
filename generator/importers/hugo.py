"""Importing a Hugo project: its texts, files, addresses and settings, by Hugo's own rules."""

import os
import posixpath
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

from generator.importers.converted_links import readdressed
from generator.importers.emoji_names import with_emoji
from generator.importers.foreign_links import with_signs_shown
from generator.importers.hugo_config import (
    HugoLanguage,
    NoHugoError,
    config_files,
    read_hugo_config,
)
from generator.importers.hugo_content import (
    LIST,
    MARKDOWN,
    MARKUP,
    ORG,
    Cascades,
    HugoFile,
    HugoText,
    Spoken,
    address_of,
    split_text,
    walk_content,
    with_sections,
)
from generator.importers.hugo_heads import Heads
from generator.importers.hugo_shortcodes import Shortcodes
from generator.importers.hugo_values import Around
from generator.importers.leftovers import without_leftovers
from generator.importers.old_site import (
    ImportAsked,
    OldFile,
    OldSettings,
    OldText,
    Remark,
    State,
)
from generator.importers.shortcodes import replaced
from generator.importers.shown import Shown

MORE = re.compile(r"^[ \t]*<!--\s*more\s*-->[ \t]*\n?", re.MULTILINE | re.IGNORECASE)


def recognises(path: Path) -> bool:
    """Whether a folder is a Hugo project."""
    if not path.is_dir():
        return False
    files = [file for _, file in config_files(path)]
    if any(file.stem == "hugo" for file in files):
        return True
    return (path / "content").is_dir() and bool(files or (path / "archetypes").is_dir())


def open_site(paths: Sequence[Path], asked: ImportAsked) -> "HugoSite":
    """Open a project's folder. Raises NoHugoError where it is none."""
    if len(paths) != 1 or not paths[0].is_dir():
        raise NoHugoError("a Hugo project is one folder", "Name the folder that holds its config.")
    return HugoSite(paths[0], asked)


class HugoSite:
    """A Hugo project, open for reading."""

    def __init__(self, project: Path, asked: ImportAsked) -> None:
        self._project = project
        self._now = asked.now or datetime.now(UTC)
        self._config, faults = read_hugo_config(project)
        self._remarks = [Remark("a file of the configuration is broken", it) for it in faults]
        self._shortcodes = Shortcodes(project, self._config)
        self._shown = Shown()
        self._texts: list[HugoText] = []
        self._bundled: dict[str, list[HugoFile]] = {}
        self._loose: list[HugoFile] = []
        self._read_content()
        self._addresses = {id(text): address_of(text, self._config) for text in self._texts}
        self._index = _Index(self._texts, self._addresses)
        self._heads = Heads(self._config, self._project, self._texts, self._now)
        self._missing: Counter[str] = Counter()

    def _read_content(self) -> None:
        languages = self._config.languages()
        codes: dict[str, HugoLanguage | None] = dict.fromkeys(self._config.languages_off())
        codes |= {language.code: language for language in languages}
        folders: dict[str, HugoLanguage] = {}
        for language in languages:
            folders.setdefault(language.folder, language)
        cascades = Cascades(self._config.values.get("cascade"))
        ignored = self._config.ignores()
        below = dict.fromkeys(folders, "")
        for mount, language in self._config.further_content():
            folders.setdefault(mount.source, language)
            below.setdefault(mount.source, mount.below)
        spoken = Spoken(codes, folders)
        for folder, place in below.items():
            for found in walk_content(self._project, folder, spoken, ignored, place):
                if isinstance(found, HugoText):
                    cascades.add(found)
                    self._texts.append(found)
                elif found.owner:
                    self._bundled.setdefault(f"{found.language.code}:{found.owner}", []).append(
                        found
                    )
                else:
                    self._loose.append(found)
        self._texts = with_sections([cascades.inherited(text) for text in self._texts])

    def texts(self) -> Iterator[OldText]:
        """Every text, in the order of its folders."""
        for text in self._texts:
            if text.fault:
                hint = "Look at its settings here, and put them right in the old site."
                self._remarks.append(
                    Remark("a text with a fault", f"{text.path}: {text.fault}", hint)
                )
            yield self._converted(text)

    def _converted(self, text: HugoText) -> OldText:
        address = self._addresses[id(text)]
        head = self._heads.of(text, address)
        source = text.file.relative_to(self._project).as_posix()
        if head.state is State.LEFT_OUT:
            addresses = (address,) if head.had_address else ()
            return OldText(
                source, head.kind, text.path, head.values, "", head.state, head.reason, addresses
            )
        files = self._files_of(text)
        body = self._body(text, address)
        folder = posixpath.dirname(f"content/{head.kind}/{head.name}")
        own = tuple(
            OldFile(
                f"{folder}/{posixpath.relpath(one.path, posixpath.dirname(text.path) or '.')}",
                one.file,
            )
            for one in files
        )
        return OldText(
            source=source,
            kind=head.kind,
            name=head.name,
            head=head.values,
            body=body,
            state=head.state,
            reason=head.reason,
            addresses=(address, *head.aliases),
            files=own,
        )

    def _body(self, text: HugoText, address: str) -> str:
        try:
            body = split_text(text.file).body
        except OSError:
            return ""
        if text.suffix not in (*MARKDOWN, *MARKUP, ORG):
            kind = f"texts in {text.suffix} are kept as they are"
            self._remarks.append(Remark(kind, text.path, "Turn them into Markdown by hand."))
        folder = posixpath.dirname(text.path) or "."
        around = Around(
            text,
            address,
            refer=lambda target: self._refer(target, text),
            find=lambda target: self._find(target, text),
            render=self._shown.html,
            files=tuple(posixpath.relpath(one.path, folder) for one in self._files_of(text)),
            page_of=lambda target: self._index.page(target, text),
        )
        body = replaced(MORE.sub("", body), lambda code: self._shortcodes.made(code, around))
        if text.suffix in MARKDOWN:
            body = without_leftovers(body, text.path, self._remarks)
        if self._config.names_emoji:
            body = with_emoji(body)
        body = readdressed(body, lambda target, _: self._target(target, text, address))
        return with_signs_shown(body, is_html=text.suffix in MARKUP)

    def _files_of(self, text: HugoText) -> Sequence[HugoFile]:
        """The files of a text's bundle."""
        return self._bundled.get(f"{text.language.code}:{text.path}", [])

    def _refer(self, target: str, text: HugoText) -> str:
        """The address of a page that `ref` names; Hugo's own answer where there is none."""
        path, mark, fragment = target.partition("#")
        found = self._index.find(path, text) if path else self._addresses[id(text)]
        if found:
            return found + mark + fragment
        elsewhere = str(self._config.values.get("reflinksnotfoundurl") or "")
        kind = "a reference to a page that is not in the project"
        hint = "Its address was guessed from its name: look at one of these links."
        self._remarks.append(Remark(kind, f"{text.path}: {target}", hint))
        guessed = "/" + path.strip("/").removesuffix(".md").removesuffix("/index") + "/"
        return elsewhere or guessed + mark + fragment

    def _find(self, target: str, text: HugoText) -> str:
        """The address of a file that a shortcode names; "" where there is none."""
        if urlsplit(target).scheme in ("http", "https"):
            return target
        path = unquote(target.partition("?")[0].partition("#")[0])
        beside = text.file.parent / path
        if not path.startswith("/") and text.is_bundle and beside.is_file():
            return target
        if self._heads.is_file(path):
            return "/" + path.lstrip("/")
        return self._index.find(path, text) if path.endswith((".md", "/")) else ""

    def _target(self, target: str, text: HugoText, address: str) -> str:
        """Where a link or picture in a text led, as an address of the site or as it is."""
        if (
            not target
            or target.startswith(("/", "#", "?"))
            or re.match(r"[a-zA-Z][\w+.-]*:", target)
        ):
            return target
        path, mark, fragment = target.partition("#")
        plain = unquote(path)
        if text.is_bundle and (text.file.parent / plain).is_file():
            return target
        if plain.endswith(MARKDOWN):
            found = self._index.find(plain, text)
            return found + mark + fragment if found else target
        return (
            posixpath.normpath(posixpath.join(address, path))
            + ("/" if path.endswith("/") else "")
            + mark
            + fragment
        )

    def settings(self) -> OldSettings:
        """What the configuration says, and the addresses of lists."""
        return self._heads.settings()

    def files(self) -> Iterator[OldFile]:
        """What lies in `static/`, and files beside texts that belong to none."""
        for mount in self._config.static_mounts():
            top = self._project / mount.source
            for root, folders, names in os.walk(top):
                folders.sort()
                for name in sorted(names):
                    file = Path(root, name)
                    path = posixpath.join(mount.below, file.relative_to(top).as_posix())
                    yield OldFile(f"static/{path}", file)
        for path, file in self._shortcodes.values.assets.items():
            yield OldFile(f"static/{path}", file)
        for loose in self._loose:
            path = posixpath.join(loose.language.prefix.strip("/"), loose.path)
            yield OldFile(f"static/{path}", loose.file)

    def remarks(self) -> Iterator[Remark]:
        """What people ought to know."""
        yield from self._remarks
        yield from self._shortcodes.remarks
        yield from self._heads.remarks


class _Index:
    """Finds a page by what a reference calls it: a path, from the top or from here, or a name.

    A page in the language of the text that refers to it goes before those in others.
    """

    def __init__(self, texts: Sequence[HugoText], addresses: dict[int, str]) -> None:
        self._by_path: dict[str, tuple[HugoText, str]] = {}
        self._by_name: dict[str, tuple[HugoText, str]] = {}
        for text in texts:
            found = text, addresses[id(text)]
            path = _plain(text.path)
            for code in ("", text.language.code):
                self._by_path.setdefault(f"{code}:{path}", found)
                self._by_name.setdefault(f"{code}:{posixpath.basename(path)}", found)

    def find(self, target: str, text: HugoText) -> str:
        """The address of a page; "" where there is none."""
        found = self.page(target, text)
        return found[1] if found else ""

    def page(self, target: str, text: HugoText) -> tuple[HugoText, str] | None:
        """A page and its address; None where there is none."""
        path = _plain(target)
        here = posixpath.dirname(text.path.lower())
        near = posixpath.normpath(posixpath.join(here, path))
        for code in (text.language.code, ""):
            found = self._by_path.get(f"{code}:{path}")
            if not target.startswith("/"):
                by_name = self._by_name.get(f"{code}:{posixpath.basename(path)}")
                found = self._by_path.get(f"{code}:{near}") or found or by_name
            if found:
                return found
        return None


def _plain(path: str) -> str:
    """A page's path as references have it: no ending, no `index`, small letters."""
    path = path.strip("/").lower()
    for suffix in (*MARKDOWN, *MARKUP):
        path = path.removesuffix(suffix)
    for name in (f"/{LIST}", "/index"):
        path = path.removesuffix(name)
    return path
