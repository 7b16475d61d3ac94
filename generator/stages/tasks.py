"""Tasks: what a worker does. Each takes one frozen value and gives one back."""

import pickle
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from generator.model.body import MarkdownOptions
from generator.model.digests import content_digest
from generator.model.layouts import LayoutFile
from generator.model.outputs import Frame, Output
from generator.model.problems import Place, Problem
from generator.model.values import frozen
from generator.publish.disk import write_file
from generator.read.texts import SourceChangedError, read_body
from generator.render.outputs import Rendered, Renderer
from generator.render.templates import Layouts


@frozen
class RenderSetup:
    """What is the same for every output of a build."""

    frame: Frame
    own_layouts: tuple[LayoutFile, ...]
    theme_layouts: tuple[LayoutFile, ...]
    options: MarkdownOptions


@frozen
class RenderTask:
    """Some outputs to render. `setup` is a packed RenderSetup.

    `texts` are the texts of their bodies by source path; where one is missing it is read
    from the site's folder. `places`, if there are any, are one for each output: the
    absolute name of the file to write it to, or "" to give its bytes back.
    """

    setup: bytes
    site: Path
    outputs: tuple[Output, ...]
    texts: tuple[tuple[str, str], ...] = ()
    places: tuple[str, ...] = ()


def render_outputs(task: RenderTask) -> tuple[Rendered, ...]:
    """Render some outputs, in their order, and write those that have a place.

    Raises OSError when a file cannot be written.
    """
    renderer = _renderer(task.setup)
    texts = dict(task.texts)
    places = task.places or ("",) * len(task.outputs)
    with renderer.watching():
        return tuple(
            [
                written(render(renderer, output, texts, task.site), place)
                for output, place in zip(task.outputs, places, strict=True)
            ]
        )


@lru_cache(maxsize=1)
def _renderer(packed: bytes) -> Renderer:
    setup: RenderSetup = pickle.loads(packed)  # noqa: S301 - by this build's own processes
    layouts = layouts_of(setup.own_layouts, setup.theme_layouts)
    return Renderer(setup.frame, layouts, setup.options)


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
        # Jinja takes 40 ms to load, and many builds make no page.
        from generator.stages.kept_layouts import KeptLayouts  # noqa: PLC0415 - as said above

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
