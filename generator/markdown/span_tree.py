"""From the nodes of a text to the elements of the tree."""

from xml.etree.ElementTree import Element, SubElement

from generator.markdown.emphasis import DelimiterRun
from generator.markdown.span_state import Close, Node, Open


def fill(target: Element, nodes: list[Node], *, is_flat: bool) -> None:
    """Put nodes at the beginning of an element, before what it holds."""
    if is_flat and not len(target):
        _fill_flat(target, nodes)
        return
    holder = Element("p") if len(target) else target
    _Builder(holder).add(nodes)
    if holder is not target:
        target.text = (target.text or "") + (holder.text or "")
        target[0:0] = list(holder)


def _fill_flat(target: Element, nodes: list[Node]) -> None:
    """Put texts and elements into an empty element."""
    last: Element | None = None
    texts: list[str] = []
    for node in nodes:
        if isinstance(node, str):
            texts.append(node)
            continue
        if texts:
            _put(texts[0] if len(texts) == 1 else "".join(texts), target, last)
            texts = []
        last = node  # type: ignore[assignment] # nothing else is in flat nodes
        target.append(node)  # type: ignore[arg-type]
    if texts:
        _put("".join(texts), target, last)


class _Builder:
    """Makes elements of nodes: `current` is the one being filled, `last` what is in it so far."""

    def __init__(self, target: Element) -> None:
        self._current = target
        self._last: Element | None = None
        self._above: list[Element] = []
        self._texts: list[str] = []
        self._pictures = 0

    def add(self, nodes: list[Node]) -> None:
        """Add all nodes."""
        for node in nodes:
            if isinstance(node, str):
                self._texts.append(node)
                continue
            self._put_texts()
            if isinstance(node, DelimiterRun):
                self._add_run(node)
            elif isinstance(node, Open):
                self._pictures += node.is_picture
                self._current.append(node.element)
                self._enter(node.element)
            elif isinstance(node, Close):
                self._leave()
            else:
                self._current.append(node)
                self._last = node
        self._put_texts()

    def _add_run(self, run: DelimiterRun) -> None:
        for _ in range(run.closes):
            self._leave()
        if run.count:
            self._texts.append(run.sign * run.count)
        if run.opens:
            self._put_texts()
        for tag in reversed(run.opens):
            self._enter(SubElement(self._current, tag))

    def _enter(self, element: Element) -> None:
        self._above.append(self._current)
        self._current, self._last = element, None

    def _leave(self) -> None:
        left = self._last = self._current
        self._current = self._above.pop()
        if left.tag == "img":
            self._pictures -= 1
            if not self._pictures:  # of pictures in pictures only the outermost is one
                _flatten(left)

    def _put_texts(self) -> None:
        if self._texts:
            _put("".join(self._texts), self._current, self._last)
            self._texts.clear()


def _put(text: str, current: Element, last: Element | None) -> None:
    if last is None:
        current.text = (current.text or "") + text if current.text else text
    else:
        last.tail = (last.tail or "") + text if last.tail else text


def _flatten(picture: Element) -> None:
    """Make the text in a picture's brackets its alternative text."""
    text = "".join(picture.itertext())
    attributes, tail = dict(picture.attrib), picture.tail
    picture.clear()
    picture.attrib.update(attributes)
    picture.tail = tail
    picture.set("alt", text)
