"""Angle brackets and addresses: links without a text, and raw HTML (CommonMark 0.31.2, 6.5 to 6.6).

Each reader gets the place of a sign, and gives the place behind what it has read; -1 says that the
sign is text.
"""

import re
from xml.etree.ElementTree import Element

from generator.markdown import autolinks
from generator.markdown.document import Link
from generator.markdown.html_elements import KNOWN
from generator.markdown.patterns import TAG
from generator.markdown.span_state import SpanState
from generator.markdown.span_text import escaped
from generator.model.late_patterns import late_pattern
from generator.model.problems import Severity

WRAPPER = "url:"  # addresses in prose were once written <URL:https://…> (RFC 3986, appendix C)
ADDRESS = re.compile(r"<([a-zA-Z][a-zA-Z0-9+.-]{1,31}:[^\s<>\x00-\x20]*)>")
MAIL = re.compile(
    r"<([a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
    r"(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*)>"
)
COMMENT = "<!--"
SPECIAL_HTML = ((COMMENT, "-->"), ("<?", "?>"), ("<![CDATA[", "]]>"))
LONGEST_SHOWN = 40
MEANT_AS_TAG = late_pattern(
    r"""</?(?P<name>[a-zA-Z][a-zA-Z0-9]{0,30}+)(?P<prefix>:[a-zA-Z](?![^<>]*://))?
        (?P<values>\s++[a-zA-Z-]++=)?+[^<>\n]{0,200}+>?+""",
    re.VERBOSE,
)
"""A tag with a namespace, as Word has them, or with values that are not set apart."""
TAG_HINT = "Set its values in quotation marks, with a space between them; or take it out."
DECLARATION = re.compile(r"<![a-zA-Z]")


def angle(state: SpanState, start: int) -> int:
    """An address or HTML between angle brackets."""
    text = state.text
    address = ADDRESS.match(text, start)
    mail = None if address else MAIL.match(text, start)
    if found := address or mail:
        state.before(start)
        _address(state, found[1], start + 1, "mailto:" if mail else "")
        return found.end()
    end = _html_end(state, start)
    if end < 0:
        _tell_broken_tag(state, start)
        return -1
    state.before(start)
    state.parts.append(state.document.put_aside(text[start:end], state.leaf, start))
    return end


def _tell_broken_tag(state: SpanState, start: int) -> None:
    """Warn of what was a tag to its writer, or to a word processor, and is shown as it stands."""
    tag = MEANT_AS_TAG.match(state.text, start)
    if tag and (tag["prefix"] or (tag["values"] and tag["name"].lower() in KNOWN)):
        message = f"this is no HTML tag, and is shown as it stands: {tag[0][:LONGEST_SHOWN]}"
        state.document.fault(state.leaf, start, message, TAG_HINT, width=len(tag[0]))


def _html_end(state: SpanState, start: int) -> int:
    """Where the raw HTML that begins here ends; -1 where there is none."""
    text = state.text
    tag = TAG.match(text, start)
    if tag:
        return tag.end()
    if text.startswith(("<!-->", "<!--->"), start):
        return start + (5 if text[start + 4] == ">" else 6)
    for begin, finish in SPECIAL_HTML:
        if text.startswith(begin, start):
            end = _after(state, finish, start + len(begin))
            if end < 0 and begin == COMMENT:
                _tell_shown_note(state, start)
            return end
    return _after(state, ">", start + 2) if DECLARATION.match(text, start) else -1


def _tell_shown_note(state: SpanState, start: int) -> None:
    """Tell of a comment within a paragraph that does not end there: readers see it."""
    shown = " ".join(state.text[start : start + LONGEST_SHOWN].split())
    message = f"readers would see this note: {shown}"
    hint = "End it with --> in the same paragraph; for a <!-- to be shown make it `code`."
    state.document.fault(state.leaf, start, message, hint, Severity.ERROR, len(COMMENT))


def _after(state: SpanState, finish: str, start: int) -> int:
    if finish in state.missing:
        return -1
    place = state.text.find(finish, start)
    if place < 0:
        state.missing.add(finish)
        return -1
    return place + len(finish)


def _address(state: SpanState, shown: str, start: int, prefix: str) -> None:
    target = prefix + shown
    if target[:4].lower() == WRAPPER:
        target, start = target[4:], start + 4
    element = Element("a", href=escaped(target))
    element.text = state.options.literal(escaped(shown))
    state.document.links.append(Link(target, state.leaf, start, element))
    state.parts.append(element)


def colon(state: SpanState, start: int) -> int:
    """An address that begins with its scheme."""
    text = state.text
    if state.brackets or not text.startswith("//", start + 1):
        return -1
    begin = autolinks.scheme_start(text, start, state.floor)
    end = autolinks.web_address(text, begin, start + 3) if begin >= 0 else 0
    return _autolink(state, begin, end, "")


def www(state: SpanState, start: int) -> int:
    """An address that begins with www."""
    text = state.text
    if state.brackets or not text.startswith("www.", start):
        return -1
    if not autolinks.may_begin(text, start):
        return -1
    end = autolinks.web_address(text, start, start)
    return _autolink(state, start, end if end > start + 4 else 0, "http://")


def at(state: SpanState, start: int) -> int:
    """A mail address."""
    begin, end = autolinks.mail_address(
        state.text, start, state.floor, in_lines=any(run.sign == "_" for run in state.runs[-8:])
    )
    scheme = autolinks.mail_scheme(state.text, begin, state.floor)
    if scheme == "xmpp:":
        end = autolinks.resource_end(state.text, end)
    return _autolink(state, begin - len(scheme), end, "" if scheme else "mailto:")


def _autolink(state: SpanState, begin: int, end: int, prefix: str) -> int:
    if not end:
        return -1
    state.before(begin)
    _address(state, state.text[begin:end], begin, prefix)
    return end
