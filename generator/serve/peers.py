"""Peers: which account of this machine is at the other end of a connection.

Whoever has an account on a machine can connect to its loopback addresses. Linux tells whose a
socket is (sock_diag(7)): one question for each connection, however many there are. Where the
system does not tell, a token takes its place.
"""

import ipaddress
import os
import platform
import socket
import struct

Address = tuple[str, int | None]
"""An IP address and a port."""
ROOT = 0
SOCK_DIAG, SOCK_DIAG_BY_FAMILY, REQUEST = 4, 20, 1
EVERY_STATE = 0xFFFFFFFF
NO_COOKIE = (0, EVERY_STATE, EVERY_STATE)
"""Of any interface, and of no socket that was asked for before."""
HEADER = struct.Struct("=IHHII")
QUESTION = struct.Struct("=BBBBI")
PORTS = struct.Struct("!HH")
SOCKET_LENGTH = 48
ANSWER = struct.Struct(f"=4x{SOCKET_LENGTH}x3I2I")
"""`inet_diag_msg`: state and socket, three counters, account and inode."""
LONGEST_ANSWER = 4096
PATIENCE = 1.0


def is_own(client: Address, server: Address) -> bool:
    """Whether a client on this machine is this account's, or root's, who may read all in any case.

    A connection of which nothing is known is nobody's.
    """
    try:
        account = account_of(client, server)
    except (OSError, ValueError):
        return False
    return account is not None and account in (ROOT, os.geteuid())


def account_of(client: Address, server: Address) -> int | None:
    """The number of the account that opened a connection; None when the system does not tell.

    Raises OSError where it cannot be asked, ValueError for what is no address.
    """
    here, there = (ipaddress.ip_address(host.partition("%")[0]) for host, _ in (client, server))
    family = socket.AF_INET if here.version == there.version == 4 else socket.AF_INET6  # noqa: PLR2004 - of IP
    places = b"".join(one.packed.ljust(16, b"\0") for one in (here, there))
    ports = PORTS.pack(client[1] or 0, server[1] or 0)
    question = QUESTION.pack(family, socket.IPPROTO_TCP, 0, 0, EVERY_STATE)
    body = question + ports + places + struct.pack("=3I", *NO_COOKIE)
    header = HEADER.pack(HEADER.size + len(body), SOCK_DIAG_BY_FAMILY, REQUEST, 1, 0)
    with socket.socket(socket.AF_NETLINK, socket.SOCK_DGRAM, SOCK_DIAG) as asked:
        asked.settimeout(PATIENCE)
        asked.send(header + body)
        answer = asked.recv(LONGEST_ANSWER)
    if HEADER.unpack_from(answer)[1] != SOCK_DIAG_BY_FAMILY:
        return None
    *_, account, inode = ANSWER.unpack_from(answer, HEADER.size)
    # What is closed and waits is no socket any more, and is shown as root's.
    return int(account) if inode else None


def can_tell() -> bool:
    """Whether this system tells whose connections are, tried on one of our own.

    Not where a browser on the other side of a virtual machine is let in as if it were local.
    """
    if not hasattr(socket, "AF_NETLINK") or "microsoft" in platform.release().lower():
        return False
    try:
        with (
            socket.create_server(("127.0.0.1", 0)) as server,
            socket.create_connection(server.getsockname(), timeout=PATIENCE) as client,
        ):
            return is_own(client.getsockname(), server.getsockname())
    except OSError:
        return False
