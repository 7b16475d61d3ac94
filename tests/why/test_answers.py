import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from generator.build import BuildOptions, build
from generator.why.answers import Answer, Question, explain
from generator.why.finding import UnknownAddressError
from tests.support.sites import MakeSite

pytestmark = pytest.mark.slow

NOW = datetime(2026, 1, 1, tzinfo=UTC)
LATER = NOW + timedelta(minutes=5)
KURSK = "content/articles/kursk.md"
SITE = """\
-- config.yaml --
title: Tiny
base_url: https://example.org/paper/
-- content/articles/kursk.md --
---
title: Kursk
date: 2025-01-02
tags: [Ferry]
---
A text.
-- content/articles/bridge.md --
---
title: Bridge
date: 2025-01-01
tags: [Ferry]
---
It opens.
-- content/articles/later.md --
---
title: Later
date: 2025-01-01
draft: true
---
-- content/tags/ferry.md --
---
title: Ferry
---
It sails.
-- static/logo.svg --
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>
-- static/old-index.html --
<!DOCTYPE html>
-- layouts/article.html --
{% extends "theme/article.html" %}
-- layouts/parts/none.html --
"""


@pytest.fixture
def site(make_site: MakeSite) -> Path:
    """A site of two stories that was built at NOW."""
    folder = make_site(SITE)
    build(BuildOptions(folder, NOW, workers=0))
    return folder


def edit(site: Path, path: str, old: str, new: str) -> None:
    text = (site / path).read_text("utf-8")
    assert old in text
    (site / path).write_text(text.replace(old, new), "utf-8")


def ask(site: Path, asked: str) -> Answer:
    return explain(Question(asked, site, LATER))


@pytest.mark.parametrize(
    "asked",
    [
        *("/tags/ferry/", "/tags/ferry", "tags/ferry", "tags/ferry/index.html", " /tags/ferry/ "),
        *("https://example.org/paper/tags/ferry/", "https://EXAMPLE.org/paper/tags/ferry?a#b"),
        *("http://example.org/paper/tags/ferry/", "/paper/tags/ferry/", "/tags/f%65rry/"),
        "content/tags/ferry.md",
    ],
)
def test_a_page_is_found_however_it_is_called(site: Path, asked: str) -> None:
    answer = ask(site, asked)
    assert answer.path == "tags/ferry/index.html"
    assert answer.url == "https://example.org/paper/tags/ferry/"


def test_a_page_is_found_by_a_file_on_disk(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(site / "public/tags")
    assert ask(site, "ferry/index.html").path == "tags/ferry/index.html"
    monkeypatch.chdir(site / "content/articles")
    assert ask(site, "kursk.md").source == KURSK
    assert ask(site, "../../static/logo.svg").path == "logo.svg"


def test_a_file_whose_name_only_ends_like_a_folders_page_keeps_its_address(site: Path) -> None:
    assert ask(site, "/old-index.html").url == "https://example.org/paper/old-index.html"


def test_an_answer_tells_what_a_page_is_made_of(site: Path) -> None:
    answer = ask(site, KURSK)
    assert answer.source == KURSK
    assert answer.layouts[0] == "layouts/article.html"
    assert {"theme/article.html", "theme/base.html"} < set(answer.layouts)
    assert answer.stories == ("content/articles/bridge.md",)
    assert [part for part, digest in answer.fingerprint if digest] == [
        *("code", "frame", "layout", "text", "stories", "own")
    ]
    tag = ask(site, "/tags/ferry/")
    assert tag.stories == (KURSK, "content/articles/bridge.md")
    assert "/paper/tags/ferry/feed.xml" in tag.feeds
    feed = ask(site, "/feed.xml")
    assert feed.stories == tag.stories


def test_a_page_that_was_just_built_is_as_it_should_be(site: Path) -> None:
    for path in (file for file in (site / "public").rglob("*") if file.is_file()):
        answer = ask(site, path.relative_to(site / "public").as_posix())
        assert (answer.rebuilt, answer.reason) == (NOW, "everything was built")
        assert answer.stale == "", answer.path


def test_an_edit_makes_stale_and_a_build_tells_why(site: Path) -> None:
    edit(site, KURSK, "A text.\n", "A text.\n\nMore.\n")
    assert ask(site, KURSK).stale == "its text changed"
    assert ask(site, "/tags/ferry/").stale == ""
    build(BuildOptions(site, LATER, workers=0))
    answer = ask(site, KURSK)
    assert (answer.rebuilt, answer.reason, answer.stale) == (LATER, "its text changed", "")
    assert ask(site, "/tags/ferry/").rebuilt == NOW


@pytest.mark.parametrize(
    ("changed", "asked", "stale"),
    [
        ((KURSK, "title: Kursk", "title: Sumy"), "/tags/ferry/", "a story that it shows changed"),
        (
            ("layouts/article.html", "extends", "extends  "),
            KURSK,
            "the layout article.html or something that it includes changed",
        ),
        (
            ("config.yaml", "title: Tiny", "title: Large"),
            "/tags/",
            "what every page shows changed (title, navigation, style sheet)",
        ),
        (("static/logo.svg", "0 0 1 1", "0 0 2 2"), "/logo.svg", "its file changed"),
        ((KURSK, "date:", "draft: true\ndate:"), KURSK, "nothing makes it any more"),
        (
            ("config.yaml", "base_url", "markdown: {smart_quotes: true}\nbase_url"),
            KURSK,
            "Broadsheet, a library or an option changed",
        ),
    ],
)
def test_what_is_stale_is_told_with_its_reason(
    site: Path, changed: tuple[str, str, str], asked: str, stale: str
) -> None:
    edit(site, *changed)
    assert ask(site, asked).stale.startswith(stale)


def test_a_page_with_a_warning_says_so(site: Path) -> None:
    edit(site, KURSK, "A text.", "[There](#nowhere) it is.")
    problems = build(BuildOptions(site, LATER, workers=0)).problems
    (problem,) = (problem for problem in problems if problem.place.path == KURSK)
    assert problem.message == 'no "#nowhere" on this page'
    answer = ask(site, KURSK)
    assert answer.reason == answer.stale == "it had a warning, so it is made anew each time"
    assert answer.fingerprint == ()


def test_a_file_changed_by_hand_is_told(site: Path) -> None:
    edit(site, "public/tags/ferry/index.html", "sails", "fails")
    assert ask(site, "/tags/ferry/").stale.endswith("build with --clean")
    edit(site, "public/tags/ferry/index.html", "fails", "fails and fails")
    assert ask(site, "/tags/ferry/").stale == "it was changed in the output folder"
    (site / "public/tags/ferry/index.html").unlink()
    assert ask(site, "/tags/ferry/").stale == "it is not in the output folder any more"


def test_without_a_build_an_answer_says_so(make_site: MakeSite) -> None:
    site = make_site(SITE)
    answer = ask(site, KURSK)
    assert (answer.is_built, answer.is_published, answer.rebuilt) == (False, False, None)
    assert answer.stale == "it is not published yet"
    assert answer.fingerprint
    assert not (site / ".broadsheet").exists()


def tree(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {
        str(file): (file.read_bytes(), file.stat().st_mtime_ns)
        for file in folder.rglob("*")
        if file.is_file()
    }


def test_asking_writes_nothing(site: Path) -> None:
    edit(site, KURSK, "A text.", "Another text.")
    (site / ".broadsheet/code.json").unlink(missing_ok=True)
    (site / "content/articles/bridge.md").unlink()
    before = tree(site)
    ask(site, KURSK)
    assert tree(site) == before
    texts = site / ".broadsheet/texts.db"
    for damage in (b"", texts.read_bytes()[:5000], b"no database"):
        texts.write_bytes(damage)
        before = tree(site)
        assert ask(site, KURSK).stale
        assert tree(site) == before


@pytest.mark.parametrize(
    ("asked", "message", "hint"),
    [
        ("/tags/fery/", "there is no page at /tags/fery/", "Did you mean /tags/ferry/?"),
        ("kurks", "there is no page at kurks", "Did you mean /news/2025/01/kursk/?"),
        ("/qqq/", "there is no page at /qqq/", "Ask for a page's address, such as"),
        ("https://other.org/", "https://other.org/ is not an address of", "Ask for"),
        ("content/articles/later.md", "content/articles/later.md has no page: it is a draft", ""),
        ("content/articles/none.md", "there is no page at content/articles/none.md", ""),
        *(
            (hostile, "", "")
            for hostile in ("\udcff", "http://[", "x" * 5000, "../..", "a\0b", "~")
        ),
    ],
)
def test_an_unknown_address_is_told_with_what_is_near(
    site: Path, asked: str, message: str, hint: str
) -> None:
    with pytest.raises(UnknownAddressError) as told:
        ask(site, asked)
    assert told.value.message.startswith(message)
    assert told.value.hint.startswith(hint)


def test_a_text_with_an_error_has_its_last_page(site: Path) -> None:
    edit(site, KURSK, "title: Kursk", "title: [")
    assert ask(site, KURSK).stale == "nothing makes it any more: the next build deletes it"
    shutil.rmtree(site / ".broadsheet")
    with pytest.raises(UnknownAddressError, match=r"kursk.md has no page: it has an error"):
        ask(site, KURSK)
