"""The live site: answers for any address, from what stands on disk now."""

import os
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from pathlib import Path
from typing import TypeVar

from generator.live.answers import Answer, asked_path, media_type
from generator.live.disk import Disk, Look
from generator.live.hints import Hints
from generator.live.marks import held_on, marks
from generator.live.page_cache import CachedPage, PageCache
from generator.live.plan_check import CheckTask, PlanCheck
from generator.live.planned import SitePlan, Wanted, arranged
from generator.live.problem_places import ProblemPlaces
from generator.live.reading import Progress
from generator.live.saved_site import is_save_damaged, load_site, save_site
from generator.live.snapshot import Snapshot, make_look
from generator.live.sources import Sources
from generator.live.texts import SteadyMemory
from generator.live.updates import Update
from generator.model.addresses import address_of
from generator.model.config import Config
from generator.model.kinds import NO_KINDS, Kinds
from generator.model.outputs import FileCopy, Output
from generator.model.pictures import PictureFile
from generator.model.problems import Problem
from generator.model.values import frozen, replace, told_in
from generator.read.memory import DamagedError

Result = TypeVar("Result")

NOT_FOUND = "404.html"
MOST_REMEMBERED = 1000
SMALL = 300
"""Files up to which the whole plan is made at once for its problems: it takes no time."""
CLOCK_STEP = timedelta(seconds=1)
"""By how much a clock must be put back that something is due anew; less is mere correction."""
FORGOTTEN = (DamagedError, sqlite3.Error)
"""Raised where what is remembered has become another, as by a build, or is damaged."""


@frozen
class LiveOptions:
    """What is previewed. `held`: stories too that readers do not see yet, or any more.

    `now` is an aware instant at which the site is shown; None: always the present one.
    """

    held: bool = True
    now: datetime | None = None
    kinds: Kinds = NO_KINDS


class LiveSite:
    """A site that is shown while it is written. It belongs to one thread.

    Faults in the site's files are never raised: they are `problems`, and what was last
    good stays in use. Making one reads and plans the site, but makes no page; it raises
    NoSiteError where there is no site.
    """

    def __init__(self, site: Path, options: LiveOptions, progress: Progress | None = None) -> None:
        self._site, self._options = site, options
        self._can_switch = options.held
        self._sources = Sources(site)
        self._disk = Disk(site, self._sources.config, progress, options.kinds)
        self._pages = PageCache(site)
        self._shown: dict[str, str] = {}
        self._copies: dict[str, str] = {}
        self._places_of_problems = ProblemPlaces(site)
        self._unsaved: tuple[SitePlan, SteadyMemory] | None = None
        self._was_save_damaged = False
        self._unheard = Update()
        self._snapshot = self._first()

    @property
    def config(self) -> Config:
        """The configuration in use."""
        return self._snapshot.config

    @property
    def policy(self) -> str:
        """The content security policy that pages are sent with; "" where none is."""
        has_headers = self.config.outputs.headers_file
        return str(self._snapshot.planned.policy) if has_headers else ""

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All that is wrong with the site as a whole, in order, each with its place."""
        return self._snapshot.problems

    @property
    def was_damaged(self) -> bool:
        """Whether something in `.broadsheet/` was damaged, and was made anew."""
        return self._was_save_damaged or self._disk.was_damaged

    @property
    def home(self) -> str:
        """The URL of the front page."""
        return self.config.base.url("/")

    @property
    def next_change(self) -> datetime | None:
        """When the site, or what the bar says of it, changes without an edit.

        None while the clock stands.
        """
        return None if self._options.now else self._snapshot.planned.next_change

    def answer(self, address: str) -> Answer:
        """What there is at a decoded request path, made from the present snapshot."""
        return self._firmly(lambda: self._answer(address))

    def _answer(self, address: str, *, is_again: bool = False) -> Answer:
        base, snapshot = self.config.base, self._snapshot
        path = asked_path(address, base)
        output = snapshot.planned.output(path) if path else None
        if output is None:
            return self._elsewhere(address, path)
        if isinstance(output.value, FileCopy | PictureFile):
            return self._copy(output, output.value)
        texts = frozenset(body.source_path for body in output.bodies)
        # A page shows its own text as it stands, whether or not somebody has told of a change.
        if not is_again and any(map(self._disk.may_have_changed, texts)) and self._take_in(texts):
            return self._answer(address, is_again=True)
        cached = self._pages.page(snapshot, output)
        if cached.is_outdated and not is_again and self._take_in(texts):
            return self._answer(address, is_again=True)
        return self._page(output, cached)

    def _take_in(self, texts: frozenset[str]) -> bool:
        """Look at some texts before a page is answered with; whether there is a new snapshot."""
        update = self.refresh(texts)
        self._unheard = self._unheard.then(update)
        return update.is_new

    def show_held(self, *, held: bool) -> None:
        """Show all from now on, or only what readers see; not where only that was asked for."""
        if self._can_switch and held != self._options.held:
            self._options = replace(self._options, held=held)
            self._firmly(lambda: self._take_in(frozenset()))

    def unheard(self) -> Update:
        """What was taken in because a page was asked for, since this was asked the last time."""
        update, self._unheard = self._unheard, Update()
        return update

    def moved(self, address: str) -> str:
        """The URL at which a page now stands whose file is the same as it was at `address`."""
        path = asked_path(address, self.config.base) or ""
        source = self._shown.get(path, "")
        now_from = self._disk.moved(source) or source
        new = self._firmly(lambda: self._snapshot.planned.page_of(now_from)) if source else ""
        if not new or new == path:
            return ""
        return self.config.base.url(address_of(new))

    def was_shown(self, address: str) -> bool:
        """Whether there has been a page at an address since the preview began."""
        return (asked_path(address, self.config.base) or "") in self._shown

    def has_lost_source(self, address: str) -> bool:
        """Whether the file is gone that the page at an address was made from."""
        source = self._shown.get(asked_path(address, self.config.base) or "", "")
        return bool(source) and not self._disk.has(source)

    def refresh(self, hints: Hints) -> Update:
        """Take in what changed on disk, and make the next snapshot of it."""
        try:
            return self._refreshed(hints)
        except FORGOTTEN:
            self._snapshot = self._begun_anew(self._snapshot)
        return Update(is_new=True)

    def _refreshed(self, hints: Hints) -> Update:
        before, now = self._snapshot, self._now()
        changed = self._sources.look(hints)
        was_reread = self._disk.adopt(self._sources.config)
        look = self._disk.look(hints)
        found = Update(again=look.again, folders=look.folders, links=self._links(look, changed))
        is_due = self._is_due(now)
        is_switched = before.planned.wanted.held != self._options.held
        is_other = look.changed or look.has_other_faults or was_reread or is_due or is_switched
        if changed is None and not is_other:
            return found
        paths = sorted(look.changed | (changed or frozenset()))
        self._places_of_problems.forget(paths, (*before.found, *before.in_plan))
        planned = before.planned.after(self._disk, self._wanted(), look.changed)
        is_still_checked = planned.is_still_checked and _all_elsewhere(before.in_plan, look.changed)
        is_checked = before.is_checked and is_still_checked
        self._snapshot = self._next(planned, before, before.in_plan, is_checked=is_checked)
        copies = tuple(self._copies[path] for path in paths if path in self._copies)
        return replace(found, changed=tuple(paths), is_new=True, copies=copies)

    def _is_due(self, now: datetime) -> bool:
        """Whether the site has changed by itself; it does too when the clock is put back."""
        due = self.next_change
        return (due is not None and now >= due) or self._snapshot.now - now > CLOCK_STEP

    def _links(self, look: Look, sources: frozenset[str] | None) -> tuple[str, ...] | None:
        """The symbolic links, where something has been seen that can have changed them."""
        if look.is_whole or sources is not None:
            return (*self._disk.links, *self._sources.links)
        return None

    def check(self) -> PlanCheck | None:
        """A plan whose problems are not all known yet: ask it for them, then hand them in."""
        snapshot = self._snapshot
        if snapshot.is_checked:
            return None
        return PlanCheck(CheckTask(self._site, snapshot.planned.wanted), snapshot.planned)

    def checked(self, check: PlanCheck, in_plan: tuple[Problem, ...]) -> bool:
        """Take in the problems of a plan; whether it is still the present one."""
        snapshot, self._unsaved = self._snapshot, None
        if snapshot.planned is not check.planned:
            return False
        problems = self._places_of_problems.final(
            (*snapshot.found, *in_plan), strict=snapshot.config.strict
        )
        self._snapshot = replace(snapshot, in_plan=in_plan, is_checked=True, problems=problems)
        return True

    def save(self) -> None:
        """Write down what has been read, if it has not been: the next start is faster then."""
        memory, self._disk.unsaved = self._disk.unsaved, None
        if memory:
            with suppress(OSError):  # a site that may only be read can be previewed all the same
                memory.store()
            memory.close()

    def close(self) -> None:
        """End; what was made of all that was read is written down too."""
        self.save()
        disk, unsaved = self._disk, self._unsaved
        if unsaved and unsaved[1] is disk.memory:
            save_site(self._site, *unsaved, disk.section_slugs)

    def _first(self) -> Snapshot:
        """The first snapshot, from what the last preview saved if that may be."""
        disk, wanted = self._disk, self._wanted()
        try:
            saved = None if disk.unsaved else self._recalled(wanted)
            self._was_save_damaged = saved is None and is_save_damaged(self._site)
            look = disk.look(frozenset())
            if saved:
                planned, in_plan, is_known = saved
                planned = planned.after(disk, wanted, look.changed)
                is_still_checked = planned.is_still_checked and _all_elsewhere(
                    in_plan, look.changed
                )
                return self._next(planned, None, in_plan, is_checked=is_known and is_still_checked)
            if not look.changed:
                return self._arranged(None)
            return self._next(arranged(disk.everything, wanted), None)
        except FORGOTTEN:
            return self._begun_anew(None)

    def _recalled(self, wanted: Wanted) -> tuple[SitePlan, tuple[Problem, ...], bool] | None:
        """The plan that was saved, its problems but for those in files, and if these are known."""
        disk = self._disk
        saved = load_site(self._site, wanted, disk.memory, disk.section_slugs)
        if saved is None or disk.size <= SMALL:
            return None
        found = saved.problems or ()
        elsewhere = {*disk.folder_faults, *disk.faults({p.place.path for p in found})}
        in_plan = tuple(problem for problem in found if problem not in elsewhere)
        return SitePlan(saved.site, wanted), in_plan, saved.problems is not None

    def _firmly(self, work: Callable[[], Result]) -> Result:
        """What comes of some work, which is begun again if what is remembered is not to be had."""
        try:
            return work()
        except FORGOTTEN:
            self._snapshot = self._begun_anew(self._snapshot)
        return work()

    def _begun_anew(self, before: Snapshot | None) -> Snapshot:
        """Read everything: what was remembered is not to be had any more."""
        self._disk.read_everything()
        return self._arranged(before)

    def _arranged(self, before: Snapshot | None) -> Snapshot:
        """The snapshot of all that is remembered."""
        planned = arranged(self._disk.everything, self._wanted())
        self._unsaved = (planned, self._disk.memory) if self._disk.is_remembered else None
        return self._next(planned, before)

    def _now(self) -> datetime:
        return self._options.now or told_in(datetime.now(UTC), self._sources.config.timezone)

    def _wanted(self) -> Wanted:
        sources = self._sources
        held, kinds = self._options.held, self._options.kinds
        return Wanted(sources.config, sources.theme.files, self._now(), held, kinds)

    def _next(
        self,
        planned: SitePlan,
        before: Snapshot | None,
        in_plan: tuple[Problem, ...] = (),
        *,
        is_checked: bool = False,
    ) -> Snapshot:
        """The snapshot of a plan; what has not changed is taken from the one before.

        `in_plan` is what was wrong with the plan as a whole; where looking it through takes no
        time, that is done at once.
        """
        wanted, theme = planned.wanted, self._sources.theme
        look = make_look(planned, theme, before.look if before else None)
        sound = look if not look.problems else before.sound if before else None
        found = (*self._sources.problems, *self._disk.problems, *look.problems)
        if self._disk.size <= SMALL:
            in_plan, is_checked = planned.problems(), True
        problems = self._places_of_problems.final((*found, *in_plan), strict=wanted.config.strict)
        return Snapshot(
            wanted.config, planned, look, sound, found, in_plan, is_checked, problems, wanted.now
        )

    def _page(
        self, output: Output, cached: CachedPage, status: HTTPStatus = HTTPStatus.OK
    ) -> Answer:
        """The answer with a made file; a page that does not exist at all is empty."""
        snapshot = self._snapshot
        self._remember(self._shown, output.path, output.source)
        article = self._disk.article(output.source)
        problems = snapshot.problems
        if cached.problems:
            problems = self._places_of_problems.final(
                (*problems, *cached.problems), strict=snapshot.config.strict
            )
        return Answer(
            status if cached.data is not None else HTTPStatus.INTERNAL_SERVER_ERROR,
            media_type(output.path),
            cached.data or b"",
            digest=f"{status} {cached.digest}",
            styles=cached.styles,
            source=output.source,
            marks=marks(article, snapshot.now) if article and output.layout else (),
            problems=problems,
            is_page=bool(output.layout),
            is_last_good=cached.is_last_good,
            held=held_on(cached.data, snapshot) if self._options.held and cached.data else (),
            view=("all" if self._options.held else "readers") if self._can_switch else "",
        )

    def _copy(self, output: Output, copy: FileCopy | PictureFile) -> Answer:
        """The answer with a file published as it is, which may not have become a link out.

        In place of a picture's width or format it is the picture, and what is wanted of it: nobody
        waits for an encoder.
        """
        root = os.path.realpath(self._site)
        file = os.path.realpath(self._site / copy.source_path)
        if os.path.commonpath((root, file)) != root or not os.path.isfile(file):  # noqa: PTH113
            return Answer(HTTPStatus.NOT_FOUND)
        self._remember(self._copies, copy.source_path, self.config.base.url("/" + output.path))
        kind = media_type(copy.source_path if isinstance(copy, PictureFile) else output.path)
        rendition = copy.rendition if isinstance(copy, PictureFile) else None
        return Answer(HTTPStatus.OK, kind, file=Path(file), digest=copy.digest, rendition=rendition)

    def _elsewhere(self, address: str, path: str | None) -> Answer:
        """The answer where nothing is: the folder of that name, the front page, or the 404 page."""
        base = self.config.base
        if address == base.path or (base.path and address == "/"):
            return Answer(HTTPStatus.FOUND, location=self.home)
        if path and self._snapshot.planned.output(path + "/index.html"):
            return Answer(HTTPStatus.FOUND, location=base.url(f"/{path}/"))
        page = self._snapshot.planned.output(NOT_FOUND)
        if page is None:
            return Answer(HTTPStatus.NOT_FOUND, digest="404", problems=self.problems)
        cached = self._pages.page(self._snapshot, page)
        return replace(self._page(page, cached, HTTPStatus.NOT_FOUND), source="", marks=())

    def _remember(self, memory: dict[str, str], key: str, value: str) -> None:
        """Note something of a page that was asked for; what was noted first is forgotten first."""
        memory.pop(key, None)
        memory[key] = value
        if len(memory) > MOST_REMEMBERED:
            del memory[next(iter(memory))]


def _all_elsewhere(problems: Iterable[Problem], paths: frozenset[str]) -> bool:
    """Whether none of some problems is in one of some files."""
    return paths.isdisjoint(problem.place.path for problem in problems)
