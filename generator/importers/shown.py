"""What readers see of a Markdown body: its HTML, by the very renderer that makes the pages."""

from generator.model.body import Body, MarkdownOptions, ResolvedTarget
from generator.model.problems import Problem
from generator.model.values import frozen
from generator.read.body import scan_body
from generator.render.markdown import MarkdownRenderer


@frozen
class Rendered:
    """A body's HTML, and what is wrong with the body; lines count from 1."""

    html: str
    problems: tuple[Problem, ...] = ()


class Shown:
    """Renders bodies without a site: addresses stay as they are written."""

    def __init__(self) -> None:
        self._renderer = MarkdownRenderer(MarkdownOptions(highlight=False))

    def html(self, markdown: str) -> str:
        """A body's HTML; "" where it cannot be rendered."""
        return self.rendered(markdown).html

    def rendered(self, markdown: str) -> Rendered:
        """A body's HTML, and what is wrong with it."""
        facts = scan_body(markdown, 1, opening=False)
        targets = sorted({target.target for target in facts.targets})
        resolved = tuple(ResolvedTarget(target, target) for target in targets)
        made = self._renderer.render(Body("", "", facts, resolved), markdown)
        return Rendered(made.html, made.problems)


def without_paragraph(html: str) -> str:
    """HTML of a line of Markdown: without the paragraph round it, where it is one and no more."""
    html = html.strip()
    is_one = html.startswith("<p>") and html.endswith("</p>") and html.count("<p>") == 1
    return html[3:-4] if is_one else html
