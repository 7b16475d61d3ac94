"""Addresses: where the preview listens, and at which address it is found."""

import errno
import ipaddress
import socket
from contextlib import suppress
from urllib.parse import urlsplit

from generator.model.problems import HinderedError

LOOPBACK = "127.0.0.1"
LAST_PORT = 65535
FAR = ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1"))
"""Addresses for documentation (RFC 5737, RFC 3849): nothing is ever sent to them."""
NOT_HERE = frozenset({errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT})


class PortInUseError(Exception):
    """The port is taken; `free` is the next one that is not, 0 if there is none."""

    def __init__(self, port: int, free: int) -> None:
        self.port, self.free = port, free
        super().__init__(f"port {port} is in use")


class HostError(HinderedError):
    """A `--host` that is no address of this machine."""

    def __init__(self, host: str) -> None:
        ours = ", ".join(dict.fromkeys((LOOPBACK, "0.0.0.0", *_in_network())))  # noqa: S104 - told
        plain = host.strip("[]")
        hint = f"Write one of these: {ours}." if plain == host else f"Write it as {plain}."
        super().__init__(f"{host} is no address of this machine", hint)


def bound(host: str, port: int) -> socket.socket:
    """A socket that listens: whoever connects waits until the site has been read.

    Raises PortInUseError and HostError.
    """
    try:
        return _listening(host, port)
    except (socket.gaierror, UnicodeError):
        raise HostError(host) from None
    except OSError as error:
        if error.errno in NOT_HERE:
            raise HostError(host) from None
        if error.errno != errno.EADDRINUSE:
            raise
        free = next(
            (n for n in range(port + 1, min(port + 200, LAST_PORT)) if _is_free(host, n)), 0
        )
        raise PortInUseError(port, free) from None


def _listening(host: str, port: int) -> socket.socket:
    family, kind, protocol, _, address = socket.getaddrinfo(
        host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )[0]
    listening = socket.socket(family, kind, protocol)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen(256)
    except OSError:
        listening.close()
        raise
    return listening


def _is_free(host: str, port: int) -> bool:
    with suppress(OSError):
        _listening(host, port).close()
        return True
    return False


def is_loopback(address: str) -> bool:
    """Whether only this machine can connect to an address."""
    return ipaddress.ip_address(address.partition("%")[0]).is_loopback


def is_wildcard(address: str) -> bool:
    """Whether an address stands for all that this machine has."""
    return ipaddress.ip_address(address.partition("%")[0]).is_unspecified


def origin_of(url: str) -> str:
    """The origin of a URL, as browsers name it."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.lower()}" if parts.netloc else ""


def address_fault(url: str) -> str:
    """What is wrong with an address at which the preview should be found, or nothing."""
    try:
        parts = urlsplit(url)
        is_sound = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_sound = False
    is_plain = is_sound and not (parts.query or parts.fragment or "@" in parts.netloc)
    return "" if is_plain and url.isascii() and url.isprintable() else f'not a web address: "{url}"'


def shown(host: str, here: str) -> tuple[str, ...]:
    """Under which names a server finds an answer, the one for other devices first.

    `host` is what was asked for, `here` the address that it stands for.
    """
    if not is_wildcard(here):
        return (as_browsers_write_it(host),)
    return (*_in_network(), LOOPBACK)


def _in_network() -> tuple[str, ...]:
    """This machine's addresses on the ways out, as they stand in an address bar."""
    found = []
    for family, far in FAR:
        # Connecting a datagram socket sends nothing: it only tells our address on the way out.
        with suppress(OSError), socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.connect((far, 9))
            found.append(str(probe.getsockname()[0]).partition("%")[0])
    return tuple(bracketed(one) for one in found if not (is_loopback(one) or is_wildcard(one)))


def as_browsers_write_it(host: str) -> str:
    """A name or address as it stands in an address bar, and so in the Host header."""
    with suppress(ValueError):
        host = ipaddress.ip_address(host).compressed
    return bracketed(host.lower())


def bracketed(host: str) -> str:
    """An address with the brackets that IPv6 has in a URL."""
    return f"[{host}]" if ":" in host else host
