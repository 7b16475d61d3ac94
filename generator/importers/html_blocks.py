"""An HTML body as Markdown, each block of it proven.

Each top-level block is turned into Markdown, rendered by our own renderer and compared: text,
links, pictures and structure. Where these are not equal the block stays HTML. So nothing is lost
by construction, whatever the HTML is.
"""

from collections.abc import Iterable, Sequence

from generator.importers.html_footnotes import take_notes
from generator.importers.html_kept import tidy_html
from generator.importers.html_markdown import BlockWriter, definition
from generator.importers.html_proof import Shown
from generator.importers.html_spans import NOTE
from generator.importers.html_tidy import tidy
from generator.importers.html_tree import Node, parse_html, without_blank_lines
from generator.model.body import Body, BodyFacts, Embedding, MarkdownOptions
from generator.model.values import frozen
from generator.render.markdown import MarkdownRenderer

OPTIONS = MarkdownOptions(highlight=False, time_limit=0, embedding=Embedding(as_written=True))
EVERY = frozenset({-1})
"""Every block: which one is unlike cannot be told."""


@frozen
class Converted:
    """A body as Markdown: how many blocks it has, and how many of these are HTML still.

    Code, embedded players and the like, which Markdown has no words for, are not counted as kept.
    """

    markdown: str
    blocks: int = 0
    kept: int = 0


class HtmlConverter:
    """Turns bodies into Markdown, one after another; set up once for many."""

    def __init__(self) -> None:
        self._renderer = MarkdownRenderer(OPTIONS)
        self._writers = (BlockWriter(), BlockWriter(as_tags=True))

    def convert(self, html: str) -> Converted:
        """An HTML body as Markdown that our renderer shows as the same."""
        if not html.strip():
            return Converted("")
        try:
            return self._converted(html)
        except RecursionError:  # elements within each other by the thousand: nobody wrote that
            return Converted(without_blank_lines(html), 1, 1)

    def _converted(self, html: str) -> Converted:
        whole = _Whole.of(html, self._renderer)
        texts = whole.in_markdown(self._writers[0])
        unlike = whole.unlike(texts)
        if unlike:
            texts = whole.second_try(texts, unlike, self._writers)
        if whole.has_stranded_marks(texts):
            # A block that stays HTML holds a mark; so the notes stay the list that they were.
            whole = _Whole.of(html, self._renderer, with_notes=False)
            texts = whole.second_try(whole.in_markdown(self._writers[0]), EVERY, self._writers)
            unlike = EVERY
        if unlike and whole.unlike(texts):
            whole = _Whole.of(html, self._renderer, with_notes=False)
            texts = whole.in_html()
        return Converted(whole.joined(texts), len(texts), texts.count(None))


class _Whole:
    """The blocks of one body, what readers get of each, and its notes."""

    def __init__(self, blocks: list[Node], notes: list[Node], renderer: MarkdownRenderer) -> None:
        self._blocks, self._notes, self._renderer = blocks, notes, renderer
        self._shown = [Shown([block]) for block in blocks]
        self._of_notes = [Shown([note]) for note in notes]
        self._definitions = [definition(number, note) for number, note in enumerate(notes, 1)]

    @classmethod
    def of(cls, html: str, renderer: MarkdownRenderer, *, with_notes: bool = True) -> "_Whole":
        """The blocks of a body, its footnotes taken out unless they shall stay a list."""
        blocks = tidy(parse_html(html))
        notes = take_notes(blocks) if with_notes else []
        return cls(blocks, notes, renderer)

    def in_markdown(self, writer: BlockWriter) -> list[str | None]:
        """Each block as Markdown, not proven; None for what Markdown cannot say."""
        texts: list[str | None] = []
        other = False
        for number, block in enumerate(self._blocks):
            is_next = number > 0 and self._blocks[number - 1].tag == block.tag
            other = block.tag in ("ul", "ol") and is_next and not other
            texts.append(writer.write(block, other=other))
        return texts

    def in_html(self) -> list[str | None]:
        """No block as Markdown."""
        return [None] * len(self._blocks)

    def unlike(self, texts: Sequence[str | None]) -> frozenset[int]:
        """The numbers of the blocks that would not show the same; all where they run together."""
        shown, notes = self._rendered(self.joined(texts))
        if len(shown) != len(self._shown) or len(notes) != len(self._of_notes):
            return EVERY
        if not all(old.is_kept_by(new) for old, new in zip(self._of_notes, notes, strict=True)):
            return EVERY
        pairs = enumerate(zip(self._shown, shown, strict=True))
        return frozenset(number for number, (old, new) in pairs if not old.is_kept_by(new))

    def second_try(
        self,
        texts: Sequence[str | None],
        unlike: frozenset[int],
        writers: Iterable[BlockWriter],
    ) -> list[str | None]:
        """The texts; for unlike ones the first writer's whose Markdown is proven by itself."""
        tried: list[str | None] = list(texts)
        numbers = range(len(texts)) if unlike == EVERY else sorted(unlike)
        written = [self.in_markdown(writer) for writer in writers]
        for number in numbers:
            ways = (texts_of[number] for texts_of in written)
            proven = (text for text in ways if text is not None and self._proves(number, text))
            tried[number] = next(proven, None)
        return tried

    def _proves(self, number: int, text: str) -> bool:
        """Whether a block's text shows the same when it stands alone."""
        if not self._definitions:
            shown, _ = self._rendered(text)
        else:  # all marks come first, so that the notes have their numbers
            marks = "".join(f"[^{note}]" for note in range(1, len(self._notes) + 1))
            shown, _ = self._rendered("\n\n".join((marks, text, *self._definitions)))
            shown = shown[1:]
        return len(shown) == 1 and self._shown[number].is_kept_by(shown[0])

    def has_stranded_marks(self, texts: Sequence[str | None]) -> bool:
        """Whether a block without a text refers to a footnote."""
        if not self._notes:
            return False
        left = (block for text, block in zip(texts, self._blocks, strict=True) if text is None)
        return any(node.get(NOTE) for block in left for node in block.iter())

    def joined(self, texts: Sequence[str | None]) -> str:
        """The whole body, HTML where there is no text."""
        kept = zip(texts, self._blocks, strict=True)
        written = (tidy_html([block]) if text is None else text for text, block in kept)
        return "\n\n".join((*written, *self._definitions))

    def _rendered(self, text: str) -> tuple[list[Shown], list[Shown]]:
        """What readers get of a text's blocks and of its notes."""
        html = self._renderer.render(Body("", "", BodyFacts()), text).html
        blocks = tidy(parse_html(html))
        notes = take_notes(blocks) if self._notes else []
        return [Shown([block]) for block in blocks], [Shown([note]) for note in notes]
