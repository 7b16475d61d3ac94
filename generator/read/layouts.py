"""Reading layouts and the theme's other files: the site's own over the built-in ones."""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from generator.model.config import THEME_FACE
from generator.model.digests import content_digest
from generator.model.layouts import LayoutFile, ThemeFile
from generator.model.options import near
from generator.model.problems import Place, Problem, warning
from generator.model.values import frozen
from generator.read.style_sheets import SHEET, styled
from generator.read.text_files import MAX_FILE_BYTES, decode
from generator.read.theme import theme_folder
from generator.read.walk import FoundFile, walk
from generator.read.words import is_catalogue, read_words, translated

COMPUTED_NAME = re.compile(r"""site\.assets|\basset\(\s*[^"'\s]""")
LICENCE = ".license"
LAYOUT = (".html", ".xml", ".txt", ".j2", ".jinja")


@frozen
class Theme:
    """The layouts of a site, those of the built-in theme, and the files they need.

    In `files` a file of the site has taken the place of the theme's of the same name; style sheets
    name the others as they are published.
    """

    own: tuple[LayoutFile, ...]
    built_in: tuple[LayoutFile, ...]
    files: tuple[ThemeFile, ...]


def read_theme(
    site: Path, language: str = "en", face: str = THEME_FACE
) -> tuple[Theme, tuple[Problem, ...]]:
    """Read the site's `layouts/` and the built-in theme.

    The theme's words are in `language`; `face` is what `fonts: {display: …}` asks for.
    """
    built_in = theme_folder()
    is_theme = (site / "layouts").resolve() == built_in.resolve()
    words, faults = read_words(language, None if is_theme else site)
    theirs, theme_files, _ = _read(built_in.parent, built_in.name, "theme")
    theirs = tuple(translated(layout, words) for layout in theirs)
    if is_theme:
        return Theme((), theirs, styled(theme_files, face)), faults
    own, own_files, problems = _read(site, "layouts", "layouts")
    files = styled((*theme_files, *own_files), face)
    unused = _unused(own_files, {file.name: file for file in theme_files}, (*theirs, *own))
    return Theme(own, theirs, files), (*faults, *problems, *unused)


def _unused(
    own: tuple[ThemeFile, ...], theirs: Mapping[str, ThemeFile], layouts: Iterable[LayoutFile]
) -> Iterator[Problem]:
    """A warning for each file of the site's that is no layout and that nothing names.

    Where a layout computes a name, or goes through them all, nobody can tell. A licence goes with
    the file that it is of.
    """
    texts = [layout.text for layout in layouts]
    if any(COMPUTED_NAME.search(text) for text in texts):
        return
    sheets = [file.data for file in own if file.name.endswith(SHEET)]
    for file in own:
        name = file.name.removesuffix(LICENCE)
        last = name.rpartition("/")[2].encode()
        is_named = any(name in text for text in texts) or any(last in data for data in sheets)
        if name not in theirs and not is_named:
            hint = near(file.name, sorted(theirs)) or (
                f'Name it in a layout, {{{{ site.asset("{file.name}") }}}}, or take it out.'
            )
            place = Place(f"layouts/{file.name}")
            yield warning(place, "no layout and no style sheet names this file", hint)


def _read(
    root: Path, folder: str, shown_as: str
) -> tuple[tuple[LayoutFile, ...], tuple[ThemeFile, ...], tuple[Problem, ...]]:
    layouts: list[LayoutFile] = []
    files: list[ThemeFile] = []
    problems: list[Problem] = []
    found, faults = walk(root, folder)
    problems += faults
    for name, data, place in _contents(root, folder, shown_as, found, problems):
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
    root: Path,
    folder: str,
    shown_as: str,
    found: Iterable[FoundFile],
    problems: list[Problem],
) -> Iterator[tuple[str, bytes, str]]:
    for file in found:
        name = file.path.removeprefix(folder + "/")
        place = f"{shown_as}/{name}"
        if file.size > MAX_FILE_BYTES:
            message = f"is too large: {file.size:,} bytes; the limit is {MAX_FILE_BYTES:,}"
            problems.append(Problem(Place(place), message, "Put what is large into static/."))
            continue
        try:
            yield name, (root / file.path).read_bytes(), place
        except OSError as error:
            message = f"cannot be read: {error.strerror}"
            problems.append(Problem(Place(place), message, "Check its permissions."))
