"""Where the preview listens, and the addresses at which it says that it is found."""

import pytest

from generator.serve import addresses
from generator.serve.addresses import (
    HostError,
    PortInUseError,
    address_fault,
    as_browsers_write_it,
    bound,
    is_loopback,
    is_wildcard,
    origin_of,
    shown,
)


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("127.0.0.2", "127.0.0.2"),
        ("::1", "[::1]"),
        ("0:0:0:0:0:0:0:1", "[::1]"),
        ("FE80::00A1", "[fe80::a1]"),
        ("News-Room.Local", "news-room.local"),
    ],
)
def test_names_are_those_that_browsers_send(host: str, name: str) -> None:
    assert as_browsers_write_it(host) == name


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.2", "localhost", "127.1"])
def test_this_machines_own_address_is_shown_as_it_was_asked_for(host: str) -> None:
    with bound(host, 0) as listening:
        here = listening.getsockname()[0]
    assert is_loopback(here)
    assert shown(host, here) == (host,)


@pytest.mark.parametrize("host", ["0.0.0.0", "0"])  # noqa: S104 - what is tested
def test_for_other_devices_an_address_of_the_network_comes_first(
    host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with bound(host, 0) as listening:
        here = listening.getsockname()[0]
    assert is_wildcard(here)
    monkeypatch.setattr(addresses, "_in_network", lambda: ("192.0.2.2", "[fd00::2]"))
    assert shown(host, here) == ("192.0.2.2", "[fd00::2]", "127.0.0.1")
    monkeypatch.setattr(addresses, "_in_network", lambda: ())
    assert shown(host, here) == ("127.0.0.1",)


@pytest.mark.parametrize("host", ["192.0.2.77", "[::1]", "no such name", "a" * 70])
def test_what_is_no_address_of_this_machine_is_wrong_usage(host: str) -> None:
    with pytest.raises(HostError, match="no address of this machine") as caught:
        bound(host, 0)
    assert caught.value.is_usage
    assert "free space" not in caught.value.hint


def test_brackets_are_what_urls_have() -> None:
    with pytest.raises(HostError) as caught:
        bound("[::1]", 0)
    assert caught.value.hint == "Write it as ::1."


def test_a_port_that_is_taken_is_told_with_one_that_is_free() -> None:
    with bound("127.0.0.1", 0) as listening, pytest.raises(PortInUseError) as caught:
        bound("127.0.0.1", listening.getsockname()[1])
    assert caught.value.free > caught.value.port or caught.value.free == 0


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("https://8000-Paper.example/", "https://8000-paper.example"),
        ("http://localhost:9000", "http://localhost:9000"),
        ("", ""),
    ],
)
def test_an_address_from_elsewhere_is_an_origin(url: str, origin: str) -> None:
    assert not url or not address_fault(url)
    assert origin_of(url) == origin


@pytest.mark.parametrize(
    "url",
    [
        *("paper.example", "ftp://a/", "https://", "http://a:99999/", "http://[/", "http://u@a/"),
        *("http://a/?token=1", "http://a/#x", "http://a\nb/"),
    ],
)
def test_what_is_no_address_is_told(url: str) -> None:
    assert address_fault(url)
