"""Links and template signs of a body as its old generator had it.

What stands in code is left alone. Links are found by their signs, since no parser of ours reads
such a body. In one that is converted, `converted_links` finds them.
"""

import re
from collections.abc import Callable, Iterator
from html import escape, unescape
from urllib.parse import quote, urljoin

Lead = Callable[[str], str]
"""From an address as it was written to the one that is to be written."""

ELSEWHERE = re.compile(r"[a-zA-Z][\w+.-]*:|//|#|\{\{|\{%")
"""Whole addresses, places on the same page, and what a template makes."""
OPENER = re.compile(
    r"^[ ]{0,3}(?P<fence>`{3,}(?=[^`\n]*$)|~{3,})|(?P<ticks>`++)|<(?P<tag>pre|code|script|style)\b"
    r"|(?P<note><!--)",
    re.MULTILINE | re.IGNORECASE,
)
SIGN = re.compile(
    r"(?<!\\)(?P<whole>\{\{[<%][^{}\n`]*[%>]\}\}|\{\{[^{}\n`<>]*\}\}|\{%[^{}\n`<>]*%\}"
    r"|\{#[^{}\n`<>]*#\})|(?<![\\>`])\{(?:[{%]|#(?![\w.:-]+[ }]))"
)
"""A sign of a template, whole or only its beginning."""
PARAGRAPH_END = re.compile(r"\n[ \t]*\n")
INLINE = re.compile(
    r"(\]\([ \t]*+)(<[^<>\n]*+>|[{|]\w+[|}][^()\n\"]*[^()\s\"]|(?:[^\s()<>]|\([^\s()]*+\))++)"
)
"""Pelican's `{tag}Ice cream` may have blanks in it."""
DEFINED = re.compile(r"(?m)^([ ]{0,3}\[(?!\^)[^\]\n]++\]:[ \t]*+)(<[^<>\n]*+>|[^\s<>]++)")
HTML_TAG = re.compile(r"<[a-zA-Z][^<>]*+>")
MADE_BY_SIGN = re.compile(
    r"""\s(?:href|src|poster|data|cite|srcset)\s*=\s*(?:"[^"{]*\{[{%][^"]*"|'[^'{]*\{[{%][^']*')"""
)
"""An address that a template made: it led nowhere that anybody could know."""
ATTRIBUTE = re.compile(
    r"""(\s(?:href|src|poster|data|cite|srcset)\s*=\s*)(?:"([^"]*)"|'([^']*)')"""
)


def led_in_markdown(text: str, lead: Lead) -> str:
    """A Markdown text whose links, pictures and HTML lead where `lead` says."""

    def replaced(match: re.Match[str]) -> str:
        written = match[2]
        target = written[1:-1] if written.startswith("<") else written
        found = lead(target)
        return match[0] if found == target else match[1] + _written(found)

    def prose(part: str) -> str:
        part = DEFINED.sub(replaced, INLINE.sub(replaced, part))
        return led_in_html(part, lead)

    return "".join(part if is_code else prose(part) for part, is_code in parts_of(text))


def led_in_html(html: str, lead: Lead) -> str:
    """HTML whose links and pictures lead where `lead` says."""

    def attribute(match: re.Match[str]) -> str:
        target = unescape(match[2] if match[2] is not None else match[3]).strip()
        if "srcset" in match[1]:
            found = ", ".join(_candidate(one, lead) for one in target.split(",") if one.strip())
        else:
            found = lead(target)
        return match[0] if found == target else f'{match[1]}"{escape(found)}"'

    return HTML_TAG.sub(lambda tag: ATTRIBUTE.sub(attribute, tag[0]), html)


def with_signs_shown(text: str, *, is_html: bool = False) -> str:
    """A text in which signs of templates are meant to be seen: each is code."""
    if "{{" not in text and "{%" not in text and "{#" not in text:
        return text
    return "".join(
        part if code else _signs_shown(part, is_html=is_html) for part, code in parts_of(text)
    )


def _signs_shown(prose: str, *, is_html: bool) -> str:
    blocks = re.split(r"(\n[ \t]*\n)", prose)
    return "".join(_signs_in(block, is_html or block.lstrip().startswith("<")) for block in blocks)


def _signs_in(block: str, is_html: bool) -> str:
    """A block whose signs are code: in backticks, but as an element where the block is HTML."""

    def shown(match: re.Match[str]) -> str:
        if not match["whole"]:
            return match[0] if is_html else f"\\{match[0]}"
        return f"<code>{escape(match[0], quote=False)}</code>" if is_html else f"`{match[0]}`"

    pieces = (SIGN.sub(shown, piece) for piece in HTML_TAG.split(block))
    tags = [MADE_BY_SIGN.sub("", tag) for tag in HTML_TAG.findall(block)] + [""]
    return "".join(piece + tag for piece, tag in zip(pieces, tags, strict=True))


def parts_of(text: str) -> Iterator[tuple[str, bool]]:
    """A Markdown text in parts, and of each whether it is code or a comment."""
    begun = at = 0
    missing: set[str] = set()
    while opener := OPENER.search(text, at):
        end = _end_of_code(text, opener, missing)
        if end < 0:
            at = opener.end()
            continue
        if opener.start() > begun:
            yield text[begun : opener.start()], False
        yield text[opener.start() : end], True
        begun = at = end
    if begun < len(text):
        yield text[begun:], False


def _end_of_code(text: str, opener: re.Match[str], missing: set[str]) -> int:
    """Where code ends that begins here; -1 where it is none. `missing` are closers not to seek."""
    if fence := opener["fence"]:
        closing = re.compile(rf"^[ ]{{0,3}}{fence[0]}{{{len(fence)},}}[ \t]*$", re.MULTILINE)
        found = closing.search(text, opener.end())
        return found.end() if found else len(text)
    if ticks := opener["ticks"]:
        paragraph = PARAGRAPH_END.search(text, opener.end())
        end = paragraph.start() if paragraph else len(text)
        found = re.compile(rf"(?<!`){ticks}(?!`)").search(text, opener.end(), end)
        return found.end() if found else -1
    closer = "-->" if opener["note"] else f"</{opener['tag'].lower()}"
    if closer in missing:
        return -1
    found = re.compile(re.escape(closer), re.IGNORECASE).search(text, opener.end())
    if found is None:
        missing.add(closer)
        return -1
    return found.end()


def from_the_root(target: str, address: str) -> str:
    """An address that was relative to a page's own, from the site's root; others stay."""
    if not target or ELSEWHERE.match(target) or target.startswith("/") or not address:
        return target
    return urljoin(f"http://host{address}", target).removeprefix("http://host")


def parted(target: str) -> tuple[str, str]:
    """An address without what stands behind its path, and that: `?query`, `#place`."""
    found = re.search(r"[?#]", target)
    return (target[: found.start()], target[found.start() :]) if found else (target, "")


def _written(target: str) -> str:
    """An address as Markdown takes it anywhere."""
    return re.sub(r"[\s<>()]", lambda match: quote(match[0]), target)


def _candidate(text: str, lead: Lead) -> str:
    address, _, size = text.strip().partition(" ")
    return f"{lead(address)} {size}".strip()
