"""Nothing that is not ours is ever overwritten or deleted."""

import os
from pathlib import Path

import pytest

from generator.publish.guard import (
    RefusedError,
    guard_contents,
    guard_place,
    guard_shrinking,
    open_output,
)
from generator.publish.handles import Folder
from generator.publish.manifest import Manifest
from generator.publish.transaction import OccupiedError, Pages


def shape(folder: Path) -> dict[str, str]:
    """Everything below a folder: texts of files, targets of links, `/` for folders."""
    found = {}
    for entry in sorted(folder.rglob("*")):
        kind = "/" if entry.is_dir() else "?"
        text = entry.read_bytes().decode("latin-1") if entry.is_file() else kind
        found[entry.relative_to(folder).as_posix()] = (
            f"-> {entry.readlink()}" if entry.is_symlink() else text
        )
    return found


@pytest.fixture
def world(tmp_path: Path, site: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder with a site in it, and much else that somebody would miss."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(site)
    (site / ".broadsheet").mkdir()
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "chapter.txt").write_text("mine")
    (tmp_path / "hidden").mkdir()
    (tmp_path / "hidden" / ".keep").write_text("")
    (tmp_path / "file.txt").write_text("mine")
    links = {
        "to-site": site,
        "to-content": site / "content",
        "to-thesis": tmp_path / "thesis",
        "to-file": tmp_path / "file.txt",
        "to-root": Path("/"),
        "to-nothing": tmp_path / "nothing",
        "to-itself": tmp_path / "to-itself",
    }
    for name, target in links.items():
        (tmp_path / name).symlink_to(target)
    return tmp_path


SOURCE = "is one of the site's sources"
PRECIOUS = "holds files that are no output"
FOREIGN = "has files in it that Broadsheet did not publish"
NOWHERE = "is a link that leads nowhere"


@pytest.mark.parametrize(
    ("output", "reason"),
    [
        ("/", PRECIOUS),
        ("{home}", PRECIOUS),
        ("{home}/..", PRECIOUS),
        ("{home}/site", PRECIOUS),
        (".", PRECIOUS),
        ("..", PRECIOUS),
        ("public/..", PRECIOUS),
        ("content", SOURCE),
        ("content/articles", SOURCE),
        ("layouts", SOURCE),
        ("static/public", SOURCE),
        (".git", SOURCE),
        (".git/hooks/x", SOURCE),
        (".broadsheet", SOURCE),
        ("config.yaml", "is a file"),
        ("{home}/file.txt", "is a file"),
        ("{home}/thesis", FOREIGN),
        ("{home}/hidden", FOREIGN),
        ("{home}/to-site", PRECIOUS),
        ("{home}/to-root", PRECIOUS),
        ("{home}/to-content", SOURCE),
        ("{home}/to-content/x", SOURCE),
        ("{home}/to-thesis", FOREIGN),
        ("{home}/to-file", "is a file"),
        ("{home}/to-nothing", NOWHERE),
        ("{home}/to-itself", NOWHERE),
    ],
)
def test_a_folder_that_may_hold_anyones_files_is_refused(
    world: Path, site: Path, output: str, reason: str
) -> None:
    before = shape(world)
    with pytest.raises(RefusedError) as raised:
        open_output(Path(output.format(home=world)), site)
    assert raised.value.message.endswith(reason)
    assert str(world) not in str(raised.value)
    assert raised.value.hint
    assert shape(world) == before


def test_sources_behind_a_link_are_sources_too(world: Path, site: Path) -> None:
    (site / "content" / "story.md").unlink()
    (site / "content").rmdir()
    (world / "texts" / "deep").mkdir(parents=True)
    (site / "content").symlink_to(world / "texts" / "deep")
    for output in ("texts/deep", "texts/deep/public", "texts"):
        with pytest.raises(RefusedError):
            open_output(world / output, site)


@pytest.mark.parametrize(
    "output", ["public", "a/b/c", "{home}/www", "generator", "content-2024", ".well"]
)
def test_any_other_new_or_empty_folder_will_do(world: Path, site: Path, output: str) -> None:
    folder = Path(output.format(home=world))
    for _ in range(2):
        transaction = open_output(folder, site)
        transaction.put("index.html", b"x")
        transaction.commit()
        assert (folder / "index.html").read_bytes() == b"x"


def test_an_output_folder_may_be_a_link_to_one(world: Path, site: Path) -> None:
    (world / "www").mkdir()
    (world / "to-www").symlink_to(world / "www")
    transaction = open_output(world / "to-www", site)
    transaction.put("index.html", b"x")
    assert transaction.staging.parent == world
    assert transaction.staging.name.startswith(".www.staging-")
    transaction.commit()
    assert (world / "www" / "index.html").exists()
    assert (world / "to-www").is_symlink()
    assert open_output(world / "www", site).before.files.keys() == {"index.html"}


def test_a_folder_without_its_manifest_is_anyones(world: Path, site: Path) -> None:
    transaction = open_output(world / "www", site)
    transaction.put("page.html", b"x")
    transaction.commit()
    for stored in (site / ".broadsheet").iterdir():
        stored.write_text("{")
    with pytest.raises(RefusedError, match="did not publish"):
        open_output(world / "www", site)
    assert (world / "www" / "page.html").exists()


def test_a_folder_is_ours_when_a_manifest_says_so(world: Path) -> None:
    guard_contents(world, Manifest.of({}), world)
    with pytest.raises(RefusedError):
        guard_contents(world, None, world)


@pytest.mark.parametrize("closed", ["site", "site/public"])
def test_a_folder_that_cannot_be_written_to_is_told_before_anything_is_done(
    world: Path, site: Path, monkeypatch: pytest.MonkeyPatch, closed: str
) -> None:
    open_output(site / "public", site).commit()
    before = shape(world)
    monkeypatch.setattr(os, "access", lambda path, _: path != world / closed)
    with pytest.raises(PermissionError) as raised:
        open_output(site / "public", site)
    assert raised.value.filename == str(world / closed)
    assert shape(world) == before


def test_a_user_without_a_home_can_publish(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(Path, "home", homeless)
    assert guard_place(site / "public", site) == site / "public"


def test_what_a_killed_first_run_left_is_not_taken_for_anyones(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = site / "public"
    transaction = open_output(output, site)
    transaction.put("a.html", b"a")
    transaction.put("b.html", b"b")
    move = Folder.move

    def fail_at_the_end(folder: Folder, name: str, target: Folder, new: str) -> None:
        if new == "b.html":
            raise KeyboardInterrupt
        move(folder, name, target, new)

    monkeypatch.setattr(Folder, "move", fail_at_the_end)
    with pytest.raises(KeyboardInterrupt):
        transaction.commit()
    assert transaction.is_committing
    transaction.abandon()
    monkeypatch.undo()
    assert open_output(output, site).before.files.keys() == {"a.html", "b.html"}
    assert sorted(file.name for file in output.iterdir()) == ["a.html", "b.html"]


def published_site(folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / "index.html").write_text("front")
    (folder / "CNAME").write_text("example.org")


def test_a_site_whose_manifest_was_lost_is_adopted_when_every_file_is_the_same(
    tmp_path: Path,
) -> None:
    published_site(tmp_path / "public")
    transaction = open_output(tmp_path / "public", tmp_path / "site")
    transaction.put("index.html", b"front")
    transaction.put("CNAME", b"example.org")
    transaction.put("new.html", b"new")
    assert transaction.commit().added == ("new.html",)
    again = open_output(tmp_path / "public", tmp_path / "site")
    assert not again.is_adopting


@pytest.mark.parametrize("files", [{"index.html": b"other"}, {"index.html": b"front"}])
def test_a_folder_with_any_other_file_is_not_adopted(
    tmp_path: Path, files: dict[str, bytes]
) -> None:
    published_site(tmp_path / "public")
    transaction = open_output(tmp_path / "public", tmp_path / "site")
    for path, data in files.items():
        transaction.put(path, data)
    with pytest.raises(OccupiedError):
        transaction.commit()
    transaction.abandon()
    assert (tmp_path / "public/index.html").read_text() == "front"
    assert (tmp_path / "public/CNAME").read_text() == "example.org"


@pytest.mark.parametrize(
    "pages",
    [
        Pages(0, 1),
        Pages(0, 100_000),
        Pages(9, 1),
        Pages(10, 8),
        Pages(100, 80),
        Pages(101, 81),
        Pages(100, 200),
    ],
)
def test_a_site_may_grow_and_shrink_a_little(pages: Pages) -> None:
    guard_shrinking(pages)


@pytest.mark.parametrize(
    ("pages", "message"),
    [
        (Pages(0, 0), "the new site has no pages at all"),
        (Pages(9, 0), "the new site has no pages at all"),
        (Pages(10, 7), "only 7 of 10 pages would be left"),
        (Pages(101, 80), "only 80 of 101 pages would be left"),
        (Pages(12_000, 1_000), "only 1,000 of 12,000 pages would be left"),
    ],
)
def test_a_site_that_shrinks_by_accident_is_refused(pages: Pages, message: str) -> None:
    with pytest.raises(RefusedError) as raised:
        guard_shrinking(pages)
    assert raised.value.message == message
    assert raised.value.hint.endswith("To publish it all the same, add --allow-shrink.")


@pytest.mark.parametrize(
    "git",
    [
        {".git/HEAD": "ref"},
        {".git": "gitdir: /elsewhere"},
        {".svn/wc.db": "rows"},
        {".hg/store/00.i": "log"},
    ],
)
def test_a_clone_without_files_or_with_the_very_same_ones_may_be_published_to(
    tmp_path: Path, git: dict[str, str]
) -> None:
    for number, clean in ((1, False), (2, False), (2, True)):
        output, site = tmp_path / f"public{number}{clean}", tmp_path / f"site{number}{clean}"
        if number == 2:
            published_site(output)
        for path, text in git.items():
            (output / path).parent.mkdir(parents=True, exist_ok=True)
            (output / path).write_text(text)
        transaction = open_output(output, site, clean=clean)
        transaction.put("index.html", b"front")
        transaction.put("CNAME", b"example.org")
        transaction.commit()
        assert {path: (output / path).read_text() for path in git} == git
        assert (output / "CNAME").read_text() == "example.org"
