import http.client
import socket
import ssl

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
