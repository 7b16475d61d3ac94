"""Rendering a plan into a transaction: every output once, every problem gathered."""

import pickle
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache

from generator.model.outputs import FileCopy, Frame, Output
from generator.model.pictures import PictureFile
from generator.model.plan import Slot
from generator.model.problems import Place, Problem
from generator.model.values import replace
from generator.plan.fingerprints import Fingerprints
from generator.publish.originals import Original, OriginalError
from generator.render.outputs import Rendered, Renderer
from generator.render.templates import Layouts
from generator.stages.job import Job
from generator.stages.tasks import (
    Made,
    Making,
    RenderSetup,
    SentTask,
    layouts_of,
    made_anew,
    make,
    make_sent,
    self_contained,
)
from generator.stages.workers import WorkerDiedError

CHUNK = 32
"""Outputs handed to a worker at a time: many enough that handing over costs little."""


Told = dict[str, tuple[Problem, ...]]
"""What is wrong in rendered files, by their paths; in the layouts themselves, by no path."""


def render(
    frame: Frame, slots: Sequence[Slot | Output], job: Job, *, are_layouts_sound: bool = False
) -> Told:
    """Render every Output and hand it to the transaction; nothing is published yet.

    Files that are made of pictures are not among them: see `publish_pictures`.

    Every problem comes back; a page with an error may be staged, for nothing to be published
    with it. What stands there already, made from the very same, is not rendered again. The
    layouts are checked first, unless they are known to be sound.
    """
    layouts = layouts_for(job)
    made_with = {slot.layout for slot in slots} - {""}
    embedding = job.config.body_options.embedding
    faults = () if are_layouts_sound else tuple(layouts.check_own(made_with, embedding))
    told: Told = {"": faults} if faults else {}
    if any(problem.is_error for problem in faults):
        return told
    waiting = []
    for slot in _once_each(slots):
        if isinstance(slot, Output) and isinstance(slot.value, FileCopy):
            if faults := _copied(slot, slot.value, job):
                told[slot.path] = faults
        elif not (isinstance(slot, Output) and isinstance(slot.value, PictureFile)):
            waiting.append(slot)
    making = _making(frame, waiting, layouts, job)
    stale = [number for number in range(len(waiting)) if not _stands(number, making, job)]
    if job.workers.can_inherit():
        making.renderer.prepare({waiting[number].layout for number in stale} - {""})
    for done, (number, made) in enumerate(_made(making, stale, frame, job), start=1):
        if problems := _taken(made, number, making, job):
            told[waiting[number].path] = problems
        if job.progress and (done % CHUNK == 0 or done == len(waiting)):
            job.progress("render", done, len(waiting))
    layouts.keep()
    return _each_layout_fault_once(told)


def layouts_for(job: Job) -> Layouts:
    """The layouts of a job's site."""
    return layouts_of(job.theme.own, job.theme.built_in, job.state, job.version)


def stray_links(slots: Sequence[Slot | Output], targets: Mapping[str, str]) -> Iterator[Problem]:
    """A Problem for every copy of a file behind a link that is not published itself.

    `targets` has the path of the file behind each link.
    """
    copies = [
        slot.value.source_path
        for slot in (slots if targets else ())
        if isinstance(slot, Output) and isinstance(slot.value, FileCopy)
    ]
    published = set(copies)
    hint = "Replace the link by the file itself."
    for path in dict.fromkeys(copies):
        if path in targets and targets[path] not in published:
            yield Problem(Place(path), "is a link to what is not published itself", hint)


def _copied(output: Output, copy: FileCopy, job: Job) -> tuple[Problem, ...]:
    """Hand a copy of a file to the transaction; what hinders that."""
    original = Original(job.site, copy.source_path, copy.digest)
    try:
        job.transaction.copy(output.path, original, job.cleaning, output.source)
    except OriginalError as error:
        return (Problem(Place(error.path), error.message, error.hint),)
    return ()


def _once_each(slots: Sequence[Slot | Output]) -> Iterable[Slot | Output]:
    """The first on each path: the others are Problems already."""
    return {slot.path: slot for slot in reversed(slots)}.values()


def _making(frame: Frame, slots: Sequence[Slot | Output], layouts: Layouts, job: Job) -> Making:
    options, transaction = job.config.body_options, job.transaction
    paths = [slot.path for slot in slots]
    numbers = [transaction.reserve(path) for path in paths]
    return Making(
        site=job.site,
        slots=slots,
        place=lambda number: transaction.file(paths[number], numbers[number]),
        renderer=Renderer(frame, layouts, options),
        prints=Fingerprints(frame, _rendering(job), layouts.digest),
        published=transaction.fingerprints(paths),
        texts={},
    )


def _rendering(job: Job) -> str:
    """What stands for all that rendering depends on, beside frame and layouts."""
    return f"{job.version} {job.config.body_options!r}"


def _stands(number: int, making: Making, job: Job) -> bool:
    """Whether a file stands there already as it would be made, as far as that is quickly told."""
    slot = making.slots[number]
    published = making.published.get(slot.path)
    if not published or not isinstance(slot, Output) or making.prints.of(slot) != published:
        return False
    return job.transaction.reuse(slot.path, published)


def _taken(made: Made, number: int, making: Making, job: Job) -> tuple[Problem, ...]:
    """Hand what was made to the transaction; its problems."""
    slot, transaction = making.slots[number], job.transaction
    fingerprint, digest, size, rendered = made
    if digest:
        transaction.adopt(slot.path, digest, size, slot.source, fingerprint)
        return ()
    if rendered is None:
        if transaction.reuse(slot.path, fingerprint):
            return ()
        rendered = made_anew(making, number)  # somebody took the file away
    if rendered.problems:
        fingerprint = ""  # it is made again each time, so that the warning is told again
    if rendered.digest:
        transaction.adopt(slot.path, rendered.digest, rendered.size, slot.source, fingerprint)
    elif rendered.data is not None:
        transaction.put(slot.path, rendered.data, slot.source, fingerprint)
    return rendered.problems


def _made(
    making: Making, numbers: Sequence[int], frame: Frame, job: Job
) -> Iterator[tuple[int, Made]]:
    """Everything made, by processes that have it all, by others to which it is sent, or here."""
    chunks = [numbers[start : start + CHUNK] for start in range(0, len(numbers), CHUNK)]
    sent = _sender(making, frame, job)
    for chunk, results in job.workers.each_sharing(make, making, chunks, make_sent, sent):
        if not isinstance(results, WorkerDiedError):
            yield from zip(chunk, results, strict=True)
        elif len(chunk) == 1:
            yield chunk[0], ("", "", 0, _killed(making.slots[chunk[0]]))
        else:
            # One of them killed its worker: each alone tells which.
            for number in chunk:
                yield from _made(making, [number], frame, job)


def _sender(making: Making, frame: Frame, job: Job) -> Callable[[Sequence[int]], SentTask]:
    """What makes a task of some outputs that can be sent; what all share is packed once."""

    @cache
    def setup() -> bytes:
        theme, options = job.theme, job.config.body_options
        shared = RenderSetup(frame, theme.own, theme.built_in, options, _rendering(job))
        return pickle.dumps(shared)

    def sent(numbers: Sequence[int]) -> SentTask:
        outputs = tuple([making.slots[number].made() for number in numbers])
        task = SentTask(
            setup(),
            job.site,
            outputs,
            tuple([making.place(number) for number in numbers]),
            tuple([making.published.get(output.path, "") for output in outputs]),
        )
        return self_contained(task) if job.workers.is_remote else task

    return sent


def _killed(slot: Slot | Output) -> Rendered:
    message = "rendering this killed its process, twice"
    hint = "It may need more memory than there is. Look for very long lines or tables."
    return Rendered(None, (Problem(Place(slot.source or slot.path), message, hint),))


def _each_layout_fault_once(told: Told) -> Told:
    """A faulty layout fails on every page made with it: tell of the first, and how many more."""
    kept: dict[Place, tuple[str, Problem]] = {}
    more: Counter[Place] = Counter()
    left: Told = {}
    for path in sorted(told, reverse=True):
        for problem in dict.fromkeys(told[path]):
            if not problem.place.path.startswith(("layouts/", "theme/")):
                left[path] = (*left.get(path, ()), problem)
            elif problem.place in kept:
                more[problem.place] += 1
            else:
                kept[problem.place] = path, problem
    for place, (path, problem) in kept.items():
        left[path] = (*left.get(path, ()), _with_more(problem, more[place]))
    return left


def _with_more(problem: Problem, more: int) -> Problem:
    if not more:
        return problem
    pages = "another page" if more == 1 else f"{more:,} more pages"
    return replace(problem, message=f"{problem.message} (and so for {pages})")
