"""The opening of a body: its first real paragraph as plain text, for summaries."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from generator.markdown.curling import curled
from generator.markdown.document import STASHED, Document
from generator.markdown.foreign import without_signs
from generator.model.entities import decoded
from generator.model.players import player_of
from generator.read.characters import without_control_characters

LONGEST_OPENING = 300
LONGEST_CREDIT = 80
SENTENCE_ENDS = '.!?\u2026\u3002\uff01\uff1f\u061f\u0964\u201d"'
DANGLING = " ,;:-\u2013\u2014"
LONGEST_PARAGRAPH = 2000  # characters looked at: markup is never that much longer than its text

ESCAPED = re.compile("\x02([0-9]+)\x03")
ATTRIBUTES = re.compile(r"\s?\{:?[ ]*[.#][^{}\n]*\}")
STRAIGHT, APOSTROPHE = "\x0234\x03", "\x0239\x03"
"""As if a backslash stood before: what is code keeps its quotes."""
SPACES = re.compile(r"[^\S\u202f]+")
"""But for the narrow space that quotation marks have in French."""
HTML_PART = re.compile(
    r"<!--(?:-?>|.*?-->|.*)|<[!?][^>]*+>?|<(/?)([a-zA-Z][a-zA-Z0-9-]*+)[^<>]*+>", re.DOTALL
)
HIDDEN = re.compile(r"\shidden(?=[\s=/>])", re.IGNORECASE)
VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    ]
)
NO_PROSE = frozenset(
    [
        "aside",
        "audio",
        "blockquote",
        "button",
        "canvas",
        "caption",
        "code",
        "dl",
        "fieldset",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "iframe",
        "math",
        "nav",
        "noscript",
        "object",
        "ol",
        "pre",
        "script",
        "select",
        "style",
        "summary",
        "svg",
        "table",
        "template",
        "textarea",
        "title",
        "ul",
        "video",
    ]
)
"""Elements whose text is no paragraph's."""
NOT_AMONG_WORDS = frozenset(
    [
        "audio",
        "button",
        "canvas",
        "iframe",
        "math",
        "noscript",
        "object",
        "rp",
        "rt",
        "script",
        "select",
        "style",
        "svg",
        "template",
        "textarea",
        "video",
    ]
)
"""Elements within a paragraph whose text is none of its words."""
WITHOUT_WORDS = frozenset({"br", "code", "img", "sup"})
"""Elements of the tree whose text is read otherwise, or not at all."""
WEB = ("https://", "http://")
BREAKS = frozenset({"br", "hr"})
PARAGRAPH_ENDS = frozenset({"p", "div", "section", "article", "center"})


def opening_of(document: Document, quotes: str = "") -> str:
    """The first paragraph as a reader sees it, at most 300 characters, cut at a word with "…".

    The document is one with its escapes kept. With `quotes`, a language, straight quotes
    are curled.
    Headings, lists, tables, quotations, code, definitions, pictures and their captions are no
    paragraphs. What stands within an HTML element counts where nothing stands outside.
    """
    within = ""
    for text, depth in _paragraphs(document, quotes):
        # The body is warned of them when it is rendered; no head, feed or card may hold them.
        text = without_control_characters(SPACES.sub(" ", text).strip())  # noqa: PLW2901
        if not any(character.isalnum() for character in text):
            continue
        if not depth:
            return _cut(text)
        within = within or text
    return _cut(within)


def _paragraphs(document: Document, quotes: str) -> Iterator[tuple[str, int]]:
    """The text of each paragraph, and how many HTML elements it stands within."""
    depth = 0
    for block in document.root:
        if block.tag != "p":
            continue
        stashed = STASHED.fullmatch(block.text or "")
        if stashed and not len(block) and int(stashed[1]) in document.raw_blocks:
            html = document.raw[int(stashed[1])]
            for text, within in _html_paragraphs(html):
                yield decoded(text), depth + within
            depth = max(0, depth + _opened(html))
        elif not (_is_caption(block) or _is_embedded(block)):
            text = _without_html("".join(_texts(block)), document.raw)[:LONGEST_PARAGRAPH]
            text = _without_signs(text)
            text = decoded(curled(text, quotes) if quotes else text)
            # What stood behind a backslash is shown, and is no part of a sign.
            yield ESCAPED.sub(lambda found: chr(int(found[1])), text), depth


def _without_signs(text: str) -> str:
    has_signs = "{" in text or "[" in text or "<%" in text or "%%" in text
    return without_signs(ATTRIBUTES.sub("", text)) if has_signs else text


def _texts(element: Element) -> Iterator[str]:
    """What a reader sees of an element: no pictures or marks of notes; HTML by its placeholders."""
    if element.text:
        yield element.text
    above, tails = [iter(element)], [""]
    while above:  # emphasis may be nested more deeply than functions may call themselves
        for child in above[-1]:
            if child.tag == "br":
                yield " "
            elif child.tag == "code":
                yield "".join(child.itertext()).replace('"', STRAIGHT).replace("'", APOSTROPHE)
            elif child.tag not in WITHOUT_WORDS:
                yield child.text or ""
                if len(child):
                    above.append(iter(child))
                    tails.append(child.tail or "")
                    break
            yield child.tail or ""
        else:
            above.pop()
            yield tails.pop()


def _without_html(text: str, raw: list[str]) -> str:
    """The text without the tags that placeholders stand for, and what is none of its words.

    Words between angle brackets that are no tag have been made text by now.
    """
    if "\x02" not in text:
        return text
    parts: list[str] = []
    done = 0
    hidden = ""
    for found in STASHED.finditer(text):
        html = raw[int(found[1])]
        tag = HTML_PART.match(html)
        name = (tag[2] or "").lower() if tag else ""
        if not hidden:
            parts.append(text[done : found.start()])
            parts.append(" " if name in BREAKS else "" if tag else html)
            is_none = name in NOT_AMONG_WORDS or (tag and _is_hidden(tag, name))
            hidden = name if is_none and tag and not tag[1] else ""
        elif name == hidden and tag and tag[1]:
            hidden = ""
        done = found.end()
    return "".join(parts) if hidden else "".join((*parts, text[done:]))


def _is_hidden(tag: re.Match[str], name: str) -> bool:
    """Whether a tag says that nobody shall see what is in its element."""
    return not tag[1] and name not in VOID and bool(HIDDEN.search(tag[0]))


def _is_caption(block: Element) -> bool:
    """Whether a paragraph holds a picture, and nothing else but words in one emphasis."""
    tags = [child.tag for child in block]
    if tags[:1] == ["img"] and _is_credit(block) and not (block.text or "").strip():
        return True
    bare = not (block.text or "").strip() and not any((child.tail or "").strip() for child in block)
    return bare and len(tags) > 1 and set(tags) <= {"img", "a", "em", "br"} and tags.count("em") < 2  # noqa: PLR2004


def _is_credit(block: Element) -> bool:
    """Whether a few words that are no sentence stand on the line below a picture."""
    below = block[0].tail
    if not below or not below.lstrip(" ").startswith("\n"):
        return False
    words = "".join(block.itertext()).strip()
    return 0 < len(words) <= LONGEST_CREDIT and words[-1] not in SENTENCE_ENDS


def _is_embedded(block: Element) -> bool:
    """Whether a paragraph is a link to what is shown in a frame, or nothing but an address."""
    if len(block) != 1 or block[0].tag != "a" or (block.text or block[0].tail or "").strip():
        return False
    link = block[0]
    address = decoded(link.get("href", ""))
    is_bare = not len(link) and (link.text or "").strip().startswith(WEB)
    return is_bare or player_of(address) is not None


def _html_paragraphs(html: str) -> Iterator[tuple[str, int]]:
    """The texts between the tags of raw HTML that may be paragraphs, and how deep they stand."""
    parts: list[str] = []
    done = depth = 0
    hidden: list[str] = []
    for tag in HTML_PART.finditer(html):
        if not hidden:
            parts.append(html[done : tag.start()])
        done = tag.end()
        name = (tag[2] or "").lower()
        if name in NO_PROSE or name in hidden or _is_hidden(tag, name):
            if not tag[1]:
                hidden.append(name)
            elif name in hidden:
                del hidden[len(hidden) - 1 - hidden[::-1].index(name) :]
        elif name in BREAKS:
            parts.append(" ")
        elif name in PARAGRAPH_ENDS:
            yield "".join(parts), depth
            parts.clear()
            depth += 0 if name == "p" else -1 if tag[1] else 1
    if not hidden:
        yield "".join((*parts, html[done:])), depth


def _opened(html: str) -> int:
    """How many elements raw HTML opens that it does not close; paragraphs end by themselves."""
    count = 0
    for tag in HTML_PART.finditer(html):
        name = (tag[2] or "p").lower()
        if name not in VOID and name != "p" and not tag.group().endswith("/>"):
            count += -1 if tag[1] else 1
    return count


def _cut(text: str) -> str:
    """The text, or as many whole words of it as leave room for an ellipsis."""
    if len(text) <= LONGEST_OPENING:
        return text
    end = text.rfind(" ", 0, LONGEST_OPENING)
    words = text[:end] if end > 0 else text[: LONGEST_OPENING - 1]
    return words.rstrip(DANGLING) + "…"
