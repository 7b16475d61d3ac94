"""What `init --ci` writes: pages show it, it is well-formed, and its steps publish a site."""

import json
import os
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest
import yaml

from generator.cli.stopping import USAGE
from generator.model.hosts import Host
from generator.scaffold import STARTER_TITLE, WORKFLOWS, workflow_files
from tests.support.commands import run
from tests.support.workflows import bash, begun, github_steps, gitlab_script

BLOCK = re.compile(r"^`(?P<path>[^`\n]+)`\n\n```\w+\n(?P<code>.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("host", WORKFLOWS)
def test_a_page_shows_what_init_writes(host: Host, checkout: Path) -> None:
    """Run with UPDATE_GOLDEN=1 to write the pages anew."""
    page = checkout / f"docs/hosting/{host}.md"
    wanted = workflow_files(host, STARTER_TITLE)
    text = page.read_text("utf-8")
    if os.environ.get("UPDATE_GOLDEN"):
        for path, code in wanted.items():
            shown = rf"(^`{re.escape(path)}`\n\n```\w+\n).*?(^```$)"
            parts = re.split(shown, text, flags=re.MULTILINE | re.DOTALL)
            text = code.join(("".join(parts[:2]), "".join(parts[2:])))
        page.write_text(text, "utf-8", newline="\n")
    assert {block["path"]: block["code"] for block in BLOCK.finditer(text)} == wanted


@pytest.mark.parametrize("host", WORKFLOWS)
def test_what_is_written_is_well_formed(host: Host) -> None:
    for path, text in workflow_files(host, "The Quay").items():
        if path.endswith(".yml"):
            assert yaml.safe_load(text)
        if path.endswith(".toml"):
            assert tomllib.loads(text)
        assert not re.search(r"\{(version|project)\}", text)


def test_a_new_site_for_a_host_builds_for_it(tmp_path: Path) -> None:
    site = tmp_path / "site"
    made = run("init", site, "--ci", "cloudflare", "--title", "Вісник порту")
    assert made.exit_code == 0, made.output
    config = yaml.safe_load((site / "config.yaml").read_text("utf-8"))
    assert config["host"] == "cloudflare"
    assert config["deploy"] == {"live": "cloudflare:visnyk-portu"}
    assert tomllib.loads((site / "wrangler.toml").read_text("utf-8"))["name"] == "visnyk-portu"
    assert run("build", "--site", site, "--quiet").exit_code == 0


def test_a_site_that_is_there_gets_the_files_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("init", tmp_path / "site").exit_code == 0
    monkeypatch.chdir(tmp_path / "site")
    config = Path("config.yaml").read_bytes()
    made = run("init", "--ci", "gitlab")
    assert (made.exit_code, made.stdout) == (0, ".gitlab-ci.yml\nrequirements.txt\n")
    assert "host: gitlab" in made.stderr
    assert Path("config.yaml").read_bytes() == config
    assert run("init", "--ci", "gitlab").exit_code == 0


def test_a_file_of_the_newsroom_s_own_is_not_replaced(tmp_path: Path) -> None:
    site = tmp_path / "site"
    run("init", site)
    (site / "requirements.txt").write_text("mine\n")
    made = run("init", site, "--ci", "netlify")
    assert (made.exit_code, "requirements.txt is there already" in made.output) == (USAGE, True)
    assert (site / "requirements.txt").read_text() == "mine\n"
    assert not (site / "netlify.toml").exists()


def test_init_wants_a_folder_or_a_host() -> None:
    result = run("init")
    assert (result.exit_code, "Name a folder" in result.output) == (USAGE, True)


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("jq") and not os.environ.get("CI"), reason="no jq here")
@pytest.mark.parametrize("host", ["github", "cloudflare"])
def test_the_steps_of_github_publish_from_an_empty_folder(host: str, tmp_path: Path) -> None:
    first = begun(tmp_path, host)
    assert int(github_steps(first)["changes"]) > 40
    assert b'"/news/' in (first / "public/about/index.html").read_bytes()
    again = tmp_path / "second/paper"
    bash(f"git clone --quiet {tmp_path}/paper.git {again}", tmp_path)
    assert "/about/" in (again / "addresses.txt").read_text("utf-8")
    for kept in (".broadsheet", "public"):  # the cache
        shutil.copytree(first / kept, again / kept)
    assert github_steps(again) == {"changes": "0"}


@pytest.mark.slow
def test_the_script_of_gitlab_publishes_from_an_empty_folder(tmp_path: Path) -> None:
    first = begun(tmp_path, "gitlab")
    gitlab_script(first)
    assert (first / "public/index.html").exists()


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("node"), reason="no node here")
def test_what_cloudfront_is_given_finds_pages_and_hides_records(checkout: Path) -> None:
    page = (checkout / "docs/hosting/s3-cloudfront.md").read_text("utf-8")
    code = re.findall(r"^```js\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)[0]
    asked = ["/", "/news/", "/news", "/a.css", "/feed.xml", "/.broadsheet/live.json"]
    script = (
        f"{code}\nconst asked = {json.dumps(asked)};\n"
        "const said = asked.map((uri) => handler({ request: { uri } }));\n"
        "console.log(JSON.stringify(said.map((a) => [a.uri || '', a.statusCode || 0,"
        " a.headers ? a.headers.location.value : ''])));"
    )
    done = subprocess.run(["node", "-e", script], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == [
        ["/index.html", 0, ""],
        ["/news/index.html", 0, ""],
        ["", 301, "/news/"],
        ["/a.css", 0, ""],
        ["/feed.xml", 0, ""],
        ["", 404, ""],
    ]
