"""Rendering a plan into a transaction: every output once, every problem gathered."""

import pickle
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from generator.model.outputs import FileCopy, Frame, Output
from generator.model.plan import Slot
from generator.model.problems import Place, Problem
from generator.model.values import replace
from generator.plan.fingerprints import Fingerprints
from generator.publish.originals import Original, OriginalError
from generator.render.outputs import Rendered, Renderer
from generator.render.templates import Layouts
from generator.stages.job import Job
from generator.stages.press import Made, Press, made_anew, make
from generator.stages.sending import self_contained
from generator.stages.tasks import RenderSetup, RenderTask, layouts_of, render_outputs
from generator.stages.workers import WorkerDiedError

CHUNK = 32
"""Outputs handed to a worker at a time: many enough that handing over costs little."""


Told = dict[str, tuple[Problem, ...]]
"""What is wrong in rendered files, by their paths; in the layouts themselves, by no path."""


def render(
    frame: Frame, slots: Sequence[Slot | Output], job: Job, *, are_layouts_sound: bool = False
) -> Told:
    """Render every Output and hand it to the transaction; nothing is published yet.

    Every problem comes back; a page with an error may be staged, for nothing to be published
    with it. What stands there already, made from the very same, is not rendered again. The
    layouts are checked first, unless they are known to be sound.
    """
    layouts = layouts_for(job)
    made_with = {slot.layout for slot in slots} - {""}
    faults = () if are_layouts_sound else tuple(layouts.check_own(made_with))
    told: Told = {"": faults} if faults else {}
    if any(problem.is_error for problem in faults):
        return told
    waiting = []
    for slot in _once_each(slots):
        if isinstance(slot, Output) and isinstance(slot.value, FileCopy):
            if faults := _copied(slot, slot.value, job):
                told[slot.path] = faults
        else:
            waiting.append(slot)
    press = _press(frame, waiting, layouts, job)
    stale = [number for number in range(len(waiting)) if not _stands(number, press, job)]
    is_here = job.crew.can_inherit()
    if is_here:
        press.renderer.prepare({waiting[number].layout for number in stale} - {""})
    results = (_by_heirs if is_here else _by_others)(press, stale, frame, job)
    for done, (number, made) in enumerate(results, start=1):
        if problems := _taken(made, number, press, job):
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


def _press(frame: Frame, slots: Sequence[Slot | Output], layouts: Layouts, job: Job) -> Press:
    options, transaction = job.config.markdown.options(), job.transaction
    paths = [slot.path for slot in slots]
    return Press(
        site=job.site,
        slots=slots,
        numbers=[transaction.reserve(path) for path in paths],
        file=transaction.file,
        renderer=Renderer(frame, layouts, options),
        prints=Fingerprints(frame, f"{job.version} {options!r}", layouts.digest),
        published=transaction.fingerprints(paths),
    )


def _stands(number: int, press: Press, job: Job) -> bool:
    """Whether a file stands there already as it would be made, as far as that is quickly told."""
    slot = press.slots[number]
    published = press.published.get(slot.path)
    if not published or not isinstance(slot, Output) or press.prints.of(slot) != published:
        return False
    return job.transaction.reuse(slot.path, published)


def _taken(made: Made, number: int, press: Press, job: Job) -> tuple[Problem, ...]:
    """Hand what was made to the transaction; its problems."""
    slot, transaction = press.slots[number], job.transaction
    fingerprint, digest, size, rendered = made
    if digest:
        transaction.adopt(slot.path, digest, size, slot.source, fingerprint)
        return ()
    if rendered is None:
        if transaction.reuse(slot.path, fingerprint):
            return ()
        rendered = made_anew(press, number)  # somebody took the file away
    if rendered.problems:
        fingerprint = ""  # it is made again each time, so that the warning is told again
    if rendered.digest:
        transaction.adopt(slot.path, rendered.digest, rendered.size, slot.source, fingerprint)
    elif rendered.data is not None:
        transaction.put(slot.path, rendered.data, slot.source, fingerprint)
    return rendered.problems


def _by_heirs(
    press: Press, numbers: Sequence[int], frame: Frame, job: Job
) -> Iterator[tuple[int, Made]]:
    """Everything made by processes that have it all, or here."""
    chunks = [numbers[start : start + CHUNK] for start in range(0, len(numbers), CHUNK)]
    for chunk, results in job.crew.each_inheriting(make, press, chunks):
        if not isinstance(results, WorkerDiedError):
            yield from zip(chunk, results, strict=True)
        elif len(chunk) == 1:
            yield chunk[0], ("", "", 0, _killed(press.slots[chunk[0]]))
        else:
            # One of them killed its worker: each alone tells which.
            for number in chunk:
                yield from _by_heirs(press, [number], frame, job)


def _by_others(
    press: Press, numbers: Sequence[int], frame: Frame, job: Job
) -> Iterator[tuple[int, Made]]:
    """What is stale, made by processes to which everything must be handed."""
    stale: dict[str, tuple[int, str]] = {}
    for number in numbers:
        slot = press.slots[number]
        fingerprint = press.prints.of(slot.made())
        if fingerprint == press.published.get(slot.path):
            yield number, (fingerprint, "", 0, None)
        else:
            stale[slot.path] = number, fingerprint
    theme = job.theme
    options = job.config.markdown.options()
    setup = pickle.dumps(RenderSetup(frame, theme.own, theme.built_in, options))
    left = [number for number, _ in stale.values()]
    for output, rendered in _rendered(press, left, setup, job):
        number, fingerprint = stale[output.path]
        yield number, (fingerprint, "", 0, rendered)


def _rendered(
    press: Press, numbers: Sequence[int], setup: bytes, job: Job
) -> Iterator[tuple[Output, Rendered]]:
    tasks = _tasks(press, numbers, setup, job)
    for task, results in job.crew.each_anywhere(render_outputs, tasks):
        if not isinstance(results, WorkerDiedError):
            yield from zip(task.outputs, results, strict=True)
        elif len(task.outputs) == 1:
            yield task.outputs[0], _killed(task.outputs[0])
        else:
            paths = {output.path for output in task.outputs}
            for number in numbers:
                if press.slots[number].path in paths:
                    yield from _rendered(press, [number], setup, job)


def _tasks(press: Press, numbers: Sequence[int], setup: bytes, job: Job) -> Iterator[RenderTask]:
    for start in range(0, len(numbers), CHUNK):
        some = numbers[start : start + CHUNK]
        task = RenderTask(setup, job.site, tuple([press.slots[n].made() for n in some]))
        if job.crew.is_remote:
            yield self_contained(task)
        else:
            yield replace(task, places=tuple([press.place(n) for n in some]))


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
