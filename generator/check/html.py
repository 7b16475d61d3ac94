"""A page's HTML as the run of tags that the check asks about."""

from html.parser import HTMLParser

from generator.model.values import frozen, replace

Attributes = tuple[tuple[str, str | None], ...]


@frozen
class Tag:
    """A start tag: its name and attributes in lower case, and its place, counted from 1.

    `text` is the content of a `title`, `style` or `script` element, nothing for others.
    """

    name: str
    attributes: Attributes
    line: int
    column: int
    text: str = ""

    def get(self, attribute: str) -> str | None:
        """The attribute's value without white space round it; none when it is not there.

        An attribute without a value has an empty one. The first of two with one name counts,
        as in a browser.
        """
        for name, value in self.attributes:
            if name == attribute:
                return (value or "").strip()
        return None


class UnreadablePageError(Exception):
    """The HTML is so broken that the parser gives up."""


def read_tags(html: str) -> tuple[Tag, ...]:
    """Read a page's tags that have an attribute, are headings, or hold a text of their own.

    Raises `UnreadablePageError`.
    """
    reader = _Reader()
    try:
        reader.feed(html)
        reader.close()
    except AssertionError as error:  # this is how the standard library's parser gives up
        raise UnreadablePageError(str(error)) from error
    return reader.finished()


_WITHOUT_ATTRIBUTES = frozenset({"html", "h1", "h2", "h3", "h4", "h5", "h6"})
_WITH_TEXT = frozenset({"title", "style", "script"})


class _Reader(HTMLParser):
    """Gathers tags as the parser meets them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._tags: list[Tag] = []
        self._open: Tag | None = None  # the element whose text is being gathered
        self._text: list[str] = []
        self._drawings = 0  # how many `svg` are open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "svg":
            self._drawings += 1
        # A drawing has titles of its own, which are not the page's.
        if tag in _WITH_TEXT and not (tag == "title" and self._drawings):
            self._close_text()
            self._open = self._tag(tag, attrs)
        elif attrs or tag in _WITHOUT_ATTRIBUTES:
            self._tags.append(self._tag(tag, attrs))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag == "svg":
            self._drawings -= 1

    def handle_endtag(self, tag: str) -> None:
        if tag == "svg":
            self._drawings = max(0, self._drawings - 1)
        if self._open and tag == self._open.name:
            self._close_text()

    def handle_data(self, data: str) -> None:
        if self._open:
            self._text.append(data)

    def finished(self) -> tuple[Tag, ...]:
        """All tags, once the whole page is read."""
        self._close_text()
        return tuple(self._tags)

    def _tag(self, name: str, attrs: list[tuple[str, str | None]]) -> Tag:
        line, offset = self.getpos()
        return Tag(name, tuple(attrs), line, offset + 1)

    def _close_text(self) -> None:
        if self._open:
            self._tags.append(replace(self._open, text="".join(self._text)))
            self._open = None
            self._text.clear()
