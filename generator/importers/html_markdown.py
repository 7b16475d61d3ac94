"""One block of tidied HTML as Markdown, if Markdown can say it."""

import re
from collections.abc import Callable

from generator.importers.html_kept import tidy_html
from generator.importers.html_lines import ATTRIBUTION, OPAQUE, QUOTE, is_block
from generator.importers.html_spans import TICKS, NotInALine, SpanWriter, address, picture
from generator.importers.html_tree import Child, Node, html_of

LANGUAGE = re.compile(r"(?:^|\s)(?:language-|lang-|lang:|brush:\s*)([\w+#-]+)")
RULES = {"left": ":---", "center": ":---:", "right": "---:"}
LONGEST_ATTRIBUTION = 300


class BlockWriter:
    """Writes blocks. `write` gives None for what Markdown cannot say."""

    def __init__(self, *, as_tags: bool = False) -> None:
        self._spans = SpanWriter(as_tags=as_tags)
        self._writers: dict[str, Callable[[Node, bool], str | None]] = {
            "p": self._paragraph,
            "ul": self._list,
            "ol": self._list,
            "pre": self._code,
            "hr": self._rule,
            "table": self._table,
            "dl": self._definitions,
            "figure": self._figure,
            QUOTE: self._quotation,
            "div": self._element,
            "section": self._element,
            "aside": self._element,
            **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), self._heading),
        }

    def write(self, node: Node, *, other: bool = False) -> str | None:
        """A block as Markdown; `other` asks for the other mark of a list, behind a list."""
        if node.tag in OPAQUE:
            return html_of(node)
        writer = self._writers.get(node.tag)
        try:
            return writer(node, other) if writer else None
        except NotInALine:
            return None

    def blocks(self, nodes: list[Node]) -> list[str] | None:
        """Blocks that follow each other; None where one of them cannot be said."""
        written: list[str] = []
        other = False
        for number, node in enumerate(nodes):
            is_next = number > 0 and nodes[number - 1].tag == node.tag
            other = node.tag in ("ul", "ol") and is_next and not other
            block = self.write(node, other=other)
            if block is None:
                return None
            written.append(block)
        return written

    def _paragraph(self, node: Node, _other: bool) -> str | None:
        name = f"\n{{#{node.get('id')}}}" if node.get("id") else ""
        return self._spans.paragraph(node.children) + name

    def _heading(self, node: Node, _other: bool) -> str | None:
        name = f" {{#{node.get('id')}}}" if node.get("id") else ""
        text = self._spans.line(node.children)
        if text.endswith("#"):
            text = text[:-1] + "\\#"
        return f"{'#' * int(node.tag[1])} {text}{name}"

    def _rule(self, _node: Node, _other: bool) -> str | None:
        return "---"

    def _list(self, node: Node, other: bool) -> str | None:
        items = [child for child in node.nodes if child.tag == "li"]
        if len(items) != len(node.nodes):
            return None
        loose = any(_is_loose(_item_blocks(item.children)) for item in items)
        start = node.get("start")
        number = int(start) if start.isascii() and start.isdecimal() else 1
        written: list[str] = []
        for item in items:
            if node.tag == "ul":
                mark = "* " if other else "- "
            else:
                mark = f"{number}{')' if other else '.'} "
            number += 1
            content = self._item(item, loose=loose)
            if content is None:
                return None
            written.append((mark + indented(content, len(mark))).rstrip())
        return ("\n\n" if loose else "\n").join(written) + _named(node)

    def _item(self, node: Node, *, loose: bool) -> str | None:
        parts: list[str] = []
        for block in _item_blocks(node.children):
            written = self.write(block)
            if written is None:
                return None
            parts.append(written)
        return ("\n\n" if loose else "\n").join(parts)

    def _quotation(self, node: Node, _other: bool) -> str | None:
        named = [child for child in node.nodes if child.tag == ATTRIBUTION]
        written = self.blocks([child for child in node.nodes if child.tag != ATTRIBUTION])
        if not written:
            return None
        text = "\n\n".join(written)
        if named:
            name = self._spans.line(named[0].children)
            if "\n" in name or len(name) > LONGEST_ATTRIBUTION:
                return None
            text += f"\n-- {name}" if node.nodes[-2].tag == "p" else f"\n\n-- {name}"
        quoted_lines = "\n".join(f"> {line}".rstrip() for line in text.split("\n"))
        return quoted_lines + _named(node)

    def _figure(self, node: Node, _other: bool) -> str | None:
        content = node.nodes[0]
        captions = [child for child in node.nodes if child.tag == "figcaption"]
        if captions and captions[0].nodes:
            return None  # a caption in Markdown is plain text
        caption = captions[0].text() if captions else ""
        shown = content.nodes[0] if content.tag == "a" else content
        if shown.tag != "img" or shown.get("id"):
            return None
        written = picture(shown, caption)
        if content.tag == "a":
            return f"[{written}]({address(content.get('href'))})"
        return written

    def _code(self, node: Node, _other: bool) -> str | None:
        inner = node.nodes[0] if node.nodes else None
        is_code = inner is None or (inner.tag == "code" and not inner.nodes)
        if "wp-block-verse" in node.classes or len(node.nodes) > 1 or not is_code:
            return None
        language = next(filter(None, map(_language, (node, *node.nodes))), "")
        text = node.text().removeprefix("\n").removesuffix("\n")
        longest = max([2, *map(len, TICKS.findall(text))])
        fence = "`" * (longest + 1)
        return f"{fence}{language}\n{text}\n{fence}"

    def _table(self, node: Node, _other: bool) -> str | None:
        rows = [row for row in node.nodes if row.tag == "tr"]
        if len(rows) != len(node.nodes) or not rows:
            return None
        if any(
            cell.tag != ("td" if at else "th") for at, row in enumerate(rows) for cell in row.nodes
        ):
            return None
        if len({len(row.nodes) for row in rows}) != 1:
            return None
        rule = [_alignment([row.nodes[at] for row in rows]) for at in range(len(rows[0].nodes))]
        cells = [[self._cell(cell) for cell in row.nodes] for row in rows]
        lines = [cells[0], rule, *cells[1:]]
        return "\n".join(f"| {' | '.join(row)} |" for row in lines) + _named(node)

    def _cell(self, cell: Node) -> str:
        children: list[Child] = []
        paragraphs = 0
        for child in cell.children:
            if isinstance(child, Node) and child.tag == "p" and not child.attributes:
                paragraphs += 1
                children += child.children
            else:
                children.append(child)
        if paragraphs > 1:
            raise NotInALine
        return self._spans.line(children).replace("|", "\\|")

    def _definitions(self, node: Node, _other: bool) -> str | None:
        lines: list[str] = []
        above = ""
        for child in node.nodes:
            if child.tag == "dt":
                lines += [""] if above == "dd" else []
                lines.append(self._spans.paragraph(child.children))
            elif child.tag == "dd" and above:
                content = self._item(child, loose=True)
                if content is None:
                    return None
                lines.append(": " + indented(content, 2))
            else:
                return None
            above = child.tag
        return "\n".join(lines)

    def _element(self, node: Node, _other: bool) -> str | None:
        """An element with Markdown in it."""
        written = self.blocks(node.nodes)
        if not written:
            return None
        start = html_of(Node(node.tag, node.attributes)).removesuffix(f"</{node.tag}>")
        return "\n\n".join((start, *written, f"</{node.tag}>"))


def _item_blocks(children: list[Child]) -> list[Node]:
    """What an item of a list holds: lines of text as paragraphs, and blocks."""
    blocks: list[Node] = []
    line: list[Child] = []
    for child in [*children, Node("p")]:
        if isinstance(child, Node) and is_block(child):
            if any(isinstance(c, Node) or c.strip() for c in line):
                blocks.append(Node("p", {}, line))
            line = []
            blocks += [child] if child.children or child.attributes else []
        else:
            line.append(child)
    return blocks


def _is_loose(blocks: list[Node]) -> bool:
    """Whether blank lines must stand between the blocks of an item."""
    return any(block.tag not in ("ul", "ol") for block in blocks[1:])


def _named(node: Node) -> str:
    """The classes and the id of a block, on the line below it."""
    marks = [f".{name}" for name in node.get("class").split()]
    marks += [f"#{node.get('id')}"] if node.get("id") else []
    return f"\n{{{' '.join(marks)}}}" if marks else ""


def _language(node: Node) -> str:
    found = LANGUAGE.search(node.get("class"))
    return found[1] if found else node.get("data-lang")


def _alignment(cells: list[Node]) -> str:
    aligned = {cell.get("align") for cell in cells[1:] or cells}
    return RULES.get(aligned.pop(), "---") if len(aligned) == 1 else "---"


def definition(number: int, note: Node) -> str:
    """A footnote's text, below the body; as HTML where Markdown cannot say it."""
    blocks = _item_blocks(note.children)
    written = BlockWriter().blocks(blocks) or [tidy_html(blocks)]
    return f"[^{number}]: " + indented("\n\n".join(written), 4)


def indented(text: str, by: int) -> str:
    """A text with all lines but the first indented, blank ones left blank."""
    pad = " " * by
    first, *others = text.split("\n")
    return "\n".join((first, *(pad + line if line else "" for line in others)))
