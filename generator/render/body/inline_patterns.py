"""Inline patterns of extensions: run over the text that our spans leave."""

from xml.etree.ElementTree import Element

from markdown.treeprocessors import InlineProcessor
from markdown.util import AtomicString

from generator.render.body.job import JobMarkdown

KEPT = frozenset({"pre", "code", "script", "style"})


class InlinePatterns(InlineProcessor):
    """Python-Markdown's own stage; it finds our spans as if its patterns had made them.

    Each span gives way to a placeholder, so that a pattern may reach over it.
    """

    md: JobMarkdown

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        """Run the patterns, if any are registered."""
        if not len(self.md.inlinePatterns):
            return tree
        self.stashed_nodes = {}
        for block in list(tree.iter()):
            if self.md.is_block_level(block.tag) and block.tag not in KEPT:
                self.ancestors = [*(ancestors or ()), block.tag]
                self._run_in(block)
        return tree

    def _run_in(self, block: Element) -> None:
        """Run the patterns over the texts of a block, its spans put aside."""
        parts: list[Element] = []
        before = block
        spans: list[Element] = []
        text = block.text or ""
        atomic = isinstance(block.text, AtomicString)
        for child in list(block):
            if self.md.is_block_level(child.tag):
                parts += self._made(text, before, is_text=before is block) if not atomic else ()
                parts.append(child)
                before, text = child, child.tail or ""
                continue
            self._run_in(child) if child.tag not in KEPT else None
            spans.append(child)
            tail, child.tail = child.tail, None
            text += self._placeholder(child) + (tail or "")
        if not atomic:
            parts += self._made(text, before, is_text=before is block)
            block[:] = parts

    def _placeholder(self, span: Element) -> str:
        """Put a span aside, and answer what stands for it."""
        name, number = self._InlineProcessor__makePlaceholder("span")  # type: ignore[attr-defined]
        self.stashed_nodes[number] = span
        return str(name)

    def _made(self, text: str, holder: Element, *, is_text: bool) -> list[Element]:
        """The elements that the patterns make of a text; what comes first goes to its holder."""
        data = self._InlineProcessor__handleInline(text)  # type: ignore[attr-defined]
        empty = Element("p")
        made = self._InlineProcessor__processPlaceholders(  # type: ignore[attr-defined]
            data, empty, is_text
        )
        if is_text:
            holder.text = empty.text
        else:
            holder.tail = empty.tail
        return [element for element, _ in made]
