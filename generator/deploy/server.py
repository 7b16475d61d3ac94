"""A server as a target, by SSH: each release in a folder of its own, and one link that is swapped.

    FOLDER/current -> releases/12-…     what the web server serves
    FOLDER/releases/…                   the live release and the earlier ones within reach
    FOLDER/.broadsheet/                 which is live, what each holds, and who deploys just now

A release begins as a copy of the one before it in hard links. What differs is sent by rsync,
which never writes into a file that is shared; deletions follow; then the link is swapped, at
once for every reader. The system's own ssh and rsync do the work, with their own logins and
settings; `RSYNC_RSH` names another ssh, as for rsync itself.
"""

import os
import secrets
import shlex
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from generator.deploy.deployers import is_gone
from generator.deploy.patience import patiently
from generator.deploy.planning import planned
from generator.deploy.release import (
    FORMAT,
    Claim,
    Deployer,
    Note,
    Pointer,
    Release,
    utc_now,
)
from generator.deploy.server_scripts import BEGIN, CLAIMED, END, GIVE_UP, LOOK, MOVED, READ
from generator.deploy.target import BusyError, Delivery, DeployError, Live, RefusedError, Tell
from generator.deploy.tools import ToolError, run_tool
from generator.model.values import from_json, replace, to_json

Kind = TypeVar("Kind")

RELEASES, RECORDS = "releases", ".broadsheet"
READABLE = "--chmod=Du=rwx,Dgo=rx,Fu=rw,Fgo=r"


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
        user, at, place = login.rpartition("@")
        host, _, port = place.partition(":")
        self._host, self._port, self._folder = f"{user}{at}{host}", port, f"/{folder}"
        self._who, self._keep, self._clock = who, keep, clock
        self._pointer, self._stored = Pointer(FORMAT), b""

    def look(self, tree: str) -> Live:
        """What is live on the server."""
        found = self._run(LOOK).partition(b"\n")
        self._stored = found[2]
        if not self._stored:
            return Live(foreign=int(found[0] or b"0"))
        self._pointer = _read(Pointer, self._stored)
        pointer = self._pointer
        is_due = pointer.due is not None and pointer.due <= self._clock()
        if pointer.live and pointer.live.tree == tree and not is_due:
            return Live(pointer.live, is_current=True)
        return Live(pointer.live, self._record(pointer.live) if pointer.live else None)

    def releases(self) -> Sequence[Note]:
        """The live release and the earlier ones, newest first."""
        self.look("")
        return self._notes

    def publish(self, delivery: Delivery) -> Note:
        """Make a release of the one before and what differs, and swap the link."""
        live = self._pointer.live
        changes = (f"D {path}" for path in delivery.plan.deletions)
        return self._release(delivery, live, changes)

    def restore(self, note: Note, tell: Tell) -> Note:
        """Make a release of an earlier one, which stands on the server."""
        live = self.look("")
        old = self._record(note)
        plan = planned(live.release, old.files, self._clock())
        before = live.release.files if live.release else {}
        delivery = Delivery(plan, old.files, before, old.base_url, _Nothing(), tell, note.number)
        # Browsers may still have a page of today's, which needs today's assets.
        links = (f"L {path}" for path in plan.leaving)
        gone = (f"D {path}" for path in old.leaving.keys() - plan.leaving - old.files.keys())
        return self._release(delivery, note, (*links, *gone))

    @property
    def _notes(self) -> tuple[Note, ...]:
        pointer = self._pointer
        return (*([pointer.live] if pointer.live else []), *pointer.earlier)

    def _release(self, delivery: Delivery, base: Note | None, changes: Iterable[str]) -> Note:
        """A new release: a base, the files that are brought, and what is deleted or linked."""
        live, plan = self._pointer.live, delivery.plan
        number = live.number + 1 if live else 1
        name = f"{number}-{secrets.token_hex(8)}"
        note = delivery.note(number, self._clock(), self._who.by)
        note = replace(note, record=f"{RECORDS}/release-{name}.json")
        release = Release(FORMAT, note, delivery.base_url, delivery.files, plan.leaving)
        pointer = Pointer(FORMAT, note, release.due, self._notes[: self._keep])
        token = self._claim(name, _name(base) if base else "")
        try:
            with self._staged(delivery, name, release, pointer) as staging:
                self._send(staging)
            delivery.tell("upload", len(plan.uploads), len(plan.uploads))
            known = [_name(each) for each in (note, *pointer.earlier)]
            lines = [*changes, *(f"K {each}" for each in known)]
            data = "".join(f"{line}\n" for line in lines).encode("utf-8", "surrogateescape")
            self._run(END, token, name, _name(live) if live else "", data=data)
        except BaseException:
            is_live = self._is_live(note)  # its answer alone was lost
            with suppress(DeployError):
                self._run(GIVE_UP, token, name)
            if is_live:
                return note
            raise
        self._pointer = pointer
        return note

    def _is_live(self, note: Note) -> bool:
        with suppress(DeployError):
            self.look("")
            live = self._pointer.live
            return live is not None and live.record == note.record
        return False

    def _claim(self, name: str, base: str) -> str:
        """Become the one who deploys; what stands for that on the server."""
        token = to_json(Claim(self._who, self._clock())).decode()
        try:
            self._run(BEGIN, token, name, base, data=self._stored)
        except ToolError as error:
            if CLAIMED in error.told:
                return self._take_over(error.told.partition(CLAIMED)[2].strip(), token, name, base)
            if MOVED in error.told:
                self.look("")
                raise BusyError(self._pointer.live.by if self._pointer.live else "?") from None
            raise
        return token

    def _take_over(self, held: str, token: str, name: str, base: str) -> str:
        """Take the place of a deployer who has ended. Raises BusyError for one who has not."""
        claim = _read(Claim, held.splitlines()[0].encode())
        if not is_gone(claim, self._who, self._clock()):
            raise BusyError(claim.who.by)
        self._run(GIVE_UP, held.splitlines()[0], name)
        try:
            self._run(BEGIN, token, name, base, data=self._stored)
        except ToolError as error:
            raise BusyError("somebody else") from error
        return token

    @contextmanager
    def _staged(
        self, delivery: Delivery, name: str, release: Release, pointer: Pointer
    ) -> Iterator[Path]:
        """All that is sent, laid out as on the server."""
        with TemporaryDirectory(prefix="broadsheet-") as folder:
            staging = Path(folder)
            for path in () if delivery.restored else delivery.plan.uploads:
                file = staging / RELEASES / name / path
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(delivery.source.read(path, delivery.files[path]))
            records = staging / RECORDS
            records.mkdir()
            (records / f"release-{name}.json").write_bytes(to_json(release))
            (records / f"next-{name}.json").write_bytes(to_json(pointer))
            yield staging

    def _send(self, staging: Path) -> None:
        # Whatever is sent differs from what is there, also where size and time are the same.
        words = ["rsync", "--recursive", "--protect-args", "--ignore-times", READABLE]
        there = f"{self._host}:{self._folder}/"
        words += ["--rsh", shlex.join(self._ssh), f"{staging}/", there]
        patiently(lambda: run_tool(words))

    @property
    def _ssh(self) -> list[str]:
        words = shlex.split(os.environ.get("RSYNC_RSH") or "ssh")
        if Path(words[0]).name == "ssh":
            words += ["-o", "BatchMode=yes"]
        return [*words, *(["-p", self._port] if self._port else [])]

    def _run(self, script: str, *words: str, data: bytes = b"") -> bytes:
        command = shlex.join(["sh", "-c", script, "sh", self._folder, *words])
        return patiently(lambda: run_tool((*self._ssh, self._host, command), data))

    def _record(self, note: Note) -> Release:
        return _read(Release, self._run(READ, note.record))


class _Nothing:
    """The source of a restored release, whose files the server has."""

    def read(self, path: str, _entry: object) -> bytes:
        raise LookupError(path)


def _name(note: Note) -> str:
    """The folder of a release."""
    return note.record.removeprefix(f"{RECORDS}/release-").removesuffix(".json")


def _read(kind: type[Kind], data: bytes) -> Kind:
    try:
        return from_json(kind, data, UTC)
    except ValueError:
        hint = f"Look at {RECORDS} on the server; delete it, and deploy with --yes."
        raise RefusedError("a record on the server is not readable", hint) from None
