"""Signs that stand for characters, code and emphasis (CommonMark 0.31.2, 2.4 to 2.5, 6.1 to 6.2).

Each reader gets the place of a sign, and gives the place behind what it has read; -1 says that the
sign is text.
"""

import re
from bisect import bisect_right
from html.entities import html5
from xml.etree.ElementTree import Element

from generator.markdown.emphasis import DelimiterRun
from generator.markdown.han_lines import BETWEEN_HAN
from generator.markdown.patterns import RAW
from generator.markdown.span_state import SpanState

PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
RUN = re.compile(r"\*+|_+|~+|`+")
REFERENCE = re.compile(r"&#?\w+;")
BACKTICKS = re.compile(r"`+")
MOST_RUNS = 50_000  # in one block: what comes behind is text
STARS = "**"  # with a space on both sides they do nothing, and are told of
HARD_BREAK = 2  # a line end behind two spaces or more
MOST_DIGITS = {False: 7, True: 6}


def escape(state: SpanState, start: int) -> int:
    """A backslash: the character behind it is text; a line end breaks the line."""
    following = state.text[start + 1 : start + 2]
    if following == "\n":
        state.before(start)
        state.parts += (Element("br"), "\n")
        return start + 2
    if following not in PUNCTUATION or not following:
        return -1
    state.before(start)
    if state.options.keep_escapes:
        state.parts.append(f"\x02{ord(following)}\x03")
    elif following == "&":
        state.parts.append("&amp;")
    else:
        state.parts.append(following)
    return start + 2


def line_end(state: SpanState, start: int) -> int:
    """A line end, which may break the line, or mean nothing between two Han characters."""
    text, end = state.text, start + 1
    before = text[state.floor : start].rstrip(" ")
    if before:
        state.parts.append(before)
    spaces = start - state.floor - len(before)
    if spaces >= HARD_BREAK:
        state.parts += (Element("br"), "\n")
    elif spaces or not BETWEEN_HAN.match(text, start):
        state.parts.append("\n")
        state.has_line_ends = True
    return end


def code(state: SpanState, start: int) -> int:
    """Code between backticks."""
    text = state.text
    run = RUN.match(text, start)
    after = run.end() if run else start
    close = _closing_ticks(state, start, after - start)
    state.before(start)
    if close < 0:
        state.parts.append(text[start:after])
        return after
    code = text[after:close].replace("\n", " ")
    if code[0] == code[-1] == " " and not code.isspace():
        code = code[1:-1]
    element = Element("code")
    element.text = state.options.literal(escaped(code))
    state.parts.append(element)
    state.hidden.append((start, close))
    return close + after - start


def _closing_ticks(state: SpanState, start: int, length: int) -> int:
    """Where the run of backticks begins that closes one; -1 if none does."""
    if not state.ticks:
        for run in BACKTICKS.finditer(state.text, start):
            state.ticks.setdefault(run.end() - run.start(), []).append(run.start())
    places = state.ticks.get(length, [])
    number = bisect_right(places, start)
    return places[number] if number < len(places) else -1


def run(state: SpanState, start: int) -> int:
    """Marks of emphasis."""
    text = state.text
    match = RUN.match(text, start)
    end = match.end() if match else start + 1
    before, after = text[start - 1 : start] if start else "", text[end : end + 1]
    if len(state.runs) >= MOST_RUNS:
        return -1
    if text[start] == "_" and end == start + 1 and before.isalnum() and after.isalnum():
        return -1
    state.before(start)
    run = DelimiterRun(text[start], end - start, before, after, start)
    if run.can_open or run.can_close or text[start:end] == STARS:
        state.parts.append(run)
        state.runs.append(run)
        state.is_flat = False
    else:
        state.parts.append(text[start:end])
    return end


def reference(state: SpanState, start: int) -> int:
    """What looks like a character reference and is none."""
    match = REFERENCE.match(state.text, start)
    if match is None or is_reference(match.group()):
        return -1
    state.before(start)
    state.parts.append("&amp;" + match.group()[1:])
    return match.end()


def brace(state: SpanState, start: int) -> int:
    """Leave out a tag that says that what follows, or stood before, is to be shown."""
    tag = RAW.match(state.text, start)
    if tag is None:
        return -1
    state.before(start)
    if "end" not in tag.group():
        end = RAW.search(state.text, tag.end())
        state.hidden.append((start, end.start() if end else len(state.text)))
    return tag.end()


def escaped(text: str) -> str:
    """A text whose `&` are characters, as the tree holds it."""
    return text.replace("&", "&amp;") if "&" in text else text


def is_reference(written: str) -> bool:
    """Whether what looks like a character reference is one (CommonMark 0.31.2, 2.5)."""
    name = written[1:-1]
    if name[0] != "#":
        return f"{name};" in html5
    digits = name[2:] if name[1] in "xX" else name[1:]
    most = MOST_DIGITS[name[1] in "xX"]
    allowed = "0123456789abcdefABCDEF" if name[1] in "xX" else "0123456789"
    return 0 < len(digits) <= most and all(digit in allowed for digit in digits)
