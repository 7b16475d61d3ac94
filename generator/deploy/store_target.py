"""A store as a target: files are put one by one, in an order in which no page lacks its assets.

At the target stand, beside the site and in `.broadsheet/` there, a pointer that tells what is
live, a record of each release, and packs with what each brought. A deploy is this:

1. The pointer is read, and the record that it names.
2. The pointer is swapped for one with a claim that names a new record. It is swapped only if
   it still is what was read, so of two deployers one wins. Whoever finds such a claim knows who
   that is, and which record tells what of theirs may stand there, if they have ended.
3. The new record and its pack are put.
4. Assets come, then pages, listings, feeds, host files; then deletions. Any failure ends it here.
5. The pointer is swapped for one that names the new release.

Killed anywhere, the next run finishes: what the claim's record names is looked at in one listing.
"""

import secrets
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from generator.deploy.deployers import is_gone
from generator.deploy.packs import PACK, PackSource, is_packed, packed, stored
from generator.deploy.planning import planned
from generator.deploy.release import (
    FORMAT,
    Claim,
    Deployer,
    Entries,
    Entry,
    Note,
    Pointer,
    Release,
    utc_now,
)
from generator.deploy.resuming import doubtful_files
from generator.deploy.store import PRIVATE, MovedError, Store
from generator.deploy.target import BusyError, Delivery, DeployError, Live, RefusedError, Tell
from generator.model.values import from_json, replace, to_json

OURS = ".broadsheet/"
POINTER = f"{OURS}live.json"
HEARTBEAT = timedelta(minutes=1)
AT_ONCE = 128
"""Files that are put before the clock is looked at again."""


class StoreTarget:
    """Deploys to a store; see the module. `keep` is how many earlier releases stay within reach."""

    def __init__(
        self, store: Store, who: Deployer, *, keep: int = 5, clock: Callable[[], datetime] = utc_now
    ) -> None:
        self._store, self._who, self._keep, self._clock = store, who, keep, clock
        self._pointer = Pointer(FORMAT)
        self._version: str | None = None
        self._heard = clock()

    def look(self, tree: str, *, is_wary: bool = False) -> Live:
        """What stands there: one request when that is all that is wanted, else two.

        Where somebody may have changed files (`is_wary`), all are listed, and those in doubt that
        are not what was brought.
        """
        pointer = self._read_pointer()
        if self._version is None:
            foreign = sum(not name.startswith(OURS) for name in self._store.marks())
            return Live(foreign=foreign)
        live = pointer.live
        is_due = pointer.due is not None and pointer.due <= self._clock()
        if live and live.tree == tree and not (pointer.unfinished or is_due or is_wary):
            return Live(live, is_current=True)
        release = self._record(live.record) if live else None
        if not (pointer.unfinished or is_wary):
            return Live(live, release)
        found = map(self._record_held, pointer.unfinished)
        begun = [begun for begun in found if begun]  # without a record nothing was brought
        doubtful, known = doubtful_files(release, begun)
        if is_wary and release:
            doubtful, known = doubtful | release.files.keys(), {**release.files, **known}
        marks = self._store.marks() if doubtful else {}
        unfinished = bool(pointer.unfinished)
        return Live(live, release, doubtful, known, marks, is_unfinished=unfinished)

    def releases(self) -> Sequence[Note]:
        """The live release and the earlier ones, newest first: one request."""
        pointer = self._read_pointer()
        return (*([pointer.live] if pointer.live else []), *pointer.earlier)

    def restore(self, note: Note, tell: Tell) -> Note:
        """Bring back what an earlier release held, from its packs, as a new release."""
        live = self.look("")
        release = self._record(note.record)
        plan = planned(live.release, release.files, self._clock(), live.doubtful)
        before = live.release.files if live.release else {}
        with PackSource(self._store) as source:
            source.gather(plan.uploads, release.files)  # what lacks is known before all changes
            return self.publish(
                Delivery(plan, release.files, before, release.base_url, source, tell, note.number)
            )

    def publish(self, delivery: Delivery) -> Note:
        """Carry out a plan that was made from what `look` found."""
        self._guard_claim()
        live = self._pointer.live
        number = live.number + 1 if live else 1
        record = f"{OURS}release-{number}-{secrets.token_hex(8)}.json"
        self._claim(record)
        try:
            release = self._recorded(delivery, number, record)
            self._bring(delivery, release.files)
            self._delete(delivery.plan.deletions, release.note)
            self._swap(self._after(release))
        except BaseException:
            self._let_go()
            raise
        return release.note

    def _guard_claim(self) -> None:
        claim = self._pointer.claim
        if claim and not is_gone(claim, self._who, self._clock()):
            raise BusyError(claim.who.by)

    def _recorded(self, delivery: Delivery, number: int, record: str) -> Release:
        """The new release, written down, with what a rollback to it needs."""
        pack = pack_of(record)
        uploads = frozenset(delivery.plan.uploads)
        files = {
            path: _packed_entry(
                entry, "" if path in uploads else delivery.before[path].pack, pack, self._keep
            )
            for path, entry in delivery.files.items()
        }
        kept = [path for path in delivery.plan.uploads if files[path].pack == pack]
        if kept:
            with packed(kept, files, delivery.source) as archive:
                self._store.put(pack, archive, PACK)
        note = replace(
            delivery.note(number, self._clock(), self._who.by),
            record=record,
            packs=tuple(sorted({entry.pack for entry in files.values()} - {""})),
        )
        release = Release(FORMAT, note, delivery.base_url, files, delivery.plan.leaving)
        self._store.put(note.record, to_json(release), PRIVATE)
        return release

    def _claim(self, record: str) -> None:
        now = self._clock()
        unfinished = (*self._pointer.unfinished, record)
        try:
            self._swap(replace(self._pointer, claim=Claim(self._who, now), unfinished=unfinished))
        except MovedError:
            self._read_pointer()
            claim, live = self._pointer.claim, self._pointer.live
            who = claim.who.by if claim else live.by if live else "somebody else"
            raise BusyError(who) from None

    def _bring(self, delivery: Delivery, files: Entries) -> None:
        def put(path: str) -> None:
            data = delivery.source.read(path, files[path])
            self._store.put(path, stored(data, files[path]), files[path])

        done, total = 0, len(delivery.plan.uploads)
        with ThreadPoolExecutor(self._store.side_by_side) as pool:
            for wave in delivery.plan.waves:
                for _ in pool.map(put, wave):  # a failure calls off what has not begun
                    done += 1
                    if done % AT_ONCE == 0:
                        delivery.tell("upload", done, total)
                        self._be_heard()
        delivery.tell("upload", done, total)

    def _be_heard(self) -> None:
        """Tell others now and then that this goes on."""
        now = self._clock()
        if now - self._heard >= HEARTBEAT:
            self._swap(replace(self._pointer, claim=Claim(self._who, now)))

    def _delete(self, deletions: Sequence[str], note: Note) -> None:
        """Delete what no reader needs any more, and records that are too old."""
        _, dropped = self._earlier()
        needed = {note.record, *note.packs}
        for kept in self._earlier()[0]:
            needed |= {kept.record, *kept.packs}
        begun = [name for record in self._pointer.unfinished for name in (record, pack_of(record))]
        old = {name for gone in dropped for name in (gone.record, *gone.packs)}
        doomed = [*deletions, *sorted({*old, *begun} - needed)]
        if doomed:
            self._store.delete(doomed)

    def _earlier(self) -> tuple[tuple[Note, ...], tuple[Note, ...]]:
        """The releases that stay within reach once a new one is live, and those that do not."""
        pointer = self._pointer
        notes = (*([pointer.live] if pointer.live else []), *pointer.earlier)
        return notes[: self._keep], notes[self._keep :]

    def _after(self, release: Release) -> Pointer:
        return Pointer(FORMAT, release.note, release.due, self._earlier()[0])

    def _let_go(self) -> None:
        """After a failure: let others go on at once, if that can still be told."""
        with suppress(Exception):
            self._swap(replace(self._pointer, claim=None))

    def _swap(self, pointer: Pointer) -> None:
        """Replace the pointer, if nobody else has."""
        try:
            self._version = self._store.swap(POINTER, to_json(pointer), self._version)
        except MovedError:
            if self._pointer.claim is None:
                raise
            hint = "Deploy again: the next run finishes what is not done."
            raise DeployError("another deploy has taken over", hint) from None
        self._pointer, self._heard = pointer, self._clock()

    def _read_pointer(self) -> Pointer:
        held = self._store.read(POINTER)
        self._version = held.version if held else None
        try:
            self._pointer = from_json(Pointer, held.data, UTC) if held else Pointer(FORMAT)
        except ValueError:
            raise _unreadable(POINTER) from None
        return self._pointer

    def _record(self, name: str) -> Release:
        release = self._record_held(name)
        if release is None:
            raise _unreadable(name)
        return release

    def _record_held(self, name: str) -> Release | None:
        held = self._store.read(name)
        try:
            return from_json(Release, held.data, UTC) if held else None
        except ValueError:
            raise _unreadable(name) from None


def _packed_entry(entry: Entry, known: str, pack: str, keep: int) -> Entry:
    """The entry with the pack that holds its file: one that is known, or the new one."""
    pack = entry.pack or known or (pack if keep and is_packed(entry) else "")
    return entry if entry.pack == pack else replace(entry, pack=pack)


def pack_of(record: str) -> str:
    """The pack that was put with a record."""
    return record.replace("/release-", "/pack-").replace(".json", ".zip")


def _unreadable(name: str) -> RefusedError:
    hint = f"Delete {OURS} there, and deploy with --yes: then everything is brought again."
    return RefusedError(f"the record {name} at the target is not readable", hint)
