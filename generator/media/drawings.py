"""Drawings (SVG): what editors leave in them, and what takes it out.

Comments, metadata and the paths of editors' files become spaces: what is drawn stays, byte for
byte. What follows from the very drawing, such as a picture linked by a path, is told only.
"""

import re
from base64 import b64encode
from binascii import Error, a2b_base64
from collections.abc import Iterator

from generator.media.covers import COVER, without_traces
from generator.media.findings import PROGRAM, WORDS, Finding, Patch

BEGINS = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:\?xml|!--|!DOCTYPE\s+svg|svg)")
LARGEST = 16 << 20
TAG = re.compile(rb"""<(/?)([^\s<>/"'=]++)((?:[^<>"']|"[^"]*+"|'[^']*+')*+)>""")
TOLD = frozenset({b"metadata", b"namedview"})
"""Elements, without their prefix, that draw nothing."""
PATHS = re.compile(
    rb"""\s(?:inkscape|sodipodi):(?:export-filename|docname|absref|docbase)\s*=\s*"""
    rb"""(?:"[^"]*+"|'[^']*+')"""
)
LINKED = re.compile(rb"""href\s*=\s*["'](?:file:|[A-Za-z]:\\|/(?:Users|home)/)""")
HELD = re.compile(rb"""href\s*+=\s*+["']\s*+data:image/[\w.+-]++;base64,([^"'<>]++)""")
"""A picture within a drawing: its bytes, written as text."""
PATH = "a path on somebody's computer"


def is_drawing(head: bytes) -> bool:
    """Whether a file that begins so may be one."""
    return BEGINS.match(head) is not None


def drawing_findings(data: bytes) -> Iterator[Finding]:
    """What a drawing tells; nothing for what is no drawing, or is none to the end."""
    found: list[Finding] = []
    at, is_first = 0, True
    while (at := data.find(b"<", at)) >= 0:
        special = _special(data, at)
        if special:
            end, is_told = special
            if end < 0:
                return
            if is_told:
                found.append(_blank(at, end, WORDS))
            at = end
            continue
        tag = TAG.match(data, at)
        if tag is None:
            return
        name = tag[2].rpartition(b":")[2].lower()
        if is_first and name != b"svg":
            return
        is_first = False
        at = tag.end()
        if name in TOLD and not tag[1]:
            at = _end_of(data, tag)
            if at < 0:
                return
            found.append(_blank(tag.start(), at, PROGRAM))
            continue
        found += _in_attributes(data, *tag.span(3))
    yield from found


def _special(data: bytes, at: int) -> tuple[int, bool] | None:
    """Where what is no tag ends, and whether it is a comment; -1 where it never ends."""
    for begin, last in ((b"<!--", b"-->"), (b"<![CDATA[", b"]]>"), (b"<?", b"?>")):
        if data.startswith(begin, at):
            found = data.find(last, at + len(begin))
            return (found + len(last) if found >= 0 else -1), begin == b"<!--"
    if data.startswith(b"<!", at):
        end, inner = data.find(b">", at), data.find(b"[", at)
        if 0 <= inner < end:
            end = data.find(b"]>", inner) + 1
        return (end + 1 if end > 0 else -1), False
    return None


def _end_of(data: bytes, tag: re.Match[bytes]) -> int:
    """Where an element ends that holds none of its own name; -1 where it never does."""
    if tag[3].endswith(b"/"):
        return tag.end()
    closing = b"</" + tag[2]
    at = data.find(closing, tag.end())
    end = data.find(b">", at) if at >= 0 else -1
    return end + 1 if end >= 0 else -1


def _in_attributes(data: bytes, start: int, end: int) -> Iterator[Finding]:
    for path in PATHS.finditer(data, start, end):
        yield _blank(*path.span(), PATH)
    if LINKED.search(data, start, end):
        yield Finding(PATH)
    for held in HELD.finditer(data, start, end):
        yield from _in_picture(held)


def _in_picture(held: re.Match[bytes]) -> Iterator[Finding]:
    """What a picture tells; the spaces behind what is left of it mean nothing (RFC 2397)."""
    try:
        clean = without_traces(a2b_base64(held[1]))
    except Error:
        return
    if clean is not None:
        start, end = held.span(1)
        written = b64encode(clean)
        is_shorter = len(written) <= end - start
        patches = (Patch(start, end, written, filler=b" "),) if is_shorter else ()
        yield Finding(COVER, patches)


def _blank(start: int, end: int, what: str) -> Finding:
    return Finding(what, (Patch(start, end, filler=b" "),))
