"""Reading for a whole build: others read the texts while this process loads what comes next."""

from collections.abc import Iterator
from functools import partial
from importlib import import_module

from generator.read.memory import ReadFile
from generator.read.newsroom import read_all
from generator.stages.job import Job

FIRST_LAYOUTS = ("article.html", "front.html", "section.html", "tag.html", "author.html")
"""What most pages are made with; others are compiled when they are needed."""
NEEDED_NEXT = (
    "generator.render.body.job",
    "generator.render.markdown",
    "jinja2",
    "generator.render.compiled",
    "generator.plan.plan",
    "generator.stages.rendering",
    "generator.stages.building",
)
"""What arranges, plans and renders. Each takes some 20 ms: no result waits longer than that."""


def read_site(job: Job) -> list[ReadFile]:
    """What every file of a site holds."""
    return read_all(
        job.site,
        job.config,
        job.found,
        partial(job.workers.each, meanwhile=_loading(job)),
        memory=job.memory,
        progress=job.progress,
    )


def _loading(job: Job) -> Iterator[None]:
    for name in NEEDED_NEXT:
        import_module(name)
        yield
    from generator.stages.rendering import layouts_for  # noqa: PLC0415 - 15 ms, but loaded by now

    layouts = layouts_for(job)
    for name in FIRST_LAYOUTS:
        layouts.compile([name])
        yield
