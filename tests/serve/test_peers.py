"""Other accounts of the same machine see nothing of a preview on its loopback address."""

import http.client
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import pytest

from generator.serve import peers
from generator.serve.peers import account_of, can_tell, is_own

NOBODY = 65534


class Preview(Protocol):
    port: int
    url: str

    def get(self, path: str = ...) -> tuple[int, dict[str, str], bytes]: ...


TELLS = pytest.mark.skipif(not can_tell(), reason="this system does not tell whose sockets are")


@TELLS
@pytest.mark.parametrize("host", ["127.0.0.1", "::ffff:127.0.0.1"])
def test_the_system_tells_whose_a_connection_is(host: str) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket(family) as client:
        client.connect((host, server.getsockname()[1]))
        accepted, address = server.accept()
        assert account_of(address, server.getsockname()) == os.geteuid()
        accepted.close()


@TELLS
def test_a_connection_over_ipv6_is_known_too() -> None:
    if not socket.has_ipv6:
        pytest.skip("no IPv6 here")
    with (
        socket.create_server(("::1", 0), family=socket.AF_INET6) as server,
        socket.create_connection(server.getsockname()[:2]) as client,
    ):
        ours, theirs = client.getsockname()[:2], server.getsockname()[:2]
        assert account_of(ours, theirs) == os.geteuid()


@TELLS
def test_of_a_connection_that_is_none_nothing_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        client = socket.create_connection(server.getsockname())
        address = client.getsockname()
        accepted, _ = server.accept()
        client.close()
        accepted.close()
        assert account_of(address, server.getsockname()) is None
        assert not is_own(address, server.getsockname())


def test_where_the_system_does_not_tell_that_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(peers, "SOCK_DIAG", 99)
    assert not can_tell()
    assert not is_own(("127.0.0.1", 1), ("127.0.0.1", 2))
    assert not is_own(("no address", 1), ("127.0.0.1", 2))


def test_a_browser_beyond_a_virtual_machine_is_not_told_by_the_table(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("platform.release", lambda: "5.15.90.1-microsoft-standard-WSL2")
    assert not can_tell()


def status_as(account: int, port: int, path: str) -> int:
    """The status with which another account is answered, its process forked and gone."""
    pid = os.fork()
    if pid:
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) + 300
    try:
        os.setgid(account)
        os.setuid(account)
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        connection.request("GET", path)
        response = connection.getresponse()
        has_leaked = b"ferry" in response.read()
        os._exit(255 if has_leaked else response.status - 300)
    except BaseException:  # noqa: BLE001 - whatever it is, the parent must not go on twice
        os._exit(254)


@TELLS
@pytest.mark.skipif(os.geteuid() != 0, reason="only root can be somebody else")
def test_another_account_of_this_machine_is_refused_and_this_one_is_not(
    tiny_site: Callable[[], Path], start_preview: Callable[..., Preview]
) -> None:
    preview = start_preview(tiny_site())
    assert "token" not in preview.url
    for path in ("/", "/news/2026/01/ferry/", "/_broadsheet/events?page=/", "/feed.xml"):
        assert status_as(NOBODY, preview.port, path) == 403
    assert preview.get("/")[0] == 200
    assert status_as(0, preview.port, "/feed.xml") in (200, 555)


WITHOUT_ANSWERS = """
import sys
import time
from generator.serve import peers
peers.SOCK_DIAG = 99
from generator.cli.main import main
main(sys.argv[1:], prog_name="broadsheet")
"""


def test_where_the_system_does_not_tell_a_token_does_and_it_stays_the_same(
    tiny_site: Callable[[], Path], tmp_path: Path
) -> None:
    urls: list[tuple[str, int]] = []
    site = tiny_site()
    for number in range(2):
        port = urls[0][1] if urls else 0
        log = tmp_path / f"log-{number}"
        with log.open("w") as out:
            words = ["serve", "--site", str(site), "--port", str(port)]
            command = [sys.executable, "-c", WITHOUT_ANSWERS, *words]
            process = subprocess.Popen(command, stdout=out, stderr=out)
        try:
            url, port, token = address_in(log, process)
            urls.append((url, port))
            assert "Everybody on this machine who has the address" in log.read_text()
            assert get(port, "/")[0] == 403
            assert get(port, "/?token=wrong")[0] == 403
            code, cookie = get(port, f"/?token={token}")
            assert code == 302
            assert get(port, "/", cookie.partition(";")[0])[0] == 200
        finally:
            process.kill()
            process.wait(10)
    assert urls[0] == urls[1]


def address_in(log: Path, process: "subprocess.Popen[bytes]") -> tuple[str, int, str]:
    for _ in range(600):
        if found := re.search(r"http://[^:]+:(\d+)/\?token=(\S+)", log.read_text("utf-8")):
            return found[0], int(found[1]), found[2]
        assert process.poll() is None, log.read_text("utf-8")
        time.sleep(0.05)
    raise AssertionError("no address was printed")


def get(port: int, path: str, cookie: str = "") -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request("GET", path, headers={"Cookie": cookie} if cookie else {})
        response = connection.getresponse()
        response.read()
        return response.status, response.getheader("set-cookie") or ""
    finally:
        connection.close()
