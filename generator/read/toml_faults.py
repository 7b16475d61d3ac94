"""What is wrong with a TOML text, in plain words."""

import re
from collections.abc import Callable

from generator.read.source_spans import SpanFault
from generator.read.toml_tokens import unclosed
from generator.read.yaml_lines import shortened, unquoted

_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
_BEFORE_KEY = re.compile(r"[ \t]*+\[*+[ \t]*+")
_KEY = re.compile(r"[^=\]:\n]*+")
_BEHIND_KEY = re.compile(r"\]*+[ \t]*+(?:(?P<sign>[=:])[ \t]*+|$)")


def explain_toml(text: str, error: str) -> SpanFault:
    """Say why `tomllib` refused a text, from the words of its error."""
    match = _PLACE.search(error)
    words = error[: match.start()] if match else error
    at = len(text.rstrip())
    if match and match[1]:
        starts = [0, *(found.end() for found in re.finditer("\n", text))]
        at = min(starts[int(match[1]) - 1] + int(match[2]) - 1, at)
    complaint = _Complaint(text, words, at)
    for signs, rule in _RULES:
        if any(sign in words for sign in signs):
            return rule(complaint)
    return complaint.rest(f"not valid TOML: {words}", 'Write key = "text".')


class _Complaint:
    """What `tomllib` says, and the line where it stopped (`at`), taken apart."""

    def __init__(self, text: str, words: str, at: int) -> None:
        self.text, self.words, self.at = text, words, at
        self.start = text.rfind("\n", 0, at) + 1
        self.line = text[self.start :].split("\n", 1)[0]
        start = _end(_BEFORE_KEY.match(self.line))
        key = _KEY.match(self.line, start)
        match = _BEHIND_KEY.match(self.line, _end(key))
        self.key = key[0].rstrip(" \t") if key and match else ""
        self.sign = (match["sign"] or "") if match else ""
        self._before = _end(match)
        self.value = self.line[self._before :].rstrip()

    def whole(self, message: str, hint: str) -> SpanFault:
        """Show the whole line."""
        indent = len(self.line) - len(self.line.lstrip())
        return SpanFault(self.start + indent, self.start + len(self.line), message, hint)

    def rest(self, message: str, hint: str) -> SpanFault:
        """Show the line from where it went wrong."""
        return SpanFault(self.at, self.start + len(self.line), message, hint)

    def of_value(self, message: str, hint: str) -> SpanFault:
        """Show the value."""
        start = self.start + self._before
        return SpanFault(start, start + len(self.value), message, hint)

    def quoted(self) -> str:
        """The line with its value in quotes that fit it."""
        value = shortened(unquoted(self.value))
        quote = "'" if '"' in value or "\\" in value else '"'
        quote = quote if quote not in value else '"""'
        return f"{self.key} = {quote}{value}{quote}"


def _end(match: re.Match[str] | None) -> int:
    return match.end() if match else 0


def _twice(complaint: _Complaint) -> SpanFault:
    inline = "Duplicate" in complaint.words and "'" in complaint.words
    name = complaint.words.split("'")[1] if inline else complaint.key
    return complaint.whole(f'"{name}" is given twice', "Keep one of them.")


def _not_closed(complaint: _Complaint) -> SpanFault:
    at = unclosed(complaint.text)
    if at < 0:
        hint = "Separate items with commas; what is in { } stands on one line."
        return complaint.rest("a comma is missing, or a bracket", hint)
    end = complaint.text.find("\n", at)
    sign = complaint.text[at]
    what = f'the "{sign}"' if sign in "[{" else "the quote"
    hint = f"End it with {({'[': ']', '{': '}'}).get(sign, sign)}"
    end = len(complaint.text) if end < 0 else end
    return SpanFault(at, end, f"{what} that opens here is not closed", hint)


def _no_equals(complaint: _Complaint) -> SpanFault:
    if complaint.sign == ":":
        hint = f"Write {complaint.quoted()}, or fence YAML with --- lines instead of +++."
        return complaint.whole('a colon where TOML has "="', hint)
    return complaint.whole('no "=" after the key', 'Write key = "text".')


def _no_key(complaint: _Complaint) -> SpanFault:
    return complaint.whole("a key is missing", 'Write key = "text".')


def _no_date(complaint: _Complaint) -> SpanFault:
    message = f'not a date: "{shortened(complaint.value)}"'
    return complaint.of_value(message, "Write year-month-day, such as 2024-08-15.")


def _backslash(complaint: _Complaint) -> SpanFault:
    message = "a backslash in double quotes begins a special character"
    return complaint.rest(message, "Use single quotes.")


def _no_quotes(complaint: _Complaint) -> SpanFault:
    if not complaint.value:
        hint = f'Write {complaint.key} = "text".'
        return complaint.whole(f'"{complaint.key}" has no value', hint)
    if complaint.value[0] in "[{":
        return complaint.rest("no value here", "Put texts in quotes, one comma between them.")
    return complaint.of_value("a text that has no quotes", f"Write {complaint.quoted()}")


def _goes_on(complaint: _Complaint) -> SpanFault:
    hint = f"Put the value in quotes: {complaint.quoted()}"
    return complaint.rest("the value goes on after its end", hint)


def _too_big(complaint: _Complaint) -> SpanFault:
    return complaint.rest("a number with too many digits", "Put it in quotes.")


_RULES: tuple[tuple[tuple[str, ...], Callable[[_Complaint], SpanFault]], ...] = (
    (("Cannot", "Duplicate"), _twice),
    (("Unterminated", "Unclosed", "Expected \"'", 'Expected \'"""\''), _not_closed),
    ((r"'\n'", "Expected ']'"), _not_closed),
    (("Expected '='",), _no_equals),
    (("Invalid statement", "Invalid initial character"), _no_key),
    (("Invalid date",), _no_date),
    (("'\\'", "Escaped"), _backslash),
    (("Invalid value",), _no_quotes),
    (("Expected newline",), _goes_on),
    (("digits",), _too_big),
)
