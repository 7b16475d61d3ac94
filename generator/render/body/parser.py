"""Python-Markdown with our parser: its tree, its stages and its extensions around it."""

from typing import Self

from markdown.util import AtomicString, Registry

from generator.markdown.document import Options
from generator.markdown.parser import parse, parse_html
from generator.model.body import is_html_text
from generator.render.body.attributes import AttributeLists
from generator.render.body.blocks import Blocks
from generator.render.body.finishing import Finishing
from generator.render.body.html_addresses import put_addresses
from generator.render.body.inline_patterns import InlinePatterns
from generator.render.body.job import Job, JobMarkdown
from generator.render.body.quotes import SmartQuotes
from generator.render.body.writer import BLOCKS, Ampersands, RawHtml, Unescape, html_within


class BodyMarkdown(JobMarkdown):
    """Python-Markdown, in which blocks and spans are read by `generator.markdown`.

    Preprocessors, inline patterns, tree processors and postprocessors of extensions work as
    they do there; block processors do not, since blocks are not read by such.
    """

    def build_parser(self) -> Self:
        """Set up the registries, with our stages in them."""
        super().build_parser()
        self.preprocessors = Registry()
        self.inlinePatterns = Registry()
        self.treeprocessors.deregister("prettify")
        self.treeprocessors.register(Blocks(self), "blocks", 30)
        self.treeprocessors.register(InlinePatterns(self), "inline", 20)
        self.treeprocessors.register(AttributeLists(self), "attributes", 8)
        if self.options.smart_quotes:
            self.treeprocessors.register(SmartQuotes(self), "quotes", 6)
        self.treeprocessors.register(Unescape(self), "unescape", 0)
        self.treeprocessors.register(Finishing(self), "finishing", -10)
        self.postprocessors.register(RawHtml(self), "raw_html", 30)
        self.postprocessors.register(Ampersands(self), "amp_substitute", 20)
        return self

    def is_block_level(self, tag: object) -> bool:
        """Whether a tag is a block's."""
        return tag in BLOCKS

    def convert_job(self, job: Job) -> str:
        """Turn the text of a job into HTML; nothing of an earlier text is left."""
        self.job = job
        if self.registeredExtensions:
            self.reset()
        return self.convert(job.text)

    def convert(self, source: str) -> str:
        """Turn Markdown into HTML, as the library's own method does."""
        if len(self.preprocessors):
            lines = source.split("\n")
            for preprocessor in self.preprocessors:
                lines = preprocessor.run(lines)
            source = "\n".join(lines)
        keep = self.keeps_escapes = "\\" in source and (
            self.options.smart_quotes or "\\{" in source or len(self.inlinePatterns) > 0
        )
        is_html = is_html_text(self.job.body.source_path)
        if is_html:
            document, self.keeps_escapes = parse_html(source), False
        else:
            document = parse(source, Options(keep_escapes=keep, literal=AtomicString))
        self.job.document = document
        if is_html:
            put_addresses(self.job)
        root = document.root
        for treeprocessor in self.treeprocessors:
            changed = treeprocessor.run(root)
            root = root if changed is None else changed
        html = html_within(root)
        for postprocessor in self.postprocessors:
            html = postprocessor.run(html)
        return html.strip()
