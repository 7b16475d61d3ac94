"""Deploys of whole releases, to a git branch and a server, are cut after every step.

Readers have the old site or the new one, never a mixture, and the next run finishes.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import UTC, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO

import pytest

from generator.deploy import server as server_module
from generator.deploy import ssh
from generator.deploy.git_branch import GitBranch
from generator.deploy.planning import planned
from generator.deploy.release import Pointer, entries_of, tree_of
from generator.deploy.server import Server
from generator.deploy.server_folders import kept
from generator.deploy.server_scripts import BACK, BEGIN, END
from generator.deploy.target import Delivery, DeployError, Target
from generator.model.digests import content_digest
from generator.model.values import from_json
from tests.support.deploying import ELSEWHERE, NOON, CutError, Files, FilesSource
from tests.support.editions import edition, lacking_in
from tests.support.servers import Login
from tests.support.sites import bytes_below
from tests.support.waiting import wait_until

pytestmark = pytest.mark.slow
NOTHING: Mapping[str, str] = MappingProxyType({})
EACH = 1 if os.environ.get("BROADSHEET_CUTS") else 3
LATER = timedelta(minutes=4)
"""After this a claim of somebody elsewhere has lapsed."""


def deploy(target: Target, files: Files) -> None:
    wanted = entries_of((p, content_digest(d), len(d)) for p, d in files.items())
    live = target.look(tree_of(wanted))
    if live.is_current:
        return
    plan = planned(live.release, wanted, NOON, live.doubtful)
    before = live.release.files if live.release else {}
    target.publish(Delivery(plan, wanted, before, "", FilesSource(files), lambda *_: None))


def assert_whole(found: Files, *editions: Files) -> None:
    """Readers have one of these, with no more besides than assets of an earlier one."""
    assert lacking_in(found) == []
    pages = {path: data for path, data in found.items() if not path.startswith("assets/")}
    known = [
        {path: data for path, data in each.items() if not path.startswith("assets/")}
        for each in editions
    ]
    assert pages in known


class CutBranch(GitBranch):
    """Its git is cut off at one of its calls; `is_late`: after that one was carried out."""

    cut, calls, is_late = 0, 0, False

    def _git(
        self, *words: str, data: bytes | BinaryIO = b"", environment: Mapping[str, str] = NOTHING
    ) -> bytes:
        self.calls += 1
        if self.cut and self.calls >= self.cut:
            if self.calls == self.cut and self.is_late:
                super()._git(*words, data=data, environment=environment)
            raise CutError
        return super()._git(*words, data=data, environment=environment)


def branch_holds(repository: Path) -> dict[str, bytes]:
    """What the branch holds for readers."""
    words = ["git", "-C", str(repository), "archive", "--format=tar", "pages"]
    archive = subprocess.run(words, check=True, capture_output=True).stdout
    folder = repository.parent / "out"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    subprocess.run(["tar", "-x", "-C", str(folder)], input=archive, check=True)
    return {
        path: data
        for path, data in bytes_below(folder).items()
        if not path.startswith(".broadsheet/") and path != ".nojekyll"
    }


@pytest.mark.parametrize("is_late", [False, True])
def test_a_branch_is_whole_wherever_a_push_is_cut(tmp_path: Path, *, is_late: bool) -> None:
    repository = tmp_path / "pages.git"
    subprocess.run(["git", "init", "--quiet", "--bare", str(repository)], check=True)

    def branch(cut: int = 0) -> CutBranch:
        target = CutBranch(
            repository.as_uri(), "pages", tmp_path / "kept", ELSEWHERE, clock=lambda: NOON
        )
        target.cut, target.is_late = cut, is_late
        return target

    before = edition(b"0", 3, 0)
    deploy(branch(), before)
    for cut in range(1, 100):
        wanted = edition(b"%d" % cut, 3 + cut % 2, cut)
        target = branch(cut)
        try:
            deploy(target, wanted)
        except (CutError, DeployError):
            assert_whole(branch_holds(repository), before, wanted)
            deploy(branch(), wanted)
        assert_whole(branch_holds(repository), wanted)
        before = wanted
        if target.calls < cut:  # it came to its end before that
            break
    assert cut > 8


def at_once(work: Callable[[], bytes]) -> bytes:
    """No patience: what was killed fails again."""
    return work()


def cut_scripts(script: str) -> Iterator[str]:
    """The script, killed after each of its lines, or every third."""
    lines = script.splitlines(keepends=True)
    for place in range(1, len(lines) + 1, EACH):
        cut = "".join([*lines[:place], "kill -9 $$\n", *lines[place:]])
        if subprocess.run(["sh", "-n"], input=cut.encode(), check=False, stderr=-3).returncode == 0:
            yield cut


@pytest.mark.parametrize("name", ["BEGIN", "END"])
def test_a_server_shows_a_whole_site_wherever_a_script_of_ours_is_killed(
    name: str, login: Login, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, place = tmp_path / "srv", login.address.removeprefix("ssh://")
    script = {"BEGIN": BEGIN, "END": END}[name]

    def server(now: timedelta = timedelta()) -> Server:
        # With one release in reach each deploy takes the folder of a former one.
        return Server(place, str(folder).strip("/"), ELSEWHERE, keep=1, clock=lambda: NOON + now)

    before = edition(b"0", 3, 0)
    deploy(server(), before)
    for number, cut in enumerate(cut_scripts(script), 1):
        wanted = edition(b"%d" % number, 3 + number % 2, number)
        with monkeypatch.context() as patch:
            patch.setattr(server_module, name, cut)
            patch.setattr(ssh, "patiently", at_once)
            cut_off(server(), wanted)
        assert_whole(bytes_below(folder / "current"), before, wanted)
        deploy(server(LATER), wanted)
        assert_whole(bytes_below(folder / "current"), wanted)
        assert not (folder / ".broadsheet/claim").is_symlink()
        before = wanted
    named = re.findall(r"releases/([^/\s]+)", str((folder / "current").readlink()))
    assert named[0] in {each.name for each in (folder / "releases").iterdir()}
    assert number > 4


def server_in(login: Login, folder: Path, later: timedelta = timedelta()) -> Server:
    place = login.address.removeprefix("ssh://")
    return Server(place, str(folder).strip("/"), ELSEWHERE, clock=lambda: NOON + later)


def tree(files: Files) -> str:
    return tree_of(entries_of((p, content_digest(d), len(d)) for p, d in files.items()))


@pytest.mark.parametrize("tidies_up", [True, False])
def test_a_server_shows_a_whole_site_wherever_a_rollback_is_killed(
    login: Login, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, tidies_up: bool
) -> None:
    folder, first, second = tmp_path / "srv", edition(b"1", 3, 1), edition(b"2", 4, 2)
    deploy(server_in(login, folder), first)
    deploy(server_in(login, folder), second)
    monkeypatch.setattr(ssh, "patiently", at_once)
    cuts = list(cut_scripts(BACK))
    for cut in cuts:
        target = server_in(login, folder)
        note = next(note for note in target.releases()[1:] if note.tree == tree(first))
        with monkeypatch.context() as patch, suppress(DeployError):
            patch.setattr(server_module, "BACK", cut)
            if not tidies_up:  # whoever has no power cannot
                patch.setattr(server_module, "GIVE_UP", "exit 1")
            target.restore(note, lambda *_: None)
        assert_whole(bytes_below(folder / "current"), first, second)
        deploy(server_in(login, folder, LATER), second)
        assert_whole(bytes_below(folder / "current"), second)
    assert len(cuts) > 10
    pointer = from_json(Pointer, (folder / ".broadsheet/live.json").read_bytes(), UTC)
    wanted = {line.removeprefix("K ") for line in kept(pointer)}
    wait_until(lambda: standing(folder) == wanted)


def standing(folder: Path) -> set[str]:
    """The releases and records on the server."""
    found = (*folder.glob("releases/*"), *folder.glob(".broadsheet/release-*"))
    return {each.relative_to(folder).as_posix() for each in found}


def test_what_readers_are_shown_and_no_record_tells_of_is_mended(
    login: Login, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, first, second = tmp_path / "srv", edition(b"1", 3, 1), edition(b"2", 4, 2)
    deploy(server_in(login, folder), first)
    with monkeypatch.context() as patch:
        patch.setattr(ssh, "patiently", at_once)
        patch.setattr(server_module, "END", END.replace("mv -f ", "kill -9 $$; mv -f "))
        patch.setattr(server_module, "GIVE_UP", "exit 1")
        cut_off(server_in(login, folder), second)
    assert_whole(bytes_below(folder / "current"), second)
    deploy(server_in(login, folder, LATER), first)
    assert_whole(bytes_below(folder / "current"), first)


def cut_off(target: Target, files: Files) -> None:
    """Deploy what may be cut off; it may also find that all was done before that."""
    with suppress(CutError, DeployError):
        deploy(target, files)
