"""Quick ways to match what links and emphasis nearly always look like."""

import re
from xml.etree.ElementTree import Element

from markdown.inlinepatterns import LinkInlineProcessor

PLAIN_LINK = re.compile(r"([^\[\]]*)\]\(([^\s()<>\"'\x02]+)\)")
SIMPLE_PAIR = re.compile(r"(\*\*?)(?![\s*])([^*]++)(?<!\s)\1(?!\*)")
SIMPLE_EMPHASIS = re.compile(rf"[^*]*+(?:{SIMPLE_PAIR.pattern}[^*]*+)++")


class QuickLink(LinkInlineProcessor):
    """A link by one pattern, if its text has no brackets and its address no marks or title."""

    def handleMatch(  # type: ignore[override] # noqa: N802 - as the library has it
        self, m: re.Match[str], data: str
    ) -> tuple[Element | str | None, int | None, int | None]:
        """Make the element for the link that begins at a match."""
        plain = PLAIN_LINK.match(data, m.end())
        if plain is None:
            return super().handleMatch(m, data)
        link = Element("a", {"href": plain[2]})
        link.text = plain[1]
        return link, m.start(), plain.end()


def is_simple_emphasis(data: str) -> bool:
    """Whether all asterisks stand in pairs like `*this*` or `**this**`, side by side.

    Then each opening run meets one of its own length first, and nothing else can come
    of it, whatever stands around them.
    """
    return "_" not in data and SIMPLE_EMPHASIS.fullmatch(data) is not None


def emphasis(match: re.Match[str]) -> Element:
    """The element for a simple pair."""
    element = Element("strong" if match[1] == "**" else "em")
    element.text = match[2]
    return element
