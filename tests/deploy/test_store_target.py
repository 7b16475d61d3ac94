"""Deploying to a store: order, lock, resumption and rollback, cut at every request."""

import os
import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from generator.deploy.planning import GRACE
from generator.deploy.release import Deployer, Pointer, Release
from generator.deploy.store_target import OURS, POINTER, StoreTarget
from generator.deploy.target import BusyError, DeployError, RefusedError
from generator.model.values import from_json
from tests.support.deploying import (
    ELSEWHERE,
    NOON,
    CutError,
    Files,
    MemoryStore,
    deploy_files,
    lacking,
    target_at,
)
from tests.support.editions import asset, edition

CUTS = int(os.environ.get("BROADSHEET_CUTS", "150"))
"""How many cut points are tried; `make soak-deploy` tries thousands."""
ANOTHER = Deployer("ole@night", "night", 2)


def watched() -> MemoryStore:
    """A bucket that a reader looks at after every request."""

    def look(store: MemoryStore) -> None:
        assert lacking(store.site) == []

    return MemoryStore(look)


def pointer_in(store: MemoryStore) -> Pointer:
    return from_json(Pointer, store.held[POINTER], UTC)


def orphans(store: MemoryStore, files: Files) -> set[str]:
    """What is held and nobody needs."""
    pointer = pointer_in(store)
    assert pointer.live is not None
    known = {POINTER}
    for note in (pointer.live, *pointer.earlier):
        known |= {note.record, *note.packs}
    leaving = from_json(Release, store.held[pointer.live.record], UTC).leaving
    return store.held.keys() - known - files.keys() - leaving.keys()


def test_what_is_deployed_is_what_readers_find() -> None:
    store, files = watched(), edition(b"a", 3)
    note = deploy_files(target_at(store), files)
    assert store.site == files
    assert note is not None
    assert (note.number, note.added, note.by) == (1, len(files), "mara@desk")


def test_a_story_costs_what_changes_and_the_records() -> None:
    store = watched()
    deploy_files(target_at(store), edition(b"a", 30))
    store.requests.clear()
    deploy_files(target_at(store), edition(b"a", 31))
    records = [request for request in store.requests if OURS in request]
    others = [request for request in store.requests if OURS not in request]
    assert sorted(others) == [
        "PUT index.html",
        "PUT n/2026/30/index.html",
        "PUT n/30/lead.jpg",
    ]
    assert " ".join(r.split()[0] for r in records) == "GET GET SWAP PUT PUT SWAP"


def test_nothing_changed_costs_one_request() -> None:
    store, files = watched(), edition(b"a", 30)
    deploy_files(target_at(store), files)
    store.requests.clear()
    assert deploy_files(target_at(store), files) is None
    assert len(store.requests) == 1


def drawn(chosen: random.Random) -> dict[str, bytes]:
    """An edition with a style of three, some stories, and a number."""
    style = chosen.choice([b"a", b"b", b"c"])
    return edition(style, chosen.randint(1, 12), chosen.randint(1, 3))


def cut_short(store: MemoryStore, files: Files, chosen: random.Random) -> bool:
    """Deploy, and be cut at a request or after it; whether it was."""
    trial = MemoryStore()
    trial.held = dict(store.held)
    deploy_files(target_at(trial), files)
    store.requests.clear()
    store.cut, store.is_late = chosen.randint(1, len(trial.requests)), chosen.random() < 0.5
    try:
        deploy_files(target_at(store), files)
    except (CutError, DeployError, BusyError):
        return True
    finally:
        store.cut = 0
    return False


@pytest.mark.parametrize("seed", range(max(1, CUTS // 150)), ids="seed-{}".format)
def test_wherever_a_deploy_is_cut_no_page_lacks_its_assets_and_the_next_run_finishes(
    seed: int,
) -> None:
    chosen = random.Random(seed)  # noqa: S311 - a draw of cut points
    cuts = 0
    while cuts < min(CUTS, 150):
        store = watched()
        deploy_files(target_at(store), drawn(chosen))
        for _ in range(chosen.choice([1, 1, 1, 2, 3])):  # a bad night: cut again and again
            cuts += cut_short(store, drawn(chosen), chosen)
            assert lacking(store.site) == []
        files = drawn(chosen)
        deploy_files(target_at(store), files)
        assert {path: store.site.get(path) for path in files} == files
        assert orphans(store, files) == set()


def test_a_first_deploy_that_was_cut_goes_on_where_it_was() -> None:
    store, files = watched(), edition(b"a", 20)
    store.cut = 30
    with pytest.raises(CutError):
        deploy_files(target_at(store), files)
    done = set(store.site)
    store.cut = 0
    store.requests.clear()
    deploy_files(target_at(store), files)
    assert store.site == files
    assert done
    assert done.isdisjoint(request.removeprefix("PUT ") for request in store.requests)


class Overtaken(MemoryStore):
    """A bucket where, before the first swap comes through, something else happens."""

    def __init__(self, store: MemoryStore, happens: Callable[[], object]) -> None:
        super().__init__()
        self.held = store.held
        self._happens = [happens]

    def swap(self, path: str, data: bytes, version: str | None) -> str:
        while self._happens:
            self._happens.pop()()
        return super().swap(path, data, version)


@pytest.mark.parametrize("is_first", [True, False])
def test_of_two_deployers_one_wins_and_the_other_is_told_who(is_first: bool) -> None:
    store = watched()
    if not is_first:
        deploy_files(target_at(store), edition(b"a", 3))
    quick = target_at(store, ANOTHER)
    slow = Overtaken(store, lambda: deploy_files(quick, edition(b"b", 4)))
    with pytest.raises(BusyError, match="ole@night is deploying"):
        deploy_files(target_at(slow), edition(b"c", 5))
    assert {path: store.site[path] for path in edition(b"b", 4)} == edition(b"b", 4)
    assert orphans(store, edition(b"b", 4)) == set()
    assert not [request for request in slow.requests if request.startswith("PUT")]


def test_whoever_comes_while_another_deploys_is_told_who() -> None:
    store = watched()
    deploy_files(target_at(store), edition(b"a", 3))
    store.requests.clear()
    store.cut = 8  # in the midst of the uploads
    with pytest.raises(CutError):
        deploy_files(target_at(store), edition(b"b", 3))
    store.cut = 0
    with pytest.raises(BusyError, match="mara@desk"):
        deploy_files(target_at(store, ANOTHER), edition(b"b", 3))


def test_who_is_not_heard_of_for_minutes_is_no_longer_waited_for() -> None:
    store = watched()
    deploy_files(target_at(store), edition(b"a", 3))
    store.requests.clear()
    store.cut = 8
    with pytest.raises(CutError):
        deploy_files(target_at(store), edition(b"b", 3))
    store.cut = 0
    later = NOON + timedelta(minutes=4)
    deploy_files(target_at(store, ANOTHER, later), edition(b"b", 3), later)
    assert {p: store.site[p] for p in edition(b"b", 3)} == edition(b"b", 3)


def test_a_failure_stops_before_deletions_and_lets_others_go_on() -> None:
    store = watched()
    deploy_files(target_at(store), edition(b"a", 4))

    class Full(MemoryStore):
        def put(self, path: str, data: object, entry: object) -> None:
            if path == "index.html":
                raise OSError(28, "No space left on device")
            super().put(path, data, entry)  # type: ignore[arg-type]

    full = Full()
    full.held = store.held
    with pytest.raises(OSError, match="No space"):
        deploy_files(target_at(full), edition(b"b", 2))
    assert not [request for request in full.requests if request.startswith("DELETE")]
    deploy_files(target_at(store, ANOTHER), edition(b"b", 2))
    assert lacking(store.site) == []
    assert orphans(store, edition(b"b", 2)) == set()


def test_an_asset_nobody_needs_goes_after_a_day_with_whatever_comes_then() -> None:
    store = watched()
    deploy_files(target_at(store), edition(b"a", 3))
    deploy_files(target_at(store), edition(b"b", 3))
    assert asset(b"a") in store.site
    later = NOON + GRACE
    deploy_files(target_at(store, now=later), edition(b"b", 3), later)
    assert asset(b"a") not in store.site
    assert deploy_files(target_at(store, now=later), edition(b"b", 3), later) is None


def test_a_rollback_brings_back_every_byte() -> None:
    store = watched()
    first, second = edition(b"a", 6), edition(b"b", 4, number=2)
    deploy_files(target_at(store), first)
    deploy_files(target_at(store), second)
    target = target_at(store)
    _, before = target.releases()
    note = target.restore(before, lambda *_: None)
    assert {p: store.site[p] for p in first} == first
    assert (note.number, note.restored) == (3, 1)
    assert lacking(store.site) == []


def test_a_rollback_beyond_what_is_kept_is_refused() -> None:
    store = watched()
    for number in range(1, 6):
        deploy_files(target_at(store, keep=2), edition(b"a", 3, number))
    assert [note.number for note in target_at(store).releases()] == [5, 4, 3]
    assert orphans(store, edition(b"a", 3, 5)) == set()


def test_without_packs_a_rollback_says_what_was_not_kept() -> None:
    store = watched()
    deploy_files(target_at(store, keep=0), edition(b"a", 3))
    target = target_at(store, keep=3)
    deploy_files(target, edition(b"a", 3, number=2))
    held = dict(store.held)
    with pytest.raises(RefusedError, match="was not kept"):
        target.restore(target.releases()[1], lambda *_: None)
    assert store.held == held


@pytest.mark.parametrize("damage", [b"no archive", b"", None])
def test_a_pack_that_is_damaged_is_known_before_anything_changes(damage: bytes | None) -> None:
    store = watched()
    deploy_files(target_at(store), edition(b"a", 3))
    deploy_files(target_at(store), edition(b"b", 3, number=2))
    pack = min(name for name in store.held if name.endswith(".zip"))
    held = store.held[pack]
    one_byte_is_another = held[:57] + bytes([held[57] ^ 1]) + held[58:]
    store.held[pack] = one_byte_is_another if damage is None else damage
    before = dict(store.held)
    target = target_at(store)
    with pytest.raises(RefusedError, match="was not kept"):
        target.restore(target.releases()[1], lambda *_: None)
    assert store.held == before


def test_a_record_that_is_not_readable_is_told() -> None:
    store = watched()
    deploy_files(target_at(store), edition(b"a", 3))
    store.held[POINTER] = b"[]"
    with pytest.raises(RefusedError, match="not readable"):
        deploy_files(target_at(store), edition(b"a", 4))


def test_texts_are_stored_compressed_where_that_is_asked_for() -> None:
    store = watched()
    files = {"index.html": b"front " * 100, "p.jpg": b"picture " * 100}
    deploy_files(target_at(store), files, compress=True)
    assert len(store.held["index.html"]) < len(files["index.html"])
    assert store.entries["index.html"].encoding == "gzip"
    assert store.held["p.jpg"] == files["p.jpg"]


def test_a_long_deploy_is_heard_of_every_minute() -> None:
    store, now = watched(), [NOON]

    def clock() -> datetime:
        now[0] += timedelta(seconds=20)
        return now[0]

    target = StoreTarget(store, ELSEWHERE, clock=clock)
    files = {f"n/2026/{number}/index.html": b"%d" % number for number in range(1000)}
    deploy_files(target, files)
    swaps = [request for request in store.requests if request.startswith("SWAP")]
    assert len(swaps) > 2
    assert pointer_in(store).claim is None
