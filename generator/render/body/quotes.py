"""Smart quotes: straight quotes curled, `--` and `---` as dashes, `...` as an ellipsis.

Python-Markdown's own `smarty` looks at one text node at a time, so a quotation mark
beside emphasis or a curly one comes out wrong. Here a block's text is looked at as a
whole, by the language of the text. What is curly already, code, and what a backslash protects
stay as they are.
"""

import re
from dataclasses import dataclass
from typing import Literal
from xml.etree.ElementTree import Element

from markdown.treeprocessors import Treeprocessor
from markdown.util import HTML_PLACEHOLDER_RE, AtomicString

from generator.markdown.curling import (
    SEE_THROUGH,
    STRAIGHT,
    with_curly_quotes,
    with_dashes,
)
from generator.model.entities import decoded
from generator.render.body.job import JobMarkdown
from generator.render.body.writer import BLOCKS

CURLED = ('"', "'", "--", "...")
"""What a text must hold for something to change in it: one of these."""
UNTOUCHED = frozenset({"code", "kbd", "math", "pre", "samp", "script", "style", "textarea", "tt"})
UNTOUCHED_TAG = re.compile(rf"<(/?)(?:{'|'.join(sorted(UNTOUCHED))})\b", re.IGNORECASE)
PLACEHOLDER = re.compile("\x02[^\x02\x03]*+\x03|&#?\\w+;")


@dataclass(slots=True)
class Piece:
    """A text in the tree: `element.text` or `element.tail`."""

    element: Element
    part: Literal["text", "tail"]
    text: str
    untouched: bool


class SmartQuotes(Treeprocessor):
    """Curls the quotes of each block in the tree, in place."""

    md: JobMarkdown

    def run(self, root: Element) -> None:
        """Walk over the blocks, while escapes hide what must stay straight."""
        text = self.md.job.text
        if not any(mark in text for mark in CURLED):
            return
        for block in root.iter():
            if block.tag in BLOCKS:
                self._curl_block(block)

    def _curl_block(self, block: Element) -> None:
        pieces: list[Piece] = []
        self._collect(block, pieces, untouched=block.tag in UNTOUCHED)
        if not pieces:
            return
        self._curl_quotes(pieces)
        for piece in pieces:
            if not piece.untouched:
                text = with_dashes(piece.text)
                if text != getattr(piece.element, piece.part):
                    setattr(piece.element, piece.part, text)

    def _collect(self, element: Element, pieces: list[Piece], *, untouched: bool) -> None:
        """The texts of a block in order, but for those of the blocks in it."""
        if element.text:
            atomic = untouched or isinstance(element.text, AtomicString)
            pieces.append(Piece(element, "text", element.text, atomic))
        for child in element:
            if child.tag not in BLOCKS:
                self._collect(child, pieces, untouched=untouched or child.tag in UNTOUCHED)
            if child.tail:
                atomic = untouched or isinstance(child.tail, AtomicString)
                pieces.append(Piece(child, "tail", child.tail, atomic))

    def _curl_quotes(self, pieces: list[Piece]) -> None:
        """Curl the quotes of pieces that belong together, each seen beside its neighbours."""
        context = self._context(pieces)
        if not STRAIGHT.search(context):
            return
        curly = with_curly_quotes(context, self.md.job.body.language)
        start = 0
        for piece in pieces:
            end = start + len(piece.text)
            if STRAIGHT.search(context, start, end):
                each = zip(piece.text, context[start:end], curly[start:end], strict=True)
                piece.text = "".join(new if seen in "\"'" else old for old, seen, new in each)
            start = end

    def _context(self, pieces: list[Piece]) -> str:
        """The pieces as one text, as long as they are, with no quotes but those to be curled."""
        parts: list[str] = []
        depth = 0
        for piece in pieces:
            done = 0
            for match in PLACEHOLDER.finditer(piece.text):
                text = piece.text[done : match.start()]
                parts.append(STRAIGHT.sub("x", text) if depth or piece.untouched else text)
                parts.append(self._shown(match.group()))
                tag = UNTOUCHED_TAG.match(self.md.job.raw(match.group()))
                if tag:
                    depth = max(0, depth - 1 if tag[1] else depth + 1)
                done = match.end()
            text = piece.text[done:]
            parts.append(STRAIGHT.sub("x", text) if depth or piece.untouched else text)
        return "".join(parts)

    def _shown(self, placeholder: str) -> str:
        """What a placeholder looks like beside a quote, padded to its length."""
        if placeholder[0] == "&":
            character = decoded(placeholder)
            shown = character if len(character) == 1 else ""
        elif HTML_PLACEHOLDER_RE.fullmatch(placeholder):
            character = decoded(self.md.job.raw(placeholder))
            shown = character if len(character) == 1 else ""
        else:
            number = placeholder[1:-1]
            shown = chr(int(number)) if number.isdecimal() else ""
        shown = STRAIGHT.sub("x", shown)
        return shown.ljust(len(placeholder), SEE_THROUGH)
