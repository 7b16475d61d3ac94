"""Raw HTML in a text: what would swallow or break the page around it is told of, and mended."""

import re
from functools import cached_property
from xml.etree.ElementTree import Element

from generator.markdown.document import STASHED, Document, Leaf
from generator.markdown.html_elements import (
    BREAKS_OUT,
    END_MAY_MISS,
    FOREIGN,
    FORMATTING,
    INTEGRATION,
    KNOWN,
    NOT_IN_BODY,
    PARTS,
    RAW_TEXT,
    SPECIAL,
    VOID,
    WHOLES,
)
from generator.model.late_patterns import late_pattern
from generator.model.problems import Severity

PART = late_pattern(
    r"""<!--(?:(?P<comment>-?>|.*?-->)|.*)
      | <[!?]
      | <(?P<slash>/?)(?P<name>[a-zA-Z][^\s/>]*+)
        (?:[^>=]|=\s*+(?:"[^"]*+"|'[^']*+'|(?!["'])))*+(?P<end>>)?
    """,
    re.VERBOSE | re.DOTALL,
)
"""A comment, a declaration or a tag, as browsers see them (13.2.5).

A comment or tag that never ends reaches to the end of the text.
"""
MARKDOWN = late_pattern(
    r"""\]\([^\s()]+\)
      | (?<![\w*])(\*{1,3})(?=\w)[^*\n]*+(?<=[\w.!?])\1(?![\w*])
      | (?<![\w_])__(?=\w)[^_\n]*+(?<=[\w.!?])__(?![\w_])
      | ^[ ]{0,3}(?:[-*+]|[0-9]{1,3}[.)]|\#{1,6})[ ]+\S
    """,
    re.VERBOSE | re.MULTILINE,
)
"""What is surely meant as Markdown: a link, emphasis, an item of a list, a heading."""
NOT_SHOWN = ("<script", "<style", "<pre", "<code", "<textarea", "<!--")
NOTHING_LOST = late_pattern(r"<!doctype\b|<\?xml\b", re.IGNORECASE)
NAMES = late_pattern(r"<(/?)([a-zA-Z][^\s/>]*+)")
NEAR = 80  # characters, or tags
WORD_BEFORE = late_pattern(r"\w[^<>\n\w]*\Z")
WORD_AFTER = late_pattern(r"[^<>\n\w]*+\w")
UNQUOTED_AT_END = late_pattern(r"""=\s*+[^\s=<>"']*+(?<=/)>\Z""")
"""A value without quotes takes a slash that ends it along (13.2.5.37)."""
DEEPEST = 512  # browsers nest no deeper


class Opened:
    """A tag that is open: where it stands."""

    __slots__ = ("is_told", "leaf", "name", "offset")

    def __init__(self, name: str, leaf: Leaf, offset: int, *, is_told: bool = False) -> None:
        self.name, self.leaf, self.offset, self.is_told = name, leaf, offset, is_told


class HtmlChecker:
    """Goes through the raw HTML of one document in order; `is_markdown` what stands around it."""

    def __init__(self, document: Document, *, is_markdown: bool = True) -> None:
        self._document, self._is_markdown = document, is_markdown
        self._open: list[Opened] = []
        self._prose: dict[Leaf, bool] = {}
        self._in_foreign = 0
        self._floor = 0  # tags below this number are open outside the element at hand

    def run(self) -> None:
        """Check everything, and mend it in place."""
        document = self._document
        roots = [document.root, *(note.element for note in document.notes.values())]
        for root in roots:
            self._enter(root)

    def _enter(self, element: Element) -> None:
        """Check what stands in an element; what is opened there must be closed there."""
        self._is_in_foreign(element.tag)
        floor, self._floor = self._floor, len(self._open)
        self._within(element)
        missing = self._unclosed(self._floor)
        self._floor = floor
        if missing:
            ends = _ends(missing)
            stashed = self._document.put_aside(ends, Leaf(element, ends, 0), 0)
            _append(element, f"\n{stashed}" if len(element) else stashed)

    def _within(self, element: Element) -> None:
        self._check_text(element.text)
        for child in element:
            if child.tag == "p":  # a tag may be open from one paragraph to another
                if not _is_stashed(child, self._document):
                    self._is_in_foreign("p")
                self._within(child)
            else:
                self._enter(child)
            self._check_text(child.tail)

    def _check_text(self, text: str | None) -> None:
        if text and "\x02" in text:
            for found in STASHED.finditer(text):
                self._check(int(found[1]))

    def _check(self, number: int) -> None:
        """Check one piece of raw HTML, and put it back mended."""
        document = self._document
        html = document.raw[number]
        leaf, offset = document.raw_places[number]
        last = html.rfind(">")
        parts: list[str] = []
        done = position = 0
        while (found := PART.search(html, position)) is not None:
            start, position = found.span()
            if (instead := self._unfinished(found, html, last, leaf, offset)) is not None:
                parts += (html[done:start], instead)
                done = len(html)
                break
            if not found["name"]:
                if not found["comment"]:
                    position = html.find(">", position) + 1
                    self._tell_unseen(html[start:position], leaf, offset + start)
                continue
            is_block = number in document.raw_blocks
            instead = self._instead_of(found, leaf, offset + start, is_block=is_block)
            if found["end"] and not found["slash"]:
                position = self._after_raw_text(html, position)
            if instead is not None:
                parts += (html[done:start], instead)
                done = found.end()
        if parts:
            document.raw[number] = "".join((*parts, html[done:]))
        if number in document.raw_blocks and self._is_markdown:
            self._warn_of_markdown(html, leaf)

    def _is_prose(self, leaf: Leaf) -> bool:
        """Whether there are words between the tags of a leaf."""
        if leaf not in self._prose:
            bare = PART.sub("", leaf.text)
            self._prose[leaf] = any(character.isalnum() for character in bare)
        return self._prose[leaf]

    def _unfinished(
        self, found: re.Match[str], html: str, last: int, leaf: Leaf, offset: int
    ) -> str | None:
        """What must stand instead of all that follows, where a tag or comment never ends."""
        start, name = found.start(), found["name"]
        if found["comment"]:
            return None
        if html.startswith("<!--", start):
            self._error(leaf, offset + start, "a comment is never closed", "Close it with -->")
            return html[start:] + "-->"
        if (name and found["end"]) or (not name and last >= found.end()):
            return None
        hint = "End it with >, or write &lt; for the sign <."
        sign = f"<{found['slash']}{name}" if name else found.group()
        message = f"what begins with {sign} is never finished"
        self._error(leaf, offset + start, message, hint)
        return ""

    def _tell_unseen(self, declaration: str, leaf: Leaf, offset: int) -> None:
        """Warn of words that browsers take for a comment: `<?php … ?>`, `<![CDATA[…]]>`."""
        if NOTHING_LOST.match(declaration) or self._is_in_foreign(""):
            return
        sign = declaration.split(maxsplit=1)[0].partition(">")[0][:10]
        hint = "Take it out; for it to be seen make it `code`, or write &lt; for the sign <."
        self._warn(leaf, offset, f"readers do not see what begins with {sign}", hint)

    def _instead_of(
        self, found: re.Match[str], leaf: Leaf, offset: int, *, is_block: bool
    ) -> str | None:
        """What must stand instead of a tag; None to leave it."""
        name = found["name"].lower()
        tag = found.group()
        if found["slash"] and self._open and self._open[-1].name == name:
            in_foreign = True  # whatever it is, it closes what is open
        else:
            in_foreign = self._is_in_foreign("" if found["slash"] else name)
        is_lost = name in PARTS and self._is_lost_part(found, leaf, is_block=is_block)
        if not in_foreign and (name in NOT_IN_BODY or is_lost):
            message = f"{_shown(tag)} has no place in a text, and is shown as it stands"
            self._warn(leaf, offset, message)
            return _as_text(tag)
        if not in_foreign and name not in KNOWN and "-" not in name:
            return self._instead_of_unknown(found, leaf, offset, is_block=is_block)
        if found["slash"]:
            is_break = name == "br" and not in_foreign
            return "<br>" if is_break else self._instead_of_end(name, tag, leaf, offset)
        is_told = _closes_itself(tag)
        in_foreign = in_foreign or (is_told and name in FOREIGN)
        if is_told if in_foreign else name in VOID:
            return None
        if is_told:
            hint = f"Write <{name}></{name}>: only XML has tags that close themselves."
            self._error(leaf, offset, f"<{name}/> does not close itself", hint)
            if name not in FORMATTING:
                return tag[:-2].rstrip() + f"></{name}>"
        self._in_foreign += name in FOREIGN
        self._open.append(Opened(name, leaf, offset, is_told=is_told))
        return None

    def _instead_of_end(self, name: str, tag: str, leaf: Leaf, offset: int) -> str | None:
        left = self._close(name, leaf, offset)
        return None if left == [] else "" if left is None else _ends(left) + tag

    def _is_lost_part(self, found: re.Match[str], leaf: Leaf, *, is_block: bool) -> bool:
        """Whether a tag is a word about a tag: part of a list or table where there is none."""
        if is_block or found["slash"] or found["name"].lower() in self._paired:
            return False
        return self._is_prose(leaf) and not any(one.name in WHOLES for one in self._open[-NEAR:])

    def _instead_of_unknown(
        self, found: re.Match[str], leaf: Leaf, offset: int, *, is_block: bool
    ) -> str | None:
        """Words between angle brackets are shown; what is surely meant as HTML is let through.

        That is what has values, and in a block of HTML what has both its tags or stands among tags.
        """
        tag = found.group()
        is_alone = len(leaf.text) < len(tag) + NEAR and leaf.text.strip() == tag
        if is_block or is_alone:
            is_closed = _closes_itself(tag) or found["name"].lower() in self._paired
            is_word = not is_closed and (is_alone or _is_among_words(found))
        else:
            is_word = self._is_prose(leaf)
        if "=" in tag or not is_word:
            hint = "Write &lt; for the sign <, if it is to be seen."
            message = f"{_shown(tag)} is no HTML element: readers do not see it"
            self._warn(leaf, offset, message, hint)
            return None
        self._warn(leaf, offset, f"{_shown(tag)} is no HTML element, and is shown as it stands")
        return f"<p>{_as_text(tag)}</p>" if is_block and is_alone else _as_text(tag)

    @cached_property
    def _paired(self) -> set[str]:
        """The names that have a start tag and an end tag somewhere in the text."""
        names = {"": set[str](), "/": set[str]()}
        for html in self._document.raw:
            for slash, name in NAMES.findall(html):
                names[slash].add(name.lower())
        return names[""] & names["/"]

    def _after_raw_text(self, html: str, position: int) -> int:
        """Where to go on behind a tag whose content is text, up to its end tag."""
        last = self._open[-1].name if self._open else ""
        if last not in RAW_TEXT or self._is_in_foreign(last):
            return position
        end = late_pattern(rf"</{last}(?=[\s/>])", re.IGNORECASE).search(html, position)
        return end.start() if end else len(html)

    def _is_in_foreign(self, name: str) -> bool:
        """Whether a tag stands in SVG or MathML; some tags of HTML end these (13.2.6.5)."""
        if not self._in_foreign:
            return False
        place = len(self._open) - 1
        while self._open[place].name not in FOREIGN:
            if self._open[place].name in INTEGRATION:
                return False
            place -= 1
        if name not in BREAKS_OUT:
            return True
        self._unclosed(place)
        return self._is_in_foreign(name)

    def _close(self, name: str, leaf: Leaf, offset: int) -> list[Opened] | None:
        """Close the tag of a name: what was open in it; None where no such tag is open here."""
        place = len(self._open) - 1
        floor = max(self._floor, place - DEEPEST)
        while place >= floor and self._open[place].name != name:
            place -= 1
        if place < floor:
            self._tell_stray(name, leaf, offset)
            return None
        if name in FORMATTING and not any(tag.name in SPECIAL for tag in self._open[place:]):
            del self._open[place]
            return []
        left = self._unclosed(place + 1, within=name)
        del self._open[place:]
        self._in_foreign -= name in FOREIGN
        return left

    def _tell_stray(self, name: str, leaf: Leaf, offset: int) -> None:
        message = f"</{name}> closes nothing that is open here, and is left out"
        hint = f"Take it out, or open it with <{name}> above, in the same block."
        if name in SPECIAL:
            self._error(leaf, offset, message, hint)
        elif name != "p":
            self._warn(leaf, offset, message, hint)

    def _unclosed(self, floor: int, *, within: str = "") -> list[Opened]:
        """Tell of the tags that are open above a number, and forget them."""
        left = [tag for tag in self._open[floor:] if tag.name not in END_MAY_MISS]
        for tag in left:
            if tag.is_told:
                continue
            hint = f"Close it with </{tag.name}>."
            if tag.name in FORMATTING or tag.name in RAW_TEXT or not within:
                message = f"<{tag.name}> is never closed: it would reach over the rest of the page"
                self._error(tag.leaf, tag.offset, message, hint)
            else:
                message = f"<{tag.name}> is never closed"
                self._warn(tag.leaf, tag.offset, message, hint)
        del self._open[floor:]
        self._in_foreign -= sum(tag.name in FOREIGN for tag in left)
        return left

    def _warn_of_markdown(self, html: str, leaf: Leaf) -> None:
        if not MARKDOWN.search(html) or any(sign in html.lower() for sign in NOT_SHOWN):
            return
        bare = PART.sub(lambda tag: re.sub(r"[^\n]", " ", tag.group()), html)
        if found := MARKDOWN.search(bare):
            hint = "Put a blank line before it: Markdown is read again behind one."
            self._warn(leaf, found.start(), "Markdown within HTML is shown as it stands", hint)

    def _error(self, leaf: Leaf, offset: int, message: str, hint: str) -> None:
        self._document.fault(leaf, offset, message, hint, Severity.ERROR)

    def _warn(
        self,
        leaf: Leaf,
        offset: int,
        message: str,
        hint: str = "Write &lt; for the sign <, or make it `code`.",
    ) -> None:
        self._document.fault(leaf, offset, message, hint)


def _is_stashed(paragraph: Element, document: Document) -> bool:
    """Whether a paragraph only stands for a block of raw HTML."""
    found = STASHED.fullmatch(paragraph.text or "")
    return found is not None and int(found[1]) in document.raw_blocks


def _closes_itself(tag: str) -> bool:
    return tag.endswith("/>") and not UNQUOTED_AT_END.search(tag)


def _is_among_words(tag: re.Match[str]) -> bool:
    """Whether there are words beside a tag, on its line."""
    html, (start, end) = tag.string, tag.span()
    before, after = html[max(0, start - NEAR) : start], html[end : end + NEAR]
    return bool(WORD_BEFORE.search(before) or WORD_AFTER.match(after))


def _ends(tags: list[Opened]) -> str:
    return "".join(f"</{tag.name}>" for tag in reversed(tags))


def _as_text(tag: str) -> str:
    return tag.replace("<", "&lt;").replace(">", "&gt;")


def _shown(tag: str) -> str:
    return " ".join(tag.split())


def _append(element: Element, text: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text
