"""Extensions of Python-Markdown work on what our parser reads."""

from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import SimpleTagInlineProcessor
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

from generator.model.body import Body, BodyFacts, MarkdownOptions
from generator.render.body.job import Job
from generator.render.body.parser import BodyMarkdown


class Counting(Treeprocessor):
    def run(self, root: Element) -> None:
        root.set("words", str(len("".join(root.itertext()).split())))
        for paragraph in root.iter("p"):
            paragraph.set("class", "counted")


class Signed(Postprocessor):
    def run(self, text: str) -> str:
        return f"{text}<!-- signed -->"


class Loud(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        return [line.replace("quiet", "LOUD") for line in lines]


class Marks(Extension):
    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the library's name
        md.inlinePatterns.register(SimpleTagInlineProcessor(r"()==(.+?)==", "mark"), "mark", 50)


def converted(md: BodyMarkdown, text: str) -> str:
    return md.convert_job(Job(Body("a.md", "digest", BodyFacts()), text))


def test_an_inline_pattern_reaches_over_our_spans_and_not_into_code() -> None:
    md = BodyMarkdown(MarkdownOptions())
    md.registerExtensions([Marks()], {})
    assert converted(md, "a ==b *c* d== e") == "<p>a <mark>b <em>c</em> d</mark> e</p>"
    assert converted(md, "*a ==b== c*") == "<p><em>a <mark>b</mark> c</em></p>"
    assert converted(md, "`==a==`\n\n    ==b==").count("<mark>") == 0
    assert converted(md, r"\==a==") == "<p>==a==</p>"
    assert converted(md, "- ==a==\n  - ==b==") == (
        "<ul>\n<li><mark>a</mark><ul>\n<li><mark>b</mark></li>\n</ul>\n</li>\n</ul>"
    )


def test_a_preprocessor_a_tree_processor_and_a_postprocessor_run() -> None:
    md = BodyMarkdown(MarkdownOptions())
    md.preprocessors.register(Loud(md), "loud", 5)
    md.treeprocessors.register(Counting(md), "counting", 15)
    md.postprocessors.register(Signed(md), "signed", 5)
    assert converted(md, "quiet *b*") == ('<p class="counted">LOUD <em>b</em></p>\n<!-- signed -->')
