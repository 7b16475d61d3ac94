"""One body while it is turned into HTML: what is asked, and what is found on the way."""

import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.util import AMP_SUBSTITUTE

from generator.markdown.curling import curled
from generator.markdown.document import STASHED, Document, Fault, Link
from generator.model.body import Body, Embedding, MarkdownOptions
from generator.model.entities import decoded
from generator.model.pictures import Picture
from generator.model.problems import Severity
from generator.render.body.labels import Labels, labels_for

TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<!--(?:-?>|.*?-->|.*)|\x02[^\x03]*\x03?", re.DOTALL)


@dataclass(slots=True)
class Job:
    """A body at work: `text` is its Markdown, with LF as line end, `document` what is in it.

    `ids` are those of the elements that Markdown made, in order, `raw_ids` those in raw
    HTML, names of anchors among them. `pictures` are the site's own that are shown.
    """

    body: Body
    text: str
    smart_quotes: bool = False
    embedding: Embedding = field(default_factory=Embedding)
    document: Document = field(default_factory=lambda: Document([], Element("div")))
    faults: list[Fault] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    raw_ids: list[str] = field(default_factory=list)
    pictures: dict[Element, Picture] = field(default_factory=dict)

    @property
    def labels(self) -> Labels:
        """The words that rendering adds to a text, in the text's language."""
        return labels_for(self.body.language)

    def curled(self, text: str) -> str:
        """A text that stands alone, with smart quotes if these are wanted."""
        return curled(text, self.body.language) if self.smart_quotes else text

    def warning(self, message: str, hint: str, sign: str = "") -> None:
        """Note something that a writer should know, at the first place that holds the sign."""
        position = max(self.text.find(sign), 0) if sign else 0
        line_start = self.text.rfind("\n", 0, position) + 1
        line = self.text.count("\n", 0, position)
        width = max(len(sign), 1)
        column = position - line_start
        self.faults.append(Fault(line, column, message, hint, Severity.WARNING, width))

    def about_link(
        self,
        link: Link,
        message: str,
        hint: str,
        severity: Severity = Severity.WARNING,
        *,
        is_dead: bool = False,
    ) -> None:
        """Note something about a link or picture, at its place."""
        line, column = self.document.place(link.leaf, link.offset)
        width = max(len(link.target), 1)
        self.faults.append(Fault(line, column, message, hint, severity, width, is_dead))

    def raw(self, text: str) -> str:
        """The text with the HTML behind its placeholders put back."""
        raw = self.document.raw
        return STASHED.sub(lambda found: raw[int(found[1])], text) if "\x02" in text else text

    def plain(self, text: str) -> str:
        """The text as a reader sees it: no tags, character references decoded."""
        if "\x02" in text:
            text = TAG.sub("", self.raw(text).replace(AMP_SUBSTITUTE, "&"))
        return decoded(text)


class JobMarkdown(Markdown):
    """Python-Markdown with a Job at hand, for every stage to see.

    `keeps_escapes` says that characters behind a backslash are still marked in the tree.
    """

    job: Job
    keeps_escapes = False

    def __init__(self, options: MarkdownOptions) -> None:
        self.options = options
        super().__init__(output_format="html")
