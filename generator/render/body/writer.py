"""The way out: a tree as HTML, with a line for each block, and raw HTML put back."""

import re
from functools import cache, partial
from xml.etree.ElementTree import HTML_EMPTY, Element

from markdown.postprocessors import AndSubstitutePostprocessor, Postprocessor
from markdown.serializers import BOOLEAN_ATTRIBUTES  # type: ignore[attr-defined] # not in the stubs
from markdown.treeprocessors import UnescapeTreeprocessor
from markdown.util import BLOCK_LEVEL_ELEMENTS

from generator.markdown.document import STASHED
from generator.render.body.escaping import attribute, escaped
from generator.render.body.job import JobMarkdown

BLOCKS = frozenset(BLOCK_LEVEL_ELEMENTS)
LINES = BLOCKS - {"figcaption"}
"""Elements behind which a line ends."""
EMPTY = frozenset(HTML_EMPTY)
UNESCAPED = frozenset({"script", "style"})
BOOLEAN = BOOLEAN_ATTRIBUTES["html"]
STASHED_ALONE = re.compile(f"<p>{STASHED.pattern}</p>|{STASHED.pattern}")


def html_within(root: Element) -> str:
    """The content of an element as HTML."""
    parts = [escaped(root.text)] if root.text else []
    _write_children(root, parts)
    return "".join(parts)


@cache
def _tags(tag: str) -> tuple[str, str, str]:
    """A start tag, an end tag with the line end behind it, and one without."""
    end = "" if tag in EMPTY else f"</{tag}>"
    return f"<{tag}>", f"{end}\n" if tag in LINES else end, end


def _write_children(element: Element, parts: list[str]) -> None:
    """Add the elements within one, and what stands between them, to the parts of the HTML."""
    for child in element:
        tag, text, tail = child.tag, child.text, child.tail
        start, end, bare = _tags(tag)
        if child.attrib:
            start = f"<{tag}{_attributes(child)}>"
        if tail:
            end = bare + escaped(tail)
        if text and ("&" in text or "<" in text or ">" in text) and tag not in UNESCAPED:
            text = escaped(text)
        if not len(child):
            parts.append(f"{start}{text}{end}" if text else start + end)
            continue
        if text:
            start += text
        elif tag != "pre" and child[0].tag in BLOCKS:
            start += "\n"
        parts.append(start)
        _write_children(child, parts)
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


class Unescape(UnescapeTreeprocessor):
    """Undoes the escapes that were kept, if any were."""

    md: JobMarkdown

    def run(self, root: Element) -> None:
        """Undo them, in place."""
        if self.md.keeps_escapes:
            super().run(root)


class Ampersands(AndSubstitutePostprocessor):
    """Puts ampersands where an extension's patterns left a mark, if any did."""

    def run(self, text: str) -> str:
        """Replace the marks."""
        return super().run(text) if "\x02" in text else text


class RawHtml(Postprocessor):
    """Puts raw HTML back where its placeholders stand."""

    md: JobMarkdown

    def run(self, text: str) -> str:
        """Replace the placeholders in the HTML of the job at hand."""
        document = self.md.job.document
        if document.raw:
            text = STASHED_ALONE.sub(partial(_stashed, document.raw, document.raw_blocks), text)
        return text


def _stashed(raw: list[str], blocks: set[int], found: re.Match[str]) -> str:
    number = int(found[1] or found[2])
    html = raw[number] if number < len(raw) else ""
    return f"<p>{html}</p>" if found[1] and number not in blocks else html
