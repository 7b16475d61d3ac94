"""Asking web services: what fails in passing is asked again, all else is told in a sentence."""

import socket

import pytest

from generator.deploy import patience
from generator.deploy.patience import PassingError, patiently
from generator.deploy.target import DeployError
from generator.deploy.web import ask, ask_json
from tests.support.hosts import Asked, host


@pytest.fixture(autouse=True)
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Nobody waits; what would have been waited is noted."""
    waited: list[float] = []
    monkeypatch.setattr(patience.patiently, "__defaults__", (patience.PAUSES, waited.append))
    return waited


@pytest.mark.parametrize("status", [500, 503, 429])
def test_a_server_that_is_busy_is_asked_again_after_growing_pauses(
    status: int, pauses: list[float]
) -> None:
    answers = [status, status, 200]
    with host(lambda _: (answers.pop(0), {"a": 1})) as served:
        assert ask_json("GET", served.url) == {"a": 1}
    assert pauses == [1.0, 3.0]


def test_one_that_stays_busy_is_told_of(pauses: list[float]) -> None:
    with host(lambda _: (503, {})) as served, pytest.raises(DeployError, match="status 503"):
        ask("GET", served.url)
    assert pauses == sorted(pauses)
    assert len(pauses) == 3


def test_a_refusal_is_not_repeated(pauses: list[float]) -> None:
    with host(lambda _: (403, {})) as served, pytest.raises(DeployError, match="not let us in"):
        ask("GET", served.url)
    assert pauses == []


def test_half_an_answer_is_none() -> None:
    listening = socket.create_server(("127.0.0.1", 0))
    port = listening.getsockname()[1]
    listening.close()
    with pytest.raises(PassingError, match="does not answer"):
        ask("GET", f"http://127.0.0.1:{port}/")


def test_nonsense_is_told() -> None:
    with host(lambda _: (200, b"<html>")) as served, pytest.raises(DeployError, match="nonsense"):
        ask_json("GET", served.url)


def test_a_redirect_takes_no_token_elsewhere() -> None:
    with host(lambda _: (302, {})) as served, pytest.raises(DeployError, match="status 302"):
        ask("GET", served.url, headers={"Authorization": "Bearer x"})


def test_no_token_leaves_this_machine_without_encryption() -> None:
    with pytest.raises(DeployError, match="without encryption"):
        ask("GET", "http://paper.news/", headers={"Authorization": "Bearer x"})


def test_what_was_sent_arrives() -> None:
    def echo(asked: Asked) -> tuple[int, object]:
        return 200, {"method": asked.method, "sent": asked.json}

    with host(echo) as served:
        assert ask_json("PUT", served.url, [1]) == {"method": "PUT", "sent": [1]}


def test_patience_ends_with_the_last_failure() -> None:
    tried: list[int] = []

    def fail() -> None:
        tried.append(1)
        raise PassingError("no", "later", 1000)

    waited: list[float] = []
    with pytest.raises(PassingError):
        patiently(fail, (1.0, 2.0), waited.append)
    assert (len(tried), waited) == (3, [6.0, 6.0])
