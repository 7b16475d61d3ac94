"""How a file is served: its kind, its type, and how long it may be kept."""

import re
from enum import IntEnum
from types import MappingProxyType

YEAR = "public, max-age=31536000, immutable"
HOUR = "public, max-age=3600"
FIVE_MINUTES = "public, max-age=300"
TWO_MINUTES = "public, max-age=120"

HOST_FILES = frozenset({"_redirects", "_headers", "robots.txt", "404.html", ".nojekyll", "CNAME"})
INDEXES = frozenset({"tags", "authors", "archive"})
FEEDS = frozenset({"feed.json", "feed.xml", "atom.xml"})
ASSETS, PICTURES = "assets/", "assets/p/"
WITH_DIGEST = re.compile(r"\.([0-9a-f]{8,32})\.[^./]+\Z")
"""What stands in a file's name for its content."""

UTF_8 = "; charset=utf-8"
OTHER = "application/octet-stream"
TYPES = MappingProxyType(
    {
        **dict.fromkeys(("html", "htm"), f"text/html{UTF_8}"),
        **dict.fromkeys(("js", "mjs"), f"text/javascript{UTF_8}"),
        **dict.fromkeys(("txt", "text", "log"), f"text/plain{UTF_8}"),
        **dict.fromkeys(("jpg", "jpeg", "jfif"), "image/jpeg"),
        **dict.fromkeys(("tif", "tiff"), "image/tiff"),
        **dict.fromkeys(("mp4", "m4v"), "video/mp4"),
        **dict.fromkeys(("ogg", "oga", "opus"), "audio/ogg"),
        "css": f"text/css{UTF_8}",
        "csv": f"text/csv{UTF_8}",
        "ics": f"text/calendar{UTF_8}",
        "md": f"text/markdown{UTF_8}",
        "vtt": f"text/vtt{UTF_8}",
        "xml": f"application/xml{UTF_8}",
        "xsl": f"text/xsl{UTF_8}",
        "rss": f"application/rss+xml{UTF_8}",
        "atom": f"application/atom+xml{UTF_8}",
        "json": "application/json",
        "map": "application/json",
        "geojson": "application/geo+json",
        "webmanifest": "application/manifest+json",
        "pdf": "application/pdf",
        "zip": "application/zip",
        "gz": "application/gzip",
        "epub": "application/epub+zip",
        "wasm": "application/wasm",
        "svg": "image/svg+xml",
        "png": "image/png",
        "gif": "image/gif",
        "webp": "image/webp",
        "avif": "image/avif",
        "ico": "image/x-icon",
        "mp3": "audio/mpeg",
        "m4a": "audio/mp4",
        "wav": "audio/wav",
        "flac": "audio/flac",
        "webm": "video/webm",
        "mov": "video/quicktime",
        "ogv": "video/ogg",
        "woff": "font/woff",
        "woff2": "font/woff2",
        "ttf": "font/ttf",
        "otf": "font/otf",
    }
)
FEED_TYPES = MappingProxyType(
    {
        "feed.xml": TYPES["rss"],
        "atom.xml": TYPES["atom"],
        "feed.json": "application/feed+json",
    }
)
COMPRESSIBLE = ("text/", "application/json", "application/xml", "image/svg")


class Wave(IntEnum):
    """The order of uploads: what is in a wave needs only what came in those before it."""

    FILES = 0
    PAGES = 1
    LISTINGS = 2
    FEEDS = 3
    HOST = 4


def wave_of(path: str) -> Wave:
    """When a file is brought: assets and pictures first, then what names them."""
    name = path.rpartition("/")[2]
    if path in HOST_FILES:
        return Wave.HOST
    if name.endswith((".html", ".htm")):
        return Wave.LISTINGS if _is_listing(path) else Wave.PAGES
    is_feed = name in FEEDS or name.endswith((".xml", ".rss", ".atom"))
    return Wave.FEEDS if is_feed else Wave.FILES


def _is_listing(path: str) -> bool:
    """Whether a page is the front, a section's or another page that leads to many."""
    first, _, rest = path.partition("/")
    return rest in ("", "index.html") or first in INDEXES or "/page/" in f"/{path}"


def is_fingerprinted(path: str, digest: str) -> bool:
    """Whether a file's name tells its content, so that another content has another name."""
    if not path.startswith(ASSETS):
        return False
    found = WITH_DIGEST.search(path)
    return path.startswith(PICTURES) or bool(found and digest.startswith(found[1]))


def type_of(path: str) -> str:
    """The media type that a file is served with."""
    name = path.rpartition("/")[2]
    if name in FEED_TYPES:
        return FEED_TYPES[name]
    if path in HOST_FILES:
        return TYPES["html" if name.endswith(".html") else "txt"]
    return TYPES.get(name.rpartition(".")[2].lower(), OTHER) if "." in name else OTHER


def cache_rule_of(path: str, digest: str) -> str:
    """How long browsers and CDNs may keep a file: a year what never changes, minutes a front."""
    if is_fingerprinted(path, digest):
        return YEAR
    match wave_of(path):
        case Wave.FILES:
            return HOUR
        case Wave.LISTINGS | Wave.FEEDS:
            return TWO_MINUTES
    return FIVE_MINUTES


def is_compressible(media_type: str) -> bool:
    """Whether gzip makes a file of this type much smaller."""
    return media_type.startswith(COMPRESSIBLE) or "+xml" in media_type or "+json" in media_type
