"""Two stories on one address: when the clash is mended, the preview is what a build publishes."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from generator.build import BuildOptions, build
from generator.live.site import LiveOptions, LiveSite

NOW = datetime(2026, 3, 1, tzinfo=UTC)
Mend = Callable[[Path, Path], list[Path]]


def story(file: Path, slug: str = "") -> None:
    line = f"slug: {slug}\n" if slug else ""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"---\ntitle: {file.stem}\ndate: 2026-02-01\n{line}---\nText {file.stem}.\n")


def delete(clashing: Path, _: Path) -> list[Path]:
    clashing.unlink()
    return [clashing]


def rename(clashing: Path, _: Path) -> list[Path]:
    clashing.unlink()
    story(clashing.with_name("three.md"))
    return [clashing, clashing.with_name("three.md")]


def other_slug(clashing: Path, _: Path) -> list[Path]:
    story(clashing, "four")
    return [clashing]


def others_slug(_: Path, other: Path) -> list[Path]:
    story(other, "five")
    return [other]


def settle(live: LiveSite, site: Path, files: list[Path]) -> None:
    """Tell of some files until none of them is being saved any more."""
    for _ in range(100):
        if not live.refresh(frozenset(file.relative_to(site).as_posix() for file in files)).again:
            return
        time.sleep(0.02)


def assert_as_built(live: LiveSite, site: Path) -> None:
    output = site.parent / "built"
    build(BuildOptions(site, NOW, output=output, clean=True, allow_shrink=True))
    assert live.problems == ()
    for page in output.rglob("index.html"):
        address = f"/{page.parent.relative_to(output).as_posix()}/".replace("/./", "/")
        found = live.answer(address)
        assert found.status == 200, address
        title = page.read_text("utf-8").partition("<title>")[2].partition("</title>")[0]
        assert f"<title>{title}</title>".encode() in found.data, address


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    for name in ("one", "two"):
        story(folder / f"content/articles/{name}.md")
    (folder / "config.yaml").write_text("title: Tiny\nbase_url: https://tiny.example/\n")
    return folder


@pytest.mark.parametrize("mend", [delete, rename, other_slug, others_slug])
@pytest.mark.parametrize("names", [("one", "two"), ("two", "one")])
def test_a_mended_clash_leaves_no_page_behind(
    site: Path, mend: Mend, names: tuple[str, str]
) -> None:
    clashing, other = (site / f"content/articles/{name}.md" for name in names)
    live = LiveSite(site, LiveOptions(now=NOW))
    assert live.answer("/").status == 200
    story(clashing, other.stem)
    settle(live, site, [clashing])
    assert live.problems
    settle(live, site, mend(clashing, other))
    assert_as_built(live, site)


@pytest.mark.parametrize("is_at_once", [True, False])
def test_a_file_that_becomes_a_folder_is_one_story(site: Path, *, is_at_once: bool) -> None:
    live = LiveSite(site, LiveOptions(now=NOW))
    assert live.answer("/news/2026/02/two/").status == 200
    file, inner = site / "content/articles/two.md", site / "content/articles/two/index.md"
    story(inner)
    if not is_at_once:
        settle(live, site, [inner])
    file.unlink()
    settle(live, site, [file, inner])
    assert_as_built(live, site)
