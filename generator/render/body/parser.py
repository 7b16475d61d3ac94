"""The Markdown parsers: one with everything switched on, and a quick one that gives the same."""

from markdown.extensions.abbr import AbbrExtension
from markdown.extensions.def_list import DefListExtension
from markdown.extensions.md_in_html import MarkdownInHtmlExtension
from markdown.extensions.tables import TableExtension

from generator.model.body import MarkdownOptions
from generator.render.body.attributes import AttributeLists
from generator.render.body.blocks import ShallowQuotes
from generator.render.body.code import FencedCode
from generator.render.body.emphasis import Emphasis
from generator.render.body.finishing import Finishing
from generator.render.body.footnotes import Footnotes
from generator.render.body.job import BodyMarkdown
from generator.render.body.quick import QuickMarkdown
from generator.render.body.quotes import SmartQuotes
from generator.render.body.raw_html import HtmlBlocks


def full_markdown(options: MarkdownOptions) -> BodyMarkdown:
    """A parser in which every stage looks at every text: slow, and the measure of the quick one."""
    md = BodyMarkdown(options)
    _equip(md)
    return md


def quick_markdown(options: MarkdownOptions) -> BodyMarkdown:
    """A parser that gives what the full one gives, and leaves out what a text has nothing for."""
    md = QuickMarkdown(options)
    _equip(md)
    md.quicken()
    return md


def _equip(md: BodyMarkdown) -> None:
    """Register everything that Broadsheet's Markdown has beyond the plain one."""
    extensions = (
        TableExtension(use_align_attribute=True),
        Footnotes(),
        AbbrExtension(),
        DefListExtension(),
        MarkdownInHtmlExtension(),
    )
    for extension in extensions:
        extension.extendMarkdown(md)
    md.preprocessors.register(FencedCode(md), "fenced_code", 25)
    md.preprocessors.register(HtmlBlocks(md), "html_block", 20)
    md.parser.blockprocessors.register(ShallowQuotes(md.parser), "quote", 20)
    emphasis = Emphasis("*", "strong,em", md)
    emphasis.add("_", "strong,em", smart=True)
    md.inlinePatterns.register(emphasis, "em_strong", 60)
    md.treeprocessors.register(AttributeLists(md), "attributes", 8)
    md.treeprocessors.register(Finishing(md), "finishing", -10)
    if md.options.smart_quotes:
        md.treeprocessors.register(SmartQuotes(md), "quotes", 6)
        md.ESCAPED_CHARS.extend("\"'")
