"""Lines of text: a headline, summary or caption as it was written, and what readers see of it.

Archives write them in three ways at once: with character references (`Q&amp;A`), with Markdown's
emphasis (`The *Margaret Ann*`) and with HTML (`<strong>no</strong>`). What readers see is text.
Everything here takes time in proportion to the line, whatever is in it.
"""

import html
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from generator.model.entities import decoded
from generator.model.late_patterns import late_pattern
from generator.model.values import frozen

SIGNS = late_pattern(r"[*_&<\\`\[]")
"""A line without any of these is already what readers see."""

TOKEN = late_pattern(
    r"""\\(?P<escaped>[!-/:-@\[-`{-~])
      | (?<![\w`])`(?P<code>[^\s`'](?:[^`']*+(?<!\s))?)`(?![\w`])
      | (?P<comment><!--)
      | <(?P<address>[a-zA-Z][a-zA-Z0-9+.-]{1,31}+:[^\s<>]*+|[^\s<>@]++@[^\s<>@]++)>
      | (?P<tag></?(?P<name>[a-zA-Z][a-zA-Z0-9]*+)
          (?:\s++[a-zA-Z_:][\w.:-]*+\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s"'=<>`]++))*+\s*+/?>)
      | (?P<reference>&[#a-zA-Z0-9]{1,40}+;)
      | (?P<run>\*++|_++)
      | (?P<opening>!?\[)
      | (?P<closing>\])
    """,
    re.VERBOSE,
)
"""A code span stands between single backticks round whole words: ``so'' was a way to quote.
Each attribute of a tag has a value: in "a <b and c> d" there is none."""
LINK = late_pattern(
    r"""(?:[^\[\]\\]|\\.|\[[^\[\]]*+\])*+
    (?P<target>\]\(\s?(?:<[^<>]*+>|(?:[^\s()<]|\([^\s()]*+\))*+)
        (?:\s(?:"[^"]*+"|'[^']*+'|\([^()]*+\)))?\s?\))""",
    re.VERBOSE,
)
PART = late_pattern(
    r"""a|abbr|acronym|b|bd[io]|big|cite|code|data|del|dfn|em|font|i|img|ins|kbd|mark|q|s|samp
      |script|small|span|strike|strong|style|su[bp]|time|tt|u|var|wbr""",
    re.VERBOSE | re.IGNORECASE,
)
BREAK = late_pattern(
    r"""article|aside|blockquote|br|center|d[dlt]|div|fig(?:caption|ure)|footer|h[1-6r]|header
      |iframe|li|[ou]l|p|pre|section|table|tbody|t[dhr]|thead""",
    re.VERBOSE | re.IGNORECASE,
)
"""The elements that archives have in such lines. Any other word in angle brackets is a word."""
FIRST_OF_EAST_ASIA = "\u2e80"
"""From here on (CJK radicals) scripts set no spaces between words."""
STRAIGHT = late_pattern("[\"']")
SPACES = late_pattern(r"[ \t\n\r\f\v]+")


@frozen
class LineText:
    """What readers see of a line.

    `plain` is its text, for wherever no HTML may stand; `html` the same with its emphasis,
    escaped, and empty where it has none. `tags` are the HTML tags that were left out.
    """

    plain: str
    html: str = ""
    tags: tuple[str, ...] = ()


Curl = Callable[[str], Sequence[str]]
"""Turns the straight quotes of a text: what stands at the place of each of its characters."""
SEE_THROUGH = "\u2060"
"""Stands between words for what readers do not see, when quotes are turned."""


def line_text(written: str, curl: Curl | None = None) -> LineText:
    """Tell text, emphasis and tags of a line apart.

    Emphasis is CommonMark's (0.31.2, 6.2), round whole words only: the stars of `f**k` and
    `M*A*S*H` are the author's. Of links the text is left, of pictures nothing. Escapes, code
    and addresses in angle brackets leave their content. Straight quotes among its words are turned
    by `curl`; those of code, escapes and references are not.
    """
    if not SIGNS.search(written):
        return LineText("".join(curl(written)) if curl else written)
    return _Line(written, curl).read()


def as_line(text: str) -> str:
    """Write a text as a line that shows it as it is: only what would be acted upon is escaped."""
    return text if line_text(text) == LineText(text) else SIGNS.sub(r"\\\g<0>", text)


@dataclass(slots=True)
class _Run:
    """A run of stars or underscores: how many are left as text, and what it closes and opens."""

    sign: str
    left: int
    can_open: bool
    can_close: bool
    closed: str = ""
    opened: str = ""


@dataclass(slots=True)
class _Text:
    """A text; quotes in what is `as_it_is` stay straight."""

    text: str
    as_it_is: bool = False
    is_code: bool = False

    @property
    def html(self) -> str:
        escaped = html.escape(self.text)
        return f"<code>{escaped}</code>" if self.is_code else escaped

    @property
    def seen(self) -> str:
        """What the quotes around see of it."""
        return STRAIGHT.sub("x", self.text) if self.as_it_is else self.text


class _Line:
    """One line while it is read: `pieces` are texts or runs, in their order."""

    def __init__(self, written: str, curl: Curl | None) -> None:
        self._written, self._curl = written, curl
        self._pieces: list[_Text | _Run] = []
        self._tags: list[str] = []
        self._targets: dict[int, int] = {}  # where a link's text ends, and where its target does
        self._has_code = self._is_without_comments = False

    def read(self) -> LineText:
        """What readers see."""
        at = 0
        while token := TOKEN.search(self._written, at):
            self._add(self._written[at : token.start()])
            at = self._take(token)
        self._add(self._written[at:])
        if self._curl:
            self._turn_quotes(self._curl)
        has_emphasis = _pair([piece for piece in self._pieces if isinstance(piece, _Run)])
        plain = "".join(p.sign * p.left if isinstance(p, _Run) else p.text for p in self._pieces)
        marked = ""
        if has_emphasis or self._has_code:
            marked = "".join(
                p.closed + p.sign * p.left + p.opened if isinstance(p, _Run) else p.html
                for p in self._pieces
            )
        return LineText(_tidy(plain), _tidy(marked), tuple(self._tags))

    def _add(self, text: str, *, as_it_is: bool = False) -> None:
        if text:
            self._pieces.append(_Text(text, as_it_is=as_it_is))

    def _turn_quotes(self, curl: Curl) -> None:
        """Turn the quotes of all words together, each seen beside its neighbours."""
        seen = "".join(
            SEE_THROUGH * len(p.sign) if isinstance(p, _Run) else p.seen for p in self._pieces
        )
        turned = curl(seen)
        place = 0
        for piece in self._pieces:
            if isinstance(piece, _Run):
                place += len(piece.sign)
                continue
            end = place + len(piece.text)
            if not piece.as_it_is:
                piece.text = "".join(turned[place:end])
            place = end

    def _take(self, token: re.Match[str]) -> int:
        """Take one token in; return where the line goes on."""
        kind, whole, end = token.lastgroup, token[0], token.end()
        match kind:
            case "escaped" | "address":
                self._add(token[kind], as_it_is=True)
            case "code":
                self._pieces.append(_Text(token["code"], as_it_is=True, is_code=True))
                self._has_code = True
            case "reference":
                self._add(decoded(whole), as_it_is=True)
            case "run":
                self._pieces.append(_run(self._written, token.start(), end))
            case "tag":
                self._take_tag(token)
            case "comment":
                return self._after_comment(token)
            case "opening":
                return self._after_opening(token)
            case _:  # the end of a link's text, or a bracket
                end = self._targets.get(token.start(), end)
                self._add("" if token.start() in self._targets else whole)
        return end

    def _take_tag(self, token: re.Match[str]) -> None:
        is_break = BREAK.fullmatch(token["name"])
        if is_break or PART.fullmatch(token["name"]):
            self._tags.append(token[0])
            self._add(" " if is_break else "")
        else:
            self._add(token[0])

    def _after_comment(self, token: re.Match[str]) -> int:
        end = -1 if self._is_without_comments else self._written.find("-->", token.end())
        if end < 0:
            self._is_without_comments = True
            self._add(token[0])
            return token.end()
        self._tags.append(self._written[token.start() : end + 3])
        return end + 3

    def _after_opening(self, token: re.Match[str]) -> int:
        """A link is passed over but for its text, a picture whole."""
        link = LINK.match(self._written, token.end())
        if link is None:
            self._add(token[0])
        elif token[0] == "![":
            return link.end()
        else:
            self._targets[link.start("target")] = link.end()
        return token.end()


def _run(line: str, start: int, end: int) -> _Run:
    """A run, and whether it can open or close emphasis: CommonMark's rules for underscores."""
    before, after = line[start - 1 : start] or " ", line[end : end + 1] or " "
    opens = not after.isspace() and not _is_letter(before)
    closes = not before.isspace() and not _is_letter(after)
    if _is_punctuation(after) and not (before.isspace() or _is_punctuation(before)):
        opens = False
    if _is_punctuation(before) and not (after.isspace() or _is_punctuation(after)):
        closes = False
    return _Run(line[start], end - start, opens, closes)


def _is_letter(character: str) -> bool:
    return character.isalnum() and character < FIRST_OF_EAST_ASIA


def _is_punctuation(character: str) -> bool:
    return not character.isalnum() and not character.isspace()


def _pair(runs: list[_Run]) -> bool:
    """Pair the runs that make emphasis; whether there is any."""
    openers: list[_Run] = []
    waiting = {"*": 0, "_": 0}
    has_emphasis = False
    for run in runs:
        while run.can_close and run.left and waiting[run.sign]:
            while openers[-1].sign != run.sign:  # what it encloses stays text
                waiting[openers.pop().sign] -= 1
            opener = openers[-1]
            _join(opener, run)
            has_emphasis = True
            if not opener.left:
                waiting[openers.pop().sign] -= 1
        if run.can_open and run.left:
            openers.append(run)
            waiting[run.sign] += 1
    return has_emphasis


def _join(opener: _Run, closer: _Run) -> None:
    """Make emphasis between two runs: strong where both have two signs left."""
    length = min(2, opener.left, closer.left)
    name = "strong" if length == 2 else "em"  # noqa: PLR2004 - two signs
    opener.left -= length
    closer.left -= length
    opener.opened = f"<{name}>{opener.opened}"
    closer.closed = f"{closer.closed}</{name}>"


def _tidy(text: str) -> str:
    """The text with each run of white space one space; hard spaces within it stay."""
    return SPACES.sub(" ", text).strip()
