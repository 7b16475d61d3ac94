"""Publishing as a transaction."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.media.recipe import Cleaning
from generator.model.digests import content_digest
from generator.publish import journal, recovery
from generator.publish.guard import open_output
from generator.publish.manifest import Published
from generator.publish.originals import Original
from generator.publish.staging import staging_folder
from generator.publish.store import manifest_path
from generator.publish.transaction import Changes
from tests.support.publishing import Files, Publish, Read, run, sound

OLD = {
    "index.html": "old front: assets/site.1.css",
    "same.html": "same",
    "news/a/index.html": "old a: assets/site.1.css",
    "news/b/index.html": "gone",
    "news/b/boat.jpg": "gone",
    "tags/kursk/index.html": "old",
    "becomes-folder": "a file",
    "becomes-file/one": "in a folder",
    "becomes-file/deep/two": "in a folder",
    "Capitals.txt": "old",
    "assets/site.1.css": "gone",
    "feed.xml": "old",
}
NEW = {
    "index.html": "new front: themes/site.2.css",
    "same.html": "same",
    "news/a/index.html": "new a: themes/site.2.css",
    "news/c/index.html": "added",
    "tags/kursk/index.html": "new",
    "becomes-folder/one/two": "in a folder",
    "becomes-file": "a file",
    "capitals.txt": "new",
    "themes/site.2.css": "added",
    "feed.xml": "new",
}


def test_the_first_run_adds_everything(publish: Publish, published: Read, output: Path) -> None:
    assert publish(OLD) == Changes(added=tuple(sorted(OLD)))
    assert published() == OLD
    assert not staging_folder(output, output.parent).exists()


def test_a_second_run_with_the_same_content_changes_nothing(
    publish: Publish, published: Read, output: Path
) -> None:
    publish(OLD)
    before = {path: (output / path).stat() for path in OLD}
    assert publish(OLD) == Changes(unchanged=len(OLD))
    after = {path: (output / path).stat() for path in OLD}
    for path in OLD:
        assert (after[path].st_ino, after[path].st_mtime_ns) == (
            before[path].st_ino,
            before[path].st_mtime_ns,
        )
    assert published() == OLD


def test_changes_are_told_and_made(publish: Publish, published: Read, output: Path) -> None:
    publish(OLD)
    untouched = (output / "same.html").stat()
    assert publish(NEW) == Changes(
        added=(
            "becomes-file",
            "becomes-folder/one/two",
            "capitals.txt",
            "news/c/index.html",
            "themes/site.2.css",
        ),
        changed=("feed.xml", "index.html", "news/a/index.html", "tags/kursk/index.html"),
        deleted=(
            "Capitals.txt",
            "assets/site.1.css",
            "becomes-file/deep/two",
            "becomes-file/one",
            "becomes-folder",
            "news/b/boat.jpg",
            "news/b/index.html",
        ),
        unchanged=1,
    )
    assert published() == NEW
    assert (output / "same.html").stat().st_mtime_ns == untouched.st_mtime_ns
    assert (output / "same.html").stat().st_ino == untouched.st_ino
    assert not (output / "news" / "b").exists()
    assert publish(OLD).unchanged == 1
    assert published() == OLD


def test_folders_left_empty_go_but_the_output_folder_stays(publish: Publish, output: Path) -> None:
    publish({"a/b/c/d.html": "x", "a/e.html": "y"})
    publish({"a/e.html": "y"})
    assert [entry.name for entry in (output / "a").iterdir()] == ["e.html"]
    publish({})
    assert list(output.iterdir()) == []


def test_what_somebody_deleted_or_cut_short_is_put_back(
    publish: Publish, published: Read, output: Path
) -> None:
    publish(OLD)
    (output / "index.html").unlink()
    (output / "feed.xml").write_text("")
    shutil.rmtree(output / "news")
    assert publish(OLD).changed == (
        "feed.xml",
        "index.html",
        "news/a/index.html",
        "news/b/boat.jpg",
        "news/b/index.html",
    )
    assert published() == OLD


def test_a_clean_run_writes_everything_anew(publish: Publish, output: Path) -> None:
    publish(OLD)
    (output / "index.html").write_text("OLD front: assets/site.1.css")
    assert publish(OLD).unchanged == len(OLD)
    assert publish(OLD, clean=True).changed == tuple(sorted(OLD))
    assert (output / "index.html").read_text() == OLD["index.html"]


def test_a_file_is_copied_as_it_is(site: Path, output: Path) -> None:
    (site / "static" / "boat.txt").write_bytes(b"boat")
    original = Original(site, "static/boat.txt", content_digest(b"boat"))
    for added in (("img/boat.txt",), ()):
        transaction = open_output(output, site)
        transaction.copy("img/boat.txt", original, Cleaning("1"), "static/boat.txt")
        assert transaction.commit().added == added
    assert (output / "img" / "boat.txt").read_bytes() == b"boat"


def test_what_was_made_from_a_source_can_be_kept(
    publish: Publish, published: Read, site: Path, output: Path
) -> None:
    publish({"a/index.html": "a", "b/index.html": "b"})
    transaction = open_output(output, site)
    transaction.put("b/index.html", b"new b", "source of b")
    assert transaction.keep("source of a/index.html") == 1
    assert transaction.keep("unknown") == 0
    assert transaction.commit() == Changes(changed=("b/index.html",), unchanged=1)
    assert published() == {"a/index.html": "a", "b/index.html": "new b"}


def test_what_was_made_from_the_very_same_is_reused_unread(
    site: Path, output: Path, publish: Publish
) -> None:
    transaction = open_output(output, site)
    for path in ("a", "b", "unsure"):
        transaction.put(path, b"text", f"source of {path}", f"print of {path}"[: 10 * (path < "c")])
    transaction.commit()
    again = open_output(output, site)
    assert again.reuse("a", "print of a")
    assert not again.reuse("b", "another")
    assert not again.reuse("unsure", "")
    assert not again.reuse("c", "print of c")
    again.put("b", b"text", "source of b", "another")
    assert again.commit() == Changes(deleted=("unsure",), unchanged=2)
    (output / "a").unlink()
    assert not open_output(output, site).reuse("a", "print of a")
    assert not open_output(output, site, clean=True).reuse("b", "another")
    assert open_output(output, site).reuse("b", "another")
    publish({})


def test_fingerprints_are_told_of_what_may_be_reused(site: Path, output: Path) -> None:
    transaction = open_output(output, site)
    transaction.put("a", b"a", "", "print of a")
    transaction.put("b", b"b")
    transaction.commit()
    again = open_output(output, site)
    assert again.fingerprints(["a", "b", "c"]) == {"a": "print of a", "b": ""}
    again.partial()
    assert again.fingerprints(["a", "c"]) == {"a": "print of a"}
    assert open_output(output, site, clean=True).fingerprints(["a"]) == {}


def test_what_was_named_is_told(site: Path, output: Path) -> None:
    transaction = open_output(output, site)
    transaction.put("a", b"a", "source of a", "print of a")
    transaction.put("b", b"b")
    transaction.remove("b")
    assert transaction.planned("a") == Published(
        content_digest(b"a"), 1, "source of a", "print of a"
    )
    assert transaction.planned("b") is None


def test_abandoning_leaves_the_old_site_untouched(
    publish: Publish, published: Read, site: Path, output: Path
) -> None:
    publish(OLD)
    stored = manifest_path(site, output).read_bytes()
    transaction = open_output(output, site)
    for path, text in NEW.items():
        transaction.put(path, text.encode())
    assert staging_folder(output, output.parent).exists()
    transaction.abandon()
    assert published() == OLD
    assert manifest_path(site, output).read_bytes() == stored
    assert not staging_folder(output, output.parent).exists()


@pytest.mark.parametrize("path", ["../content/story.md", "/etc/passwd", "a//b", "", "a/../../b"])
def test_nothing_is_ever_staged_for_a_place_outside(site: Path, output: Path, path: str) -> None:
    with pytest.raises(ValueError, match="not a path in the output folder"):
        open_output(output, site).put(path, b"")


def test_whoever_asks_is_told_how_far_a_commit_came(
    publish: Publish, site: Path, output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(OLD)
    transaction = open_output(output, site)
    transaction.put("index.html", b"new")
    told = []

    def tell() -> None:
        told.append(transaction.is_committing)

    with monkeypatch.context() as patch:
        for module, name in ((journal, "store_whole"), (recovery, "change_folder")):
            done = getattr(module, name)

            def telling(*given: object, done: Callable[..., None] = done) -> None:
                tell()
                done(*given)
                tell()

            patch.setattr(module, name, telling)
        tell()
        transaction.commit()
        tell()
    assert told == [False, False, True, True, True, False]


def test_a_name_that_no_disk_takes_fails_before_anything_changes(
    publish: Publish, published: Read
) -> None:
    publish(OLD)
    with pytest.raises(OSError, match="too long"):
        publish({"index.html": "new", f"{'é' * 128}/index.html": "x"})
    assert published() == OLD


names = st.sampled_from(["a", "b", "A"])
trees = st.dictionaries(
    st.lists(names, min_size=1, max_size=3).map("/".join), st.sampled_from(["x", "y"]), max_size=5
).filter(lambda tree: not any(one.startswith(other + "/") for one in tree for other in tree))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(runs=st.lists(trees, min_size=1, max_size=3))
def test_whatever_was_published_before_the_last_run_decides(
    tmp_path_factory: pytest.TempPathFactory, runs: list[Files]
) -> None:
    site = tmp_path_factory.mktemp("site")
    output = site / "public"
    before: Files = {}
    for files in runs:
        changes = run(site, output, files)
        assert changes.added == tuple(sorted(files.keys() - before.keys()))
        assert changes.deleted == tuple(sorted(before.keys() - files.keys()))
        both = files.keys() & before.keys()
        assert changes.changed == tuple(sorted(p for p in both if files[p] != before[p]))
        assert sound(site, output) == files
        before = files
