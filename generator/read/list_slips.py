"""Lists as people write them who know no YAML: what they mean, and what to say of it.

YAML takes each of these for one text without a word: lines that begin with a dash of a word
processor's or with no space behind the hyphen, lines with no hyphen at all, names with
semicolons between them.
"""

# ruff: noqa: RUF001 - signs that look like others are what this is about

import re
from collections.abc import Sequence

from generator.model.late_patterns import late_pattern
from generator.model.values import frozen

DASHES = "–—‒−•·*-"
DASH = late_pattern(rf"[{re.escape(DASHES)}](?:\s+|(?=[^\W\d]|/\w))")
IN_A_ROW = late_pattern(r"\s[-–—](?=\s*[^\W\d])")
INNER_DASH = late_pattern(rf"\s(?=[{re.escape(DASHES)}]\s*\S)")
MAY_BE_MORE = late_pattern(rf"[;{re.escape(DASHES)}]")
"""An entry of a list without any of these is one entry."""
COMMA = late_pattern("[,،、，]")
SEMICOLON = late_pattern(r"[;；؛]|\s[|•·](?=\s)")
"""The signs that part entries, as the scripts have them; and those that people part words with."""
HASHTAGS = late_pattern(r"(?:#[^\W\d][\w-]*+\s+)++#[^\W\d][\w-]*+")
MAY_BE_LIST = late_pattern(rf"[,،、，;；؛|\#&\n{re.escape(DASHES)}]")
"""A text of one line without any of these is one entry."""
PARTED = late_pattern(r"\w[\w .'-]*(?:; ?\w[\w .'-]*)+;?")
"""A single entry of a list, with semicolons between plain words."""
ADDITION = late_pattern(
    r"""(?:[JS]r|I{2,3}|IV|Ph\.?\s?D|M\.?D|D\.?Phil|M\.?Sc|B\.?Sc|M\.?B\.?A|J\.?D|R\.?N|Esq
      | [CMO]BE|[KQ]C|M\.?P|MSP|MEP|S\.?J|USN|U\.S\.N|Ret)\.?""",
    re.VERBOSE,
)
"""What follows a name behind a comma, and is nobody's own: the "Jr." of "John Smith, Jr."."""
AND = r"(?:and|&|/|und|et|og|och|та|і|и)"
TWO_PEOPLE = late_pattern(rf"\w\S*(?: \S+){{1,6}},? {AND} \w\S*(?: \S+){{1,3}}")
BETWEEN = late_pattern(rf",? {AND} |, ")
LAST = late_pattern(rf"{AND} (?=\w\S* \S)")
"""What stands before the last name of some: "Ann Lee, Bo Ek, and Jo Roe"."""
INITIALS = late_pattern(r"(?:[^\W\d_a-z]\.[ -]?)+")
"""A first name of initials: behind a comma it belongs to the name before it."""
ONE_NAME = late_pattern(r"[^\W\d_a-z][\w.']*")
"""A name of one word, with a capital: of a pair of them, one may be the first name."""
MAIL = late_pattern(r"(?<!\s)\s*+[<(][^<>()\s@]++@[^<>()\s]++[>)]")
ROLE = late_pattern(r"[^\W\d_a-z][^\W_]*+(?: \S+)* [a-z][a-z]{3,}|[a-z]+ [a-z]{4,}(?: .+)?")
"""What ends in a word in small letters, as no name does: Oslo correspondent, staff writer."""
BY = late_pattern(r"[Bb]y\s+(?=\S+\s\S)")


@frozen
class ListText:
    """The entries of a list, and what to say of the way it is written: nothing where it is usual.

    Entries that are not what stands between two commas are what was most likely meant.
    """

    entries: tuple[str, ...]
    message: str = ""
    hint: str = ""


def entries_of_text(text: str, lines: Sequence[str], *, splits: bool, people: bool) -> ListText:
    """The entries of a list that is written as one text.

    `lines` are those it stands on. One that `splits` has commas between its entries, or what was
    meant for them; that of `people` may have commas in a name.
    """
    lines = [line for line in map(str.strip, lines) if line]
    if items := _items(lines):
        return _said(items, "")
    if len(lines) > 1 and not (COMMA.search(text) or SEMICOLON.search(text)):
        return _said(lines, "one on each line")
    if not splits:
        return ListText(tuple(_tidy([text])))
    if HASHTAGS.fullmatch(text.strip()):
        return _said(text.replace("#", " ").split(), 'with "#" before each')
    if mark := SEMICOLON.search(text):
        return _said(SEMICOLON.split(text), f'with "{mark.group().strip()}" between them')
    parts = _tidy(COMMA.split(text))
    return _people(parts) if people else ListText(tuple(parts))


def _items(lines: Sequence[str]) -> list[str]:
    """What stands behind dashes, or numbers that count it; nothing where that is not so."""
    if lines and all(map(DASH.match, lines)):
        parts = [DASH.sub("", line, count=1) for line in lines]
        return IN_A_ROW.split(parts[0]) if len(parts) == 1 else parts
    if len(lines) > 1 and all(line.startswith(f"{n}. ") for n, line in enumerate(lines, 1)):
        return [line.partition(" ")[2] for line in lines]
    return []


def _people(parts: list[str]) -> ListText:
    """The names of people that stand between commas."""
    if len(parts) > 1 and LAST.match(parts[-1]):
        last = LAST.sub("", parts[-1], count=1)
        hint = f"Write them so: [{', '.join(map(_item, (*parts[:-1], last)))}]"
        return ListText((*_with_additions(parts[:-1]), last), 'read without the last "and"', hint)
    names = tuple(_with_additions(parts))
    if any(map(INITIALS.fullmatch, parts[1:])):
        hint = f"If they are others, write: [{', '.join(map(_item, parts))}]"
        return ListText(names, "initials are read as a part of the name before them", hint)
    if len(names) == 2 and all(map(ONE_NAME.fullmatch, names)):  # noqa: PLR2004 - a pair
        last, first = names
        hint = f"If that is one, write: {first} {last}"
        return ListText(names, "these are read as two people", hint)
    if role := next((name for name in names[1:] if ROLE.fullmatch(name)), ""):
        hint = "Take it out, and write role: into the author's file under content/authors/."
        return ListText(names, f'"{role}" is read as a person', hint)
    return ListText(names)


def entries_of_item(text: str, source: str) -> ListText:
    """The entries that one entry of a list stands for, given all that is written."""
    parts = INNER_DASH.split(text)
    if len(parts) == 1 or not all(_begins_a_line(part, source) for part in parts[1:]):
        return ListText((text,))
    return _said([parts[0], *(DASH.sub("", part, count=1) for part in parts[1:])], "")


def entries_of_person(name: str) -> ListText:
    """An author's name, without a "By" before it; with a doubt where it may be more people."""
    if BY.match(name):
        name = BY.sub("", name, count=1)
        return ListText((name,), '"By" is no part of a name', f"Write the name alone: {name}")
    if "@" in name and MAIL.search(name):
        name = MAIL.sub("", name)
        hint = f"Write the name alone: {name}. A file under content/authors/ may hold links."
        return ListText((name,), "a mail address is no part of a name", hint)
    if TWO_PEOPLE.fullmatch(name) is None:
        return ListText((name,))
    people = _tidy(BETWEEN.split(name))
    hint = f"If they are more, write: [{', '.join(map(_item, people))}]"
    return ListText((name,), "this is read as one person", hint)


def _begins_a_line(part: str, source: str) -> bool:
    return re.search(rf"^\s*{re.escape(part)}\s*$", source, re.MULTILINE) is not None


def _said(parts: Sequence[str], written: str) -> ListText:
    """A list in other clothes than YAML's, with what it is taken for."""
    entries = _tidy(parts)
    count = f"{len(entries)} entr{'y' if len(entries) == 1 else 'ies'}"
    if written:
        message = f"read as {count}, {written}"
        hint = f"Write them so: [{', '.join(map(_item, entries))}]"
    else:
        message = f"read as {count} of a list"
        hint = f'Begin each line with a plain hyphen and a space: "- {entries[0]}".'
    return ListText(tuple(entries), message, hint)


def _item(text: str) -> str:
    """An entry as it can stand in brackets."""
    needs_quotes = not re.fullmatch(r"\w(?:[\w .'-]*[\w.'])?", text)
    return '"' + text.replace('"', "'") + '"' if needs_quotes else text


def _tidy(parts: Sequence[str]) -> list[str]:
    return [" ".join(part.split()) for part in parts if part.strip()]


def _with_additions(names: list[str]) -> list[str]:
    """Names with the "Jr." behind a comma put back to them, or their initials."""
    found: list[str] = []
    for name in names:
        if found and (ADDITION.fullmatch(name) or INITIALS.fullmatch(name)):
            found[-1] += f", {name}"
        else:
            found.append(name)
    return found
