"""Attacks on what the preview promises: who has no token learns nothing, whoever asks how."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.serve.test_raw_requests import EVENTS, get, status
from tests.support.previews import Preview

pytestmark = pytest.mark.slow

ONCE = f"{EVENTS}&once"
PAPER = (b"Tiny Times", b"The ferry", b'"digest"')


@pytest.fixture(scope="module")
def shared(start_preview: Callable[..., Preview], tiny_site: Callable[[], Path]) -> Preview:
    """A preview for other devices, which asks for a token."""
    return start_preview(tiny_site(), "--host", "0.0.0.0")  # noqa: S104 - what is attacked


@pytest.fixture(scope="module")
def own(start_preview: Callable[..., Preview], tiny_site: Callable[[], Path]) -> Preview:
    """A preview for this account alone."""
    return start_preview(tiny_site())


def token_of(preview: Preview) -> str:
    found = re.search(r"\?token=(\S+)", preview.said())
    assert found
    return found[1]


def learns_nothing(answer: bytes, *codes: int) -> None:
    assert status(answer) in (codes or (403,)), answer[:80]
    assert not [word for word in PAPER if word in answer]


@pytest.mark.parametrize(
    "path",
    [
        *("/?token={short}", "/?token={token}x", "/?token=x{token}", "/?token={swapped}"),
        *("/?Token={token}", "/?TOKEN={token}", "/?token%00={token}", "/?token[]={token}"),
        *("/?token={token}%00", "/?token=%20{token}", "/?token={token}&token=", "/?token=*"),
        *("/{token}", "/token={token}", "/?x=token={token}", "/?token", "/;token={token}"),
        *("/?&&&=&token=&", "/%3Ftoken={token}", "/?token=" + "a" * 3000),
    ],
)
def test_no_other_form_of_the_token_opens(shared: Preview, path: str) -> None:
    token = token_of(shared)
    forms = {"token": token, "short": token[:-1], "swapped": token.swapcase()}
    learns_nothing(get(shared, path.format(**forms)))


@pytest.mark.parametrize(
    "header",
    [
        *("Cookie: token={token}", "Cookie: broadsheet={token}", "Cookie: broadsheet-1={token}"),
        *("Cookie: broadsheet-{port}={short}", "Cookie: broadsheet-{port}=", "Cookie: {token}"),
        *("Cookie: broadsheet-{port}={token}{token}", "Cookie: BROADSHEET-{port}={token}"),
        *("Authorization: Bearer {token}", "X-Token: {token}", "Referer: http://h/?token={token}"),
        *("X-Forwarded-For: 127.0.0.1", "X-Real-IP: 127.0.0.1", "Forwarded: for=127.0.0.1"),
        *("X-Forwarded-Host: localhost", "X-Original-URL: /?token={token}"),
        *("X-Rewrite-URL: /?token={token}", "Sec-Fetch-Site: same-origin"),
    ],
)
@pytest.mark.parametrize("path", ["/", ONCE])
def test_no_header_takes_the_place_of_the_cookie(shared: Preview, header: str, path: str) -> None:
    token = token_of(shared)
    line = header.format(token=token, short=token[:-1], port=shared.port)
    learns_nothing(get(shared, path, line))


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:{port}", "a.localhost:{port}"])
def test_no_name_takes_the_place_of_the_token(shared: Preview, host: str) -> None:
    learns_nothing(get(shared, "/", host=host))


@pytest.mark.parametrize(
    "headers",
    [
        ("Origin: http://evil.example", "Sec-Fetch-Site: same-origin"),
        ("Sec-Fetch-Site: cross-site", "Referer: http://127.0.0.1:{port}/"),
        ("Sec-Fetch-Site: same-site",),
        ("Sec-Fetch-Site: SAME-ORIGIN",),
        ("Sec-Fetch-Site: same-origin", "Sec-Fetch-Site: cross-site"),
        ("Origin: null", "Sec-Fetch-Site: same-origin"),
        ("Referer: http://localhost:9/",),
        (),
    ],
)
def test_no_other_site_is_told_once_either(own: Preview, headers: tuple[str, ...]) -> None:
    learns_nothing(get(own, ONCE, *(line.format(port=own.port) for line in headers)))


@pytest.mark.parametrize(
    "page",
    [
        *("//evil.example/", "%00", "../../etc/passwd", "/..%2f..%2f", "http://evil.example/"),
        *("%ff%fe", "/_broadsheet/preview.js", "a" * 5000, "", "/%0d%0aX:%20y"),
    ],
)
def test_whatever_page_is_asked_about_nothing_else_is_told(own: Preview, page: str) -> None:
    answer = get(own, f"/_broadsheet/events?once&page={page}", "Sec-Fetch-Site: same-origin")
    assert status(answer) == 200
    assert b"root:" not in answer
    assert b"\r\nX:" not in answer
    assert str(own.site).encode() not in answer


@pytest.mark.parametrize(
    "host",
    ['a.example"><script>', "a.example/../", "a example", "<b>", "a.example:80:80", "%61.example"],
)
def test_no_answer_repeats_a_name_that_is_none(own: Preview, host: str) -> None:
    answer = get(own, "/", host=host)
    learns_nothing(answer, 400, 403)
    assert host.encode() not in answer


@pytest.mark.parametrize(
    "asked",
    ["bytes=0-0,2-3", "bytes=-0", "bytes=9-2", "bytes=0-" + "9" * 50, "bytes=0x0-1", "bytes=+1-2"],
)
def test_no_range_gives_more_or_less_than_the_file(own: Preview, asked: str) -> None:
    answer = get(own, "/plain.css", f"Range: {asked}")
    assert status(answer) in (200, 206, 416)
    body = answer.partition(b"\r\n\r\n")[2]
    assert body in (b"", b"body { color: black }\n")


@pytest.mark.parametrize(
    "headers", [(), ("Sec-Fetch-Site: cross-site",), ("Origin: http://evil.example",)]
)
def test_no_other_site_switches_what_is_shown(own: Preview, headers: tuple[str, ...]) -> None:
    learns_nothing(get(own, "/_broadsheet/view?held=0", *headers))
