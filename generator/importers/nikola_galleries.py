"""Galleries of a Nikola site: each folder of pictures was a page, and is one here."""

import posixpath
from collections.abc import Iterator
from html import escape
from pathlib import Path
from urllib.parse import quote

from generator.importers.foreign import read_data, text_of
from generator.importers.heads import head_of
from generator.importers.incoming import text_of_file
from generator.importers.kept_markdown import MarkdownKeeper
from generator.importers.nikola_settings import NikolaSettings
from generator.importers.nikola_texts import split_settings
from generator.importers.old_site import OldText, State, TextKind
from generator.importers.restructured import read_restructured
from generator.importers.title_text import as_title

GALLERIES = {"galleries": "galleries"}
PICTURES = frozenset({".jpg", ".jpeg", ".png", ".gif", ".webp", ".svg", ".avif"})


def gallery_texts(settings: NikolaSettings, keeper: MarkdownKeeper) -> Iterator[OldText]:
    """A page for each folder of pictures, with those within it."""
    for folder, target in settings.folders("GALLERY_FOLDERS", GALLERIES):
        start = settings.folder / folder
        if start.is_dir():
            for place in (start, *sorted(one for one in start.rglob("*") if one.is_dir())):
                within = place.relative_to(start).as_posix()
                address = settings.page(target, within, slug="index")
                if text := _gallery(settings, place, address, keeper):
                    yield text


def pictures_in(folder: Path) -> list[Path]:
    """The pictures of a gallery, but those that `exclude.meta` names."""
    excluded = (text_of_file(folder / "exclude.meta") or "").split()
    return [
        file
        for file in sorted(folder.iterdir())
        if file.suffix.lower() in PICTURES and file.is_file() and file.name not in excluded
    ]


def pictures_html(files: list[Path], address: str, captions: dict[str, str]) -> str:
    """Pictures below an address as a gallery."""
    figures = "".join(
        f'<figure><img src="{quote(posixpath.join(address, file.name))}" '
        f'alt="{escape(captions.get(file.name, ""))}"></figure>'
        for file in files
    )
    return f'<figure class="wp-block-gallery">{figures}</figure>' if figures else ""


def _gallery(
    settings: NikolaSettings, folder: Path, address: str, keeper: MarkdownKeeper
) -> OldText | None:
    files = pictures_in(folder)
    inner = [one for one in sorted(folder.iterdir()) if one.is_dir() and one.name[0] != "."]
    values, body = split_settings(text_of_file(folder / "index.txt") or "")
    if not files and not inner:
        return None
    source = folder.relative_to(settings.folder).as_posix()
    intro = read_restructured(body, source=folder / "index.txt", root=settings.folder)
    links = "".join(
        f'<li><a href="{quote(address)}{quote(one.name)}/">{escape(one.name)}</a></li>'
        for one in inner
    )
    listed = f"<ul>{links}</ul>" if links else ""
    seen = f"{intro.html}\n{listed}\n{pictures_html(files, address, _captions(folder))}"
    is_public = values.get("status", "published") in ("", "published")
    title = values.get("title") or folder.name.replace("_", " ").replace("-", " ")
    return OldText(
        source=source,
        kind=TextKind.PAGE,
        name=address.strip("/"),
        head=head_of({"title": as_title(title)}, {}),
        body=keeper.converted(seen).markdown,
        state=State.PUBLIC if is_public else State.DRAFT,
        reason="" if is_public else f"status: {values['status']}",
        addresses=(address,) if is_public else (),
        seen=seen,
    )


def _captions(folder: Path) -> dict[str, str]:
    """What `metadata.yml` says of pictures by their names: documents with `name` and `caption`."""
    found: dict[str, str] = {}
    for document in (text_of_file(folder / "metadata.yml") or "").split("\n---"):
        value, _ = read_data(document.removeprefix("---").encode(), ".yml")
        for entry in value if isinstance(value, list) else [value]:
            if isinstance(entry, dict):
                found[text_of(entry.get("name"))] = text_of(entry.get("caption"))
    return found
