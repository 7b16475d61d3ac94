"""Python-Markdown as Pelican and Nikola use it: what readers saw, and our own spelling of it."""

import re
from collections.abc import Iterable, Mapping
from html import escape

from markdown import Markdown
from markdown.extensions.meta import MetaPreprocessor

EXTENSIONS = frozenset(
    (
        "abbr",
        "admonition",
        "attr_list",
        "codehilite",
        "def_list",
        "extra",
        "fenced_code",
        "footnotes",
        "legacy_attrs",
        "legacy_em",
        "md_in_html",
        "meta",
        "nl2br",
        "sane_lists",
        "smarty",
        "tables",
        "toc",
        "wikilinks",
    )
)
USUAL = ("extra", "codehilite")
OURS: Mapping[str, Mapping[str, object]] = {
    "codehilite": {"use_pygments": False, "guess_lang": False, "linenums": False},
    "toc": {"toc_depth": 6, "permalink": False, "anchorlink": False},
}
"""What readers get to see is the same; the HTML is simpler."""

HEADED_CODE = re.compile(
    r"(?P<before>\A|\n[ \t]*+\n)(?P<mark>(?: {4}|\t):::++[ \t]*+(?P<language>[\w#.+-]*+)[^\n]*+\n"
    r"|(?: {4}|\t)#![ \t]*+(?P<shebang>[\w#.+-]++)[ \t]*+\n)"
    r"(?P<code>(?:(?: {4}|\t)[^\n]*+(?:\n|\Z)|[ \t]*+\n)*+)"
)
ENCLOSED = re.compile(
    r"^(?P<start>[ ]{0,3}<(?P<tag>center|figure|div|p)\b(?![^>]*markdown)[^>\n]*>[ \t]*\n)"
    r"(?P<pictures>(?:[ \t]*!\[[^\]\n]*\]\([^)\n]*\)[ \t]*\n)+)(?P<end>[ \t]*</(?P=tag)>)",
    re.MULTILINE,
)
PICTURE = re.compile(
    r"!\[(?P<alt>(?:(?!!\[)[^\]\n])*+)\]\([ \t]*+<?(?P<src>(?:(?!!\[)[^\s)>])++)>?"
    r"(?:[ \t]++(?:\"(?P<double>[^\"\n]*+)\"|'(?P<single>[^'\n]*+)'))?+[ \t]*+\)"
)
HEADING = re.compile(r"^(#{1,6})(?![#\s])(.++)$")
CONTENTS = re.compile(r"^\[TOC\][ \t]*$")
FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})")


class PythonMarkdown:
    """Renders texts as an old site did; set up once for many.

    `named` are the extensions that the site names; those from elsewhere are in `unknown`.
    """

    def __init__(self, named: Iterable[str] = ()) -> None:
        short = [name.removeprefix("markdown.extensions.") for name in named]
        known = [*dict.fromkeys((*USUAL, *(name for name in short if name in EXTENSIONS)))]
        known = [name for name in known if name != "meta"]
        self.unknown = tuple(name for name in short if name not in EXTENSIONS)
        configs = {name: dict(OURS[name]) for name in known if name in OURS}
        self._markdown = Markdown(extensions=known, extension_configs=configs)

    def html(self, text: str) -> str:
        """What readers of the old site saw; "" where the library fails on a text."""
        self._markdown.reset()
        try:
            return self._markdown.convert(text)
        except Exception:  # noqa: BLE001 - whatever the library raises is this text's fault
            return ""


def split_meta(text: str) -> tuple[dict[str, list[str]], str]:
    """The `Key: value` lines at the top of a text, keys in small letters, and the text below."""
    markdown = Markdown()
    lines = MetaPreprocessor(markdown).run(text.split("\n"))
    found: dict[str, list[str]] = getattr(markdown, "Meta", {})
    return found, "\n".join(lines)


def in_commonmark(text: str) -> str:
    """A text of Python-Markdown, with what CommonMark writes otherwise spelled its way.

    Code under a line `:::python` is fenced, `#Heading` has its blank, pictures alone within an
    element of HTML are HTML too, and `[TOC]`, for which no list of headings is made here, is left
    out.
    """
    text = HEADED_CODE.sub(_fenced, text.replace("\r\n", "\n"))
    text = ENCLOSED.sub(_enclosed, text)
    lines: list[str] = []
    fence = ""
    for line in text.split("\n"):
        found = FENCE.match(line)
        if fence:
            if found and line.strip().startswith(fence) and not line.strip().strip(fence[0]):
                fence = ""
        elif found:
            fence = found[1]
        elif CONTENTS.match(line):
            continue
        else:
            line = HEADING.sub(_heading, line)  # noqa: PLW2901 - the same line, spelled our way
        lines.append(line)
    return "\n".join(lines)


def _heading(match: re.Match[str]) -> str:
    text = match[2].rstrip()
    return f"{match[1]} {text.rstrip('#').rstrip() or text}"


def _fenced(match: re.Match[str]) -> str:
    code = re.sub(r"(?m)^(?: {4}|\t)", "", match["code"]).rstrip()
    fence = "```"
    while fence in code:
        fence += "`"
    language = (match["language"] or match["shebang"] or "").lower()
    return f"{match['before']}{fence}{language}\n{code}\n{fence}\n\n"


def _enclosed(match: re.Match[str]) -> str:
    return match["start"] + PICTURE.sub(_as_tag, match["pictures"]) + match["end"]


def _as_tag(match: re.Match[str]) -> str:
    said = match["double"] or match["single"]
    title = f' title="{escape(said)}"' if said else ""
    return f'<img src="{escape(match["src"])}" alt="{escape(match["alt"])}"{title}>'
