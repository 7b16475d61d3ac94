"""A state that an older version left without seals is told of in one calm line."""

from pathlib import Path

import pytest

from generator.publish.guard import open_output
from generator.publish.store import manifest_path, seal_path
from generator.publish.transaction import UnsealedError
from tests.support.publishing import Publish, Read


@pytest.fixture
def unsealed(site: Path, output: Path, publish: Publish) -> Path:
    publish({"index.html": "old", "a.html": "old"})
    stored = manifest_path(site, output)
    seal_path(stored).unlink()
    for ledger in stored.parent.glob("*.ledger"):
        ledger.unlink()
    return output


def test_the_very_same_site_is_taken_over(
    site: Path, unsealed: Path, publish: Publish, published: Read
) -> None:
    publish({"index.html": "old", "a.html": "old", "b.html": "new"})
    assert published() == {"index.html": "old", "a.html": "old", "b.html": "new"}
    assert not open_output(unsealed, site).was_damaged


def test_another_one_changes_nothing_and_says_what_to_do(
    unsealed: Path, publish: Publish, published: Read
) -> None:
    with pytest.raises(UnsealedError) as caught:
        publish({"index.html": "new", "a.html": "old"})
    assert "an older version" in caught.value.message
    assert caught.value.hint.startswith(f"If every file in {unsealed.name} is Broadsheet's, delete")
    assert published() == {"index.html": "old", "a.html": "old"}
