"""A deadline for a conversation over the network: for all of it, not for each silence."""

import socket
import threading
import time
from contextlib import suppress
from http.client import HTTPConnection, HTTPResponse, HTTPSConnection
from ssl import SSLContext
from types import TracebackType
from typing import Any, Self
from urllib.request import HTTPHandler, HTTPSHandler, Request

SOONEST = 0.001
Found = list[tuple[Any, ...]]


class Deadline:
    """So many seconds for all that is asked within it; then its connections are cut."""

    def __init__(self, seconds: float) -> None:
        self._until = time.monotonic() + seconds
        self._lock = threading.Lock()
        self._sockets: list[socket.socket] = []
        self._timer = threading.Timer(seconds, self._cut)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._timer.cancel()
        with self._lock:
            for one in self._sockets:
                one.close()
            self._sockets.clear()

    @property
    def left(self) -> float:
        """Seconds that are left; none or fewer when it is over."""
        return self._until - time.monotonic()

    def connect(self, address: tuple[str, int], *_others: object) -> socket.socket:
        """As `socket.create_connection`, to whichever address of a host answers first in time."""
        fault = TimeoutError("the time is up")
        for family, kind, protocol, _, found in self._look_up(*address):
            if self.left <= 0:
                break
            connection = socket.socket(family, kind, protocol)
            connection.settimeout(max(self.left, SOONEST))
            try:
                connection.connect(found)
            except OSError as error:
                connection.close()
                fault = error  # type: ignore[assignment]  # one of them is told
                continue
            # Another name for the same connection: TLS takes the first one away.
            with self._lock:
                self._sockets.append(connection.dup())
            return connection
        raise fault

    def _look_up(self, host: str, port: int) -> Found:
        """The addresses of a host; the system's own patience has no limit that can be set."""
        answers: list[Found | OSError] = []

        def ask() -> None:
            try:
                answers.append(list(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))
            except (OSError, UnicodeError) as error:
                answers.append(error if isinstance(error, OSError) else OSError(str(error)))

        thread = threading.Thread(target=ask, daemon=True)
        thread.start()
        thread.join(max(self.left, SOONEST))
        if not answers:
            raise TimeoutError("the time is up")
        if isinstance(answers[0], OSError):
            raise answers[0]
        return answers[0]

    def _cut(self) -> None:
        with self._lock:
            for one in self._sockets:
                with suppress(OSError):
                    one.shutdown(socket.SHUT_RDWR)


class HttpWithin(HTTPHandler):
    """Opens HTTP within a deadline."""

    def __init__(self, deadline: Deadline) -> None:
        super().__init__()
        self._deadline = deadline

    def http_open(self, req: Request) -> HTTPResponse:
        """Ask."""
        return self.do_open(self._connection, req)

    def _connection(self, host: str, **options: Any) -> HTTPConnection:  # noqa: ANN401 - the library's
        connection = HTTPConnection(host, **options)
        connection._create_connection = self._deadline.connect  # type: ignore[attr-defined]  # noqa: SLF001
        return connection


class HttpsWithin(HTTPSHandler):
    """Opens HTTPS within a deadline."""

    def __init__(self, deadline: Deadline, context: SSLContext) -> None:
        super().__init__(context=context)
        self._deadline, self._trusted = deadline, context

    def https_open(self, req: Request) -> HTTPResponse:
        """Ask."""
        return self.do_open(self._connection, req)

    def _connection(self, host: str, **options: Any) -> HTTPSConnection:  # noqa: ANN401 - as above
        connection = HTTPSConnection(host, context=self._trusted, **options)
        connection._create_connection = self._deadline.connect  # type: ignore[attr-defined]  # noqa: SLF001
        return connection
