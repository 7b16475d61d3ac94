"""Pictures checked for what their camera wrote: it may lead to whoever took them."""

from collections.abc import Iterator
from pathlib import Path

from generator.model.problems import Place, Problem, warning
from generator.pictures.cleaning import is_picture, is_tiff, traces
from generator.pictures.recipe import HEAD

POSITION = "a position"
HINT = "Build again: Broadsheet takes that out. If another program published it, take it out there."
TIFF_HINT = "Save it as a JPEG: no browser shows it, and it is published as it is."


def picture_problems(file: Path, path: str) -> Iterator[Problem]:
    """What a published file tells besides what is seen; nothing for a file that is no picture.

    Formats are told by how the file begins. Raises OSError.
    """
    with file.open("rb") as opened:
        head = opened.read(HEAD)
        if not (is_picture(head) or is_tiff(head)):
            return
        found = traces(head + opened.read())
    if found:
        message = f"tells more than is seen: {', '.join(found)}"
        hint = TIFF_HINT if is_tiff(head) else HINT
        if POSITION in found:
            yield Problem(Place(path), message, hint)
        else:
            yield warning(Place(path), message, hint)
