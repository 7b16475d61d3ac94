"""Signs of other generators' templates that mean nothing here: what to say of each.

Hugo's shortcodes, Liquid's and Jinja's tags, WordPress's shortcodes, kramdown's blocks and lists
of attributes; links, notes and marks as Obsidian, Pandoc and CriticMarkup have them. Each
is shown as it stands; notes that readers must not see are errors.
"""

import re
from collections.abc import Iterator

from generator.markdown.attributes import LIST
from generator.markdown.document import Document, Leaf
from generator.markdown.patterns import IN_BRACKETS, RAW
from generator.model.late_patterns import late_pattern
from generator.model.problems import Severity

LONGEST = 1000  # characters of a tag: what is longer is none
LONGEST_SHOWN = 40
OPENERS = late_pattern(
    rf"""\{{\{{ | \{{% | \{{\#(?![\w.:-]+[\ }}]) | \{{: | \{{>> | <% | (?<![\w%])%%(?![%\s]*$)
      | \{{(?:\+\+|--|~~|==) | (?<![\w=/&?])==(?=[^\s=]) | (?<![\w+/=])\+\+(?=[^\s+]) | \^\[
      | (?<![\w$])\$\$(?=[\w\\({{|\n-])
      | (?<=[a-zA-Z])~(?=[0-9]{{1,3}}~) | (?<=\w)\^(?=[\w+-]{{1,4}}\^)
      | (?<![\w:`])(?P<emoji>:[a-z][a-z0-9_+-]++:)(?![\w:`/])
      | \[(?={IN_BRACKETS.pattern})(?![^\[\]\n]*+\]\()""",
    re.VERBOSE,
)
OPENERS_OR_ESCAPES = late_pattern(rf"\\.|{OPENERS.pattern}", OPENERS.flags | re.DOTALL)
CLOSERS = {"{{": "}}", "{%": "%}", "{#": "#}", "{:": "}", "{>>": "<<}", "<%": "%>", "%%": "%%"}
CLOSERS |= {"{++": "++}", "{--": "--}", "{~~": "~~}", "{==": "==}", "==": "==", "++": "++"}
CLOSERS |= {"$$": "$$", "~": "~", "^": "^"}
EMOJI = late_pattern(r":[a-z][a-z0-9_+-]++:")
SMALL = late_pattern(r"~[0-9]{1,3}~")
OF_TEXT = ("[[", "^", "==", "++", "$$", "{=", "{+", "{-", "{~", "~", ":")
"""What these signs hold is the author's text, which they mark."""
NOT_SHOWN = late_pattern(r"<!--|<(?:script|style|pre|code|template)\b", re.IGNORECASE)
COMMENT = late_pattern(
    r"\{%-?\s*(?:comment\b|\#)|\{::comment\b|\{\{[<%]\s*(?:/?\*|comment\b)|\{\{(?:!|--)"
    r"|\{\{-?\s*/\*|\{#|\{>>|%%|<%(?:#|--|!--)"
)
ALONE = late_pattern(r"%%[ \t]*+(?:\n|\Z)")
SHORTCODE = late_pattern(r"\[(caption|embed|gallery|playlist)\b")
NAME = late_pattern(r"\{\{?[<%:]*-?\s*/?(\w+)|\[+[/!]?(\w+)")
BEGIN = late_pattern(r"\[([a-z][\w-]*)\]")
END = late_pattern(r"\[/([a-z][\w-]*)\]")
HINTS = {
    "figure": 'Write a picture as ![what it shows](boats.jpg "Caption").',
    "caption": 'Write a picture as ![what it shows](boats.jpg "Caption").',
    "gallery": "Write each picture as ![what it shows](boats.jpg) on a line of its own.",
    "embed": "Write the address as a link, or the HTML that the site gives for embedding.",
    "youtube": "Write the address as a link, or the HTML that the site gives for embedding.",
    "vimeo": "Write the address as a link, or the HTML that the site gives for embedding.",
    "tweet": "Quote it with >, and link to it.",
    "ref": "Link to the file: [text](other.md).",
    "relref": "Link to the file: [text](other.md).",
    "link": "Link to the file: [text](other.md).",
    "toc": "Take it out: no table of contents is made here.",
    "post_url": "Link to the file: [text](other.md).",
    "audio": "Write the address as a link, or <audio> in HTML.",
    "video": "Write the address as a link, or <video> in HTML.",
    **dict.fromkeys(
        ("note", "tip", "important", "warning", "caution"),
        "Take the mark out, and write {.aside} below the quotation.",
    ),
    "include": "Write here what the included file holds.",
    "highlight": "Fence the code with ``` and its language.",
}
HINTS_BY_SIGN = {
    "[!": "Take the mark out, and write {.aside} below the quotation.",
    "[[": "Link to the file: [text](other.md).",
    "^[": "Write [^1] here, and the note on a line of its own: [^1]: text",
    "==": "Write <mark>words</mark>.",
    "++": "Write <ins>words</ins>.",
    "$$": "No formulas are set here: write it in words, in MathML or as a picture.",
    **dict.fromkeys(
        ("{+", "{-", "{~", "{="), "Take the change in or out: readers see both, and the marks."
    ),
}
EMOJI_HINT = "Write the character itself."
HINT = "Write what it stood for, or take it out; for a sign to be shown, make it `code`."
COMMENT_HINT = "Take the note out: readers would see it."
ADDRESS_HINT = "A template's tag means nothing here: write the address itself."


def signs_held(text: str) -> tuple[str, ...]:
    """What of the signs other than those in square brackets a text may hold, by their characters.

    To look for one character first takes a fiftieth of the time that two take.
    """
    held = [sign for sign in "{^" if sign in text]
    held += [sign * 2 for sign in "=+$" if sign in text and sign * 2 in text]
    if "%" in text:
        held += [sign for sign in ("<%", "%%") if sign in text]
    if "~" in text and SMALL.search(text):
        held.append("~")
    if EMOJI.search(text):
        held.append(":")
    return tuple(held)


def find_foreign(
    text: str,
    leaf: Leaf,
    document: Document,
    hidden: list[tuple[int, int]],
    *,
    is_html: bool = False,
) -> None:
    """Note the signs in a text, but for those in its `hidden` parts, which are code.

    A sign behind a backslash is meant to be seen, but `is_html`: there it escapes nothing.
    """
    is_full = False
    for start, sign in signs(text, OPENERS if is_html else OPENERS_OR_ESCAPES):
        is_full = is_full or document.is_full(Severity.WARNING)
        if is_full and sign.startswith(OF_TEXT):
            continue
        if any(begin <= start < end for begin, end in hidden) or _has_meaning(sign):
            continue
        if text.startswith("](", start - 2) and not re.search(r"\s", sign):
            continue  # a link: whoever looks where it leads tells of it
        shown = " ".join(brief(sign).split())
        tell = Severity.ERROR
        if COMMENT.match(sign):
            message, hint = f"readers would see this note: {shown}", COMMENT_HINT
        elif _in_address(text, start):
            if sign.startswith(OF_TEXT):
                continue
            message, hint = f"a link's address holds a template's tag: {shown}", ADDRESS_HINT
        else:
            tell = Severity.WARNING
            message, hint = _words_for(sign, shown, text[start - 1 : start])
        document.fault(leaf, start, message, hint, tell, len(sign.split("\n")[0]))


def brief(sign: str) -> str:
    """As much of a sign as fits a message."""
    return sign if len(sign) <= LONGEST_SHOWN else sign[: LONGEST_SHOWN - 1] + "…"


def _words_for(sign: str, shown: str, before: str) -> tuple[str, str]:
    """What to say of a sign that readers see, and what to write instead."""
    message = f"this means nothing here, and is shown as it stands: {shown}"
    if sign[0] == "~":
        return f"readers see this struck out: {shown}", f"Write <sub>{sign[1:-1]}</sub>."
    if sign[0] == "^" and sign[1] != "[":
        return message, f"Write <sup>{sign[1:-1]}</sup>."
    if sign[0] == ":":
        return message, EMOJI_HINT
    name = NAME.match(sign)
    word = (name[1] or name[2] or "").lower() if name else ""
    by_sign = HINTS["figure"] if before == "!" else HINTS_BY_SIGN.get(sign[:2], HINT)
    return message, HINTS.get(word, by_sign) if sign[:2] != "[[" or word == "toc" else by_sign


def tell_of_html(document: Document) -> None:
    """Note the signs in raw HTML, but for comments and what is not shown as text."""
    for html, (leaf, offset) in zip(document.raw, document.raw_places, strict=True):
        if "{" in html and not NOT_SHOWN.search(html):
            whole = Leaf(leaf.element, leaf.text, leaf.line)
            if offset or leaf.text != html:
                text = leaf.text[: offset + len(html)]
                find_foreign(text, whole, document, [(0, offset)], is_html=True)
            else:
                find_foreign(html, whole, document, [], is_html=True)


def _has_meaning(sign: str) -> bool:
    return bool(LIST.fullmatch(sign) or RAW.fullmatch(sign))


def signs(text: str, openers: re.Pattern[str] = OPENERS) -> Iterator[tuple[int, str]]:
    """Each sign of a template in a text, and its place."""
    done = 0
    for opener in openers.finditer(text):
        start = opener.start()
        if start < done or opener.group().startswith("\\"):
            continue
        if opener["emoji"]:
            done = opener.end()
            yield start, opener.group()
            continue
        closer = CLOSERS.get(opener.group(), "]]" if text.startswith("[[", start) else "]")
        end = text.find(closer, opener.end(), start + LONGEST)
        if end >= 0:
            done = end + len(closer)
            yield start, text[start:done]
        elif ALONE.match(text, start) and not text[:start].rpartition("\n")[2].strip():
            done = start + 2
            yield start, text[start:done]  # a note of more than one paragraph begins or ends


def without_signs(text: str) -> str:
    """The text without the signs of templates, and without what WordPress's shortcodes enclose."""
    parts: list[str] = []
    ended: set[str] = set()
    done = 0
    for start, sign in signs(text):
        if start < done or sign.startswith(OF_TEXT):
            continue
        parts.append(text[done:start])
        done = start + len(sign)
        name = SHORTCODE.match(sign)
        closer = f"[/{name[1]}]" if name else ""
        if closer and (end := text.find(closer, done)) >= 0:
            done = end + len(closer)
        elif end_tag := END.match(sign):
            ended.add(end_tag[1])
    left = "".join((*parts, text[done:]))
    return BEGIN.sub(lambda tag: "" if tag[1] in ended else tag[0], left) if ended else left


def _in_address(text: str, start: int) -> bool:
    """Whether a place is within the brackets behind a link's text, or in an HTML address."""
    if text[max(0, start - 2) : start] in ("](", "(<"):
        return True
    before = text[max(0, start - 200) : start]
    opened = before.rfind("](")
    if opened >= 0 and not re.search(r"[\s)]", before[opened + 2 :]):
        return True
    return bool(re.search(r"""(?:href|src)\s*=\s*["']?[^"'<>\s]*$""", before, re.IGNORECASE))
