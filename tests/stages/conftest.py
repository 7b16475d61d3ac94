"""A folder for a site of stories."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.stories import write_stories


@pytest.fixture(scope="session")
def make_stories(tmp_path_factory: pytest.TempPathFactory) -> Callable[[int], Path]:
    """Writes a site of so many stories into a folder of its own."""
    return lambda stories: write_stories(tmp_path_factory.mktemp("stories"), stories)
