"""The recipes of docs/hosting/: each from an empty folder to pages that a browser shows."""

import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from http.server import SimpleHTTPRequestHandler
from pathlib import Path
from typing import ClassVar
from urllib.parse import unquote

import pytest

from tests.support.browsers import Browser, Response
from tests.support.buckets import ACCESS_KEY, SECRET_KEY, bucket_server, make_bucket
from tests.support.cloudfront import cloudfront
from tests.support.commands import run
from tests.support.host_tools import ALONE, need, served_by
from tests.support.hosts import host, serving
from tests.support.servers import ssh_server
from tests.support.sites import CHECKOUT
from tests.support.web_servers import web_server
from tests.support.workflows import bash, begun, github_steps, gitlab_script

pytestmark = pytest.mark.slow
HEADLINE = "The new footbridge opens, a week early"


def shown(page: str, kind: str) -> str:
    """The first block of a kind that a page shows."""
    text = (CHECKOUT / "docs/hosting" / page).read_text("utf-8")
    found = re.search(rf"^```{kind}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    assert found is not None
    return found[1]


def begin(folder: Path, page: str, target: tuple[str, str]) -> Path:
    """A new site with the configuration that a page shows, built; its `target` is another."""
    site = folder / "site"
    assert run("init", site).exit_code == 0
    config = (site / "config.yaml").read_text("utf-8")
    block = shown(page, "yaml").replace(*target)
    assert target[1] in block
    config = config.replace("base_url: https://example.org/\n", block)
    (site / "config.yaml").write_text(config, "utf-8")
    (site / "redirects.csv").write_text("from,to\n/old/,/about/\n", "utf-8")
    result = run("build", "--site", site, "--quiet")
    assert result.exit_code == 0, result.output
    return site


class Reader:
    """Somebody with a browser: what she is shown, and what her browser complains of."""

    def __init__(self, browser: Browser, home: str) -> None:
        self.page = browser.new_page()
        self.home, self.complaints = home, list[str]()
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("response", self._note)

    def _note(self, response: Response) -> None:
        if response.status >= 400:
            self.complaints.append(f"{response.status} {response.url}")

    def assert_reads(self) -> None:
        """The front, a story by its headline, an old address, and one that is not there."""
        page = self.page
        answer = page.goto(self.home)
        assert answer is not None
        assert answer.headers["content-type"].lower() == "text/html; charset=utf-8"
        assert "The New Gazette" in page.title()
        assert page.evaluate("getComputedStyle(document.body).marginTop") == "0px"  # it has style
        page.get_by_role("link", name=HEADLINE).first.click()
        assert page.locator("h1").inner_text() == HEADLINE
        page.goto(f"{self.home}old/")
        page.wait_for_url(f"{self.home}about/")
        assert self.complaints == []
        answer = page.goto(f"{self.home}nowhere/")
        assert answer is not None
        assert answer.status == 404
        assert page.locator("h1").inner_text() == "Page not found"


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that Apache's account may look into, which it may not do into pytest's."""
    made = Path(tempfile.mkdtemp())
    made.chmod(0o755)
    yield made
    shutil.rmtree(made)


@pytest.mark.parametrize("name", ["nginx", "caddy", "apache2"])
def test_a_server(
    name: str, folder: Path, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = f"{name.removesuffix('2')}.md"
    (folder / "sshd").mkdir()
    with ssh_server(folder / "sshd") as login:
        monkeypatch.setenv("RSYNC_RSH", login.rsh)
        there = f"{login.address}{folder}/paper"
        site = begin(folder, page, ("ssh://paper@paper.news/srv/paper", there))
        result = run("deploy", "--site", site)
        assert result.exit_code == 0, result.output
    with web_server(name, folder, folder / "paper/current") as served:
        Reader(browser, f"http://127.0.0.1:{served.port}/").assert_reads()


def test_s3_and_cloudfront(
    tmp_path: Path, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = "s3-cloudfront.md"
    with ExitStack() as stack:
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", ACCESS_KEY)
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET_KEY)
        bucket = make_bucket(stack.enter_context(bucket_server()), "paper-news")
        purges = stack.enter_context(host(lambda _: (201, b"")))
        monkeypatch.setenv("AWS_ENDPOINT_URL", bucket.server)
        monkeypatch.setenv("AWS_ENDPOINT_URL_CLOUDFRONT", purges.url)
        site = begin(tmp_path, page, ("s3://paper-news", f"s3://{bucket.name}"))
        result = run("deploy", "--site", site)
        assert result.exit_code == 0, result.stderr
        assert purges.lines() == ["POST /2020-05-31/distribution/E1ABCDEF/invalidation"]
        origin = f"{bucket.server}/{bucket.name}"
        url = stack.enter_context(cloudfront(tmp_path, origin, shown(page, "js")))
        reader = Reader(browser, f"{url}/")
        reader.assert_reads()
        # Asked for by hand: a browser shows a page of its own where an answer has no body.
        assert reader.page.request.get(f"{url}/.broadsheet/live.json").status == 404


class PagesHandler(SimpleHTTPRequestHandler):
    """Answers as the Pages of GitHub and GitLab do: plain files, and a page for all else."""

    top: ClassVar[Path]

    def translate_path(self, path: str) -> str:
        return f"{self.top}{unquote(path.partition('?')[0])}"

    def guess_type(self, path: object) -> str:
        kind = super().guess_type(str(path))
        return f"{kind}; charset=utf-8" if kind == "text/html" else kind

    def send_error(self, code: int, *_: object) -> None:
        body = next(self.top.glob("*/404.html")).read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Quiet."""


@pytest.mark.parametrize(("name", "work"), [("github", github_steps), ("gitlab", gitlab_script)])
def test_pages_of_a_project(
    name: str, work: Callable[[Path], object], tmp_path: Path, browser: Browser
) -> None:
    first = begun(tmp_path, name, "from,to\n/old/,/about/\n")
    work(first)
    top = tmp_path / "top"
    top.mkdir()
    (first / "public").rename(top / "news")
    with serving(type("Handler", (PagesHandler,), {"top": top})) as url:
        Reader(browser, f"{url}/news/").assert_reads()


def test_a_git_branch(tmp_path: Path, browser: Browser) -> None:
    repository, top = tmp_path / "paper.git", tmp_path / "top"
    site = begun(tmp_path, "github", "from,to\n/old/,/about/\n")
    with (site / "config.yaml").open("a", encoding="utf-8") as config:
        config.write(f"deploy:\n  pages: git+file://{repository}#gh-pages\n")
    for words in (("build", "--quiet"), ("deploy",)):
        result = run(*words, "--site", site)
        assert result.exit_code == 0, result.output
    bash(f"git clone --quiet --branch gh-pages {repository} {top}/news", tmp_path)
    with serving(type("Handler", (PagesHandler,), {"top": top})) as url:
        Reader(browser, f"{url}/news/").assert_reads()


def netlify_build(checkout: Path) -> None:
    """Build as Netlify does, by its own tool."""
    bash("netlify build --offline", checkout, **ALONE)


@pytest.mark.parametrize(
    ("name", "tool", "work"),
    [("cloudflare", "wrangler", github_steps), ("netlify", "netlify", netlify_build)],
)
def test_a_hosts_own_tool(
    name: str, tool: str, work: Callable[[Path], object], tmp_path: Path, browser: Browser
) -> None:
    need(tool)
    site = begun(tmp_path, name, "from,to\n/old/,/about/\n", "https://paper.news/")
    work(site)
    with served_by(tool, site) as url:
        Reader(browser, f"{url}/").assert_reads()
