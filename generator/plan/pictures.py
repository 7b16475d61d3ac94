"""Pictures: what an image in front matter shows, and where it is published."""

from generator.model.addresses import Base
from generator.model.article import Image
from generator.model.cards import Picture
from generator.plan.own_files import ABSOLUTE, Files, own_file, static_address, static_file


def picture_of(
    image: Image | None, source_path: str, address: str, files: Files, base: Base
) -> tuple[Picture | None, str]:
    """The Picture that an image in front matter stands for, or None and what is wrong."""
    if image is None:
        return None, ""
    if ABSOLUTE.match(image.src):
        if image.src.lower().startswith(("http://", "https://")):
            return _picture(image, image.src, 0, 0), ""
        return None, f'not a picture\'s address: "{image.src}"'
    if image.src.startswith("/"):
        file = static_file(image.src, files)
        place = static_address(file) if file else ""
    else:
        own = own_file(image.src, source_path, address, files)
        file, place = (own.file, own.address) if own else (None, "")
    if file is None:
        return None, f'no such picture: "{image.src}"'
    return _picture(image, base.url(place), file.width, file.height), ""


def _picture(image: Image, url: str, width: int, height: int) -> Picture:
    words = (image.alt, image.caption, image.credit)
    return Picture(url, *words, width, height, image.caption_html)
