"""What `--executor` names: an address that is one, a package that is there."""

import sys

import pytest

from generator.stages.executors import INSTALL_HINT, open_executor, open_workers
from generator.stages.workers import ExecutorError


@pytest.mark.parametrize(
    "address",
    [
        *("dask", "dask:", "dask://", "dask://host", "dask://:8786", "dask://host:0"),
        *("dask://host:x", "dask://host:99999", "dask://host:8786/", "dask://host:8786?a=b"),
        *("dask://me@host:8786", "tcp://host:8786", "DASK://host:8786", "host:8786", "dask://[:1"),
    ],
)
def test_what_is_no_address_is_told_with_an_example(address: str) -> None:
    with pytest.raises(ExecutorError) as caught, open_executor(address):
        pass
    assert caught.value.is_usage
    assert caught.value.message == f'no executor has the address "{address}"'
    assert "dask://10.0.0.5:8786" in caught.value.hint


def test_a_package_that_is_missing_is_told_with_the_way_to_install_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delitem(sys.modules, "generator.stages.dask_cluster", raising=False)
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ExecutorError) as caught, open_workers(0, "dask://127.0.0.1:8786"):
        pass
    assert caught.value.is_usage
    assert "distributed" in caught.value.message
    assert caught.value.hint == INSTALL_HINT


def test_without_an_address_everything_is_done_here() -> None:
    with open_workers(0) as workers:
        assert not workers.is_remote
        assert list(workers.each_anywhere(len, ["a", "bc"])) == [("a", 1), ("bc", 2)]
