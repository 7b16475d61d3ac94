"""Blocks of a text, as Python-Markdown parses them, within bounds."""

from xml.etree.ElementTree import Element

from markdown.blockprocessors import BlockQuoteProcessor

DEEPEST_QUOTE = 32


class ShallowQuotes(BlockQuoteProcessor):
    """Quotations in quotations up to a fixed depth, the same on every machine.

    Python-Markdown stops where the interpreter's stack nears its end, which depends on
    who called. What is nested deeper stands as text.
    """

    def test(self, parent: Element, block: str) -> bool:  # noqa: ARG002 - as the library calls it
        """Whether a block holds a line of quotation that may still be nested."""
        return bool(self.RE.search(block)) and self.parser.state.count("blockquote") < DEEPEST_QUOTE
