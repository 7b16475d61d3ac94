"""The server: uvicorn on our socket, in a thread of its own; the main loop in the main thread."""

import asyncio
import logging
import secrets
import socket
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

import h11
from uvicorn.config import Config
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import Server

from generator.live.reading import Progress
from generator.live.site import LiveOptions, LiveSite
from generator.model.values import frozen
from generator.serve.addresses import (
    LOOPBACK,
    as_browsers_write_it,
    bound,
    bracketed,
    is_loopback,
    is_wildcard,
    origin_of,
    shown,
)
from generator.serve.app import CHUNK, App, refuse
from generator.serve.bar import Wording
from generator.serve.debounce import Notify
from generator.serve.main_loop import MainLoop, Tell, Watching
from generator.serve.peers import can_tell, is_own
from generator.serve.safety import EVERY_ANSWER, Guard, guard
from generator.state.seal import seal_of

if sys.platform != "win32":
    import resource

PATIENCE = 10.0
"""Seconds for which a connection may be silent, or slow with its request."""
LONGEST_STALL = 3
"""Times that patience may end while a reader takes nothing of what is sent."""
MOST_CONNECTIONS = 2_000
"""More than any browser with many tabs holds; whoever comes then is not let in."""
LAST_GRACE = 0.3
"""Seconds that answers under way have when the server ends."""
LOGGER = "uvicorn"


@frozen
class ServeOptions:
    """What is served, and where. Port 0 is any free one.

    `address` is the URL at which others see the preview, through a tunnel, a proxy or a port map.
    """

    site: Path
    live: LiveOptions
    host: str = LOOPBACK
    port: int = 8000
    address: str = ""


@frozen
class Listener:
    """Whoever tells people: how problems are worded, where to look, what changed."""

    wording: Wording
    started: Callable[[tuple[str, ...], LiveSite], None]
    changed: Tell
    progress: Progress | None = None


def serve(options: ServeOptions, listener: Listener) -> None:
    """Preview a site until an exception ends it, such as Ctrl-C.

    Raises PortInUseError, HostError for an address that is not this machine's, NoSiteError where
    there is no site, OSError when the machine fails.
    """
    with bound(options.host, options.port) as listening:
        here, port = listening.getsockname()[:2]
        is_open = bool(options.address) or not is_loopback(here)
        asks_peers = not is_open and can_tell()
        token = "" if asks_peers else _token(options.site, port, is_open=is_open)
        names = () if is_wildcard(here) else (as_browsers_write_it(options.host), bracketed(here))
        origin = origin_of(options.address)
        live = LiveSite(options.site, options.live, listener.progress)
        loop = MainLoop(live, partial(_watch, options.site), listener.wording, listener.changed)
        safety = guard(port, names, token, origin)
        network = _Network(loop, safety, listening, asks_peers=asks_peers)
        network.start()
        try:
            query = f"{live.home}?token={token}" if token else live.home
            origins = (
                [origin]
                if origin
                else [f"http://{one}:{port}" for one in shown(options.host, here)]
            )
            listener.started(tuple(one + query for one in origins), live)
            loop.run()
        finally:
            network.stop()
            loop.stop()


def _token(site: Path, port: int, *, is_open: bool) -> str:
    """What a browser must show: for others a new one each time, for this machine always the same.

    So a page that was open on this machine goes on by itself when the preview starts again.
    """
    return secrets.token_urlsafe(16) if is_open else seal_of(site, "preview token").text(str(port))


def _watch(site: Path, notify: Notify) -> Watching:
    from generator.serve.watch import Watch  # noqa: PLC0415 - 5 ms, once the first page is shown

    return Watch(site, notify)


class _Protocol(H11Protocol):
    """HTTP/1.1 as uvicorn has it, with our headers on its own answers, and no endless patience."""

    _served: object = None
    _left, _stalls = 0, 0
    _clock: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin a connection, unless there are too many."""
        super().connection_made(transport)
        transport.set_write_buffer_limits(high=CHUNK)
        if len(self.connections) > MOST_CONNECTIONS:
            transport.abort()
        self._clock = self.loop.call_later(PATIENCE, self._see_to_it)

    def connection_lost(self, exc: Exception | None) -> None:
        """End a connection."""
        super().connection_lost(exc)
        if self._clock:
            self._clock.cancel()

    def _see_to_it(self) -> None:
        """Close a connection on which nothing has come about since the last look.

        A browser that shows a film stops reading for a while; it asks anew for what it lacks.
        """
        if self.transport.is_closing():
            return
        left = self.transport.get_write_buffer_size()
        self._stalls = self._stalls + 1 if left and left == self._left else 0
        self._left = left
        if self._stalls >= LONGEST_STALL:
            self.transport.abort()
            return
        is_idle = getattr(self.cycle, "response_complete", True)  # there is no cycle at first
        if is_idle and self._served is self.cycle:
            self.transport.close()
        else:
            self._served = self.cycle
            self._clock = self.loop.call_later(PATIENCE, self._see_to_it)

    def send_400_response(self, msg: str) -> None:
        """Answer what is no HTTP, and close."""
        headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")]
        with suppress(h11.LocalProtocolError):  # an answer may be under way already
            for event in (
                h11.Response(status_code=400, headers=[*headers, *EVERY_ANSWER]),
                h11.Data(data=f"{msg}\n".encode()),
                h11.EndOfMessage(),
            ):
                self.transport.write(self.conn.send(event))
        self.transport.close()


class _OwnProtocol(_Protocol):
    """The same for this account alone."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin a connection; whoever else has an account on this machine is refused."""
        super().connection_made(transport)
        if not (self.client and self.server and is_own(self.client, self.server)):
            self.app = refuse


class _Network(threading.Thread):
    """The thread that speaks HTTP."""

    def __init__(
        self, loop: MainLoop, safety: Guard, listening: socket.socket, *, asks_peers: bool
    ) -> None:
        super().__init__(name="network", daemon=True)
        self._listening = listening
        self._app = App(loop, safety)
        self._loop: asyncio.AbstractEventLoop | None = None
        config = Config(
            self._app,
            http=_OwnProtocol if asks_peers else _Protocol,
            ws="none",
            loop="asyncio",
            lifespan="off",
            log_config=None,
            access_log=False,
            proxy_headers=False,
            server_header=False,
            timeout_graceful_shutdown=1,
        )
        self._server = Server(config)

    def run(self) -> None:
        """Serve until stopped."""
        _quieten()
        _allow_many_connections()
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        await self._server.serve(sockets=[self._listening])

    def stop(self) -> None:
        """End within a second, whatever is under way."""
        self._server.should_exit = True
        loop = self._loop
        if loop is not None:
            with suppress(RuntimeError):  # it has ended by itself
                loop.call_soon_threadsafe(self._app.end)
                loop.call_soon_threadsafe(loop.call_later, LAST_GRACE, self._force)
        self.join(1)

    def _force(self) -> None:
        self._server.force_exit = True


def _quieten() -> None:
    """Let uvicorn say nothing: what people should know, the command line tells."""
    logger = logging.getLogger(LOGGER)
    logger.addHandler(logging.NullHandler())
    logger.propagate = False


def _allow_many_connections() -> None:
    """Allow as many open connections as the system lets us: many tabs, some of them forgotten."""
    if sys.platform == "win32":
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, min(hard, 8192)), hard))
