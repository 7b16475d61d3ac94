"""Folders for sites, and the previews of them."""

import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support.previews import Previews, StartPreview, write_tiny_site


@pytest.fixture(scope="module")
def start_preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StartPreview]:
    """Starts previews, and ends those that still run."""
    previews = Previews(tmp_path_factory.mktemp("previews"))
    yield previews.start
    for preview in previews.running:
        preview.stop(signal.SIGKILL)


@pytest.fixture(scope="module")
def tiny_site(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Path]:
    """Makes a site of four stories, each time anew."""
    return lambda: write_tiny_site(tmp_path_factory.mktemp("site") / "site")
