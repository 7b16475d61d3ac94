"""What other programs say is told without secrets."""

import pytest

from generator.deploy.redaction import without_secrets


def test_secrets_of_the_environment_are_taken_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NETLIFY_AUTH_TOKEN", "abcdef123456")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "abcdef123456/longer")
    told = without_secrets("401 for abcdef123456/longer and abcdef123456")
    assert told == "401 for … and …"


def test_a_login_in_an_address_is_taken_out() -> None:
    assert without_secrets("fatal: https://me:pw@host/x.git") == "fatal: https://…@host/x.git"


def test_all_else_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("A_KEY", "a")
    assert without_secrets("a bad day") == "a bad day"
