"""One text while its spans are read: what has been found, and what is still open."""

from xml.etree.ElementTree import Element

from generator.markdown.document import Document, Leaf, Options
from generator.markdown.emphasis import DelimiterRun
from generator.markdown.references import References


class Bracket:
    """An open bracket that may become a link's or a picture's."""

    __slots__ = ("followed", "is_picture", "link", "node", "run", "start")

    def __init__(self, is_picture: bool, start: int, node: int, run: int, link: int) -> None:
        self.is_picture, self.start = is_picture, start
        self.node, self.run, self.link = node, run, link
        self.followed = False


class Open:
    """Where an element begins, in the run of nodes; it ends at the next CLOSE on its level."""

    __slots__ = ("element", "is_picture")

    def __init__(self, element: Element, is_picture: bool) -> None:
        self.element, self.is_picture = element, is_picture


class Close:
    """Where the element ends that was opened last."""

    __slots__ = ()


CLOSE = Close()
Node = str | Element | DelimiterRun | Open | Close
"""What a text is taken apart into."""


class SpanState:
    """The text of one leaf at work, and what its document has for all of them.

    `parts` are the nodes that have been read, `floor` is where the text begins that is in none yet.
    `hidden` are the places of code, `missing` the signs that do not come any more. Brackets whose
    number is below `inactive` can be no links. `is_flat` says that nothing is nested,
    `has_shortcode` that there are brackets as WordPress has them, `has_line_ends` that some may be
    none beside Han or kana.
    """

    def __init__(self, document: Document, references: References, options: Options) -> None:
        self.document, self.references, self.options = document, references, options
        self.leaf = Leaf(document.root, "", 0)
        self.text = ""
        self.floor = self.inactive = 0
        self.is_flat, self.has_shortcode, self.has_line_ends = True, False, False
        self.parts: list[Node] = []
        self.runs: list[DelimiterRun] = []
        self.brackets: list[Bracket] = []
        self.hidden: list[tuple[int, int]] = []
        self.ticks: dict[int, list[int]] = {}
        self.missing: set[str] = set()

    def begin(self, leaf: Leaf) -> None:
        """Forget the last text, and take up another one."""
        self.leaf, self.text = leaf, leaf.text
        self.parts, self.is_flat, self.inactive = [], True, 0
        self.has_line_ends = False
        if self.runs or self.brackets or self.ticks or self.missing or self.hidden:
            self.runs, self.brackets, self.hidden = [], [], []
            self.ticks, self.missing = {}, set()

    def before(self, start: int) -> None:
        """Add the plain text before a sign."""
        if start > self.floor:
            self.parts.append(self.text[self.floor : start])
