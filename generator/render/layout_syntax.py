"""Faults of syntax in layouts: from Jinja's words to a web designer's."""

import re
from collections.abc import Callable

from generator.model.late_patterns import late_pattern
from generator.model.options import near
from generator.model.values import frozen

PRINT = "end of print statement"
STATEMENT = "end of statement block"
ENDS = {PRINT: '"}}"', STATEMENT: '"%}"', "name": "a name"}
MIDDLES = ("elif", "else")
LOOK = "See how the theme's own layouts write it."
STATEMENTS = (
    *("block", "call", "extends", "filter", "for", "from", "if", "import", "include", "macro"),
    *("raw", "set", "with", *MIDDLES),
)


@frozen
class Advice:
    """What to say of an error; `name` is what it is about, to be found in the line."""

    message: str
    hint: str = ""
    name: str = ""


def syntax_advice(words: str) -> Advice:
    """What to say of a layout that Jinja could not read, from the words of its error."""
    for pattern, rule in _RULES:
        if found := pattern.match(words):
            return rule(*found.groups())
    return Advice(words[:1].lower() + words[1:].rstrip("."))


def _not_closed(opened: str) -> Advice:
    return Advice(f'the "{opened}" is not closed', f"Write {{% end{opened} %}} behind it.")


def _wrong_end(tag: str, opened: str) -> Advice:
    if not _is_end(tag):
        return _no_statement(tag)
    message = f'"{tag}", but the "{opened}" before it is not closed'
    return Advice(message, f"Write {{% end{opened} %}} first.", tag)


def _no_statement(tag: str) -> Advice:
    if _is_end(tag):
        opened = tag.removeprefix("end") if tag not in MIDDLES else "if"
        return Advice(f'"{tag}", but no "{opened}" is open', "Take it out.", tag)
    hint = near(tag, list(STATEMENTS)) or f"There are: {', '.join(sorted(STATEMENTS))}."
    if tag in ("elseif", "elsif"):
        hint = 'Write "elif".'
    return Advice(f'there is no statement "{tag}"', hint, tag)


def _is_end(tag: str) -> bool:
    return tag in MIDDLES or tag.removeprefix("end") in STATEMENTS


def _comment() -> Advice:
    return Advice("the comment is not closed", 'End it with "#}".')


def _twice(name: str) -> Advice:
    return Advice(f'the block "{name}" is there twice', "Give one of them another name.")


def _no_end(end: str) -> Advice:
    return Advice(
        f"{ENDS.get(end, end)} is missing", f"Close what is open with {ENDS.get(end, end)}."
    )


def _odd_sign(sign: str) -> Advice:
    if sign in "\"'":
        return Advice("a quotation that is not closed", f"End it with {sign}")
    hints = {"?": "Write {{ a if b else c }}.", "&": 'Write "and".', "!": 'Write "not".'}
    hint = hints.get(sign, "Put texts in quotes.")
    return Advice(f'a "{sign}" means nothing in a layout', hint, sign)


def _unexpected(token: str, _: str, wanted: str) -> Advice:
    message = f"{ENDS.get(token, _quoted(token))} is not expected here"
    if wanted:
        return Advice(message, f'Close what is open with "{wanted}".', token)
    if token in ENDS:
        return Advice(message, LOOK)
    return Advice(message, 'A value ends with "}}", a statement with "%}".', token)


def _expected(wanted: str, found: str) -> Advice:
    message = (
        f"{ENDS.get(found, _quoted(found))} where {ENDS.get(wanted, _quoted(wanted))} should stand"
    )
    hint = LOOK
    if found == "=" and wanted == STATEMENT:
        hint = 'Compare with "==".'
    elif wanted == PRINT:
        hint = "Between {{ and }} stands one value; join texts with ~."
    return Advice(message, hint, "" if found in ENDS else found)


def _quoted(token: str) -> str:
    return f'"{token}"'


_OPEN = r".* needs to be closed is '(\w+)'"
_RULES: tuple[tuple[re.Pattern[str], Callable[..., Advice]], ...] = tuple(
    (late_pattern(pattern, re.DOTALL), rule)
    for pattern, rule in (
        ("Unexpected end of template" + _OPEN, _not_closed),
        (r"Missing end of (raw) directive", _not_closed),
        (r"Encountered unknown tag '(\w+)'" + _OPEN, _wrong_end),
        (r"Encountered unknown tag '(\w+)'", _no_statement),
        ("Missing end of comment", _comment),
        (r"block '(\w+)' defined twice", _twice),
        (r"unexpected end of template, expected '(.+)'", _no_end),
        (r"unexpected char ['\"](.)['\"] at", _odd_sign),
        (r"unexpected '(.+?)'(, expected '(.+)')?\.?$", _unexpected),
        (r"expected token '(.+)', got '(.+)'", _expected),
    )
)
