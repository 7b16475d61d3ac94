"""Inline markup of the usual kinds, written straight from text to HTML.

Nearly all paragraphs of news hold nothing but code spans, plain links, character
references, and simple pairs of asterisks or underscores. For such a text the HTML follows
by a few substitutions: no element has to be made, walked over and written.
"""

import re

from markdown.util import AtomicString, code_escape

from generator.render.body.escaping import attribute, escaped
from generator.render.body.job import BodyMarkdown
from generator.render.body.links import LinkEditor
from generator.render.body.quick_patterns import SIMPLE_PAIR

TOKEN = re.compile(r"`([^`]+)`|\[(?<!!\[)([^\[\]`]*)\]\(([^\s()<>\"'`\[\]]+)\)")
LINES = re.compile(r"(?<!\w)(__?)(?![\s_])([^_*]++)(?<!\s)\1(?!\w)")
LIVE_LINE = re.compile(r"(?<!\w)_|_(?!\w)")
MARK = "\x02"
"""Stands for a code span or link while the text round it is looked at."""

HOLDERS = frozenset({"p", "li", "td", "dd"})
"""Elements whose text nothing looks at once its markup has been made."""


class Html(AtomicString):
    """A text in the tree that is HTML already: nothing changes it, and nothing escapes it."""

    __slots__ = ()


class DirectMarkup:
    """Writes the markup in the texts of one body, as far as it is of the usual kinds."""

    def __init__(self, md: BodyMarkdown) -> None:
        self._md = md
        self._links = LinkEditor(md)

    def html(self, text: str) -> Html | None:
        """The HTML of a text with markup, or None where the long way must be gone.

        That is where there is other markup, where marks may not pair up as they seem to,
        and where there is something to tell of a link.
        """
        if _has_other_markup(text):
            return None
        html: str | None = None
        if "`" in text or "](" in text:
            html = self._with_links(text)
        elif "[" not in text or not self._may_be_link(text):
            html = emphasized(text)
        return None if html is None else Html(html)

    def _with_links(self, text: str) -> str | None:
        # In turn: text, then the code, label and address of what follows it.
        parts = TOKEN.split(text)
        between = MARK.join(parts[::4])
        if "`" in between or ("[" in between and self._may_be_link(between)):
            return None
        html = emphasized(between)
        if html is None:
            return None
        pieces = html.split(MARK)
        for number in range(1, len(pieces)):
            code, label, address = parts[4 * number - 3 : 4 * number]
            made = self._link(label, address) if code is None else _code(code)
            if made is None:
                return None
            pieces[number] = made + pieces[number]
        return "".join(pieces)

    def _may_be_link(self, text: str) -> bool:
        """Whether brackets that are left may be a link's or a picture's after all."""
        return "](" in text or "![" in text or bool(self._md.references)

    def _link(self, label: str, address: str) -> str | None:
        html = emphasized(label)
        leads_to = html is not None and self._links.quiet_address(address)
        return f'<a href="{attribute(leads_to)}">{html}</a>' if leads_to else None


def _has_other_markup(text: str) -> bool:
    return (
        "<" in text
        or "\\" in text
        or "{" in text
        or "[^" in text
        or "``" in text
        or "  \n" in text
        or MARK in text
    )


def _code(code: str) -> str:
    return f"<code>{code_escape(code.strip())}</code>"


def emphasized(text: str) -> str | None:
    """A text without links and code as HTML, or None where its marks are not all simple pairs.

    In `*this*` and `**this**` side by side each run of marks meets one of its own length
    first: nothing else can come of it, whatever stands around them. The same holds for
    underscores; those inside a word mean nothing.
    """
    text = escaped(text)
    if "_" in text:
        text = LINES.sub(_emphasis, text)
        if LIVE_LINE.search(text):
            return None
    if "*" in text:
        text = SIMPLE_PAIR.sub(_emphasis, text)
        if "*" in text:
            return None
    return text


def _emphasis(pair: re.Match[str]) -> str:
    tag = "em" if len(pair[1]) == 1 else "strong"
    return f"<{tag}>{pair[2]}</{tag}>"
