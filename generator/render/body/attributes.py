"""Lists of attributes behind elements: moved from the text to the elements they are for."""

import re
from typing import Literal
from xml.etree.ElementTree import Element

from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from generator.markdown.attributes import LIST, set_attributes, trailing_list
from generator.render.body.job import Job, JobMarkdown
from generator.render.body.writer import BLOCKS

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
ONE_LINE = HEADINGS | {"dt", "td", "th"}
KRAMDOWN = re.compile(rf"[ ]?(?=\{{:){LIST.pattern}")

Slot = tuple[Element, Literal["text", "tail"]]


class AttributeLists(Treeprocessor):
    """Moves the attributes in braces to their elements, and the braces out of the text."""

    md: JobMarkdown

    def run(self, root: Element) -> None:
        """Look at each element, in place. Braces with anything else in them stay as they are."""
        job = self.md.job
        if "{" not in job.text:
            return
        for element in root.iter():
            if element.tag in BLOCKS:
                _take_from_block(element, job)
            elif element.tail and element.tail[0] == "{":
                match = LIST.match(element.tail)
                if match:
                    element.tail = element.tail[match.end() :]
                    set_attributes(element, match[1], job.warning)
        for element in root.iter():
            _tell_of_idle(element, job)


def _tell_of_idle(element: Element, job: Job) -> None:
    """Tell of lists that no element has: kramdown leaves them out, others show them."""
    parts: tuple[Literal["text", "tail"], ...] = ("text", "tail")
    for part in parts:
        text = getattr(element, part)
        if not text or "{" not in text or isinstance(text, AtomicString):
            continue
        for idle in LIST.finditer(text):
            hint = (
                "Write them at the end of a heading, behind a span, or on the line below a block."
            )
            job.warning(f"nothing has these attributes: {idle[0]}", hint, sign=idle[0])
        setattr(element, part, KRAMDOWN.sub("", text))


def _take_from_block(element: Element, job: Job) -> None:
    slot = _end_of_text(element)
    if slot is None:
        return
    holder, part = slot
    text = getattr(holder, part).rstrip(" ")
    match = trailing_list(text)
    if match is None:
        return
    before = text[: match.start()]
    bare = before.rstrip(" ")
    if element.tag in ONE_LINE:
        if bare == before and bare:
            return
    elif not bare.endswith("\n"):
        return
    setattr(holder, part, bare.removesuffix("\n"))
    set_attributes(element, match[1], job.warning)


def _end_of_text(element: Element) -> Slot | None:
    """Where the text of a block ends: of a list item, before the list within it."""
    before = len(element)
    if element.tag == "li":
        lists = (n for n, child in enumerate(element) if child.tag in {"ul", "ol"})
        before = next(lists, before)
    if before:
        return (element[before - 1], "tail") if element[before - 1].tail else None
    return (element, "text") if element.text else None
