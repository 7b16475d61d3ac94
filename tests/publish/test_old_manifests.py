"""Manifests of older Broadsheets."""

import json
from pathlib import Path

import pytest

from generator.publish.manifest import About, Manifest, Published, count_pages
from generator.publish.store import (
    load_manifest,
    old_path,
    write_manifest,
)

Files = dict[str, Published]
FILES = {
    f"{name}/index.html": Published("0a" * 16, size, f"content/{name}.md", "1b" * 16)
    for size, name in enumerate(["a", "b é", "News", "c"])
}
ABOUT = About("first", "some mark", len(FILES), len(FILES))


@pytest.fixture
def stored(tmp_path: Path) -> Path:
    """A stored manifest of FILES."""
    path = tmp_path / "state" / "published-x.db"
    write_manifest(path, FILES, ABOUT)
    return path


def about(files: Files, state: str, mark: str = "") -> About:
    return About(state, mark, len(files), count_pages(files))


def told(manifest: Manifest | None) -> tuple[Files, About] | None:
    """All that a manifest says; nothing for none."""
    return (dict(manifest.files), manifest.about) if manifest else None


ROW = ["digest", 1, "source", "fingerprint"]
WRONG_FILES: list[object] = [
    [],
    None,
    {"a": None},
    {"a": ["d", 1]},
    {"a": ["d", "x", "", ""]},
    {"a": ["d", float("inf"), "", ""]},
    {"a": ["d", float("nan"), "", ""]},
    {"a": ["d", 2**64, "", ""]},
    {"a": ["d", 1, "\ud800", ""]},
    {"fine": ROW, "../outside": ROW},
    {"fine": ROW, "\ud800": ROW},
]


@pytest.mark.parametrize("is_alone", [True, False])
def test_an_older_manifest_is_read_and_then_replaced(stored: Path, *, is_alone: bool) -> None:
    """When both are there, an older Broadsheet has published since."""
    if is_alone:
        stored.unlink()
    old_path(stored).write_text(json.dumps({"format": 2, "files": {"a é": ROW}}))
    files = {"a é": Published("digest", 1, "source", "fingerprint")}
    assert told(load_manifest(stored)) == (files, About(files=1))
    write_manifest(stored, files, about(files, "new"))
    assert not old_path(stored).exists()
    assert told(load_manifest(stored)) == (files, about(files, "new"))


WRONG_TEXTS = ["", "{", "null", "[]", "7", '"text"', "{}", '{"format": 2}', "[" * 100_000]


@pytest.mark.parametrize(
    "text",
    [
        *WRONG_TEXTS,
        '{"format": 1, "files": {}}',
        *(json.dumps({"format": 2, "files": files}) for files in WRONG_FILES),
    ],
)
def test_what_is_none_of_ours_is_no_manifest(text: str, tmp_path: Path) -> None:
    path = tmp_path / "published-x.db"
    old_path(path).write_text(text)
    assert load_manifest(path) is None
