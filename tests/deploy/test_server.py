"""A server by SSH as a target: releases in folders, one link that is swapped, and back."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from generator.deploy.planning import GRACE, planned
from generator.deploy.release import Claim, Deployer, Note, entries_of, tree_of
from generator.deploy.server import Server
from generator.deploy.server_scripts import GIVE_UP
from generator.deploy.target import BusyError, Delivery, DeployError
from generator.model.digests import content_digest
from generator.model.values import to_json
from tests.deploy.conftest import BuiltPaper
from tests.support.commands import run
from tests.support.deploying import ELSEWHERE, NOON, Files, FilesSource
from tests.support.servers import Login, ssh_server
from tests.support.sites import bytes_below
from tests.support.waiting import wait_until

pytestmark = pytest.mark.slow
NO_TIME = timedelta()
ANOTHER = Deployer("ole@night", "night", 2)


def server(
    login: Login, folder: Path, who: Deployer = ELSEWHERE, later: timedelta = NO_TIME, keep: int = 5
) -> Server:
    place = login.address.removeprefix("ssh://")
    return Server(place, str(folder).strip("/"), who, keep=keep, clock=lambda: NOON + later)


def deploy(target: Server, files: Files, later: timedelta = NO_TIME) -> Note | None:
    wanted = entries_of((p, content_digest(d), len(d)) for p, d in files.items())
    live = target.look(tree_of(wanted))
    if live.is_current:
        return None
    plan = planned(live.release, wanted, NOON + later)
    before = live.release.files if live.release else {}
    source = FilesSource(files)
    return target.publish(Delivery(plan, wanted, before, "", source, lambda *_: None))


def held(folder: Path) -> dict[str, bytes]:
    """What the web server finds."""
    return bytes_below(folder / "current")


def releases(folder: Path) -> list[int]:
    return sorted(int(each.name.split("-")[0]) for each in (folder / "releases").iterdir())


def test_a_site_stands_behind_the_link_and_can_be_rolled_back(
    built_paper: BuiltPaper, login: Login, tmp_path: Path
) -> None:
    folder = tmp_path / "srv/a b"
    site = built_paper(f"{login.address}{tmp_path}/srv/a%20b")
    result = run("deploy", "--site", site)
    assert result.exit_code == 0, result.output
    public = site / "public"
    first = {
        f.relative_to(public).as_posix(): f.read_bytes() for f in public.rglob("*") if f.is_file()
    }
    assert held(folder) == first
    assert "up to date" in run("deploy", "--site", site).output
    story = site / "content/articles/ferry.md"
    story.write_text(story.read_text("utf-8") + "And back.\n", "utf-8")
    run("build", "--site", site, "--quiet")
    assert run("deploy", "--site", site).exit_code == 0
    assert held(folder) != first
    assert run("rollback", "--site", site).exit_code == 0
    assert held(folder) == first
    assert "brought back 1" in run("deploy", "--list", "--site", site).output


def test_what_has_not_changed_is_the_same_file_as_before(login: Login, tmp_path: Path) -> None:
    folder = tmp_path / "srv"
    deploy(server(login, folder), {"index.html": b"1", "p/a.jpg": b"a", "old.html": b"o"})
    first = (folder / "current").resolve()
    deploy(server(login, folder), {"index.html": b"2", "p/a.jpg": b"a"})
    assert held(folder) == {"index.html": b"2", "p/a.jpg": b"a"}
    assert (first / "p/a.jpg").samefile(folder / "current/p/a.jpg")
    assert (first / "index.html").read_bytes() == b"1"


def test_a_change_of_the_same_size_and_time_is_brought(login: Login, tmp_path: Path) -> None:
    folder = tmp_path / "srv"
    deploy(server(login, folder), {"index.html": b"1"})
    for number in range(2, 4):
        deploy(server(login, folder), {"index.html": b"%d" % number})
        assert held(folder) == {"index.html": b"%d" % number}


def test_old_releases_are_pruned(login: Login, tmp_path: Path) -> None:
    folder = tmp_path / "srv"
    for number in range(1, 4):
        deploy(server(login, folder, keep=1), {"index.html": b"%d" % number})
    assert releases(folder) == [1, 2, 3]  # the first one is spare
    for number in range(4, 6):
        deploy(server(login, folder, keep=0), {"index.html": b"%d" % number})
    wait_until(lambda: releases(folder) == [5])


def test_a_spare_folder_becomes_the_next_release(login: Login, tmp_path: Path) -> None:
    folder, name = tmp_path / "srv", f"assets/site.{content_digest(b'a')[:10]}.css"
    editions: list[Files] = [
        {"index.html": b"1", "same.jpg": b"s", "n/a": b"a", "old/b/index.html": b"o", name: b"a"},
        {"index.html": b"2", "same.jpg": b"s", "n/a/index.html": b"a", "other.jpg": b"p"},
        {"index.html": b"3", "same.jpg": b"s", "n/a/index.html": b"b", "other.jpg": b"p"},
        {"index.html": b"4", "same.jpg": b"s", "n/a/index.html": b"b", "n/c/index.html": b"c"},
    ]
    for number, files in enumerate(editions):
        deploy(server(login, folder, keep=1), files)
        if not number:
            first = (folder / "current/same.jpg").stat().st_ino
        assert held(folder) == {**files, name: b"a"}
    assert releases(folder) == [2, 3, 4]
    assert (folder / "current/same.jpg").stat().st_ino == first
    assert not (folder / "current/old").exists()
    deploy(server(login, folder, keep=1, later=GRACE), editions[0], GRACE)
    assert held(folder) == editions[0]
    assert [note.number for note in server(login, folder, keep=1).releases()] == [5, 4]


def test_a_file_becomes_a_folder_and_a_folder_a_file(login: Login, tmp_path: Path) -> None:
    folder = tmp_path / "srv"
    for keep in (5, 1, 1, 1):
        for files in ({"a": b"1", "b/c/index.html": b"2"}, {"a/index.html": b"3", "b": b"4"}):
            deploy(server(login, folder, keep=keep), files)
            assert held(folder) == files


def test_where_the_spare_folder_is_not_there_a_copy_is_made(login: Login, tmp_path: Path) -> None:
    folder = tmp_path / "srv"
    for number in range(1, 4):
        deploy(server(login, folder, keep=1), {"index.html": b"%d" % number, "a.jpg": b"a"})
    (spare,) = folder.glob("releases/1-*")
    shutil.rmtree(spare)
    deploy(server(login, folder, keep=1), {"index.html": b"4", "a.jpg": b"a"})
    assert held(folder) == {"index.html": b"4", "a.jpg": b"a"}


def test_an_asset_nobody_needs_goes_after_a_day(login: Login, tmp_path: Path) -> None:
    folder, name = tmp_path / "srv", f"assets/site.{content_digest(b'a')[:10]}.css"
    deploy(server(login, folder), {"index.html": b"1", name: b"a"})
    deploy(server(login, folder), {"index.html": b"2"})
    assert name in held(folder)
    deploy(server(login, folder, later=GRACE), {"index.html": b"2"}, GRACE)
    assert held(folder) == {"index.html": b"2"}


def test_a_rollback_leaves_readers_the_assets_of_the_page_they_have(
    login: Login, tmp_path: Path
) -> None:
    folder, name = tmp_path / "srv", f"assets/site.{content_digest(b'b')[:10]}.css"
    deploy(server(login, folder), {"index.html": b"1"})
    deploy(server(login, folder), {"index.html": b"2", name: b"b"})
    target = server(login, folder)
    target.restore(target.releases()[1], lambda *_: None)
    assert held(folder) == {"index.html": b"1", name: b"b"}


def test_whoever_comes_while_another_deploys_is_told_who(login: Login, tmp_path: Path) -> None:
    folder = tmp_path / "srv"
    deploy(server(login, folder), {"index.html": b"1"})
    (folder / ".broadsheet/claim").symlink_to(to_json(Claim(ANOTHER, NOON)).decode())
    with pytest.raises(BusyError, match="ole@night is deploying"):
        deploy(server(login, folder), {"index.html": b"2"})
    later = timedelta(minutes=4)
    deploy(server(login, folder, later=later), {"index.html": b"2"}, later)
    assert held(folder) == {"index.html": b"2"}


def test_of_two_deployers_one_wins(login: Login, tmp_path: Path) -> None:
    folder = tmp_path / "srv"
    deploy(server(login, folder), {"index.html": b"1"})
    slow = server(login, folder)
    live = slow.look("")
    deploy(server(login, folder, ANOTHER), {"index.html": b"quick"})
    wanted = entries_of([("index.html", content_digest(b"slow"), 4)])
    source = FilesSource({"index.html": b"slow"})
    with pytest.raises(BusyError, match="ole@night"):
        slow.publish(
            Delivery(planned(live.release, wanted, NOON), wanted, {}, "", source, lambda *_: None)
        )
    assert held(folder) == {"index.html": b"quick"}


class Killed(BaseException):
    """The machine that deploys has lost its power."""


def test_killed_before_the_link_is_swapped_readers_see_the_old_site_and_the_next_run_finishes(
    login: Login, tmp_path: Path
) -> None:
    folder = tmp_path / "srv"
    deploy(server(login, folder), {"index.html": b"1"})

    class Cut(Server):
        def _send(self, staging: Path) -> None:
            raise Killed(staging)

        def _run(self, script: str, *words: str, data: bytes = b"") -> bytes:
            """Whoever has no power cannot tidy up."""
            if script is GIVE_UP:
                raise DeployError("no power", "")
            return super()._run(script, *words, data=data)

    place = login.address.removeprefix("ssh://")
    cut = Cut(place, str(folder).strip("/"), ELSEWHERE, clock=lambda: NOON)
    with pytest.raises(Killed):
        deploy(cut, {"index.html": b"2"})
    assert held(folder) == {"index.html": b"1"}
    assert (folder / ".broadsheet/claim").is_symlink()
    deploy(server(login, folder), {"index.html": b"3"})
    assert held(folder) == {"index.html": b"3"}
    assert releases(folder) == [1, 2]
    assert not (folder / ".broadsheet/claim").is_symlink()


def test_all_of_a_deploy_and_of_a_rollback_goes_through_one_connection(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "sshd").mkdir()
    folder = tmp_path / "srv"
    with ssh_server(tmp_path / "sshd", shares=False) as login:
        monkeypatch.setenv("RSYNC_RSH", login.rsh)
        for number in range(1, 3):
            deploy(server(login, folder), {"index.html": b"%d" % number})
            assert login.count == number
        target = server(login, folder)
        target.restore(target.releases()[1], lambda *_: None)
        assert login.count == 3
    assert held(folder) == {"index.html": b"1"}


def test_a_rollback_shows_the_folder_that_stands_there(login: Login, tmp_path: Path) -> None:
    folder, name = tmp_path / "srv", f"assets/site.{content_digest(b'b')[:10]}.css"
    files = {"index.html": b"1", "n/a/index.html": b"a"}
    deploy(server(login, folder), files)
    first = (folder / "current").resolve()
    deploy(server(login, folder), {"index.html": b"2", name: b"b"})
    target = server(login, folder)
    note = target.restore(target.releases()[1], lambda *_: None)
    assert (note.number, note.restored) == (3, 1)
    assert (folder / "current").resolve() == first
    assert releases(folder) == [1, 2]
    deploy(server(login, folder), {**files, "new.html": b"n"})
    assert held(folder) == {**files, "new.html": b"n", name: b"b"}
    target = server(login, folder, later=GRACE)
    again = target.restore(target.releases()[3], lambda *_: None)
    assert (again.number, again.restored, held(folder)) == (5, 1, files)
    assert [note.number for note in server(login, folder).releases()] == [5, 4, 3, 2, 1]


@pytest.mark.parametrize("lost", ["current", ".broadsheet/release-*"])
@pytest.mark.parametrize("later", [{"index.html": b"2"}, {"index.html": b"3"}])
def test_a_release_that_somebody_deleted_is_sent_again(
    lost: str, later: dict[str, bytes], login: Login, tmp_path: Path
) -> None:
    folder = tmp_path / "srv"
    for page in (b"1", b"2"):
        deploy(server(login, folder), {"index.html": page, "a.html": b"a"})
    for each in folder.glob(lost):
        shutil.rmtree(each.resolve()) if each.is_dir() else each.unlink()
    is_shown = (folder / "current").exists()
    deploy(server(login, folder), {**later, "a.html": b"a"})
    assert held(folder) == {**later, "a.html": b"a"}
    assert is_shown == (lost != "current")


def test_a_release_that_somebody_deleted_is_not_within_reach(login: Login, tmp_path: Path) -> None:
    folder = tmp_path / "srv"
    for page in (b"1", b"2", b"3"):
        deploy(server(login, folder), {"index.html": page})
    target = server(login, folder)
    second = target.releases()[1]
    shutil.rmtree(next(folder.glob("releases/2-*")))
    with pytest.raises(DeployError):
        target.restore(second, lambda *_: None)
    assert held(folder) == {"index.html": b"3"}
    assert [note.number for note in server(login, folder).releases()] == [3, 1]


def test_a_rollback_shows_readers_a_site_again_whose_live_folder_somebody_deleted(
    login: Login, tmp_path: Path
) -> None:
    folder, name = tmp_path / "srv", f"assets/site.{content_digest(b'b')[:10]}.css"
    deploy(server(login, folder), {"index.html": b"1"})
    deploy(server(login, folder), {"index.html": b"2", name: b"b"})
    shutil.rmtree((folder / "current").resolve())
    target = server(login, folder)
    target.restore(target.releases()[1], lambda *_: None)
    assert held(folder) == {"index.html": b"1"}


def test_a_file_that_somebody_changed_is_mended_when_asked(
    built_paper: BuiltPaper, login: Login, tmp_path: Path
) -> None:
    site = built_paper(f"{login.address}{tmp_path}/srv")
    run("deploy", "--site", site)
    first = held(tmp_path / "srv")
    (tmp_path / "srv/current/index.html").write_bytes(b"somebody's")
    assert "up to date" in run("deploy", "--site", site).output
    result = run("deploy", "--site", site, "--repair")
    assert result.exit_code == 0, result.output
    assert held(tmp_path / "srv") == first


def test_a_place_where_nothing_may_be_written_is_told_in_a_sentence(
    login: Login, tmp_path: Path
) -> None:
    folder = tmp_path / "srv"
    deploy(server(login, folder), {"index.html": b"1"})
    shutil.move(folder / ".broadsheet/live.json", tmp_path / "live.json")
    shutil.rmtree(folder / ".broadsheet")
    (folder / ".broadsheet").write_text("in the way", "utf-8")
    with pytest.raises(DeployError, match=r"^ssh: .*(File exists|Not a directory)"):
        deploy(server(login, folder), {"index.html": b"2"})


def test_a_folder_of_others_is_refused(
    built_paper: BuiltPaper, login: Login, tmp_path: Path
) -> None:
    folder = tmp_path / "srv"
    folder.mkdir()
    (folder / "index.html").write_text("somebody's", "utf-8")
    result = run("deploy", "--site", built_paper(f"{login.address}{folder}"))
    assert (result.exit_code, "did not bring" in result.output) == (1, True)


def test_a_server_that_lets_nobody_in_is_told_in_a_sentence(
    login: Login, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RSYNC_RSH", f"{login.rsh} -o PubkeyAuthentication=no -o ControlPath=none")
    with pytest.raises(DeployError, match=r"^ssh: .*Permission denied"):
        deploy(server(login, tmp_path / "srv"), {"index.html": b"1"})
