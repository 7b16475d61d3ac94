"""The server: where it answers, and what it holds for those who do not read."""

import asyncio
import os
import socket
import subprocess
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, cast

import pytest
from uvicorn.config import Config
from uvicorn.server import Server

from generator.live.answers import Answer
from generator.serve import server
from generator.serve.addresses import bound
from generator.serve.app import CHUNK, App
from generator.serve.main_loop import MainLoop
from generator.serve.safety import guard
from generator.serve.tabs import Shown

Preview = Any  # conftest's: test modules do not import each other
PROTOCOL = server._Protocol  # noqa: SLF001 - the one that is tried
LARGE = 16 * 1024 * 1024


class OneFile:
    """A loop with one answer for every address."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer

    def ask(self, work: Callable[[], Any]) -> "Future[Any]":
        future: Future[Any] = Future()
        future.set_result(work())
        return future

    def answer(self, _address: str) -> Shown:
        return Shown(self._answer)


async def stalled(answer: Answer) -> tuple[int, int]:
    """How many bytes a reader who stalls makes the server hold at most, and how many it reads."""
    listening = bound("127.0.0.1", 0)
    port = listening.getsockname()[1]
    held = 0

    class Measured(PROTOCOL):
        def data_received(self, data: bytes) -> None:
            super().data_received(data)
            transport = self.transport

            def measure() -> None:
                nonlocal held
                held = max(held, transport.get_write_buffer_size())
                if not transport.is_closing():
                    self.loop.call_later(0.005, measure)

            measure()

    app = App(cast(MainLoop, OneFile(answer)), guard(port))
    config = Config(app, http=Measured, ws="none", lifespan="off", log_config=None, loop="asyncio")
    running = Server(config)
    task = asyncio.ensure_future(running.serve(sockets=[listening]))
    client = socket.socket()
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    client.connect(("127.0.0.1", port))
    client.sendall(f"GET /a HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
    for _ in range(600):
        await asyncio.sleep(0.02)
        if held and not running.server_state.connections:
            break
    connections = len(running.server_state.connections)
    running.should_exit = True
    await task
    read = 0
    with suppress(ConnectionResetError):
        while chunk := client.recv(1 << 20):
            read += len(chunk)
    client.close()
    assert connections == 0
    return held, read


@pytest.mark.parametrize("is_file", [True, False])
def test_a_reader_who_stalls_holds_little_and_not_for_ever(
    is_file: bool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(server, "PATIENCE", 0.1)
    file = tmp_path / "film.mp4"
    file.write_bytes(bytes(LARGE))
    answer = Answer(200, file=file) if is_file else Answer(200, data=bytes(LARGE), is_page=True)
    held, read = asyncio.run(stalled(answer))
    assert 0 < held <= 2 * CHUNK + 4096
    assert read < LARGE


@contextmanager
def connected(port: int, count: int) -> Iterator[list[socket.socket]]:
    found = [socket.create_connection(("127.0.0.1", port), timeout=5) for _ in range(count)]
    try:
        yield found
    finally:
        for one in found:
            one.close()


def test_whoever_comes_when_there_are_too_many_is_not_let_in(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(server, "MOST_CONNECTIONS", 20)
    listening = bound("127.0.0.1", 0)

    async def serve_some() -> int:
        app = App(cast(MainLoop, OneFile(Answer(200, data=b"a"))), guard(1))
        config = Config(app, http=PROTOCOL, ws="none", lifespan="off", log_config=None)
        running = Server(config)
        task = asyncio.ensure_future(running.serve(sockets=[listening]))
        with connected(listening.getsockname()[1], 60):
            await asyncio.sleep(0.3)
            count = len(running.server_state.connections)
        running.should_exit = True
        await task
        return count

    assert asyncio.run(serve_some()) == 20


@pytest.mark.parametrize("host", ["127.0.0.2", "127.0.0.1", "localhost"])
def test_the_address_that_is_printed_answers(
    host: str, start_preview: Callable[..., Preview], tiny_site: Callable[[], Path]
) -> None:
    preview: Preview = start_preview(tiny_site(), "--host", host)
    assert preview.url.startswith(f"http://{host}:{preview.port}/")
    with socket.create_connection((host, preview.port), timeout=5) as connection:
        request = f"GET / HTTP/1.1\r\nHost: {host}:{preview.port}\r\n\r\n"
        connection.sendall(request.encode())
        assert connection.recv(100).startswith(b"HTTP/1.1 200 ")
    preview.stop()


def test_folders_that_lie_too_deep_to_be_watched_end_nothing(
    start_preview: Callable[..., Preview], tiny_site: Callable[[], Path]
) -> None:
    site = tiny_site()
    here = os.open(site / "static", os.O_RDONLY)
    for _ in range(1_200):
        os.mkdir("d", dir_fd=here)
        below = os.open("d", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = below
    os.close(here)
    preview = start_preview(site)
    assert preview.get()[0] == 200
    preview.replace("content/articles/ferry.md", "All about", "Soon more about")
    preview.wait_for("/news/2026/01/ferry/", lambda _, text: "Soon more about" in text)
    preview.stop()
    assert "Traceback" not in preview.said()
    subprocess.run(["rm", "-rf", str(site / "static")], check=True)
