"""Sending: making tasks hold all they need, for workers that cannot read the site's folder."""

from pathlib import Path

from generator.model.values import replace
from generator.read.texts import SourceChangedError, read_body
from generator.stages.tasks import RenderTask


def self_contained(task: RenderTask) -> RenderTask:
    """The task with the texts of all its bodies in it.

    A text that is no more what it was when the site was planned is left out: the worker
    does not find it either, and says so.
    """
    texts: dict[str, str] = {}
    for body in (body for output in task.outputs for body in output.bodies):
        if body.source_path not in texts:
            try:
                texts[body.source_path] = read_body(task.site, body)
            except SourceChangedError:
                continue
    return replace(task, site=Path(), texts=tuple(texts.items()))
