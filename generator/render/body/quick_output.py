"""The quick parser's way out: line breaks, escapes and HTML, written straight from the tree."""

from xml.etree.ElementTree import HTML_EMPTY, Element

from markdown.serializers import BOOLEAN_ATTRIBUTES  # type: ignore[attr-defined] # not in the stubs
from markdown.treeprocessors import PrettifyTreeprocessor, UnescapeTreeprocessor

from generator.render.body.direct import Html
from generator.render.body.escaping import attribute, escaped
from generator.render.body.job import BodyMarkdown
from generator.render.body.raw_html import BLOCKS

VERBATIM = frozenset({"code", "pre"})
EMPTY = frozenset(HTML_EMPTY)
UNESCAPED = frozenset({"script", "style"})
BOOLEAN = BOOLEAN_ATTRIBUTES["html"]


class QuickPrettify(PrettifyTreeprocessor):
    """Sets line breaks between blocks; whether an element is a block is looked up in a set."""

    def _prettifyETree(self, elem: Element) -> None:  # noqa: N802 - the library's name
        if elem.tag not in VERBATIM:
            if len(elem) and elem[0].tag in BLOCKS and (not elem.text or not elem.text.strip()):
                elem.text = "\n"
            for child in elem:
                if child.tag in BLOCKS:
                    self._prettifyETree(child)
        if not elem.tail or not elem.tail.strip():
            elem.tail = "\n"


class QuickUnescape(UnescapeTreeprocessor):
    """Undoes escapes in texts that have some."""

    md: BodyMarkdown

    def run(self, root: Element) -> None:
        """Undo them, in place."""
        if not self.md.has_nothing_for("\\"):
            super().run(root)

    def unescape(self, text: str) -> str:
        """The text without escapes; the very text when there are none."""
        return super().unescape(text) if "\x02" in text else text


def html_within(root: Element) -> str:
    """The content of an element as HTML."""
    parts = [escaped(root.text)] if root.text else []
    for child in root:
        _write(child, parts)
    return "".join(parts)


def _write(element: Element, parts: list[str]) -> None:
    """Add an element and its tail to the parts of the HTML."""
    tag, text, tail = element.tag, element.text, element.tail
    attributes = _attributes(element) if element.attrib else ""
    if text and text.__class__ is not Html and tag not in UNESCAPED:
        text = escaped(text)
    end = "" if tag in EMPTY else f"</{tag}>"
    if tail:
        end += escaped(tail)
    if not len(element):
        parts.append(f"<{tag}{attributes}>{text or ''}{end}")
        return
    parts.append(f"<{tag}{attributes}>{text or ''}")
    for child in element:
        _write(child, parts)
    parts.append(end)


def _attributes(element: Element) -> str:
    """The attributes as they stand in a tag, in alphabetical order."""
    parts = []
    for name, value in sorted(element.items()):
        if name == value and name in BOOLEAN:
            parts.append(f" {name}")
        else:
            parts.append(f' {name}="{attribute(value)}"')
    return "".join(parts)
