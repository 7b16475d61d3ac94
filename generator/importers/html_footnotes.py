"""Footnotes in a tidied body: marks that lead to the items of a list, which lead back."""

from collections.abc import Iterator

from generator.importers.html_spans import NOTE
from generator.importers.html_tree import Child, Node


def take_notes(blocks: list[Node]) -> list[Node]:
    """The notes of a text, in the order in which it refers to them, taken from its blocks.

    Each mark becomes a `sup` that names its note by number. WordPress, Ghost, Python-Markdown,
    pandoc and our own renderer all write them in the same way.
    """
    items = {
        node.get("id"): item
        for block in blocks
        for item in block.iter()
        if item.tag == "li"
        for node in item.iter()
        if node.get("id")
    }
    if not items:
        return []
    marks = [mark for block in blocks for mark in _marks(block) if mark[2] in items]
    back = {name for _, _, _, names in marks for name in names}
    referred: dict[int, Node] = {}
    for parent, place, target, _ in marks:
        item = items[target]
        if not any(_leads_back(node, back) for node in item.iter()):
            continue
        referred.setdefault(id(item), item)
        number = list(referred).index(id(item)) + 1
        parent.children[place] = Node("sup", {NOTE: str(number)})
    if referred:
        for item in referred.values():
            _remove_links(item, back)
            item.attributes.pop("id", "")
        blocks[:] = [block for block in blocks if not _emptied(block, set(referred))]
    return list(referred.values())


Mark = tuple[Node, int, str, tuple[str, ...]]
"""An element, the place of the mark in it, the id that it leads to, and the ids that it has."""


def _marks(node: Node) -> Iterator[Mark]:
    for place, child in enumerate(node.children):
        if not isinstance(child, Node):
            continue
        link = child if child.tag == "a" else _only(child, "a") if child.tag == "sup" else None
        is_mark = link is not None and (child.tag == "sup" or _only(child, "sup"))
        if link is not None and is_mark and link.get("href")[:1] == "#":
            names = [n.get(name) for n in child.iter() for name in ("id", "name")]
            yield node, place, link.get("href")[1:], tuple(filter(None, names))
        else:
            yield from _marks(child)


def _only(node: Node, tag: str) -> Node | None:
    found = [child for child in node.nodes if child.tag == tag]
    others = any(isinstance(child, str) and child.strip(" []()\n") for child in node.children)
    return found[0] if len(found) == 1 and len(node.nodes) == 1 and not others else None


def _leads_back(child: Child, back: set[str]) -> bool:
    return isinstance(child, Node) and child.tag == "a" and child.get("href")[1:] in back


def _remove_links(node: Node, back: set[str]) -> None:
    """Take the ways back out of a note, and elements that held nothing else."""
    for child in node.nodes:
        _remove_links(child, back)
    node.children = [
        child for child in node.children if not (_leads_back(child, back) or _is_shell(child))
    ]
    node.attributes.pop("id", "")


def _is_shell(child: Child) -> bool:
    return isinstance(child, Node) and child.tag in ("sup", "span", "p", "a") and child.is_blank


def _emptied(node: Node, notes: set[int]) -> bool:
    """Take notes out of the lists that they stand in; whether nothing of an element is left."""
    before = len(node.nodes)
    node.children = [
        child
        for child in node.children
        if not (isinstance(child, Node) and (id(child) in notes or _emptied(child, notes)))
    ]
    left = [child for child in node.nodes if child.tag != "hr"]
    lost = len(node.nodes) < before
    return lost and not left and not any(isinstance(c, str) and c.strip() for c in node.children)
