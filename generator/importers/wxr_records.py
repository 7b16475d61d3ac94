"""A WordPress export (WXR 1.0 to 1.2) as records, one after another; never held whole.

Nothing that the file could ask for is done: its document type is not read, so that there are no
entities to expand, and nothing is fetched. What is malformed is read as far as it can be.
"""

import codecs
import re
from collections.abc import Iterator
from pathlib import Path
from typing import IO
from zipfile import BadZipFile, ZipFile, is_zipfile

from lxml import etree

from generator.importers.html_tree import CONTROLS, Node
from generator.model.problems import HinderedError
from generator.model.values import frozen

BLOCK = 1 << 18
MOST_PREFACE = 1 << 16
"""Bytes before the first element: notes on how to import the file, and what a server put there."""
START = re.compile(r"<rss\b")
ENCODING = re.compile(rb"<\?xml(?:(?!encoding|<\?xml)[^>])*+encoding\s*+=\s*+[\"']([\w.-]++)")
NAMESPACE = re.compile(r"\{([^}]*)\}")
PREFIXES = (
    *(("/excerpt/", "excerpt:"), ("wordpress.org/export/", "wp:")),
    *(("/modules/content/", "content:"), ("purl.org/dc/", "dc:"), ("", "other:")),
)
DATA_MARK = re.compile(r"<!\[CDATA\[|\]\]>")
STRAY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9a-fA-F]{1,6});)")
LONGEST_MARK = 16
RECORDS = frozenset(("item", "wp:author", "wp:category", "wp:tag", "wp:term"))
HARMLESS = ("xmlParseEntityRef", "Entity '", "xmlParseCharRef", "Sequence ']]>'", "PCDATA invalid")
"""Faults at which a character or two are lost, and no more."""
MARKER = "wordpress.org/export/"


@frozen
class Fault:
    """Where an export is malformed; `is_grave` where more than a character is lost."""

    place: str
    message: str
    is_grave: bool


class NoExportError(HinderedError):
    """The file is no WordPress export."""


class Records:
    """The records of some exports: authors, terms, items, and what else the channel says."""

    def __init__(self, paths: tuple[Path, ...]) -> None:
        self._paths = paths
        self.faults: list[Fault] = []

    def read(self) -> Iterator[tuple[Node, tuple[Fault, ...]]]:
        """Every record with the faults in it. Raises NoExportError, OSError."""
        self.faults = []
        for path in self._paths:
            for name, stream in _streams(path):
                yield from self._read_one(name, stream)

    def _read_one(self, name: str, stream: IO[bytes]) -> Iterator[tuple[Node, tuple[Fault, ...]]]:
        reader = _Reader(name)
        for text in _texts(name, stream):
            reader.feed(text)
            yield from reader.taken()
        reader.end_of_file()
        yield from reader.taken()
        self.faults += reader.faults


class _Reader:
    """Gathers the records of one file while it is fed."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._parser = etree.XMLParser(
            target=self, recover=True, resolve_entities=False, no_network=True, encoding="utf-8"
        )
        self._open: list[Node] = []
        self._known = 0
        self._done: list[tuple[Node, tuple[Fault, ...]]] = []
        self.faults: list[Fault] = []

    def feed(self, text: str) -> None:
        """Read on."""
        self._parser.feed(text.encode("utf-8", "replace"))

    def taken(self) -> list[tuple[Node, tuple[Fault, ...]]]:
        """The records that are whole by now."""
        done, self._done = self._done, []
        return done

    def start(self, tag: str | bytes, attrib: dict[str | bytes, str | bytes]) -> None:
        """Called by the parser."""
        name = _short(str(tag))
        if name in RECORDS and self._open:
            self._finish()  # the one before was never closed
        if self._open or name in RECORDS or name not in ("rss", "channel"):
            node = Node(name, {str(key): str(value) for key, value in attrib.items()})
            if self._open:
                self._open[-1].children.append(node)
            self._open.append(node)

    def end(self, tag: str | bytes) -> None:
        """Called by the parser."""
        if self._open and self._open[-1].tag == _short(str(tag)):
            if len(self._open) == 1:
                self._finish()
            else:
                self._open.pop()

    def data(self, data: str | bytes) -> None:
        """Called by the parser."""
        if self._open:
            self._open[-1].children.append(str(data))

    def comment(self, text: str | bytes) -> None:
        """Called by the parser."""

    def close(self) -> None:
        """Called by the parser."""

    def end_of_file(self) -> None:
        """Hand out what the file breaks off in."""
        self._parser.close()
        if self._open:
            self._finish()
        self._new_faults()

    def _finish(self) -> None:
        """Hand out the record that is open, whole or not."""
        self._done.append((self._open[0], self._new_faults()))
        self._open = []

    def _new_faults(self) -> tuple[Fault, ...]:
        log = self._parser.feed_error_log
        if len(log) == self._known:
            return ()
        found = tuple(
            Fault(f"{self._name}:{entry.line}", entry.message, _is_grave(entry.message))
            for entry in list(log)[self._known :]
        )
        self._known = len(log)
        self.faults += found
        return found


def _is_grave(message: str) -> bool:
    return not message.startswith(HARMLESS)


def _short(tag: str) -> str:
    """A name with the usual prefix of its namespace."""
    found = NAMESPACE.match(tag)
    if not found:
        return tag
    prefix = next(short for mark, short in PREFIXES if mark in found[1])
    return prefix + tag[found.end() :]


def _streams(path: Path) -> Iterator[tuple[str, IO[bytes]]]:
    """The exports in a file: itself, or those in a ZIP archive."""
    if not is_zipfile(path):
        with path.open("rb") as stream:
            yield path.name, stream
        return
    try:
        with ZipFile(path) as archive:
            names = sorted(name for name in archive.namelist() if name.endswith(".xml"))
            for name in names:
                with archive.open(name) as stream:
                    yield f"{path.name}/{name}", stream
    except (BadZipFile, RuntimeError, NotImplementedError) as error:
        hint = "Unpack it yourself, and import the files in it."
        raise NoExportError(f"{path.name} cannot be unpacked: {error}", hint) from error


def _texts(name: str, stream: IO[bytes]) -> Iterator[str]:
    """An export's text from its first element on, piece by piece, line ends before it kept."""
    head = stream.read(MOST_PREFACE)
    decoder = _decoder(head)
    text = decoder.decode(head)
    start = START.search(text)
    if start is None or MARKER not in text:
        hint = "Export it once more: Tools, Export, All content."
        raise NoExportError(f"{name} is no WordPress export", hint)
    mender = _Mender()
    yield "\n" * text.count("\n", 0, start.start())
    yield mender.mended(text[start.start() :])
    while block := stream.read(BLOCK):
        yield mender.mended(decoder.decode(block))
    yield mender.mended(decoder.decode(b"", final=True), is_last=True)


class _Mender:
    """Takes what XML has no meaning for out of a text that comes piece by piece.

    Control characters are left out. An `&` that begins nothing known is text: after one unknown
    entity the parser would pass over `&amp;` as well.
    """

    def __init__(self) -> None:
        self._rest = ""
        self._in_data = False

    def mended(self, piece: str, *, is_last: bool = False) -> str:
        """The text as far as it is sure, the end of the piece kept for the next."""
        text = self._rest + CONTROLS.sub("", piece)
        end = len(text) if is_last else max(0, len(text) - LONGEST_MARK)
        parts: list[str] = []
        done = 0
        for mark in DATA_MARK.finditer(text):
            if mark.start() >= end:
                break
            if (mark.group() == "]]>") is self._in_data:
                parts.append(self._outside(text[done : mark.end()]))
                self._in_data = not self._in_data
                done = mark.end()
        end = max(end, done)
        parts.append(self._outside(text[done:end]))
        self._rest = text[end:]
        return "".join(parts)

    def _outside(self, text: str) -> str:
        return text if self._in_data else STRAY.sub("&amp;", text)


def _decoder(head: bytes) -> codecs.IncrementalDecoder:
    declared = ENCODING.search(head)
    name = declared[1].decode("ascii") if declared else "utf-8"
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        name = "utf-16"
    elif head.startswith(codecs.BOM_UTF8):
        name = "utf-8-sig"
    try:
        return codecs.getincrementaldecoder(name)("replace")
    except LookupError:
        return codecs.getincrementaldecoder("utf-8")("replace")


def is_export(path: Path) -> bool:
    """Whether a file is a WordPress export, or a ZIP archive of some."""
    try:
        for _, stream in _streams(path):
            head = stream.read(MOST_PREFACE)
            return b"<rss" in head and MARKER.encode() in head
    except (OSError, NoExportError):
        return False
    return False
