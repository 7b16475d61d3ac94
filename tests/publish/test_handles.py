"""What is reached from an open folder is in that folder, whatever a name has become meanwhile."""

import stat
from pathlib import Path

import pytest

from generator.publish import handles
from generator.publish.folder import change_folder
from generator.publish.handles import NEW, Folder

WAYS = [True, False] if handles.BOUND else [False]


@pytest.fixture(params=WAYS, ids=["bound", "by path"])
def world(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder, and one beside it that is somebody's; also as on systems without such calls."""
    monkeypatch.setattr(handles, "BOUND", request.param)
    if not request.param:
        monkeypatch.setattr(handles, "NOFOLLOW", 0)
    (tmp_path / "ours" / "deep").mkdir(parents=True)
    (tmp_path / "ours" / "a").write_text("a")
    (tmp_path / "theirs").mkdir()
    (tmp_path / "theirs" / "a").write_text("theirs")
    return tmp_path


def test_a_folder_that_is_a_link_is_not_opened(world: Path) -> None:
    (world / "ours" / "link").symlink_to(world / "theirs")
    with pytest.raises(OSError, match="link"):
        Folder.at(world / "ours" / "link")
    with Folder.at(world / "ours") as folder:
        for path in ("link", "link/x", "deep/nothing", "a"):
            with pytest.raises(OSError):  # noqa: PT011 - which one, the system says
                folder.folder(path)
        with pytest.raises(OSError):  # noqa: PT011 - as above
            folder.folder("link/new", make=True)
    assert not (world / "theirs" / "new").exists()


def test_a_file_that_is_a_link_is_not_opened(world: Path) -> None:
    (world / "ours" / "link").symlink_to(world / "theirs" / "a")
    with Folder.at(world / "ours") as folder:
        with pytest.raises(OSError):  # noqa: PT011 - as above
            folder.read("link")
        with pytest.raises(OSError):  # noqa: PT011 - as above
            folder.open("link", NEW)
        assert stat.S_ISLNK(folder.mode("link"))
        folder.unlink("link")
    assert (world / "theirs" / "a").read_text() == "theirs"


def test_files_are_moved_read_and_deleted_by_their_names(world: Path) -> None:
    with Folder.at(world / "ours") as folder:
        holder, name = folder.holder("new/deeper/b", make=True)
        folder.move("a", holder, name)
        assert (world / "ours/new/deeper/b").read_text() == "a"
        assert folder.holder("new/deeper/b")[0].read("b") == b"a"
        assert sorted(folder.names()) == ["deep", "new"]
        holder, name = folder.holder("new/deeper/b")
        holder.unlink(name)
        folder.folder("new").rmdir("deeper")
        assert folder.folder("new").names() == []
        assert folder.mode("nothing") == 0


@pytest.mark.skipif(not handles.BOUND, reason="this system cannot open folders")
def test_a_folder_stays_the_one_it_was_when_its_name_becomes_a_link(tmp_path: Path) -> None:
    (tmp_path / "public").mkdir()
    (tmp_path / "theirs").mkdir()
    (tmp_path / "waiting").mkdir()
    (tmp_path / "waiting" / "1").write_text("new")
    with Folder.at(tmp_path / "public") as output, Folder.at(tmp_path / "waiting") as staging:
        (tmp_path / "public").rename(tmp_path / "moved")
        (tmp_path / "public").symlink_to(tmp_path / "theirs")
        change_folder([("1", "a/b")], [], output, staging)
    assert list((tmp_path / "theirs").iterdir()) == []
    assert (tmp_path / "moved/a/b").read_text() == "new"


def test_nothing_is_moved_or_deleted_through_a_link_on_the_way(world: Path) -> None:
    (world / "waiting").mkdir()
    (world / "waiting" / "1").write_text("new")
    (world / "ours" / "link").symlink_to(world / "theirs")
    with Folder.at(world / "ours") as output, Folder.at(world / "waiting") as staging:
        change_folder([], ["link/a"], output, staging)
        with pytest.raises(OSError):  # noqa: PT011 - as above
            change_folder([("1", "link/a")], [], output, staging)
    assert (world / "theirs" / "a").read_text() == "theirs"


def test_open_folders_are_let_go_of(world: Path) -> None:
    def count() -> int:
        folder = Path("/proc/self/fd")
        return len([*folder.iterdir()]) if folder.exists() else 0

    before = count()
    for _ in range(5):
        with Folder.at(world / "ours") as folder:
            for number in range(5):
                folder.folder(f"x{number}/y/z", make=True)
            for number in range(5):
                folder.folder(f"x{number}/y").rmdir("z")
    assert count() == before


def test_a_failure_names_the_whole_path(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("a", "utf-8")
    (tmp_path / "full/inner").mkdir(parents=True)
    with Folder.at(tmp_path) as folder, Folder.at(tmp_path / "full") as full:
        for fails, path in (
            (lambda: folder.open("lost"), "lost"),
            (lambda: folder.folder("a/b"), "a"),
            (lambda: folder.unlink("lost"), "lost"),
            (lambda: folder.move("a", full, "inner"), "full/inner"),
        ):
            with pytest.raises(OSError, match=r".") as raised:
                fails()
            assert raised.value.filename == f"{tmp_path}/{path}"
