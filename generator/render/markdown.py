"""Markdown: from a body to its HTML, with every fault in it placed in its file."""

import re
from functools import partial

from generator.limits import MOST_MEMORY, MemoryUp, TimeUp, within
from generator.markdown.document import Fault
from generator.markdown.parser import cleaned
from generator.model.body import Body, MarkdownOptions, RenderedBody
from generator.model.problems import Place, Problem
from generator.render.body.job import Job
from generator.render.body.parser import BodyMarkdown

ID = re.compile(r"""\sid\s*=\s*["']?([^\s"'<>]+)""")

# What HTML may not hold (Living Standard, 3.2.2: no controls but white space, no noncharacters);
# a carriage return is a line end, and is none by now.
CONTROLS = (*(chr(n) for n in range(0x20) if n not in (0x09, 0x0A)), "\x7f", "\ufffe", "\uffff")
REPLACED = str.maketrans(dict.fromkeys(CONTROLS, "\ufffd"))

SLOWEST = 1e-5
"""Seconds for each character: ten times what the most hostile texts took when it was measured."""

TOO_SLOW_HINT = (
    "Look for long runs of brackets, asterisks, backticks or quotation marks, "
    "or raise markdown.time_limit."
)
TOO_DEEP_HINT = "Nest lists and quotations less deeply."
LIBRARY_HINT = "Take out half of the text to find the place that breaks it."


class MarkdownRenderer:
    """Renders bodies, one after another; set up once for many.

    An instance belongs to one thread.
    """

    def __init__(self, options: MarkdownOptions) -> None:
        self._options = options
        self._markdown: BodyMarkdown | None = None

    def prepare(self) -> None:
        """Set up the parser now, not when the first body comes."""
        self._markdown = self._markdown or BodyMarkdown(self._options)

    def render(self, body: Body, text: str) -> RenderedBody:
        """Turn a body's text into HTML; nothing of it depends on bodies rendered before.

        A byte order mark, CR and CRLF as line ends, and NUL (shown as U+FFFD, as
        CommonMark 0.31, 2.3 has it) do no harm. A body that takes longer than the time
        limit, or breaks the library, comes back with no HTML and a Problem. Control
        characters are seen as they are by all checks, and are shown as U+FFFD.
        """
        job = Job(body, cleaned(text), self._options.smart_quotes, self._options.embedding)
        markdown = self._markdown or BodyMarkdown(self._options)
        self._markdown = None  # one that fails on the way is not used again
        limit = self._options.time_limit if _may_take_long(job, self._options) else 0
        try:
            rendered = within(limit, partial(_rendered, markdown, job))
        except TimeUp as up:
            much = f"longer than {self._options.time_limit:g} s"
            if isinstance(up, MemoryUp):
                much = f"more than {MOST_MEMORY >> 20:,} MB of memory"
            message = f"turning this text into HTML took {much}"
            return _failed(body, message, TOO_SLOW_HINT)
        except RecursionError:
            return _failed(body, "nested too deeply", TOO_DEEP_HINT)
        except Exception as error:  # noqa: BLE001 - whatever the library raises is this text's fault
            message = f"the Markdown library fails on this text ({type(error).__name__}: {error})"
            return _failed(body, message, LIBRARY_HINT)
        self._markdown = markdown
        return rendered


def _may_take_long(job: Job, options: MarkdownOptions) -> bool:
    """Whether a text needs a watch: setting one takes a tenth of the time of a short text.

    Reading takes time in proportion to the text; what colours code promises no such thing.
    """
    text = job.text
    return (
        len(text) * SLOWEST > options.time_limit
        or ("`" in text and "```" in text)
        or ("~" in text and "~~~" in text)
        or ("{" in text and "{%" in text)
    )


def _rendered(markdown: BodyMarkdown, job: Job) -> RenderedBody:
    html = markdown.convert_job(job)
    ids = _ids(job, html)
    if any(map(html.__contains__, CONTROLS)):
        html, ids = html.translate(REPLACED), tuple(name.translate(REPLACED) for name in ids)
        for control in filter(job.text.__contains__, CONTROLS):
            name = f"U+{ord(control):04X}"
            job.warning(
                f"an invisible character ({name}) is shown as \ufffd", "Delete it.", control
            )
    faults = (*job.document.faults, *job.faults)
    problems = tuple(dict.fromkeys(_problem(job, fault) for fault in faults))
    return RenderedBody(html, ids, problems)


def _failed(body: Body, message: str, hint: str) -> RenderedBody:
    place = Place(body.source_path, body.facts.line)
    return RenderedBody("", problems=(Problem(place, message, hint),))


def _ids(job: Job, html: str) -> tuple[str, ...]:
    """All ids in the order in which they stand; those in raw HTML have to be looked for."""
    ids = dict.fromkeys((*job.ids, *job.raw_ids))
    if not job.raw_ids:
        return tuple(ids)
    places = {match[1]: match.start() for match in reversed(list(ID.finditer(html)))}
    return tuple(sorted((name for name in ids if name in places), key=places.__getitem__))


def _problem(job: Job, fault: Fault) -> Problem:
    """What was found at a place in the body, at its place in the file."""
    lines = job.document.lines
    return Problem(
        Place(job.body.source_path, job.body.facts.line + fault.line, fault.column + 1),
        fault.message,
        fault.hint,
        fault.severity,
        lines[fault.line] if fault.line < len(lines) else "",
        fault.width,
        spares_text=fault.is_dead,
    )
