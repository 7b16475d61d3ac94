"""Finding the line of a Problem that planning could only name by its key."""

from collections.abc import Mapping
from pathlib import Path

from generator.model.problems import Problem
from generator.model.values import replace
from generator.read.articles import ALSO
from generator.read.config import NAME
from generator.read.entries import AUTHOR_ALSO, PAGE_ALSO, SECTION_ALSO, TAG_ALSO
from generator.read.front_matter import FrontMatter, split_front_matter
from generator.read.located_yaml import locate_in_yaml
from generator.read.spots import Spot
from generator.read.text_files import decode

OTHER_NAMES: Mapping[str, Mapping[str, str]] = {
    "articles": ALSO,
    "pages": PAGE_ALSO,
    "tags": TAG_ALSO,
    "sections": SECTION_ALSO,
    "authors": AUTHOR_ALSO,
}


def placed(problem: Problem, site: Path) -> Problem:
    """The same Problem with line, column and excerpt, where its file still tells them.

    The first of its keys may stand in the file under another name. A text as the last key
    is an entry of a list: `("tags", "Kursk")`.
    """
    path = problem.place.path
    if problem.place.line or not problem.keys:
        return problem
    try:
        data = (site / path).read_bytes()
    except OSError:
        return problem
    if path == NAME:
        text = decode(data, path=path)
        spot = locate_in_yaml(text, problem.keys, path=NAME) if isinstance(text, str) else None
    else:
        front = split_front_matter(data, path=path)
        spot = _spot(front, problem.keys) if isinstance(front, FrontMatter) else None
    if spot is None:
        return problem
    return replace(problem, place=spot.place, excerpt=spot.excerpt, width=spot.width)


def _spot(front: FrontMatter, keys: tuple[str | int, ...]) -> Spot:
    folder = front.path.removeprefix("content/").partition("/")[0]
    also = OTHER_NAMES.get(folder, {})
    key, *inner = keys
    same = [name for name, value in front.values.items() if value and key in (name, also.get(name))]
    written = key if key in same else next(iter(same), key)
    value, entry = front.values.get(str(written)), next(iter(inner), None)
    if entry is None and isinstance(value, dict) and "src" in value:
        return front.locate(written, "src")  # what planning finds wrong with a picture
    if not isinstance(entry, str) or isinstance(value, dict):
        return front.locate(written, *inner)
    if isinstance(value, list):
        texts = [" ".join(text.split()) if isinstance(text, str) else "" for text in value]
        return front.locate(written, *([texts.index(entry)] if entry in texts else []))
    return front.locate(written).within(entry)
