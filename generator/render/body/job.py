"""One body while it is turned into HTML: what is asked, and what is found on the way."""

import re
from dataclasses import dataclass, field
from functools import partial
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.util import AMP_SUBSTITUTE, HTML_PLACEHOLDER_RE

from generator.model.body import Body, MarkdownOptions
from generator.model.entities import decoded
from generator.model.problems import Severity
from generator.model.values import frozen
from generator.render.body.curling import curled
from generator.render.body.labels import Labels, labels_for

PLACEHOLDER_DEPTH = 5
TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<!--.*?-->|\x02[^\x03]*\x03?", re.DOTALL)


@frozen
class Finding:
    """Something wrong in a body, before its place in the file is known.

    `needle` is what stands in the text at that place; with `is_target` it is the
    target of a link or picture, whose places are in the body's facts: those right `behind`
    some signs, if it stands there at all. `line` counts from 0 in the body, and is -1 where
    only the needle is known.
    """

    message: str
    hint: str
    needle: str = ""
    is_target: bool = False
    line: int = -1
    severity: Severity = Severity.ERROR
    behind: str = ""


@dataclass(slots=True)
class Job:
    """A body at work: `text` is its Markdown, with LF as line end.

    `ids` are those of the elements that Markdown made, in order, `raw_ids` those in raw
    HTML, names of anchors among them.
    """

    body: Body
    text: str
    smart_quotes: bool = False
    findings: list[Finding] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    raw_ids: list[str] = field(default_factory=list)

    @property
    def labels(self) -> Labels:
        """The words that rendering adds to a text, in the text's language."""
        return labels_for(self.body.language)

    def curled(self, text: str) -> str:
        """A text that stands alone, with smart quotes if these are wanted."""
        return curled(text, self.body.language) if self.smart_quotes else text

    def error(self, message: str, hint: str, needle: str, *, is_target: bool = False) -> None:
        """Note something that must not be published."""
        self.findings.append(Finding(message, hint, needle, is_target))

    def warning(
        self,
        message: str,
        hint: str,
        needle: str = "",
        *,
        is_target: bool = False,
        line: int = -1,
        behind: str = "",
    ) -> None:
        """Note something that a writer should know."""
        severity = Severity.WARNING
        self.findings.append(Finding(message, hint, needle, is_target, line, severity, behind))


class BodyMarkdown(Markdown):
    """Python-Markdown with a Job at hand, for every processor to see.

    `skips` says whether a stage may be left out for a text that has nothing for it.
    """

    job: Job
    skips = False

    def __init__(self, options: MarkdownOptions) -> None:
        self.options = options
        super().__init__(output_format="html")

    def convert_job(self, job: Job) -> str:
        """Turn the text of a job into HTML; nothing of an earlier text is left."""
        self.job = job
        self.reset()
        return self.convert(job.text)

    def has_nothing_for(self, *triggers: str) -> bool:
        """Whether a stage that needs one of these strings in the text may be skipped."""
        if not self.skips:
            return False
        text = self.job.text
        for trigger in triggers:  # noqa: SIM110 - a generator takes three times as long
            if trigger in text:
                return False
        return True

    def raw(self, text: str) -> str:
        """The text with the HTML behind its placeholders put back."""
        for _ in range(PLACEHOLDER_DEPTH):  # stashed HTML may hold placeholders itself
            if "\x02" not in text:
                break
            text = HTML_PLACEHOLDER_RE.sub(partial(_stashed, self.htmlStash.rawHtmlBlocks), text)
        return text

    def plain(self, text: str) -> str:
        """The text as a reader sees it: no tags, character references decoded."""
        if "\x02" in text:
            text = TAG.sub("", self.raw(text).replace(AMP_SUBSTITUTE, "&"))
        return decoded(text)


def _stashed(blocks: list[str | Element], match: re.Match[str]) -> str:
    """The HTML that a placeholder stands for; elements are put back elsewhere."""
    number = int(match[1])
    html = blocks[number] if number < len(blocks) else ""
    return html if isinstance(html, str) else ""
