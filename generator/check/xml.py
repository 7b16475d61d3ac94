"""XML as a tree whose elements know their line, read without ever trusting it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from generator.model.problems import Place, Problem


@dataclass(slots=True)
class Element:
    """An element: `{namespace}name`, attributes, direct text, children and line (from 1)."""

    name: str
    attributes: dict[str, str]
    line: int
    texts: list[str] = field(default_factory=list)
    children: list["Element"] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text that stands in it directly."""
        return "".join(self.texts)

    def all(self, name: str) -> Iterator["Element"]:
        """The children of this name."""
        return (child for child in self.children if child.name == name)

    def first(self, name: str) -> "Element | None":
        """The first child of this name."""
        return next(self.all(name), None)

    def value(self, name: str) -> str:
        """The text of the first child of this name; empty when there is none."""
        child = self.first(name)
        return child.text.strip() if child else ""


class _DoctypeError(Exception):
    """A document type declaration, through which entities could come in."""


def read_xml(path: str, data: bytes) -> Element | Problem:
    """Read a document; a Problem when it is not well-formed or declares a document type."""
    builder = _Builder()
    try:
        builder.parser.Parse(data, True)
    except (LookupError, ValueError):
        message = "not well-formed XML: its encoding is not known"
        return Problem(Place(path, 1), message, "Write feeds and sitemaps in UTF-8.")
    except expat.ExpatError as error:
        message = f"not well-formed XML: {expat.ErrorString(error.code)}"
        return Problem(Place(path, error.lineno, error.offset + 1), message, "No reader takes it.")
    except _DoctypeError:
        place = Place(path, builder.parser.CurrentLineNumber)
        return Problem(place, "declares a DOCTYPE", "Feeds and sitemaps need none: take it out.")
    return builder.root


class _Builder:
    """Makes the tree out of expat's events."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate(namespace_separator="}")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.root = Element("", {}, 0)
        self._open: list[Element] = []

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        element = Element(_clark(name), attributes, self.parser.CurrentLineNumber)
        if self._open:
            self._open[-1].children.append(element)
        else:
            self.root = element
        self._open.append(element)

    def _end(self, _name: str) -> None:
        self._open.pop()

    def _characters(self, text: str) -> None:
        self._open[-1].texts.append(text)

    def _doctype(self, *_declaration: object) -> None:
        raise _DoctypeError


def _clark(name: str) -> str:
    return "{" + name if "}" in name else name
