"""The live site: answers, refreshes, and what stays when something breaks."""

import os
import shutil
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from generator.build import BuildOptions, build
from generator.live import site as live
from generator.live.site import LiveOptions, LiveSite
from generator.live.updates import Update
from generator.read import memory
from generator.read.config import NoSiteError
from generator.render import outputs
from tests.support.sites import MakeSite

pytestmark = pytest.mark.slow

NOW = datetime(2026, 6, 1, tzinfo=UTC)
FERRY = "content/articles/ferry.md"
AT_FERRY = "/news/2026/01/ferry/"
SITE = """
-- config.yaml --
title: Tiny Times
sections: [news, world]
-- content/articles/ferry.md --
---
title: The ferry
date: 2026-01-02T08:00:00Z
section: news
tags: [Harbour, Boats]
---
All about the ferry. ![Map](/map.svg)
-- content/articles/fog.md --
---
title: The fog
date: 2026-01-01T08:00:00Z
section: news
tags: [Harbour]
---
All about the fog.
-- content/pages/about.md --
---
title: About
---
Us.
-- static/map.svg --
<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"/>
"""


@pytest.fixture
def folder(make_site: MakeSite) -> Path:
    return make_site(SITE)


@pytest.fixture
def site(folder: Path) -> LiveSite:
    return LiveSite(folder, LiveOptions(now=NOW))


def edit(folder: Path, path: str, old: str, new: str) -> frozenset[str]:
    file = folder / path
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))
    return frozenset({path})


def bytes_of(site: LiveSite, address: str) -> bytes:
    answer = site.answer(address)
    assert answer.status == 200
    return answer.file.read_bytes() if answer.file else answer.data


def text_of(site: LiveSite, address: str) -> str:
    return bytes_of(site, address).decode()


def test_every_file_is_what_a_build_publishes(folder: Path, site: LiveSite) -> None:
    build(BuildOptions(folder, NOW))
    public = folder / "public"
    files = [file for file in public.rglob("*") if file.is_file() and file.name != ".nojekyll"]
    assert len(files) > 30
    for file in files:
        address = "/" + file.relative_to(public).as_posix().removesuffix("index.html")
        assert bytes_of(site, address) == file.read_bytes(), address


def test_only_pages_that_an_edit_reaches_get_another_digest(folder: Path, site: LiveSite) -> None:
    addresses = (AT_FERRY, "/news/2026/01/fog/", "/", "/tags/harbour/", "/tags/boats/", "/about/")

    def digests() -> dict[str, str]:
        return {address: site.answer(address).digest for address in addresses}

    before = digests()
    site.refresh(edit(folder, FERRY, "![Map]", "More. ![Map]"))
    changed = {address for address in addresses if digests()[address] != before[address]}
    assert AT_FERRY in changed
    assert changed <= {AT_FERRY, "/", "/tags/harbour/", "/tags/boats/"}  # the summary is theirs too
    before = digests()
    site.refresh(edit(folder, "content/pages/about.md", "Us.", "Them."))
    assert {a for a in addresses if digests()[a] != before[a]} == {"/about/"}


def test_a_new_style_sheet_changes_no_digest(folder: Path, site: LiveSite) -> None:
    before = site.answer("/")
    (folder / "layouts").mkdir()
    style = text_of(site, before.styles[0])  # it names the face, which pages fetch beforehand
    (folder / "layouts/site.css").write_text(f"{style} body {{ color: red }}")
    assert site.refresh(frozenset({"layouts/site.css"})).changed == ("layouts/site.css",)
    after = site.answer("/")
    assert after.digest == before.digest
    assert after.styles != before.styles
    assert "color: red" in text_of(site, after.styles[0])


def test_nothing_changed_is_no_new_edition(folder: Path, site: LiveSite) -> None:
    for hints in (None, frozenset({FERRY}), frozenset({"content/articles/.ferry.md.swp"})):
        assert not site.refresh(hints).is_new
    (folder / FERRY).touch()
    assert not site.refresh(None).is_new


def test_a_change_of_the_same_size_and_time_is_seen(folder: Path, site: LiveSite) -> None:
    file = folder / FERRY
    for number in range(20):
        before = file.stat()
        edit(
            folder,
            FERRY,
            "All about" if not number else f"Round {number - 1:03}",
            f"Round {number:03}",
        )
        os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
        assert site.refresh(None).changed == (FERRY,)
        assert f"Round {number:03}" in text_of(site, AT_FERRY)


def test_a_file_that_is_missing_for_a_moment_is_still_there(folder: Path, site: LiveSite) -> None:
    file = folder / FERRY
    text = file.read_text()
    text_of(site, AT_FERRY)
    file.unlink()
    update = site.refresh(frozenset({FERRY}))
    assert update.again
    assert not update.is_new
    assert "The ferry" in text_of(site, AT_FERRY)
    file.write_text(text)
    assert not site.refresh(frozenset({FERRY})).again
    file.unlink()
    site.refresh(frozenset({FERRY}))
    time.sleep(0.12)
    assert site.refresh(frozenset()).changed == (FERRY,)
    assert site.answer(AT_FERRY).status == 404
    assert site.was_shown(AT_FERRY)


def test_a_moved_story_is_found(folder: Path, site: LiveSite) -> None:
    text_of(site, AT_FERRY)
    site.refresh(edit(folder, FERRY, "section: news", "section: world"))
    assert site.moved(AT_FERRY) == "/world/2026/01/ferry/"
    text_of(site, "/world/2026/01/ferry/")
    (folder / FERRY).rename(folder / "content/articles/boat.md")
    update = site.refresh(frozenset({FERRY, "content/articles/boat.md"}))
    assert update.changed == ("content/articles/boat.md", FERRY)
    assert site.moved("/world/2026/01/ferry/") == "/world/2026/01/boat/"
    assert site.moved("/about/") == ""


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (FERRY, "title: The ferry", "title: [The ferry"),
        (FERRY, "date: 2026", "date: never"),
        ("config.yaml", "title: Tiny", "page_size: none\ntitle: Huge"),
    ],
)
def test_a_fault_leaves_every_page_as_it_was(
    folder: Path, site: LiveSite, path: str, old: str, new: str
) -> None:
    pages = {address: site.answer(address) for address in ("/", AT_FERRY, "/tags/harbour/")}
    assert site.refresh(edit(folder, path, old, new)).is_new
    assert [problem.place.path for problem in site.problems] == [path]
    assert site.problems[0].place.line
    for address, before in pages.items():
        after = site.answer(address)
        assert (after.status, after.data, after.digest) == (200, before.data, before.digest)
    site.refresh(edit(folder, path, new, old))
    assert not site.problems


@pytest.mark.parametrize("path", ["content/articles/loop", "static/loop"])
def test_a_fault_of_a_folder_comes_and_goes_by_itself(
    folder: Path, site: LiveSite, path: str
) -> None:
    (folder / path).symlink_to(folder)
    assert site.refresh(frozenset({path})).is_new
    assert [problem.place.path for problem in site.problems] == [path]
    (folder / path).unlink()
    assert site.refresh(frozenset({path})).is_new
    assert not site.problems


def test_a_name_that_cannot_be_is_told_until_it_is_gone(folder: Path, site: LiveSite) -> None:
    for name in ("\udcff.md", "a\nb.md"):
        path = f"content/articles/{name}"
        shutil.copy(folder / FERRY, folder / path)
        assert site.refresh(frozenset({path})).is_new
        assert len(site.problems) == 1
        (folder / path).unlink()
        assert site.refresh(frozenset({path})).is_new
        assert not site.problems


def test_a_broken_layout_leaves_what_it_made_and_stops_nothing_else(
    folder: Path, site: LiveSite
) -> None:
    seen = site.answer(AT_FERRY)
    (folder / "layouts").mkdir()
    (folder / "layouts/article.html").write_text("{% if %}")
    site.refresh(frozenset({"layouts/article.html"}))
    assert site.problems[0].place.path == "layouts/article.html"
    after = site.answer(AT_FERRY)
    assert after.is_last_good
    assert after.digest == seen.digest
    never_seen = site.answer("/news/2026/01/fog/")
    assert never_seen.is_last_good
    assert b"All about the fog." in never_seen.data
    site.refresh(edit(folder, "content/pages/about.md", "Us.", "Them."))
    assert "Them." in text_of(site, "/about/")
    (folder / "layouts/article.html").write_text("Mended {{ page.title }}")
    site.refresh(frozenset({"layouts/article.html"}))
    assert not site.problems
    assert text_of(site, AT_FERRY) == "Mended The ferry"


def test_a_fault_of_one_page_is_told_on_that_page(folder: Path, site: LiveSite) -> None:
    site.refresh(edit(folder, FERRY, "![Map]", "[Gone](/articles/gone.md) ![Map]"))
    assert [p.place.path for p in site.answer(AT_FERRY).problems] == [FERRY]
    assert not site.answer("/about/").problems


def test_a_missing_picture_is_told_until_the_story_names_another(
    folder: Path, site: LiveSite
) -> None:
    image = "image: {src: /nap.svg, alt: A map}"
    site.refresh(edit(folder, FERRY, "section: news", f"section: news\n{image}"))
    assert [problem.message for problem in site.problems] == ['no such picture: "/nap.svg"']
    site.refresh(edit(folder, FERRY, "/nap.svg", "/map.svg"))
    assert not site.problems


def test_a_page_whose_text_has_just_changed_is_made_from_the_new_text(
    folder: Path, site: LiveSite
) -> None:
    edit(folder, FERRY, "All about", "Newest about")  # nobody has told of it
    assert "Newest about" in text_of(site, AT_FERRY)


def test_pictures_that_were_asked_for_are_told_when_they_change(
    folder: Path, site: LiveSite
) -> None:
    text_of(site, "/map.svg")
    update = site.refresh(edit(folder, "static/map.svg", 'width="10"', 'width="11"'))
    assert update.copies == ("/map.svg",)


def test_a_picture_beside_a_story_shows_as_a_build_publishes_it(
    folder: Path, site: LiveSite
) -> None:
    drawn = '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="9"/>'
    beside, renamed = "content/articles/quay.svg", "content/articles/pier.svg"
    (folder / beside).write_text(drawn)
    image = "image: {src: quay.svg, alt: The quay}"
    hints = edit(folder, FERRY, "section: news", f"section: news\n{image}")
    site.refresh(hints | {beside})
    assert 'width="20"' in text_of(site, AT_FERRY)
    site.refresh(edit(folder, beside, 'width="20"', 'width="33"'))
    assert 'width="33"' in text_of(site, AT_FERRY)
    (folder / beside).rename(folder / renamed)
    site.refresh(frozenset({beside, renamed}))
    assert "no such picture" in " ".join(problem.message for problem in site.problems)
    site.refresh(edit(folder, FERRY, "quay.svg", "pier.svg"))
    assert not site.problems
    build(BuildOptions(folder, NOW))
    published = folder / f"public{AT_FERRY}index.html"
    assert text_of(site, AT_FERRY) == published.read_text()


@pytest.mark.parametrize(
    ("key", "mark"),
    [
        ("draft: true", "Draft"),
        ("embargo: 2026-07-01T08:00:00Z", "Embargoed until 2026-07-01 08:00 UTC"),
        ("expires: 2026-02-01T08:00:00Z", "Expired on 2026-02-01 08:00 UTC"),
    ],
)
def test_held_stories_are_shown_or_not(folder: Path, site: LiveSite, key: str, mark: str) -> None:
    readers = LiveSite(folder, LiveOptions(held=False, now=NOW))
    hints = edit(folder, FERRY, "section: news", f"section: news\n{key}")
    site.refresh(hints)
    readers.refresh(hints)
    assert site.answer(AT_FERRY).marks == (mark,)
    assert "The ferry" in text_of(site, "/")
    assert readers.answer(AT_FERRY).status == 404
    assert "The ferry" not in text_of(readers, "/")


def test_a_story_still_to_expire_says_so_though_another_is_held_for_longer(
    folder: Path, site: LiveSite
) -> None:
    hints = edit(folder, FERRY, "section: news", "section: news\nexpires: 2026-07-01T08:00:00Z")
    hints |= edit(folder, "content/articles/fog.md", "date: 2026", "date: 2031")
    site.refresh(hints)
    assert "unavailable_after" in text_of(site, AT_FERRY)
    assert site.answer("/news/2031/01/fog/").marks == ("Not before 2031-01-01 08:00 UTC",)


def test_a_story_comes_by_itself_when_its_time_has_come(folder: Path) -> None:
    soon = datetime.now(UTC) + timedelta(seconds=1)
    edit(folder, FERRY, "section: news", f"section: news\nembargo: {soon.isoformat()}")
    site = LiveSite(folder, LiveOptions(held=False))
    assert site.answer(AT_FERRY).status == 404
    assert site.next_change is not None
    time.sleep(max(0, (site.next_change - datetime.now(UTC)).total_seconds()) + 0.01)
    assert site.refresh(frozenset()).is_new
    assert site.answer(AT_FERRY).status == 200


@pytest.mark.parametrize("more", ["", "draft: true\n"])
def test_a_mark_goes_by_itself_when_its_time_has_come(folder: Path, more: str) -> None:
    soon = datetime.now(UTC) + timedelta(seconds=1)
    edit(folder, FERRY, "section: news", f"{more}section: news\nembargo: {soon.isoformat()}")
    site = LiveSite(folder, LiveOptions())
    assert site.answer(AT_FERRY).marks[-1].startswith("Embargoed until")
    assert site.next_change is not None
    time.sleep(max(0, (site.next_change - datetime.now(UTC)).total_seconds()) + 0.01)
    assert site.refresh(frozenset()).is_new
    assert site.answer(AT_FERRY).marks == (("Draft",) if more else ())


def test_a_clock_that_is_put_back_holds_a_story_back_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = [NOW]
    monkeypatch.setattr(LiveSite, "_now", lambda _site: clock[0])
    edit(folder, FERRY, "section: news", "section: news\nembargo: 2026-06-01T00:00:00Z")
    site = LiveSite(folder, LiveOptions(held=False))
    assert site.answer(AT_FERRY).status == 200
    clock[0] = NOW - timedelta(milliseconds=50)
    assert not site.refresh(frozenset()).is_new
    clock[0] = NOW - timedelta(hours=1)
    assert site.refresh(frozenset()).is_new
    assert site.answer(AT_FERRY).status == 404
    assert not site.refresh(frozenset()).is_new
    clock[0] = NOW
    assert site.refresh(frozenset()).is_new
    assert site.answer(AT_FERRY).status == 200


def test_an_embargo_that_is_set_meanwhile_ends_by_itself_too(folder: Path) -> None:
    site = LiveSite(folder, LiveOptions())
    soon = datetime.now(UTC) + timedelta(seconds=1)
    embargo = f"section: news\nembargo: {soon.isoformat()}"
    site.refresh(edit(folder, FERRY, "section: news", embargo))
    assert site.next_change is not None
    assert abs((site.next_change - soon).total_seconds()) < 0.1


def test_a_new_folder_is_looked_through_and_nothing_else(folder: Path, site: LiveSite) -> None:
    new = folder / "content/articles/far/away"
    new.mkdir(parents=True)
    (new / "boat.md").write_text((folder / FERRY).read_text().replace("The ferry", "The boat"))
    edit(folder, FERRY, "All about", "Newest about")
    update = site.refresh(frozenset({"content/articles/far"}))
    assert update.changed == ("content/articles/far/away/boat.md",)
    assert update.folders == {"content/articles/far"}
    shutil.rmtree(folder / "content/articles/far")
    site.refresh(frozenset({"content/articles/far"}))
    time.sleep(0.12)
    assert site.refresh(frozenset()).changed == ("content/articles/far/away/boat.md",)


def test_a_text_that_takes_too_long_is_told_once_and_shown_as_it_was(make_site: MakeSite) -> None:
    folder = make_site(SITE.replace("title: Tiny", "markdown: {time_limit: 1}\ntitle: Tiny"))
    site = LiveSite(folder, LiveOptions(now=NOW))
    text_of(site, AT_FERRY)
    site.refresh(edit(folder, FERRY, "All about", "*a " * 2_500_000 + "All about"))
    told = "\n".join(problem.message for problem in site.problems)
    assert "took longer than 1 s" in told  # once, when it was read
    answer = site.answer(AT_FERRY)
    assert b"All about" in answer.data
    assert timed(site, AT_FERRY) < 0.2
    site.refresh(edit(folder, FERRY, "*a " * 2_500_000, ""))
    assert not site.answer(AT_FERRY).is_last_good


def test_a_layout_that_never_ends_is_a_fault_of_its_pages_alone(
    folder: Path, site: LiveSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outputs, "LONGEST", 0.2)
    before = text_of(site, AT_FERRY)
    (folder / "layouts").mkdir()
    file = folder / "layouts/article.html"
    file.write_text("{% for a in range(9999) %}{% for b in range(9999) %}{% endfor %}{% endfor %}")
    site.refresh(frozenset({"layouts/article.html"}))
    assert text_of(site, AT_FERRY) == before
    (problem,) = site.answer(AT_FERRY).problems
    assert problem.place.path == "layouts/article.html"
    assert "takes longer than" in problem.message
    assert not site.answer("/about/").problems
    file.write_text("Mended {{ page.title }}")
    site.refresh(frozenset({"layouts/article.html"}))
    assert text_of(site, AT_FERRY) == "Mended The ferry"


def timed(site: LiveSite, address: str) -> float:
    started = time.perf_counter()
    assert site.answer(address).problems
    return time.perf_counter() - started


def test_redirects_lead_to_what_is_there(make_site: MakeSite, folder: Path) -> None:
    make_site("-- config.yaml --\ntitle: T\nbase_url: https://a.example/b/\nsections: [news]\n")
    site = LiveSite(folder, LiveOptions(now=NOW))
    assert site.home == "/b/"
    for address in ("/", "/b"):
        assert site.answer(address).location == "/b/"
    assert site.answer("/b/tags").location == "/b/tags/"
    for address in ("/tags/", "/c/", "//b/", "/b//", "/bb/", "", "/b/tags/none"):
        assert site.answer(address).status == 404
        assert not site.answer(address).location


def test_a_folder_without_a_configuration_is_no_site(tmp_path: Path) -> None:
    with pytest.raises(NoSiteError):
        LiveSite(tmp_path, LiveOptions())


def test_a_site_that_may_only_be_read_is_shown_all_the_same(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(memory, "MANY", 1)
    (folder / ".broadsheet").touch()  # so that no folder can be made there
    site = LiveSite(folder, LiveOptions(now=NOW))
    site.save()
    site.refresh(edit(folder, FERRY, "All about", "More about"))
    assert "More about" in text_of(site, AT_FERRY)
    site.close()


def test_a_large_site_is_checked_as_a_whole_later(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "SMALL", 1)
    (folder / "content/articles/twin.md").write_text(
        "---\ntitle: Twin\ndate: 2026-01-02T08:00:00Z\nsection: news\n"
        "aliases: [/tags/]\n---\nTwo.\n"
    )
    site = LiveSite(folder, LiveOptions(now=NOW))
    assert not site.problems
    planned = site.check()
    assert planned is not None
    assert site.checked(planned, planned.problems())
    assert [problem.place.path for problem in site.problems] == ["content/articles/twin.md"]
    assert site.check() is None
    site.refresh(edit(folder, FERRY, "All about", "More about"))
    assert site.problems  # until it is checked again
    assert not site.checked(planned, ())


def test_a_page_shows_its_own_text_as_it_stands_whether_or_not_that_was_told(
    folder: Path, site: LiveSite
) -> None:
    assert "All about" in text_of(site, AT_FERRY)
    for number in range(3):
        file = folder / FERRY
        file.write_text(file.read_text() + f"\nSaved {number}.\n")
        assert f"Saved {number}" in text_of(site, AT_FERRY)
        update = site.unheard()
        assert (update.changed, update.is_new) == ((FERRY,), True)
        assert site.unheard() == Update()


def test_a_page_whose_text_is_as_it_was_looks_at_nothing_more(
    folder: Path, site: LiveSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.utime(folder / FERRY, (1, 1))
    site.refresh(None)
    looked: list[object] = []

    def look(_site: LiveSite, hints: object) -> Update:
        looked.append(hints)
        return Update()

    monkeypatch.setattr(LiveSite, "refresh", look)
    text_of(site, AT_FERRY)
    text_of(site, "/")
    # A file of the last seconds may change again within one step of the clock.
    assert all(hints == {FERRY} for hints in looked)


@pytest.mark.parametrize("is_folder", [False, True])
def test_a_name_is_what_the_folder_lists_where_others_lead_to_the_file_too(
    folder: Path, site: LiveSite, monkeypatch: pytest.MonkeyPatch, *, is_folder: bool
) -> None:
    """As on a disk that does not tell capitals apart: the old name still finds the file."""
    assert text_of(site, AT_FERRY)
    file, listdir = folder / FERRY, os.listdir
    (old, new) = ("articles", "Articles") if is_folder else ("ferry.md", "Ferry.md")
    if is_folder:
        shutil.copytree(file.parent, file.parent.with_name(new))
        hints = {"content/articles", "content/Articles"}
    else:
        os.link(file, file.with_name(new))
        hints = {FERRY, "content/articles/Ferry.md"}
    monkeypatch.setattr(os, "listdir", lambda path: [n for n in listdir(path) if n != old])
    site.refresh(frozenset(hints))
    time.sleep(0.15)  # what is missing may be in the midst of being saved
    site.refresh(frozenset())
    assert not [problem for problem in site.problems if "so would" in problem.message]
    site.refresh(frozenset(hints))
    assert not [problem for problem in site.problems if "so would" in problem.message]


def test_links_to_what_readers_do_not_see_are_named_with_the_reason(
    folder: Path, site: LiveSite
) -> None:
    assert site.answer("/").held == ()
    site.refresh(edit(folder, FERRY, "section: news", "section: news\ndraft: true"))
    assert site.answer("/").held == ((AT_FERRY, "Draft"),)
    assert site.answer("/tags/harbour/").held == ((AT_FERRY, "Draft"),)
    assert site.answer("/about/").held == ()


def test_the_site_can_be_shown_as_readers_see_it_and_back(folder: Path, site: LiveSite) -> None:
    site.refresh(edit(folder, FERRY, "section: news", "section: news\ndraft: true"))
    assert site.answer("/").view == "all"
    site.show_held(held=False)
    assert site.unheard().is_new
    assert site.answer(AT_FERRY).status == 404
    assert "The ferry" not in text_of(site, "/")
    assert site.answer("/").view == "readers"
    site.show_held(held=True)
    assert "The ferry" in text_of(site, "/")


def test_where_only_what_readers_see_was_asked_for_nothing_else_can_be_shown(
    folder: Path,
) -> None:
    edit(folder, FERRY, "section: news", "section: news\ndraft: true")
    site = LiveSite(folder, LiveOptions(now=NOW, held=False))
    site.show_held(held=True)
    assert site.answer(AT_FERRY).status == 404
    assert site.answer("/").view == ""
