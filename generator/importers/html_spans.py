"""What stands in a line of HTML, as Markdown: text, emphasis, links, pictures, code."""

import re
from collections.abc import Sequence

from generator.importers.html_lines import OPAQUE, is_block
from generator.importers.html_tree import Child, Node, html_of
from generator.importers.plain_text import escaped_below, escaped_start, escaped_text

SPACE = re.compile(r"[ \t\n\r\f]+")
SPACES = re.compile(r" {2,}")
BRACKETS = re.compile(r"(?<!\\)[\[\]]")
ENTITY = re.compile(r"&(?=#|[0-9A-Za-z]+;)")
BREAK = "\0"
AROUND_BREAK = re.compile(rf"(?:(?<! )[ ]++)?+{BREAK}[ ]*+")
MARKS = {"strong": "**", "em": "*", "del": "~~"}
PLAIN_ADDRESS = re.compile(r"https?://[a-zA-Z0-9./?=&%#:+@_-]*[a-zA-Z0-9/=]")
POINTED_ADDRESS = re.compile(r"https?://[^\s<>&\\]+")
BARE_TARGET = re.compile(r"[^\s<>()\\\x00-\x1f]+")
TICKS = re.compile(r"`+")
NOTE = "note"
"""The attribute of a mark that refers to a footnote."""


class NotInALine(Exception):  # noqa: N818 - it tells what is the case, not what went wrong
    """There is a block in what should stand in a line."""


class SpanWriter:
    """Writes lines. With `as_tags` emphasis is written as HTML, which no sign beside it breaks."""

    def __init__(self, *, as_tags: bool = False) -> None:
        self._as_tags = as_tags

    def paragraph(self, children: Sequence[Child]) -> str:
        """Lines of a paragraph, none of which begins a block by its first sign."""
        written = _single_spaced(self._spans(children))
        if BREAK in written:
            written = AROUND_BREAK.sub(BREAK, written)
        first, *others = written.strip().split(BREAK)
        return "\\\n".join((escaped_start(first), *(_started(line) for line in others)))

    def line(self, children: Sequence[Child]) -> str:
        """One line, as in a heading or a cell."""
        return _single_spaced(self._spans(children)).strip().replace(BREAK, "<br>")

    def _spans(self, children: Sequence[Child]) -> str:
        parts: list[str] = []
        for child in children:
            written = self._span(child)
            is_bracket = written[:1] == "[" and isinstance(child, Node)
            if is_bracket and parts and parts[-1][-1:] == "!" and parts[-1][-2:] != "\\!":
                parts[-1] = parts[-1][:-1] + "\\!"  # else the link would be a picture
            if written:
                parts.append(written)
        return "".join(parts)

    def _span(self, child: Child) -> str:
        if isinstance(child, str):
            return escaped_text(child if child.isprintable() else SPACE.sub(" ", child))
        if is_block(child):
            raise NotInALine
        special = self._special(child)
        if special is not None:
            return special
        if child.tag in OPAQUE or child.tag in ("img", "wbr"):
            return html_of(child).replace("\n", " ")
        mark = MARKS.get(child.tag, "")
        if mark and not child.attributes and not self._as_tags:
            return self._marked(child, mark)
        start = html_of(Node(child.tag, child.attributes)).removesuffix(f"</{child.tag}>")
        return f"{start}{self._spans(child.children)}</{child.tag}>"

    def _special(self, node: Node) -> str | None:
        """A break, picture, link, code or footnote's mark; None for what is none."""
        written = None
        if node.tag == "br":
            written = BREAK
        elif node.tag == "img" and not node.get("id"):
            written = picture(node)
        elif node.tag == "a" and set(node.attributes) <= {"href", "title"}:
            written = self._link(node)
        elif node.tag == "code" and not node.nodes and not node.attributes:
            written = _code(node.text())
        elif node.tag == "sup" and node.get(NOTE):
            written = f"[^{node.get(NOTE)}]"
        return written

    def _marked(self, node: Node, mark: str) -> str:
        """Emphasis, the space at its ends outside."""
        inner = self._spans(node.children)
        bare = inner.strip(" " + BREAK)
        if not bare:
            return inner
        start = inner.index(bare)
        return f"{inner[:start]}{mark}{bare}{mark}{inner[start + len(bare) :]}"

    def _link(self, node: Node) -> str:
        target, title, text = node.get("href"), node.get("title"), node.text()
        if not title and not node.nodes and _is_own_text(target, text):
            if text.strip() == target and PLAIN_ADDRESS.fullmatch(target) and not self._as_tags:
                return target
            if POINTED_ADDRESS.fullmatch(target) or target.startswith("mailto:"):
                return f"<{target.removeprefix('mailto:')}>"
        inner = self._spans(node.children)
        bare = inner.strip(" ")
        start = inner.index(bare)
        shown = f"[{_bracketed(bare, node)}]({address(target)}{_title(title)})"
        return f"{inner[:start]}{shown}{inner[start + len(bare) :]}"


def _is_own_text(target: str, text: str) -> bool:
    return text.strip() in (target, target.removeprefix("mailto:"))


def _bracketed(written: str, node: Node) -> str:
    """A link's text: brackets that are text and no picture's have a backslash."""
    if "[" not in node.text() and "]" not in node.text():
        return written
    return (
        written
        if any(n.tag in ("img", "a") for n in node.iter() if n is not node)
        else (BRACKETS.sub(r"\\\g<0>", written))
    )


def _single_spaced(written: str) -> str:
    return SPACES.sub(" ", written) if "  " in written else written


def _started(line: str) -> str:
    return escaped_below(escaped_start(line))


def address(target: str) -> str:
    """An address as it stands between the round brackets of a link."""
    target = ENTITY.sub("&amp;", re.sub(r"[\t\n\r]", "", target))
    if BARE_TARGET.fullmatch(target):
        return target
    return "<" + re.sub(r"[<>\\]", r"\\\g<0>", target) + ">"


def _title(title: str) -> str:
    if not title:
        return ""
    return f' "{quoted(title)}"'


def quoted(text: str) -> str:
    """A text as it stands between quotation marks behind an address."""
    written = re.sub(r'[\\"]', r"\\\g<0>", " ".join(text.split()))
    return ENTITY.sub("&amp;", written)


def picture(node: Node, caption: str = "") -> str:
    """A picture, with a caption where it is to be a figure."""
    alt = BRACKETS.sub(r"\\\g<0>", escaped_text(" ".join(node.get("alt").split())))
    return f"![{alt}]({address(node.get('src'))}{_title(caption)})"


def _code(text: str) -> str:
    """Code within a line, between more backticks than stand in it."""
    text = SPACE.sub(" ", text)
    longest = max(map(len, TICKS.findall(text)), default=0)
    fence = "`" * (longest + 1)
    edge = " " if text[:1] in ("`", " ") or text[-1:] in ("`", " ") else ""
    return f"{fence}{edge}{text}{edge}{fence}"
