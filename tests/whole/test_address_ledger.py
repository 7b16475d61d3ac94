"""A published address does not die without a word."""

import re
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from generator.build import BuildOptions, BuildReport, build
from generator.model.address_ledger import LEDGER
from generator.model.problems import SiteError
from generator.model.values import replace
from generator.verify import verify
from tests.support.sites import MakeSite

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
SITE = """
    -- config.yaml --
    title: Gazette
    base_url: https://gazette.test/
    timezone: UTC
    sections: [news]
    -- content/articles/one.md --
    ---
    title: One
    date: 2026-03-01 09:30
    ---
    Text of one.
    -- content/articles/two.md --
    ---
    title: Two
    date: 2026-02-01 09:30
    tags: [Ferry]
    authors: [Mara Quill]
    ---
    Text of two.
"""
ONE, TWO = "/news/2026/03/one/", "/news/2026/02/two/"


@pytest.fixture
def site(make_site: MakeSite) -> Path:
    """A site that was published once, with its ledger."""
    folder = make_site(SITE)
    published(folder)
    return folder


def options(site: Path) -> BuildOptions:
    """As a build for readers."""
    return BuildOptions(site, NOW, keeps_addresses=True, allow_shrink=True)


def published(site: Path) -> BuildReport:
    """Build for readers; every page is as in a clean build."""
    report = build(options(site))
    assert verify(options(site)) == ()
    return report


def lines(site: Path) -> list[list[str]]:
    """The ledger's lines, each in its parts."""
    text = (site / LEDGER).read_text()
    return [line.split("\t") for line in text.splitlines() if not line.startswith("#")]


def told(site: Path) -> list[str]:
    """The addresses for which a build stops."""
    with pytest.raises(SiteError) as caught:
        build(options(site))
    assert {problem.place.path for problem in caught.value.problems} == {LEDGER}
    assert all("--allow-lost" in problem.hint for problem in caught.value.problems)
    return re.findall(r'the published address "([^"]+)" would die', str(caught.value))


def leads(site: Path, address: str) -> str:
    """Where the page at an old address leads."""
    page = (site / f"public{address}index.html").read_text()
    return page.partition("url=")[2].partition('"')[0]


def ids(site: Path) -> set[str]:
    return set(re.findall(r"<guid[^>]*>([^<]*)", (site / "public/feed.xml").read_text()))


def edit(site: Path, name: str, old: str, new: str) -> None:
    file = site / "content/articles" / name
    assert old in file.read_text()
    file.write_text(file.read_text().replace(old, new))


def test_the_first_build_begins_a_ledger_with_every_address(site: Path) -> None:
    assert {line[0]: line[1] for line in lines(site)} == {
        "/news/": "section",
        ONE: "story",
        TWO: "story",
        "/tags/ferry/": "tag",
        "/authors/mara-quill/": "author",
    }


def test_a_new_story_adds_a_line_and_leaves_the_others(site: Path, make_site: MakeSite) -> None:
    before = (site / LEDGER).read_bytes()
    make_site("-- content/articles/three.md --\n---\ntitle: T\ndate: 2026-03-02\n---\nThree.\n")
    published(site)
    after = (site / LEDGER).read_bytes()
    assert after.startswith(before)
    assert after[len(before) :].startswith(
        b"/news/2026/03/three/\tstory\tcontent/articles/three.md"
    )


def test_a_build_of_nothing_new_leaves_the_ledger_alone(site: Path) -> None:
    before = (site / LEDGER).stat()
    report = published(site)
    assert (site / LEDGER).stat().st_mtime_ns == before.st_mtime_ns
    assert (report.changes.added, report.changes.changed) == ((), ())


@pytest.mark.parametrize("is_edited_first", [False, True])
def test_a_renamed_file_s_old_address_leads_on(site: Path, *, is_edited_first: bool) -> None:
    before = ids(site)
    if is_edited_first:
        edit(site, "one.md", "Text of one.", "Text of one, corrected.")
        published(site)
    (site / "content/articles/one.md").rename(site / "content/articles/uno.md")
    published(site)
    assert leads(site, ONE) == "/news/2026/03/uno/"
    assert ids(site) == before
    (site / "content/articles/uno.md").rename(site / "content/articles/eins.md")
    published(site)
    assert leads(site, ONE) == leads(site, "/news/2026/03/uno/") == "/news/2026/03/eins/"
    assert ids(site) == before


def test_a_file_that_moves_keeps_its_address_its_id_and_its_place_in_the_ledger(
    site: Path,
) -> None:
    before = ids(site)
    (site / "content/articles/old").mkdir()
    (site / "content/articles/one.md").rename(site / "content/articles/old/one.md")
    published(site)
    assert ids(site) == before
    assert lines(site)[-1][:3] == [ONE, "story", "content/articles/old/one.md"]
    edit(site, "old/one.md", "Text of one.", "Corrected.")
    published(site)
    (site / "content/articles/old/one.md").rename(site / "content/articles/uno.md")
    published(site)
    assert leads(site, ONE) == "/news/2026/03/uno/"


@pytest.mark.parametrize(
    ("old", "new", "address"),
    [
        ("title: One", "title: One\nslug: uno", "/news/2026/03/uno/"),
        ("2026-03-01", "2026-02-28", "/news/2026/02/one/"),
        ("title: One", "title: One\nsection: world", "/world/2026/03/one/"),
        ("title: One", "title: One\nurl: /x.html", "/x.html"),
    ],
)
def test_another_slug_date_section_or_url_leads_on(
    old: str, new: str, address: str, site: Path
) -> None:
    before = ids(site)
    edit(site, "one.md", old, new)
    published(site)
    assert leads(site, ONE) == address
    assert ids(site) == before
    # And back again: the page itself stands there, and the other address leads to it.
    edit(site, "one.md", new, old)
    build(replace(options(site), allow_lost=True))  # the section world goes
    published(site)
    assert "Text of one." in (site / f"public{ONE}index.html").read_text()
    assert ids(site) == before


def test_another_pattern_leads_every_story_on(site: Path) -> None:
    config = site / "config.yaml"
    config.write_text(config.read_text() + "permalink: /:year/:slug.html\n")
    published(site)
    assert (leads(site, ONE), leads(site, TWO)) == ("/2026/one.html", "/2026/two.html")


def test_what_is_gone_stops_the_build_with_the_whole_list(site: Path) -> None:
    before = {file: file.read_bytes() for file in site.glob("public/**/*.html")}
    (site / "content/articles/two.md").unlink()
    assert told(site) == ["/authors/mara-quill/", TWO, "/tags/ferry/"]
    assert {file: file.read_bytes() for file in site.glob("public/**/*.html")} == before


def test_aliases_and_lists_are_the_ways_out(site: Path, make_site: MakeSite) -> None:
    (site / "content/articles/two.md").unlink()
    edit(site, "one.md", "title: One", f"title: One\naliases: [{TWO}]")
    make_site("-- redirects.csv --\n/tags/ferry/,/tags/\n/authors/mara-quill/,,410\n")
    published(site)
    assert leads(site, TWO) == ONE
    assert not (site / "public/authors/mara-quill").exists()


@pytest.mark.parametrize("file", ["one.md", "other.md"])
@pytest.mark.parametrize("where", ["alias", "list"])
@pytest.mark.parametrize("is_restored", [False, True])
def test_a_story_keeps_its_id_where_somebody_says_that_it_has_moved(
    site: Path, file: str, where: str, *, is_restored: bool
) -> None:
    before = ids(site)
    if is_restored:  # with nothing remembered
        shutil.rmtree(site / ".broadsheet")
        shutil.rmtree(site / "public")
    (site / "content/articles/one.md").rename(site / "content/articles" / file)
    if where == "list":
        (site / "redirects.csv").write_text(f"{ONE},/news/2026/03/new/\n", "utf-8")
        edit(site, file, "title: One", "title: Another one\nslug: new")
    else:
        edit(site, file, "title: One", f"title: Another one\nslug: new\naliases: [{ONE}]")
    published(site)
    assert leads(site, ONE) == "/news/2026/03/new/"
    assert ids(site) == before
    published(site)
    assert ids(site) == before


def test_a_story_that_takes_in_another_ones_address_keeps_its_own_id(site: Path) -> None:
    (before,) = {one for one in ids(site) if one.endswith("/one")}
    (site / "content/articles/two.md").unlink()
    edit(site, "one.md", "title: One", f"title: One\naliases: [{TWO}]")
    build(replace(options(site), allow_lost=True))  # the tag and the author go
    published(site)
    assert ids(site) == {before}


def test_lost_addresses_may_be_let_go_once_and_for_all(site: Path) -> None:
    (site / "content/articles/two.md").unlink()
    build(replace(options(site), allow_lost=True))
    assert [line[0] for line in lines(site) if line[1] == "lost"] == [
        "/authors/mara-quill/",
        TWO,
        "/tags/ferry/",
    ]
    published(site)


def test_a_tag_that_is_gone_from_its_last_story_is_lost(site: Path) -> None:
    edit(site, "two.md", "tags: [Ferry]", "tags: [Boat]")
    assert told(site) == ["/tags/ferry/"]


@pytest.mark.parametrize("more", ["draft: true", "expires: 2026-02-15", "embargo: 2027-01-01"])
def test_what_is_held_back_is_not_lost(more: str, site: Path) -> None:
    edit(site, "two.md", "title: Two", f"title: Two\n{more}")
    published(site)
    edit(site, "two.md", f"\n{more}", "")
    published(site)
    assert all(line[1] not in ("lost", "moved") for line in lines(site))


def test_only_a_build_for_readers_writes_the_ledger(make_site: MakeSite, tmp_path: Path) -> None:
    site = make_site(SITE)
    others = (
        replace(options(site), keeps_addresses=False),
        replace(options(site), drafts=True),
        replace(options(site), base_url="https://stage.test/"),
        replace(options(site), output=tmp_path / "elsewhere"),
    )
    for other in others:
        build(other)
        assert not (site / LEDGER).exists()
    config = site / "config.yaml"
    real = config.read_text()
    for host in ("example.org", "demo.example.com", "localhost:8000"):
        config.write_text(real.replace("gazette.test", host))
        build(options(site))
        assert not (site / LEDGER).exists()
    config.write_text(real)
    published(site)
    before = (site / LEDGER).read_bytes()
    make_site("-- content/articles/x.md --\n---\ntitle: X\ndate: 2026-03-02\n---\nX.\n")
    for other in others:
        build(other)
        assert (site / LEDGER).read_bytes() == before
    published(site)
    assert lines(site)[-1][0] == "/news/2026/03/x/"


def test_every_build_goes_by_a_ledger_that_is_there(site: Path) -> None:
    (site / "content/articles/two.md").unlink()
    with pytest.raises(SiteError, match="would die"):
        build(replace(options(site), keeps_addresses=False))


def test_a_fresh_checkout_goes_by_the_ledger(site: Path) -> None:
    shutil.rmtree(site / ".broadsheet")
    shutil.rmtree(site / "public")
    (site / "content/articles/one.md").rename(site / "content/articles/uno.md")
    published(site)
    assert leads(site, ONE) == "/news/2026/03/uno/"


def test_lines_of_others_and_by_hand_count(site: Path) -> None:
    with (site / LEDGER).open("a") as file:
        file.write("/from/the/old/site/\n")
    assert told(site) == ["/from/the/old/site/"]
    edit(site, "one.md", "title: One", "title: One\naliases: [/from/the/old/site/]")
    published(site)


def test_a_ledger_that_is_a_link_is_never_written_through(site: Path, tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_bytes(b"precious\n")
    (site / LEDGER).unlink()
    (site / LEDGER).symlink_to(victim)
    with pytest.raises(SiteError, match="is a link"):
        build(options(site))
    assert victim.read_bytes() == b"precious\n"
    assert (site / LEDGER).is_symlink()


def test_ids_stay_when_the_site_moves_to_another_host(site: Path) -> None:
    before = ids(site)
    build(replace(options(site), base_url="https://www.gazette.test/"))
    assert ids(site) == before
    config = site / "config.yaml"
    config.write_text(config.read_text().replace("gazette.test", "gazette.news"))
    published(site)
    assert ids(site) == before
    config.write_text(config.read_text() + "feeds: {identity: gazette.other}\n")
    published(site)
    assert all(one.startswith("tag:gazette.other,2026:/story/") for one in ids(site))


def test_without_a_ledger_ids_do_not_follow_the_file(make_site: MakeSite) -> None:
    site = make_site(SITE)
    build(BuildOptions(site, NOW))
    before = ids(site)
    (site / "content/articles/2026").mkdir()
    (site / "content/articles/one.md").rename(site / "content/articles/2026/one.md")
    build(BuildOptions(site, NOW))
    assert ids(site) == before
    build(BuildOptions(site, NOW, base_url="https://www.gazette.test/"))
    assert ids(site) == before
