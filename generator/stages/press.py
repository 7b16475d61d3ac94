"""The press: makes the outputs of a plan, those that are stale, and writes them where they wait."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from generator.model.outputs import Output
from generator.model.plan import Slot
from generator.model.values import frozen
from generator.plan.fingerprints import Fingerprints
from generator.render.outputs import Rendered, Renderer
from generator.stages.tasks import render, written


@frozen
class Press:
    """All that making the outputs of a plan takes; a forked process has it at once.

    `numbers` are reserved for the slots, and `file` makes an absolute file name of a path and its
    number; `published` has the fingerprints of what stands there already, by path.
    """

    site: Path
    slots: Sequence[Slot | Output]
    numbers: Sequence[int]
    file: Callable[[str, int], str]
    renderer: Renderer
    prints: Fingerprints
    published: Mapping[str, str]

    def place(self, number: int) -> str:
        """The absolute name of the file to write a slot to."""
        return self.file(self.slots[number].path, self.numbers[number])


Made = tuple[str, str, int, Rendered | None]
"""What became of an output: its fingerprint, and the digest and size (bytes) of what was written.

Without a digest, either nothing was made, since the fingerprint had not changed, or there is more
to tell: then it was rendered. A tuple: it travels in a tenth of the time of a frozen value.
"""


def make(press: Press, numbers: Sequence[int]) -> tuple[Made, ...]:
    """Make some outputs of a press, by their numbers. Raises OSError for a full disk."""
    with press.renderer.watching():
        return tuple([_made(press, number) for number in numbers])


def _made(press: Press, number: int) -> Made:
    output = press.slots[number].made()
    fingerprint = press.prints.of(output)
    if fingerprint == press.published.get(output.path):
        return fingerprint, "", 0, None
    rendered = _rendered(press, output, press.place(number))
    if rendered.problems or not rendered.digest:
        return fingerprint, "", 0, rendered
    return fingerprint, rendered.digest, rendered.size, None


def made_anew(press: Press, number: int) -> Rendered:
    """One output of a press, whether it is stale or not."""
    return _rendered(press, press.slots[number].made(), press.place(number))


def _rendered(press: Press, output: Output, place: str) -> Rendered:
    return written(render(press.renderer, output, {}, press.site), place)
