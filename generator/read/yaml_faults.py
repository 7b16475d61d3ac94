"""What is wrong with a YAML text, told to somebody who has never heard of YAML.

The parser says where it stopped and what it would have liked there. That is rarely
where the slip is, and never in a reporter's words. The rules below look at the line
itself; the first that knows the slip tells of it.
"""

import re
from collections.abc import Callable

from yaml import MarkedYAMLError, YAMLError

from generator.model.values import frozen
from generator.read.source_spans import SpanFault
from generator.read.yaml_lines import Line, end_of_quotes, in_quotes, line_at, shortened

_MEANINGS = {"&": "an anchor", "*": "an alias", "!": "a tag"}
_RESERVED = frozenset("@`%&*!|>?,]}")
_ITEM = re.compile(r"[^,\]}\n]*")
_DASH = re.compile(r"[–—‒−•·]\s*|-(?=[^\s-])")  # noqa: RUF001 - what stands for a hyphen


def reserved(text: str, index: int, message: str = "") -> SpanFault:
    """Refuse the value at `index`, which begins with a sign that means something in YAML."""
    line = line_at(text, index)
    sign = text[index : index + 1]
    what = message
    if not what:
        what = f'a value cannot begin with "{sign}"'
        if sign in _MEANINGS:
            what += f": in YAML that is {_MEANINGS[sign]}"
    if message or index == line.value_at:
        return SpanFault(index, line.end, what, _put_in_quotes(line))
    item = _ITEM.match(text, index)
    end = item.end() if item else index + 1
    return SpanFault(index, end, what, f"Put it in quotes: {in_quotes(text[index:end].rstrip())}")


def swallowed(text: str, index: int) -> SpanFault:
    """Tell of a `#word` or `# 1` at `index` that YAML takes for a comment."""
    line = line_at(text, index)
    lost = text[index : line.end].rstrip()
    other = "put it on a line of its own" if lost[1:2].isspace() else "write a space after the #"
    hint = f"{_put_in_quotes(line)}. If it is a comment, {other}."
    return SpanFault(
        index, index + len(lost), f'"{shortened(lost)}" is left out, as a comment', hint
    )


def _no_space(line: Line) -> SpanFault | None:
    """Tell of a line such as `date:2024`; None for any other."""
    name, colon, value = line.value.partition(":")
    if line.key or not (colon and value.strip()) or " " in name.strip():
        return None
    hint = f"Write {name.strip()}: {shortened(value.strip())}"
    return SpanFault(line.start + len(line.lead), line.end, "no space after the colon", hint)


def _put_in_quotes(line: Line) -> str:
    return f"Put the value in quotes: {line.quoted()}"


@frozen
class _Case:
    """The parser's complaint: its words, where it stopped, and where what it read began."""

    text: str
    words: str
    at: int
    opened: int
    line: Line

    def says(self, *parts: str) -> bool:
        """Whether the complaint has any of these words in it."""
        return any(part in self.words for part in parts)

    def here(self, message: str, hint: str) -> SpanFault:
        """A slip where the parser stopped."""
        return SpanFault(self.at, self.at + 1, message, hint)

    @property
    def sign(self) -> str:
        """The character where the parser stopped; nothing at the end."""
        return self.text[self.at : self.at + 1]


def explain(text: str, error: YAMLError) -> SpanFault:
    """Say in plain words, with a place and a remedy, why the parser gave up on `text`."""
    if not isinstance(error, MarkedYAMLError) or error.problem_mark is None:
        return SpanFault(0, 0, f"not valid YAML: {error}")
    # Behind the last line there is nothing to look at.
    at = min(error.problem_mark.index, len(text.rstrip()))
    opened = error.context_mark.index if error.context_mark else at
    words = f"{error.context}; {error.problem}"
    case = _Case(text, words, at, opened, line_at(text, at))
    for rule in _RULES:
        slip = rule(case)
        if slip is not None:
            return slip
    hint = "A value that has : or # in it, or begins with a sign, needs quotes."
    return case.here(f"not valid YAML: {error.problem}", hint)


def _tab(case: _Case) -> SpanFault | None:
    if case.sign != "\t" or not case.says("cannot start any token", "tab character"):
        return None
    return case.here("a tab where only spaces may stand", "Indent with spaces.")


def _open_quote(case: _Case) -> SpanFault | None:
    """A quote that closes nowhere, or lines below, at one that was meant to open."""
    if case.says("quoted scalar") and case.says("end of stream", "document indicator"):
        return _unclosed_quote(case.text, case.opened)
    line = case.line
    while line.start > 0:
        line = line_at(case.text, line.start - 1)
        if line.value[:1] not in ("'", '"'):
            continue
        end = end_of_quotes(case.text, line.value_at)
        if line.end < end <= case.at and "\n" not in case.text[end : case.at]:
            return _unclosed_quote(case.text, line.value_at)
        return None
    return None


def _unclosed_quote(text: str, index: int) -> SpanFault:
    line = line_at(text, index)
    mark = text[index : index + 1]
    hint = f"End the value with {mark} on the same line."
    return SpanFault(index, line.end, "the quote that opens here is not closed", hint)


def _after_quotes(case: _Case) -> SpanFault | None:
    """`title: "Foo" and bar`, or `title: 'It's raining'`."""
    line = case.line
    end = end_of_quotes(case.text, line.value_at)
    if case.says("flow") or not 0 <= end <= case.at <= line.end:
        return None
    message = "the value goes on after its closing quote"
    return SpanFault(end, line.end, message, _put_in_quotes(line))


def _escape(case: _Case) -> SpanFault | None:
    if not case.says("escape"):
        return None
    line = case.line
    hint = f"Use single quotes: {line.label}'{line.value.strip().strip(chr(34))}'"
    return case.here("a backslash in double quotes begins a special character", hint)


def _first_sign(case: _Case) -> SpanFault | None:
    """`author: @anna`, `title: *bold* word`, `title: > Foo`."""
    if case.says("cannot start any token"):
        return reserved(case.text, case.at)
    if case.says("an alias", "an anchor", "a tag"):
        return reserved(case.text, case.opened)
    line = case.line
    if (
        line.value[:1] in _RESERVED
        and line.value_at <= case.at
        and not case.says("flow", "simple key")
    ):
        return reserved(case.text, line.value_at)
    return None


def _key_sign(case: _Case) -> SpanFault | None:
    """`>date: 2024`, `%tags:`."""
    line = case.line
    sign = line.key[:1]
    if not sign or sign not in _RESERVED:
        return None
    start = line.start + len(line.lead)
    return SpanFault(start, start + 1, f'a key cannot begin with "{sign}"', f'Delete the "{sign}".')


def _bracket(case: _Case) -> SpanFault | None:
    """A list in brackets, or a mapping in braces, that goes wrong."""
    if not case.says("flow sequence", "flow mapping", "flow node"):
        return None
    opened = case.opened
    if case.says("flow node"):  # then that is where it stopped
        opened = max(case.text.rfind("[", 0, case.at), case.text.rfind("{", 0, case.at))
    sign = case.text[opened : opened + 1]
    close = "]" if sign == "[" else "}"
    line = line_at(case.text, opened)
    rest = case.text[opened : line.end]
    if close in rest and "#" not in rest:
        hint = "Set items apart with one comma; put an item that has : or quotes in it in quotes."
        return case.here(f'a comma or a quote is amiss between "{sign}" and "{close}"', hint)
    hint = f'End the line with "{close}"; if it is text, put the value in quotes.'
    if " #" in rest:
        hint = "Put what begins with # in quotes: # begins a comment."
    message = f'the "{sign}" that opens here is not closed'
    return SpanFault(opened, line.end, message, hint)


def _after_bracket(case: _Case) -> SpanFault | None:
    """`title: [Video] Storm hits`, or one bracket too many."""
    line = case.line
    if line.value[:1] not in ("[", "{") or case.at <= line.value_at or case.says("simple key"):
        return None
    if case.sign in ("]", "}"):
        return case.here(f'one "{case.sign}" too many', "Delete it.")
    message = "the value goes on after its closing bracket"
    return SpanFault(case.at, line.end, message, _put_in_quotes(line))


def _colon(case: _Case) -> SpanFault | None:
    """`title: Foo: bar`, or a key on a line that is indented too far."""
    if not case.says("mapping values are not allowed"):
        return None
    line = case.line
    if case.at < line.value_at and not line.label.startswith("-"):
        above = line_at(case.text, line.start - 1)
        if line.lead == above.lead and (slip := _no_space(above)):
            return slip
        hint = f'Begin the line with "{line.key}:"; if it continues the text above, quote that.'
        return SpanFault(line.start, case.at, "this line is indented too far", hint)
    return case.here("a colon inside a value that has no quotes", _put_in_quotes(line))


def _no_colon(case: _Case) -> SpanFault | None:
    """`date:2024`, or a line of text without a key."""
    if not case.says("could not find expected ':'"):
        return None
    line = line_at(case.text, case.opened)
    if slip := _no_space(line):
        return slip
    text = line.value.strip()
    if _DASH.match(text):
        hint = f"Begin it with a plain hyphen and a space: - {_DASH.sub('', text)}"
        return SpanFault(case.opened, line.end, "this is no item of a list", hint)
    message = f'no key in front of "{shortened(text)}"'
    hint = 'Write "key: value". If it continues the line above, begin it with two spaces.'
    return SpanFault(case.opened, line.end, message, hint)


def _list_item(case: _Case) -> SpanFault | None:
    """`tags: - a`, or an item under no key."""
    if case.says("sequence entries are not allowed"):
        hint = "Write each item on a line of its own. If it is text, put the value in quotes."
        return case.here("a list cannot begin on the line of its key", hint)
    line = case.line
    if case.says("expected key") and case.sign == "-" and case.at == line.start:
        hint = 'Write its key, such as "tags:", on the line above the list.'
        return case.here("a list item that belongs to no key", hint)
    return None


def _alignment(case: _Case) -> SpanFault | None:
    if not case.says("expected key", "expected '-' indicator"):
        return None
    if case.sign == ":":
        return case.here("a key is missing before the colon", 'Write "key: value".')
    hint = "Begin lines that belong together with the same number of spaces."
    return case.here("this line does not stand in line with those above it", hint)


def _second_document(case: _Case) -> SpanFault | None:
    if not case.says("<document start>"):
        return None
    return case.here("text after the end of the YAML", 'Delete the line "..." above it.')


_RULES: tuple[Callable[[_Case], SpanFault | None], ...] = (
    _tab,
    _open_quote,
    _after_quotes,
    _escape,
    _key_sign,
    _first_sign,
    _bracket,
    _after_bracket,
    _colon,
    _no_colon,
    _list_item,
    _alignment,
    _second_document,
)
