"""Blocks of HTML in a kramdown text, which go on to their end, as CommonMark reads them.

kramdown takes `<div>` up to its `</div>` for one block; CommonMark ends it at the first empty line
and takes what is indented behind that for code.
"""

import re
from collections.abc import Iterator, Mapping

FENCE = re.compile(r"[ ]{0,3}(`{3,}+|~{3,}+)")
OPENING = re.compile(r"[ ]{0,3}<([A-Za-z][A-Za-z0-9]*+)(?=[\s>/])")
TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*+)(?=[\s>/])[^<>]*+>")
BEHIND = re.compile(r"[ \t]*+\n?")
MARKDOWN = re.compile(r"<[^<>]*\smarkdown\s*=")
BLOCKS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "button", "caption", "center", "dd", "div"),
        *("dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4"),
        *("h5", "h6", "header", "hgroup", "iframe", "legend", "li", "main", "nav", "object", "ol"),
        *("p", "section", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "video"),
        *("details", "audio", "noscript", "map"),
    )
)
KEPT = ("pre", "textarea")
"""Elements in which an empty line is one."""


def with_whole_blocks(text: str) -> str:
    """A text whose blocks of HTML have no empty lines and indents, and one behind them."""
    if "<" not in text:
        return text
    ends = dict(_ends(text))
    made: list[str] = []
    at, fence = 0, ""
    while at < len(text):
        newline = text.find("\n", at)
        stop = len(text) if newline < 0 else newline + 1
        line = text[at:stop]
        mark = FENCE.match(line)
        if mark and (not fence or (mark[1].startswith(fence) and not line.strip(" \n`~"))):
            fence = "" if fence else mark[1]
        start, end = at, 0 if fence or mark else _end(line, at, ends)
        if end:
            behind = BEHIND.match(text, end)
            # What stands behind the block begins a paragraph of its own.
            at = behind.end() if behind else end
            is_last = text[at : at + 1] in ("\n", "")
            made.append(_in_one(text[start:end]) + ("\n" if is_last else "\n\n"))
            continue
        made.append(line)
        at = stop
    return "".join(made)


def _end(line: str, at: int, ends: Mapping[int, int]) -> int:
    """Where the block ends that begins in a line; 0 where none does."""
    found = OPENING.match(line)
    if found is None or found[1].lower() not in BLOCKS:
        return 0
    start = at + line.index("<")
    return 0 if MARKDOWN.match(line[line.index("<") :]) else ends.get(start, 0)


def _ends(text: str) -> Iterator[tuple[int, int]]:
    """Where each element of a block begins, and where its own end tag ends."""
    waiting: dict[str, list[int]] = {}
    for tag in TAG.finditer(text):
        name = tag[2].lower()
        if name not in BLOCKS:
            continue
        starts = waiting.setdefault(name, [])
        if not tag[1]:
            starts.append(tag.start())
        elif starts:
            yield starts.pop(), tag.end()


def _in_one(block: str) -> str:
    """HTML without indents and empty lines; in what is preformatted these are kept as they show."""
    lines: list[str] = []
    depth = waiting = 0
    for line in block.split("\n"):
        if not line.strip():
            waiting += 1 if depth else 0
            continue
        lines.append("&#10;" * waiting + (line if depth else line.lstrip()))
        waiting = 0
        small = line.lower()
        for name in KEPT:
            depth += small.count(f"<{name}") - small.count(f"</{name}")
    return "\n".join(lines)
