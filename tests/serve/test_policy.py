"""The content policy of a previewed page."""

import pytest

from generator.model.config import CSP
from generator.serve.policy import file_policy, page_policy

NONCE = "'nonce-abc'"


def test_the_sites_own_policy_stays_and_only_the_bar_is_let_in() -> None:
    found = page_policy(CSP, "abc").split("; ")
    assert found[: len(CSP.split("; "))] == CSP.split("; ")
    assert found[len(CSP.split("; ")) :] == [f"script-src {NONCE}"]


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        ("", "frame-ancestors 'self'"),
        (" ; ", "frame-ancestors 'self'"),
        ("img-src *", "img-src *"),
        ("script-src 'none'", f"script-src {NONCE}"),
        ("SCRIPT-SRC 'self'", f"script-src 'self' {NONCE}"),
        ("script-src 'unsafe-inline'", "script-src 'unsafe-inline' 'self'"),
        ("script-src 'self' 'unsafe-inline'", "script-src 'self' 'unsafe-inline'"),
        (
            "script-src 'unsafe-inline' 'sha256-x'",
            f"script-src 'unsafe-inline' 'sha256-x' {NONCE}",
        ),
        ("script-src 'strict-dynamic'", f"script-src 'strict-dynamic' {NONCE}"),
        ("connect-src https:", "connect-src https: 'self'"),
        ("connect-src 'self'", "connect-src 'self'"),
        ("script-src-elem 'self'", f"script-src-elem 'self' {NONCE}"),
        ("upgrade-insecure-requests; img-src *", "img-src *"),
        ("report-uri /x", "frame-ancestors 'self'"),
    ],
)
def test_directives(policy: str, expected: str) -> None:
    assert page_policy(policy, "abc") == expected


@pytest.mark.parametrize("kind", ["image/svg+xml", "text/html; charset=utf-8", "application/xml"])
def test_what_is_no_page_runs_nothing_and_is_of_no_origin(kind: str) -> None:
    directives = file_policy(kind).split("; ")
    assert "default-src 'none'" in directives
    assert "sandbox" in directives
    assert not [one for one in directives if "http" in one or one.startswith(("script", "connect"))]


def test_a_pdf_is_shown_since_browsers_show_none_in_a_sandbox() -> None:
    assert "sandbox" not in file_policy("application/pdf")
