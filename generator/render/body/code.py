"""Blocks of code: coloured by Pygments, and reached by keyboard where they scroll."""

import re
from collections.abc import Callable
from functools import cached_property
from xml.etree.ElementTree import SubElement

from markdown.util import AtomicString, code_escape

from generator.markdown.attributes import parse_items, refuse
from generator.markdown.document import Code, Document, Leaf
from generator.render.body.job import Job

LANGUAGE = re.compile(r"\.?([\w#.+-]+)")
BRACES = re.compile(r"\{(.*)\}")


class CodeBlocks:
    """Fills the `pre` elements of a text; what colours them is loaded for the first that asks."""

    def __init__(self, *, highlight: bool) -> None:
        self._wanted = highlight

    @cached_property
    def _highlight(self) -> Callable[[str, str], str]:
        from generator.render.body.highlighting import Highlighter  # noqa: PLC0415 - 3 ms: for code alone

        return Highlighter().highlight

    def fill(self, document: Document, job: Job) -> None:
        """Fill each block, in place."""
        for code in document.codes:
            language = _describe(code, job)
            inner = SubElement(code.element, "code")
            if language:
                inner.set("class", f"language-{language}")
            text = code.text.removesuffix("\n")
            coloured = self._highlight(text, language) if language and self._wanted else ""
            if coloured:
                place = Leaf(inner, code.text, code.line)
                inner.text = AtomicString(document.put_aside(coloured, place, 0))
            else:
                inner.text = AtomicString(code_escape(code.text))


def _describe(code: Code, job: Job) -> str:
    """Give the element what stands behind the fence, `python` or `{.python #id}`; the language."""
    element = code.element
    element.set("tabindex", "0")
    if code.info is None:
        return ""
    braces = BRACES.fullmatch(code.info)
    if not braces:
        element.set("class", f"highlight {element.get('class', '')}".strip())
        language = LANGUAGE.match(code.info)
        return language[1] if language else ""
    classes: list[str] = []
    for name, value in parse_items(braces[1]):
        if name == "class":
            classes.append(value)
        elif name == "id":
            element.set("id", value)
        else:
            refuse(name, job.warning)
    element.set("class", " ".join(("highlight", *classes[1:])))
    return classes[0] if classes else ""
