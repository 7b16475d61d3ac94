"""The live site: answers for any address, from what stands on disk now."""

import os
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from http import HTTPStatus
from pathlib import Path

from generator.live.answers import Answer, asked_path, media_type
from generator.live.disk import Disk, Hints, Progress
from generator.live.edition import Edition, make_look
from generator.live.marks import marks
from generator.live.planned import Planned, SitePlan, Wanted
from generator.live.press import Press
from generator.live.sources import Sources
from generator.model.config import Config
from generator.model.outputs import FileCopy, Output
from generator.model.problems import Problem, SiteError
from generator.read.places import placed
from generator.stages.settling import settle

NOT_FOUND = "404.html"
MOST_REMEMBERED = 1000
SMALL = 300
"""Files up to which the whole plan is made at once for its problems: it takes no time."""


@dataclass(frozen=True, slots=True)
class LiveOptions:
    """What is previewed. `held`: stories too that readers do not see yet, or any more.

    `now` is an aware instant at which the site is shown; None: always the present one.
    """

    held: bool = True
    now: datetime | None = None


@dataclass(frozen=True, slots=True)
class Update:
    """What a refresh found: the site's files that `changed`, in order.

    `is_new`: there is a new edition, so pages or problems may differ. `again`: look once
    more in a moment, files are being saved. `has_folders`: something stirred that is no plain file.
    `copies` are the URLs of files that changed and are published as they are, as far as they have
    been asked for.
    """

    changed: tuple[str, ...] = ()
    is_new: bool = False
    again: bool = False
    has_folders: bool = False
    copies: tuple[str, ...] = ()


class LiveSite:
    """A site that is shown while it is written. It belongs to one thread.

    Faults in the site's files are never raised: they are `problems`, and what was last
    good stays in use. Making one reads and plans the site, but makes no page; it raises
    NoSiteError where there is no site.
    """

    def __init__(self, site: Path, options: LiveOptions, progress: Progress | None = None) -> None:
        self._site, self._options = site, options
        self._sources = Sources(site)
        self._disk = Disk(site, self._sources.config, progress)
        self._press = Press(site)
        self._shown: dict[str, str] = {}
        self._copies: dict[str, str] = {}
        self._places: dict[Problem, Problem] = {}
        wanted = self._wanted()
        self._edition = self._next(SitePlan(self._disk.newsroom, wanted), wanted, None)

    @property
    def config(self) -> Config:
        """The configuration in use."""
        return self._edition.config

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All that is wrong with the site as a whole, in order, each with its place."""
        return self._edition.problems

    @property
    def home(self) -> str:
        """The URL of the front page."""
        return self.config.base.url("/")

    @property
    def next_change(self) -> datetime | None:
        """The instant at which the site changes without an edit; None while the clock stands."""
        return None if self._options.now else self._edition.planned.next_change

    def answer(self, address: str) -> Answer:
        """What there is at a decoded request path, made from the present edition."""
        base, planned = self.config.base, self._edition.planned
        path = asked_path(address, base)
        output = planned.output(path) if path else None
        if output is None:
            return self._elsewhere(address, path)
        if isinstance(output.value, FileCopy):
            return self._copy(output, output.value)
        return self._page(output)

    def moved(self, address: str) -> str:
        """The URL at which a page now stands whose file is the same as it was at `address`."""
        path = asked_path(address, self.config.base) or ""
        source = self._shown.get(path, "")
        new = self._edition.planned.page_of(self._disk.moved(source) or source) if source else ""
        if not new or new == path:
            return ""
        return self.config.base.url("/" + new.removesuffix("index.html"))

    def was_shown(self, address: str) -> bool:
        """Whether there has been a page at an address since the preview began."""
        return (asked_path(address, self.config.base) or "") in self._shown

    def refresh(self, hints: Hints) -> Update:
        """Take in what changed on disk, and make the next edition of it."""
        before, now = self._edition, self._now()
        changed = self._sources.look(hints)
        was_reread = self._disk.adopt(self._sources.config)
        look = self._disk.look(hints)
        is_due = self.next_change is not None and now >= self.next_change
        if changed is None and not (look.changed or was_reread or is_due):
            return Update(again=look.again, has_folders=look.has_folders)
        paths = sorted(look.changed | (changed or frozenset()))
        self._forget_places(paths)
        wanted = self._wanted()
        planned = before.planned.after(self._disk.newsroom, wanted, look.changed)
        self._edition = self._next(planned, wanted, before)
        copies = tuple(self._copies[path] for path in paths if path in self._copies)
        return Update(
            tuple(paths), is_new=True, again=look.again, has_folders=look.has_folders, copies=copies
        )

    def check(self) -> Planned | None:
        """A plan whose problems are not all known yet: ask it for them, then hand them in."""
        return None if self._edition.is_checked else self._edition.planned

    def checked(self, planned: Planned, in_plan: tuple[Problem, ...]) -> bool:
        """Take in the problems of a plan; whether it is still the present one."""
        edition = self._edition
        if edition.planned is not planned:
            return False
        problems = self._settled((*edition.found, *in_plan), edition.config)
        self._edition = replace(edition, in_plan=in_plan, is_checked=True, problems=problems)
        return True

    def _now(self) -> datetime:
        return self._options.now or datetime.now(self._sources.config.timezone)

    def _wanted(self) -> Wanted:
        sources = self._sources
        return Wanted(sources.config, sources.theme.files, self._now(), self._options.held)

    def _next(self, planned: Planned, wanted: Wanted, before: Edition | None) -> Edition:
        """The edition of a plan; what has not changed is taken from the one before.

        The whole plan is checked at once where that takes no time.
        """
        config, theme = wanted.config, self._sources.theme
        options = config.markdown.options()
        look = make_look(theme, planned.frame, options, before.look if before else None)
        sound = look if not look.problems else before.sound if before else None
        found = (*self._sources.problems, *self._disk.problems, *look.problems)
        is_small = self._disk.size <= SMALL
        in_plan = planned.problems() if is_small else before.in_plan if before else ()
        problems = self._settled((*found, *in_plan), config)
        return Edition(config, planned, look, sound, found, in_plan, is_small, problems, wanted.now)

    def _settled(self, found: tuple[Problem, ...], config: Config) -> tuple[Problem, ...]:
        """Problems as a build would tell them."""
        where = self._places
        for problem in found:
            if problem not in where:
                where[problem] = placed(problem, self._site)
        try:
            return settle(
                (where[problem] for problem in found),
                site=self._site,
                strict=config.strict,
                keep_going=False,
            )
        except SiteError as error:
            return error.problems

    def _forget_places(self, paths: Iterable[str]) -> None:
        """Look for places anew in files that have changed, and of what is told no more."""
        changed = frozenset(paths)
        kept = {*self._edition.found, *self._edition.in_plan}
        self._places = {
            problem: place
            for problem, place in self._places.items()
            if problem in kept and problem.place.path not in changed
        }

    def _page(self, output: Output, status: int = HTTPStatus.OK) -> Answer:
        """The answer with a made file; a page that does not exist at all is empty."""
        edition = self._edition
        printed = self._press.page(edition, output)
        if printed.data is None and printed.is_outdated and self.refresh(None).is_new:
            edition = self._edition
            output = edition.planned.output(output.path) or output
            printed = self._press.page(edition, output)
        self._remember(self._shown, output.path, output.source)
        article = self._disk.article(output.source)
        problems = edition.problems
        if printed.problems:
            problems = self._settled((*problems, *printed.problems), edition.config)
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
        )

    def _copy(self, output: Output, copy: FileCopy) -> Answer:
        """The answer with a file published as it is, which may not have become a link out."""
        root = os.path.realpath(self._site)
        file = os.path.realpath(self._site / copy.source_path)
        if os.path.commonpath((root, file)) != root or not os.path.isfile(file):  # noqa: PTH113
            return Answer(HTTPStatus.NOT_FOUND)
        self._remember(self._copies, copy.source_path, self.config.base.url("/" + output.path))
        return Answer(HTTPStatus.OK, media_type(output.path), file=Path(file), digest=copy.digest)

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
        return replace(self._page(page, HTTPStatus.NOT_FOUND), source="", marks=())

    def _remember(self, memory: dict[str, str], key: str, value: str) -> None:
        """Note something of a page that was asked for; what was noted first is forgotten first."""
        memory.pop(key, None)
        memory[key] = value
        if len(memory) > MOST_REMEMBERED:
            del memory[next(iter(memory))]
