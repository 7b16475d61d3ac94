"""Readying: what renders a few pages is set up by a forked process while they are planned.

Jinja, Markdown and a site's layouts take longer to load than a few pages to make; so another
processor does that, and then makes them.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial

from generator.stages.beside import Beside, beside
from generator.stages.job import Job
from generator.stages.packing import pack, unpack
from generator.stages.workers import FEW, Result, Task, WorkerDiedError, Workers

FIRST_LAYOUTS = ("article.html", "front.html", "section.html", "tag.html", "author.html")
"""What a story's pages are made with; others are compiled when they are needed."""


class ReadyWorkers(Workers):
    """Workers, and a process that gets ready: it does the tasks that are too few for others."""

    def __init__(self, process: Beside, others: Workers) -> None:
        super().__init__()
        self._process, self._others = process, others

    def can_inherit(self) -> bool:
        """The process was there before what it would inherit."""
        return False

    def each_anywhere(
        self, function: Callable[[Task], Result], tasks: Iterable[Task]
    ) -> Iterator[tuple[Task, Result | WorkerDiedError]]:
        """Do every task; here, when the process has died."""
        tasks = tuple(tasks)
        answer = self._process.hear(pack((function, tasks))) if len(tasks) <= FEW else None
        if answer is None:
            return self._others.each_anywhere(function, tasks)
        return zip(tasks, unpack(answer), strict=True)


@contextmanager
def getting_ready(job: Job) -> Iterator[Job]:
    """A job for which rendering is made ready, while the block plans what is to be rendered."""
    with beside(partial(_done, job), pays=job.crew.may_have_help) as process:
        yield replace(job, crew=ReadyWorkers(process, job.crew)) if process.is_there else job


def _done(job: Job, message: Callable[[], bytes]) -> bytes:
    """In the other process: set up, and do the tasks that come."""
    from generator.render.markdown import MarkdownRenderer  # noqa: PLC0415 - it takes long
    from generator.stages.tasks import layouts_of  # noqa: PLC0415 - as above

    layouts_of(job.theme.own, job.theme.built_in).compile(FIRST_LAYOUTS)
    MarkdownRenderer(job.config.markdown.options()).prepare()
    function, tasks = unpack(message())
    return pack(tuple(map(function, tasks)))
