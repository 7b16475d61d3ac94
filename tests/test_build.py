import os
import socket
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from generator.build import BuildOptions, build
from generator.model.problems import SiteError
from generator.model.values import replace
from generator.publish.guard import RefusedError
from generator.read.config import NoSiteError
from tests.support.sites import MakeSite

NOW = datetime(2026, 1, 15, 12, tzinfo=UTC)


@pytest.fixture
def site(make_site: MakeSite) -> Path:
    return make_site(
        """
        -- config.yaml --
        title: Tiny
        -- content/articles/a.md --
        ---
        title: First
        date: 2025-01-01
        tags: [Ferry, Харків]
        authors: [Mara Quill]
        ---
        See [the other](b.md).
        -- content/articles/b.md --
        ---
        title: Second
        date: 2025-01-02
        tags: [ferry]
        layout: post
        ---
        It sails.
        -- content/articles/later.md --
        ---
        title: Later
        date: 2025-01-03
        embargo: 2026-02-01T08:00Z
        ---
        -- content/pages/about.md --
        ---
        title: About
        ---
        -- static/logo.svg --
        <svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"/>
        """
    )


def files(output: Path) -> dict[str, bytes]:
    found = (path for path in output.rglob("*") if path.is_file())
    return {path.relative_to(output).as_posix(): path.read_bytes() for path in found}


def test_a_build_reports_what_it_did(site: Path) -> None:
    report = build(BuildOptions(site, NOW))
    published = files(site / "public")
    assert report.output == site / "public"
    assert report.articles == 2
    assert report.outputs == len(published)
    assert report.changes.added == tuple(sorted(published))
    assert (report.changes.changed, report.changes.deleted, report.changes.unchanged) == ((), (), 0)
    assert [problem.message for problem in report.problems] == ['unknown key "layout"']
    assert report.next_change == datetime(2026, 2, 1, 8, tzinfo=UTC)
    assert report.seconds > 0
    assert {"index.html", "news/2025/01/a/index.html", "about/index.html", "logo.svg"} <= set(
        published
    )


def test_building_again_changes_nothing(site: Path) -> None:
    first = build(BuildOptions(site, NOW))
    before = {path: path.stat().st_mtime_ns for path in (site / "public").rglob("*")}
    report = build(BuildOptions(site, NOW))
    assert (report.changes.added, report.changes.changed, report.changes.deleted) == ((), (), ())
    assert report.changes.unchanged == first.outputs
    assert {path: path.stat().st_mtime_ns for path in (site / "public").rglob("*")} == before


def test_an_edit_changes_what_shows_it_and_nothing_else(site: Path) -> None:
    build(BuildOptions(site, NOW))
    text = site / "content/articles/a.md"
    text.write_text(text.read_text("utf-8").replace("other", "second"), encoding="utf-8")
    changed = build(BuildOptions(site, NOW)).changes.changed
    assert "news/2025/01/a/index.html" in changed
    assert "news/2025/01/b/index.html" not in changed
    assert "about/index.html" not in changed


def test_a_text_that_belongs_nowhere_is_told_as_long_as_it_is_there(site: Path) -> None:
    stray = site / "content/readme.md"
    stray.write_text("How we work.", encoding="utf-8")

    def told() -> list[str]:
        return [problem.place.path for problem in build(BuildOptions(site, NOW)).problems]

    assert told() == told() == ["content/articles/b.md", "content/readme.md"]
    stray.unlink()
    assert told() == ["content/articles/b.md"]


def test_every_build_says_what_readers_do_not_see(site: Path) -> None:
    articles = site / "content" / "articles"
    text = "---\ntitle: {}\ndate: 2025-01-03\n{}\n---\nText.\n"
    (articles / "draft.md").write_text(text.format("Draft", "draft: true"))
    (articles / "later.md").write_text(text.format("Later", "embargo: 2026-02-01 08:00"))
    (articles / "gone.md").write_text(text.format("Gone", "expires: 2026-01-01"))
    reasons = ["a draft", "expired", "held back until 2026-02-01 08:00 UTC"]

    def told(*, drafts: bool = False) -> list[str]:
        return sorted(t.reason for t in build(BuildOptions(site, NOW, drafts=drafts)).left_out)

    assert told() == reasons
    assert told() == reasons  # nothing has changed
    story = articles / "b.md"
    story.write_text(story.read_text("utf-8") + "More.\n", "utf-8")
    assert told() == reasons  # of a part
    assert told(drafts=True) == reasons[1:]


def test_an_instant_is_an_argument(site: Path) -> None:
    build(BuildOptions(site, NOW))
    report = build(BuildOptions(site, datetime(2026, 2, 1, 8, tzinfo=UTC)))
    # Dated by its embargo, it is news for two days, and then leaves the news sitemap.
    assert (report.articles, report.next_change) == (3, datetime(2026, 2, 3, 8, tzinfo=UTC))
    assert "news/2025/01/later/index.html" in report.changes.added


def test_what_is_gone_is_deleted_and_only_that(site: Path) -> None:
    build(BuildOptions(site, NOW))
    mine = site / "public/CNAME"
    mine.write_text("example.org", encoding="utf-8")
    (site / "content/pages/about.md").unlink()
    report = build(BuildOptions(site, NOW))
    assert "about/index.html" in report.changes.deleted
    assert not (site / "public/about").exists()
    assert mine.read_text("utf-8") == "example.org"


def test_an_error_raises_every_problem_and_publishes_nothing(site: Path) -> None:
    build(BuildOptions(site, NOW))
    before = files(site / "public")
    (site / "content/articles/c.md").write_bytes(b"---\ntitle: C\n---\n")
    (site / "layouts").mkdir()
    (site / "layouts/article.html").write_bytes(b"{{ page.bdy }}")
    with pytest.raises(SiteError) as raised:
        build(BuildOptions(site, NOW))
    assert [problem.place.path for problem in raised.value.problems] == [
        "content/articles/b.md",
        "content/articles/c.md",
        "layouts/article.html",
    ]
    assert files(site / "public") == before


def test_a_text_that_changes_while_the_site_is_built_is_told(site: Path) -> None:
    def edit(stage: str, done: int, total: int) -> None:
        if (stage, done) == ("read", total):
            (site / "content/articles/a.md").write_bytes(b"---\ntitle: New\n---\n")

    with pytest.raises(SiteError) as raised:
        build(BuildOptions(site, NOW), edit)
    messages = {problem.place.path: problem.message for problem in raised.value.problems}
    assert messages["content/articles/a.md"] == "changed while the site was being built"
    assert not (site / "public").exists()


def test_without_a_configuration_nothing_is_touched(tmp_path: Path) -> None:
    with pytest.raises(NoSiteError):
        build(BuildOptions(tmp_path, NOW))
    assert list(tmp_path.iterdir()) == []


def test_an_output_on_the_sources_is_refused_before_anything_is_read(site: Path) -> None:
    with pytest.raises(RefusedError):
        build(BuildOptions(site, NOW, site / "content"))
    assert not (site / ".broadsheet").exists()


def test_progress_is_told_by_stage(site: Path) -> None:
    told: list[str] = []
    build(BuildOptions(site, NOW), lambda *about: told.append(about[0]))
    assert list(dict.fromkeys(told)) == ["read", "render"]


def test_a_build_opens_no_socket(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a socket")

    monkeypatch.setattr(socket, "socket", refuse)
    build(replace(BuildOptions(site, NOW), workers=0))


def test_the_same_bytes_come_out_on_any_machine(site: Path, tmp_path: Path) -> None:
    builds: dict[str, dict[str, bytes]] = {}
    for name, environment in {
        "a": {"PYTHONHASHSEED": "1", "TZ": "UTC", "LC_ALL": "C.UTF-8"},
        "b": {"PYTHONHASHSEED": "2", "TZ": "Pacific/Auckland", "LC_ALL": "C"},
    }.items():
        for path in site.rglob("*"):
            os.utime(path, (1_600_000_000 + len(builds), 1_600_000_000))
        words = ["build", "--output", str(tmp_path / name), "--now", "2026-01-15T12:00Z", "-q"]
        subprocess.run(
            [sys.executable, "-m", "generator", *words],
            cwd=site,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1]), **environment},
            check=True,
            timeout=60,
        )
        builds[name] = files(tmp_path / name)
    assert builds["a"] == builds["b"]


def test_with_keep_going_a_story_with_any_error_is_left_out_of_everything(
    make_site: MakeSite, tmp_path: Path
) -> None:
    site = make_site(
        """
        -- config.yaml --
        title: Tiny
        -- content/articles/good.md --
        ---
        title: Good
        date: 2025-01-01
        ---
        [The other](dead.md) is left out.
        -- content/articles/dead.md --
        ---
        title: Canary
        date: 2025-01-02
        pinned: perhaps
        ---
        -- content/articles/picture.md --
        ---
        title: Canary too
        date: 2025-01-03
        image: gone.jpg
        ---
        """
    )
    output = tmp_path / "out"
    report = build(BuildOptions(site, NOW, output, keep_going=True))
    assert {problem.place.path for problem in report.problems if problem.is_error} == {
        "content/articles/dead.md",
        "content/articles/picture.md",
    }
    published = [file for file in output.rglob("*") if file.is_file()]
    assert any(file.parent.name == "good" for file in published)
    assert not [file for file in published if b"Canary" in file.read_bytes()]


DEAD_LINKS = """
    -- config.yaml --
    title: Tiny
    {options}
    -- content/articles/alone.md --
    ---
    title: Alone
    date: 2025-01-01
    related: [nowhere]
    ---
    A [dead link](gone.md), a ![dead boat](gone.jpg) and [a lost story](/news/2025/01/lost/).
    -- content/articles/lost.md --
    ---
    title: Lost
    date: 2025-01-02
    pinned: perhaps
    ---
    -- content/articles/new.md --
    ---
    title: New
    date: 2025-02-01
    related: [lost]
    ---
    Another [dead link](gone.md), and the [lost one](lost.md).
    """


def page(output: Path, slug: str) -> str:
    [file] = output.glob(f"news/2025/*/{slug}/index.html")
    return file.read_text("utf-8")


def test_with_keep_going_a_dead_link_loses_its_link_and_no_story(
    make_site: MakeSite, tmp_path: Path
) -> None:
    site = make_site(DEAD_LINKS.format(options=""))
    output = tmp_path / "out"
    report = build(BuildOptions(site, NOW, output, keep_going=True))
    assert report.articles == 2
    assert not list(output.glob("news/2025/*/lost"))
    for slug in ("alone", "new"):
        html = page(output, slug)
        assert "dead link" in html
        assert "gone" not in html
        assert "/lost/" not in html
    assert "a lost story" in page(output, "alone")
    dead = [p for p in report.problems if p.is_error and "gone" in p.message]
    assert [problem.place.path for problem in dead] == [
        *["content/articles/alone.md"] * 2,
        "content/articles/new.md",
    ]
    with pytest.raises(SiteError):  # what went on in spite of errors is not remembered as sound
        build(BuildOptions(site, NOW, output))


def test_dead_links_of_the_archive_alone_may_be_warnings(
    make_site: MakeSite, tmp_path: Path
) -> None:
    site = make_site(DEAD_LINKS.format(options="links: {dead: warn, before: 2025-01-31}"))
    (site / "content/articles/lost.md").unlink()
    with pytest.raises(SiteError) as raised:
        build(BuildOptions(site, NOW, tmp_path / "out"))
    errors = {p.place.path for p in raised.value.problems if p.is_error}
    assert errors == {"content/articles/new.md"}
    (site / "content/articles/new.md").unlink()
    for _ in range(2):  # a warning is told again by a build that has nothing to do
        report = build(BuildOptions(site, NOW, tmp_path / "out"))
        warned = sorted(problem.message for problem in report.problems)
        assert warned == [
            'leads nowhere: "gone.jpg" (2 such)',
            'no such article: "nowhere" (2 such)',
        ]
        assert "dead link" in page(tmp_path / "out", "alone")


def test_an_unknown_key_is_one_warning_however_many_files_have_it(
    make_site: MakeSite, tmp_path: Path
) -> None:
    site = make_site("-- config.yaml --\ntitle: Tiny\n")
    folder = site / "content/articles"
    folder.mkdir(parents=True)
    for name in "abcd":
        story = f"---\ntitle: {name}\ndate: 2025-01-01\nlayout: post\ncover: /x.png\n---\n"
        (folder / f"{name}.md").write_text(story, "utf-8")
    (site / "static").mkdir()
    (site / "static/x.png").write_bytes(b"")

    def told() -> list[str]:
        report = build(BuildOptions(site, NOW, tmp_path / "out"))
        keys = (p for p in report.problems if "key" in p.message)
        return [f"{problem.place}: {problem.message}" for problem in keys]

    assert told() == ['content/articles/a.md:4:1: unknown key "layout" (in 4 files)']
    assert told() == ['content/articles/a.md:4:1: unknown key "layout" (in 4 files)']
    (folder / "a.md").write_text("---\ntitle: a\ndate: 2025-01-01\n---\n", "utf-8")
    assert told() == ['content/articles/b.md:4:1: unknown key "layout" (in 3 files)']
    config = site / "config.yaml"
    config.write_text("title: Tiny\nkeys: {layout: ignore}\n", "utf-8")
    assert not told()
