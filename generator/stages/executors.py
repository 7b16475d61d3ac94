"""Executors: who does the work of a build, as `--workers` and `--executor` name them."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from urllib.parse import urlsplit

from generator.stages.workers import ExecutorError, Submits, Workers

ADDRESS_HINT = "Write where the scheduler of a Dask cluster listens, such as dask://10.0.0.5:8786."
INSTALL_HINT = 'Install it: pip install "broadsheet[dask]"'


@contextmanager
def open_workers(count: int | None, address: str = "") -> Iterator[Workers]:
    """The workers of a build: `count` processes (None: as many as pay), and an executor if named.

    Raises ExecutorError as `open_executor` does.
    """
    with ExitStack() as stack:
        executor = stack.enter_context(open_executor(address)) if address else None
        yield stack.enter_context(Workers(count, executor))


@contextmanager
def open_executor(address: str) -> Iterator[Submits]:
    """An executor on other machines, while the block runs: `dask://HOST:PORT`.

    Raises ExecutorError for an address that names none, a package that is missing, a
    cluster that does not answer, or one whose workers run another version of the code.
    """
    host, port = _dask_place(address)
    try:
        from generator.stages.dask_cluster import open_cluster  # noqa: PLC0415 - 300 ms, of an extra that few install
    except ModuleNotFoundError as error:
        message = f"--executor {address} needs a package that is not installed: {error.name}"
        raise ExecutorError(message, INSTALL_HINT, is_usage=True) from None
    with open_cluster(host, port) as executor:
        yield executor


def _dask_place(address: str) -> tuple[str, int]:
    """Host and port of a scheduler."""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port = None, None
    if host is None or not port or address != f"dask://{parts.netloc}" or "@" in parts.netloc:
        message = f'no executor has the address "{address}"'
        raise ExecutorError(message, ADDRESS_HINT, is_usage=True)
    return host, port
