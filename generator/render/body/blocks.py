"""What the parser leaves to be made of a text's blocks: code, footnotes, abbreviations."""

from xml.etree.ElementTree import Element

from markdown.treeprocessors import Treeprocessor

from generator.render.body.abbreviations import mark_abbreviations
from generator.render.body.code import CodeBlocks
from generator.render.body.footnotes import add_footnotes
from generator.render.body.job import JobMarkdown


class Blocks(Treeprocessor):
    """Makes them, before any other stage looks at the tree."""

    md: JobMarkdown

    def __init__(self, md: JobMarkdown) -> None:
        super().__init__(md)
        self._code = CodeBlocks(highlight=md.options.highlight)

    def run(self, root: Element) -> None:
        """Change the tree in place."""
        job = self.md.job
        document = job.document
        if document.codes:
            self._code.fill(document, job)
        if document.notes:
            add_footnotes(root, job)
        if document.abbreviations:
            mark_abbreviations(root, document.abbreviations)
