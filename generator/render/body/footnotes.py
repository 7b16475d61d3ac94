"""Footnotes: numbered in the order of reading, with ways there and back that say what they are."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions.footnotes import FootnoteExtension
from markdown.treeprocessors import Treeprocessor

from generator.render.body.job import BodyMarkdown

REFERENCE = re.compile(r"\[\^([^\[\]\s]+)\]")
UNESCAPED_REFERENCE = re.compile(r"(?<!\\)" + REFERENCE.pattern)
LABEL_SPACE = re.compile(r"\s+")


class Footnotes(FootnoteExtension):
    """Python-Markdown's footnotes, for labels with spaces too."""

    def __init__(self) -> None:
        super().__init__(USE_DEFINITION_ORDER=False, BACKLINK_TEXT="&#8617;&#xFE0E;")

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the library's name
        """Register the library's processors, with our own way to sort the notes."""
        super().extendMarkdown(md)
        md.treeprocessors.register(ReadingOrder(self), "footnote-reorder", 19)

    def makeFootnoteId(self, id: str) -> str:  # noqa: A002, N802 - the library's names
        """A footnote's id, which must not hold white space."""
        return super().makeFootnoteId(LABEL_SPACE.sub("-", id))

    def makeFootnoteRefId(self, id: str, found: bool = False) -> str:  # noqa: A002, N802 - as above
        """The id of a reference to a footnote."""
        return super().makeFootnoteRefId(LABEL_SPACE.sub("-", id), found)


class ReadingOrder(Treeprocessor):
    """Numbers and sorts the notes by their first mention in the finished text.

    The library goes by the order of its work, in which tables, lists and quotations come last; and
    it fails on an empty note.
    """

    def __init__(self, footnotes: Footnotes) -> None:
        super().__init__()
        self._footnotes = footnotes

    def run(self, root: Element) -> None:
        """Number the marks and sort the notes, in place; notes that nothing mentions come last."""
        for division in root.iter("div") if self._footnotes.footnotes else ():
            notes = division.find("ol") if division.get("class") == "footnote" else None
            if notes is not None:
                order = _number_marks(root, notes)
                notes[:] = sorted(notes, key=lambda note: order.get(_address(note), len(order) + 1))


def _number_marks(root: Element, notes: Element) -> dict[str, int]:
    """Number each note that is mentioned, by its address: the text's marks before the notes'."""
    addresses = set(map(_address, notes))
    in_notes = set(notes.iter("a"))
    found = (a for a in root.iter("a") if a.get("class") == "footnote-ref")
    marks = [(mark, href) for mark in found if (href := mark.get("href", "")) in addresses]
    numbers: dict[str, int] = {}
    for mark, href in sorted(marks, key=lambda pair: pair[0] in in_notes):
        mark.text = str(numbers.setdefault(href, len(numbers) + 1))
    return numbers


def _address(note: Element) -> str:
    return "#" + note.get("id", "")


def finish_footnotes(root: Element, md: BodyMarkdown) -> None:
    """Name the footnotes' parts for screen readers; warn of notes and marks without the other."""
    if md.has_nothing_for("[^"):
        return
    for division in root.iter("div"):
        if division.get("class") == "footnote":
            division.set("role", "doc-endnotes")
            for number, note in enumerate(division.iterfind("ol/li"), 1):
                _finish_note(note, number, root, md)
    for label in _undefined(root, md.job.text):
        hint = f"Write the note on a line of its own: [^{label}]: text"
        md.job.warning(f"no footnote [^{label}]", hint, f"[^{label}]")


def _finish_note(note: Element, number: int, root: Element, md: BodyMarkdown) -> None:
    label = note.get("id", "").partition(":")[2]
    backs = [(above, a) for above in note.iter() for a in above if _leads_back(a)]
    if not any(mark.get("id") == f"fnref:{label}" for mark in root.iter("sup")):
        md.job.warning(
            f"nothing refers to the footnote [^{label}]",
            "Refer to it, or take it out.",
            f"[^{label}]",
        )
        for above, back in backs:
            above.remove(back)
        return
    for place, (_, back) in enumerate(backs, 1):
        which = f"{number}-{place}" if place > 1 else str(number)
        back.attrib.pop("title", None)
        back.set("aria-label", f"{md.job.labels.back} {which}")
        back.set("role", "doc-backlink")


def _leads_back(element: Element) -> bool:
    return element.tag == "a" and element.get("class") == "footnote-backref"


def _undefined(root: Element, source: str) -> Iterator[str]:
    """The labels of marks that are still text, since no footnote has them; not of escaped ones."""
    meant = set(UNESCAPED_REFERENCE.findall(source))
    for element in root.iter():
        texts = (None if element.tag == "code" else element.text, element.tail)
        for text in texts:
            if text and "[^" in text:
                yield from (label for label in REFERENCE.findall(text) if label in meant)
