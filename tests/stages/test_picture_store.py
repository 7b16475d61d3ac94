"""The picture store gives back what this account put into it, and nothing else."""

from pathlib import Path

import pytest

from generator.model.pictures import Rendition
from generator.stages.picture_store import PictureStore, open_store, store_key

RENDITION = Rendition("abc", 800, 480, 320, "webp", 78)
OTHER = Rendition("abc", 800, 480, 320, "webp", 77)


@pytest.fixture
def store(tmp_path: Path) -> PictureStore:
    return open_store(tmp_path)


def test_what_was_kept_comes_back(store: PictureStore) -> None:
    assert store.load(RENDITION) is None
    assert not store.has(RENDITION)
    store.keep(RENDITION, b"pixels")
    assert store.load(RENDITION) == b"pixels"
    assert store.has(RENDITION)
    assert store.load(OTHER) is None
    store.keep(RENDITION, b"others")
    assert store.load(RENDITION) == b"others"
    assert [file.name for file in store.folder.iterdir()] == [store_key(RENDITION)]


def test_what_does_not_fit_leaves_nothing_behind(store: PictureStore) -> None:
    (store.folder / store_key(RENDITION)).mkdir(parents=True)
    with pytest.raises(OSError, match="directory"):
        store.keep(RENDITION, b"pixels")
    assert [file.name for file in store.folder.iterdir()] == [store_key(RENDITION)]


def test_what_was_changed_or_put_elsewhere_is_nothing(store: PictureStore) -> None:
    store.keep(RENDITION, b"pixels")
    file = store.folder / store_key(RENDITION)
    whole = file.read_bytes()
    (store.folder / store_key(OTHER)).write_bytes(whole)
    assert store.load(OTHER) is None
    for damaged in (whole[:-1], whole + b"x", b"", bytes([whole[0] ^ 1]) + whole[1:]):
        file.write_bytes(damaged)
        assert store.load(RENDITION) is None


def test_no_link_is_followed(store: PictureStore, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.write_bytes(b"mine")
    store.folder.mkdir(parents=True)
    (store.folder / store_key(RENDITION)).symlink_to(outside)
    assert store.load(RENDITION) is None
    store.keep(RENDITION, b"pixels")
    assert store.load(RENDITION) == b"pixels"
    assert outside.read_bytes() == b"mine"


def test_what_is_wanted_or_young_stays(store: PictureStore) -> None:
    store.keep(RENDITION, b"pixels")
    store.keep(OTHER, b"others")
    store.tidy([RENDITION], before=0)
    assert store.has(OTHER)
    store.tidy([RENDITION], before=1e12)
    assert store.has(RENDITION)
    assert not store.has(OTHER)
