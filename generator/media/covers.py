"""Pictures within other files: the cover of a sound or film, a photograph within a drawing.

A telephone's photograph as the cover of a podcast tells where it was taken, as any other does.
What is taken out of it leaves room behind it, where no program looks.
"""

import re
from collections.abc import Iterator

from generator.media.findings import Finding, Patch, patched
from generator.pictures.cleaning import cleaned, is_picture, traces

BEGINS = re.compile(rb"\xff\xd8\xff|\x89PNG\r\n|RIFF....WEBP|GIF8", re.DOTALL)
COVER = "what a camera wrote into a picture in it"


def cover_findings(data: bytes, at: int = 0) -> Iterator[Finding]:
    """What a picture tells that stands in `data`, which begins at a place of the file, if one does.

    It reaches to the end of the data.
    """
    begins = BEGINS.search(data)
    if begins is None:
        return
    picture = data[begins.start() :]
    clean = without_traces(picture)
    if clean is not None:
        start = at + begins.start()
        yield Finding(COVER, (Patch(start, start + len(picture), clean),))


def without_traces(picture: bytes) -> bytes | None:
    """A picture without what it tells besides; None for what tells nothing, or is no picture."""
    picture = picture.rstrip(b"\0")
    if not is_picture(picture) or not traces(picture):
        return None
    clean = cleaned(picture, keep_credit=True)
    return clean if len(clean) <= len(picture) else cleaned(picture, keep_credit=False)


def with_clean_cover(frame: bytes) -> bytes:
    """A part of a file with the picture at its end cleaned, as long as it was."""
    patches = (patch for found in cover_findings(frame) for patch in found.patches)
    return b"".join(patched((frame,), patches))
