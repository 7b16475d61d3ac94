"""On which disks a change made elsewhere is told of by nobody."""

from pathlib import Path

import pytest

from generator import mounts
from generator.serve.mounts import remote_kind

SITE = Path("/srv/a paper")


def kind_of(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, *lines: str) -> str:
    table = tmp_path / "mounts"
    table.write_text("".join(f"device {line} rw 0 0\n" for line in ("/ ext4", *lines)), "utf-8")
    monkeypatch.setattr(mounts, "MOUNTS", table)
    return remote_kind([SITE, SITE / "content"])


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([], ""),
        (["/srv nfs4"], "nfs4"),
        ([r"/srv/a\040paper/content fuse.sshfs"], "fuse.sshfs"),
        ([r"/srv/a\040paper/content/articles/2026 9p"], "9p"),
        (["/srv/a nfs"], ""),
        (["/srv/a\\040paper2 nfs"], ""),
        (["/srv nfs4", "/srv/a\\040paper ext4"], ""),
        (["/srv/a\\040paper nfs4", "/srv/a\\040paper ext4"], ""),
        (["/home nfs4", "/srv/a\\040paper/content tmpfs"], ""),
        (["/srv/a\\040paper/content/one tmpfs", "/srv/a\\040paper/content/two cifs"], "cifs"),
        (["/srv/a\\040paper/static fuse.rclone"], "fuse.rclone"),
        (["/srv/a\\040paper/layouts fakeowner"], "fakeowner"),
        (["/srv fuse.ntfs-3g", "/srv/a\\040paper/content fuseblk"], ""),
    ],
)
def test_every_mount_that_a_folder_is_on_or_has_below_it_is_asked(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, lines: list[str], expected: str
) -> None:
    assert kind_of(monkeypatch, tmp_path, *lines) == expected


def test_where_the_system_tells_of_no_mounts_nothing_is_said(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(mounts, "MOUNTS", tmp_path / "none")
    assert remote_kind([SITE]) == ""
