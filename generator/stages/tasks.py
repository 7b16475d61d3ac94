"""Tasks: what a worker does. One function makes outputs, wherever it runs.

A process that was forked has all that it takes already, as a Making. Any other gets a SentTask,
which is a Making of some outputs in a form that can be sent.
"""

import pickle
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from generator.model.body import MarkdownOptions
from generator.model.digests import content_digest
from generator.model.layouts import LayoutFile
from generator.model.outputs import Frame, Output
from generator.model.plan import Slot
from generator.model.problems import Place, Problem
from generator.model.values import frozen, replace
from generator.plan.fingerprints import Fingerprints
from generator.publish.disk import write_file
from generator.read.texts import SourceChangedError, read_body
from generator.render.outputs import Rendered, Renderer
from generator.render.templates import Layouts

Made = tuple[str, str, int, Rendered | None]
"""What became of an output: its fingerprint, and the digest and size (bytes) of what was written.

Without a digest, either nothing was made, since the fingerprint had not changed, or there is more
to tell: then it was rendered. A tuple: it travels in a tenth of the time of a frozen value.
"""


@frozen
class Making:
    """All that making the outputs of a plan takes.

    `place` gives the absolute name of the file to write a slot to, by its number, or "" to give
    its bytes back. `published` has the fingerprints of what stands there already, by path. `texts`
    are texts of bodies by source path; others are read from the site's folder.
    """

    site: Path
    slots: Sequence[Slot | Output]
    place: Callable[[int], str]
    renderer: Renderer
    prints: Fingerprints
    published: Mapping[str, str]
    texts: Mapping[str, str]


def make(making: Making, numbers: Sequence[int]) -> tuple[Made, ...]:
    """Make some outputs, by their numbers. Raises OSError when a file cannot be written."""
    with making.renderer.watching():
        return tuple([_made(making, number) for number in numbers])


def _made(making: Making, number: int) -> Made:
    output = making.slots[number].made()
    fingerprint = making.prints.of(output)
    if fingerprint == making.published.get(output.path):
        return fingerprint, "", 0, None
    rendered = _rendered(making, output, making.place(number))
    if rendered.problems or not rendered.digest:
        return fingerprint, "", 0, rendered
    return fingerprint, rendered.digest, rendered.size, None


def made_anew(making: Making, number: int) -> Rendered:
    """One output, whether it is stale or not."""
    return _rendered(making, making.slots[number].made(), making.place(number))


def _rendered(making: Making, output: Output, place: str) -> Rendered:
    return written(render(making.renderer, output, making.texts, making.site), place)


@frozen
class RenderSetup:
    """What is the same for every output of a build. `rendering` is as `Fingerprints` has it."""

    frame: Frame
    own_layouts: tuple[LayoutFile, ...]
    theme_layouts: tuple[LayoutFile, ...]
    options: MarkdownOptions
    rendering: str


@frozen
class SentTask:
    """Some outputs to make, with all that it takes. `setup` is a packed RenderSetup.

    `places`, `published` and `texts` are as in a Making; the first two have one for each output.
    """

    setup: bytes
    site: Path
    outputs: tuple[Output, ...]
    places: tuple[str, ...]
    published: tuple[str, ...]
    texts: tuple[tuple[str, str], ...] = ()


def make_sent(task: SentTask) -> tuple[Made, ...]:
    """Make the outputs of a task, in their order. Raises OSError as `make` does."""
    renderer, prints = _unpacked(task.setup)
    paths = [output.path for output in task.outputs]
    making = Making(
        site=task.site,
        slots=task.outputs,
        place=task.places.__getitem__,
        renderer=renderer,
        prints=prints,
        published=dict(zip(paths, task.published, strict=True)),
        texts=dict(task.texts),
    )
    return make(making, range(len(paths)))


@lru_cache(maxsize=1)
def _unpacked(packed: bytes) -> tuple[Renderer, Fingerprints]:
    setup: RenderSetup = pickle.loads(packed)  # noqa: S301 - by this build's own processes
    layouts = layouts_of(setup.own_layouts, setup.theme_layouts)
    renderer = Renderer(setup.frame, layouts, setup.options)
    return renderer, Fingerprints(setup.frame, setup.rendering, layouts.digest)


def self_contained(task: SentTask) -> SentTask:
    """The task with the texts of all its bodies in it, for a worker that has no such folder.

    A text that is no more what it was when the site was planned is left out: the worker
    does not find it either, and says so. Its bytes come back, since it has no place to write to.
    """
    texts: dict[str, str] = {}
    for body in (body for output in task.outputs for body in output.bodies):
        if body.source_path not in texts:
            try:
                texts[body.source_path] = read_body(task.site, body)
            except SourceChangedError:
                continue
    places = ("",) * len(task.outputs)
    return replace(task, site=Path(), texts=tuple(texts.items()), places=places)


@lru_cache(maxsize=1)
def layouts_of(
    own: tuple[LayoutFile, ...],
    theme: tuple[LayoutFile, ...],
    state: Path | None = None,
    version: str = "",
) -> Layouts:
    """A site's layouts; compiling them takes longer than a hundred pages: once for each process.

    What a `version` of the code compiled of them before is looked for in the site at `state`.
    """

    def kept() -> Any:  # noqa: ANN401 - it is imported late
        # Many builds make no page.
        from generator.stages.kept_layouts import KeptLayouts  # noqa: PLC0415 - 15 ms: Jinja

        return KeptLayouts(state or Path(), version)

    return Layouts(own, theme, kept if state else None)


def render(renderer: Renderer, output: Output, known: Mapping[str, str], site: Path) -> Rendered:
    """Render one output; the texts of its bodies are `known`, or read from the site's folder."""
    texts: dict[str, str] = {}
    try:
        for body in output.bodies:
            path = body.source_path
            texts[path] = known[path] if path in known else read_body(site, body)
    except SourceChangedError as error:
        message = "changed while the site was being built"
        return Rendered(None, (Problem(Place(error.path), message, "Build again."),))
    return renderer.render(output, texts)


def written(rendered: Rendered, place: str) -> Rendered:
    """What was rendered, once its bytes are written to their place, if they have one."""
    data = rendered.data
    if not place or data is None:
        return rendered
    write_file(place, [data])
    return Rendered(None, rendered.problems, content_digest(data), len(data))
