"""The preview over raw sockets: what an attacker's page, or a broken client, would send."""

import random
import re
import resource
import shutil
import socket
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from tests.support.previews import Preview

SECRET = "the-text-nobody-may-read"  # noqa: S105 - bait, no password
EVENTS = "/_broadsheet/events?page=/"

TRAVERSALS = [
    "/../config.yaml",
    "/../../../../../../etc/passwd",
    "/static/../config.yaml",
    "/./../config.yaml",
    "/....//config.yaml",
    "/.../config.yaml",
    "/..;/config.yaml",
    "/.. /config.yaml".replace(" ", "%20"),
    "/%2e%2e/config.yaml",
    "/%2e%2e%2fconfig.yaml",
    "/..%2fconfig.yaml",
    "/%252e%252e%252fconfig.yaml",
    "/..%5cconfig.yaml",
    "/..\\config.yaml",
    "/%5c..%5cconfig.yaml",
    "/config.yaml%00.html",
    "/%00",
    "/%c0%ae%c0%ae/config.yaml",
    "/%c0%af..%c0%afconfig.yaml",
    "/%ff%fe",
    "//etc/passwd",
    "/etc/passwd",
    "/C:/config.yaml",
    "/c:%5cconfig.yaml",
    "//server/share/config.yaml",
    "/%5c%5cserver%5cshare",
    "/../site-secret/secret.txt",
    "/../site/config.yaml",
    "/config.yaml",
    "/content/articles/ferry.md",
    "/.git/config",
    "/.env",
    "/.hidden.txt",
    "/.broadsheet/texts.db",
    "/.nojekyll/../config.yaml",
    "/layouts/article.html",
    "/static/plain.css",
    "/news/2026/01/hidden-draft/",
]
LINKS = {
    "static/link-out.txt": "/link-out.txt",
    "static/folder-out": "/folder-out/secret.txt",
    "static/link-loop.txt": "/link-loop.txt",
    "static/link-nowhere.txt": "/link-nowhere.txt",
    "content/articles/linked.md": "/news/2026/01/linked/",
    "content/articles/folder": "/news/2026/01/secret/",
    "content/articles/picture.svg": "/news/2026/01/pictured/picture.svg",
    "layouts/parts": "/secret.txt",
}
"""Symbolic links in the site, and the addresses at which what they lead to would be shown."""
BAD_HOSTS = [
    "evil.example",
    "localhost.evil.example:{port}",
    "localhost.:{port}",
    "127.0.0.1.:{port}",
    "127.0.0.1.evil.example:{port}",
    "evil.example:{port}",
    "localhost",
    "127.0.0.1",
    "localhost:0",
    "localhost:65536",
    "localhost:0{port}",
    "evillocalhost:{port}",
    "[::1]",
    "[::]:{port}",
    "[::ffff:127.0.0.1]:{port}",
    "0.0.0.0:{port}",
    "127.1:{port}",
    "2130706433:{port}",
    "0x7f.1:{port}",
    "127.0.0.2:{port}",
    "user@localhost:{port}",
    "localhost:{port}@evil.example",
    "localhost:{port}/",
    "localhost:{port},evil.example",
    "http://localhost:{port}",
    "localhost\t:{port}",
    "",
]
BAD_ORIGINS = [
    "",
    "null",
    "http://evil.example",
    "http://localhost.evil.example:{port}",
    "https://localhost:{port}",
    "http://localhost",
    "http://localhost:1",
    "http://127.0.0.1:{port}.evil.example",
    "http://127.0.0.1:{port}/",
    "HTTP://127.0.0.1:{port}",
    "http://127.0.0.2:{port}",
    "http://user@127.0.0.1:{port}",
    "file://",
    "http://127.0.0.1:{port} http://evil.example",
]
MALFORMED = {
    "no request": b"\r\n\r\n",
    "no version": b"GET /\r\n\r\n",
    "a wrong version": b"GET / HTTP/9.9\r\nHost: {host}\r\n\r\n",
    "HTTP/2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "two lengths": b"GET / HTTP/1.1\r\nHost: {host}\r\n"
    b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nab",
    "a length and chunks": b"GET / HTTP/1.1\r\nHost: {host}\r\nContent-Length: 4\r\n"
    b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "a negative length": b"GET / HTTP/1.1\r\nHost: {host}\r\nContent-Length: -1\r\n\r\n",
    "a length in words": b"GET / HTTP/1.1\r\nHost: {host}\r\nContent-Length: ten\r\n\r\n",
    "an unknown encoding": b"GET / HTTP/1.1\r\nHost: {host}\r\nTransfer-Encoding: wild\r\n\r\n",
    "a header of 64 KB": b"GET / HTTP/1.1\r\nHost: {host}\r\nX: " + b"a" * 65536 + b"\r\n\r\n",
    "an address of 64 KB": b"GET /" + b"a" * 65536 + b" HTTP/1.1\r\nHost: {host}\r\n\r\n",
    "a NUL in a header": b"GET / HTTP/1.1\r\nHost: {host}\r\nX: a\0b\r\n\r\n",
    "a NUL in the address": b"GET /\0 HTTP/1.1\r\nHost: {host}\r\n\r\n",
    "no host": b"GET / HTTP/1.1\r\n\r\n",
    "two hosts": b"GET / HTTP/1.1\r\nHost: {host}\r\nHost: evil.example\r\n\r\n",
    "a folded header": b"GET / HTTP/1.1\r\nHost: {host}\r\n evil.example\r\n\r\n",
    "a space before the colon": b"GET / HTTP/1.1\r\nHost : {host}\r\n\r\n",
    "bytes beyond ASCII": b"GET /\xff\xfe HTTP/1.1\r\nHost: {host}\r\n\r\n",
    "bare line feeds around another host": b"GET / HTTP/1.1\nHost: evil.example\n\n",
    "a lone carriage return": b"GET / HTTP/1.1\rHost: {host}\r\r",
    "noise": bytes(range(256)) + b"\r\n\r\n",
    "TLS": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\0" * 64 + b"\r\n\r\n",
    "another server's address": b"GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\n\r\n",
    "a tunnel": b"CONNECT evil.example:443 HTTP/1.1\r\nHost: {host}\r\n\r\n",
    "HTTP/1.0 without a host": b"GET / HTTP/1.0\r\n\r\n",
}


STORY = """---
title: {title}
slug: {slug}
date: 2026-01-01T00:00:00Z
section: news
---
{body}
"""


@pytest.fixture(scope="module")
def preview(start_preview: Callable[..., Preview], tiny_site: Callable[[], Path]) -> Preview:
    site = tiny_site()
    beside = site.parent / "site-secret"
    beside.mkdir()
    (beside / "secret.txt").write_text(SECRET)
    (beside / "secret.md").write_text(STORY.format(title=SECRET, slug="secret", body=SECRET))
    (site / ".env").write_text(SECRET)
    (site / ".git").mkdir()
    (site / ".git/config").write_text(SECRET)
    (site / "static/.hidden.txt").write_text(SECRET)
    (site / "static/swapped.txt").write_text("harmless")
    draft = STORY.format(title=SECRET, slug="hidden-draft", body="").replace(
        "slug", "draft: 1\nslug"
    )
    (site / "content/articles/hidden.md").write_text(draft)
    pictured = STORY.format(title="Pictured", slug="pictured", body="![A](picture.svg)")
    (site / "content/articles/pictured.md").write_text(pictured)
    script = "<script xmlns='http://www.w3.org/1999/xhtml'>fetch('http://evil.example')</script>"
    for kind in ("svg", "html", "xhtml", "xml", "unknown"):
        (site / f"static/active.{kind}").write_text(f"<svg>{script}</svg>")
    (site / "static/folder").mkdir()
    (site / "static/folder/index.html").write_text(f"<html>{script}</html>")
    (site / "static/inner").mkdir()
    (site / "static/inner/secret.txt").write_text("harmless")
    return start_preview(site, "--no-drafts")


def send(
    preview: Preview,
    data: bytes,
    seconds: float = 3.0,
    *,
    until_closed: bool = False,
    begins_within: float = 0.0,
) -> bytes:
    """What comes back until the answer is complete, the connection closed, or silent for `seconds`.

    An answer that must come is waited for longer, on a machine with much else to do.
    """
    host = f"127.0.0.1:{preview.port}".encode()
    answer = b""
    with socket.create_connection(("127.0.0.1", preview.port), timeout=seconds) as connection:
        connection.sendall(data.replace(b"{host}", host))
        connection.settimeout(max(seconds, begins_within))
        with suppress(TimeoutError, ConnectionResetError):
            while chunk := connection.recv(65536):
                connection.settimeout(seconds)
                answer += chunk
                if ended(answer) and not until_closed:
                    break
    return answer


def ended(answer: bytes) -> bool:
    """Whether an answer of a told length is complete."""
    head, blank, body = answer.partition(b"\r\n\r\n")
    length = re.search(rb"(?i)\r\ncontent-length: (\d+)", head)
    return bool(blank and length and len(body) >= int(length[1]))


def in_every_form(preview: Preview, path: str, host: str) -> list[bytes]:
    """The answers to a request as HTTP/1.1, as HTTP/1.0, and close behind another one."""
    asked = f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
    first = "GET /plain.css HTTP/1.1\r\nHost: {host}\r\n\r\n"
    older = asked.replace(" HTTP/1.1\r\n", " HTTP/1.0\r\n")
    alone = [send(preview, one.encode("latin-1"), 1.0) for one in (asked, older)]
    both = send(preview, (first + asked).encode("latin-1"), 1.0, until_closed=True)
    before, _, last = both.partition(b"color: black }\n")
    assert status(before) == 200
    return [*alone, last]


def status(answer: bytes) -> int:
    found = re.match(rb"HTTP/1\.[01] (\d{3}) ", answer)
    return int(found[1]) if found else 0


def get(preview: Preview, path: str, *headers: str, method: str = "GET", host: str = "") -> bytes:
    name = host.format(port=preview.port) if host else f"127.0.0.1:{preview.port}"
    lines = [f"{method} {path} HTTP/1.1", f"Host: {name}", "Connection: close", *headers]
    request = ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")
    return send(preview, request, 1.0, begins_within=30.0)


@pytest.fixture(autouse=True)
def still_alive(preview: Preview) -> Any:  # noqa: ANN401 - a fixture that yields nothing
    yield
    assert preview.process.poll() is None
    assert preview.get()[0] == 200


@pytest.mark.parametrize("path", TRAVERSALS)
def test_no_address_leads_out_of_the_plan(preview: Preview, path: str) -> None:
    for answer in in_every_form(preview, path, f"127.0.0.1:{preview.port}"):
        assert status(answer) in (400, 404), answer[:200]
        assert SECRET.encode() not in answer
        assert b"root:" not in answer
        assert str(preview.site).encode() not in answer


@pytest.fixture(scope="module")
def linked(start_preview: Callable[..., Preview], preview: Preview) -> Preview:
    """A preview of a site full of links that lead out of it, round in circles and nowhere."""
    site = preview.site.parent / "linked"
    shutil.copytree(preview.site, site, ignore=shutil.ignore_patterns(".broadsheet"))
    secret = preview.site.parent / "site-secret"
    (site / "layouts").mkdir()
    for link in LINKS:
        is_text = link.endswith((".md", ".svg", ".txt"))
        name = "secret.md" if link.endswith(".md") else "secret.txt"
        (site / link).symlink_to(secret / name if is_text else secret)
    for link, target in (("link-loop.txt", "link-loop.txt"), ("link-nowhere.txt", "nowhere")):
        (site / "static" / link).unlink()
        (site / "static" / link).symlink_to(site / "static" / target)
    return start_preview(site, "--no-drafts")


@pytest.mark.parametrize(("link", "path"), LINKS.items())
def test_no_link_leads_out_of_the_site(linked: Preview, link: str, path: str) -> None:
    answer = get(linked, path)
    assert status(answer) in (404, 500)
    assert SECRET.encode() not in answer
    assert link.encode() in get(linked, "/")  # and it is told


@pytest.mark.parametrize("path", ["swapped.txt", "inner/secret.txt"])
def test_what_became_a_link_out_of_the_site_is_not_followed(preview: Preview, path: str) -> None:
    assert b"harmless" in get(preview, f"/{path}")
    secret = preview.site.parent / "site-secret"
    name = path.partition("/")[0]
    place, aside = preview.site / "static" / name, preview.site / f"static/.{name}"
    place.rename(aside)
    place.symlink_to(secret if aside.is_dir() else secret / "secret.txt")
    deadline = time.monotonic() + 1.5
    while time.monotonic() < deadline:  # before and after the change is taken in
        answer = get(preview, f"/{path}")
        assert SECRET.encode() not in answer
    assert status(answer) == 404
    place.unlink()
    aside.rename(place)
    preview.wait_for(f"/{path}", lambda status, _: status == 200)


@pytest.mark.parametrize("host", BAD_HOSTS)
def test_only_our_own_names_are_answered(preview: Preview, host: str) -> None:
    for answer in in_every_form(preview, "/", host.format(port=preview.port)):
        assert status(answer) in (400, 403)
        assert b"Tiny Times" not in answer


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "LOCALHOST", "[::1]"])
def test_the_loopback_names_are_answered(preview: Preview, name: str) -> None:
    assert status(get(preview, "/", host=name + ":{port}")) == 200


@pytest.mark.parametrize("host", ["localhost:9000", "127.0.0.1:1", "paper.localhost:{port}"])
def test_this_machines_own_names_are_answered_whatever_port_leads_here(
    preview: Preview, host: str
) -> None:
    assert status(get(preview, "/", host=host)) == 200


def test_a_name_that_is_not_answered_to_can_be_given_and_the_answer_says_how(
    preview: Preview,
) -> None:
    answer = get(preview, "/", host="8000-paper.tunnel.example")
    assert b"broadsheet serve --address http://8000-paper.tunnel.example/" in answer
    assert b"--address" not in get(preview, "/", host="<script>")


def test_behind_a_proxy_that_gives_us_another_name_pages_are_told(preview: Preview) -> None:
    fetched = ("Sec-Fetch-Site: same-origin", "Referer: https://8000-paper.ws.example/")
    assert status(get(preview, EVENTS, *fetched)) == 200


@pytest.mark.parametrize("origin", BAD_ORIGINS)
def test_events_are_only_for_our_own_pages(preview: Preview, origin: str) -> None:
    headers = [f"Origin: {origin.format(port=preview.port)}"] if origin else []
    answer = get(preview, EVENTS, *headers)
    assert status(answer) == 403
    assert b"event-stream" not in answer


@pytest.mark.parametrize(
    "headers",
    [
        ("Sec-Fetch-Site: cross-site",),
        ("Sec-Fetch-Site: same-site",),
        ("Sec-Fetch-Site: none",),
        ("Sec-Fetch-Site: same-origin", "Origin: http://evil.example"),
        ("Sec-Fetch-Site: cross-site", "Origin: http://127.0.0.1:{port}"),
        ("Referer: http://evil.example/",),
        ("Referer: http://127.0.0.1:{port}.evil.example/",),
        ("Referer: http://127.0.0.1:{port}/", "Sec-Fetch-Site: cross-site"),
        ("Origin: http://127.0.0.1:{port}", "Origin: http://127.0.0.1:{port}"),
    ],
)
def test_no_sign_of_another_site_passes(preview: Preview, headers: tuple[str, ...]) -> None:
    answer = get(preview, EVENTS, *(line.format(port=preview.port) for line in headers))
    assert status(answer) == 403


@pytest.mark.parametrize(
    "header",
    [
        "Origin: http://127.0.0.1:{port}",
        "Origin: http://localhost:{port}",
        "Sec-Fetch-Site: same-origin",
        "Referer: http://127.0.0.1:{port}/tags/",
    ],
)
def test_our_own_pages_are_told(preview: Preview, header: str) -> None:
    answer = get(preview, EVENTS, header.format(port=preview.port))
    assert status(answer) == 200
    assert b"data: {" in answer


@pytest.mark.parametrize(
    "method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "PROPFIND", "get"]
)
@pytest.mark.parametrize("path", ["/", EVENTS, "/nothing/"])
def test_nothing_but_get_and_head_is_allowed(preview: Preview, method: str, path: str) -> None:
    answer = get(preview, path, method=method)
    assert status(answer) == 405
    assert b"allow: GET, HEAD" in answer


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/nothing/",
        "/plain.css",
        "/tags",
        EVENTS,
        "/_broadsheet/preview.js",
        "/feed.xml",
        "/%00",
    ],
)
@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1:{port}"])
def test_every_answer_is_for_our_own_pages_only(preview: Preview, path: str, origin: str) -> None:
    for method in ("GET", "HEAD"):
        header = f"Origin: {origin.format(port=preview.port)}"
        head = get(preview, path, header, method=method).partition(b"\r\n\r\n")[0].lower()
        assert b"\r\ncross-origin-resource-policy: same-origin" in head
        assert b"\r\nx-frame-options: sameorigin" in head
        assert head.count(b"\r\ncontent-security-policy: ") == 1
        assert b"access-control-" not in head
        assert b"\r\nserver:" not in head


@pytest.mark.parametrize(
    "path",
    [
        *("/plain.css", "/active.svg", "/active.html", "/active.xhtml", "/active.xml", "/folder/"),
        *("/active.unknown", "/feed.xml", "/feed.json", "/robots.txt", "/tags", "/%00", EVENTS),
        "/_broadsheet/preview.js",
    ],
)
@pytest.mark.parametrize("header", ["Accept: */*", "Range: bytes=1-9", "Host: evil.example"])
def test_what_is_no_page_runs_nothing_and_reaches_nobody(
    preview: Preview, path: str, header: str
) -> None:
    head = get(preview, path, header).partition(b"\r\n\r\n")[0].lower()
    (policy,) = re.findall(rb"\r\ncontent-security-policy: ([^\r]*)", head)
    assert policy.startswith(b"default-src 'none';")
    assert policy.endswith(b"; sandbox")
    assert b"script-src" not in policy
    assert b"http" not in policy


def test_a_page_of_our_own_runs_the_bar_and_no_more(preview: Preview) -> None:
    head = get(preview, "/nothing-here/").partition(b"\r\n\r\n")[0].lower()
    (policy,) = re.findall(rb"\r\ncontent-security-policy: ([^\r]*)", head)
    assert re.search(rb"script-src 'nonce-[a-z0-9_-]{20,}'(;|$)", policy)
    again = get(preview, "/nothing-here/").partition(b"\r\n\r\n")[0].lower()
    assert policy not in again  # no two answers have the same


def test_word_that_nothing_changed_is_for_our_own_pages_only(preview: Preview) -> None:
    for path in ("/plain.css", "/feed.xml", "/_broadsheet/preview.js"):
        tag = preview.get(path)[1]["etag"]
        answer = get(preview, path, f"If-None-Match: {tag}")
        assert status(answer) == 304
        assert b"cross-origin-resource-policy: same-origin" in answer
        assert answer.endswith(b"\r\n\r\n")


@pytest.mark.parametrize(
    "path",
    [
        "//evil.example",
        "//evil.example/",
        "/\\evil.example",
        "///evil.example",
        "/%2f%2fevil.example",
        "/%5cevil.example",
        "//tags",
        "/tags?//evil.example",
        "/tags/..//evil.example",
    ],
)
def test_no_redirect_leads_elsewhere(preview: Preview, path: str) -> None:
    answer = get(preview, path)
    location = re.search(rb"(?i)\r\nlocation: ([^\r]*)", answer)
    assert location is None or location[1] == b"/tags/"


@pytest.mark.parametrize("request_", MALFORMED.values(), ids=MALFORMED.keys())
def test_what_is_no_request_is_refused(preview: Preview, request_: bytes) -> None:
    answer = send(preview, request_, 1.0)
    assert status(answer) in (0, 400, 403, 404, 405, 414, 431, 505), answer[:100]
    assert b"Tiny Times" not in answer
    if answer:
        assert b"cross-origin-resource-policy: same-origin" in answer
        assert b"Traceback" not in answer


@pytest.mark.parametrize(
    "upgrade",
    [
        ("websocket", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="),
        ("h2c", "HTTP2-Settings: AAMAAABkAAQAAP__"),
        ("TLS/1.2",),
    ],
)
def test_no_other_protocol_is_spoken(preview: Preview, upgrade: tuple[str, ...]) -> None:
    protocol, *more = upgrade
    lines = [f"GET {EVENTS} HTTP/1.1", f"Host: 127.0.0.1:{preview.port}", f"Upgrade: {protocol}"]
    lines += ["Connection: Upgrade", "Origin: http://evil.example", *more]
    answer = send(preview, ("\r\n".join(lines) + "\r\n\r\n").encode(), 1.0)
    assert status(answer) in (400, 403)


def test_requests_may_come_one_after_another_at_once(preview: Preview) -> None:
    one = b"GET /plain.css HTTP/1.1\r\nHost: {host}\r\n\r\n"
    last = b"GET /plain.css HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
    host = f"127.0.0.1:{preview.port}".encode()
    with socket.create_connection(("127.0.0.1", preview.port), timeout=5) as connection:
        connection.sendall((one * 9 + last).replace(b"{host}", host))
        answer = b""
        while chunk := connection.recv(65536):
            answer += chunk
    assert answer.count(b"HTTP/1.1 200 OK") == 10


@pytest.mark.parametrize(
    ("asked", "told", "body"),
    [
        ("bytes=0-3", 206, b"body"),
        ("bytes=-3", 206, b" }\n"),
        ("bytes=20-", 206, b"}\n"),
        ("bytes=0-99999999999999", 206, b"body { color: black }\n"),
        ("bytes=999-", 416, b""),
        ("bytes=5-2", 200, b"body { color: black }\n"),
        ("bytes=" + ",".join(["0-1"] * 100), 200, b"body { color: black }\n"),
        ("bytes=" + "9" * 300 + "-", 200, b"body { color: black }\n"),
        ("lines=1-2", 200, b"body { color: black }\n"),
    ],
)
def test_a_part_of_a_file(preview: Preview, asked: str, told: int, body: bytes) -> None:
    answer = get(preview, "/plain.css", f"Range: {asked}")
    assert status(answer) == told
    assert answer.partition(b"\r\n\r\n")[2] == body


def test_a_part_is_given_only_of_the_file_that_the_browser_has(preview: Preview) -> None:
    _, headers, whole = preview.get("/plain.css")
    for tag, told in ((headers["etag"], 206), ('"another"', 200)):
        status, _, body = preview.get("/plain.css", headers={"Range": "bytes=0-3", "If-Range": tag})
        assert (status, body) == (told, whole[:4] if told == 206 else whole)


def test_many_silent_connections_and_streams_stop_nobody(preview: Preview) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, min(hard, 4096)), hard))
    request = (
        f"GET {EVENTS} HTTP/1.1\r\nHost: 127.0.0.1:{preview.port}\r\n"
        "Sec-Fetch-Site: same-origin\r\n\r\n"
    ).encode()
    connections = []
    try:
        for number in range(1200):
            connections.append(socket.create_connection(("127.0.0.1", preview.port), timeout=5))
            if number % 6 == 0:  # 200 of them
                connections[-1].sendall(request)
            elif number % 6 == 1:
                connections[-1].sendall(b"GET / HT")  # and never the rest
        started = time.monotonic()
        assert preview.get()[0] == 200
        assert time.monotonic() - started < 60
    finally:
        for connection in connections:
            connection.close()
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


@pytest.fixture(scope="module")
def broken(start_preview: Callable[..., Preview], tiny_site: Callable[[], Path]) -> Preview:
    """A preview of a site with something wrong in every kind of file."""
    site = tiny_site()
    (site / "content/articles/bad.md").write_text("---\ntitle: [\n---\n")
    (site / "content/articles/far.md").symlink_to("/etc/hostname")
    (site / "layouts").mkdir()
    (site / "layouts/article.html").write_text("{% include 'missing.html' %}{{ page.none }}")
    (site / "layouts/tag.html").write_text("{% oops %}")
    (site / "config.yaml").write_text((site / "config.yaml").read_text() + "page_size: none\n")
    return start_preview(site)


@pytest.mark.parametrize(
    ("path", "told", "headers"),
    [
        ("/", 200, ()),
        ("/nothing/", 404, ()),
        ("/news/2026/01/ferry/", 500, ()),
        ("/tags/harbour/", 500, ()),
        ("/tags", 302, ()),
        ("/%00", 400, ()),
        ("/plain.css", 416, ("Range: bytes=999-",)),
        ("/", 400, ("Content-Length: 5",)),
        (EVENTS, 403, ()),
        (EVENTS, 200, ("Sec-Fetch-Site: same-origin",)),
        ("/_broadsheet/preview.js", 200, ()),
        ("/_broadsheet/", 404, ()),
    ],
)
def test_nothing_tells_where_the_site_lies(
    broken: Preview, path: str, told: int, headers: tuple[str, ...]
) -> None:
    answer = get(broken, path, *headers)
    assert status(answer) == told
    for place in (broken.site.parent, Path(__file__).parents[2], Path(sys.prefix), Path.home()):
        assert f"{place}/".encode() not in answer
    assert b"Traceback" not in answer


def test_ten_thousand_requests_of_noise(preview: Preview) -> None:
    with ThreadPoolExecutor(4) as workers:
        answered = list(workers.map(lambda seed: _noise(preview.port, seed), range(4)))
    assert sum(answered) >= 10_000
    assert preview.process.poll() is None
    assert preview.get()[0] == 200
    assert "Traceback" not in preview.said()


def _noise(port: int, seed: int) -> int:
    """2,500 requests with something wrong, or right, in each, that were answered; the number."""
    chance = random.Random(seed)  # noqa: S311 - noise, the same each time
    host = f"127.0.0.1:{port}"
    pieces = [*TRAVERSALS, "/", "/tags/", "/news/2026/01/ferry/", EVENTS, "*", "", "a b", "/é"]
    answered = 0
    while answered < 2500:
        answer = b""
        with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
            connection.settimeout(0.5)
            with suppress(OSError):
                for _ in range(chance.randint(1, 25)):
                    path = chance.choice(pieces)
                    name = chance.choice([host, host, host, "evil.example", ""])
                    method = chance.choice(["GET", "GET", "GET", "HEAD", "POST", "\0"])
                    line = f"{method} {path} HTTP/1.{chance.choice('0111')}\r\nHost: {name}\r\n"
                    extra = f"{chance.choice(['X', 'Range', 'Cookie', 'Origin'])}: " + "".join(
                        chance.choices("aZ=;-9 \t\"'\xff", k=chance.randint(0, 30))
                    )
                    data = bytearray(f"{line}{extra}\r\n\r\n".encode("latin-1"))
                    if chance.random() < 0.2:
                        data[chance.randrange(len(data))] = chance.randrange(256)
                    connection.sendall(data)
                connection.shutdown(socket.SHUT_WR)
                while chunk := connection.recv(65536):
                    answer += chunk
        answered += len(re.findall(rb"HTTP/1\.1 \d{3} ", answer))
    return answered
