"""Making pictures: every width, format and part that is not in the store yet, and all published.

One task is one picture: it is unpacked once. The largest go first, so that no process is left
with one at the end. Each file is in the store as soon as it is made: whoever stops the build
loses no more than what is being made just then.
"""

import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from generator.media.recipe import PICTURE
from generator.model.outputs import Output
from generator.model.pictures import PictureFile, Rendition
from generator.model.plan import Slot
from generator.model.problems import Place, Problem
from generator.model.values import frozen
from generator.publish.originals import Original, OriginalError
from generator.stages.job import Job
from generator.stages.picture_store import PictureStore, open_store, store_key
from generator.stages.workers import WorkerDiedError

HINT = "Save it again from the original, and put that in its place."
MONTH = 30 * 86_400
"""Seconds for which nothing is thrown away that nobody wants."""
MANY = 100
"""Pictures from which on it is told beforehand that they take long."""
COST = (
    "each takes a processor about half a second, this once. "
    "Stop whenever you like: the next build goes on from there."
)
KILLED = "could not be encoded: its process was killed, twice"


@frozen
class EncodeTask:
    """One picture of the `site`, and what is wanted of it: it goes to the store at `state`."""

    site: Path
    state: Path
    source_path: str
    digest: str
    renditions: tuple[Rendition, ...]


Told = dict[str, tuple[Problem, ...]]


def publish_pictures(slots: Sequence[Slot | Output], job: Job) -> Told:
    """Hand all files that are made of pictures to the transaction; what hinders that, by path.

    The Problems are told of the pictures' own files: who names them is for others to find.
    """
    wanted = [
        (slot, slot.value)
        for slot in {slot.path: slot for slot in reversed(slots)}.values()
        if isinstance(slot, Output) and isinstance(slot.value, PictureFile)
    ]
    waiting = [(out, file) for out, file in wanted if not _stands(out, file, job)]
    if not waiting:
        return {}
    store = open_store(job.state)
    faults = _encode([file for _, file in waiting], store, job)
    told: Told = {}
    for output, file in waiting:
        fault = faults.get(file.source_path)
        data = None if fault else store.load(file.rendition)
        if data is None and fault is None:
            faults |= (more := _encode_here(file, job))
            fault = more.get(file.source_path)
            data = None if fault else store.load(file.rendition)
        if data is None:
            told[output.path] = (fault or _lost(file.source_path),)
        else:
            job.transaction.put(output.path, data, output.source, fingerprint_of(file))
    return told


def tidy_pictures(slots: Sequence[Slot | Output], job: Job) -> None:
    """Throw away what was encoded a month ago or longer and is in no file of the whole plan."""
    values = (slot.value for slot in slots if isinstance(slot, Output))
    wanted = (value.rendition for value in values if isinstance(value, PictureFile))
    open_store(job.state).tidy(wanted, time.time() - MONTH)


def fingerprint_of(file: PictureFile) -> str:
    """Stands for what the bytes of a file made of a picture follow from."""
    return PICTURE + store_key(file.rendition)


def _stands(output: Output, file: PictureFile, job: Job) -> bool:
    return job.transaction.reuse(output.path, fingerprint_of(file))


def _encode(files: Iterable[PictureFile], store: PictureStore, job: Job) -> dict[str, Problem]:
    """Make what is not in the store; what is wrong with pictures, by their paths."""
    lacking: dict[tuple[str, str], dict[str, Rendition]] = {}
    known: set[str] = set()
    for file in files:
        key = store_key(file.rendition)
        if key not in known and not store.has(file.rendition):
            lacking.setdefault((file.source_path, file.digest), {})[key] = file.rendition
        known.add(key)
    tasks = [
        EncodeTask(job.site, job.state, path, stamp, tuple(renditions.values()))
        for (path, stamp), renditions in lacking.items()
    ]
    if len(tasks) >= MANY and job.said:
        job.said(f"{len(tasks):,} new pictures: {COST}")
    tasks.sort(key=lambda task: (-_work(task), task.source_path))
    faults: dict[str, Problem] = {}
    for done, (task, fault) in enumerate(job.workers.each(encode, tasks), start=1):
        if isinstance(fault, WorkerDiedError):
            faults[task.source_path] = Problem(Place(task.source_path), KILLED, HINT)
        elif fault:
            faults[task.source_path] = fault
        if job.progress:
            job.progress("encod", done, len(tasks))
    return faults


def _encode_here(file: PictureFile, job: Job) -> dict[str, Problem]:
    """Make one file again whose place in the store holds something else."""
    task = EncodeTask(job.site, job.state, file.source_path, file.digest, (file.rendition,))
    fault = encode(task)
    return {file.source_path: fault} if fault else {}


def _work(task: EncodeTask) -> int:
    """What a task costs, as far as it is known: the pixels that are made."""
    return sum(rendition.width * rendition.height for rendition in task.renditions)


def encode(task: EncodeTask) -> Problem | None:
    """Make what is wanted of one picture, in whatever process; what hinders that.

    Raises OSError where the store cannot be written.
    """
    # Most builds encode nothing.
    from generator.pictures.encoding import PictureError, encoded  # noqa: PLC0415 - 10 ms: Pillow

    store = open_store(task.state)
    original = Original(task.site, task.source_path, task.digest)
    try:
        with original.opened() as file:
            data = original.whole(file)
        for rendition, made in encoded(data, task.renditions):
            store.keep(rendition, made)
    except OriginalError as error:
        return Problem(Place(error.path), error.message, error.hint)
    except PictureError as error:
        return Problem(Place(task.source_path), str(error), HINT)
    return None


def _lost(path: str) -> Problem:
    return Problem(Place(path), "what was encoded of it cannot be read again", "Build again.")
