"""Pictures: what an image in front matter shows, and where it is published."""

import posixpath
from urllib.parse import quote, unquote

from generator.model.addresses import ABSOLUTE, UNCHANGED, web_url
from generator.model.article import Image, SourceFile
from generator.model.config import Config
from generator.model.pictures import Picture
from generator.model.values import replace
from generator.plan.own_files import Files, own_file, path_of, static_address, static_file
from generator.plan.variants import focus_in, recipe_of


def picture_of(
    image: Image | None,
    source_path: str,
    address: str,
    files: Files,
    config: Config,
    *,
    is_cut: bool = True,
    is_bare: bool = False,
) -> tuple[Picture | None, str]:
    """The Picture that an image in front matter stands for, or None and what is wrong.

    With `is_cut` there are parts of it too, for networks and search engines. One that `is_bare`
    is the file itself.
    """
    if image is None:
        return None, ""
    if ABSOLUTE.match(image.src):
        return _on_the_web(image)
    file, place = file_of(image.src, source_path, address, files)
    if file and file.fault:
        return None, f'"{image.src}" {file.fault}'
    if file:
        bare = Picture(config.base.url(place), width=file.width, height=file.height)
        return bare if is_bare else _shown(image, file, place, config, is_cut=is_cut), ""
    if config.media.base:
        return _elsewhere(image, media_url(image.src, config.media.base)), ""
    return None, f'no such picture: "{image.src}"'


def _on_the_web(image: Image) -> tuple[Picture | None, str]:
    url = f"https:{image.src}" if image.src.startswith("//") else image.src
    if url.lower().startswith(("http://", "https://")):
        return _elsewhere(image, web_url(url)), ""
    return None, f'not a picture\'s address: "{image.src}"'


def file_of(
    src: str, source_path: str, address: str, files: Files
) -> tuple[SourceFile | None, str]:
    """The file that a text names by a path, or None, and where it is published."""
    if src.startswith("/"):
        file = static_file(src, files)
        return file, static_address(file) if file else ""
    own = own_file(src, source_path, address, files)
    return (own.file, own.address) if own else (None, "")


def media_url(path: str, media: str) -> str:
    """Where a picture is that is not in the site: its name below the address of such pictures."""
    name = path_of(path)
    inside = posixpath.normpath("/" + unquote(name)).lstrip("/")
    return f"{media.rstrip('/')}/{quote(inside, safe=UNCHANGED)}{web_url(path[len(name) :])}"


def _elsewhere(image: Image, url: str) -> Picture:
    words = (image.alt, image.caption, image.credit)
    return Picture(url, *words, 0, 0, image.caption_html)


def _shown(image: Image, file: SourceFile, place: str, config: Config, *, is_cut: bool) -> Picture:
    recipe, base, raster = recipe_of(config.pictures), config.base, file.raster
    credit, caption = image.credit, image.caption
    if raster and config.pictures.credit_from_file:
        credit, caption = credit or raster.credit, caption or raster.caption
    return replace(
        recipe.shown(file, place, base),
        alt=image.alt,
        caption=caption,
        credit=credit,
        caption_html=image.caption_html,
        focus=(image.focus or focus_in(file)).classes,
        crops=recipe.cut(file, image.focus, base) if is_cut else (),
    )
