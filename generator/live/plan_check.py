"""Checking the plan: what is wrong with a plan as a whole, found out by another process.

It makes every Output, which takes a while on a large site, and would hold up every page if it
were done here.
"""

from pathlib import Path

from generator.live.planned import SitePlan, Wanted, arranged
from generator.live.reading import has_changed, read_site
from generator.live.saved_site import load_site, save_site
from generator.model.problems import Problem
from generator.model.values import frozen
from generator.read.kinds import TEXTS
from generator.read.memory import open_memory
from generator.read.newsroom import gone, one_by_one, survey
from generator.stages.building import news_of
from generator.stages.version import code_version
from generator.stages.workers import Workers


@frozen
class CheckTask:
    """A site, and how it is to be planned."""

    site: Path
    wanted: Wanted


@frozen(eq=False)
class PlanCheck:
    """A plan to be checked."""

    task: CheckTask
    planned: SitePlan

    def problems(self) -> tuple[Problem, ...]:
        """All that is wrong with the plan as a whole; slow, and best asked for in another thread.

        What is on disk by now is looked at: a change since the plan was made makes another plan.
        """
        with Workers(1) as workers:
            ((_, found),) = workers.each(check_plan, [self.task])
        return () if isinstance(found, Exception) else found


def check_plan(task: CheckTask) -> tuple[Problem, ...]:
    """What is wrong with the plan of a site; what is remembered is kept for the next preview."""
    site, wanted = task.site, task.wanted
    kinds = (*TEXTS, *wanted.kinds.texts)
    found = survey(site, wanted.config, kinds)
    with open_memory(site, wanted.config, code_version(site), kinds=kinds) as memory:
        memory.load(found.section_slugs)
        is_known = not gone(found, memory) and not any(
            has_changed(memory, site, file) for file in found.files
        )
        reads, _ = read_site(site, wanted.config, found, one_by_one, memory=memory)
        in_files = (*found.faults, *(problem for read in reads for problem in read.problems))
        planned = arranged(news_of(reads), wanted)
        problems = planned.problems()
        if is_known:
            save_site(site, planned, memory, found.section_slugs, (*in_files, *problems))
        elif load_site(site, wanted, memory, found.section_slugs) is None:
            planned = arranged(news_of(memory.recall(memory.stamps)), wanted)
            save_site(site, planned, memory, found.section_slugs)
    return problems
