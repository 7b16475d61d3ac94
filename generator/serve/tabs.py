"""Tabs: the pages that are open in browsers, and what their bars are told."""

import time
from collections.abc import Callable
from http import HTTPStatus

from generator.live.answers import Answer
from generator.live.site import LiveSite
from generator.live.updates import Update
from generator.model.problems import Problem
from generator.model.values import frozen
from generator.serve.bar import News, Wording, told

MOST_COPIES = 50
"""Changed pictures and style sheets that are remembered for pages in the background."""


@frozen(eq=False)
class Tab:
    """An open page in some browser, and how to send it a message."""

    address: str
    send: Callable[[str], None]


@frozen
class Shown:
    """An answer; for a page also what its bar is told, and the site's own content policy."""

    answer: Answer
    bar: str = ""
    policy: str = ""


class Tabs:
    """Tells every open page what there is at its address, and what happened last."""

    def __init__(self, site: LiveSite, wording: Wording) -> None:
        self._site, self._wording = site, wording
        self._open: set[Tab] = set()
        self._news = News()
        self._copies: dict[str, int] = {}
        self._bug: tuple[Problem, ...] = ()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All that is wrong, a fault of ours first."""
        return (*self._bug, *self._site.problems)

    @property
    def bug(self) -> tuple[Problem, ...]:
        """The fault of ours that was told last, if it still stands."""
        return self._bug

    @property
    def fault(self) -> str:
        """Why not every change is told of, as the pages have heard."""
        return self._news.fault

    def shown(self, address: str) -> Shown:
        """What there is at an address, and what its bar is told."""
        answer = self._site.answer(address)
        if not answer.is_page:
            return Shown(answer)
        return Shown(answer, told(answer, self._news, self._wording), self._site.policy)

    def bare(self) -> str:
        """What the bar is told on a page of our own."""
        return told(Answer(500, problems=self.problems), self._news, self._wording)

    def open(self, tab: Tab) -> None:
        """Note an open page, and tell it how things stand."""
        self._open.add(tab)
        tab.send(self.message(tab.address))

    def close(self, tab: Tab) -> None:
        """Forget an open page."""
        self._open.discard(tab)

    def note(self, update: Update, fault: str, bug: tuple[Problem, ...]) -> bool:
        """Take in what a look has found, or failed with; whether that is news to anybody."""
        if not (update.is_new or bug != self._bug or fault != self._news.fault):
            return False
        self._bug = bug
        self._note_copies(update.copies)
        copies, before = tuple(self._copies.items()), self._news
        clock = time.strftime("%H:%M:%S")  # datetime refuses some of the zones that TZ has
        self._news = (
            News(clock, update.changed, fault, copies)
            if update.changed
            else News(before.time, before.changed, fault, copies)
        )
        return True

    def send(self) -> None:
        """Tell every open page how things stand."""
        messages: dict[str, str] = {}
        for tab in tuple(self._open):
            if tab.address not in messages:
                messages[tab.address] = self.message(tab.address)
            tab.send(messages[tab.address])

    def _note_copies(self, urls: tuple[str, ...]) -> None:
        """Note which files published as they are have changed, the latest last."""
        number = time.time_ns() // 1_000_000  # another one after a restart too
        for url in urls:
            self._copies.pop(url, None)
            self._copies[url] = number
        while len(self._copies) > MOST_COPIES:
            del self._copies[next(iter(self._copies))]

    def message(self, address: str) -> str:
        """How things stand, as the page at an address is told."""
        try:
            answer = self._site.answer(address)
        except Exception:  # noqa: BLE001 - told when the page is asked for
            return self.bare()
        if self._bug:
            answer = Answer(500, digest=answer.digest, problems=self.problems)
        is_gone = answer.status == HTTPStatus.NOT_FOUND and self._site.was_shown(address)
        moved = self._site.moved(address) if is_gone else ""
        gone = self._why_gone(address) if is_gone and not moved else ""
        return told(answer, self._news, self._wording, moved=moved, gone=gone)

    def _why_gone(self, address: str) -> str:
        if self._site.has_lost_source(address):
            return "its file was deleted"
        return "nothing is published at this address any more"
