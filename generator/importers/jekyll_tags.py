"""The tags of Jekyll's usual plug-ins, and of Octopress, as what they stand for."""

import re
from collections.abc import Mapping
from html import escape

from generator.importers import embedding
from generator.importers.liquid_tags import picture_of
from generator.importers.liquid_text import PARAMETER, TagCall, TagMaker
from generator.importers.shortcodes import arguments

PULLED = re.compile(r"\{\"|\"\}")
WEB = re.compile(r"https?://\S++")
LANGUAGE = re.compile(r"\blang:(\S++)")
SETTING = re.compile(r"(?<!\S)(?:lang|start|mark|linenos|url):\S++")


def words_of(markup: str) -> tuple[str, ...]:
    """What a tag's markup lists: words, or texts in quotes; without what has a name."""
    markup = PARAMETER.sub("", markup)
    positional, _ = arguments(markup.replace("'", '"') if markup.count("'") > 1 else markup)
    return tuple(one for one in positional if "=" not in one)


def _first(call: TagCall) -> str:
    return next(iter(words_of(call.markup)), "")


def _highlight(call: TagCall) -> str:
    return f"\n{embedding.code(call.inner or '', call.markup.strip().partition(' ')[0])}\n"


def _code(call: TagCall) -> str:
    """Octopress's `codeblock`: a title, a language, and an address."""
    language = LANGUAGE.search(call.markup)
    title = SETTING.sub("", call.markup)
    link = WEB.search(title)
    title = " ".join(WEB.sub("", title).split())
    shown = embedding.link(title, link[0]) if link else title
    code = embedding.code(call.inner or "", language[1] if language else "")
    return f"\n{shown}\n\n{code}\n" if shown else f"\n{code}\n"


def _quote(call: TagCall) -> str:
    """A quotation, and whose it is."""
    lines = [f"> {line}".rstrip() for line in (call.inner or "").strip().split("\n")]
    link = WEB.search(call.markup)
    said = " ".join(WEB.sub("", call.markup).split()).strip("\"',")
    source = embedding.link(said, link[0]) if link else said
    return "\n" + "\n".join([*lines, *([">", f"> — {source}"] if source else [])]) + "\n"


def _pulled(call: TagCall) -> str:
    """The words that Octopress's `pullquote` repeats stay where they stand."""
    return PULLED.sub("", call.inner or "")


def _details(call: TagCall) -> str:
    summary = escape(call.markup.strip().strip("\"'") or "Details")
    inner = (call.inner or "").strip()
    opening = f'<details markdown="1">\n<summary>{summary}</summary>'
    return f"\n{opening}\n\n{inner}\n\n</details>\n"


def _image(call: TagCall) -> str:
    return picture_of(call.markup.strip())


def _youtube(call: TagCall) -> str:
    return embedding.youtube(_first(call))


def _vimeo(call: TagCall) -> str:
    return embedding.vimeo(_first(call))


def _gist(call: TagCall) -> str:
    return embedding.post(f"https://gist.github.com/{_first(call)}")


def _tweet(call: TagCall) -> str:
    return embedding.post(_first(call))


def _nothing(_: TagCall) -> str:
    return ""


TAGS: Mapping[str, TagMaker] = {
    "highlight": _highlight,
    "codeblock": _code,
    "blockquote": _quote,
    "pullquote": _pulled,
    "details": _details,
    **dict.fromkeys(("img", "image"), _image),
    "youtube": _youtube,
    "vimeo": _vimeo,
    "gist": _gist,
    **dict.fromkeys(("twitter", "tweet", "x"), _tweet),
    **dict.fromkeys(("seo", "feed_meta", "toc", "social_links"), _nothing),
}
