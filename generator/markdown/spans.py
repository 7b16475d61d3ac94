"""The spans in a text: code, emphasis, links, pictures, HTML (CommonMark 0.31.2, chapter 6)."""

import re
from bisect import bisect_right
from collections.abc import Callable
from functools import cache
from html.entities import html5
from xml.etree.ElementTree import Element, SubElement

from generator.markdown import autolinks, emphasis
from generator.markdown.destinations import Destination, inline_destination
from generator.markdown.document import Document, Leaf, Link, Options
from generator.markdown.emphasis import Run
from generator.markdown.patterns import RAW, TAG
from generator.markdown.references import LABEL, References

PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
PLAIN = r"[^\\`*_\[\]<~&:!\n]"
SIMPLE = rf"""(?:
    (?<=\*)(\*?)(?=[^\W_])({PLAIN}*[^\W_])\*\1(?!\*)
  | (?<=`)([^`\n&]+)`(?!`)
  | (?<=\[)((?!\^){PLAIN}*)\]\(([^\s()<>\\&\x00-\x1f\x7f]+)\)
  | (?<=_)(?<!\w_)(_?)(?=[^\W_])({PLAIN}*[^\W_])_\6(?!\w)
)?"""
"""Spans that mean the same whatever stands around them: words between marks, code, a link."""
STARS, CODE, LINK, LINES = 2, 3, 5, 7
"""Which group of it ends each kind."""
RUN = re.compile(r"\*+|_+|~+|`+")
REFERENCE = re.compile(r"&#?\w+;")
ADDRESS = re.compile(r"<([a-zA-Z][a-zA-Z0-9+.-]{1,31}:[^\s<>\x00-\x20]*)>")
MAIL = re.compile(
    r"<([a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
    r"(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*)>"
)
BACKTICKS = re.compile(r"`+")
NOTE_SIGN = "^"
SPACED = re.compile(
    r"""((?:[a-z]{3,6}:|\.{0,2}/)[^()\n"'<>{}]*[ ][^()\n"'<>{}]*
       | [\w./%-]+[ ][^()\n"'<>{}]*\.\w{2,5})\)""",
    re.VERBOSE,
)
WRAPPER = "url:"  # addresses in prose were once written <URL:https://…> (RFC 3986, appendix C)
HARD_BREAK = 2  # a line end behind two spaces or more
HAN_OR_KANA = "[\u2e80-\u303e\u3041-\u30ff\u3105-\u312f\u3190-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff01-\uff60\uffe0-\uffe6\U0001b000-\U0001b16f\U00020000-\U0003ffff]"
BETWEEN_HAN = re.compile(rf"(?<={HAN_OR_KANA})\n(?={HAN_OR_KANA})")
MOST_DIGITS = {False: 7, True: 6}
SPECIAL_HTML = (("<!--", "-->"), ("<?", "?>"), ("<![CDATA[", "]]>"))
DECLARATION = re.compile(r"<![a-zA-Z]")


Search = Callable[[str, int], re.Match[str] | None]


@cache
def _signs(further: str) -> Search:
    """Finds the next sign that may mean something, with all of its span if that is simple."""
    signs = rf"[\\`*_~\[\]<{further}]"
    simple = "" if "@" in further else SIMPLE
    return re.compile(signs + simple, re.VERBOSE).search


class Bracket:
    """An open bracket that may become a link's or a picture's."""

    __slots__ = ("followed", "is_picture", "link", "node", "run", "start")

    def __init__(self, is_picture: bool, start: int, node: int, run: int, link: int) -> None:
        self.is_picture, self.start = is_picture, start
        self.node, self.run, self.link = node, run, link
        self.followed = False


class Open:
    """Where an element begins, in the run of nodes; it ends at the next CLOSE on its level."""

    __slots__ = ("element", "is_picture")

    def __init__(self, element: Element, is_picture: bool) -> None:
        self.element, self.is_picture = element, is_picture


CLOSE = object()
Node = object


class SpanParser:
    """Reads the spans of the leaves of one document."""

    def __init__(self, document: Document, references: References, options: Options) -> None:
        self.document, self.references, self.options = document, references, options
        self.leaf = Leaf(document.root, "", 0)
        self.text = ""
        self.floor = self.inactive = 0
        whole = "\n".join(document.lines)
        self.addresses = "://" in whole or "@" in whole or "www." in whole
        self.parts: list[Node] = []
        self.runs: list[Run] = []
        self.brackets: list[Bracket] = []
        self.ticks: dict[int, list[int]] = {}
        self.missing: set[str] = set()
        self.is_flat = True
        self.hidden: list[tuple[int, int]] = []

    def read(self, leaf: Leaf) -> None:
        """Fill a leaf's element with its text and spans."""
        text = leaf.text
        if not (
            "*" in text
            or "[" in text
            or "`" in text
            or "<" in text
            or "_" in text
            or "\\" in text
            or "&" in text
            or "~" in text
            or (self.addresses and ("://" in text or "@" in text or "www." in text))
            or ("\n" in text and not text.isascii() or " \n" in text)
        ):
            leaf.element.text = (leaf.element.text or "") + text if leaf.element.text else text
            if self.hidden:
                self.hidden = []
            return
        self.leaf, self.text = leaf, text
        self.parts, self.is_flat, self.inactive = [], True, 0
        if self.runs or self.brackets or self.ticks or self.missing or self.hidden:
            self._forget()
        self._tokens(self._search(text))
        if self.runs:
            emphasis.pair(self.runs)
        if self.is_flat and not len(leaf.element):
            _fill_flat(leaf.element, self.parts)
        else:
            Builder(leaf.element).add(self.parts)

    def _search(self, text: str) -> Search:
        """What finds the next sign in a text: only what it holds is looked for."""
        further = "!" if "![" in text else ""
        if "&" in text and not all(map(is_reference, REFERENCE.findall(text))):
            further += "&"
        if self.addresses:
            if "://" in text:
                further += ":"
            if "@" in text or "www." in text:
                further += "w@"
        if "\n" in text and (" \n" in text or not text.isascii()):
            further += "\n"
        if "{%" in text:
            further += "{"
        return _signs(further)

    def _forget(self) -> None:
        self.runs, self.brackets, self.hidden = [], [], []
        self.ticks, self.missing = {}, set()

    def _tokens(self, search: Search) -> None:
        """Take the text apart: strings, elements, runs of marks, where links begin and end.

        A reader gives the place behind what it has read, or -1 where a sign is text.
        """
        text, parts = self.text, self.parts
        position = start = 0
        while (match := search(text, start)) is not None:
            begin = match.start()
            kind = match.lastindex
            if kind and not (kind == LINK and self.brackets):
                if begin > position:
                    parts.append(text[position:begin])
                parts.append(self._simple(match, kind))
                start = position = match.end()
                continue
            self.floor = position
            end = READERS[text[begin]](self, begin)
            if end < 0:
                start = begin + 1
            else:
                start = position = end
        if position < len(text):
            parts.append(text[position:] if position else text)

    def _simple(self, match: re.Match[str], kind: int) -> Element:
        if kind == LINK:
            element = Element("a", {"href": match[LINK]})
            element.text = match[LINK - 1]
            link = Link(match[LINK], self.leaf, match.start(LINK), element)
            self.document.links.append(link)
        elif kind == CODE:
            element = Element("code")
            self.hidden.append(match.span())
            code = match[CODE]
            if code[0] == code[-1] == " " and not code.isspace():
                code = code[1:-1]
            element.text = self.options.literal(code)
        else:
            element = Element("strong" if match[kind - 1] else "em")
            element.text = match[kind]
        return element

    def _before(self, start: int) -> None:
        """Add the plain text before a sign."""
        if start > self.floor:
            self.parts.append(self.text[self.floor : start])

    def _escape(self, start: int) -> int:
        following = self.text[start + 1 : start + 2]
        if following == "\n":
            self._before(start)
            self.parts += (Element("br"), "\n")
            return start + 2
        if following not in PUNCTUATION or not following:
            return -1
        self._before(start)
        if self.options.keep_escapes:
            self.parts.append(f"\x02{ord(following)}\x03")
        elif following == "&":
            self.parts.append("&amp;")
        else:
            self.parts.append(following)
        return start + 2

    def _line_end(self, start: int) -> int:
        text, end = self.text, start + 1
        before = text[self.floor : start].rstrip(" ")
        if before:
            self.parts.append(before)
        spaces = start - self.floor - len(before)
        if spaces >= HARD_BREAK:
            self.parts += (Element("br"), "\n")
        elif spaces or not BETWEEN_HAN.match(text, start):
            self.parts.append("\n")
        return end

    def _code(self, start: int) -> int:
        text = self.text
        run = RUN.match(text, start)
        after = run.end() if run else start
        close = self._closing_ticks(start, after - start)
        self._before(start)
        if close < 0:
            self.parts.append(text[start:after])
            return after
        code = text[after:close].replace("\n", " ")
        if code[0] == code[-1] == " " and not code.isspace():
            code = code[1:-1]
        element = Element("code")
        element.text = self.options.literal(escaped(code))
        self.parts.append(element)
        self.hidden.append((start, close))
        return close + after - start

    def _closing_ticks(self, start: int, length: int) -> int:
        """Where the run of backticks begins that closes one; -1 if none does."""
        if not self.ticks:
            for run in BACKTICKS.finditer(self.text, start):
                self.ticks.setdefault(run.end() - run.start(), []).append(run.start())
        places = self.ticks.get(length, [])
        number = bisect_right(places, start)
        return places[number] if number < len(places) else -1

    def _run(self, start: int) -> int:
        text = self.text
        match = RUN.match(text, start)
        end = match.end() if match else start + 1
        before, after = text[start - 1 : start], text[end : end + 1]
        if text[start] == "_" and end == start + 1 and before.isalnum() and after.isalnum():
            return -1
        self._before(start)
        run = Run(text[start], end - start, before, after)
        if run.can_open or run.can_close:
            self.parts.append(run)
            self.runs.append(run)
            self.is_flat = False
        else:
            self.parts.append(text[start:end])
        return end

    def _picture(self, start: int) -> int:
        return self._open(start, is_picture=True) if self.text[start + 1 : start + 2] == "[" else -1

    def _bracket(self, start: int) -> int:
        return self._open(start, is_picture=False)

    def _open(self, start: int, *, is_picture: bool) -> int:
        if "]" in self.missing or self.text.find("]", start) < 0:
            self.missing.add("]")
            return -1
        self._before(start)
        if self.brackets:
            self.brackets[-1].followed = True
        end = start + 1 + is_picture
        places = len(self.parts), len(self.runs), len(self.document.links)
        self.brackets.append(Bracket(is_picture, end, *places))
        self.parts.append(self.text[start:end])
        return end

    def _closing_bracket(self, start: int) -> int:
        if not self.brackets:
            return -1
        bracket = self.brackets.pop()
        is_inactive = not bracket.is_picture and len(self.brackets) < self.inactive
        self.inactive = min(self.inactive, len(self.brackets))
        if is_inactive:
            return -1
        found = self._destination(bracket, start)
        if found is None:
            return self._note(bracket, start)
        destination, link, end = found
        self._before(start)
        self._link(bracket, destination, link)
        return end

    def _destination(
        self, bracket: Bracket, closing: int
    ) -> tuple[Destination, Link | None, int] | None:
        """Where a bracket that closes here leads, and where what says so ends."""
        text = self.text
        following = text[closing + 1 : closing + 2]
        if following == "(":
            found = inline_destination(text, closing + 1)
            if found:
                return found, None, found.end
            self._tell_spaces(bracket, closing + 2)
        if not self.references:
            return None
        end = closing + 1
        label = text[bracket.start : closing]
        if following == "[" and (match := LABEL.match(text, end)):
            end = match.end()
            label = match[1] or label
            if not match[1] and bracket.followed:
                return None
        elif bracket.followed or len(label) > 999:  # noqa: PLR2004 - as CommonMark has it
            return None
        defined = self.references.get(label)
        return (*defined, end) if defined else None

    def _tell_spaces(self, bracket: Bracket, start: int) -> None:
        """Warn of what was meant as a link, and is none for the space in its address."""
        meant = SPACED.match(self.text, start)
        if meant:
            kind = "picture" if bracket.is_picture else "link"
            message = f"this is no {kind}: its address has a space in it"
            hint = f"Put the address between angle brackets: (<{meant[1]}>)"
            self.document.fault(self.leaf, start, message, hint, width=len(meant[1]))

    def _link(self, bracket: Bracket, destination: Destination, definition: Link | None) -> None:
        element = Element("img" if bracket.is_picture else "a")
        element.set("src" if bracket.is_picture else "href", with_references(destination.target))
        if destination.title is not None:
            element.set("title", with_references(destination.title))
        link = Link(
            destination.target,
            definition.leaf if definition else self.leaf,
            definition.offset if definition else destination.start,
            element,
            bracket.is_picture,
        )
        self.document.links.append(link)
        if not bracket.is_picture:
            self._without_addresses(bracket)
        inner = self.runs[bracket.run :]
        emphasis.pair(inner)
        del self.runs[bracket.run :]
        self.parts[bracket.node] = Open(element, bracket.is_picture)
        self.parts.append(CLOSE)
        self.is_flat = False
        if not bracket.is_picture:
            self.inactive = len(self.brackets)

    def _without_addresses(self, bracket: Bracket) -> None:
        """Make text of the addresses that were links by themselves: no link is within a link."""
        for place in range(bracket.node + 1, len(self.parts)):
            part = self.parts[place]
            if isinstance(part, Element) and part.tag == "a":
                self.parts[place] = str(part.text)
                links = self.document.links
                links[bracket.link :] = [one for one in links[bracket.link :] if one.is_picture]

    def _note(self, bracket: Bracket, closing: int) -> int:
        """A mark that refers to a footnote, or text."""
        text, start = self.text, bracket.start
        if text[start : start + 1] != NOTE_SIGN or bracket.is_picture:
            return -1
        note = self.document.notes.get(text[start + 1 : closing])
        if note is None:
            return self._no_note(text[start + 1 : closing], start)
        note.references += 1
        mark = Element("sup")
        mark.set("note", note.label)
        del self.parts[bracket.node :]
        del self.runs[bracket.run :]
        self.parts.append(mark)
        return closing + 1

    def _no_note(self, label: str, start: int) -> int:
        if label and not label.isspace() and "\n" not in label and "[" not in label:
            hint = f"Write the note on a line of its own: [^{label}]: text"
            message = f"no footnote [^{label}]"
            self.document.fault(self.leaf, start - 1, message, hint, width=len(label) + 3)
        return -1

    def _angle(self, start: int) -> int:
        text = self.text
        address = ADDRESS.match(text, start)
        mail = None if address else MAIL.match(text, start)
        if found := address or mail:
            self._before(start)
            self._address(found[1], start + 1, "mailto:" if mail else "")
            return found.end()
        end = self._html_end(start)
        if end < 0:
            return -1
        self._before(start)
        self.parts.append(self.document.put_aside(text[start:end], self.leaf, start))
        return end

    def _html_end(self, start: int) -> int:
        """Where the raw HTML that begins here ends; -1 where there is none."""
        text = self.text
        tag = TAG.match(text, start)
        if tag:
            return tag.end()
        if text.startswith(("<!-->", "<!--->"), start):
            return start + (5 if text[start + 4] == ">" else 6)
        for begin, finish in SPECIAL_HTML:
            if text.startswith(begin, start):
                return self._after(finish, start + len(begin))
        return self._after(">", start + 2) if DECLARATION.match(text, start) else -1

    def _after(self, finish: str, start: int) -> int:
        if finish in self.missing:
            return -1
        place = self.text.find(finish, start)
        if place < 0:
            self.missing.add(finish)
            return -1
        return place + len(finish)

    def _address(self, shown: str, start: int, prefix: str) -> None:
        target = prefix + shown
        if target[:4].lower() == WRAPPER:
            target, start = target[4:], start + 4
        element = Element("a", href=with_references(target))
        element.text = self.options.literal(escaped(shown))
        self.document.links.append(Link(target, self.leaf, start, element))
        self.parts.append(element)

    def _reference(self, start: int) -> int:
        match = REFERENCE.match(self.text, start)
        if match is None or is_reference(match.group()):
            return -1
        self._before(start)
        self.parts.append("&amp;" + match.group()[1:])
        return match.end()

    def _colon(self, start: int) -> int:
        text = self.text
        if self.brackets or not text.startswith("//", start + 1):
            return -1
        begin = autolinks.scheme_start(text, start, self.floor)
        end = autolinks.web_address(text, begin, start + 3) if begin >= 0 else 0
        return self._autolink(begin, end, "")

    def _brace(self, start: int) -> int:
        """Leave out a tag that says that what follows, or stood before, is to be shown."""
        tag = RAW.match(self.text, start)
        if tag is None:
            return -1
        self._before(start)
        if "end" not in tag.group():
            end = RAW.search(self.text, tag.end())
            self.hidden.append((start, end.start() if end else len(self.text)))
        return tag.end()

    def _www(self, start: int) -> int:
        text = self.text
        if self.brackets or not text.startswith("www.", start):
            return -1
        if not autolinks.may_begin(text, start):
            return -1
        end = autolinks.web_address(text, start, start)
        return self._autolink(start, end if end > start + 4 else 0, "http://")

    def _at(self, start: int) -> int:
        begin, end = autolinks.mail_address(
            self.text, start, self.floor, in_lines=any(run.sign == "_" for run in self.runs[-8:])
        )
        scheme = autolinks.mail_scheme(self.text, begin, self.floor)
        if scheme == "xmpp:":
            end = autolinks.resource_end(self.text, end)
        return self._autolink(begin - len(scheme), end, "" if scheme else "mailto:")

    def _autolink(self, begin: int, end: int, prefix: str) -> int:
        if not end:
            return -1
        self._before(begin)
        self._address(self.text[begin:end], begin, prefix)
        return end


READERS = {
    "\\": SpanParser._escape,
    "`": SpanParser._code,
    "*": SpanParser._run,
    "_": SpanParser._run,
    "~": SpanParser._run,
    "!": SpanParser._picture,
    "[": SpanParser._bracket,
    "]": SpanParser._closing_bracket,
    "<": SpanParser._angle,
    "&": SpanParser._reference,
    ":": SpanParser._colon,
    "w": SpanParser._www,
    "@": SpanParser._at,
    "\n": SpanParser._line_end,
    "{": SpanParser._brace,
}


def escaped(text: str) -> str:
    """A text whose `&` are characters, as the tree holds it."""
    return text.replace("&", "&amp;") if "&" in text else text


with_references = escaped


def is_reference(written: str) -> bool:
    """Whether what looks like a character reference is one (CommonMark 0.31.2, 2.5)."""
    name = written[1:-1]
    if name[0] != "#":
        return f"{name};" in html5
    digits = name[2:] if name[1] in "xX" else name[1:]
    most = MOST_DIGITS[name[1] in "xX"]
    allowed = "0123456789abcdefABCDEF" if name[1] in "xX" else "0123456789"
    return 0 < len(digits) <= most and all(digit in allowed for digit in digits)


def _fill_flat(target: Element, nodes: list[Node]) -> None:
    """Put texts and elements into an empty element."""
    last: Element | None = None
    texts: list[str] = []
    for node in nodes:
        if type(node) is str:
            texts.append(node)
            continue
        if texts:
            _put(texts[0] if len(texts) == 1 else "".join(texts), target, last)
            texts = []
        last = node
        target.append(node)
    if texts:
        _put("".join(texts), target, last)


class Builder:
    """Makes elements of nodes."""

    def __init__(self, target: Element) -> None:
        self._target = target
        self._holder = Element("p") if len(target) else target

    def add(self, nodes: list[Node]) -> None:
        """Make the elements."""
        current, last = self._holder, None
        above: list[Element] = []
        texts: list[str] = []
        pictures = 0
        for node in nodes:
            kind = type(node)
            if kind is str:
                texts.append(node)
                continue
            if texts:
                _put("".join(texts), current, last)
                texts.clear()
            if kind is Run:
                for _ in range(node.closes):
                    last = current
                    current = above.pop()
                if node.count:
                    texts.append(node.sign * node.count)
                if node.opens:
                    if texts:
                        _put("".join(texts), current, last)
                        texts.clear()
                    for tag in reversed(node.opens):
                        above.append(current)
                        current = SubElement(current, tag)
                    last = None
            elif node is CLOSE:
                last = current
                current = above.pop()
                if last.tag == "img":
                    pictures -= 1
                    if not pictures:
                        _flatten(last)
            elif kind is Open:
                above.append(current)
                current.append(node.element)
                current, last = node.element, None
                pictures += node.is_picture
            else:
                current.append(node)
                last = node
        if texts:
            _put("".join(texts), current, last)
        self._finish()

    def _finish(self) -> None:
        target, holder = self._target, self._holder
        if holder is target:
            return
        target.text = (target.text or "") + (holder.text or "")
        target[0:0] = list(holder)


def _put(text: str, current: Element, last: Element | None) -> None:
    if last is None:
        current.text = (current.text or "") + text if current.text else text
    else:
        last.tail = (last.tail or "") + text if last.tail else text


def _flatten(picture: Element) -> None:
    """Make the text in a picture's brackets its alternative text."""
    text = "".join(picture.itertext())
    attributes, tail = dict(picture.attrib), picture.tail
    picture.clear()
    picture.attrib.update(attributes)
    picture.tail = tail
    picture.set("alt", text)
