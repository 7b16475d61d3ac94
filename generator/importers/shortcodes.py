"""Shortcodes in a text, as Hugo writes them: found, paired, and replaced from the inside out."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from generator.model.values import frozen

OPENING = re.compile(
    r"[ \t\n]*+(?P<shown>/\*)?+[ \t\n]*+(?P<close>/)?+[ \t\n]*+(?P<name>[\w.][\w./-]*+)"
)
STOP = re.compile(r"[\"`]|[>%]\}\}")
ARGUMENT = re.compile(
    r"""(?:(?P<key>[\w.-]++)[ \t\n]*+=[ \t\n]*+)?+
    (?:"(?P<double>(?:[^"\\]++|\\.)*+)"|`(?P<raw>[^`]*+)`|(?P<bare>[^\s"`=]++))""",
    re.VERBOSE | re.DOTALL,
)
ESCAPE = re.compile(r"\\(.)", re.DOTALL)
DEEPEST = 30
LONGEST = 20_000
"""Characters of one shortcode's arguments."""
ADDRESS = ("](", "](<", 'href="', 'src="', "href='", "src='", "]: ", "](/")


@frozen
class Shortcode:
    """A shortcode: `positional` or `named` arguments, and its `inner` text where it has an end.

    `is_markdown`: what it makes is Markdown, not HTML. `line` is where it begins, from 0. It may
    stand alone in its lines (`is_block`), or where a link's address does (`is_address`).
    """

    name: str
    positional: tuple[str, ...] = ()
    named: tuple[tuple[str, str], ...] = ()
    inner: str | None = None
    is_markdown: bool = False
    line: int = 0
    is_block: bool = False
    is_address: bool = False

    def get(self, *keys: str | int) -> str:
        """The first of these arguments that is there, by name or position."""
        known = dict(self.named)
        for key in keys:
            if isinstance(key, int):
                if key < len(self.positional):
                    return self.positional[key]
            elif known.get(key):
                return known[key]
        return ""


Replacer = Callable[[Shortcode], str]


@frozen
class _Token:
    """A tag of a shortcode, where it stands in the text."""

    start: int
    end: int
    name: str
    args: str
    is_markdown: bool
    is_close: bool
    is_alone: bool
    shown: str


def replaced(text: str, replacer: Replacer) -> str:
    """A text in which every shortcode is what `replacer` makes of it, the innermost first.

    What a writer wanted to show (`{{</* x */>}}`) is shown without its stars.
    """
    if "{{" not in text:
        return text
    tokens = tuple(_tokens(text))
    return _Replacing(text, tokens, _ends(tokens), replacer).between(0, len(text), 0, len(tokens))


def _tokens(text: str) -> Iterator[_Token]:
    at, last = 0, max(text.rfind(">}}"), text.rfind("%}}"))
    while 0 <= (start := text.find("{{", at)) < last:
        at = start + 2
        kind = text[at : at + 1]
        opening = OPENING.match(text, at + 1) if kind in ("<", "%") else None
        end = _end_of_token(text, opening.end()) if opening else -1
        if opening is None or end < 0:
            continue
        said, sign = text[opening.end() : end], text[end : end + 1]
        args = said.strip()
        if opening["shown"]:
            args = args.removesuffix("*/").strip()
        is_alone = args.endswith("/") and not args.endswith("://")
        args = args.removesuffix("/") if is_alone else args
        shown = ""
        if opening["shown"]:
            behind = f" {args.strip()}" if args.strip() else ""
            shown = f"{{{{{kind} {opening['close'] or ''}{opening['name']}{behind} {sign}}}}}"
        is_close = bool(opening["close"])
        at = end + 3
        yield _Token(start, at, opening["name"], args, kind == "%", is_close, is_alone, shown)


def _end_of_token(text: str, at: int) -> int:
    """Where `>}}` or `%}}` stands that ends a shortcode; -1 where another begins before it."""
    # A text in quotes may hold anything, on as many lines as it likes.
    most = at + LONGEST
    while stop := STOP.search(text, at, most):
        if stop[0] not in ('"', "`"):
            again = text.find("{{<", at, stop.start())
            return stop.start() if again < 0 else -1
        closing = _end_of_text(text, stop.end(), most, stop[0])
        if closing < 0:
            return -1
        at = closing
    return -1


def _end_of_text(text: str, at: int, most: int, quote: str) -> int:
    """Behind the quote that ends a text; -1 where none does, or a shortcode ends before it."""
    while True:
        end = text.find(quote, at, most)
        if end < 0:
            return -1
        backslashes = 0
        while quote == '"' and text[end - 1 - backslashes] == "\\":
            backslashes += 1
        if backslashes % 2 == 0:
            return end + 1
        at = end + 1


def _ends(tokens: Sequence[_Token]) -> Mapping[int, int]:
    """The number of each opening token, and of the one that closes it."""
    ends: dict[int, int] = {}
    waiting: list[int] = []
    for number, token in enumerate(tokens):
        if token.shown or token.is_alone:
            continue
        if not token.is_close:
            waiting.append(number)
            continue
        for at in range(len(waiting) - 1, max(-1, len(waiting) - 1 - DEEPEST), -1):
            if tokens[waiting[at]].name == token.name:
                ends[waiting[at]] = number
                del waiting[at:]
                break
    return ends


class _Replacing:
    """One text's shortcodes, being replaced."""

    def __init__(
        self,
        text: str,
        tokens: Sequence[_Token],
        ends: Mapping[int, int],
        replacer: Replacer,
    ) -> None:
        self._text, self._tokens, self._ends = text, tokens, ends
        self._replacer = replacer

    def between(self, start: int, end: int, first: int, last: int) -> str:
        """The text from `start` to `end`, in which the tokens `first` to `last` stand."""
        made: list[str] = []
        at, number = start, first
        while number < last:
            token = self._tokens[number]
            made.append(self._text[at : token.start])
            closing = self._ends.get(number)
            if token.shown or token.is_close:
                made.append(token.shown)
                at, number = token.end, number + 1
                continue
            inner, stop = None, token.end
            if closing is not None:
                closer = self._tokens[closing]
                inner, stop = self.between(token.end, closer.start, number + 1, closing), closer.end
                number = closing
            made.append(self._made(token, inner, stop))
            at, number = stop, number + 1
        return "".join((*made, self._text[at:end]))

    def _made(self, token: _Token, inner: str | None, stop: int) -> str:
        positional, named = arguments(token.args)
        line = self._text.count("\n", 0, token.start)
        before = self._text[self._text.rfind("\n", 0, token.start) + 1 : token.start]
        newline = self._text.find("\n", stop)
        behind = self._text[stop : newline if newline >= 0 else len(self._text)]
        is_block = not before.strip(" \t>*-") and not behind.strip()
        made = self._replacer(
            Shortcode(
                token.name,
                positional,
                named,
                inner,
                token.is_markdown,
                line,
                is_block,
                before.endswith(ADDRESS),
            )
        )
        if is_block and "\n" in made and before and not before.strip():
            made = made.replace("\n", "\n" + before)
        # An HTML block goes on up to the next empty line.
        is_last = newline < 0 or not self._text[newline:].strip()
        is_open = is_block and made and not is_last and not self._text.startswith("\n\n", stop)
        starts = "\n" if is_block and not before and not self._starts_paragraph(token.start) else ""
        return f"{starts if made else ''}{made}{chr(10) if is_open else ''}"

    def _starts_paragraph(self, at: int) -> bool:
        return at < 2 or self._text[at - 2 : at] == "\n\n"  # noqa: PLR2004 - the two before it


def arguments(text: str) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """The arguments of a shortcode: those by position, and those by name."""
    positional: list[str] = []
    named: list[tuple[str, str]] = []
    for match in ARGUMENT.finditer(text):
        if match["double"] is not None:
            value = ESCAPE.sub(lambda found: found[1], match["double"])
        else:
            value = match["raw"] if match["raw"] is not None else match["bare"]
        if match["key"]:
            named.append((match["key"], value))
        else:
            positional.append(value)
    return tuple(positional), tuple(named)
