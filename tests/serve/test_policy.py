"""The content policy of a previewed page."""

import pytest

from generator.model.config import CSP
from generator.serve.policy import page_policy

SCRIPT = "http://h:1/_broadsheet/preview.js"
EVENTS = "http://h:1/_broadsheet/events http://h:1/a/"


def test_the_sites_own_policy_stays_and_only_the_bar_is_let_in() -> None:
    found = page_policy(CSP, "h:1", "/a/").split("; ")
    assert found[: len(CSP.split("; "))] == CSP.split("; ")
    assert found[len(CSP.split("; ")) :] == [f"script-src {SCRIPT}", f"connect-src {EVENTS}"]


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        ("", ""),
        (" ; ", ""),
        ("img-src *", "img-src *"),
        ("script-src 'none'", f"script-src {SCRIPT}"),
        ("SCRIPT-SRC 'self'", f"script-src 'self' {SCRIPT}"),
        ("connect-src https:", f"connect-src https: {EVENTS}"),
        ("script-src-elem 'self'", f"script-src-elem 'self' {SCRIPT}"),
        ("upgrade-insecure-requests; img-src *", "img-src *"),
        ("report-uri /x", ""),
    ],
)
def test_directives(policy: str, expected: str) -> None:
    assert page_policy(policy, "h:1", "/a/") == expected
