"""Which stage of a build a moment belongs to."""

import inspect
from typing import Any

import pytest

from benchmarks import stages
from benchmarks.stages import PACKAGE, StageFinder, stage_of_module


@pytest.mark.parametrize(
    ("module", "stage"),
    [
        ("read/newsroom.py", stages.READ),
        ("plan/arrange.py", stages.PLAN),
        ("plan/fingerprints.py", stages.FINGERPRINTS),
        ("render/body/quick.py", stages.MARKDOWN),
        ("render/templates.py", stages.LAYOUTS),
        ("render/feeds.py", stages.FEEDS),
        ("publish/transaction.py", stages.PUBLISH),
        ("build.py", stages.REST),
        ("model/article.py", None),
    ],
)
def test_a_modules_stage_is_told_by_its_room(module: str, stage: str | None) -> None:
    assert stage_of_module(module) == stage


@pytest.mark.parametrize("beginning", [*stages.PART_OF, *stages.SERVANTS])
def test_every_room_with_a_stage_is_there(beginning: str) -> None:
    # When this fails a module was moved: say in stages.PART_OF which stage it belongs to now.
    assert list(PACKAGE.glob(f"{beginning}*"))


def stage_within(*modules: str) -> str:
    """The stage while functions call each other, each as if it stood in a module."""

    def inner() -> str:
        return StageFinder().stage(inspect.currentframe())

    for module in reversed(modules):
        code = compile("def calling(inner): return lambda: inner()", module, "exec")
        names: dict[str, Any] = {}
        exec(code, names)  # noqa: S102 - to be found in a module of that name
        inner = names["calling"](inner)
    return inner()


def ours(module: str) -> str:
    return str(PACKAGE / module)


def test_the_innermost_of_our_modules_decides() -> None:
    stack = (ours("build.py"), ours("render/outputs.py"), ours("render/markdown.py"), "markdown.py")
    assert stage_within(*stack) == stages.MARKDOWN


def test_a_module_that_serves_any_stage_works_for_its_caller() -> None:
    stack = (ours("plan/links.py"), ours("model/addresses.py"))
    assert stage_within(*stack) == stages.PLAN


def test_importing_is_start_up_whoever_imports() -> None:
    stack = (ours("read/dates.py"), stages.IMPORTING, ours("model/article.py"))
    assert stage_within(*stack) == stages.START


def test_what_none_of_our_modules_does_is_start_up() -> None:
    assert StageFinder().stage(None) == stages.START
