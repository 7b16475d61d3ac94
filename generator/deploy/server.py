"""A server as a target, by SSH: each release in a folder of its own, and one link that is swapped.

    FOLDER/current -> releases/12-…     what the web server serves
    FOLDER/releases/…                   the live release and the earlier ones within reach
    FOLDER/.broadsheet/                 which is live, what each holds, and who deploys just now

A release begins as a copy of the one before it in hard links. What differs is sent by rsync,
which never writes into a file that is shared; deletions follow; then the link is swapped, at
once for every reader. The copy is made of a spare folder, the one that was the last to come out of
reach. A rollback swaps the link, and sends no file.
"""

import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from generator.deploy.deployers import is_gone
from generator.deploy.planning import planned
from generator.deploy.release import FORMAT, Claim, Deployer, Note, Pointer, Release, utc_now
from generator.deploy.server_folders import (
    RECORDS,
    RELEASES,
    folder_of,
    kept,
    name_of,
    record_of,
    recycled,
    spare_among,
)
from generator.deploy.server_scripts import BACK, BEGIN, CLAIMED, END, GIVE_UP, LOOK, MOVED, READ
from generator.deploy.ssh import Login
from generator.deploy.target import BusyError, Delivery, DeployError, Live, RefusedError, Tell
from generator.deploy.tools import ToolError
from generator.model.values import from_json, replace, to_json

Kind = TypeVar("Kind")


class Server:
    """Deploys to a folder of a server; `login` is a host, with user and port where they matter."""

    def __init__(
        self,
        login: str,
        folder: str,
        who: Deployer,
        *,
        keep: int = 5,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        self._login, self._folder = Login(login), f"/{folder}"
        self._who, self._keep, self._clock = who, keep, clock
        self._pointer, self._stored = Pointer(FORMAT), b""
        self._live: Release | None = None
        self._spare: Release | None = None
        self._folders: frozenset[str] = frozenset()

    def look(self, tree: str, *, is_wary: bool = False) -> Live:
        """What is live on the server.

        A run that was killed between its last two steps left readers a release that no record
        tells of: then all is done again. Where somebody deleted the live folder or its record, or
        a file in it may be another (`is_wary`), all is sent again.
        """
        foreign, shown = self._read_pointer()
        live, due = self._pointer.live, self._pointer.due
        if live is None:
            return Live(foreign=foreign)
        is_shown = shown == f"{RELEASES}/{folder_of(live)}"
        is_there = folder_of(live) in self._folders and not is_wary
        if live.tree == tree and is_shown and is_there and not (due and due <= self._clock()):
            return Live(live, is_current=True)
        self._live, *more = self._records(live, *spare_among(self._notes, self._keep + 1))
        self._live = self._live if is_there else None
        self._spare = next(iter(more), None)
        return Live(live, self._live, is_unfinished=not (is_shown and self._live))

    def releases(self) -> Sequence[Note]:
        """The live release and the earlier ones, newest first."""
        self._read_pointer()
        known, live = self._notes[: self._keep + 1], self._pointer.live
        return tuple(note for note in known if note is live or folder_of(note) in self._folders)

    def publish(self, delivery: Delivery) -> Note:
        """Make a release of the one before and what differs, and swap the link."""
        live, plan = self._pointer.live, delivery.plan
        spare, changes = self._recycled(plan.uploads)
        release, pointer = self._begun(delivery, used=spare)
        name, before = name_of(release.note), folder_of(live) if live and self._live else ""
        first = b"\n".join((self._stored, _lines(changes)))
        last = _lines((*(f"D {path}" for path in plan.deletions), *kept(pointer)))

        def bring(token: str) -> None:
            self._run(BEGIN, token, name, before, spare, data=first)
            with self._staged(delivery, release, pointer) as staging:
                self._send(staging)
            delivery.tell("upload", len(plan.uploads), len(plan.uploads))
            self._run(END, token, name, before, data=last)

        return self._claimed(bring, pointer, release.note)

    def restore(self, note: Note, tell: Tell) -> Note:
        """Let readers see an earlier release's folder again."""
        live = self._pointer.live or self.releases()[0]
        folder = folder_of(note)
        # What was brought back before has other assets in the same folder.
        latest = next(each for each in self._notes if folder_of(each) == folder)
        now, found = self._records(live, latest)
        old, before = _there(found), now.files if now else {}
        plan = planned(now, old.files, self._clock())
        release, pointer = self._begun(
            Delivery(plan, old.files, before, old.base_url, _Nothing(), tell, note.number),
            folder,
        )
        # Browsers may still have a page of today's, which needs today's assets.
        links = [f"L {path}" for path in plan.leaving.keys() - old.leaving.keys()]
        links = links if folder_of(live) in self._folders else []
        gone = (f"D {path}" for path in old.leaving.keys() - plan.leaving - old.files.keys())
        changes = _lines((*gone, *links, *kept(pointer))) + b"."
        record = to_json(release)
        words = (name_of(release.note), folder_of(live), folder, str(len(record)))
        data = b"\n".join((self._stored, to_json(pointer), changes, record))

        def bring(token: str) -> None:
            self._run(BACK, token, *words, data=data)

        return self._claimed(bring, pointer, release.note)

    @property
    def _notes(self) -> tuple[Note, ...]:
        """All that stand there, newest first: the last one may be beyond reach."""
        pointer = self._pointer
        return (*([pointer.live] if pointer.live else []), *pointer.earlier)

    def _recycled(self, brought: Sequence[str]) -> tuple[str, tuple[str, ...]]:
        """The spare folder that becomes the new release, and what is changed in it at first."""
        if self._live and self._spare:
            changes = recycled(self._spare, self._live, brought)
            if changes is not None:
                return folder_of(self._spare.note), changes
        return "", ()

    def _begun(
        self, delivery: Delivery, folder: str = "", used: str = ""
    ) -> tuple[Release, Pointer]:
        """A new release, and what will stand there once it is live.

        It is shown from a `folder` that is there, or `used` up a spare one.
        """
        live = self._pointer.live
        number = live.number + 1 if live else 1
        name = f"{number}-{secrets.token_hex(8)}"
        note = delivery.note(number, self._clock(), self._who.by)
        note = replace(note, record=record_of(name), packs=(folder or name,))
        plan = delivery.plan
        release = Release(FORMAT, note, delivery.base_url, delivery.files, plan.leaving)
        notes = tuple(each for each in self._notes if folder_of(each) != used)
        spare = spare_among(notes, self._keep, note.packs[0]) if self._keep else ()
        earlier = (*notes[: self._keep], *spare)
        return release, Pointer(FORMAT, note, release.due, earlier)

    def _claimed(self, bring: Callable[[str], None], pointer: Pointer, note: Note) -> Note:
        """Bring a release as the one who deploys; what stands for that is its token."""
        token, name = to_json(Claim(self._who, self._clock())).decode(), name_of(note)
        try:
            self._alone(bring, token, name)
        except BusyError:
            raise
        except BaseException:
            if not self._gave_up(token, name):  # else its answer alone was lost
                raise
        self._pointer, self._stored = pointer, to_json(pointer)
        return note

    def _alone(self, bring: Callable[[str], None], token: str, name: str) -> None:
        """Bring it unless somebody else deploys, or was quicker: raises BusyError."""
        try:
            bring(token)
        except ToolError as error:
            if MOVED in error.told:
                self._read_pointer()
                raise BusyError(self._pointer.live.by if self._pointer.live else "?") from None
            if CLAIMED not in error.told:
                raise
            held = error.told.partition(CLAIMED)[2].splitlines()[0].strip()
            claim = _read(Claim, held.encode())
            if not is_gone(claim, self._who, self._clock()):
                raise BusyError(claim.who.by) from None
            self._run(GIVE_UP, held, name)
            bring(token)

    def _gave_up(self, token: str, name: str) -> bool:
        """End the claim; whether what was brought is live all the same."""
        with suppress(DeployError):
            return bool(self._run(GIVE_UP, token, name))
        return False

    @contextmanager
    def _staged(self, delivery: Delivery, release: Release, pointer: Pointer) -> Iterator[Path]:
        """All that is sent, laid out as on the server."""
        name = name_of(release.note)
        with TemporaryDirectory(prefix="broadsheet-") as folder:
            staging = Path(folder)
            for path in delivery.plan.uploads:
                file = staging / RELEASES / name / path
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(delivery.source.read(path, delivery.files[path]))
            records = staging / RECORDS
            records.mkdir()
            (staging / release.note.record).write_bytes(to_json(release))
            (records / f"next-{name}.json").write_bytes(to_json(pointer))
            yield staging

    def _send(self, staging: Path) -> None:
        self._login.send(staging, self._folder)

    def _run(self, script: str, *words: str, data: bytes = b"") -> bytes:
        return self._login.run(script, self._folder, *words, data=data)

    def _read_pointer(self) -> tuple[int, str]:
        """How many files of others there are, and what readers are shown."""
        foreign, _, told = self._run(LOOK).partition(b"\n")
        shown, _, told = told.partition(b"\n")
        folders, _, self._stored = told.partition(b"\n")
        self._folders = frozenset(folders.decode("utf-8", "replace").split())
        if self._stored:
            self._pointer = _read(Pointer, self._stored)
        return int(foreign or b"0"), shown.decode("utf-8", "replace")

    def _records(self, *notes: Note) -> list[Release | None]:
        """What the records of releases hold; None for one that is not there."""
        told = self._run(READ, *(note.record for note in notes))
        return [_read(Release, line) if line else None for line in told.splitlines()]


class _Nothing:
    """The source of a restored release, whose files the server has."""

    def read(self, path: str, _entry: object) -> bytes:
        raise LookupError(path)


def _lines(changes: Iterable[str]) -> bytes:
    """Changes as the scripts read them."""
    return "".join(f"{line}\n" for line in changes).encode("utf-8", "surrogateescape")


def _there(release: Release | None) -> Release:
    return release or _read(Release, b"")


def _read(kind: type[Kind], data: bytes) -> Kind:
    try:
        return from_json(kind, data, UTC)
    except ValueError:
        hint = f"Look at {RECORDS} on the server; delete it, and deploy with --yes."
        raise RefusedError("a record on the server is not readable", hint) from None
