"""Definitions of links, such as `[label]: address "title"`, and where links are looked up."""

import re

from generator.markdown.destinations import Destination, destination_at, title_at
from generator.markdown.document import Leaf, Link

LABEL = re.compile(r"\[((?:[^\[\]\\]|\\.){0,999})\]", re.DOTALL)
SPACE = re.compile(r"[ \t]*(?:\n[ \t]*)?")
LINE_END = re.compile(r"[ \t]*(?:\n|\Z)")


def normalized(label: str) -> str:
    """A label as labels are compared (CommonMark 0.31.2, 6.3): case and white space fold."""
    return " ".join(label.split()).casefold().upper()


class References:
    """The link definitions of one text; of two for one label the first counts."""

    def __init__(self) -> None:
        self._found: dict[str, tuple[Destination, Link]] = {}

    def __bool__(self) -> bool:
        return bool(self._found)

    def get(self, label: str) -> tuple[Destination, Link] | None:
        """Where a label leads, and the definition's own place."""
        return self._found.get(normalized(label))

    def take(self, text: str, leaf: Leaf) -> tuple[int, list[Link]]:
        """Take the definitions that a paragraph begins with: where they end, and their links."""
        links: list[Link] = []
        end = 0
        while text.startswith("[", end):
            found = _definition(text, end)
            if found is None:
                break
            label, destination, end = found
            link = Link(destination.target, leaf, destination.start)
            links.append(link)
            self._found.setdefault(normalized(label), (destination, link))
        return end, links


def _definition(text: str, start: int) -> tuple[str, Destination, int] | None:
    """The label and destination of the definition at a place, and where the next line begins."""
    label = LABEL.match(text, start)
    if label is None or not text.startswith(":", label.end()) or not label[1].strip():
        return None
    space = SPACE.match(text, label.end() + 1)
    destination = destination_at(text, space.end() if space else 0, in_brackets=False)
    if destination is None:
        return None
    ends = LINE_END.match(text, destination.end)
    gap = SPACE.match(text, destination.end)
    if gap and gap.end() > destination.end:
        title = title_at(text, gap.end())
        after = LINE_END.match(text, title[1]) if title else None
        if title and after:
            titled = Destination(destination.target, destination.start, title[1], title[0])
            return label[1], titled, after.end()
    return (label[1], destination, ends.end()) if ends else None
