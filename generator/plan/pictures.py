"""Pictures: what an image in front matter shows, and where it is published."""

import posixpath
from urllib.parse import quote, unquote

from generator.model.addresses import ABSOLUTE, UNCHANGED, web_url
from generator.model.article import Image
from generator.model.cards import Picture
from generator.model.config import Config
from generator.plan.own_files import (
    Files,
    own_file,
    path_of,
    static_address,
    static_file,
)


def picture_of(
    image: Image | None, source_path: str, address: str, files: Files, config: Config
) -> tuple[Picture | None, str]:
    """The Picture that an image in front matter stands for, or None and what is wrong."""
    if image is None:
        return None, ""
    if ABSOLUTE.match(image.src):
        url = f"https:{image.src}" if image.src.startswith("//") else image.src
        if url.lower().startswith(("http://", "https://")):
            return _picture(image, web_url(url)), ""
        return None, f'not a picture\'s address: "{image.src}"'
    if image.src.startswith("/"):
        file = static_file(image.src, files)
        place = static_address(file) if file else ""
    else:
        own = own_file(image.src, source_path, address, files)
        file, place = (own.file, own.address) if own else (None, "")
    if file:
        return _picture(image, config.base.url(place), file.width, file.height), ""
    if config.media.base:
        return _picture(image, media_url(image.src, config.media.base)), ""
    return None, f'no such picture: "{image.src}"'


def media_url(path: str, media: str) -> str:
    """Where a picture is that is not in the site: its name below the address of such pictures."""
    name = path_of(path)
    inside = posixpath.normpath("/" + unquote(name)).lstrip("/")
    return f"{media.rstrip('/')}/{quote(inside, safe=UNCHANGED)}{web_url(path[len(name) :])}"


def _picture(image: Image, url: str, width: int = 0, height: int = 0) -> Picture:
    words = (image.alt, image.caption, image.credit)
    return Picture(url, *words, width, height, image.caption_html)
