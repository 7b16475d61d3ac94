"""A branch of a git repository as a target: GitHub, GitLab and Codeberg Pages, or any server's.

A release is a commit whose parent is the release before: a push sends what has changed, and
nothing else. It is pushed only onto the commit that was looked at, so of two deployers one wins.
What a commit says of itself tells releases apart without looking into them. The git of this
machine does the work, with its own logins, in a repository that is kept in this account's state:
the site's `.broadsheet/` may come from a stranger, and git does what a repository's
configuration says.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from hashlib import blake2b
from itertools import chain
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO

from generator.deploy.patience import patiently
from generator.deploy.planning import planned
from generator.deploy.release import FORMAT, Deployer, Note, Release, utc_now
from generator.deploy.target import BusyError, Delivery, Live, RefusedError, Tell
from generator.deploy.tools import NOTHING, ToolError, run_tool
from generator.model.values import from_json, frozen, replace, to_json

RECORD = ".broadsheet/release.json"
NO_JEKYLL = ".nojekyll"
THERE = "refs/broadsheet/there"
NEW = "refs/broadsheet/new"
MARK = "Broadsheet-Release: "
MOST_BYTES = 2 * 1024**3
"""Bytes of files, some four times what git packs them to, before a branch's history begins anew."""
OVERTAKEN = re.compile(r"stale info|fetch first|non-fast-forward|cannot lock ref|update ref")
"""What git says when a branch is no longer what it was."""
QUIET = {
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0",
    "LC_ALL": "C",
}


@frozen
class Head:
    """What a commit says of itself: its release, and how many bytes came since history began."""

    note: Note
    due: datetime | None = None
    brought: int = 0


class GitBranch:
    """Deploys to a branch; `kept` is the folder of the repository that is kept."""

    def __init__(
        self,
        url: str,
        branch: str,
        kept: Path,
        who: Deployer,
        *,
        keep: int = 5,
        clock: Callable[[], datetime] = utc_now,
        most_bytes: int = MOST_BYTES,
    ) -> None:
        name = blake2b(f"{url}#{branch}".encode(), digest_size=8).hexdigest()
        self._url, self._ref = url, f"refs/heads/{branch}"
        self._repository = kept / f"{name}.git"
        self._who, self._keep, self._clock, self._most = who, keep, clock, most_bytes
        self._commit = ""
        self._head: Head | None = None

    def look(self, tree: str, *, is_wary: bool = False) -> Live:  # noqa: ARG002 - git itself is
        """What the branch holds: no file in a commit can become another."""
        self._fetch(1)
        if not self._commit:
            return Live()
        head = self._head
        if head is None:
            return Live(foreign=len(self._git("ls-tree", "-r", "--name-only", THERE).splitlines()))
        is_due = head.due is not None and head.due <= self._clock()
        if head.note.tree == tree and not is_due:
            return Live(head.note, is_current=True)
        return Live(head.note, self._release(self._commit))

    def publish(self, delivery: Delivery) -> Note:
        """Commit what differs, and push it."""
        plan = delivery.plan
        deletions = map(_deletion, plan.deletions)
        files, read = delivery.files, delivery.source.read
        uploads = (_file(path, read(path, files[path])) for path in plan.uploads)
        return self._push(delivery, chain(deletions, uploads))

    def releases(self) -> Sequence[Note]:
        """What the last commits say."""
        self._fetch(self._keep + 1)
        return tuple(head.note for _, head in self._heads()) if self._commit else ()

    def restore(self, note: Note, tell: Tell) -> Note:
        """Commit again what an earlier commit holds."""
        live = self.look("")
        release = self._release(note.record)
        plan = planned(live.release, release.files, self._clock())
        before = live.release.files if live.release else {}
        source = _Nothing()
        delivery = Delivery(
            plan, release.files, before, release.base_url, source, tell, note.number
        )
        tree = self._git("rev-parse", f"{note.record}^{{tree}}").decode().strip()
        return self._push(delivery, (f"M 040000 {tree} \n".encode(),))

    def _push(self, delivery: Delivery, changes: Iterable[bytes]) -> Note:
        plan, before = delivery.plan, self._head
        number = before.note.number + 1 if before else 1
        note = delivery.note(number, self._clock(), self._who.by)
        release = Release(FORMAT, note, delivery.base_url, delivery.files, plan.leaving)
        brought = sum(delivery.files[path].size for path in plan.uploads)
        head = Head(note, release.due, brought + (before.brought if before else 0))
        more = [_file(RECORD, to_json(release))]
        if NO_JEKYLL not in delivery.files:
            more.append(_file(NO_JEKYLL, b""))
        commit = self._committed(head, chain(changes, more))
        if head.brought > self._most:
            commit = self._without_history(replace(head, brought=0), commit)
        self._send(commit)
        delivery.tell("upload", len(plan.uploads), len(plan.uploads))
        return note

    def _committed(self, head: Head, changes: Iterable[bytes]) -> str:
        message = _message(head)
        parent = [b"from %s\n" % self._commit.encode()] if self._commit else []
        lines = (
            b"feature done\ncommit %s\n" % NEW.encode(),
            b"committer %s %d +0000\n" % (_person(head.note.by), head.note.made.timestamp()),
            b"data %d\n%s\n" % (len(message), message),
            *parent,
        )
        with TemporaryFile() as stream:  # a whole site may be larger than the memory
            stream.writelines(chain(lines, changes, (b"\ndone\n",)))
            stream.seek(0)
            self._git("fast-import", "--quiet", "--force", data=stream)
        return self._git("rev-parse", NEW).decode().strip()

    def _without_history(self, head: Head, commit: str) -> str:
        """The same tree as a commit without parents: the host can forget what was before."""
        words = ("commit-tree", f"{commit}^{{tree}}", "-F", "-")
        made = str(int(head.note.made.timestamp())) + " +0000"
        person = {"NAME": head.note.by, "EMAIL": "", "DATE": made}
        names = {f"GIT_{who}_{k}": v for who in ("AUTHOR", "COMMITTER") for k, v in person.items()}
        return self._git(*words, data=_message(head), environment=names).decode().strip()

    def _send(self, commit: str) -> None:
        lease = f"--force-with-lease={self._ref}:{self._commit}"
        words = ("push", "--quiet", lease, self._url, f"{commit}:{self._ref}")
        try:
            patiently(lambda: self._git(*words))
        except ToolError as error:
            if not OVERTAKEN.search(error.told):
                raise
            self._fetch(1)
            raise BusyError(self._head.note.by if self._head else "somebody else") from None

    def _fetch(self, depth: int) -> None:
        """Learn what the branch is now, and get so many of its commits."""
        self._ready()
        listed = patiently(lambda: self._git("ls-remote", self._url, self._ref)).decode()
        self._commit, self._head = listed.partition("\t")[0], None
        if not self._commit:
            return
        wanted = ("fetch", "--quiet", "--no-tags", f"--depth={depth}", "there")
        patiently(lambda: self._git(*wanted, f"+{self._ref}:{THERE}"))
        self._commit = self._git("rev-parse", THERE).decode().strip()
        self._head = next((head for commit, head in self._heads() if commit == self._commit), None)

    def _ready(self) -> None:
        """Make the repository that is kept, which leaves out contents that nobody asks for."""
        if not (self._repository / "HEAD").exists():
            self._repository.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._git("init", "--quiet", "--bare", "--template=", ".")
        for key, value in (
            ("remote.there.url", self._url),
            ("remote.there.promisor", "true"),
            ("remote.there.partialclonefilter", "blob:none"),
        ):
            self._git("config", key, value)

    def _heads(self) -> Iterator[tuple[str, Head]]:
        """The last commits of ours and what they say, newest first."""
        words = ("log", "--first-parent", f"--max-count={self._keep + 1}", "--format=%H%x00%B%x01")
        for text in self._git(*words, THERE).decode("utf-8", "replace").split("\x01"):
            commit, _, message = text.strip().partition("\0")
            mark = message.rpartition(MARK)[2] if MARK in message else ""
            with suppress(ValueError):
                head = from_json(Head, mark.encode(), UTC)
                yield commit, replace(head, note=replace(head.note, record=commit))

    def _release(self, commit: str) -> Release:
        try:
            data = self._git("cat-file", "blob", f"{commit}:{RECORD}")
            return from_json(Release, data, UTC)
        except (ToolError, ValueError):
            hint = "Deploy with --yes into a branch without that file."
            raise RefusedError(f"{RECORD} in the branch is not readable", hint) from None

    def _git(
        self, *words: str, data: bytes | BinaryIO = b"", environment: Mapping[str, str] = NOTHING
    ) -> bytes:
        return run_tool(
            ("git", "-c", "core.hooksPath=", "-c", "gc.auto=0", *words),
            data,
            environment={**QUIET, "GIT_DIR": ".", **environment},
            folder=self._repository,
        )


class _Nothing:
    """The source of a restored release, whose contents the repository has."""

    def read(self, path: str, _entry: object) -> bytes:
        raise LookupError(path)


def _person(by: str) -> bytes:
    name = "".join(sign for sign in by if sign not in "<>\n\0").strip() or "broadsheet"
    return name.encode() + b" <>"


def _message(head: Head) -> bytes:
    note = head.note
    what = f"brings back {note.restored}" if note.restored else ""
    counts = f"{note.added} new, {note.changed} changed, {note.deleted} deleted"
    text = f"Release {note.number}: {what or counts}\n\n{MARK}"
    return text.encode() + to_json(head) + b"\n"


def _file(path: str, data: bytes) -> bytes:
    return b"M 100644 inline %s\ndata %d\n%s\n" % (_quoted(path), len(data), data)


def _deletion(path: str) -> bytes:
    return b"D %s\n" % _quoted(path)


def _quoted(path: str) -> bytes:
    """A path as `git fast-import` takes it."""
    plain = path.encode("utf-8", "surrogateescape")
    escaped = plain.replace(b"\\", b"\\\\").replace(b'"', b'\\"').replace(b"\n", b"\\n")
    return b'"%s"' % escaped
