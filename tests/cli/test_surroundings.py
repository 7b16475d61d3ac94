"""A command does its work whatever the shell gave it: streams, zone, locale, colours, disks."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.test_running import write_faulty_story, write_story
from tests.support.commands import assert_clean, run, run_broadsheet
from tests.support.sites import CHECKOUT

pytestmark = pytest.mark.slow


def shell(site: Path, command: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["bash", "-c", f'PROGRAM="$1"; {command}', "bash", sys.executable],
        cwd=site,
        env={**os.environ, "PYTHONPATH": str(CHECKOUT), **variables},
        capture_output=True,
        encoding="utf-8",
        errors="backslashreplace",
        check=False,
        timeout=60,
    )


@pytest.mark.skipif(os.name != "posix", reason="asks a shell")
@pytest.mark.parametrize("closed", ["2>&-", ">&-", "<&-", "<&- >&- 2>&-"])
@pytest.mark.parametrize("command", ["build --clean", "check", "why /"])
def test_closed_streams_are_no_hindrance(site: Path, closed: str, command: str) -> None:
    write_story(site)
    assert run("build", "--quiet", "--site", site).exit_code == 0
    done = shell(site, f'"$PROGRAM" -m generator {command} {closed}')
    assert done.returncode == 0, done
    for name in ("lock", "texts.db"):
        assert b"Built" not in (site / ".broadsheet" / name).read_bytes()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a file that is full")
@pytest.mark.parametrize("command", ["list stories --json", "build --json", "--help", "why /"])
def test_what_cannot_be_told_is_a_failure_of_the_machine(site: Path, command: str) -> None:
    write_story(site)
    done = shell(site, f'"$PROGRAM" -m generator {command} >/dev/full')
    assert done.returncode == 3, done
    assert done.stderr.startswith("broadsheet: the machine failed: No space left on device.")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a file that is full")
@pytest.mark.parametrize("errors", ["2>/dev/full", "2</dev/null", "2>&-"])
def test_the_exit_code_is_right_where_nobody_hears_what_went_wrong(site: Path, errors: str) -> None:
    write_story(site)
    assert shell(site, f'"$PROGRAM" -m generator build {errors}').returncode == 0
    assert shell(site, f'"$PROGRAM" -m generator deploy {errors}').returncode == 2
    write_faulty_story(site)
    assert shell(site, f'"$PROGRAM" -m generator build {errors}').returncode == 1


COLOUR = re.compile(rb"\x1b\[[0-9;]*m")
"""What colours the words behind it; progress, where there is some to tell, moves the cursor."""


@pytest.mark.parametrize("zone", ["UTC+25", "UTC-167", "nonsense", ":/etc/passwd", ""])
def test_a_time_zone_that_is_none_is_no_hindrance(site: Path, zone: str) -> None:
    write_story(site)
    done = run_broadsheet("build", "--quiet", "--site", str(site), environment={"TZ": zone})
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_no_color_is_kept_on_a_terminal(site: Path) -> None:
    if not shutil.which("script"):
        pytest.skip("no terminal can be had")
    write_faulty_story(site)
    command = f"{sys.executable} -m generator build"
    line = ["script", "-qec", command, "/dev/null"]
    for colour, expected in (("", True), ("1", False)):
        done = subprocess.run(
            line,
            cwd=site,
            env={**os.environ, "PYTHONPATH": str(CHECKOUT), "NO_COLOR": colour},
            capture_output=True,
            check=False,
            stdin=subprocess.DEVNULL,
            timeout=60,
        )
        assert b"error" in done.stdout
        assert bool(COLOUR.search(done.stdout)) == expected


@pytest.mark.skipif(sys.platform != "linux", reason="makes a locale as Linux does")
def test_names_are_utf_8_in_every_locale(site: Path, tmp_path: Path) -> None:
    (tmp_path / "locales").mkdir()
    made = tmp_path / "locales/de_DE"
    if shutil.which("localedef"):
        words = ["localedef", "-i", "de_DE", "-f", "ISO-8859-1", str(made)]
        subprocess.run(words, check=False, capture_output=True, timeout=60)
    if not made.exists():
        pytest.skip("the locale cannot be made here")
    (site / "static").mkdir()
    (site / "static/bl\u00e5.txt").write_text("x", "utf-8")
    write_story(site, "[x](/bl\u00e5.txt)")
    environment = {"LOCPATH": str(made.parent), "LC_ALL": "de_DE"}
    done = run_broadsheet("build", "--quiet", "--site", str(site), environment=environment)
    assert (done.returncode, done.stderr) == (0, "")
    assert (site / "public/bl\u00e5.txt").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="mounts a folder")
def test_a_site_that_can_only_be_read_is_built_elsewhere(site: Path, tmp_path: Path) -> None:
    shutil.rmtree(site / ".broadsheet")
    shutil.rmtree(site / "public")
    mount = f'mount --bind {site} {site} && mount -o remount,ro,bind {site} && cd {site} && "$@"'
    inside = ["unshare", "-rm", "bash", "-c", mount, "bash", sys.executable, "-m", "generator"]

    def command(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*inside, *words],
            env={**os.environ, "PYTHONPATH": str(CHECKOUT)},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    if command("--help").returncode:
        pytest.skip("nothing can be mounted here")
    out = str(tmp_path / "out")
    assert command("build", "-q", "--output", out).stderr == ""
    assert "as before" in command("build", "--output", out).stdout
    assert "as it should be" in command("why", "/", "--output", out).stdout
    assert command("build", "-q", "--verify", "--output", out).returncode == 0
    assert sorted(path.name for path in site.iterdir()) == ["config.yaml", "content"]
    refused = command("build", "-q")
    assert refused.returncode == 3
    assert "with --output" in refused.stderr
    assert_clean(refused, site)
