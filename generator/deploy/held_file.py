"""A file in a store that can be read here, of which only those parts come that are needed."""

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from io import SEEK_CUR, SEEK_END, SEEK_SET, RawIOBase
from itertools import chain
from tempfile import TemporaryFile

from generator.deploy.store import Store

BLOCK = 64 * 1024
"""Bytes that come at least: fewer hardly come sooner."""
NEAR, MOST = 16, 128
"""Blocks: what lies so near to another comes with it, up to so many in one request."""

Span = tuple[int, int]


class HeldFile(RawIOBase):
    """What a store holds under a name. What has come lies in a file here, not in the memory."""

    def __init__(self, store: Store, path: str, size: int) -> None:
        super().__init__()
        self._store, self._path, self._size = store, path, size
        self._here = TemporaryFile()  # noqa: SIM115 - it goes with this object
        self._blocks: set[int] = set()
        self._at = 0

    def bring(self, spans: Iterable[Span]) -> None:
        """Have the bytes of these spans here, several requests side by side."""
        ends = ((start, min(end, self._size)) for start, end in spans)
        each = (range(start // BLOCK, -(-end // BLOCK)) for start, end in ends)
        runs = list(_runs(sorted({*chain.from_iterable(each)} - self._blocks)))
        if not runs:
            return
        with ThreadPoolExecutor(self._store.side_by_side) as pool:
            for run, data in zip(runs, pool.map(self._asked, runs), strict=True):
                self._here.seek(run.start * BLOCK)
                self._here.write(data)
                self._blocks.update(run)

    def _asked(self, run: range) -> bytes:
        return self._store.span(self._path, run.start * BLOCK, min(run.stop * BLOCK, self._size))

    def read(self, size: int = -1, /) -> bytes:
        """Read so many bytes, or all; fewer at the end."""
        end = self._size if size < 0 else min(self._at + size, self._size)
        if end <= self._at:
            return b""
        self.bring([(self._at, end)])
        self._here.seek(self._at)
        data = self._here.read(end - self._at)
        self._at = end
        return data

    def seek(self, offset: int, whence: int = SEEK_SET) -> int:
        """Go to a place."""
        self._at = offset + {SEEK_SET: 0, SEEK_CUR: self._at, SEEK_END: self._size}[whence]
        return self._at

    def tell(self) -> int:
        """Where the next read begins."""
        return self._at

    def readable(self) -> bool:
        """It is."""
        return True

    def seekable(self) -> bool:
        """It is."""
        return True

    def close(self) -> None:
        """Forget what has come."""
        self._here.close()
        super().close()


def _runs(blocks: Iterable[int]) -> Iterator[range]:
    """Blocks in order as few ranges."""
    run = range(0)
    for block in blocks:
        if run and block - run.stop < NEAR and block - run.start < MOST:
            run = range(run.start, block + 1)
            continue
        if run:
            yield run
        run = range(block, block + 1)
    if run:
        yield run
