"""Answers: what the preview gives for an address."""

import posixpath
from pathlib import Path

from generator.model.addresses import Base, output_path
from generator.model.pictures import Rendition
from generator.model.problems import Problem
from generator.model.values import frozen

MEDIA_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".map": "application/json",
    ".webmanifest": "application/manifest+json",
    ".xml": "application/xml",
    ".xsl": "application/xml",
    ".txt": "text/plain; charset=utf-8",
    ".md": "text/plain; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".vtt": "text/vtt; charset=utf-8",
    ".pdf": "application/pdf",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".jfif": "image/jpeg",
    ".apng": "image/apng",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".ico": "image/x-icon",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".ttf": "font/ttf",
    ".otf": "font/otf",
    ".mp3": "audio/mpeg",
    ".m4a": "audio/mp4",
    ".ogg": "audio/ogg",
    ".opus": "audio/ogg",
    ".wav": "audio/wav",
    ".mp4": "video/mp4",
    ".webm": "video/webm",
    ".zip": "application/zip",
}
"""By a file's ending; the machine's own table would differ from machine to machine."""
UNKNOWN = "application/octet-stream"


@frozen
class Answer:
    """What there is at an address.

    `status` is HTTP's. A page or made file has `data`, a file published as it is has
    `file`, a redirect a `location`. `digest` changes if and only if what is shown does;
    style sheets apart: their URLs are in `styles`. `marks` say what a reader would not
    see, `source` is the file the page is made from, `is_page` tells HTML pages of
    the site, which know the preview bar. `is_last_good`: the page cannot be made now, this
    is how it was when it last could. `held` pairs each URL on the page that readers do not see
    with the reason; `view` says whether "all" is shown or what "readers" see, where that can be
    switched. With a `rendition` what is shown is made of `file`.
    """

    status: int
    media_type: str = MEDIA_TYPES[".html"]
    data: bytes = b""
    file: Path | None = None
    location: str = ""
    digest: str = ""
    styles: tuple[str, ...] = ()
    source: str = ""
    marks: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    is_page: bool = False
    is_last_good: bool = False
    held: tuple[tuple[str, str], ...] = ()
    view: str = ""
    rendition: Rendition | None = None


def media_type(path: str) -> str:
    """The media type of a published file."""
    if path in ("_redirects", "_headers"):
        return MEDIA_TYPES[".txt"]
    return MEDIA_TYPES.get(posixpath.splitext(path)[1].lower(), UNKNOWN)


def asked_path(address: str, base: Base) -> str | None:
    """The output path that a decoded request path means; None outside the site.

    Files whose names begin with a dot are for hosts, not for readers; `.well-known` is
    for both (RFC 8615).
    """
    inside = address.removeprefix(base.path) if address.startswith(base.path + "/") else ""
    if not inside or inside.startswith("//"):
        return None
    path = output_path(inside)
    hidden = any(part.startswith(".") for part in path.removeprefix(".well-known/").split("/"))
    return None if hidden else path
