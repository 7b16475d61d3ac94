"""Curly quotation marks, dashes and ellipses in plain text."""

# ruff: noqa: RUF001 - curly quotes are what this is about

import re
from collections.abc import Iterator
from types import MappingProxyType

from generator.markdown.quotation_marks import marks_of
from generator.model.late_patterns import late_pattern

DASH = late_pattern(r"(?<!\S)\S*?://\S+ | (?<![!<-])---?(?![->]) | (?<!\.)\.\.\.(?!\.)", re.VERBOSE)
"""A dash or an ellipsis; or an address, in which there is none."""
SIGNS = MappingProxyType({"--": "\u2013", "---": "\u2014", "...": "\u2026"})
STRAIGHT = re.compile("[\"']")
QUOTE = re.compile("[\"'“”„«»「」]")

SEE_THROUGH = "\u2060"
"""Stands for an inline tag when a quotation mark's neighbours are looked at."""

OPENERS = "([{<‘“„‚«‹»「『–—-/=¡¿、。，：；！？（"
APOSTROPHES = "'’"
_EVERYWHERE = r"\d\d(?:s|er\w{0,3})?\b|s-|t\s(?=[A-Z])|ndrangheta\b"
_ENGLISH = r"tis|twas|twere|twill|til|till|em|cause|cos|bout|round|neath|n"
_GERMAN = r"ne[mnrs]?|n|s|rauf|raus|rein|rüber|runter"
_DUTCH = r"[kmnrst]|ns"
LEADING_APOSTROPHES = MappingProxyType(
    {
        language: late_pattern(rf"{_EVERYWHERE}|(?:{words})\b", re.IGNORECASE)
        for language, words in (
            ("", "n"),
            ("en", _ENGLISH),
            ("de", _GERMAN),
            ("af", _DUTCH),
            ("nl", _DUTCH),
        )
    }
)
"""What an apostrophe may stand before, by language: years, names such as 's-Hertogenbosch, and
words that have lost their beginning."""
WITHOUT_SPACES = late_pattern(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]"
)
"""Signs of scripts that set no space before a quotation."""
WITHIN_WORDS = frozenset({"he", "yi"})
"""Languages whose straight marks also stand within words, as signs of an abbreviation."""
TURNED_COMMA = "ʻ"


def curled(text: str, language: str) -> str:
    """A text that stands alone, with its language's quotation marks, with dashes and ellipses."""
    if STRAIGHT.search(text) or "--" in text or "..." in text:
        return "".join(turned(text, language))
    return text


def turned(text: str, language: str) -> list[str]:
    """As `curled`: what stands at the place of each character of the text."""
    signs = with_curly_quotes(text, language)
    for start, end, mark in _dashes(text):
        signs[start:end] = [mark, *([""] * (end - start - 1))]
    return signs


def with_curly_quotes(text: str, language: str) -> list[str]:
    """The characters of a text, its straight quotes turned into those of its language."""
    return _Curler(text, language).run()


class _Curler:
    """A text while its quotes are turned: `signs` holds what stands at each place by now."""

    def __init__(self, text: str, language: str) -> None:
        self._text, self._signs = text, [*text]
        self._language = language.partition("-")[0].lower()
        self._marks = marks_of(language)
        ends = {self._marks.closing.strip(), self._marks.inner_closing}
        self._openers = {*OPENERS} - ends | {self._marks.opening[0], self._marks.inner_opening}
        self._leading = LEADING_APOSTROPHES.get(self._language, LEADING_APOSTROPHES[""])
        self._in_quotation = self._in_inner = False
        self._last_end = -1

    def run(self) -> list[str]:
        """Turn all, from the first to the last."""
        opening, closing = self._marks.opening.strip(), self._marks.closing.strip()
        for match in QUOTE.finditer(self._text):
            place, mark = match.start(), match.group()
            if mark in "\"'":
                self._signs[place] = self._double(place) if mark == '"' else self._single(place)
            elif mark == opening:
                self._in_quotation = mark != closing or not self._in_quotation
            elif mark == closing:
                self._in_quotation = False
        return self._signs

    def _double(self, place: int) -> str:
        before, after = self._before(place), self._after(place)
        if before.isdigit() and not self._in_quotation:
            return '"'  # inches, seconds
        if self._language in WITHIN_WORDS and before.isalnum() and after.isalnum():
            return '"'
        opens = self._opens(before, after, is_open=self._in_quotation)
        if before in APOSTROPHES and after.isalnum() and not self._in_quotation:
            opens = opens or (place > 1 and self._text[place - 2].isalnum())  # dell'"Ansa"
        self._in_quotation = opens
        return self._marks.opening if opens else self._marks.closing

    def _single(self, place: int) -> str:
        before, after = self._before(place), self._after(place)
        if (before.isdigit() and after.isdigit()) or self._language in WITHIN_WORDS:
            return "'"  # feet, minutes
        if self._language == "uz" and before in "GOgo" and after.isalnum():
            return TURNED_COMMA
        if self._opens(before, after, is_open=self._in_inner) and self._may_begin(place):
            self._in_inner = True
            return self._marks.inner_opening
        ends = not after.isalnum() or _sets_no_spaces(after)
        if self._in_inner and ends:
            self._in_inner = False
            return self._marks.inner_closing
        return "’"

    def _opens(self, before: str, after: str, *, is_open: bool) -> bool:
        """Whether a mark between two characters may begin a quotation."""
        if not after.strip():
            return False
        if not before or before.isspace() or before in self._openers:
            return not (is_open and _sets_no_spaces(before))
        return not is_open and _sets_no_spaces(before)

    def _may_begin(self, place: int) -> bool:
        """Whether a single mark begins a quotation: it is no apostrophe, and may be closed."""
        if self._leading.match(self._text, place + 1):
            return False
        if self._language == "en":
            return True
        if self._last_end < 0:
            self._last_end = self._find_last_end()
        return place < self._last_end

    def _find_last_end(self) -> int:
        """The last place where a single mark may close a quotation; 0 if there is none."""
        place = len(self._text)
        while (place := self._text.rfind("'", 0, place)) > 0:
            after = self._after(place)
            if not self._before(place).isspace() and (
                not after.isalnum() or _sets_no_spaces(after)
            ):
                return place
        return 0

    def _before(self, place: int) -> str:
        """The character before a place that a reader sees, "" at the beginning of the block."""
        place -= 1
        while place >= 0 and self._signs[place] == SEE_THROUGH:
            place -= 1
        return self._signs[place][-1] if place >= 0 else ""

    def _after(self, place: int) -> str:
        """The character behind a place that a reader sees, "" at the end of the block."""
        place += 1
        while place < len(self._text) and self._text[place] == SEE_THROUGH:
            place += 1
        return self._text[place : place + 1]


def _sets_no_spaces(sign: str) -> bool:
    return not sign.isascii() and WITHOUT_SPACES.match(sign) is not None


def with_dashes(text: str) -> str:
    """The text with dashes and ellipses; web addresses in it stay as they are."""
    if "--" not in text and "..." not in text:
        return text
    parts: list[str] = []
    done = 0
    for start, end, mark in _dashes(text):
        parts += (text[done:start], mark)
        done = end
    return "".join((*parts, text[done:]))


def _dashes(text: str) -> Iterator[tuple[int, int, str]]:
    """Each dash and ellipsis outside addresses: where it begins and ends, and its sign."""
    for found in DASH.finditer(text):
        sign = SIGNS.get(found.group())
        if sign:
            yield *found.span(), sign
