"""The proof of a block: what a reader gets of two trees, as lists that can be compared.

Text, links, pictures and structure count; the space between words, the looks, and whether an
address in a text is a link by itself do not.
"""

from collections.abc import Iterable

from generator.importers.html_lines import OPAQUE, is_block
from generator.importers.html_tree import Child, Node, html_of

SOFT = ("li", "dd", "td", "th")
"""Elements in which a lone paragraph is none."""
PARAGRAPH = "¶"
NOT_COMPARED = frozenset({"align", "name"})


class Shown:
    """What a reader gets of some nodes: `tokens` in order, `links` as they lead."""

    def __init__(self, nodes: Iterable[Child]) -> None:
        self.tokens: list[str] = []
        self.links: list[str] = []
        self._text = ""
        self._space = False
        self._is_edge = True
        for node in nodes:
            self._add(node, within="")
        self._flush()

    def is_kept_by(self, other: "Shown") -> bool:
        """Whether another has all of this: the same words and structure, and every link."""
        return self.tokens == other.tokens and set(self.links) <= set(other.links)

    def _add(self, child: Child, within: str) -> None:
        if isinstance(child, str):
            self._add_text(child)
        elif child.tag in OPAQUE:
            self._add_opaque(child)
        elif child.tag == "pre":
            self._edge(f"<pre{_attributes(child, 'class', 'data-lang')}>")
            self.tokens.append(child.text().strip("\n"))
            self.tokens += [
                html_of(Node(n.tag, n.attributes)) for n in child.iter() if n.tag == "a"
            ]
        elif child.tag == "p" and within in SOFT and not child.attributes:
            self._soft()
            self._add_all(child)
            self._soft()
        elif is_block(child) or child.tag == "attribution":
            name = "h" if child.tag[0] == "h" and child.tag[1:].isdecimal() else child.tag
            self._edge(f"<{name}{_attributes(child, *(['id'] if name == 'h' else []))}>")
            self._add_all(child)
            self._edge(f"</{name}>")
        else:
            self._add_span(child)

    def _add_all(self, node: Node) -> None:
        for child in node.children:
            self._add(child, node.tag)

    def _add_text(self, text: str) -> None:
        words = text.split()
        if not words:
            self._space = True
            return
        if (self._space or text[0].isspace()) and not self._is_edge:
            self._text += " "
        self._text += " ".join(words)
        self._space = text[-1].isspace()
        self._is_edge = False

    def _add_span(self, node: Node) -> None:
        if node.tag == "br":
            self._edge("<br>")
            return
        if node.tag == "img":
            self._atom(f"<img{_attributes(node)}>")
            return
        if node.tag == "a" and node.get("href"):
            self.links.append(node.get("href"))
            if _is_self(node):
                self._add_all(node)
                return
        self._flush()
        start = f"<{node.tag}{_attributes(node)}>"
        if (
            self.tokens
            and self.tokens[-1] == f"</{node.tag}>"
            and start == f"<{node.tag}>"
            and not self._space
        ):
            self.tokens.pop()
        else:
            self.tokens.append(start)
        self._add_all(node)
        self._flush()
        if self.tokens[-1] == start and not node.attributes:
            self.tokens.pop()
        else:
            self.tokens.append(f"</{node.tag}>")

    def _add_opaque(self, node: Node) -> None:
        html = " ".join(html_of(node).split())
        self._edge(html) if is_block(node) else self._atom(html)

    def _atom(self, token: str) -> None:
        if self._space and not self._is_edge:
            self._text += " "
        self._flush()
        self._space = self._is_edge = False
        self.tokens.append(token)

    def _soft(self) -> None:
        """The edge of a paragraph, which counts only between two."""
        self._flush()
        if self.tokens and self.tokens[-1] != PARAGRAPH and not self._is_edge:
            self.tokens.append(PARAGRAPH)
        self._space, self._is_edge = False, True

    def _edge(self, token: str) -> None:
        self._flush()
        while self.tokens and self.tokens[-1] == PARAGRAPH:
            self.tokens.pop()
        self._space, self._is_edge = False, True
        self.tokens.append(token)

    def _flush(self) -> None:
        if self._text:
            self.tokens.append(self._text)
            self._text = ""


def _is_self(node: Node) -> bool:
    """Whether a link shows its own address, as those do that stand in a text without brackets."""
    text, target = node.text().strip(), node.get("href")
    return not node.nodes and bool(text) and target in (text, f"mailto:{text}", f"http://{text}")


def _attributes(node: Node, *ignored: str) -> str:
    return "".join(
        f" {name}={' '.join(value.split())!r}"
        for name, value in sorted(node.attributes.items())
        if name not in NOT_COMPARED and name not in ignored and (value or name == "alt")
    )
