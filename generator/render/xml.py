"""XML for feeds and sitemaps: elements in order, escaped as they are written."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType

# The complement of Char in XML 1.0 (fifth edition), 2.2.
ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
NONE: Mapping[str, str] = MappingProxyType({})
DECLARATION = '<?xml version="1.0" encoding="utf-8"?>\n'


class XmlWriter:
    """Writes one document, indented by nothing: what a text says is what a parser reads.

    Characters that XML does not allow are dropped; whoever must tell people asks
    `illegal_characters` first. A carriage return becomes a line feed, as a parser would
    have it. Names of elements and attributes are ours, and are written as they are.
    """

    def __init__(self) -> None:
        self._parts = [DECLARATION]

    def element(self, name: str, text: str = "", attributes: Mapping[str, str] = NONE) -> None:
        """Write an element that holds only text."""
        start = f"{name}{_written(attributes)}" if attributes else name
        content = escaped(legal(text)) if text else ""
        self._parts.append(f"<{start}>{content}</{name}>" if content else f"<{start}/>")

    @contextmanager
    def inside(self, name: str, attributes: Mapping[str, str] = NONE) -> Iterator[None]:
        """Write an element around all that is written in the block."""
        start = f"{name}{_written(attributes)}"
        place = len(self._parts)
        self._parts.append(f"<{start}>")
        yield
        if len(self._parts) > place + 1:
            self._parts.append(f"</{name}>")
        else:
            self._parts[place] = f"<{start}/>"

    def document(self) -> bytes:
        """The document so far, in UTF-8, with a line feed at its end."""
        return "".join((*self._parts, "\n")).encode()


def escaped(text: str) -> str:
    """A text between tags. `>` is escaped for the sake of `]]>` (XML 1.0, 2.4)."""
    if "&" in text:
        text = text.replace("&", "&amp;")
    if "<" in text:
        text = text.replace("<", "&lt;")
    return text.replace(">", "&gt;") if ">" in text else text


def _written(attributes: Mapping[str, str]) -> str:
    return "".join(f" {name}={_quoted(value)}" for name, value in attributes.items())


def _quoted(value: str) -> str:
    """A value in the quotes that suit it; a parser would make spaces of tabs and line ends."""
    value = escaped(legal(value)).replace("\n", "&#10;").replace("\t", "&#9;")
    if '"' not in value:
        return f'"{value}"'
    return f"'{value}'" if "'" not in value else f'"{value.replace(chr(34), "&quot;")}"'


def legal(text: str) -> str:
    """The text without the characters that XML 1.0 does not allow, even as references."""
    if text.isprintable():
        return text  # as nearly all short texts are: nothing that XML refuses can be printed
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return ILLEGAL.sub("", text)


def illegal_characters(text: str) -> tuple[str, ...]:
    """The characters that `legal` drops, each once, in order of their numbers."""
    return tuple(sorted(set(ILLEGAL.findall(text))))
