"""The main loop: one thread does all work on the live site, so that nobody sees a half-made change.

It is the main thread, since only there can the time limit on a body stop a regular expression.
"""

import math
import threading
import time
import traceback
from collections.abc import Callable
from concurrent.futures import Future
from datetime import datetime
from pathlib import PurePath
from queue import Empty, SimpleQueue
from typing import Protocol, TypeVar

from generator.live.disk import PATIENCE
from generator.live.plan_check import PlanCheck
from generator.live.site import LiveSite
from generator.live.updates import Update
from generator.model.problems import Place, Problem
from generator.model.values import frozen
from generator.serve.bar import Wording
from generator.serve.debounce import Events, Notify
from generator.serve.tabs import Shown, Tab, Tabs

Result = TypeVar("Result")

WATCH_AFTER = 0.3
"""Seconds after the start until the folders are watched: the first page comes first."""
SCAN_EVERY, SCAN_SHARE = 30.0, 200
"""Seconds between looks at everything, which heal what the system failed to tell; and how many
times longer than the look itself: an idle preview costs next to nothing."""
POLL_EVERY, POLL_SHARE = 1.0, 25
"""The same where the system does not tell of changes."""
CHECK_EVERY = 1.0
"""Seconds between looks at whether the watch still lives."""
CHECK_AFTER = 0.5
"""Seconds without a change after which the plan of a large site is looked through as a whole."""
LATER = 0.5
"""Seconds after which a new folder is looked at again: files may have come before its watch."""


@frozen
class Refreshed:
    """What is told in the terminal: changed files, all problems now, and the seconds it took.

    `fault` says why the system cannot tell of every change, if so.
    """

    files: tuple[str, ...]
    problems: tuple[Problem, ...]
    seconds: float
    fault: str = ""


Tell = Callable[[Refreshed], None]


class Watching(Protocol):
    """Tells of events on disk; `fault` says why it cannot tell of all of them."""

    fault: str

    def start(self) -> None:
        """Begin."""

    def renew(self) -> None:
        """Watch the folders that have come or are others."""

    def follow(self, links: tuple[str, ...]) -> None:
        """Watch what links lead to as well."""

    def check(self) -> None:
        """See whether all is still watched."""

    def stop(self) -> None:
        """End."""


class MainLoop:
    """Answers, looks at the disk when something changes, and tells the open pages."""

    def __init__(
        self, site: LiveSite, watch: Callable[[Notify], Watching], wording: Wording, tell: Tell
    ) -> None:
        self._site, self._open_watch = site, watch
        self._watch: Watching | None = None
        self._tell = tell
        self._jobs: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self._events = Events(set())
        self._tabs = Tabs(site, wording)
        self._watch_at: float | None = time.monotonic() + WATCH_AFTER
        self._look_at: float | None = None
        self._later: tuple[float, frozenset[str]] | None = None
        self._scan_at = self._check_at = float("inf")
        self._is_checking = False
        self._changed_at = time.monotonic()

    def ask(self, work: Callable[[], Result]) -> "Future[Result]":
        """Have something done in the main loop; from any thread."""
        future: Future[Result] = Future()

        def job() -> None:
            if future.set_running_or_notify_cancel():
                try:
                    future.set_result(work())
                except Exception as error:  # noqa: BLE001 - told to whoever asked
                    future.set_exception(error)

        self._jobs.put(job)
        return future

    def notify(self, path: str | None) -> None:
        """Tell of an event on disk; from any thread."""
        self._jobs.put(lambda: self._events.add(path, time.monotonic()))

    def answer(self, address: str) -> Shown:
        """What there is at an address, and what its bar is told."""
        return self._tabs.shown(address)

    def show_held(self, *, held: bool) -> None:
        """Show all from now on, or only what readers see."""
        self._site.show_held(held=held)

    def message(self, address: str) -> str:
        """What an open page is told."""
        return self._tabs.message(address)

    def bare(self) -> str:
        """What the bar is told on a page of our own."""
        return self._tabs.bare()

    def open(self, tab: Tab) -> None:
        """Note an open page, and tell it how things stand."""
        self._tabs.open(tab)

    def close(self, tab: Tab) -> None:
        """Forget an open page."""
        self._tabs.close(tab)

    def run(self) -> None:
        """Work until an exception ends it, such as Ctrl-C."""
        while True:
            try:
                job = self._jobs.get(timeout=max(0.0, self._next() - time.monotonic()))
            except Empty:
                pass
            else:
                job()
            self._do_what_is_due()

    def stop(self) -> None:
        """End the watch, and what there is of the site."""
        if self._watch:
            self._watch.stop()
        self._site.close()

    def _next(self) -> float:
        """When something is due next, on the monotonic clock."""
        now = time.monotonic()
        due = [self._scan_at, self._check_at, now + CHECK_EVERY, now + self._until_change()]
        due += [at for at in (self._watch_at, self._look_at) if at is not None]
        if self._later:
            due.append(self._later[0])
        if not self._events.is_empty:
            due.append(self._events.due())
        return min(due)

    def _until_change(self) -> float:
        """Seconds until the site changes by itself."""
        change = self._site.next_change
        return (change - datetime.now(change.tzinfo)).total_seconds() if change else math.inf

    def _do_what_is_due(self) -> None:
        now = time.monotonic()
        if (update := self._site.unheard()) != Update():
            self._take_in(update, self._tabs.bug, time.perf_counter())
        if self._watch_at is not None and now >= self._watch_at:
            self._watch_at = None
            self._watch = self._open_watch(self.notify)
            self._watch.start()
            self._scan()
            self._site.save()
        elif not self._events.is_empty and now >= self._events.due():
            if self._events.is_anywhere and self._watch:
                self._watch.renew()
            self._refresh(self._events.take())
        elif self._look_at is not None and now >= self._look_at:
            self._look_at = None
            self._refresh(frozenset())
        elif self._until_change() <= 0:
            self._refresh(frozenset())
        elif self._later and now >= self._later[0]:
            (_, folders), self._later = self._later, None
            self._refresh(folders, is_again=True)
        elif now >= self._scan_at:
            self._scan()
        elif now >= self._check_at:
            self._check(now)
            self._check_plan(now)

    @property
    def _fault(self) -> str:
        return self._watch.fault if self._watch else ""

    def _check(self, now: float) -> None:
        """See that the watch lives."""
        self._check_at = now + CHECK_EVERY
        if self._watch:
            self._watch.check()
        if self._fault != self._tabs.fault:
            self._scan_at = now

    def _check_plan(self, now: float) -> None:
        """Have the plan as a whole looked through, elsewhere, once it has been left alone."""
        check = self._site.check()
        if check is None or self._is_checking or now - self._changed_at < CHECK_AFTER:
            return
        self._is_checking = True

        def work() -> None:
            try:
                found = check.problems()
            except Exception:  # noqa: BLE001 - pages that cannot be planned tell so themselves
                found = ()
            self.ask(lambda: self._checked_plan(check, found))

        threading.Thread(target=work, name="check", daemon=True).start()

    def _checked_plan(self, check: PlanCheck, found: tuple[Problem, ...]) -> None:
        self._is_checking = False
        before = self._tabs.problems
        if self._site.checked(check, found) and self._tabs.problems != before:
            self._tabs.send()
            self._tell(Refreshed((), self._tabs.problems, 0.0, self._tabs.fault))

    def _scan(self) -> None:
        """Look at everything, and say when to do so again."""
        if self._watch:
            self._watch.renew()
        started = time.monotonic()
        self._refresh(None)
        now = time.monotonic()
        every, share = (POLL_EVERY, POLL_SHARE) if self._fault else (SCAN_EVERY, SCAN_SHARE)
        self._scan_at = now + max(every, share * (now - started))
        self._check_at = now + CHECK_EVERY

    def _refresh(self, hints: frozenset[str] | None, *, is_again: bool = False) -> None:
        """Take in what changed, and tell the open pages."""
        started = time.perf_counter()
        try:
            update = self._site.refresh(hints)
            bug: tuple[Problem, ...] = ()
        except Exception as error:  # noqa: BLE001 - a fault of ours must not end the preview
            message = f"Broadsheet itself failed here ({_what(error)})"
            hint = "The preview shows what was before. Please report this."
            update, bug = Update(), (Problem(Place("preview"), message, hint),)
        self._take_in(update, bug, started, is_again=is_again)

    def _take_in(
        self, update: Update, bug: tuple[Problem, ...], started: float, *, is_again: bool = False
    ) -> None:
        """Tell what was found, by whichever look, to the open pages, terminal and watch."""
        if update.links is not None and self._watch:
            self._watch.follow(update.links)
        now = time.monotonic()
        if update.again:
            self._look_at = now + PATIENCE
        if update.folders and not is_again:
            before = self._later[1] if self._later else frozenset()
            self._later = now + LATER, before | update.folders
        fault = self._fault
        if self._tabs.note(update, fault, bug):
            self._changed_at = now
            self._tabs.send()
            seconds = time.perf_counter() - started
            self._tell(Refreshed(update.changed, self._tabs.problems, seconds, fault))


def _what(error: Exception) -> str:
    """What a fault of ours is, for whoever reports it: no message, it may name a place on disk."""
    (*_, last) = traceback.extract_tb(error.__traceback__)
    return f"{type(error).__name__}, {PurePath(last.filename).name}:{last.lineno}"
