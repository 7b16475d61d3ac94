"""The quick parser's way through inline markup.

It does what `markdown.treeprocessors.InlineProcessor` does, step by step: markup becomes
an element that is put aside, a placeholder takes its place in the text, and at the end
elements replace placeholders; what has been made is walked once more. The difference is
in what is not done: a text without a trigger is not touched, and a pattern is tried only
where its trigger stands. Ancestors are not counted, since none of our patterns excludes any.
"""

from collections import deque
from typing import Any
from xml.etree.ElementTree import Element

from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import (
    INLINE_PLACEHOLDER,
    INLINE_PLACEHOLDER_PREFIX,
    INLINE_PLACEHOLDER_RE,
    AtomicString,
)

from generator.model.values import frozen
from generator.render.body.direct import HOLDERS, DirectMarkup
from generator.render.body.emphasis import Emphasis
from generator.render.body.job import BodyMarkdown
from generator.render.body.quick_patterns import (
    SIMPLE_PAIR,
    emphasis,
    is_simple_emphasis,
)
from generator.render.body.quotes import CURLED


@frozen
class Trigger:
    """What a text must hold for a pattern to match: both, or else the other."""

    one: str
    both: str = ""
    other: str = ""
    needs_references: bool = False

    def is_in(self, text: str) -> bool:
        """Whether the pattern may match in the text."""
        return (self.one in text and self.both in text) or (self.other != "" and self.other in text)


TRIGGERS = {
    "backtick": Trigger("`"),
    "escape": Trigger("\\"),
    "footnote": Trigger("[^"),
    "reference": Trigger("[", needs_references=True),
    "link": Trigger("]("),
    "image_link": Trigger("![", "]("),
    "image_reference": Trigger("![", needs_references=True),
    "short_reference": Trigger("[", needs_references=True),
    "short_image_ref": Trigger("![", needs_references=True),
    "autolink": Trigger("<", "://"),
    "automail": Trigger("<", "@"),
    "linebreak": Trigger("  \n"),
    "html": Trigger("<"),
    "entity": Trigger("&", ";"),
    "em_strong": Trigger("*", other="_"),
}


@frozen
class Step:
    """A pattern and what triggers it."""

    pattern: InlineProcessor
    trigger: Trigger


def has_trigger(text: str) -> bool:
    """Whether any pattern may match in a text. Single look-ups are faster than one pattern."""
    return (
        "*" in text
        or "[" in text
        or "`" in text
        or "&" in text
        or "<" in text
        or "_" in text
        or "\\" in text
        or "  \n" in text
        or "\x02" in text  # a placeholder that the first walk has not reached
    )


class QuickInline(Treeprocessor):
    """Makes elements of the inline markup in a tree, in place."""

    md: BodyMarkdown

    def __init__(self, md: BodyMarkdown) -> None:
        super().__init__(md)
        self.stashed_nodes: dict[str, Element | str] = {}
        self._all_steps: tuple[Step, ...] = ()
        self._steps: tuple[Step, ...] = ()

    def run(self, root: Element) -> None:
        """Walk the tree, breadth first; the elements made on the way are walked too."""
        self.stashed_nodes = {}
        self._choose_steps()
        holders = self._holders()
        direct = DirectMarkup(self.md)
        queue = deque([root])
        while queue:
            parent = queue.popleft()
            made: list[tuple[Element, list[Element]]] = []
            for child in parent:
                text = child.text
                if text and has_trigger(text) and not isinstance(text, AtomicString):
                    child.text = direct.html(text) if child.tag in holders else None
                    if child.text is None:
                        inner = self._with_elements(self._stash_markup(text), child)
                        queue.extend(inner)
                        made.append((child, inner))
                if child.tail and has_trigger(child.tail):
                    self._expand_tail(parent, child)
                if len(child):
                    queue.append(child)
            for element, inner in made:
                for position, new in enumerate(inner):
                    element.insert(position, new)

    def _choose_steps(self) -> None:
        if not self._all_steps:
            patterns = self.md.inlinePatterns
            names = sorted(TRIGGERS, key=patterns.get_index_for_name)
            self._all_steps = tuple(Step(patterns[name], TRIGGERS[name]) for name in names)  # type: ignore[arg-type] # the stubs say Pattern
        self._steps = tuple(
            step
            for step in self._all_steps
            if self.md.references or not step.trigger.needs_references
        )

    def _holders(self) -> frozenset[str]:
        """The elements whose markup may become HTML at once: none if later stages need its text."""
        abbreviations: Any = self.md.treeprocessors["abbr"]
        curls = self.md.options.smart_quotes and not self.md.has_nothing_for(*CURLED)
        return frozenset() if abbreviations.abbrs or curls else HOLDERS

    def _expand_tail(self, parent: Element, child: Element) -> None:
        """Make elements of the markup in a tail, as siblings behind the child."""
        stand_in = Element("d")
        inner = self._with_elements(self._stash_markup(child.tail or ""), stand_in, is_text=False)
        child.tail = stand_in.tail or None
        position = list(parent).index(child) + 1
        for new in reversed(inner):
            parent.insert(position, new)

    def _stash_markup(self, data: str, first: int = 0) -> str:
        """Put placeholders in the place of markup, by the patterns from the first one on."""
        if isinstance(data, AtomicString):
            return data
        for number in range(first, len(self._steps)):
            if self._steps[number].trigger.is_in(data):
                data = self._apply(number, data)
        return data

    def _apply(self, number: int, data: str) -> str:
        """Put placeholders in the place of all that one pattern matches."""
        pattern = self._steps[number].pattern
        if isinstance(pattern, Emphasis) and is_simple_emphasis(data):
            return SIMPLE_PAIR.sub(lambda match: self._stash(emphasis(match)), data)
        find, handle = pattern.compiled_re.finditer, pattern.handleMatch
        position = 0
        while True:
            for match in find(data, position):
                node, start, end = handle(match, data)
                if start is not None and end is not None:
                    break
            else:
                return data
            if node is None:
                position = end
                continue
            if not isinstance(node, str) and not isinstance(node.text, AtomicString):
                self._stash_within(node, number)
            placeholder = self._stash(node)
            data = f"{data[:start]}{placeholder}{data[end:]}"
            position = start + len(placeholder)

    def _stash_within(self, node: Element, number: int) -> None:
        """Go on inside a new element: its text by the patterns that follow, tails by this too."""
        for child in (node, *node):
            if child.text:
                child.text = self._stash_markup(child.text, number + 1)
            if child.tail:
                child.tail = self._stash_markup(child.tail, number)

    def _stash(self, node: Element | str) -> str:
        key = f"{len(self.stashed_nodes):04d}"
        self.stashed_nodes[key] = node
        return INLINE_PLACEHOLDER % key

    def _with_elements(self, data: str, parent: Element, *, is_text: bool = True) -> list[Element]:
        """Give the text back to its owner, and return the elements that stand in it."""
        result: list[Element] = []
        position = 0
        while (index := data.find(INLINE_PLACEHOLDER_PREFIX, position)) >= 0:
            match = INLINE_PLACEHOLDER_RE.search(data, index)
            node = self.stashed_nodes.get(match[1]) if match else None
            if match is None or node is None:
                end = index + len(INLINE_PLACEHOLDER_PREFIX)
                _add_text(data[position:end], result, parent, is_text=is_text)
                position = end
                continue
            _add_text(data[position:index], result, parent, is_text=is_text)
            position = match.end()
            if isinstance(node, str):
                _add_text(node, result, parent, is_text=is_text)
            else:
                self._expand_within(node)
                result.append(node)
        rest = data[position:]
        if isinstance(data, AtomicString):
            rest = AtomicString(rest)
        _add_text(rest, result, parent, is_text=is_text)
        return result

    def _expand_within(self, node: Element) -> None:
        """Put elements in the place of the placeholders inside an element."""
        for child in (node, *node):
            if child.tail and INLINE_PLACEHOLDER_PREFIX in child.tail:
                tail, child.tail = child.tail, None
                inner = self._with_elements(tail, child, is_text=False)
                position = 0 if child is node else list(node).index(child) + 1
                for new in reversed(inner):
                    node.insert(position, new)
            if child.text and INLINE_PLACEHOLDER_PREFIX in child.text:
                text, child.text = child.text, None
                for new in reversed(self._with_elements(text, child)):
                    child.insert(0, new)


def _add_text(text: str, result: list[Element], parent: Element, *, is_text: bool) -> None:
    """Put text behind the last element made, or else where the parent's text or tail is."""
    if not text:
        return
    if result:
        last = result[-1]
        last.tail = last.tail + text if last.tail else text
    elif is_text:
        parent.text = parent.text + text if parent.text else text
    else:
        parent.tail = parent.tail + text if parent.tail else text
