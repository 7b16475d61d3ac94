"""docs/importing.md shows what an import makes, and names what it reports."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli.main import main

CODE = re.compile(r"^```(?:text|markdown)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
TARGET = re.compile(r"^becomes `([^`]+)`:$", re.MULTILINE)
LISTED = re.compile(r"^`--json` lists for each story (.+), and all `problems`", re.MULTILINE)


@pytest.fixture(scope="module")
def document(checkout: Path) -> str:
    return (checkout / "docs/importing.md").read_text("utf-8")


def test_the_example_comes_out_as_it_is_shown(document: str, tmp_path: Path) -> None:
    copy, article, *_ = CODE.findall(document)
    (target,) = TARGET.findall(document)
    (tmp_path / "config.yaml").write_text("title: Tiny\n")
    (tmp_path / "kursk.txt").write_text(copy, encoding="utf-8")
    words = ["--site", tmp_path, "--section", "world", "--date", "2024-08-15", "--json"]
    command = ["import", "wire", tmp_path / "kursk.txt", *words]
    result = CliRunner().invoke(main, [str(word) for word in command])
    assert (result.exit_code, result.stderr) == (0, "")
    assert (tmp_path / target).read_text("utf-8") == article
    (story,) = json.loads(result.stdout)["stories"]
    (listed,) = LISTED.findall(document)
    assert re.findall(r"`(\w+)`", listed) == list(story)
