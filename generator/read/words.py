"""The theme's own words in the site's language: gettext catalogues, which translators know.

The theme has `words/<language>.po`; a site's file of the same name in its `layouts/` comes first,
word by word. What neither has stays English. `pt-BR` looks into `pt-BR.po` and `pt.po`; Chinese in
Taiwan, Hong Kong and Macao is written in traditional letters.
"""

import json
import os
import re
from collections.abc import Iterator, Mapping
from functools import partial
from gettext import c2py
from pathlib import Path
from typing import Any

from generator.model.languages import wider_tags
from generator.model.layouts import LayoutFile
from generator.model.problems import Place, Problem
from generator.model.values import replace
from generator.read.text_files import MAX_FILE_BYTES, decode
from generator.read.theme import theme_folder

FOLDER = "words"
LABELS = "labels.html"
TRADITIONAL = ("zh-TW", "zh-HK", "zh-MO")
Words = Mapping[tuple[str, str], Mapping[str, str]]
"""What stands for a word of the theme, by its name and its English; counted ones in their forms.

A word has the form "" alone. Forms of a counted one are numbered as in its catalogue, and "plural"
is the formula that chooses one.
"""

# A label, a label with forms, and a mapping of labels, as the theme's file has them.
_COUNTED = re.compile(r'"(\w+)": \{"one": "([^"\\]*)", "other": "[^"\\]*"\}')
_GROUP = re.compile(r'"(\w++)": \{\n([^{}]*+)\}')
_LABEL = re.compile(r'"(\w+)": "([^"\\]*)"')
NUMBERS = 200
"""How many numbers a formula is tried with: whatever languages have, repeats after a hundred."""
LONGEST_SHOWN = 60
_FORMULA_HINT = "Take that line from a catalogue of the theme in this language."
_HINT = "Look at this line, or leave the file out: then these words are English."


def read_words(language: str, site: Path | None = None) -> tuple[Words, tuple[Problem, ...]]:
    """The words in a language, those of a site over the theme's; none for English alone."""
    words: dict[tuple[str, str], Mapping[str, str]] = {}
    problems: list[Problem] = []
    for file, place in _catalogues(language, site):
        found = _read(file, place)
        if isinstance(found, Problem):
            problems.append(found)
        else:
            words = {**words, **found}
    return words, tuple(problems)


def is_catalogue(name: str) -> bool:
    """Whether a file among the layouts holds words: it is read, and not published."""
    return name.startswith(f"{FOLDER}/") and name.endswith(".po")


def translated(layout: LayoutFile, words: Words) -> LayoutFile:
    """The theme's file of labels with each word that is known in its place; others as they are."""
    if layout.name != LABELS or not words:
        return layout
    text = _COUNTED.sub(partial(_counted, words), layout.text)
    text = _GROUP.sub(partial(_grouped, words), text)
    return replace(layout, text=_LABEL.sub(partial(_said, words, ""), text))


def _counted(words: Words, found: re.Match[str]) -> str:
    forms = words.get((found[1], found[2]))
    return f'"{found[1]}": {_as_literal(forms)}' if forms else found[0]


def _grouped(words: Words, found: re.Match[str]) -> str:
    return _LABEL.sub(partial(_said, words, f"{found[1]}."), found[0])


def _said(words: Words, group: str, found: re.Match[str]) -> str:
    forms = words.get((group + found[1], found[2]), {})
    return f'"{found[1]}": {_as_literal(forms[""])}' if "" in forms else found[0]


def _as_literal(value: object) -> str:
    """A value as Jinja reads it."""
    return json.dumps(value, ensure_ascii=False)


def _catalogues(language: str, site: Path | None) -> Iterator[tuple[Path, str]]:
    """The files that may hold words, the widest first: what comes later is nearer."""
    tags = [*wider_tags(language)][::-1]
    tags += ["zh-Hant"] if any(language.startswith(tag) for tag in TRADITIONAL) else []
    built_in = theme_folder()
    folders = [(built_in, "theme"), *([(site / "layouts", "layouts")] if site else [])]
    for folder, shown_as in folders:
        for tag in tags:
            name = f"{FOLDER}/{tag}.po"
            # Not by Path, which raises where nobody may look: that is told with the layouts.
            if os.path.isfile(folder / name):  # noqa: PTH113 - see above
                yield folder / name, f"{shown_as}/{name}"


def _read(file: Path, place: str) -> Words | Problem:
    import polib  # noqa: PLC0415 - 1 ms, and an English paper needs none of it

    try:
        if file.stat().st_size > MAX_FILE_BYTES:
            return {}  # which is told with the layouts
        text = decode(file.read_bytes(), path=place)
        if isinstance(text, Problem):
            return text
        catalogue = polib.pofile(f"{text}\n")
    except OSError as error:  # as the library says too what is wrong in a line
        line = re.search(r"\(line (\d+)\)", str(error))
        where = Place(place, int(line[1])) if line else Place(place)
        return Problem(where, f"cannot be read: {error.strerror or error}", _HINT)
    formula = catalogue.metadata.get("Plural-Forms", "").partition("plural=")[2]
    formula = (formula.partition("plural=")[2] or formula).strip(" ;")
    if not _is_reckoned(formula):
        shown = formula if len(formula) < LONGEST_SHOWN else f"{formula[:LONGEST_SHOWN]}…"
        return Problem(Place(place), f"Plural-Forms cannot be reckoned: {shown}", _FORMULA_HINT)
    return {
        (entry.msgctxt or "", entry.msgid): _forms(entry, formula)
        for entry in catalogue.translated_entries()
    }


def _is_reckoned(formula: str) -> bool:
    """Whether a catalogue's `plural=` gives a number for every number of stories there may be."""
    try:
        reckon = c2py(formula or "n != 1")
        for number in range(NUMBERS):
            reckon(number)
    except (ValueError, ArithmeticError):
        return False
    return True


def _forms(entry: Any, formula: str) -> dict[str, str]:  # noqa: ANN401 - the library has no types
    if not entry.msgid_plural:
        return {"": entry.msgstr}
    forms = {str(number): form for number, form in sorted(entry.msgstr_plural.items())}
    return {**forms, "plural": formula} if "0" in forms else {}
