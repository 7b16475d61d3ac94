"""A whole build: everything is read, arranged and planned, and what is stale is rendered."""

from generator.model.article import Newsroom
from generator.model.plan import Plan
from generator.model.problems import Problem
from generator.model.site import Site
from generator.plan.arrange import arrange
from generator.plan.files import unnamed_files
from generator.plan.planners import plan_site
from generator.plan.tag_slips import likely_slips
from generator.stages.emptiness import guard_pages
from generator.stages.facts import Facts, seal
from generator.stages.interrupts import undisturbed
from generator.stages.job import Done, Job, digest_of
from generator.stages.reasons import note_reasons
from generator.stages.record import entries, month_entries, slug_entries, store_record
from generator.stages.rendering import render_plan, stray_links
from generator.stages.settling import faulty_texts, settle


def build_whole(job: Job, newsroom: Newsroom, text_problems: tuple[Problem, ...]) -> Done:
    """Build the site from all its texts. Raises SiteError when problems stop it."""
    job.memory.store()
    found = (*job.problems, *text_problems, *unnamed_files(newsroom), *likely_slips(newsroom))
    while True:
        site, site_problems = arrange(newsroom, job.config, job.now, drafts=job.drafts)
        plan, plan_problems = plan_site(site, job.config, job.theme.files)
        links = stray_links(plan.slots, job.found.targets)
        found = (*found, *site_problems, *plan_problems, *links)
        if not any(problem.is_error for problem in found):
            job.transaction.from_nothing()
        found = (*found, *render_plan(plan, job))
        problems = settle(found, site=job.site, strict=job.config.strict, keep_going=job.keep_going)
        left_out = faulty_texts(problems) - set(newsroom.broken)
        if not left_out:
            break
        # With `keep_going` only: the rest is made as if these texts were not there.
        newsroom = newsroom.without(left_out)
        job.transaction.restart()
    for source in newsroom.broken:
        job.transaction.keep(source)
    guard_pages(job, plan.slots, problems)
    mark = "" if newsroom.broken else _record(job, site, plan, problems)
    with undisturbed():
        changes = job.transaction.commit(mark)
    note_reasons(job, changes, job.transaction.before.files.get)
    unseen = tuple(filter(None, site.unpublished.values()))
    return Done(len(site.articles), len(plan.slots), changes, problems, plan.next_change, unseen)


def _record(job: Job, site: Site, plan: Plan, problems: tuple[Problem, ...]) -> str:
    """Write down what the site is, for the next build to begin from."""
    everything = {file.path for file in job.found.files if not file.is_text}
    facts = Facts(
        inputs=job.inputs,
        generation=job.memory.generation,
        frame=digest_of(plan.frame),
        now=job.now,
        until=plan.next_change,
        next_change=site.next_change,
        articles=len(site.articles),
        outputs=len(plan.slots),
        problems=problems,
        pages=tuple(page.source.path for page in site.pages),
        concealed=tuple(sorted(everything - site.files.keys())),
        unpublished=entries(site.unpublished),
        unpublished_slugs=tuple(sorted(site.unpublished_slugs)),
        named_texts=tuple(sorted(site.named_texts)),
        tag_keys=slug_entries(site.tag_of),
        author_slugs=slug_entries(site.author_of),
        month_changes=month_entries(site),
    )
    seal(job.record, "")
    mark = store_record(job.record, facts, site)
    seal(job.record, mark)
    return mark
