"""The plan of a site that is edited: the same again after a change, made of what has changed."""

from datetime import datetime
from typing import Protocol

from generator.model.addresses import output_path
from generator.model.article import Article
from generator.model.body import BodyFacts
from generator.model.config import Config
from generator.model.kinds import NO_KINDS, Kinds
from generator.model.layouts import ThemeFile
from generator.model.outputs import Frame, Output
from generator.model.policy import Policy
from generator.model.problems import Problem
from generator.model.site import Site
from generator.model.values import frozen, replace
from generator.plan.arrange import empty_site, put
from generator.plan.change import Change, Edit
from generator.plan.kinds import KINDS, reserved_by
from generator.plan.kinds import Kinds as PageKinds
from generator.plan.own_files import mentions_of
from generator.plan.plan import Plan
from generator.plan.view import News, View
from generator.read.newsroom import section_names
from generator.stages.building import in_plan


@frozen
class Wanted:
    """What is to be planned: by which configuration, theme and clock.

    With `held`, stories that readers do not see yet, or any more, are shown too.
    """

    config: Config
    theme: tuple[ThemeFile, ...]
    now: datetime
    held: bool
    kinds: Kinds = NO_KINDS

    @property
    def page_kinds(self) -> PageKinds:
        """All kinds of file that the site publishes."""
        return (*KINDS, *self.kinds.pages)

    @property
    def view(self) -> View:
        """How the site is looked at."""
        names, reserved = section_names(self.config), reserved_by(self.page_kinds)
        return View(self.config, self.now, names, reserved, held=self.held)


class Contents(Protocol):
    """What was read of the site's files, asked for no more than is needed."""

    @property
    def everything(self) -> News:
        """All of it. Slow: it fetches what is only remembered."""
        ...

    def news(self, paths: frozenset[str]) -> News:
        """What some files hold by now."""
        ...


class SitePlan:
    """The plan of a whole Site, which makes no Output before it is asked for.

    `is_still_checked` tells that, but for texts that were edited, what is wrong with the plan as a
    whole is the same as with the one before. At `next_change` something of the site changes
    without an edit.
    """

    def __init__(self, site: Site, wanted: Wanted, *, is_still_checked: bool = False) -> None:
        self.site, self.wanted, self.is_still_checked = site, wanted, is_still_checked
        self._plan = Plan(site, wanted.config, wanted.theme, wanted.page_kinds)
        self.next_change = self._plan.next_change

    @property
    def frame(self) -> Frame:
        """What every page shows."""
        return self._plan.frame

    @property
    def policy(self) -> Policy:
        """The content security policy that pages are sent with."""
        return self._plan.policy

    def output(self, path: str) -> Output | None:
        """The Output at a path of the output folder."""
        return self._plan.at(path)

    def page_of(self, source: str) -> str:
        """The path of the page that is made from a text file; empty when there is none."""
        address = self._plan.address_of(source)
        return output_path(address) if address else ""

    def problems(self) -> tuple[Problem, ...]:
        """All that is wrong with the plan as a whole. Slow: it looks at everything."""
        wanted = self.wanted
        plan = Plan(self.site, wanted.config, wanted.theme, wanted.page_kinds)
        found = in_plan(plan, None)
        return tuple(problem for unit in sorted(found) for problem in found[unit])

    def after(self, contents: Contents, wanted: Wanted, changed: frozenset[str]) -> "SitePlan":
        """The plan after some files have changed, as everything would be planned by now."""
        before = self.wanted
        is_same_look = (wanted.config, wanted.held) == (before.config, before.held)
        if not is_same_look or wanted.now < before.now:
            return arranged(contents.everything, wanted)
        change = put(self.site, contents.news(changed), wanted.view)
        is_still_checked = wanted.theme == before.theme and _is_harmless(change)
        return SitePlan(change.after, wanted, is_still_checked=is_still_checked)


def arranged(news: News, wanted: Wanted) -> SitePlan:
    """The plan of everything that was read."""
    view = wanted.view
    return SitePlan(put(empty_site(view), news, view).after, wanted)


def _is_harmless(change: Change) -> bool:
    """Whether a change can make nothing wrong anywhere but in its own texts."""
    if change.texts or change.files or change.before.hidden != change.after.hidden:
        return False
    return all(map(_keeps_its_place, change.edits))


def _keeps_its_place(edit: Edit) -> bool:
    """Whether nothing of a story is another that something elsewhere can be at odds with."""
    old, new = edit.old, edit.new
    return old is not None and new is not None and _ties(old) == _ties(new)


def _ties(article: Article) -> object:
    """All of a story with which something elsewhere can be at odds."""
    plain = replace(article, source=replace(article.source, digest="", facts=BodyFacts()))
    words = {"title": "", "summary": "", "kicker": "", "short_title": "", "seo_title": ""}
    return replace(plain, **words), mentions_of(article)
