"""What the preview asks of a plan: one Output at a time, and the same again after an edit."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Protocol

from generator.live.reading import is_text
from generator.model.addresses import output_path
from generator.model.article import Article, Newsroom, SourceFile
from generator.model.config import Config
from generator.model.layouts import ThemeFile
from generator.model.outputs import Frame, Output
from generator.model.problems import Problem
from generator.model.site import Site
from generator.model.values import frozen, replace
from generator.plan.affected import affected
from generator.plan.arrange import arrange
from generator.plan.cards import Cards
from generator.plan.edits import Edit, edited, with_files
from generator.plan.files import unnamed_files
from generator.plan.flatplan import Flatplan
from generator.plan.planners import plan_site
from generator.plan.sitemaps import news_sitemap_change
from generator.plan.subjects import all_subjects
from generator.plan.tag_slips import likely_slips
from generator.plan.visibility import is_visible, release

MOST_EDITS = 20
"""Changed files beyond which arranging everything anew is as good."""


@frozen
class Wanted:
    """What is to be planned: by which configuration, theme and clock.

    With `held`, stories that readers do not see yet, or any more, are shown too.
    """

    config: Config
    theme: tuple[ThemeFile, ...]
    now: datetime
    held: bool


class Contents(Protocol):
    """What was read of the site's files, asked for no more than is needed."""

    @property
    def newsroom(self) -> Newsroom:
        """All of it. Slow: it fetches what is only remembered."""
        ...

    @property
    def broken(self) -> tuple[str, ...]:
        """The files of which nothing can be known."""
        ...

    def article(self, path: str) -> Article | None:
        """The article that a text file holds."""
        ...

    def file(self, path: str) -> SourceFile | None:
        """What there is of a file that is no text."""
        ...


class SitePlan:
    """The plan of a whole Site, which makes no Output before it is asked for.

    `broken` are the texts that are left out of the Site. `is_proven` tells that, but for texts
    that were edited, what is wrong with the plan as a whole is the same as with the one before.
    At `next_change` something of the site changes without an edit.
    """

    def __init__(
        self,
        site: Site,
        wanted: Wanted,
        broken: tuple[str, ...] = (),
        found: tuple[Problem, ...] = (),
        *,
        is_proven: bool = False,
    ) -> None:
        self.site, self.wanted, self.is_proven = site, wanted, is_proven
        self.broken, self._found = broken, found
        self._flatplan = Flatplan(site, wanted.config, wanted.theme)
        news = news_sitemap_change(site) if wanted.config.outputs.news_sitemap else None
        self.next_change = _earliest((site.next_change, news))

    @property
    def frame(self) -> Frame:
        """What every page shows."""
        return self._flatplan.frame

    def output(self, path: str) -> Output | None:
        """The Output at a path of the output folder."""
        return self._flatplan.at(path)

    def page_of(self, source: str) -> str:
        """The path of the page that is made from a text file; empty when there is none."""
        found = self.site.article_of.get(source)
        address = found.address if found else self._address_of(source)
        return output_path(address) if address else ""

    def _address_of(self, source: str) -> str:
        """Where the page of a text that is no article stands."""
        site = self.site
        pages = ((page.source.path, page.address) for page in site.pages)
        subjects = (
            (about.source.path, about.front)
            for about in all_subjects(site, self.wanted.config)
            if about.source
        )
        return dict((*subjects, *pages)).get(source, "")

    def problems(self, newsroom: Newsroom) -> tuple[Problem, ...]:
        """All that is wrong with the plan as a whole. Slow: it makes every Output."""
        _, found = plan_site(self.site, self.wanted.config, self.wanted.theme)
        return (*self._found, *found, *unnamed_files(newsroom), *likely_slips(newsroom))

    def after(self, contents: Contents, wanted: Wanted, changed: frozenset[str]) -> "SitePlan":
        """The plan after some files have changed; only what follows from them is arranged."""
        before = self.wanted
        is_same_frame = (wanted.config, wanted.held) == (before.config, before.held)
        done = self._edited(contents, wanted, changed) if is_same_frame else None
        if done is None:
            return arranged(contents.newsroom, wanted)
        site, is_proven = done
        is_proven = is_proven and wanted.theme == before.theme
        return SitePlan(site, wanted, self.broken, self._found, is_proven=is_proven)

    def _edited(
        self, contents: Contents, wanted: Wanted, changed: frozenset[str]
    ) -> tuple[Site, bool] | None:
        """The Site with some articles and files changed; None where it must be arranged anew.

        With it comes whether no more than that can be wrong with it.
        """
        texts = frozenset(filter(is_text, changed))
        if not self._is_small(contents, wanted, changed, texts):
            return None
        files = {path: contents.file(path) for path in changed - texts}
        there = {path: file for path, file in files.items() if file}
        site = with_files(self.site, there) if len(there) == len(files) else None
        if site is None:
            return None
        site, is_proven = replace(site, now=wanted.now), not files
        for edit in self._edits(contents, texts):
            is_shown = wanted.held or not edit.new or is_visible(edit.new, wanted.now, drafts=False)
            after = edited(site, edit) if is_shown else None
            if after is None or (edit.new and _lacks_picture(edit.new, after)):
                return None
            is_proven = is_proven and _is_harmless(site, after, edit, wanted.config)
            changes = (after.next_change, *_instants(edit, wanted.now))
            site = replace(after, next_change=_earliest(changes))
        return site, is_proven

    def _is_small(
        self, contents: Contents, wanted: Wanted, changed: frozenset[str], texts: frozenset[str]
    ) -> bool:
        """Whether a change is one of few stories and files, in which nothing was wrong before."""
        due = self.site.next_change
        return (
            len(changed) <= MOST_EDITS
            and contents.broken == self.broken
            and all(path.startswith("content/articles/") for path in texts)
            and changed.isdisjoint(problem.place.path for problem in self._found)
            and self.wanted.now <= wanted.now
            and (due is None or wanted.now < due)
        )

    def _edits(self, contents: Contents, changed: frozenset[str]) -> Iterator[Edit]:
        """What became of the articles, in order of their paths."""
        for path in sorted(changed):
            edit = Edit(self.site.article_of.get(path), contents.article(path))
            if edit.old != edit.new:
                yield edit


def arranged(newsroom: Newsroom, wanted: Wanted) -> SitePlan:
    """The plan of everything that was read."""
    site, found = arrange(newsroom, wanted.config, wanted.now, held=wanted.held)
    return SitePlan(site, wanted, newsroom.broken, found)


def _is_harmless(before: Site, after: Site, edit: Edit, config: Config) -> bool:
    """Whether an edit can make nothing wrong anywhere but in its own text."""
    return edit.new is not None and affected(before, after, edit, config) is not None


def _lacks_picture(article: Article, site: Site) -> bool:
    """Whether an article's picture is missing, which is told by arranging everything."""
    return not isinstance(site.cards, Cards) or bool(site.cards.faults([article]))


def _instants(edit: Edit, now: datetime) -> Iterator[datetime]:
    """When an article that was edited comes and goes, as far as that is to be."""
    if edit.new:
        instants = (release(edit.new), edit.new.expires)
        yield from (instant for instant in instants if instant and instant > now)


def _earliest(instants: Iterable[datetime | None]) -> datetime | None:
    return min((instant for instant in instants if instant), default=None)
