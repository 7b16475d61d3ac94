"""A real browser. A test file that imports this is skipped where Playwright is missing."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

try:
    from playwright.sync_api import (
        Browser,
        FloatRect,
        Page,
        Response,
        Route,
        ViewportSize,
        expect,
        sync_playwright,
    )
except ImportError:
    if os.environ.get("BROADSHEET_REQUIRE_BROWSER"):
        raise
    pytest.skip("Playwright is not in this environment", allow_module_level=True)

__all__ = [
    "Browser",
    "FloatRect",
    "Page",
    "Response",
    "Route",
    "ViewportSize",
    "expect",
    "running",
]

FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")


@contextmanager
def running(program: Path) -> Iterator[Browser]:
    """A browser that runs, and is gone afterwards.

    Playwright keeps an event loop in this thread: two at once, or one left behind, and
    whatever else wants a loop here fails.
    """
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()
