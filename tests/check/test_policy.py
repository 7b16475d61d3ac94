"""The check tells what the policy that the host sends keeps from readers."""

from pathlib import Path

import pytest

from generator.check.site import check_site
from generator.model.config import Config
from generator.plan.host_files import sent_policy

BASE = "https://example.org/"
POLICY = sent_policy(Config(), ())
HEADERS = f"/*\n  X-Content-Type-Options: nosniff\n  Content-Security-Policy: {POLICY}\n"
PAGE = '<!doctype html><html lang="en"><title>Chart</title><h1>Chart</h1>{}</html>'


def told(folder: Path, body: str, headers: str = HEADERS) -> list[tuple[str, str]]:
    """What is said of a page that was published as it is, with its place."""
    (folder / "graphics").mkdir(exist_ok=True)
    (folder / "graphics/index.html").write_text(PAGE.format(body), "utf-8")
    (folder / "x.js").write_text("go()", "utf-8")
    (folder / "_headers").write_text(headers, "utf-8")
    found = check_site(folder, base_url=BASE)
    assert not any(problem.is_error for problem in found)
    return [(str(problem.place), problem.message) for problem in found]


@pytest.mark.parametrize(
    ("body", "what"),
    [
        ("<script>go()</script>", "script"),
        ('<script src="/x.js"></script>', "script"),
        ('<p onclick="go()">A</p>', "script"),
        ("<style>p {}</style>", "style"),
        ('<p style="color: red">A</p>', "style"),
        ('<script src="https://charts.example/d3.js"></script>', "script"),
        ('<iframe src="https://charts.example/1" title="A"></iframe>', "frame"),
        ('<link rel="stylesheet" href="https://charts.example/a.css">', "style sheet"),
    ],
)
def test_what_readers_of_a_page_miss_is_a_warning_at_its_place(
    tmp_path: Path, body: str, what: str
) -> None:
    column = len(PAGE.partition("{}")[0]) + 1
    message = f"the site's policy keeps this {what} from readers"
    assert told(tmp_path, body) == [(f"graphics/index.html:1:{column}", message)]
    assert len(told(tmp_path, body * 3)) == 1


@pytest.mark.parametrize(
    "headers",
    [
        "",
        "/*\n  X-Frame-Options: DENY\n",
        "# none\n/*\n  content-security-policy: script-src 'unsafe-inline'\n",
        HEADERS + "/graphics/*\n  ! Content-Security-Policy\n",
        HEADERS + "/graphics/\n  Content-Security-Policy: script-src 'unsafe-inline'\n",
    ],
)
def test_a_page_that_may_run_its_script_is_well(tmp_path: Path, headers: str) -> None:
    assert told(tmp_path, "<script>go()</script>", headers) == []


def test_of_two_policies_for_all_pages_the_first_counts(tmp_path: Path) -> None:
    own = "/*\n  Content-Security-Policy: script-src 'unsafe-inline'\n"
    assert told(tmp_path, "<script>go()</script>", own + HEADERS) == []
    assert told(tmp_path, "<script>go()</script>", HEADERS + own) != []


def test_data_and_what_the_policy_allows_are_no_concern(tmp_path: Path) -> None:
    body = '<script type="application/ld+json">{}</script><iframe src="/graphics/" title="A">'
    assert told(tmp_path, body + "</iframe>") == []


def test_headers_that_are_no_file_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(PAGE.format("<script>go()</script>"), "utf-8")
    (tmp_path / "_headers").symlink_to("/dev/zero")
    (problem,) = check_site(tmp_path, base_url=BASE)
    assert problem.place.path == "_headers"
