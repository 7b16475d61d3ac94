"""What is published stands alone: the wheel, in an empty environment, begins and builds a site."""

import os
import re
import subprocess
import sys
import venv
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import NoReturn

import html5lib
import pytest

pytestmark = pytest.mark.slow


def run(*command: str | Path, at: Path) -> subprocess.CompletedProcess[str]:
    """Run a command away from the checkout, with nothing of this environment showing through."""
    return subprocess.run(
        command, cwd=at, env=clean(os.environ), capture_output=True, text=True, check=False
    )


def clean(environment: Mapping[str, str]) -> dict[str, str]:
    hidden = {"PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "SOURCE_DATE_EPOCH"}
    return {name: value for name, value in environment.items() if name not in hidden}


def give_up(outcome: subprocess.CompletedProcess[str]) -> NoReturn:
    offline = "Temporary failure in name resolution" in outcome.stderr
    if offline and not os.environ.get("CI"):
        pytest.skip("needs the package index, and this machine is offline")
    pytest.fail(outcome.stdout + outcome.stderr)


@pytest.fixture(scope="module")
def wheel(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, made from the source archive, so that both are known to be complete."""
    folder = tmp_path_factory.mktemp("dist")
    outcome = run(
        sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, checkout, at=folder
    )
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr
    (made,) = folder.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def broadsheet(wheel: Path, checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command, installed into an empty environment with nothing but what the wheel asks for."""
    home = tmp_path_factory.mktemp("installed")
    lock = (checkout / "requirements/run.txt").read_text("utf-8")
    versions = re.findall(r"^[a-z][\w.-]*==[\w.]+", lock, re.MULTILINE)
    (home / "versions.txt").write_text("\n".join(versions), "utf-8")
    venv.create(home / "venv", with_pip=True)
    bin_folder = home / "venv" / "bin"
    pip = (bin_folder / "python", "-m", "pip", "install", "--quiet")
    outcome = run(*pip, "--constraint", "versions.txt", wheel, at=home)
    if outcome.returncode:
        give_up(outcome)
    return bin_folder / "broadsheet"


def test_theme_and_starter_site_travel_in_the_wheel(wheel: Path, checkout: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder, place in (("layouts", "generator/theme"), ("generator", "generator")):
        for file in (checkout / folder).rglob("*"):
            path = file.relative_to(checkout / folder).as_posix()
            if file.is_file() and "__pycache__" not in path:
                assert f"{place}/{path}" in names
    assert "generator/theme/base.html" in names
    assert "generator/starter/config.yaml" in names


def test_nothing_but_the_package_is_in_the_wheel(wheel: Path) -> None:
    tops = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"generator"}


def test_an_installed_broadsheet_begins_and_builds_a_site(broadsheet: Path, tmp_path: Path) -> None:
    begun = run(broadsheet, "init", "mysite", at=tmp_path)
    assert begun.returncode == 0, begun.stdout + begun.stderr
    built = run(broadsheet, "build", "--site", "mysite", at=tmp_path)
    assert built.returncode == 0, built.stdout + built.stderr

    public = tmp_path / "mysite" / "public"
    front = (public / "index.html").read_text("utf-8")
    assert "The New Gazette" in front
    assert "The new footbridge opens, a week early" in front
    assert (public / "pictures/bridge.svg").is_file()
    for page in ("about", "tags/river", "authors/robin-hale", "news", "culture", "archive/2025"):
        assert (public / page / "index.html").is_file(), page
    assert len(list(public.glob("news/2025/*/*/index.html"))) == 2
    for file in public.rglob("*.html"):
        html5lib.HTMLParser(strict=True).parse(file.read_text("utf-8"))


def test_an_installed_broadsheet_begins_a_story_that_stays_a_draft(
    broadsheet: Path, tmp_path: Path
) -> None:
    run(broadsheet, "init", "mysite", at=tmp_path)
    begun = run(broadsheet, "new", "article", "Ferry returns", "--site", "mysite", at=tmp_path)
    assert begun.returncode == 0, begun.stdout + begun.stderr
    assert list(tmp_path.glob("mysite/content/articles/*/ferry-returns.md"))
    built = run(broadsheet, "build", "--site", "mysite", at=tmp_path)
    assert built.returncode == 0, built.stdout + built.stderr
    published = (tmp_path / "mysite" / "public").rglob("*.html")
    assert not [page for page in published if "Ferry returns" in page.read_text("utf-8")]
