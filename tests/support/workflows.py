"""What a host's build service does with a site, done here with the `broadsheet` of the tests."""

import os
import subprocess
import sys
from pathlib import Path

import yaml

from tests.support.commands import run
from tests.support.sites import CHECKOUT

KEY = "a key of this test alone"
PUBLISH = ".github/workflows/publish.yml"


def bash(script: str, at: Path, **environment: str) -> None:
    """Run a step as a build service does, with the `broadsheet` of these tests."""
    place = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    words = ["bash", "-e", "-c", script]
    done = subprocess.run(
        words,
        cwd=at,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PATH": place, "PYTHONPATH": str(CHECKOUT), **environment},
    )
    assert done.returncode == 0, done.stdout + done.stderr


def github_steps(checkout: Path) -> dict[str, str]:
    """Run what the workflow of GitHub runs, in a checkout; what its steps put out."""
    output = checkout.parent / "output"
    output.write_text("")
    workflow = yaml.safe_load((checkout / PUBLISH).read_text("utf-8"))
    for step in workflow["jobs"]["publish"]["steps"]:
        if step.get("name") in ("Build", "Check", "Commit the ledger of addresses"):
            given = {"RUNNER_TEMP": str(checkout.parent), "GITHUB_OUTPUT": str(output)}
            bash(step["run"], checkout, BROADSHEET_STATE_KEY=KEY, **given)
    return dict(line.split("=", 1) for line in output.read_text().splitlines())


def gitlab_script(checkout: Path) -> None:
    """Run the script of GitLab's job, in a checkout, but for what installs the program."""
    job = yaml.safe_load((checkout / ".gitlab-ci.yml").read_text("utf-8"))["pages"]
    install, *rest = job["script"]
    assert install == "pip install -r requirements.txt"
    bash("\n".join(rest), checkout, BROADSHEET_STATE_KEY=KEY)


def begun(
    tmp_path: Path, host: str, redirects: str = "", address: str = "https://paper.github.io/news/"
) -> Path:
    """A new site for a host, pushed to a repository; the folder of its first checkout."""
    site, repository = tmp_path / "site", tmp_path / "paper.git"
    assert run("init", site, "--ci", host).exit_code == 0
    config = (site / "config.yaml").read_text("utf-8")
    (site / "config.yaml").write_text(config.replace("https://example.org/", address), "utf-8")
    if redirects:
        (site / "redirects.csv").write_text(redirects, "utf-8")
    bash(
        f"git init --quiet --bare --initial-branch main {repository}\n"
        "git init --quiet --initial-branch main\ngit add .\n"
        "git -c user.name=a -c user.email=a@b commit --quiet --message Begun\n"
        f"git push --quiet {repository} main\n"
        f"git clone --quiet {repository} {tmp_path}/first/paper",
        site,
    )
    return tmp_path / "first/paper"
