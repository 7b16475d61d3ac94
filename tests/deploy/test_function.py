"""A function of one's own as a target."""

import sys
from pathlib import Path
from types import ModuleType

import pytest

from generator.deploy.function import Handover
from tests.deploy.conftest import BuiltPaper
from tests.support.commands import run


def test_a_function_is_given_every_file_and_the_order(
    built_paper: BuiltPaper, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[Handover] = []
    module = ModuleType("newsroom_upload")
    module.send = given.append  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "newsroom_upload", module)
    site = built_paper("python:newsroom_upload:send")
    result = run("deploy", "--site", site)
    assert result.exit_code == 0, result.output
    (handover,) = given
    assert sorted(handover.order) == sorted(handover.files)
    assert handover.output == site / "public"
    assert handover.order.index("index.html") > handover.order.index(
        "news/2026/11/ferry/index.html"
    )
    assert handover.files["index.html"].type == "text/html; charset=utf-8"
    assert run("rollback", "--site", site).exit_code == 1


def test_a_module_in_the_sites_folder_is_never_run(
    built_paper: BuiltPaper, monkeypatch: pytest.MonkeyPatch
) -> None:
    site: Path = built_paper("python:evil:send", "-- evil.py --\nraise SystemExit('ran')\n")
    monkeypatch.chdir(site)
    result = run("deploy")
    assert (result.exit_code, "there is no function send in evil" in result.output) == (1, True)
