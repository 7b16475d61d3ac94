"""The pipeline, told once: see what there is, and build no more than what has changed."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from generator.model.base_urls import is_example
from generator.model.config import Config
from generator.model.kinds import NO_KINDS, Kinds
from generator.model.left_out import LeftOut
from generator.model.problems import Problem
from generator.model.values import frozen
from generator.publish.guard import guard_place, open_output
from generator.publish.lock import hold
from generator.publish.store import manifest_path
from generator.publish.transaction import Changes
from generator.read.config import load_config
from generator.read.kinds import TEXTS
from generator.read.layouts import read_theme
from generator.read.memory import open_memory
from generator.read.newsroom import ReadTask, gone, read_again, survey
from generator.stages.executors import open_workers
from generator.stages.facts import is_damaged, load_facts
from generator.stages.job import Done, Job, Progress
from generator.stages.ledger_file import ledger_mark
from generator.stages.reading import read_site
from generator.stages.version import code_version
from generator.state.folder import state_home

MOST_FILES = 500
"""Where more files than this may have changed, several processes read, and everything is made."""


@frozen
class BuildOptions:
    """What a build is asked to do. `now` is aware: the whole build happens at that instant.

    `workers` is the number of processes that read and render; None: as many as pay;
    `executor` is the address of others, such as `dask://HOST:PORT`. Another build of the
    site is waited for up to `wait_seconds`. A site that has lost a fifth of its pages is
    published only with `allow_shrink`. `kinds` are of the site's own, beside ours.
    `keeps_addresses`: it publishes the site for its readers, so that the ledger of addresses is
    begun or added to. With `allow_lost` a published address may die.
    """

    site: Path
    now: datetime
    output: Path | None = None
    base_url: str = ""
    drafts: bool = False
    clean: bool = False
    keep_going: bool = False
    workers: int | None = None
    executor: str = ""
    wait_seconds: float = 0
    allow_shrink: bool = False
    kinds: Kinds = NO_KINDS
    keeps_addresses: bool = False
    allow_lost: bool = False


@frozen
class BuildReport:
    """What a build did.

    `problems` are the warnings, and with `keep_going` the errors of what was left out.
    `next_change` is the next instant at which the output changes without an edit;
    `left_out` says of each text that readers do not see why that is;
    `seconds` is wall time. `was_damaged`: something in `.broadsheet/` was, and was dropped; so
    is what another version of the code or its libraries had left there.
    """

    articles: int
    outputs: int
    output: Path
    changes: Changes
    problems: tuple[Problem, ...]
    next_change: datetime | None
    seconds: float
    was_damaged: bool = False
    is_from_another_version: bool = False
    left_out: tuple[LeftOut, ...] = ()


def build(
    options: BuildOptions,
    progress: Progress | None = None,
    said: Callable[[str], None] | None = None,
) -> BuildReport:
    """Build a site and publish it.

    `said` is told, in words, what it has to wait for, and what takes long.

    Raises SiteError when problems stop it, RefusedError for an output folder that must
    not be written to, NoSiteError where there is no site, BusyError when another build
    does not end, ExecutorError for an executor that cannot be used, OSError when the
    machine fails. Then the published site is what it was before.
    """
    started = time.perf_counter()
    output = options.output or options.site / "public"
    # First of all: nothing is made, not even a lock, where there is no site or no place for it.
    load_config(options.site, options.base_url)
    guard_place(output, options.site, is_named=options.output is not None)
    home = state_home(options.site, output)
    with (
        hold(home, wait_seconds=options.wait_seconds, said=said),
        open_job(options, output, progress, said, state=home) as job,
    ):
        done = _build_since(job) or _build_all(job)
        was_damaged = job.memory.was_damaged or job.transaction.was_damaged
    return BuildReport(
        articles=done.articles,
        outputs=done.outputs,
        output=output,
        changes=done.changes,
        problems=done.problems,
        next_change=done.next_change,
        seconds=time.perf_counter() - started,
        was_damaged=was_damaged,
        left_out=done.left_out,
        is_from_another_version=job.memory.is_of_another_version,
    )


@contextmanager
def open_job(
    options: BuildOptions,
    output: Path,
    progress: Progress | None = None,
    said: Callable[[str], None] | None = None,
    *,
    state: Path,
) -> Iterator[Job]:
    """Everything that a build into `output` works with.

    What is remembered is in `.broadsheet/` below `state`: below the site, as a rule.
    """
    site = options.site
    version = code_version(state)
    config, problems = load_config(site, options.base_url)
    theme, theme_problems = read_theme(site, config.language, config.fonts.display)
    texts = (*TEXTS, *options.kinds.texts)
    with (
        open_output(output, state, clean=options.clean) as transaction,
        open_workers(options.workers, options.executor) as workers,
        open_memory(state, config, version, forget=options.clean, kinds=texts) as memory,
    ):
        found = survey(site, config, texts)
        memory.load(found.section_slugs)
        yield Job(
            site=site,
            state=state,
            config=config,
            now=options.now,
            drafts=options.drafts,
            keep_going=options.keep_going,
            allow_shrink=options.allow_shrink,
            theme=theme,
            found=found,
            memory=memory,
            transaction=transaction,
            stands_whole=transaction.stands_whole,
            record=record_path(state, output),
            workers=workers,
            version=version,
            problems=(*problems, *theme_problems),
            kinds=options.kinds,
            progress=progress,
            said=said,
            keeps_addresses=_keeps_addresses(options, config, output, state),
            allow_lost=options.allow_lost,
        )


def _keeps_addresses(options: BuildOptions, config: Config, output: Path, state: Path) -> bool:
    """Whether a build publishes the site where its readers see it, and can say so in its folder."""
    site, folder = options.site, options.site / "public"
    is_real = not (options.drafts or options.base_url or is_example(config.base_url))
    is_here = state == site and os.path.realpath(output) == os.path.realpath(folder)
    return options.keeps_addresses and is_real and is_here


def record_path(site: Path, output: Path) -> Path:
    """Where the record of the last build into an output folder is kept."""
    manifest = manifest_path(site, output)
    return manifest.with_name(manifest.name.replace("published", "record"))


def _build_since(job: Job) -> Done | None:
    """Build what has changed since the last build, where that is known."""
    facts = load_facts(job.record, job.transaction.before.mark, job.memory)
    if facts is None:
        if not job.transaction.clean and is_damaged(job.record):
            job.memory.was_damaged = True
        return None
    if job.now < facts.now or facts.inputs != job.inputs or not job.stands_whole():
        return None
    changed = tuple(file for file in job.found.files if job.memory.has_changed(job.site, file))
    lost = gone(job.found, job.memory)
    if len(changed) + len(lost) > MOST_FILES:
        return None
    slugs, kinds = job.found.section_slugs, job.found.kinds
    task = ReadTask(job.site, job.config, slugs, changed, kinds)
    job.memory.drop(lost)
    reads = tuple(read for read, is_news in read_again(task, job.memory) if is_news)
    if reads and job.found.targets:
        return None  # whether what is behind a link is published, only the whole plan tells
    is_behind = job.keeps_addresses and facts.ledger != ledger_mark(job.site)
    if reads or lost or is_behind or (facts.until is not None and job.now >= facts.until):
        from generator.stages.building import build_since  # noqa: PLC0415 - 60 ms: all that plans

        return build_since(job, facts, reads, lost)
    job.memory.store()
    job.transaction.partial()
    changes = job.transaction.commit(job.transaction.before.mark)
    problems = tuple(problem for problem in facts.problems if problem.lasts_at(job.now))
    return Done(facts.articles, facts.outputs, changes, problems, facts.until, facts.left_out)


def _build_all(job: Job) -> Done:
    reads = read_site(job)
    from generator.stages.building import build_all  # noqa: PLC0415 - 60 ms, while others read

    return build_all(job, reads)
