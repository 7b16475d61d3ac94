"""Raw HTML in a text, put aside before Markdown is parsed."""

from markdown.extensions.md_in_html import HtmlBlockPreprocessor, HTMLExtractorExtra
from markdown.util import BLOCK_LEVEL_ELEMENTS

from generator.render.body.job import BodyMarkdown

BLOCKS = frozenset(BLOCK_LEVEL_ELEMENTS)


class HtmlBlocks(HtmlBlockPreprocessor):
    """Puts raw HTML aside, and makes elements of those with a `markdown` attribute."""

    md: BodyMarkdown

    def run(self, lines: list[str]) -> list[str]:
        """Take the lines; give them back with placeholders.

        Without a tag in the text, the HTML parser would change nothing but end a numeric
        character reference that lacks its semicolon.
        """
        if self.md.has_nothing_for("<", "&#"):
            return lines
        parser = Extractor(self.md)
        parser.feed("\n".join(lines))
        parser.close()
        for tag in dict.fromkeys(parser.unclosed):
            hint = f"Close it with </{tag}>."
            self.md.job.warning(f"<{tag} markdown> is never closed", hint, f"<{tag}")
        return "".join(parser.cleandoc).split("\n")


class Extractor(HTMLExtractorExtra):
    """The library's HTML parser, which loses the text where two such elements are left open."""

    mdstack: list[str]

    block_level_tags = BLOCKS  # type: ignore[assignment] # there, a new set at each look

    def __init__(self, md: BodyMarkdown) -> None:
        super().__init__(md)
        self.unclosed: tuple[str, ...] = ()

    def close(self) -> None:
        """Close what is still open, each element once."""
        self.unclosed = tuple(self.mdstack)
        super().close()
        while self.mdstack and not self.inraw:
            self.handle_endtag(self.mdstack[-1])
