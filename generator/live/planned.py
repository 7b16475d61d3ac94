"""What the preview asks of a plan: one Output at a time, and the same again after an edit."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from generator.model.addresses import output_path
from generator.model.article import Newsroom
from generator.model.config import Config
from generator.model.outputs import Frame, Output, ThemeFile
from generator.model.problems import Problem
from generator.model.site import Site
from generator.plan.arrange import arrange
from generator.plan.edits import Edit, edited
from generator.plan.files import unnamed_files
from generator.plan.flatplan import Flatplan
from generator.plan.planners import plan_site
from generator.plan.subjects import all_subjects
from generator.plan.tag_slips import likely_slips
from generator.plan.visibility import is_visible

MOST_EDITS = 20
"""Changed articles beyond which arranging everything anew is as good."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be planned: by which configuration, theme and clock.

    With `held`, stories that readers do not see yet, or any more, are shown too.
    """

    config: Config
    theme: tuple[ThemeFile, ...]
    now: datetime
    held: bool


class Planned(Protocol):
    """A plan that is asked for one Output at a time."""

    @property
    def frame(self) -> Frame:
        """What every page shows."""
        ...

    @property
    def next_change(self) -> datetime | None:
        """When the site changes without an edit."""
        ...

    def output(self, path: str) -> Output | None:
        """The Output at a path of the output folder."""
        ...

    def page_of(self, source: str) -> str:
        """The path of the page that is made from a text file; empty when there is none."""
        ...

    def problems(self) -> tuple[Problem, ...]:
        """All that is wrong with the plan as a whole. Slow: it makes every Output.

        Nothing is changed by it, so it may be called in another thread.
        """
        ...

    def after(self, newsroom: Newsroom, wanted: Wanted, changed: frozenset[str]) -> "Planned":
        """The plan after some files have `changed`."""
        ...


class SitePlan:
    """The plan of a whole Site, which makes no Output before it is asked for."""

    def __init__(
        self,
        newsroom: Newsroom,
        wanted: Wanted,
        arranged: Site | None = None,
        found: tuple[Problem, ...] = (),
    ) -> None:
        self._newsroom, self._wanted = newsroom, wanted
        if arranged is None:
            arranged, found = arrange(newsroom, wanted.config, wanted.now, held=wanted.held)
        self._site, self._found = arranged, found
        self._flatplan = Flatplan(self._site, wanted.config, wanted.theme)
        self.next_change = None if wanted.held else arranged.next_change

    @property
    def frame(self) -> Frame:
        """What every page shows."""
        return self._flatplan.frame

    def output(self, path: str) -> Output | None:
        """The Output at a path of the output folder."""
        return self._flatplan.at(path)

    def page_of(self, source: str) -> str:
        """The path of the page that is made from a text file; empty when there is none."""
        found = self._site.article_of.get(source)
        address = found.address if found else self._address_of(source)
        return output_path(address) if address else ""

    def _address_of(self, source: str) -> str:
        """Where the page of a text that is no article stands."""
        site = self._site
        pages = ((page.source.path, page.address) for page in site.pages)
        subjects = (
            (about.source.path, about.front)
            for about in all_subjects(site, self._wanted.config)
            if about.source
        )
        return dict((*subjects, *pages)).get(source, "")

    def problems(self) -> tuple[Problem, ...]:
        """All that is wrong with the plan as a whole; slow."""
        _, found = plan_site(self._site, self._wanted.config, self._wanted.theme)
        newsroom = self._newsroom
        return (*self._found, *found, *unnamed_files(newsroom), *likely_slips(newsroom))

    def after(self, newsroom: Newsroom, wanted: Wanted, changed: frozenset[str]) -> "SitePlan":
        """The plan after some files have changed; only what follows from them is arranged."""
        before = self._wanted
        is_same_frame = (wanted.config, wanted.held) == (before.config, before.held)
        site = self._edited(newsroom, wanted, changed) if is_same_frame else None
        return SitePlan(newsroom, wanted, site, self._found if site else ())

    def _edited(self, newsroom: Newsroom, wanted: Wanted, changed: frozenset[str]) -> Site | None:
        """The Site with some articles changed; None where it must be arranged anew."""
        if len(changed) > MOST_EDITS or newsroom.broken != self._newsroom.broken:
            return None
        if not all(path.startswith("content/articles/") for path in changed):
            return None
        if self.next_change is not None and self.next_change <= wanted.now:
            return None
        site: Site | None = replace(self._site, now=wanted.now)
        for edit in self._edits(newsroom, changed):
            is_shown = wanted.held or not edit.new or is_visible(edit.new, wanted.now, drafts=False)
            site = edited(site, edit) if site and is_shown else None
        return site

    def _edits(self, newsroom: Newsroom, changed: frozenset[str]) -> Iterator[Edit]:
        """What became of the articles, in order of their paths."""
        new = {a.source.path: a for a in newsroom.articles if a.source.path in changed}
        for path in sorted(changed):
            edit = Edit(self._site.article_of.get(path), new.get(path))
            if edit.old != edit.new:
                yield edit
