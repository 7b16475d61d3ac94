"""The health of `publish --watch`: one address on loopback, for whoever watches over services.

    {"ok": true, "last_build": "2026-12-01T08:00:01+00:00", "last_deploy": …, "next_change": …,
     "last_error": null}

The status is 200 while the last act went well and 503 after one that failed. Until the first act
has ended, too: nobody knows yet.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from generator.model.values import frozen

PATH = "/healthz"
HERE = "127.0.0.1"


@frozen
class Outcome:
    """What became of one act: its exit code, and when the site changes by itself next.

    `steps` are those that were done, each with the instant of its end; where the code is not 0 the
    last of them failed, for a `reason` where that is known.
    """

    code: int
    next_change: datetime | None = None
    steps: tuple[tuple[str, datetime], ...] = ()
    reason: str = ""


@frozen
class Failure:
    """A step that failed: when, which, with which exit code, and why as far as it is known."""

    at: datetime
    step: str
    exit_code: int
    reason: str


@frozen
class Health:
    """What is known of the acts so far; `is_well` tells of the last one."""

    is_well: bool = False
    last_build: datetime | None = None
    last_deploy: datetime | None = None
    next_change: datetime | None = None
    last_error: Failure | None = None

    def after(self, outcome: Outcome) -> "Health":
        """The same once another act has ended."""
        done = dict(outcome.steps)
        error = self.last_error
        if outcome.code and outcome.steps:
            step, at = outcome.steps[-1]
            done.pop(step)
            error = Failure(at, step, outcome.code, outcome.reason)
        return Health(
            is_well=not outcome.code,
            last_build=done.get("build", self.last_build),
            last_deploy=done.get("deploy", self.last_deploy),
            next_change=outcome.next_change,
            last_error=error,
        )

    def answer(self) -> tuple[int, bytes]:
        """The status of HTTP, and the body."""
        error = self.last_error
        shown = {
            "ok": self.is_well,
            "last_build": self.last_build,
            "last_deploy": self.last_deploy,
            "next_change": self.next_change,
            "last_error": error
            and {
                "at": error.at,
                "step": error.step,
                "exit_code": error.exit_code,
                "message": error.reason,
            },
        }
        text = json.dumps(shown, ensure_ascii=False, default=datetime.isoformat)
        return 200 if self.is_well else 503, f"{text}\n".encode()


@contextmanager
def health_at(port: int) -> Iterator[Callable[[Outcome], None]]:
    """Answer at a port of this machine alone; gives what is to be told of each act.

    Raises OSError where somebody listens there already.
    """
    health = Health()

    class Handler(BaseHTTPRequestHandler):
        """Answers one path, whatever is asked otherwise."""

        timeout = 10.0

        def do_GET(self) -> None:
            status, body = health.answer() if self.path == PATH else (404, b"")
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Cache-Control", "no-store")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing: the log is for what is published."""

    def tell(outcome: Outcome) -> None:
        nonlocal health
        health = health.after(outcome)

    server = ThreadingHTTPServer((HERE, port), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield tell
    finally:
        server.shutdown()
        server.server_close()
