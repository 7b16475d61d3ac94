"""The HTML of a body as it stands alone, in a feed reader: it runs nothing and lacks nothing.

A reader that trusts a feed shows its HTML as a page of its own. So only what is listed here
goes out, by the allow-list of `nh3`, which reads HTML as browsers do. Before that the tags are
balanced and every URL is resolved: what browsers do with tags that stay open takes time and
space without end (HTML standard, 13.2.4.3, "reconstruct the active formatting elements").
"""

import re
from functools import lru_cache
from html import escape
from types import MappingProxyType

import nh3

from generator.model.entities import unescaped
from generator.model.late_patterns import late_pattern
from generator.render.absolute import resolved
from generator.render.xml import legal

GROUPS = MappingProxyType(
    {
        "a": ("href", "hreflang", "rel", "type"),
        "audio": ("controls", "src"),
        "blockquote": ("cite",),
        "col": ("span",),
        "colgroup": ("span",),
        "del": ("cite", "datetime"),
        "details": ("open",),
        "img": ("alt", "height", "sizes", "src", "srcset", "width"),
        "ins": ("cite", "datetime"),
        "li": ("value",),
        "ol": ("reversed", "start", "type"),
        "q": ("cite",),
        "source": ("media", "sizes", "src", "srcset", "type"),
        "td": ("align", "colspan", "rowspan"),
        "th": ("abbr", "align", "colspan", "rowspan", "scope"),
        "time": ("datetime",),
        "track": ("default", "kind", "label", "src", "srclang"),
        "video": ("controls", "height", "poster", "src", "width"),
    }
)
PLAIN = (
    *("abbr", "address", "article", "aside", "b", "bdi", "bdo", "br", "caption", "center", "cite"),
    *("code", "dd", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "footer", "h1", "h2"),
    *("h3", "h4", "h5", "h6", "header", "hgroup", "hr", "i", "kbd", "main", "mark", "nav", "p"),
    *("picture", "pre", "rp", "rt", "ruby", "s", "samp", "section", "small", "span", "strong"),
    *("sub", "summary", "sup", "table", "tbody", "tfoot", "thead", "tr", "tt", "u", "ul", "var"),
    "wbr",
)
EVERYWHERE = ("dir", "lang", "title")
SCHEMES = ("http", "https", "mailto", "sms", "tel")
WHOLE = ("math", "object", "select", "svg", "template")
"""Elements that are left out with all that stands in them, besides those of raw text."""
UNWRAPPED = frozenset({"noscript"})
"""Elements that are read otherwise where scripts run: what stands in them stands without."""
VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track")
) | {"param", "wbr"}
URLS = frozenset({"cite", "href", "poster", "src"})
LEADING = URLS | {"srcset"}
PICTURE = late_pattern(r"data:image/(?:avif|gif|jpeg|png|webp)[;,]", re.IGNORECASE)
DEEPEST = 64
"""Elements in elements; what stands deeper is kept without its tags."""

# Tags as the HTML standard's tokenizer cuts them (13.2.5). No part of these patterns gives back
# what it took, and a tag that has begun always matches: time is linear in the text.
NAME = r"[^\s/>][^\s/>=]*+"
VALUE = r"""(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|[^\s>"'][^\s>]*+)"""
ATTRIBUTE = late_pattern(rf"({NAME})(?:\s*+=\s*+({VALUE})?+)?+")
RAW = "script|style|title|textarea|xmp|iframe|noembed|noframes|plaintext"
TAG = late_pattern(
    rf"""
      <!--(?:-?>|.*?(?:--!?>|\Z))
    | <(?P<raw>{RAW})(?=[\s/>]).*?(?:</(?P=raw)(?=[\s/>])[^>]*+(?:>|\Z)|\Z)
    | <(?P<close>/?)(?P<name>[a-z][^\s/>]*+)
      (?P<attributes>(?:[\s/]++|{NAME}(?:\s*+=\s*+{VALUE}?+)?+)*+)
      (?P<end>>|\Z)
    | <[!?/][^>]*+(?:>|\Z)
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
WORD = late_pattern(r"[a-z][a-z0-9-]*+", re.IGNORECASE)
# A candidate of `srcset`: a URL, which may hold commas but not end in one, and its descriptors.
CANDIDATE = late_pattern(r"[\s,]*+(?:(\S*[^\s,])(\s[^,]*+)?|\Z)")


@lru_cache(maxsize=64)
def standalone_html(html: str, page_url: str) -> str:
    """The HTML of a body for those who read it elsewhere, as XML can carry it.

    Every URL is resolved against `page_url`, the absolute URL of the body's page. The last
    ones are kept: a story stands in many feeds.
    """
    return legal(_cleaner().clean(_balanced(html, page_url)))


@lru_cache(maxsize=1)
def _cleaner() -> nh3.Cleaner:
    return nh3.Cleaner(
        tags={*GROUPS, *PLAIN},
        clean_content_tags={*WHOLE, *RAW.split("|")},
        attributes={"*": set(EVERYWHERE), **{tag: set(names) for tag, names in GROUPS.items()}},
        url_schemes={*SCHEMES, "data"},
        link_rel=None,
    )


def _balanced(html: str, page_url: str) -> str:
    """The same with every tag closed in its turn, and every URL absolute."""
    made: list[str] = []
    still_open: list[str] = []
    at = 0
    for match in TAG.finditer(html):
        made.append(html[at : match.start()].replace("<", "&lt;"))
        at = match.end()
        name = (match["name"] or "").lower()
        if not match["end"] or not WORD.fullmatch(name) or name in UNWRAPPED:
            continue
        if match["close"]:
            made += _closed(still_open, name)
        elif name in VOID or len(still_open) < DEEPEST:
            made.append(f"<{name}{_attributes(match['attributes'], page_url)}>")
            if name not in VOID:
                still_open.append(name)
    made.append(html[at:].replace("<", "&lt;"))
    made += (f"</{name}>" for name in reversed(still_open))
    return "".join(made)


def _closed(still_open: list[str], name: str) -> list[str]:
    """The tags that a closing tag closes: its own, and those within; none if it closes nothing."""
    if name not in still_open:
        return []
    found: list[str] = []
    while not found or found[-1] != f"</{name}>":
        found.append(f"</{still_open.pop()}>")
    return found


def _attributes(written: str, page_url: str) -> str:
    """The attributes of a tag, each in quotes; the first of a name counts."""
    found: dict[str, str] = {}
    for match in ATTRIBUTE.finditer(written):
        name, quoted = match[1].lower(), match[2] or ""
        if WORD.fullmatch(name) and name not in found:
            value = unescaped(quoted.strip(quoted[0]) if quoted[:1] in ('"', "'") else quoted)
            found[name] = _value(name, value, page_url)
    return "".join(
        f' {name}="{escape(value)}"'
        for name, value in found.items()
        if value or name not in LEADING
    )


def _value(name: str, value: str, page_url: str) -> str:
    """The value of an attribute, its URLs resolved; "" for one that leads nowhere safe."""
    if name == "srcset":
        found = [match.groups("") for match in CANDIDATE.finditer(value)]
        kept = [(_safe(url, name, page_url), more.rstrip()) for url, more in found if url]
        return ", ".join(url + more for url, more in kept if url)
    return _safe(value, name, page_url) if name in URLS else value


def _safe(url: str, name: str, page_url: str) -> str:
    """A URL made absolute; "" for one of a kind that runs something, or is no picture here."""
    found = resolved(url, page_url)
    scheme = found.partition(":")[0].lower()
    is_picture = name in ("src", "srcset", "poster") and PICTURE.match(found)
    return found if scheme in SCHEMES or is_picture else ""
