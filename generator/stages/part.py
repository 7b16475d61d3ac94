"""A build of a part: where a few stories changed, only what they reach is planned and rendered.

It begins from the record of the last build. Whatever is out of the ordinary (another option,
a file that went, a story's first tag, a problem) is left to a build of the whole, which knows
everything; so what is done here is only ever what that would do.
"""

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from datetime import datetime

from generator.model.article import Article
from generator.model.outputs import Output
from generator.model.plan import Plan
from generator.model.problems import Problem
from generator.model.site import Site
from generator.model.values import replace
from generator.plan.affected import affected
from generator.plan.cards import Cards
from generator.plan.edits import Edit, edited
from generator.plan.flatplan import Flatplan
from generator.plan.sitemaps import news_sitemap_change
from generator.plan.visibility import is_visible
from generator.publish.manifest import Published
from generator.read.memory import DamagedError, ReadFile
from generator.stages.emptiness import guard_pages
from generator.stages.facts import Facts, seal
from generator.stages.interrupts import undisturbed
from generator.stages.job import Done, Job, digest_of
from generator.stages.reasons import note_reasons
from generator.stages.record import Record, month_entries, open_record, update_record
from generator.stages.rendering import render_plan
from generator.stages.settling import settle


def build_part(job: Job, facts: Facts, news: tuple[ReadFile, ...]) -> Done | None:
    """Build what some changed texts reach; None, with nothing done, where that may not do.

    `facts` are those of the last build's record.
    """
    try:
        job.memory.ask_often()
        with closing(open_record(job.record, facts, job.memory)) as record:
            return _built(job, record, news)
    except (DamagedError, sqlite3.Error):
        job.memory.was_damaged = True
    job.transaction.restart()
    return None


def _built(job: Job, record: Record, news: tuple[ReadFile, ...]) -> Done | None:
    if {read.path for read in news} & {problem.place.path for problem in record.facts.problems}:
        return None  # of some warnings only a look at all texts can tell whether they stand
    before = record.site(job.config, job.now)
    found = _edited(job, before, news)
    if found is None:
        return None
    after, reached = found
    flatplan = Flatplan(after, job.config, job.theme.files)
    if digest_of(flatplan.frame) != record.facts.frame:
        return None
    transaction = job.transaction
    outputs = [(path, flatplan.at(path)) for path in sorted(reached)]
    made = tuple(output for _, output in outputs if output)
    known = {path: transaction.before.get(path) for path in reached}
    new = [output.path for output in made if known[output.path] is None]
    if any(_is_contested(output, known[output.path], flatplan, job) for output in made):
        return None
    gone = [path for path, output in outputs if output is None and known[path]]
    until = _earliest((after.next_change, news_sitemap_change(after)))
    transaction.partial()
    for path in gone:
        transaction.remove(path)
    faults = render_plan(Plan(flatplan.frame, made, until), job, are_layouts_sound=True)
    if any(problem.is_error for problem in faults):
        transaction.restart()
        return None
    problems = _problems(job, record, news, faults)
    guard_pages(job, made, problems)
    facts = replace(
        record.facts,
        now=job.now,
        until=until,
        next_change=after.next_change,
        articles=len(after.articles),
        outputs=record.facts.outputs + len(new) - len(gone),
        problems=problems,
        named_texts=tuple(sorted(after.named_texts)),
        month_changes=month_entries(after),
    )
    job.memory.store()
    facts = replace(facts, generation=job.memory.generation)
    record.close()
    seal(job.record, "")
    mark = update_record(job.record, facts, before, after)
    seal(job.record, mark)
    with undisturbed():
        changes = transaction.commit(mark)
    note_reasons(job, changes, known.get)
    return Done(facts.articles, facts.outputs, changes, problems, until, facts.left_out)


def _is_contested(output: Output, was: Published | None, flatplan: Flatplan, job: Job) -> bool:
    """Whether something else stands, or would stand, where an Output goes: an error to be told."""
    if was:
        return was.source != output.source
    return bool(job.transaction.before.clashes(output.path)) or flatplan.is_contested(output.path)


def _edited(job: Job, site: Site, news: Iterable[ReadFile]) -> tuple[Site, frozenset[str]] | None:
    """The Site with all the news in it, and the paths that they reach."""
    reached: set[str] = set()
    for read in news:
        new = read.value
        if not isinstance(new, Article) or not is_visible(new, job.now, drafts=job.drafts):
            return None
        edit = Edit(site.article_of.get(read.path), new)
        after = edited(site, edit)
        paths = affected(site, after, edit, job.config) if after else None
        if after is None or paths is None or _has_no_picture(after, new):
            return None
        reached |= paths
        site = after
    return site, frozenset(reached)


def _has_no_picture(site: Site, article: Article) -> bool:
    return isinstance(site.cards, Cards) and bool(site.cards.faults([article]))


def _problems(
    job: Job,
    record: Record,
    news: Iterable[ReadFile],
    faults: Iterable[Problem],
) -> tuple[Problem, ...]:
    """All warnings as a whole build would tell them; there were none of the texts that are news."""
    fresh = [problem for read in news for problem in read.problems]
    found = (*record.facts.problems, *fresh, *faults)
    settled = settle(found, site=job.site, strict=job.config.strict, keep_going=job.keep_going)
    return tuple(dict.fromkeys(settled))


def _earliest(instants: Iterable[datetime | None]) -> datetime | None:
    return min((instant for instant in instants if instant), default=None)
