"""A git branch as a target: commits with parents, one winner, and the way back."""

import shutil
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest

from generator.deploy.git_branch import GitBranch
from generator.deploy.planning import GRACE, planned
from generator.deploy.release import Deployer, Note, entries_of, tree_of
from generator.deploy.target import BusyError, Delivery, DeployError
from generator.model.digests import content_digest
from tests.deploy.conftest import BuiltPaper
from tests.support.commands import run
from tests.support.deploying import ELSEWHERE, NOON, Files, FilesSource

pytestmark = pytest.mark.slow
NO_TIME = timedelta()
ANOTHER = Deployer("ole@night", "night", 2)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = tmp_path / "pages.git"
    subprocess.run(["git", "init", "--quiet", "--bare", str(folder)], check=True)
    return folder


def git(repository: Path, *words: str) -> str:
    done = subprocess.run(["git", "-C", str(repository), *words], check=True, capture_output=True)
    return done.stdout.decode(errors="replace")  # a font is no text


def held(repository: Path) -> dict[str, str]:
    """What the branch holds for readers."""
    names = git(repository, "ls-tree", "-r", "-z", "--name-only", "pages").split("\0")
    names = [name for name in names if name and not name.startswith(".broadsheet/")]
    return {name: git(repository, "show", f"pages:{name}") for name in names}


def branch(
    repository: Path,
    kept: Path,
    who: Deployer = ELSEWHERE,
    most: int = 10**9,
    later: timedelta = timedelta(),
) -> GitBranch:
    url = repository.as_uri()
    return GitBranch(url, "pages", kept, who, clock=lambda: NOON + later, most_bytes=most)


def deploy(target: GitBranch, files: Files, later: timedelta = NO_TIME) -> Note | None:
    wanted = entries_of((p, content_digest(d), len(d)) for p, d in files.items())
    live = target.look(tree_of(wanted))
    if live.is_current:
        return None
    plan = planned(live.release, wanted, NOON + later, live.doubtful)
    before = live.release.files if live.release else {}
    source = FilesSource(files)
    return target.publish(Delivery(plan, wanted, before, "", source, lambda *_: None))


def test_a_site_stands_in_the_branch_with_no_more_than_a_file_for_github(
    built_paper: BuiltPaper, repository: Path
) -> None:
    site = built_paper(f"git+{repository.as_uri()}#pages", more="")
    result = run("deploy", "--site", site)
    assert result.exit_code == 0, result.output
    public = site / "public"
    files = {f.relative_to(public).as_posix() for f in public.rglob("*") if f.is_file()}
    assert held(repository).keys() == files
    assert "up to date" in run("deploy", "--site", site).output


def test_each_release_is_a_commit_on_the_one_before(repository: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    deploy(branch(repository, kept), {"index.html": b"1", "a b/ü.html": b"a", "old.html": b"o"})
    deploy(branch(repository, kept), {"index.html": b"2", "a b/ü.html": b"a"})
    assert held(repository) == {"index.html": "2", "a b/ü.html": "a", ".nojekyll": ""}
    assert git(repository, "log", "--format=%s %an", "pages").splitlines() == [
        "Release 2: 0 new, 1 changed, 1 deleted mara@desk",
        "Release 1: 3 new, 0 changed, 0 deleted mara@desk",
    ]


def test_a_second_push_sends_what_has_changed_alone(repository: Path, tmp_path: Path) -> None:
    files = {f"{n}/index.html": b"%d" % n for n in range(200)}
    deploy(branch(repository, tmp_path / "kept"), files)
    before = _objects(repository)
    deploy(branch(repository, tmp_path / "another machine"), files | {"7/index.html": b"new"})
    # A commit, the top's tree, the page and its folder, the record and its folder.
    assert _objects(repository) - before == 6


def _objects(repository: Path) -> int:
    return len(git(repository, "cat-file", "--batch-all-objects", "--batch-check").splitlines())


def test_nothing_changed_makes_no_commit(repository: Path, tmp_path: Path) -> None:
    deploy(branch(repository, tmp_path / "kept"), {"index.html": b"1"})
    assert deploy(branch(repository, tmp_path / "kept"), {"index.html": b"1"}) is None
    assert len(git(repository, "log", "--format=%H", "pages").splitlines()) == 1


def test_of_two_deployers_one_wins_and_the_other_is_told_who(
    repository: Path, tmp_path: Path
) -> None:
    deploy(branch(repository, tmp_path / "kept"), {"index.html": b"1"})
    slow, quick = branch(repository, tmp_path / "s"), branch(repository, tmp_path / "q", ANOTHER)
    wanted = entries_of([("index.html", content_digest(b"slow"), 4)])
    live = slow.look("")
    deploy(quick, {"index.html": b"quick"})
    plan = planned(live.release, wanted, NOON)
    source = FilesSource({"index.html": b"slow"})
    with pytest.raises(BusyError, match="ole@night"):
        slow.publish(Delivery(plan, wanted, {}, "", source, lambda *_: None))
    assert held(repository)["index.html"] == "quick"


def test_a_rollback_brings_back_every_byte(repository: Path, tmp_path: Path) -> None:
    deploy(branch(repository, tmp_path / "kept"), {"index.html": b"1", "a.html": b"a"})
    deploy(branch(repository, tmp_path / "kept"), {"index.html": b"2", "b.html": b"b"})
    target = branch(repository, tmp_path / "another machine")
    live, before = target.releases()
    assert (live.number, before.number) == (2, 1)
    note = target.restore(before, lambda *_: None)
    assert (note.number, note.restored) == (3, 1)
    assert held(repository) == {"index.html": "1", "a.html": "a", ".nojekyll": ""}
    assert (
        deploy(branch(repository, tmp_path / "kept"), {"index.html": b"1", "a.html": b"a"}) is None
    )


def test_an_asset_nobody_needs_goes_after_a_day(repository: Path, tmp_path: Path) -> None:
    name = f"assets/site.{content_digest(b'a')[:10]}.css"
    deploy(branch(repository, tmp_path / "kept"), {"index.html": b"1", name: b"a"})
    deploy(branch(repository, tmp_path / "kept"), {"index.html": b"2"})
    assert name in held(repository)
    later = branch(repository, tmp_path / "kept", later=GRACE)
    assert deploy(later, {"index.html": b"2"}, GRACE) is not None
    assert name not in held(repository)


def test_a_history_that_grows_too_long_begins_anew(repository: Path, tmp_path: Path) -> None:
    for text in (b"1" * 60, b"2" * 60, b"3" * 60):
        deploy(branch(repository, tmp_path / "kept", most=100), {"index.html": text})
    assert held(repository)["index.html"] == "3" * 60
    subjects = git(repository, "log", "--format=%s", "pages").splitlines()
    assert [subject.split(":")[0] for subject in subjects] == ["Release 3", "Release 2"]


def test_a_branch_of_others_is_refused_unless_meant_and_keeps_their_files(
    built_paper: BuiltPaper, repository: Path, tmp_path: Path
) -> None:
    work = tmp_path / "work"
    git(tmp_path, "clone", "--quiet", str(repository), str(work))
    (work / "CNAME").write_text("quay.news", "utf-8")
    git(work, "add", "CNAME")
    git(work, "-c", "user.name=a", "-c", "user.email=a@b", "commit", "--quiet", "-m", "Mine")
    git(work, "push", "--quiet", "origin", "HEAD:pages")
    site = built_paper(f"git+{repository.as_uri()}#pages")
    result = run("deploy", "--site", site)
    assert (result.exit_code, "did not bring" in result.output) == (1, True)
    assert run("deploy", "--yes", "--site", site).exit_code == 0
    assert held(repository)["CNAME"] == "quay.news"


def test_a_push_that_fails_leaves_the_branch_and_the_next_finishes(
    repository: Path, tmp_path: Path
) -> None:
    deploy(branch(repository, tmp_path / "kept"), {"index.html": b"1"})
    hook = repository / "hooks/pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho the disk is full >&2\nexit 1\n", "utf-8")
    hook.chmod(0o755)
    with pytest.raises(DeployError, match=r"^git: "):
        deploy(branch(repository, tmp_path / "kept"), {"index.html": b"2"})
    assert held(repository)["index.html"] == "1"
    hook.unlink()
    deploy(branch(repository, tmp_path / "kept"), {"index.html": b"2"})
    assert held(repository)["index.html"] == "2"


def test_a_repository_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(DeployError, match="git: fatal"):
        branch(tmp_path / "none.git", tmp_path / "kept").look("")


def test_git_that_is_not_installed_is_told(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert shutil.which("git")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(DeployError, match="git is not installed"):
        branch(repository, tmp_path / "kept").look("")
