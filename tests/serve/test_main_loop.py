"""The loop: what is looked at when, and what open pages are told."""

import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

import pytest

from generator.live.site import LiveOptions, LiveSite
from generator.serve import main_loop as timing
from generator.serve.debounce import Notify
from generator.serve.main_loop import MainLoop, Refreshed
from generator.serve.tabs import Tab
from tests.support.sites import MakeSite
from tests.support.waiting import PATIENCE, wait_until

FERRY = "content/articles/ferry.md"
AT_FERRY = "/news/2026/01/ferry/"
"""Seconds after which nothing will come any more, however busy the machine is."""
SITE = """
-- config.yaml --
title: Tiny Times
sections: [news]
-- content/articles/ferry.md --
---
title: The ferry
date: 2026-01-02T08:00:00Z
section: news
---
All about the ferry.
-- static/map.svg --
<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"/>
"""


class Deaf:
    """A watch on a system that tells of nothing."""

    def __init__(self, notify: Notify) -> None:
        self.notify, self.fault, self.renewed, self.checked = notify, "", 0, 0

    def start(self) -> None:
        pass

    def renew(self) -> None:
        self.renewed += 1

    def follow(self, links: tuple[str, ...]) -> None:
        pass

    def check(self) -> None:
        self.checked += 1

    def stop(self) -> None:
        pass


class Office:
    """A loop that works in a thread of its own, and all that it has told."""

    def __init__(self, site: Path) -> None:
        self.site = site
        self.live = LiveSite(site, LiveOptions())
        self.watch = Deaf(lambda _path: None)
        self.changes: list[Refreshed] = []
        self.loop = MainLoop(self.live, self._open, str, self.changes.append)
        self._thread = threading.Thread(target=self._work)
        self._thread.start()

    def _open(self, notify: Notify) -> Deaf:
        self.watch = Deaf(notify)
        return self.watch

    def _work(self) -> None:
        try:
            self.loop.run()
        except EndedError:
            self.loop.stop()

    def open_page(self, address: str) -> list[dict[str, Any]]:
        """All that an open page is told, as it comes."""
        messages: list[dict[str, Any]] = []
        tab = Tab(address, lambda text: messages.append(json.loads(text)))
        self.loop.ask(lambda: self.loop.open(tab)).result(PATIENCE)
        return messages

    def copies(self) -> dict[str, int]:
        """The numbers of changed pictures, as a page learns them that opens now."""
        copies: dict[str, int] = self.open_page("/")[0].get("copies", {})
        return copies

    def text(self, address: str) -> str:
        answer = self.loop.ask(lambda: self.loop.answer(address)).result(PATIENCE).answer
        return answer.data.decode()

    def close(self) -> None:
        self.loop._jobs.put(end)  # noqa: SLF001 - as a signal would: between two jobs
        self._thread.join(PATIENCE)
        assert not self._thread.is_alive()


class EndedError(BaseException):
    """What ends the loop, as Ctrl-C does."""


def end() -> NoReturn:
    raise EndedError


@pytest.fixture
def office(make_site: MakeSite, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    monkeypatch.setattr(timing, "WATCH_AFTER", 0.0)
    monkeypatch.setattr(timing, "SCAN_EVERY", 0.3)
    monkeypatch.setattr(timing, "SCAN_SHARE", 1)
    opened = Office(make_site(SITE))
    yield opened
    opened.close()


def test_what_nobody_told_of_is_found_by_looking(office: Office) -> None:
    file = office.site / FERRY
    wait_until(lambda: office.watch.renewed > 0)
    file.write_text(file.read_text().replace("All about", "Never told: all about"))
    (office.site / "layouts").mkdir()
    (office.site / "layouts/page.html").write_text("{% oops %}")
    wait_until(lambda: any(change.problems for change in office.changes))
    wait_until(lambda: "Never told" in office.text(AT_FERRY))


def test_a_fault_of_ours_ends_nothing_and_names_no_place(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    messages = office.open_page(AT_FERRY)

    def fail(_hints: object) -> NoReturn:
        raise PermissionError(13, "Permission denied", str(office.site / "secret"))

    with monkeypatch.context() as patch:
        patch.setattr(office.live, "refresh", fail)
        wait_until(lambda: any(change.problems for change in office.changes))
    (problem,) = next(change.problems for change in office.changes if change.problems)
    assert "PermissionError, test_main_loop.py:" in problem.message
    assert str(office.site) not in json.dumps(messages)
    assert "Broadsheet itself failed" in json.dumps(messages[-1])
    assert "The ferry" in office.text(AT_FERRY)
    wait_until(lambda: not office.changes[-1].problems)


def test_a_page_that_sleeps_learns_of_every_picture_that_changed(office: Office) -> None:
    picture, file = office.site / "static/map.svg", office.site / FERRY
    office.loop.ask(lambda: office.loop.answer("/map.svg")).result(PATIENCE)
    numbers = [0]
    for width in (11, 12):
        drawn = office.site / "drawn.svg"
        drawn.write_text(f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}"/>')
        drawn.replace(picture)  # at once: half a picture would be a change of its own
        office.loop.notify("static/map.svg")
        wait_until(lambda: office.copies().get("/map.svg", 0) > numbers[-1])
        numbers.append(office.copies()["/map.svg"])
    file.write_text(file.read_text().replace("All about", "Later: all about"))
    wait_until(lambda: "Later" in office.text(AT_FERRY))
    assert office.copies() == {"/map.svg": numbers[-1]}


def test_a_look_is_taken_more_often_where_nothing_is_told(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timing, "SCAN_EVERY", 3600.0)
    monkeypatch.setattr(timing, "CHECK_EVERY", 0.05)
    monkeypatch.setattr(timing, "POLL_EVERY", 0.1)
    wait_until(lambda: office.watch.renewed > 0)
    office.loop.ask(office.loop._scan).result(PATIENCE)  # noqa: SLF001 - the next is in an hour
    before, checked = office.watch.renewed, office.watch.checked
    wait_until(lambda: office.watch.checked > checked + 5)
    assert office.watch.renewed == before
    office.watch.fault = "no watches"
    wait_until(lambda: office.watch.renewed > before + 3)
    assert office.changes[-1].fault == "no watches"


def test_what_a_request_finds_is_told_to_every_open_page_and_the_terminal(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timing, "SCAN_EVERY", 3600.0)
    wait_until(lambda: office.watch.renewed > 0)
    office.loop.ask(office.loop._scan).result(PATIENCE)  # noqa: SLF001 - the next is in an hour
    messages = office.open_page("/")
    file = office.site / FERRY
    for number, address in ((1, AT_FERRY), (2, AT_FERRY)):
        file.write_text(file.read_text().replace("title: ", f"title: {number}"))
        told = len(messages)
        assert f"{number}" in office.text(address)
        wait_until(lambda told=told: len(messages) > told)  # type: ignore[misc]
        assert messages[-1]["digest"] != messages[0]["digest"]
        assert messages[-1]["changed"] == [FERRY]
        assert office.changes[-1].files == (FERRY,)
