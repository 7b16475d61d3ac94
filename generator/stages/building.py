"""Building: what has come, gone or changed is put into the Site, and what that touches is made.

A first build puts in everything; a later one begins from the record of the last. Whatever is wrong
is told by a build of everything, which knows all that there is to tell.
"""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from typing import Any

from generator.model.address_ledger import LEDGER
from generator.model.addresses import address_of
from generator.model.article import Article
from generator.model.outputs import Output
from generator.model.problems import Problem, told_once
from generator.model.values import digest, replace
from generator.plan.arrange import empty_site, put
from generator.plan.articles import story_faults
from generator.plan.change import Change
from generator.plan.collisions import find_collisions
from generator.plan.files import files_to_name, telling_files, unnamed_files
from generator.plan.host_limits import too_large_files, too_many_files
from generator.plan.kinds import KINDS, Kinds, reserved_by
from generator.plan.picture_files import doubtful_pictures, where_shown
from generator.plan.plan import Plan
from generator.plan.tag_slips import likely_slips
from generator.plan.view import BROKEN, View
from generator.plan.visibility import left_out as unseen_in
from generator.publish.manifest import Published
from generator.read.memory import DamagedError, ReadFile
from generator.read.newsroom import section_names
from generator.read.places import all_placed
from generator.stages.address_book import Added, AddressBook, opened_book
from generator.stages.emptiness import guard_pages
from generator.stages.facts import Facts, mark_of, seal
from generator.stages.final_problems import faulty_texts, final_problems, of_archive
from generator.stages.interrupts import undisturbed
from generator.stages.job import Done, Job
from generator.stages.pictures import publish_pictures, tidy_pictures
from generator.stages.reasons import note_reasons
from generator.stages.record import Record, facts_of, open_record, store_record
from generator.stages.rendering import render, stray_links

Found = dict[str, tuple[Problem, ...]]


def view_of(job: Job) -> View:
    """How a job looks at the site."""
    config, reserved = job.config, reserved_by(kinds_of(job))
    return View(config, job.now, section_names(config), reserved, drafts=job.drafts)


def kinds_of(job: Job) -> Kinds:
    """All kinds of file that the site publishes."""
    return (*KINDS, *job.kinds.pages)


def news_of(reads: Iterable[ReadFile]) -> dict[str, Any]:
    """What was read, as it is put into a Site."""
    return {read.path: BROKEN if read.is_broken else read.value for read in reads}


def build_since(
    job: Job, facts: Facts, reads: tuple[ReadFile, ...], gone: Iterable[str]
) -> Done | None:
    """Build what has changed since the last build; None, with nothing done, where that won't do.

    That is where something is wrong, and where what every page shows is another.
    """
    if any(read.is_broken for read in reads):
        return None
    try:
        job.memory.ask_often()
        with closing(open_record(job.record, facts, job.memory)) as record:
            before = record.site(view_of(job))
            news = {**dict.fromkeys(gone), **news_of(reads)}
            done = _Update(job, record, put(before, news, view_of(job)), reads).done()
            if done is None:
                job.transaction.restart()
            return done
    except sqlite3.ProgrammingError:
        raise  # a fault of ours, not of the file
    except (DamagedError, sqlite3.Error):
        job.memory.was_damaged = True
    job.transaction.restart()
    return None


class _Update:
    """One change of a site that was built before."""

    def __init__(
        self, job: Job, record: Record, change: Change, reads: tuple[ReadFile, ...]
    ) -> None:
        self.job, self.record, self.change, self.reads = job, record, change, reads
        config, files, kinds = job.config, job.theme.files, kinds_of(job)
        self.were = record.found()
        self.book = opened_book(job)
        self.before = Plan(change.before, config, files, kinds)
        self.plan = Plan(change.after, config, files, kinds)

    def done(self) -> Done | None:
        """Make what the change touches, and publish it."""
        found = self._found()
        added = self._added()
        if found is None or added is None:
            return None
        outputs = self._outputs()
        made = [output for output in outputs.values() if output]
        if any(map(self._is_contested, made)) or find_collisions(made):
            return None
        known = {path: self.job.transaction.before.get(path) for path in outputs}
        gone = [path for path, output in outputs.items() if output is None and known[path]]
        self.job.transaction.partial()
        for path in gone:
            self.job.transaction.remove(path)
        found = {unit: told for unit, told in found.items() if _page_of(unit) not in outputs}
        found |= _pages(render(self.plan.frame, made, self.job, are_layouts_sound=True))
        if _has_error(found) or publish_pictures(made, self.job):
            return None
        more = sum(known[output.path] is None for output in made) - len(gone)
        count = self.record.facts.outputs + more
        found["plan:files"] = too_many_files(count, self.job.config)
        found = _placed(found, self.job, self.were, self.change.news)
        problems = self._told(found)
        guard_pages(self.job, self.change.after, made, problems)
        ledger = self.book.after_change(added) if self.book else ""
        return self._publish(found, problems, made, known, more, ledger)

    def _told(self, found: Found) -> tuple[Problem, ...]:
        """What is wrong, as it is told."""
        is_archive = of_archive(self.plan.site, self.job.config)
        return told_once(final(found, self.job), is_archive=is_archive)

    def _found(self) -> Found | None:
        """What is wrong, but for the pages that are still to be made; None where that is much."""
        change = self.change
        if digest(self.plan.frame) != self.record.facts.frame:
            return None
        files = files_to_name(change)
        looked_at = {f"{kind}:{path}" for kind in ("text", "story") for path in change.news}
        looked_at |= {f"story:{article.source.path}" for article in _touched_stories(change)}
        looked_at |= {f"file:{path}" for path in files}
        looked_at |= {f"{kind}:{path}" for kind in ("size", "told") for path in change.files}
        looked_at |= {f"picture:{path}" for path in change.files | change.named}
        found = {
            unit: tuple(problem for problem in told if problem.lasts_at(self.job.now))
            for unit, told in self.were.items()
            if unit not in looked_at
        }
        found |= in_plan(self.plan, change) | too_large(self.plan, change)
        found |= {f"text:{read.path}": read.problems for read in self.reads}
        return None if _has_error(found) else found

    def _added(self) -> Added | None:
        """What the ledger of addresses will say more; None where it stands in the way."""
        if self.book is None:
            return []
        return self.book.follows(self.change, self.plan, self.record.facts.ledger)

    def _publish(  # noqa: PLR0917 - what is recorded of it
        self,
        found: Found,
        problems: tuple[Problem, ...],
        made: Sequence[Output],
        known: Mapping[str, Published | None],
        more: int,
        ledger: str,
    ) -> Done:
        """Record the site as it is now, with so many files more, and put it in place."""
        job, plan, facts = self.job, self.plan, self.record.facts
        job.memory.store()
        after = facts_of(
            plan.site,
            job.now,
            plan.next_change,
            inputs=facts.inputs,
            generation=job.memory.generation,
            frame=facts.frame,
            outputs=facts.outputs + more,
            problems=problems,
            drafts=facts.drafts,
            base_url=facts.base_url,
            ledger=ledger,
        )
        order = {output.path: plan.order_of(output.path) for output in made}
        seal(job.record, "")
        self.record.update(after, self.change, found, self.were)
        self.record.close()
        mark = mark_of(job.record)
        seal(job.record, mark)
        with undisturbed():
            changes = job.transaction.commit(mark, order.get)
        note_reasons(job, changes, known.get)
        return Done(after.articles, after.outputs, changes, problems, after.until, after.left_out)

    def _outputs(self) -> dict[str, Output | None]:
        """What stands by now at all paths that the change touches; None where nothing does."""
        plan, known = self.plan, self.job.transaction.before
        outputs = {path: plan.at(path) for path in plan.touched(self.change, self.before)}
        moved = [
            path for path, made in outputs.items() if (made is None) != (known.get(path) is None)
        ]
        for path in plan.naming(self.change, map(address_of, moved)):
            if path not in outputs:
                outputs[path] = plan.at(path)
        return dict(sorted(outputs.items()))

    def _is_contested(self, output: Output) -> bool:
        """Whether something else stands, or would stand, where an Output goes."""
        before = self.job.transaction.before
        if self.plan.is_contested(output.path):
            return True
        clashes = () if before.get(output.path) else before.clashes(output.path)
        return any(self.plan.at(path) for path in clashes)


def build_all(job: Job, reads: Iterable[ReadFile]) -> Done:
    """Build the site from all its texts. Raises SiteError when problems stop it."""
    job.memory.store()
    reads = tuple(reads)
    news = news_of(reads)
    texts = {f"text:{read.path}": read.problems for read in reads if read.problems}
    left_out: frozenset[str] = frozenset()
    told: tuple[Problem, ...] = ()
    book = opened_book(job)
    while True:
        change, plan = _arranged(job, news | dict.fromkeys(left_out, BROKEN), book)
        found = {"site": (*job.problems, *job.found.faults)} | texts | in_plan(plan, None)
        found |= too_large(plan, None)
        found["plan:links"] = tuple(stray_links(plan.slots, job.found.targets))
        found["plan:files"] = too_many_files(len(plan.slots), job.config)
        found["plan:addresses"] = book.problems() if book else ()
        if not _has_error(found):
            job.transaction.from_nothing()
        found |= _pages(render(plan.frame, plan.slots, job))
        if job.keep_going or not _has_error(found):
            found |= _pages(_placed_pictures(publish_pictures(plan.slots, job), plan))
        found = _placed(found, job, {}, frozenset())
        told = problems = final(found, job, told)
        more = faulty_texts(problems) - change.after.broken
        if not more:
            break
        # With `keep_going` only: the rest is made as if these texts were not there.
        left_out |= more
        job.transaction.restart()
    told = told_once(problems, is_archive=of_archive(plan.site, job.config))
    return _publish(job, plan, found, told, book)


def _arranged(job: Job, news: Mapping[str, Any], book: AddressBook | None) -> tuple[Change, Plan]:
    """Everything in its order; old addresses lead on where the ledger proves where to."""
    view, kinds = view_of(job), kinds_of(job)
    ledger = book.value if book else None
    while True:
        more = {LEDGER: ledger} if ledger else {}
        change = put(empty_site(view), {**news, **more}, view)
        plan = Plan(change.after, job.config, job.theme.files, kinds)
        found = book.reckoned(plan) if book and ledger is book.value else None
        if found is None:
            return change, plan
        ledger = found


def _publish(
    job: Job,
    plan: Plan,
    found: Found,
    problems: tuple[Problem, ...],
    book: AddressBook | None,
) -> Done:
    site = plan.site
    for source in sorted(site.broken):
        job.transaction.keep(source)
    guard_pages(job, site, plan.slots, problems)
    is_whole = not site.broken and not any(problem.is_error for problem in problems)
    ledger = book.after_all(plan) if book and is_whole else ""
    job.memory.store()
    mark = _record(job, plan, found, problems, ledger) if is_whole else ""
    with undisturbed():
        changes = job.transaction.commit(mark, plan.order_of)
    note_reasons(job, changes, job.transaction.before.files.get)
    tidy_pictures(plan.slots, job)
    unseen = unseen_in(site)
    return Done(len(site.articles), len(plan.slots), changes, problems, plan.next_change, unseen)


def _record(job: Job, plan: Plan, found: Found, problems: tuple[Problem, ...], ledger: str) -> str:
    """Write down what the site is, for the next build to begin from."""
    facts = facts_of(
        plan.site,
        job.now,
        plan.next_change,
        inputs=job.inputs,
        generation=job.memory.generation,
        frame=digest(plan.frame),
        outputs=len(plan.slots),
        problems=problems,
        drafts=job.drafts,
        base_url=job.config.base_url,
        ledger=ledger,
    )
    seal(job.record, "")
    mark = store_record(job.record, facts, plan.site, found)
    seal(job.record, mark)
    return mark


def too_large(plan: Plan, change: Change | None) -> Found:
    """The files that a host does not take; after a change, among those that are others."""
    files = plan.site.files
    looked_at = filter(None, map(files.get, files if change is None else change.files))
    large = too_large_files(looked_at, plan.config)
    return {f"size:{path}": told for path, told in large}


def in_plan(plan: Plan, change: Change | None) -> Found:
    """What is wrong with the site as a whole, by what was looked at."""
    site = plan.site
    found = {f"plan:{name}": told for name, told in plan.problems(change).items()}
    found |= {"plan:site": site.problems, "plan:slips": likely_slips(site)}
    files = site.every_file if change is None else files_to_name(change)
    stories = site.articles if change is None else _touched_stories(change)
    for problem in story_faults(site, stories):
        unit = f"story:{problem.place.path}"
        found[unit] = (*found.get(unit, ()), problem)
    shown = site.files if change is None else change.files | change.named
    found |= {f"picture:{path}": told for path, told in doubtful_pictures(site, shown)}
    found |= {f"file:{path}": (told,) for path, told in unnamed_files(site, files)}
    names = site.files if change is None else change.files
    looked_at = filter(None, map(site.files.get, names))
    return found | {f"told:{path}": (told,) for path, told in telling_files(looked_at)}


def _touched_stories(change: Change) -> list[Article]:
    """The stories that a change makes others, or shows with another picture."""
    return [*(edit.new for edit in change.edits if edit.new), *change.recarded]


def _page_of(unit: str) -> str:
    """The path of the page in which something is wrong, if it is in a page."""
    kind, _, about = unit.partition(":")
    return about if kind == "page" else ""


def _placed_pictures(told: Found, plan: Plan) -> Found:
    """The same faults of pictures, told of the texts that name these."""
    files = plan.site.files
    return {
        path: tuple(
            placed
            for problem in problems
            for placed in (
                *(
                    where_shown(files[problem.place.path], problem.message, plan.site)
                    if problem.place.path in files
                    else ()
                ),
            )
            or (problem,)
        )
        for path, problems in told.items()
    }


def _pages(problems: Mapping[str, tuple[Problem, ...]]) -> Found:
    return {f"page:{path}": told for path, told in problems.items()}


def _has_error(found: Found) -> bool:
    return any(problem.is_error for told in found.values() for problem in told)


def _placed(found: Found, job: Job, were: Found, news: frozenset[str]) -> Found:
    """The same, each problem with its place; those in files that are as they were, as before."""
    known = {
        replace(
            problem, place=replace(problem.place, line=0, column=0), excerpt="", width=1
        ): problem
        for told in were.values()
        for problem in told
        if problem.keys and problem.place.path not in news
    }
    units = [unit for unit, told in found.items() for _ in told]
    problems = [known.get(problem) or problem for told in found.values() for problem in told]
    left: Found = {}
    for unit, problem in zip(units, all_placed(problems, job.site, job.config.keys), strict=True):
        left[unit] = (*left.get(unit, ()), problem)
    return left


def final(found: Found, job: Job, before: Iterable[Problem] = ()) -> tuple[Problem, ...]:
    """All that is wrong, in order. Raises SiteError where that stops the build."""
    told = (problem for unit in sorted(found) for problem in found[unit])
    strict, keep_going = job.config.strict, job.keep_going
    return final_problems((*before, *told), site=job.site, strict=strict, keep_going=keep_going)
