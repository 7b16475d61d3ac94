"""The pages on hosts: servers read the configuration they show, and do what is said of it."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.commands import run
from tests.support.web_servers import WebServer, web_server

PAPER = """
title: The Quay
base_url: https://paper.news{path}
host: nginx
redirect_maps: [nginx, caddy, apache]
{more}
"""
STORY = "/news/2026/11/ferry/"
REDIRECTS = """\
from,to,status
/2013/old.html,{story}
/стара/,{story}
/moved,/about/,302
/?p=12,{story}
/page?id=7&x=1,/about/
/withdrawn/,,410
/shop/,https://shop.example/a?x=1,302
/star+(1)/,{story}
/Old/,/old/
"""


def paper(folder: Path, path: str = "/", more: str = "") -> Path:
    """A paper with redirects of all kinds, built; its published folder."""
    site = folder / "site"
    for name in ("content/articles", "content/pages"):
        (site / name).mkdir(parents=True)
    (site / "config.yaml").write_text(PAPER.format(path=path, more=more))
    story = "---\ntitle: Ferry\ndate: 2026-11-01\nsection: news\n---\nIt sails.\n"
    (site / "content/articles/ferry.md").write_text(story)
    (site / "content/pages/about.md").write_text("---\ntitle: About\n---\nUs.\n")
    (site / "content/pages/old.md").write_text("---\ntitle: Old\n---\nThen.\n")
    (site / "redirects.csv").write_text(REDIRECTS.format(story=STORY), "utf-8")
    public = folder / "www/current"
    result = run("build", "--site", site, "--output", public, "--quiet")
    assert result.exit_code == 0, result.output
    return public


@pytest.fixture(scope="module", params=["nginx", "caddy", "apache2"])
def served(request: pytest.FixtureRequest) -> Iterator[WebServer]:
    """A server of such a paper whose old addresses have no pages of their own."""
    # Apache serves as another account, which may not look into pytest's folders.
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    try:
        public = paper(folder, more="outputs: {redirect_pages: false}")
        with web_server(request.param, folder, public) as server:
            yield server
    finally:
        shutil.rmtree(folder)


def test_pages_stand_at_their_folders(served: WebServer) -> None:
    for path, words in (("/", b"The Quay"), (STORY, b"It sails."), ("/about/", b"Us.")):
        answer = served.get(path)
        assert (answer.status, words in answer.body) == (200, True), path
        assert answer.headers["content-type"].lower() == "text/html; charset=utf-8"


@pytest.mark.parametrize(
    ("old", "leads_to"),
    [
        ("/2013/old.html", (301, STORY)),
        ("/%D1%81%D1%82%D0%B0%D1%80%D0%B0/", (301, STORY)),
        ("/%d1%81%d1%82%d0%b0%d1%80%d0%b0/", (301, STORY)),
        ("/%D1%81%D1%82%D0%B0%D1%80%D0%B0", (301, STORY)),
        ("/moved/", (302, "/about/")),
        ("/moved", (302, "/about/")),
        ("/?p=12", (301, STORY)),
        ("/page/?id=7&x=1", (301, "/about/")),
        ("/page?id=7&x=1", (301, "/about/")),
        ("/shop/", (302, "https://shop.example/a?x=1")),
        ("/star+(1)/", (301, STORY)),
        ("/star%2B%281%29/", (301, STORY)),
        ("/Old/", (301, "/old/")),
        ("/old/", (200, "")),
    ],
)
def test_old_addresses_lead_on(served: WebServer, old: str, leads_to: tuple[int, str]) -> None:
    assert served.get(old).leads_to == leads_to


def test_a_query_that_nobody_has_claimed_changes_nothing(served: WebServer) -> None:
    assert served.get("/?p=13").status == 200
    assert served.get("/page/?id=8").status == 404


def test_what_is_not_there_is_said_to_readers_and_machines(served: WebServer) -> None:
    for path, status in (("/nowhere/", 404), ("/news/nowhere", 404), ("/withdrawn/", 410)):
        answer = served.get(path)
        assert (answer.status, b"Page not found" in answer.body) == (status, True), path


def test_the_list_of_redirects_is_shown_to_nobody(served: WebServer) -> None:
    lists = {"nginx": "redirects.nginx.conf", "caddy": "redirects.caddy", "apache2": ".htaccess"}
    assert served.get(f"/{lists[served.name]}").status in (403, 404)


def test_files_are_kept_as_long_as_they_may_be(served: WebServer) -> None:
    page = served.get(STORY)
    assert page.headers["cache-control"] == "public, max-age=300"
    assert page.headers["x-content-type-options"] == "nosniff"
    style = page.body.partition(b'href="/assets/')[2].partition(b'"')[0].decode()
    assert "immutable" in served.get(f"/assets/{style}").headers["cache-control"]


@pytest.mark.parametrize("name", ["nginx", "caddy"])
def test_a_site_below_a_path_is_served_as_the_page_says(name: str, tmp_path: Path) -> None:
    public = paper(tmp_path, path="/paper/")
    with web_server(name, tmp_path, public, below="/paper") as served:
        assert b"It sails." in served.get(f"/paper{STORY}").body
        assert served.get("/paper/2013/old.html").leads_to == (301, f"/paper{STORY}")
        answer = served.get("/paper/nowhere/")
        assert (answer.status, b"Page not found" in answer.body) == (404, True)
