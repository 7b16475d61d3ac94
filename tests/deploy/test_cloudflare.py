"""Cloudflare Pages: its own tool uploads, its documented interface lists and rolls back."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.deploy.conftest import BuiltPaper
from tests.support.commands import run
from tests.support.hosts import Asked, Host, host

TOKEN = "cf-not-to-be-seen"  # noqa: S105 - nobody's
WRANGLER = """\
#!{python}
import json, os, shutil, sys
assert os.environ["CLOUDFLARE_API_TOKEN"]
words = dict(word.lstrip("-").split("=", 1) for word in sys.argv if word.startswith("--"))
folder = sys.argv[3]
assert sys.argv[1:3] == ["pages", "deploy"] and words["project-name"] == "quay"
there = "{there}"
number = "d%d" % len(os.listdir(there))
shutil.copytree(folder, os.path.join(there, number, "site"))
with open(os.path.join(there, number, "message"), "w") as file:
    file.write(words["commit-message"])
"""


class Project:
    """A project at Cloudflare: what Wrangler has put there."""

    def __init__(self, there: Path) -> None:
        self.there, self.live = there, ""

    def reply(self, asked: Asked) -> tuple[int, object]:
        project = "/accounts/account/pages/projects/quay"
        path = asked.path.partition("?")[0]
        numbers = sorted((each.name for each in self.there.iterdir()), reverse=True)
        live = self.live or (numbers[0] if numbers else "")
        if asked.headers.get("Authorization") != f"Bearer {TOKEN}":
            return 403, {}
        if path == project:
            return 200, {"result": {"canonical_deployment": {"id": live}}}
        if path == f"{project}/deployments":
            return 200, {"result": [self._deployment(number) for number in numbers]}
        if path.endswith("/rollback") and asked.method == "POST":
            self.live = path.split("/")[-2]
            return 200, {"result": {}}
        return 404, {}

    def _deployment(self, number: str) -> object:
        message = (self.there / number / "message").read_text("utf-8")
        return {
            "id": number,
            "latest_stage": {"name": "deploy", "status": "success"},
            "deployment_trigger": {"metadata": {"commit_message": message}},
        }


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Project, Host]]:
    there, programs = tmp_path / "there", tmp_path / "bin"
    there.mkdir()
    programs.mkdir()
    tool = programs / "wrangler"
    tool.write_text(WRANGLER.format(python=sys.executable, there=there), "utf-8")
    tool.chmod(0o755)
    project = Project(there)
    with host(project.reply) as served:
        monkeypatch.setenv("PATH", str(programs))
        monkeypatch.setenv("CLOUDFLARE_API_BASE_URL", served.url)
        monkeypatch.setenv("CLOUDFLARE_API_TOKEN", TOKEN)
        monkeypatch.setenv("CLOUDFLARE_ACCOUNT_ID", "account")
        yield project, served


def readable(top: Path) -> dict[str, bytes]:
    return {f.relative_to(top).as_posix(): f.read_bytes() for f in top.rglob("*") if f.is_file()}


def test_wrangler_is_given_what_was_built_and_nothing_else(
    built_paper: BuiltPaper, project: tuple[Project, Host]
) -> None:
    site = built_paper("cloudflare:quay")
    (site / "public/notes.txt").write_text("not published", "utf-8")
    result = run("deploy", "--site", site)
    assert result.exit_code == 0, result.output
    (site / "public/notes.txt").unlink()
    assert readable(project[0].there / "d0/site") == readable(site / "public")
    assert "up to date" in run("deploy", "--site", site).output


def test_an_earlier_deployment_is_shown_again(
    built_paper: BuiltPaper, project: tuple[Project, Host]
) -> None:
    site = built_paper("cloudflare:quay")
    run("deploy", "--site", site)
    (site / "content/articles/ferry.md").unlink()
    run("build", "--allow-lost", "--site", site, "--quiet")
    run("deploy", "--site", site)
    told = json.loads(run("rollback", "--json", "--site", site).stdout)
    assert told["release"]["restored"] == 1
    assert project[0].live == "d0"
    assert TOKEN not in run("deploy", "--list", "--site", site).output


def test_without_wrangler_it_says_how_to_get_it(
    built_paper: BuiltPaper, project: tuple[Project, Host], tmp_path: Path
) -> None:
    site = built_paper("cloudflare:quay")
    (tmp_path / "bin/wrangler").unlink()
    result = run("deploy", "--site", site)
    assert (result.exit_code, "npm install -g wrangler" in result.output) == (3, True)
    assert project[1].asked
