"""Which stage of a build a moment belongs to, told from the modules that are at work in it."""

from collections.abc import Iterator
from pathlib import Path
from types import FrameType

START, READ, PLAN, FINGERPRINTS = "start-up", "read", "plan", "fingerprints"
MARKDOWN, LAYOUTS, FEEDS, PUBLISH, REST = "Markdown", "layouts", "feeds", "publish", "the rest"
STAGES = (START, READ, PLAN, FINGERPRINTS, MARKDOWN, LAYOUTS, FEEDS, PUBLISH, REST)

PACKAGE = Path(__file__).resolve().parents[1] / "generator"
PART_OF = {
    "read/": READ,
    "plan/": PLAN,
    "plan/fingerprints": FINGERPRINTS,
    "render/": LAYOUTS,
    "render/body/": MARKDOWN,
    "render/markdown": MARKDOWN,
    "markdown/": MARKDOWN,
    "render/feeds": FEEDS,
    "render/sitemaps": FEEDS,
    "render/absolute": FEEDS,
    "render/xml": FEEDS,
    "publish/": PUBLISH,
    "stages/version": START,
}
"""The stage of modules whose paths below `generator/` begin so; the longest beginning counts."""
SERVANTS = ("model/", "limits")
"""Modules that work for whoever calls them."""
IMPORTING = "<frozen importlib._bootstrap>"


def stage_of_module(path: str) -> str | None:
    """The stage of a module, by its path below `generator/`; None for one that serves any stage."""
    if path.startswith(SERVANTS):
        return None
    fitting = [beginning for beginning in PART_OF if path.startswith(beginning)]
    return PART_OF[max(fitting, key=len)] if fitting else REST


class StageFinder:
    """Finds the stage of a stack of frames; remembers the files it has seen."""

    def __init__(self) -> None:
        self._seen: dict[str, str | None] = {}

    def stage(self, frame: FrameType | None) -> str:
        """The stage that the innermost of our modules belongs to; importing is start-up."""
        stage = None
        for file in _files(frame):
            if file not in self._seen:
                self._seen[file] = _stage_of_file(file)
            found = self._seen[file]
            if found == START:
                return START
            stage = stage or found
        return stage or START


def _files(frame: FrameType | None) -> Iterator[str]:
    while frame:
        yield frame.f_code.co_filename
        frame = frame.f_back


def _stage_of_file(name: str) -> str | None:
    if name == IMPORTING:
        return START
    file = Path(name)
    if not file.is_relative_to(PACKAGE):
        return None
    return stage_of_module(file.relative_to(PACKAGE).as_posix())
