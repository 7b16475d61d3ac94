"""Whatever holds a text back, in whatever words, holds it back here, or stops the build."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from generator.model.article import Author, Section, Tag
from generator.model.config import Config
from generator.model.problems import Problem
from generator.plan.visibility import is_visible
from generator.read.articles import read_article
from generator.read.entries import read_author, read_page, read_section, read_tag
from generator.read.withheld import bare, meant_to_hold

NOW = datetime(2026, 11, 30, tzinfo=UTC)
HEAD = "title: Storm\ndate: 2026-03-01 09:30\n"


def told(line: str, head: str = HEAD) -> str:
    """Whether a story with this line is "published", "held back" or "stopped"."""
    article, problems = read_article(
        "content/articles/a.md", f"---\n{head}{line}\n---\nSECRET\n".encode(), Config(), frozenset()
    )
    if any(problem.is_error for problem in problems):
        return "stopped"
    assert article is not None
    return "published" if is_visible(article, NOW, drafts=False) else "held back"


@pytest.mark.parametrize(
    "line",
    [
        *("Draft: true", "DRAFT: yes", "draft: on", "published: false", "Publish: no"),
        *("build: {render: never}", "build: {render: false}", "render: false", "Render: never"),
        *("status: draft", "Status: Private", "post_status: pending", "visibility: hidden"),
        *("permalink: false", "url: false", "private: true", "headless: true", "is-draft: true"),
        *("Embargo: 2099-01-01", "embargo_until: 2099-01-01", "embargo-until: 2099-01-01"),
        *("publishdate: 2099-01-01", "PublishDate: 2099-01-01", "publish_date: 2099-01-01"),
        *("pubdate: 2099-01-01", "pubDate: 2099-01-01", "published: 2099-01-01"),
        *("published_at: 2099-01-01", "publish: 2099-01-01", "publishOn: 2099-01-01"),
        *("expiry: 2020-01-01", "ExpiryDate: 2020-01-01", "expires_at: 2020-01-01"),
        *("unpublishdate: 2020-01-01", "unpublish_on: 2020-01-01", "expirationDate: 2020-01-01"),
        *("scheduled: 2099-01-01", "Go-Live: 2099-01-01", "not_before: 2099-01-01"),
        *("expire_date: 2020-01-01", "notAfter: 2020-01-01", "take_down: 2020-01-01"),
        *("public: false", "is_published: no", "visible: false", "output: false"),
        *("wip: true", "do_not_publish: true", "on-hold: yes", "Entwurf: true", "brouillon: true"),
        *("state: draft", "workflow: Draft", "stage: unpublished", "type: draft", "layout: draft"),
        *("Build: {Render: Never}", "build: never", "status: [draft]", "moderation_state: draft"),
        *("下書き: true", "초안: true", "مسودة: true", "Koncept: true"),
    ],
)
def test_a_plain_word_holds_the_story_back(line: str) -> None:
    assert told(line) == "held back"


@pytest.mark.parametrize(
    "line",
    [
        *("draft: tru", "draf: true", "drafts: 1", "embago: 2099-01-01", "embargoe: 2099-01-01"),
        *("status: waiting", "visibility: friends", "hidden: true", "unlisted: true"),
        *("password: rosebud", "private: perhaps", "expired: true", "publish: soon"),
        *("hide: true", "exclude: yes", "members_only: true", "access: members", "archived: true"),
        *("approved: false", "ready: no", "eleventyExcludeFromCollections: true"),
        *("release_date: 2099-01-01", "Released: 2026-03-02"),
        "embargo: 2020-01-01\npublishDate: 2099-01-01",
        *("embargo-time: 2099-01-01", "embargoDateTime: 2099-01-01", "embargoed-till: 1 Jan 2099"),
        *("under_embargo: true", "published_on: 2099-01-01", "firstPublishedAt: 2026-03-02"),
        *("expiration_time: 2020-01-01", "withdrawn: true", "retired: yes", "hold_for_release: 1"),
        *("not_ready: true", "no-render: true", "show_post: false", "skip_build: true"),
        *("hold: 2099-01-01", "darft: true", "borrador: sí", "下書き: はい", "Draft Status: yes"),
        *("state: pending", "editorial_status: in review", "available: no", "post_password: rose"),
    ],
)
def test_what_is_not_plain_stops_the_build(line: str) -> None:
    assert told(line) == "stopped"


@pytest.mark.parametrize(
    "line",
    [
        *("Draft: false", "draft:", "published: true", "publish: yes", "status: publish"),
        *("render: true", "build: {render: always}", "build: {list: never}", "hidden: false"),
        *("permalink: /a/b/", "visibility: public", "pubdate: 2020-01-01", "private: false"),
        *("publisher: Us", "craft: beer", "expert: Ann Lee", "published: 2020-01-01", "password:"),
        *("state: Texas", "stage: 3", "hold: the line", "release_date: 2025-12-24", "hide: title"),
        *("access: bus 12", "skip: 2", "show: true", "wip: false", "layout: post", "type: review"),
        *("hide_title: true", "showDate: false", "exclude_from_menu: true", "disableShare: true"),
        *("published_on: 2026-03-01", "start_date: 2099-01-01", "live: false", "craft: true"),
        *("phase: pending", "concept: A wall", "embargo_note: Brussels", "removed: 3"),
    ],
)
def test_what_holds_nothing_back_is_published(line: str) -> None:
    assert told(line) == "published"


@pytest.mark.parametrize("key", ["no-index", "NoIndex", "noIndex"])
def test_noindex_is_known_in_any_spelling(key: str) -> None:
    article, problems = read_article(
        "content/articles/a.md", f"---\n{HEAD}{key}: true\n---\n".encode(), Config(), frozenset()
    )
    assert article is not None
    assert (article.noindex, problems) == (True, ())


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        *(("robots: noindex", True), ('Robots: "noindex, nofollow"', True), ("robots: none", True)),
        *(("robots: [noindex, follow]", True), ("robotsNoIndex: true", True), ("index: no", True)),
        *(("seo: {noindex: true}", True), ("seo: {robots: noindex}", True)),
        *(("robots: index, follow", False), ("index: 3", False), ("seo: {title: None}", False)),
    ],
)
def test_search_engines_are_kept_away_in_any_words(line: str, *, expected: bool) -> None:
    data = f"---\n{HEAD}{line}\n---\n".encode()
    article, _ = read_article("content/articles/a.md", data, Config(), frozenset())
    assert article is not None
    assert article.noindex == expected


def problems_of(kind: str, line: str) -> tuple[Problem, ...]:
    path, data = f"content/{kind}/a.md", f"---\n{line}\n---\nSECRET\n".encode()
    if kind == "pages":
        return read_page(path, data.replace(b"---\n", b"---\ntitle: A\n", 1), Config())[1]
    if kind == "tags":
        return read_tag(path, data, Config())[1]
    if kind == "sections":
        return read_section(path, data)[1]
    return read_author(path, data.replace(b"---\n", b"---\nname: A\n", 1))[1]


@pytest.mark.parametrize("kind", ["pages", "tags", "sections", "authors"])
@pytest.mark.parametrize(
    "line",
    [
        *("embargo: 2099-01-01", "expires: 2020-01-01", "publishDate: 2099-01-01", "Expiry: now"),
        *("scheduled: 2099-01-01", "take_down: 2020-01-01"),
    ],
)
def test_a_key_that_does_nothing_on_a_text_is_an_error_there(kind: str, line: str) -> None:
    [problem] = problems_of(kind, line)
    key = line.partition(":")[0]
    assert problem.is_error
    assert problem.message == f'"{key}" does nothing on this kind of text'
    assert "content/" in problem.hint or "draft" in problem.hint


@pytest.mark.parametrize("kind", ["tags", "sections", "authors"])
@pytest.mark.parametrize("line", ["draft: true", "published: false", "status: draft"])
def test_what_can_be_no_draft_says_so(kind: str, line: str) -> None:
    [problem] = problems_of(kind, line)
    assert problem.is_error


@pytest.mark.parametrize("line", ["Draft: true", "published: false", "status: private"])
def test_a_page_is_a_draft_in_any_words(line: str) -> None:
    page, problems = read_page(
        "content/pages/a.md", f"---\ntitle: A\n{line}\n---\n".encode(), Config()
    )
    assert page is not None
    assert (page.draft, problems) == (True, ())


def test_capitals_hyphens_and_underscores_tell_no_keys_apart() -> None:
    assert {bare(key) for key in ("publishDate", "Publish-Date", "publish_date")} == {"publishdate"}


@pytest.mark.parametrize("key", ["publisher", "published_by", "extra", "expert", "image"])
def test_an_ordinary_key_is_no_slip_for_one_that_holds_back(key: str) -> None:
    assert meant_to_hold(key) == ""


@pytest.mark.parametrize(
    ("date", "embargo", "expected"),
    [
        ("2026-11-25 09:30", "2026-11-30 08:00", ("2026-11-30T08:00:00+00:00", False)),
        ("2026-11-30", "2026-11-30 12:00", ("2026-11-30T12:00:00+00:00", False)),
        ("2026-11-30", "2026-11-29", ("2026-11-30T00:00:00+00:00", True)),
    ],
)
def test_an_embargo_dates_the_story_but_not_its_address(
    date: str, embargo: str, expected: tuple[str, bool]
) -> None:
    head = f"title: Held\ndate: {date}\nembargo: {embargo}\n"
    article, _ = read_article(
        "content/articles/a.md", f"---\n{head}---\n".encode(), Config(), frozenset()
    )
    assert article is not None
    assert (article.date.isoformat(), article.day_only) == expected
    assert article.address == "/news/2026/11/a/"


@pytest.mark.parametrize("kind", ["tags", "sections", "authors"])
@pytest.mark.parametrize("line", ["published_on: 2099-01-01", "date: 2099-01-01"])
def test_a_day_on_a_text_that_knows_none_is_kept_for_those_who_know_the_time(
    kind: str, line: str
) -> None:
    path = f"content/{kind}/a.md"
    data = f"---\n{'name' if kind == 'authors' else 'title'}: A\n{line}\n---\n".encode()
    found: Tag | Section | Author | None
    if kind == "tags":
        found, _ = read_tag(path, data, Config())
    elif kind == "sections":
        found, _ = read_section(path, data)
    else:
        found, _ = read_author(path, data)
    assert found is not None
    assert found.since == datetime(2099, 1, 1, tzinfo=UTC)


def test_a_day_in_the_name_of_a_file_is_the_own_date_of_its_text() -> None:
    data = b"---\ntitle: A\npublished_on: 2026-03-02\n---\n"
    for name, is_stopped in (("2026-03-01-a", True), ("2026-03-02-a", False)):
        path = f"content/articles/{name}.md"
        _, problems = read_article(path, data, Config(), frozenset())
        assert any(problem.is_error for problem in problems) == is_stopped


def test_an_embargo_in_the_hour_that_the_clocks_repeat_waits_for_the_second() -> None:
    config = Config(timezone=ZoneInfo("Europe/Oslo"))
    for key, expected in (("embargo", "01:30"), ("expires", "00:30")):
        head = f"title: A\ndate: 2026-10-01\n{key}: 2026-10-25 02:30\n"
        data = f"---\n{head}---\n".encode()
        article, _ = read_article("content/articles/a.md", data, config, frozenset())
        assert article is not None
        instant = getattr(article, key)
        assert instant == datetime.fromisoformat(f"2026-10-25T{expected}:00+00:00")
