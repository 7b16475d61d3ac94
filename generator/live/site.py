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
from generator.live.edition import Edition, make_look
from generator.live.findings import Findings
from generator.live.hints import Hints
from generator.live.kept import is_kept_damaged, keep_site, recall_site
from generator.live.marks import held_on, marks
from generator.live.planned import SitePlan, Wanted, arranged
from generator.live.press import Press, Printed
from generator.live.proof import Proof, ProofTask
from generator.live.reading import Progress
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
        self._press = Press(site)
        self._shown: dict[str, str] = {}
        self._copies: dict[str, str] = {}
        self._findings = Findings(site)
        self._unkept: tuple[SitePlan, SteadyMemory] | None = None
        self._was_kept_damaged = False
        self._unheard = Update()
        self._edition = self._first()

    @property
    def config(self) -> Config:
        """The configuration in use."""
        return self._edition.config

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All that is wrong with the site as a whole, in order, each with its place."""
        return self._edition.problems

    @property
    def was_damaged(self) -> bool:
        """Whether something in `.broadsheet/` was damaged, and was made anew."""
        return self._was_kept_damaged or self._disk.was_damaged

    @property
    def home(self) -> str:
        """The URL of the front page."""
        return self.config.base.url("/")

    @property
    def next_change(self) -> datetime | None:
        """When the site, or what the bar says of it, changes without an edit.

        None while the clock stands.
        """
        return None if self._options.now else self._edition.planned.next_change

    def answer(self, address: str) -> Answer:
        """What there is at a decoded request path, made from the present edition."""
        return self._firmly(lambda: self._answer(address))

    def _answer(self, address: str, *, is_again: bool = False) -> Answer:
        base, edition = self.config.base, self._edition
        path = asked_path(address, base)
        output = edition.planned.output(path) if path else None
        if output is None:
            return self._elsewhere(address, path)
        if isinstance(output.value, FileCopy | PictureFile):
            return self._copy(output, output.value)
        texts = frozenset(body.source_path for body in output.bodies)
        # A page shows its own text as it stands, whether or not somebody has told of a change.
        if not is_again and any(map(self._disk.has_stirred, texts)) and self._take_in(texts):
            return self._answer(address, is_again=True)
        printed = self._press.page(edition, output)
        if printed.is_outdated and not is_again and self._take_in(texts):
            return self._answer(address, is_again=True)
        return self._page(output, printed)

    def _take_in(self, texts: frozenset[str]) -> bool:
        """Look at some texts before a page is answered with; whether there is a new edition."""
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
        new = self._firmly(lambda: self._edition.planned.page_of(now_from)) if source else ""
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
        """Take in what changed on disk, and make the next edition of it."""
        try:
            return self._refreshed(hints)
        except FORGOTTEN:
            self._edition = self._begun_anew(self._edition)
        return Update(is_new=True)

    def _refreshed(self, hints: Hints) -> Update:
        before, now = self._edition, self._now()
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
        self._findings.forget(paths, (*before.found, *before.in_plan))
        planned = before.planned.after(self._disk, self._wanted(), look.changed)
        is_proven = planned.is_proven and _all_elsewhere(before.in_plan, look.changed)
        is_checked = before.is_checked and is_proven
        self._edition = self._next(planned, before, before.in_plan, is_checked=is_checked)
        copies = tuple(self._copies[path] for path in paths if path in self._copies)
        return replace(found, changed=tuple(paths), is_new=True, copies=copies)

    def _is_due(self, now: datetime) -> bool:
        """Whether the site has changed by itself; it does too when the clock is put back."""
        due = self.next_change
        return (due is not None and now >= due) or self._edition.now - now > CLOCK_STEP

    def _links(self, look: Look, sources: frozenset[str] | None) -> tuple[str, ...] | None:
        """The symbolic links, where something has been seen that can have changed them."""
        if look.is_whole or sources is not None:
            return (*self._disk.links, *self._sources.links)
        return None

    def check(self) -> Proof | None:
        """A plan whose problems are not all known yet: ask it for them, then hand them in."""
        edition = self._edition
        if edition.is_checked:
            return None
        return Proof(ProofTask(self._site, edition.planned.wanted), edition.planned)

    def checked(self, proof: Proof, in_plan: tuple[Problem, ...]) -> bool:
        """Take in the problems of a plan; whether it is still the present one."""
        edition, self._unkept = self._edition, None
        if edition.planned is not proof.planned:
            return False
        problems = self._findings.settled((*edition.found, *in_plan), strict=edition.config.strict)
        self._edition = replace(edition, in_plan=in_plan, is_checked=True, problems=problems)
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
        disk, unkept = self._disk, self._unkept
        if unkept and unkept[1] is disk.memory:
            keep_site(self._site, *unkept, disk.section_slugs)

    def _first(self) -> Edition:
        """The first edition, from what was kept of the last preview if that may be."""
        disk, wanted = self._disk, self._wanted()
        try:
            kept = None if disk.unsaved else self._recalled(wanted)
            self._was_kept_damaged = kept is None and is_kept_damaged(self._site)
            look = disk.look(frozenset())
            if kept:
                planned, in_plan, is_known = kept
                planned = planned.after(disk, wanted, look.changed)
                is_proven = planned.is_proven and _all_elsewhere(in_plan, look.changed)
                return self._next(planned, None, in_plan, is_checked=is_known and is_proven)
            if not look.changed:
                return self._arranged(None)
            return self._next(arranged(disk.everything, wanted), None)
        except FORGOTTEN:
            return self._begun_anew(None)

    def _recalled(self, wanted: Wanted) -> tuple[SitePlan, tuple[Problem, ...], bool] | None:
        """The plan that was kept, its problems but for those in files, and if these are known."""
        disk = self._disk
        kept = recall_site(self._site, wanted, disk.memory, disk.section_slugs)
        if kept is None or disk.size <= SMALL:
            return None
        found = kept.problems or ()
        elsewhere = {*disk.folder_faults, *disk.faults({p.place.path for p in found})}
        in_plan = tuple(problem for problem in found if problem not in elsewhere)
        return SitePlan(kept.site, wanted), in_plan, kept.problems is not None

    def _firmly(self, work: Callable[[], Result]) -> Result:
        """What comes of some work, which is begun again if what is remembered is not to be had."""
        try:
            return work()
        except FORGOTTEN:
            self._edition = self._begun_anew(self._edition)
        return work()

    def _begun_anew(self, before: Edition | None) -> Edition:
        """Read everything: what was remembered is not to be had any more."""
        self._disk.read_everything()
        return self._arranged(before)

    def _arranged(self, before: Edition | None) -> Edition:
        """The edition of all that is remembered."""
        planned = arranged(self._disk.everything, self._wanted())
        self._unkept = (planned, self._disk.memory) if self._disk.is_remembered else None
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
        before: Edition | None,
        in_plan: tuple[Problem, ...] = (),
        *,
        is_checked: bool = False,
    ) -> Edition:
        """The edition of a plan; what has not changed is taken from the one before.

        `in_plan` is what was wrong with the plan as a whole; where looking it through takes no
        time, that is done at once.
        """
        wanted, theme = planned.wanted, self._sources.theme
        look = make_look(planned, theme, before.look if before else None)
        sound = look if not look.problems else before.sound if before else None
        found = (*self._sources.problems, *self._disk.problems, *look.problems)
        if self._disk.size <= SMALL:
            in_plan, is_checked = planned.problems(), True
        problems = self._findings.settled((*found, *in_plan), strict=wanted.config.strict)
        return Edition(
            wanted.config, planned, look, sound, found, in_plan, is_checked, problems, wanted.now
        )

    def _page(self, output: Output, printed: Printed, status: HTTPStatus = HTTPStatus.OK) -> Answer:
        """The answer with a made file; a page that does not exist at all is empty."""
        edition = self._edition
        self._remember(self._shown, output.path, output.source)
        article = self._disk.article(output.source)
        problems = edition.problems
        if printed.problems:
            problems = self._findings.settled(
                (*problems, *printed.problems), strict=edition.config.strict
            )
        return Answer(
            status if printed.data is not None else HTTPStatus.INTERNAL_SERVER_ERROR,
            media_type(output.path),
            printed.data or b"",
            digest=f"{status} {printed.digest}",
            styles=printed.styles,
            source=output.source,
            marks=marks(article, edition.now) if article and output.layout else (),
            problems=problems,
            is_page=bool(output.layout),
            is_last_good=printed.is_last_good,
            held=held_on(printed.data, edition) if self._options.held and printed.data else (),
            view=("all" if self._options.held else "readers") if self._can_switch else "",
        )

    def _copy(self, output: Output, copy: FileCopy | PictureFile) -> Answer:
        """The answer with a file published as it is, which may not have become a link out.

        In place of a picture's width or format it is the picture: nobody waits for an encoder.
        """
        root = os.path.realpath(self._site)
        file = os.path.realpath(self._site / copy.source_path)
        if os.path.commonpath((root, file)) != root or not os.path.isfile(file):  # noqa: PTH113
            return Answer(HTTPStatus.NOT_FOUND)
        self._remember(self._copies, copy.source_path, self.config.base.url("/" + output.path))
        kind = media_type(copy.source_path if isinstance(copy, PictureFile) else output.path)
        return Answer(HTTPStatus.OK, kind, file=Path(file), digest=copy.digest)

    def _elsewhere(self, address: str, path: str | None) -> Answer:
        """The answer where nothing is: the folder of that name, the front page, or the 404 page."""
        base = self.config.base
        if address == base.path or (base.path and address == "/"):
            return Answer(HTTPStatus.FOUND, location=self.home)
        if path and self._edition.planned.output(path + "/index.html"):
            return Answer(HTTPStatus.FOUND, location=base.url(f"/{path}/"))
        page = self._edition.planned.output(NOT_FOUND)
        if page is None:
            return Answer(HTTPStatus.NOT_FOUND, digest="404", problems=self.problems)
        printed = self._press.page(self._edition, page)
        return replace(self._page(page, printed, HTTPStatus.NOT_FOUND), source="", marks=())

    def _remember(self, memory: dict[str, str], key: str, value: str) -> None:
        """Note something of a page that was asked for; what was noted first is forgotten first."""
        memory.pop(key, None)
        memory[key] = value
        if len(memory) > MOST_REMEMBERED:
            del memory[next(iter(memory))]


def _all_elsewhere(problems: Iterable[Problem], paths: frozenset[str]) -> bool:
    """Whether none of some problems is in one of some files."""
    return paths.isdisjoint(problem.place.path for problem in problems)
