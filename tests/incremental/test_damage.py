"""What a build remembers may be cut short or altered anywhere: the next is right all the same."""

import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from generator.publish.store import load_manifest
from generator.read.config import load_config
from generator.read.memory import open_memory
from generator.read.newsroom import survey
from generator.stages.facts import load_facts
from generator.stages.reasons import in_words, reason_for
from tests.support.newsroom import Newsroom

Spoil = Callable[[bytes], bytes]
SMALL = 400
"""Bytes up to which a whole build is tried at every one."""
SAMPLES = 8
FLIPS = 300


@pytest.fixture
def edited(room: Newsroom) -> Newsroom:
    """A newsroom with an edit that is not built yet; what it is before that is kept."""
    for name in ("ferry", "kursk"):
        room.write(f"content/tags/{name}.md", f"---\ntitle: {name.title()}\n---\n")
    room.change(0, "colour", "blue")  # no key that is known: a warning that must be told again
    room.check()
    room.change(0, "title", "After")
    room.keep_the_cache()
    return room


@pytest.fixture
def names(edited: Newsroom) -> list[str]:
    """All files in which a build remembers something."""
    found = sorted(file.name for file in edited.state.iterdir() if file.is_file())
    kinds = "code lock published published published reasons record record texts"
    assert [name.partition("-")[0].partition(".")[0] for name in found] == kinds.split()
    return found


def cuts(data: bytes, at_most: int) -> Iterator[bytes]:
    """What is left of a file that is cut short: everywhere, or at some places of a long one."""
    step = max(len(data) // at_most, 1)
    yield from (data[:length] for length in range(0, len(data), step))


def flips(data: bytes, number: int, drawn: random.Random) -> Iterator[bytes]:
    """A file with one to three of its bits turned, so many times."""
    for _ in range(number if data else 0):
        spoiled = bytearray(data)
        for place in drawn.choices(range(8 * len(data)), k=drawn.randint(1, 3)):
            spoiled[place // 8] ^= 1 << place % 8
        yield bytes(spoiled)


@pytest.mark.slow
def test_after_any_damage_a_build_is_what_a_clean_one_is(
    edited: Newsroom, names: list[str]
) -> None:
    expected = edited.clean_outcome()
    drawn = random.Random(7)  # noqa: S311 - the same damage each time
    tried = 0
    for name in names:
        file = edited.state / name
        good = file.read_bytes()
        most = SMALL if len(good) <= SMALL else SAMPLES
        for data in (*cuts(good, most), *flips(good, SAMPLES, drawn), b"", good + good):
            restore(edited)
            file.write_bytes(data)
            assert edited.outcome(edited.site) == expected, (name, len(good), data[:50])
            tried += 1
    assert tried > 200


def restore(room: Newsroom) -> None:
    """Let the site be published and remembered as it was before the edit."""
    for folder in (room.state, room.output):
        shutil.rmtree(folder)
        shutil.copytree(room.root / "kept" / folder.name, folder)


@pytest.fixture
def damages(edited: Newsroom, names: list[str]) -> Callable[[str], Iterator[Path]]:
    """A function that damages a file of a kind at every byte, and in many bits."""

    def damaged(prefix: str) -> Iterator[Path]:
        (name,) = (name for name in names if name.startswith(prefix) and name.endswith(".db"))
        file: Path = edited.state / name
        good = file.read_bytes()
        drawn = random.Random(11)  # noqa: S311 - the same damage each time
        assert len(good) > 8000
        for data in (*cuts(good, len(good)), *flips(good, FLIPS, drawn)):
            if data != good:
                file.write_bytes(data)
                yield file
        file.write_bytes(good)

    return damaged


Damages = Callable[[str], Iterator[Path]]


def test_no_damaged_manifest_is_believed(damages: Damages) -> None:
    for file in damages("published"):
        assert load_manifest(file) is None
    assert load_manifest(file)


def test_a_damaged_memory_tells_nothing_that_is_not_so(
    edited: Newsroom, damages: Damages, version: str
) -> None:
    config, _ = load_config(edited.site)
    slugs = survey(edited.site, config).section_slugs

    def remembered() -> dict[str, object]:
        with open_memory(edited.site, config, version) as memory:
            memory.load(slugs)
            return {read.path: read.value for read in memory.recall(list(memory.stamps))}

    good = remembered()
    assert good
    for _ in damages("texts"):
        assert remembered().items() <= good.items()


def test_no_damaged_record_is_believed(edited: Newsroom, damages: Damages, version: str) -> None:
    config, _ = load_config(edited.site)
    (manifest,) = map(load_manifest, edited.state.glob("published-*.db"))
    assert manifest
    with open_memory(edited.site, config, version) as memory:
        memory.load(survey(edited.site, config).section_slugs)
        for file in damages("record"):
            assert load_facts(file, manifest.mark, memory) is None
        assert load_facts(file, manifest.mark, memory)


def test_damaged_reasons_fail_nobody(edited: Newsroom, damages: Damages) -> None:
    """They are for people only, and have no check sum: a date in them may be another."""
    (manifest,) = map(load_manifest, edited.state.glob("published-*.db"))
    assert manifest
    path, published = next(iter(manifest.files.items()))
    told = {reason_for(file, path, published) for file in damages("reasons")}
    assert None in told
    assert all(reason is None or in_words(reason.causes) for reason in told)
