"""Reading layouts and the theme's other files: the site's own over the built-in ones."""

from collections.abc import Iterator
from pathlib import Path

from generator.model.digests import content_digest
from generator.model.layouts import LayoutFile, ThemeFile
from generator.model.problems import Place, Problem
from generator.model.values import frozen
from generator.read.text_files import decode
from generator.read.theme import theme_folder
from generator.read.walk import walk
from generator.read.words import is_catalogue, read_words, translated

LAYOUT = (".html", ".xml", ".txt", ".j2", ".jinja")


@frozen
class Theme:
    """The layouts of a site, those of the built-in theme, and the files they need.

    In `files` a file of the site has taken the place of the theme's of the same name.
    """

    own: tuple[LayoutFile, ...]
    built_in: tuple[LayoutFile, ...]
    files: tuple[ThemeFile, ...]


def read_theme(site: Path, language: str = "en") -> tuple[Theme, tuple[Problem, ...]]:
    """Read the site's `layouts/` and the built-in theme, whose words are in `language`."""
    built_in = theme_folder()
    is_theme = (site / "layouts").resolve() == built_in.resolve()
    words, faults = read_words(language, None if is_theme else site)
    theirs, theme_files, _ = _read(built_in.parent, built_in.name, "theme")
    theirs = tuple(translated(layout, words) for layout in theirs)
    if is_theme:
        return Theme((), theirs, theme_files), faults
    own, own_files, problems = _read(site, "layouts", "layouts")
    files = {file.name: file for file in (*theme_files, *own_files)}
    everything = tuple(files[name] for name in sorted(files))
    return Theme(own, theirs, everything), (*faults, *problems)


def _read(
    root: Path, folder: str, shown_as: str
) -> tuple[tuple[LayoutFile, ...], tuple[ThemeFile, ...], tuple[Problem, ...]]:
    layouts: list[LayoutFile] = []
    files: list[ThemeFile] = []
    problems: list[Problem] = []
    found, faults = walk(root, folder)
    problems += faults
    for name, data, place in _contents(root, folder, shown_as, [f.path for f in found], problems):
        if name.endswith(LAYOUT):
            text = decode(data, path=place)
            if isinstance(text, str):
                layouts.append(LayoutFile(name, place, text))
            else:
                problems.append(text)
        elif not is_catalogue(name):
            files.append(ThemeFile(name, content_digest(data), data))
    return tuple(layouts), tuple(files), tuple(problems)


def _contents(
    root: Path, folder: str, shown_as: str, paths: list[str], problems: list[Problem]
) -> Iterator[tuple[str, bytes, str]]:
    for path in paths:
        name = path.removeprefix(folder + "/")
        place = f"{shown_as}/{name}"
        try:
            yield name, (root / path).read_bytes(), place
        except OSError as error:
            message = f"cannot be read: {error.strerror}"
            problems.append(Problem(Place(place), message, "Check its permissions."))
