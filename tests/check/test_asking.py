import http.client
import http.server
import itertools
import socket
import ssl
import threading
import time
from contextlib import suppress

import pytest

from generator.check.asking import answer_of_failure, answer_of_status, ask


@pytest.mark.parametrize(
    ("reason", "fault", "is_silent"),
    [
        (socket.gaierror(-2, "unknown"), "names a host that is not found", True),
        (TimeoutError(), "gets no answer", True),
        (ConnectionRefusedError(), "gets no answer", True),
        (ssl.SSLCertVerificationError(), "has no valid certificate", False),
        (http.client.BadStatusLine(""), "is answered with nonsense", False),
        (ConnectionResetError(), "is answered with nonsense", False),
        (ValueError(), "is no address", False),
    ],
)
def test_failures_are_told_apart(reason: Exception, fault: str, is_silent: bool) -> None:
    answer = answer_of_failure(reason)
    assert (answer.fault, answer.is_silent, answer.is_gone) == (fault, is_silent, False)
    assert answer.hint


def test_a_server_in_trouble_may_be_tried_later() -> None:
    assert answer_of_status(503).hint != answer_of_status(403).hint


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://127.0.0.1/x", "data:,x"])
def test_nothing_but_the_web_is_opened(url: str) -> None:
    assert ask(url, 1).fault == "is no address"


def drip(listening: socket.socket, seconds: float) -> None:
    """Answer a byte at a time."""
    end = time.monotonic() + seconds
    with suppress(OSError):
        connection, _ = listening.accept()
        with connection:
            for byte in itertools.cycle(b"HTTP/1.1 200 OK\r\nX: a" + b"b" * 10_000):
                connection.sendall(bytes([byte]))
                time.sleep(0.02)
                if time.monotonic() > end:
                    return


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_site_that_answers_a_byte_at_a_time_is_not_waited_for(scheme: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        server = threading.Thread(target=drip, args=(listening, 30.0), daemon=True)
        server.start()
        started = time.monotonic()
        answer = ask(f"{scheme}://127.0.0.1:{port}/", 0.3)
        took = time.monotonic() - started
    assert took < 10
    if scheme == "http":  # what drips is no TLS, and is told at once
        assert (answer.fault, answer.is_silent) == ("gets no answer", True)


def test_redirects_are_followed_within_one_timeout() -> None:
    class Slow(http.server.BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            time.sleep(0.1)
            self.send_response(302)
            self.send_header("Location", f"/{time.monotonic()}")
            self.end_headers()

        do_GET = do_HEAD  # noqa: N815 - as above

        def log_message(self, *_: object) -> None:
            pass

    with http.server.HTTPServer(("127.0.0.1", 0), Slow) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        answer = ask(f"http://127.0.0.1:{server.server_port}/", 0.3)
        server.shutdown()
    assert answer.is_silent
