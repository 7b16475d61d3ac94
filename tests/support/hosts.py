"""Small servers on loopback that answer as a host's documentation says."""

import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Asked:
    """A request: its method, path with query, headers and body."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:  # noqa: ANN401 - as it was sent
        return json.loads(self.body)


Reply = Callable[[Asked], tuple[int, object]]
"""Answers a request with a status and a JSON value, or bytes."""


@dataclass
class Host:
    """Where a host is, and what it was asked."""

    url: str = ""
    asked: list[Asked] = field(default_factory=list)

    def lines(self) -> list[str]:
        return [f"{each.method} {each.path.partition('?')[0]}" for each in self.asked]


@contextmanager
def serving(handler: type[BaseHTTPRequestHandler]) -> Iterator[str]:
    """The address of a server on loopback that is there until the end of the block."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def host(reply: Reply) -> Iterator[Host]:
    """A server that is there until the end of the block."""
    served = Host()

    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            size = int(self.headers.get("Content-Length") or 0)
            asked = Asked(self.command, self.path, dict(self.headers), self.rfile.read(size))
            served.asked.append(asked)
            status, value = reply(asked)
            data = value if isinstance(value, bytes) else json.dumps(value).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(data)))
            self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(data)

        do_GET = do_POST = do_PUT = do_DELETE = _answer  # noqa: N815 - as http.server has it

        def log_message(self, *_: object) -> None:
            """Quiet."""

    with serving(Handler) as served.url:
        yield served


def part_of(data: bytes, wanted: str) -> tuple[int, bytes, dict[str, str]]:
    """The answer to a GET whose header Range is `wanted`: its status, body and further headers."""
    span = re.fullmatch(r"bytes=([0-9]+)-([0-9]+)", wanted)
    if span is None:
        return 200, data, {}
    start, last = int(span[1]), min(int(span[2]), len(data) - 1)
    return 206, data[start : last + 1], {"Content-Range": f"bytes {start}-{last}/{len(data)}"}
