"""Texts in Org (orgmode.org), as Hugo reads them: settings at the top, and Markdown of the rest.

Headings, lists, tables, blocks, links, pictures, emphasis and footnotes. What is for Emacs alone
(drawers, comments, options) goes.
"""

import re
from collections.abc import Iterator, Sequence

from generator.importers.embedding import code
from generator.importers.foreign import Foreign, Plain
from generator.importers.unknown_tags import PICTURE

SETTING = re.compile(r"#\+(?P<key>[A-Za-z_-]++)(?P<list>\[\])?:(?P<value>[^\n]*+)")
WEEKDAY = re.compile(r"(?<=\d{4}-\d\d-\d\d) [^\W\d]{2,3}\b\.?")
LISTS = frozenset({"tags", "categories", "aliases", "keywords"})
OPENING = re.compile(r"[ \t]*+#\+BEGIN_(?P<kind>\w++)(?P<said>[^\n]*+)", re.IGNORECASE)
CLOSING = re.compile(r"[ \t]*+#\+END_\w++", re.IGNORECASE)
HEADING = re.compile(r"(\*++) (?:(?:TODO|DONE) )?([^\n]*+)")
LABELS = re.compile(r"[ \t](?::[\w@]++)++:\Z")
DRAWER = re.compile(r":[A-Z]++:\Z")
RULE = re.compile(r"\|[-+|: \t]++\Z")
TERM = re.compile(r"([ \t]*+[-+] )(.{1,80}?) ::(?= |\Z)")
NOTE = re.compile(r"\[fn:([\w-]++)\] ?+")
LINK = re.compile(r"\[\[([^\[\]\n]++)\](?:\[([^\[\]\n]++)\])?\]")
MARKED = re.compile(r"(?<![\w*/_+=~])([*/_+=~])(?=\S)([^\n*/_+=~]{1,300}+)(?<=\S)\1(?!\w)")
MARKS = {"*": ("**", "**"), "/": ("*", "*"), "_": ("<u>", "</u>"), "+": ("~~", "~~")}


def split_org(text: str) -> Foreign:
    """The settings at the top of a text in Org, and its body in Markdown."""
    values: dict[str, object] = {}
    lines = text.replace("\r\n", "\n").split("\n")
    at = 0
    while at < len(lines):
        found = SETTING.match(lines[at])
        if found is not None:
            key, value = found["key"].lower(), found["value"].strip()
            is_list = found["list"] or key in LISTS
            one = Plain(WEEKDAY.sub("", value.strip("<>[]")))
            values[key] = value.split() if is_list else one
        elif lines[at].strip():
            break
        at += 1
    return Foreign(values, "\n".join(_markdown(lines[at:])), at + 1)


def _markdown(lines: Sequence[str]) -> Iterator[str]:
    """The lines of a body, as Markdown."""
    at = 0
    while at < len(lines):
        line = lines[at]
        at += 1
        if opening := OPENING.match(line):
            inner: list[str] = []
            while at < len(lines) and not CLOSING.match(lines[at]):
                inner.append(lines[at])
                at += 1
            at += 1
            yield from _block(opening["kind"].lower(), opening["said"].split(), inner)
        elif DRAWER.match(line.strip()):
            while at < len(lines) and lines[at].strip() != ":END:":
                at += 1
            at += 1
        elif line.lstrip().startswith((": ", ":\n")) or line.strip() == ":":
            inner = [line.lstrip()[2:]]
            while at < len(lines) and lines[at].lstrip().startswith(":"):
                inner.append(lines[at].lstrip()[2:])
                at += 1
            yield from ("", code("\n".join(inner)), "")
        elif not line.lstrip().startswith(("#+", "# ")):
            yield _line(line)


def _block(kind: str, said: Sequence[str], inner: Sequence[str]) -> Iterator[str]:
    if kind in ("src", "example"):
        yield from ("", code("\n".join(inner), said[0] if said else ""), "")
    elif kind == "export":
        yield from ("", *(inner if "html" in said else ()), "")
    elif kind == "quote":
        yield from ("", *(f"> {line}".rstrip() for line in _markdown(inner)), "")
    elif kind != "comment":
        yield from ("", *_markdown(inner), "")


def _line(line: str) -> str:
    if heading := HEADING.match(line):
        title = LABELS.sub("", heading[2].rstrip())
        # Hugo's headings of texts begin one level below the title.
        return f"{'#' * min(len(heading[1]) + 1, 6)} {_spans(title)}"
    bare = line.strip()
    if RULE.match(bare) and "-" in bare:
        return bare.replace("+", "|")
    if len(bare) > 4 and not bare.strip("-"):  # noqa: PLR2004 - five hyphens are a rule
        return "---"
    if (note := NOTE.match(line)) is not None:
        return f"[^{note[1]}]: {_spans(line[note.end() :])}"
    if (term := TERM.match(line)) is not None:
        line = f"{term[1]}**{term[2]}**:{line[term.end() :]}"
    return _spans(line)


def _spans(text: str) -> str:
    """A line's links, pictures, emphasis and footnotes."""
    made: list[str] = []
    at = 0
    for link in LINK.finditer(text):
        made += (_marked(text[at : link.start()]), _linked(link[1], link[2] or ""))
        at = link.end()
    return "".join((*made, _marked(text[at:])))


def _linked(address: str, label: str) -> str:
    address = address.removeprefix("file:")
    if not label and PICTURE.search(address):
        return f"![]({address})"
    if PICTURE.search(label):
        return f"[![]({label.removeprefix('file:')})]({address})"
    return f"[{_marked(label) or address}]({address})"


def _marked(text: str) -> str:
    def shown(match: re.Match[str]) -> str:
        mark, inner = match[1], match[2]
        if mark in "=~":
            return f"`{inner}`"
        before, behind = MARKS[mark]
        return f"{before}{inner}{behind}"

    return NOTE.sub(r"[^\1]", MARKED.sub(shown, text))
