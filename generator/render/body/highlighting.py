"""Colouring code with Pygments. Imported when the first code is met: most texts have none."""

from pygments import highlight
from pygments.formatters.html import HtmlFormatter
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound


class Highlighter:
    """Turns code into HTML whose parts have Pygments' short class names."""

    def __init__(self) -> None:
        self._formatter: HtmlFormatter[str] = HtmlFormatter(nowrap=True)

    def highlight(self, code: str, language: str) -> str:
        """The code as HTML; "" when the language is unknown."""
        try:
            lexer = get_lexer_by_name(language, stripnl=False)
        except ClassNotFound:
            return ""
        return highlight(code, lexer, self._formatter)
