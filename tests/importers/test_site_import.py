"""Filing an old site: files as an editor would write them, and never over an editor's work."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from generator.build import BuildOptions, build
from generator.importers.old_site import (
    OldFile,
    OldSettings,
    OldText,
    Remark,
    State,
    TextKind,
)
from generator.importers.site_import import SiteImport, import_site
from generator.model.frozen import freeze_map

NOW = datetime(2026, 1, 2, tzinfo=UTC)
FLOOD: dict[object, object] = {"title": "The flood", "date": "2014-03-05"}
GALE: dict[object, object] = {"title": "The gale", "date": "2014-03-06"}


def story(
    name: str = "2014/the-flood", address: str = "/2014/the-flood/", **more: object
) -> OldText:
    """A story of an old site."""
    known = {"kind": TextKind.ARTICLE, "head": freeze_map(FLOOD), "body": "The river rose.\n"}
    fields = {**known, "addresses": (address,) if address else (), "seen": "<p>The river rose.</p>"}
    return OldText(source=f"posts/{name}.md", name=name, **{**fields, **more})  # type: ignore[arg-type]


class OldPaper:
    """An old site in memory."""

    def __init__(
        self,
        *texts: OldText,
        settings: OldSettings | None = None,
        files: tuple[OldFile, ...] = (),
    ) -> None:
        self._texts, self._files = texts, files
        self._settings = settings or OldSettings("test", title="The Gazette")

    def texts(self) -> Iterator[OldText]:
        yield from self._texts

    def settings(self) -> OldSettings:
        return self._settings

    def files(self) -> Iterator[OldFile]:
        yield from self._files

    def remarks(self) -> Iterator[Remark]:
        yield Remark("a shortcode has no meaning", "posts/a.md")
        yield Remark("a shortcode has no meaning", "posts/b.md")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return tmp_path / "site"


def run(site: Path, *texts: OldText, **more: object) -> SiteImport:
    old = OldPaper(*texts, **more)  # type: ignore[arg-type]
    return import_site(old, site, roots=(site.parent,), now=NOW)


def test_a_site_that_is_not_there_yet_gets_all_that_a_build_needs(site: Path) -> None:
    report = run(site, story())
    config = (site / "config.yaml").read_text()
    assert "title: The Gazette" in config
    assert "permalink: /:year/:slug/" in config
    text = (site / "content/articles/2014/the-flood.md").read_text()
    assert text == "---\ntitle: The flood\ndate: 2014-03-05\n---\n\nThe river rose.\n"
    assert ".broadsheet" in (site / ".gitignore").read_text()
    assert report.texts["articles public"] == 1


def test_a_story_that_no_pattern_places_keeps_its_address_by_its_url(site: Path) -> None:
    run(site, story(), story("b", "/2014/other/b/"), story("c", "/2014/c/"), story("d", "/2014/d/"))
    assert "url:" not in (site / "content/articles/c.md").read_text()
    assert "url: /2014/other/b/" in (site / "content/articles/b.md").read_text()


def test_of_many_sections_the_navigation_has_the_ten_with_most_stories(site: Path) -> None:
    def filed(number: int, section: str) -> OldText:
        head = freeze_map({**FLOOD, "section": section})
        return story(f"a{number}", f"/2014/a{number}/", head=head)

    stories = [filed(n, "Weather" if n < 3 else "boats" if n < 5 else f"C{n}") for n in range(16)]
    boats = OldText("boats", TextKind.SECTION, "boats", freeze_map({"title": "Boats & co"}), "")
    run(site, *stories, boats)
    navigation = (site / "config.yaml").read_text().partition("navigation:\n")[2]
    assert navigation.startswith(
        "  - title: Weather\n    url: /weather/\n  - title: Boats & co\n    url: /boats/\n"
    )
    assert navigation.count("title:") == 10


def test_few_sections_all_have_their_place_without_a_word(site: Path) -> None:
    run(site, *(story(f"a{n}", f"/2014/a{n}/", head=freeze_map(FLOOD)) for n in range(12)))
    assert "navigation" not in (site / "config.yaml").read_text()


def test_a_section_with_a_text_of_its_own_lives_without_stories(site: Path) -> None:
    boats = OldText("boats", TextKind.SECTION, "boats", freeze_map({"title": "Boats"}), "")
    run(site, story(), boats, settings=OldSettings("test", redirects=(("/boats/", "/", 301),)))
    assert not (site / "redirects.csv").exists()


@pytest.mark.parametrize("address", ["", "/+/a+b", "/+/%.html"])
def test_a_page_with_a_name_that_makes_no_address_is_published_somewhere(
    site: Path, address: str
) -> None:
    head = freeze_map({"title": "Plus"})
    page = OldText("+.md", TextKind.PAGE, "+/+", head, "x", addresses=(address,) if address else ())
    report = run(site, page)
    assert not [told for told in report.told if "no address" in told.kind]
    found = "/+/a+b" if address == "/+/a+b" else "/untitled-1/"
    assert f"url: {found}\n" in (site / "content/pages/+/+.md").read_text()


def test_a_value_that_no_story_may_have_is_kept_aside(site: Path) -> None:
    head = freeze_map({**FLOOD, "updated": "soon", "lang": "?", "extra": freeze_map({"mood": "x"})})
    run(site, story(head=head))
    text = (site / "content/articles/2014/the-flood.md").read_text()
    assert 'extra:\n  mood: x\n  updated: soon\n  lang: "?"\n' in text
    assert "\nlang:" not in text


def test_what_led_to_a_story_leads_there_still(site: Path) -> None:
    run(site, story(addresses=("/2014/the-flood/", "/old/flood/", "/?p=12")))
    assert (
        "aliases:\n  - /old/flood/\n" in (site / "content/articles/2014/the-flood.md").read_text()
    )
    assert "/?p=12,/2014/the-flood/,301" in (site / "redirects.csv").read_text()


def test_a_story_with_a_number_for_an_address_stands_at_its_place(site: Path) -> None:
    run(site, story(addresses=("/?p=12",), place="/kept/there/"))
    assert "url: /kept/there/" in (site / "content/articles/2014/the-flood.md").read_text()
    assert "/?p=12,/kept/there/,301" in (site / "redirects.csv").read_text()


def test_a_number_sign_in_an_address_stays_and_a_backslash_cannot(site: Path) -> None:
    run(site, story("a", "/2014/c#-tips/"), story("b", "/2014/c\\d/", head=freeze_map(GALE)))
    assert "url: /2014/c%23-tips/" in (site / "content/articles/a.md").read_text()
    assert "url:" not in (site / "content/articles/b.md").read_text()
    result = build(BuildOptions(site=site, now=NOW))
    assert not [problem for problem in result.problems if problem.is_error]
    assert (site / "public/2014/c#-tips/index.html").is_file()


def test_a_draft_is_written_as_one_and_what_is_left_out_is_not_written(site: Path) -> None:
    report = run(
        site,
        story("a", "", state=State.DRAFT, reason="draft: true"),
        story("b", "", state=State.LEFT_OUT, reason="render: never"),
    )
    assert "draft: true" in (site / "content/articles/a.md").read_text()
    assert not (site / "content/articles/b.md").exists()
    assert dict(report.left_out.items_) == {"render: never": 1}


def test_importing_again_changes_nothing(site: Path) -> None:
    run(site, story())
    files = {file: file.stat().st_mtime_ns for file in site.rglob("*.md")}
    report = run(site, story())
    assert files == {file: file.stat().st_mtime_ns for file in site.rglob("*.md")}
    assert "written" not in report.placed


def test_what_changed_in_the_old_site_is_taken_over(site: Path) -> None:
    run(site, story())
    report = run(site, story(body="The river fell.\n"))
    assert "The river fell." in (site / "content/articles/2014/the-flood.md").read_text()
    assert report.placed["updated"] == 1


def test_what_an_editor_changed_or_deleted_stays_so(site: Path) -> None:
    run(site, story("a", "/2014/a/"), story("b", "/2014/b/"))
    changed, deleted = site / "content/articles/a.md", site / "content/articles/b.md"
    changed.write_text("---\ntitle: Mine\ndate: 2014-03-05\n---\n")
    deleted.unlink()
    report = run(site, story("a", "/2014/a/", body="New\n"), story("b", "/2014/b/"))
    assert "title: Mine" in changed.read_text()
    assert not deleted.exists()
    assert report.edited == ("content/articles/a.md",)
    assert report.deleted == ("content/articles/b.md",)


def test_an_editors_file_is_kept_when_nothing_is_remembered(site: Path) -> None:
    file = site / "content/articles/2014/the-flood.md"
    file.parent.mkdir(parents=True)
    file.write_text("---\ntitle: Mine\ndate: 2014-03-05\n---\n")
    assert run(site, story()).edited == ("content/articles/2014/the-flood.md",)
    assert "Mine" in file.read_text()


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "_hidden/.x", "a\\..\\b", ""])
def test_no_name_leads_out_of_the_site(site: Path, name: str) -> None:
    run(site, story(name))
    written = [file for file in site.parent.rglob("*.md") if file.is_file()]
    assert len(written) == 1
    assert written[0].is_relative_to(site / "content/articles")


def test_two_texts_of_one_name_are_two_files(site: Path) -> None:
    run(site, story("Flood", "/a/"), story("flood", "/b/"))
    names = sorted(file.name for file in (site / "content/articles").iterdir())
    assert names == ["Flood.md", "flood-2.md"]


def test_a_file_outside_the_old_site_is_not_copied(site: Path, tmp_path: Path) -> None:
    old, secret = tmp_path / "old", tmp_path / "secret.txt"
    old.mkdir()
    secret.write_text("secret")
    (old / "link.txt").symlink_to(secret)
    file = OldFile("static/link.txt", old / "link.txt")
    report = import_site(OldPaper(files=(file,)), site, roots=(old,), now=NOW)
    assert not (site / "static/link.txt").exists()
    assert report.has_loss


def test_a_link_in_the_site_is_not_followed_out_of_it(site: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    site.mkdir()
    (site / "content").symlink_to(outside)
    assert run(site, story()).has_loss
    assert not list(outside.iterdir())


def test_a_dry_run_writes_nothing(site: Path) -> None:
    report = import_site(OldPaper(story()), site, roots=(), now=NOW, dry_run=True)
    assert not site.exists()
    assert report.placed["written"] == 3


def test_a_remark_is_told_once_with_its_count(site: Path) -> None:
    told = run(site, story()).told
    assert [(one.kind, one.count, one.places) for one in told] == [
        ("a shortcode has no meaning", 2, ("posts/a.md", "posts/b.md"))
    ]


def test_a_site_that_has_a_configuration_keeps_it(site: Path) -> None:
    site.mkdir()
    (site / "config.yaml").write_text("title: Ours\npermalink: /:slug/\n")
    run(site, story())
    assert (site / "config.yaml").read_text() == "title: Ours\npermalink: /:slug/\n"
    assert "url: /2014/the-flood/" in (site / "content/articles/2014/the-flood.md").read_text()


def test_control_characters_do_not_reach_a_text(site: Path) -> None:
    run(site, story(head=freeze_map({**FLOOD, "title": "The\x00 flood\x1b"}), body="a\x01b\n"))
    text = (site / "content/articles/2014/the-flood.md").read_text()
    assert "title: The flood\n" in text
    assert text.endswith("ab\n")


def test_a_page_at_the_front_gives_way_and_its_address_lives(site: Path) -> None:
    page = story("index", "/", kind=TextKind.PAGE, head=freeze_map({"title": "Home"}))
    report = import_site(OldPaper(page), site, roots=(), now=NOW)
    assert "url: /front-page/" in (site / "content/pages/index.md").read_text()
    assert any("another address" in told.kind for told in report.told)
    build(BuildOptions(site, NOW))  # nothing is wrong


def test_no_redirect_and_no_file_takes_the_place_of_a_page(site: Path) -> None:
    rows = (
        ("/", "/2014/the-flood/", 301),
        ("/tags/", "/", 301),
        ("/2027/x/", "/archive/2027/", 301),
    )
    later = story("x", "/2027/x-1/", head=freeze_map({"title": "X", "date": "2027-03-05"}))
    old = OldPaper(
        *(story(), later),
        settings=OldSettings("test", title="The Gazette", redirects=rows),
        files=(OldFile("static/2014/the-flood/index.html", data=b"old"),),
    )
    report = import_site(old, site, roots=(), now=NOW)
    assert (site / "redirects.csv").read_text() == "from,to,status\n/2027/x/,/,301\n"
    assert any("makes itself" in told.kind for told in report.told)
    build(BuildOptions(site, NOW))  # nothing is wrong
