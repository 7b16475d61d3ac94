"""The quick parser's way through blocks: what can only be a paragraph is made one at once."""

import re
from xml.etree.ElementTree import Element, SubElement

from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockProcessor
from markdown.preprocessors import NormalizeWhitespace

from generator.render.body.job import BodyMarkdown

STARTS_SPECIAL = re.compile(
    r"""\Z | \n | [ ]{4} | \x02             # nothing, a blank line, indented, raw HTML
      | [ ]{0,3} (?: [#=>\[:+]              # heading, quotation, definition, list
                   | [*-] [ \[*_-]          # list, abbreviation, rule
                   | _ [ _] | -\n | \d+\.[ ]   # rule, underline, numbered list
                 )""",
    re.VERBOSE,
)
NEEDS = {
    "markdown_block": "\x02",
    "table": "|",
    "hashheader": "#",
    "setextheader": "\n",
    "deflist": ":",
    "quote": ">",
    "footnote": "]:",
    "abbr": "*[",
    "reference": "]:",
}
"""What a block must hold for a processor to take it; those not named are always asked."""

LINE_STARTS_SPECIAL = re.compile(r"\n {0,3}[#=>\[:*_-]")


class QuickWhitespace(NormalizeWhitespace):
    """Normalises white space where there is other than single line ends and spaces in lines."""

    md: BodyMarkdown

    def run(self, lines: list[str]) -> list[str]:
        """Take the lines of a text with LF as line end."""
        if self.md.has_nothing_for("\t", "\n ", "\x02", "\x03", "\r"):
            return [*lines, "", ""]
        return super().run(lines)


class QuickBlockParser(BlockParser):
    """Asks the block processors only about blocks that one of them may want."""

    _processors: tuple[tuple[str, BlockProcessor], ...] = ()

    def parseBlocks(self, parent: Element, blocks: list[str]) -> None:  # noqa: N802 - the library's
        """Parse blocks into children of `parent`, taking them from the list."""
        processors = self._processors or self._prepare()
        _, paragraph = processors[-1]
        while blocks:
            block = blocks[0]
            if is_plain(block):
                if self.state.isstate("list") or not block.strip():
                    paragraph.run(parent, blocks)
                else:
                    SubElement(parent, "p").text = block.lstrip()
                    del blocks[0]
                continue
            for needed, processor in processors:
                if (
                    needed in block
                    and processor.test(parent, block)
                    and processor.run(parent, blocks) is not False
                ):
                    break

    def _prepare(self) -> tuple[tuple[str, BlockProcessor], ...]:
        """Sort the processors once, each with what it needs."""
        names = {id(self.blockprocessors[name]): needed for name, needed in NEEDS.items()}
        self._processors = tuple((names.get(id(p), ""), p) for p in self.blockprocessors)
        return self._processors


def is_plain(block: str) -> bool:
    """Whether a block can only be a paragraph: no processor before the last would take it."""
    if STARTS_SPECIAL.match(block) or "|" in block:
        return False
    return "\n" not in block or LINE_STARTS_SPECIAL.search(block) is None
