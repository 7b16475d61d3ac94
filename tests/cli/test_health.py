"""What `publish --watch --healthz` tells whoever watches over services."""

import json
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection

import pytest

from generator.cli.health import Outcome, health_at
from generator.cli.stopping import MACHINE, PROBLEMS
from tests.support.commands import run
from tests.support.servers import free_port

EIGHT = datetime(2026, 12, 1, 8, tzinfo=UTC)
NINE = EIGHT + timedelta(hours=1)
ALL = (("build", EIGHT), ("check", EIGHT), ("deploy", EIGHT))


def asked(port: int, path: str = "/healthz") -> tuple[int, object]:
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path)
    answer = connection.getresponse()
    data = answer.read()
    connection.close()
    return answer.status, json.loads(data) if data else None


def test_it_tells_of_the_last_act() -> None:
    port = free_port()
    with health_at(port) as tell:
        status, told = asked(port)
        assert (status, told) == (
            503,
            dict.fromkeys(("last_build", "last_deploy", "next_change", "last_error"))
            | {"ok": False},
        )
        tell(Outcome(0, NINE, ALL))
        assert asked(port) == (
            200,
            {
                "ok": True,
                "last_build": EIGHT.isoformat(),
                "last_deploy": EIGHT.isoformat(),
                "next_change": NINE.isoformat(),
                "last_error": None,
            },
        )
        assert asked(port, "/")[0] == 404


def test_a_failure_is_told_until_the_next_act_goes_well_and_remembered_then() -> None:
    port = free_port()
    failed = (("build", NINE), ("check", NINE), ("deploy", NINE))
    with health_at(port) as tell:
        tell(Outcome(0, None, ALL))
        tell(Outcome(MACHINE, None, failed, "-: paper cannot be reached"))
        status, told = asked(port)
        assert isinstance(told, dict)
        assert (status, told["ok"], told["last_build"]) == (503, False, NINE.isoformat())
        assert told["last_deploy"] == EIGHT.isoformat()
        error = told["last_error"]
        assert (error["step"], error["exit_code"]) == ("deploy", MACHINE)
        assert error["message"] == "-: paper cannot be reached"
        tell(Outcome(PROBLEMS, None, (("build", NINE),), "a.md: not a date"))
        assert asked(port)[0] == 503
        tell(Outcome(0, None, failed))
        status, told = asked(port)
        assert isinstance(told, dict)
        assert (status, told["last_error"]["step"]) == (200, "build")


def test_a_port_that_is_taken_is_refused() -> None:
    port = free_port()
    with health_at(port), pytest.raises(OSError, match="in use"), health_at(port):
        pass


def test_it_goes_with_watching() -> None:
    result = run("publish", "--healthz", "8080")
    assert (result.exit_code, "--watch" in result.output) == (2, True)
