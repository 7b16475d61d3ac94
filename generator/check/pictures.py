"""Pictures, films and documents checked for what they tell: it may lead to whoever made them."""

from collections.abc import Collection, Iterator
from pathlib import Path

from generator.media.cleaning import findings
from generator.media.findings import KEPT_HINT, POSITION, TELLS_MORE
from generator.media.recipe import HEAD
from generator.model.problems import Place, Problem, warning
from generator.pictures.cleaning import is_picture, is_tiff, traces

HINT = "Build again: Broadsheet takes that out. If another program published it, take it out there."
TIFF_HINT = "Save it as a JPEG: no browser shows it, and it is published as it is."


def traces_problems(file: Path, path: str) -> Iterator[Problem]:
    """What a published file tells besides what is seen and heard.

    Formats are told by how the file begins. Raises OSError.
    """
    with file.open("rb") as opened:
        head = opened.read(HEAD)
        if is_picture(head) or is_tiff(head):
            found = traces(head + opened.read())
            yield from _told(path, found, TIFF_HINT if is_tiff(head) else HINT)
            return
        others = findings(opened)
    removable = {one.what for one in others if one.patches}
    yield from _told(path, sorted(removable), HINT)
    yield from _told(path, sorted({one.what for one in others if not one.patches}), KEPT_HINT)


def _told(path: str, found: Collection[str], hint: str) -> Iterator[Problem]:
    if told := ", ".join(found):
        message = f"{TELLS_MORE}: {told}"
        problem = Problem(Place(path), message, hint)
        yield problem if POSITION in found else warning(Place(path), message, hint)
