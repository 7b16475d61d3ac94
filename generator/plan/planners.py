"""The whole plan: every Output of a Site, from one list of planners.

A new kind of page is one more planner, one layout, and one line here.
"""

from collections.abc import Callable
from functools import partial

from generator.model.config import Config
from generator.model.layouts import ThemeFile
from generator.model.outputs import Output
from generator.model.plan import Plan, Planned, Slot
from generator.model.problems import Problem
from generator.model.site import Site
from generator.plan.archive import plan_archive
from generator.plan.articles import plan_articles
from generator.plan.collisions import find_collisions
from generator.plan.config_links import dead_config_links
from generator.plan.feeds import feed_formats, plan_feeds
from generator.plan.files import plan_files
from generator.plan.frame import asset_address, make_frame, plan_assets
from generator.plan.front import plan_front
from generator.plan.host_files import plan_host_files
from generator.plan.indexes import plan_indexes
from generator.plan.links import LinkResolver
from generator.plan.listings import plan_authors, plan_sections, plan_tags
from generator.plan.redirects import alias_addresses, plan_redirects
from generator.plan.sitemaps import INDEX, NEWS, news_sitemap_change, plan_sitemaps
from generator.plan.standing import plan_not_found, plan_standing
from generator.plan.subjects import all_subjects

Planner = Callable[[Site, Config, LinkResolver], Planned[Slot | Output]]

PLANNERS: tuple[Planner, ...] = (
    plan_front,
    plan_articles,
    plan_sections,
    plan_tags,
    plan_authors,
    plan_indexes,
    plan_archive,
    plan_standing,
    plan_not_found,
    plan_feeds,
    plan_files,
    plan_sitemaps,
)


def further_addresses(site: Site, config: Config) -> frozenset[str]:
    """Where links may lead beside texts and listings: feeds, sitemaps, old addresses."""
    on = config.outputs
    fronts = ["/", *(subject.front for subject in all_subjects(site, config) if subject.has_feeds)]
    feeds = (front + form.file for front in fronts for form in feed_formats(config))
    files = {
        INDEX: on.sitemap,
        NEWS: on.news_sitemap,
        "/robots.txt": on.robots and not config.base.path,
        "/404.html": on.not_found,
    }
    there = (address for address, is_there in files.items() if is_there)
    return frozenset((*feeds, *there, *alias_addresses(site, config)))


def plan_site(
    site: Site, config: Config, theme: tuple[ThemeFile, ...]
) -> tuple[Plan, tuple[Problem, ...]]:
    """A place for every file of the site, and all that is wrong with the plan."""
    links = LinkResolver(site, config, partial(further_addresses, site, config))
    slots: list[Slot | Output] = [*plan_assets(theme)]
    problems: list[Problem] = []
    for planner in PLANNERS:
        more, faults = planner(site, config, links)
        slots += more
        problems += faults
    pages, redirects, faults = plan_redirects(site, config, slots)
    slots += pages
    problems += faults
    slots += plan_host_files(config, redirects, [asset_address(file) for file in theme])
    frame, faults = make_frame(site, config, theme)
    problems += (*faults, *find_collisions(slots))
    there, old = (slot.path for slot in slots), (redirect.from_address for redirect in redirects)
    problems += dead_config_links(site, config, there, old)
    ordered = tuple(sorted(slots, key=lambda slot: (slot.path, slot.source)))
    changes = [t for t in (site.next_change, news_sitemap_change(site)) if t is not None]
    return Plan(frame, ordered, min(changes, default=None)), tuple(problems)
