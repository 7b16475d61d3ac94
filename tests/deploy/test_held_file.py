"""Reading a file in a store by parts: what comes is what is held, and little more than needed."""

import random
import zipfile
from io import BytesIO

import pytest

from generator.deploy.held_file import BLOCK, MOST, NEAR, HeldFile
from tests.support.deploying import MemoryStore

NAME = "pack.zip"


def held(data: bytes) -> tuple[HeldFile, MemoryStore]:
    store = MemoryStore()
    store.held[NAME] = data
    return HeldFile(store, NAME, len(data)), store


@pytest.mark.parametrize("seed", range(20))
def test_any_reads_give_the_bytes_that_are_held(seed: int) -> None:
    chosen = random.Random(seed)  # noqa: S311 - a draw of places
    data = chosen.randbytes(chosen.choice([0, 1, BLOCK, BLOCK + 1, 5 * BLOCK - 1]))
    file, _ = held(data)
    for _ in range(10):
        at, count = chosen.randint(0, len(data) + 9), chosen.choice([0, 1, BLOCK, 3 * BLOCK])
        file.seek(at)
        assert file.read(count) == data[at : at + count]
        assert file.tell() == min(max(at, len(data)), at + count)


def test_nothing_is_asked_for_twice() -> None:
    file, store = held(bytes(4 * BLOCK))
    file.bring([(0, BLOCK), (3 * BLOCK, 9 * BLOCK)])
    file.seek(0)
    assert len(file.read()) == 4 * BLOCK
    asked = [request.split()[-1] for request in store.requests]
    assert asked == [f"0-{4 * BLOCK}"]


def test_what_lies_far_apart_comes_alone_and_much_in_several_requests() -> None:
    file, store = held(bytes((2 * MOST + 1) * BLOCK))
    file.bring([(0, 1), ((NEAR + 1) * BLOCK, (NEAR + 1) * BLOCK + 1)])
    assert len(store.requests) == 2
    store.requests.clear()
    file.bring([(0, (2 * MOST + 1) * BLOCK)])
    assert len(store.requests) == 2


def test_a_file_of_a_large_archive_costs_its_own_bytes_and_the_list() -> None:
    archive, chosen = BytesIO(), random.Random(1)  # noqa: S311 - bytes that do not shrink
    with zipfile.ZipFile(archive, "w") as pack:
        for number in range(200):
            pack.writestr(f"{number}.jpg", chosen.randbytes(BLOCK))
    file, store = held(archive.getvalue())
    with zipfile.ZipFile(file) as pack:
        assert len(pack.read("100.jpg")) == BLOCK
    spans = [request.split()[-1].split("-") for request in store.requests]
    assert sum(int(end) - int(start) for start, end in spans) <= 6 * BLOCK
