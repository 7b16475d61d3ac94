"""The application: from a request to an answer. It decides nothing about the site itself."""

import asyncio
import os
import secrets
from collections.abc import Awaitable, Callable, MutableMapping
from contextlib import suppress
from hashlib import blake2b
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote_to_bytes

from generator.model.values import frozen
from generator.serve.bar import EVENTS, SCRIPT, VIEW, notice, script, with_bar
from generator.serve.main_loop import MainLoop
from generator.serve.policy import NOTICE, file_policy, page_policy
from generator.serve.quick_pictures import QuickPictures
from generator.serve.safety import EVERY_ANSWER, Guard, Headers, Request
from generator.serve.tabs import Shown, Tab

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

CHUNK = 16 * 1024
"""Bytes that wait for a reader who stalls: as many again may be in the connection's buffer."""
MOST_DIGITS = 19
HEARTBEAT = 15.0
"""Seconds between signs of life on an event stream; a browser that is gone is noticed so."""
RECONNECT = b"retry: 400\n\n"
FRESH = (b"cache-control", b"no-cache")
TEXT = b"text/plain; charset=utf-8"
HTML = b"text/html; charset=utf-8"
JSON = b"application/json"
NONCE = 16
"""Random bytes of a nonce."""


@frozen
class Response:
    """What is sent: a status, headers, and bytes or a part of a file."""

    status: int
    headers: Headers
    data: bytes = b""
    file: Path | None = None
    start: int = 0
    length: int = 0


class App:
    """The preview as an ASGI application."""

    def __init__(self, loop: MainLoop, guard: Guard) -> None:
        self._loop, self._guard = loop, guard
        self._script = script()
        self._is_ending = asyncio.Event()
        self._pictures = QuickPictures()

    def end(self) -> None:
        """End every event stream; called in the loop's thread."""
        self._is_ending.set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            return
        request = _request(scope)
        response: Response | None
        if refusal := self._guard.refusal(request):
            response = _text(refusal.status, refusal.text)
        elif self._guard.token and self._guard.shown_token(request):
            response = self._let_in(request)
        elif request.path == VIEW:
            response = await self._switched(request)
        elif request.path == EVENTS:
            response = await self._events(request, receive, send)
        else:
            try:
                response = await self._response(request)
            except Exception as error:  # noqa: BLE001 - whatever fails must be an answer
                response = await self._failed(error)
        if response is not None:
            gone = asyncio.ensure_future(_gone(receive))
            try:
                await _send(response, send, gone, is_head=request.method == "HEAD")
            finally:
                gone.cancel()

    async def _response(self, request: Request) -> Response:
        if "\0" in request.path or "\ufffd" in request.path:
            return _text(HTTPStatus.BAD_REQUEST, "That is no address.")
        if request.path == SCRIPT:
            return _data(request, self._script, b"text/javascript; charset=utf-8")
        shown = await asyncio.wrap_future(self._loop.ask(lambda: self._loop.answer(request.path)))
        answer = shown.answer
        if not answer.data and answer.status >= HTTPStatus.BAD_REQUEST:
            return await self._notice(answer.status)
        if answer.file and answer.rendition and not answer.rendition.is_animated:
            made = await self._pictures.of(answer.file, answer.rendition)
            if made.data:
                return _data(request, made.data, made.media_type.encode())
        return _shown(request, shown)

    async def _notice(self, status: int) -> Response:
        state = await asyncio.wrap_future(self._loop.ask(self._loop.bare))
        if status == HTTPStatus.NOT_FOUND:
            page = notice("Nothing here", "No page of this site has this address.")
        else:
            page = notice(
                "This page cannot be made yet", "It comes by itself once what is wrong is mended."
            )
        nonce = secrets.token_urlsafe(NONCE)
        headers: Headers = ((b"content-type", HTML), FRESH, _policy(NOTICE, nonce))
        return Response(status, headers, with_bar(page, state, nonce))

    async def _failed(self, error: Exception) -> Response:
        text = f"Broadsheet itself failed here ({type(error).__name__}). Please report this."
        return _text(HTTPStatus.INTERNAL_SERVER_ERROR, text)

    def _let_in(self, request: Request) -> Response:
        """Keep the token in a cookie, and lead on to the address without it.

        The link may stand in a mail or a chat in the same browser: a redirect of what another site
        began is not the same site's, so no stricter cookie would be sent with it (RFC 6265bis,
        5.2). This one is not sent with anything but such a visit of the whole window.
        """
        guard = self._guard
        cookie = f"{guard.cookie}={guard.token}; HttpOnly; SameSite=Lax; Path=/"
        location = quote("/" + request.path.lstrip("/\\"))
        headers: Headers = ((b"location", location.encode()), (b"set-cookie", cookie.encode()))
        return Response(HTTPStatus.FOUND, (*headers, (b"cache-control", b"no-store")))

    async def _switched(self, request: Request) -> Response:
        """Show all, or what readers see, as one of our own pages asks."""
        if self._guard.refuses_origin(request):
            return _text(HTTPStatus.FORBIDDEN, "Only the preview's own pages can do that.")
        held = request.parameters.get("held") == "1"
        if request.method == "GET":
            asked = self._loop.ask(lambda: self._loop.show_held(held=held))
            await asyncio.wrap_future(asked)
        return Response(HTTPStatus.NO_CONTENT, ((b"cache-control", b"no-store"),))

    async def _events(self, request: Request, receive: Receive, send: Send) -> Response | None:
        """The stream of messages to one open page, until it is closed."""
        if self._guard.refuses_origin(request):
            return _text(HTTPStatus.FORBIDDEN, "Only the preview's own pages are told of changes.")
        headers: Headers = (
            (b"content-type", b"text/event-stream"),
            (b"cache-control", b"no-store"),
        )
        address = request.parameters.get("page", "/")
        if "once" in request.parameters:  # a window that is told by another one when to ask
            asked = self._loop.ask(lambda: self._loop.message(address))
            data = (await asyncio.wrap_future(asked)).encode()
            return Response(HTTPStatus.OK, ((b"content-type", JSON), headers[1]), data)
        if request.method == "HEAD":
            return Response(HTTPStatus.OK, headers)
        loop, messages = asyncio.get_running_loop(), asyncio.Queue[str]()

        def post(text: str) -> None:
            with suppress(RuntimeError):  # the loop has ended, and the server with it
                loop.call_soon_threadsafe(put_last, messages, text)

        tab = Tab(address, post)
        start = {"type": "http.response.start", "status": 200, "headers": _complete(headers)}
        await send(start)
        await send({"type": "http.response.body", "body": RECONNECT, "more_body": True})
        self._loop.ask(lambda: self._loop.open(tab))
        gone = asyncio.ensure_future(_gone(receive))
        ending: asyncio.Future[Any] = asyncio.ensure_future(self._is_ending.wait())
        try:
            await self._pass_on(messages, send, gone, ending)
        finally:
            self._loop.ask(lambda: self._loop.close(tab))
            for waiting in (gone, ending):
                waiting.cancel()
        return None

    async def _pass_on(
        self,
        messages: asyncio.Queue[str],
        send: Send,
        gone: "asyncio.Future[None]",
        ending: "asyncio.Future[Any]",
    ) -> None:
        """Send messages as they come, until the page is gone or the server ends."""
        while True:
            next_one = asyncio.ensure_future(messages.get())
            await asyncio.wait(
                (next_one, gone, ending),
                timeout=HEARTBEAT,
                return_when=asyncio.FIRST_COMPLETED,
            )
            if gone.done() or ending.done():
                next_one.cancel()
                await send({"type": "http.response.body", "body": b"", "more_body": False})
                return
            if next_one.done():
                body = f"data: {next_one.result()}\n\n".encode()
            else:
                next_one.cancel()
                body = b":\n\n"
            await send({"type": "http.response.body", "body": body, "more_body": True})


async def refuse(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer whoever is on this machine, but is not the account that started the preview."""
    if scope["type"] == "http":
        text = "Only the account that started this preview can look at it."
        gone = asyncio.ensure_future(_gone(receive))
        try:
            is_head = scope["method"] == "HEAD"
            await _send(_text(HTTPStatus.FORBIDDEN, text), send, gone, is_head=is_head)
        finally:
            gone.cancel()


def put_last(messages: "asyncio.Queue[str]", text: str) -> None:
    """Let a message take the place of those that still wait: each tells all there is to know.

    So a page that is slow to read holds no more than one.
    """
    while not messages.empty():
        messages.get_nowait()
    messages.put_nowait(text)


def _request(scope: Scope) -> Request:
    """A request, its path decoded once; what is not UTF-8 becomes U+FFFD, which is no address."""
    raw = scope.get("raw_path") or b"/"
    path = unquote_to_bytes(raw).decode("utf-8", "replace")
    query = scope["query_string"].decode("latin-1")
    headers = tuple(scope["headers"])
    return Request(scope["method"], path, query, headers, scope["http_version"])


async def _gone(receive: Receive) -> None:
    """Wait until the other side has left."""
    while (await receive())["type"] != "http.disconnect":
        pass


def _shown(request: Request, shown: Shown) -> Response:
    """The response with what there is at an address."""
    answer = shown.answer
    if answer.location:
        return Response(answer.status, ((b"location", answer.location.encode("ascii")), FRESH))
    if answer.file:
        return _file(request, answer.file, answer.media_type)
    if answer.is_page:
        return _page(shown)
    return _data(request, answer.data, answer.media_type.encode())


def _page(shown: Shown) -> Response:
    nonce = secrets.token_urlsafe(NONCE)
    headers: Headers = ((b"content-type", HTML), FRESH, _policy(shown.policy, nonce))
    return Response(shown.answer.status, headers, with_bar(shown.answer.data, shown.bar, nonce))


def _policy(policy: str, nonce: str) -> tuple[bytes, bytes]:
    """The header with the policy of a page that has the bar."""
    return (b"content-security-policy", page_policy(policy, nonce).encode("ascii", "ignore"))


def _text(status: HTTPStatus, text: str) -> Response:
    headers: Headers = ((b"content-type", TEXT), (b"cache-control", b"no-store"))
    if status is HTTPStatus.METHOD_NOT_ALLOWED:
        headers += ((b"allow", b"GET, HEAD"),)
    return Response(status, headers, f"{text}\n".encode())


def _data(request: Request, data: bytes, media_type: bytes) -> Response:
    """Bytes, or word that the browser has them already."""
    tag = f'"{blake2b(data, digest_size=12).hexdigest()}"'
    headers: Headers = (FRESH, (b"etag", tag.encode()))
    if tag in request.values(b"if-none-match"):
        return Response(HTTPStatus.NOT_MODIFIED, headers)
    return Response(HTTPStatus.OK, ((b"content-type", media_type), *headers), data)


def _file(request: Request, file: Path, media_type: str) -> Response:
    """A file, or the part of it that was asked for (RFC 9110, 14: one range, else all)."""
    found = file.stat()
    tag = f'"{found.st_mtime_ns:x}-{found.st_size:x}-{found.st_ino:x}"'
    headers: Headers = (FRESH, (b"etag", tag.encode()), (b"accept-ranges", b"bytes"))
    if tag in request.values(b"if-none-match"):
        return Response(HTTPStatus.NOT_MODIFIED, headers)
    headers += ((b"content-type", media_type.encode()),)
    headers += ((b"content-security-policy", file_policy(media_type).encode()),)
    size = found.st_size
    part = _range(request, size, tag)
    if part is None:
        return Response(HTTPStatus.OK, headers, file=file, length=size)
    start, length = part
    if not length:
        headers += ((b"content-range", f"bytes */{size}".encode()),)
        return Response(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, headers)
    headers += ((b"content-range", f"bytes {start}-{start + length - 1}/{size}".encode()),)
    return Response(HTTPStatus.PARTIAL_CONTENT, headers, file=file, start=start, length=length)


def _range(request: Request, size: int, tag: str) -> tuple[int, int] | None:
    """Where the asked part begins and how long it is, 0 for outside; None for the whole file.

    A part of another state of the file than the one tagged would fit nothing (If-Range).
    """
    values = request.values(b"range")
    unit, _, spec = values[0].partition("=") if len(values) == 1 else ("", "", "")
    first, dash, last = spec.strip().partition("-")
    are_numbers = all(
        not n or (n.isascii() and n.isdigit() and len(n) < MOST_DIGITS) for n in (first, last)
    )
    if unit != "bytes" or not dash or not are_numbers or not (first or last):
        return None
    if request.values(b"if-range") not in ((), (tag,)):
        return None
    if not first:
        length = min(int(last), size)
        return size - length, length
    start, end = int(first), min(int(last) if last else size - 1, size - 1)
    if last and int(last) < start:
        return None
    return start, max(0, end - start + 1)


def _complete(headers: Headers) -> list[tuple[bytes, bytes]]:
    named = {name for name, _ in headers}
    return [*headers, *(header for header in EVERY_ANSWER if header[0] not in named)]


async def _send(
    response: Response, send: Send, gone: "asyncio.Future[None]", *, is_head: bool
) -> None:
    """Send an answer, for as long as there is somebody whom it reaches."""
    length = response.length if response.file else len(response.data)
    headers = _complete(response.headers)
    if response.status not in (HTTPStatus.NOT_MODIFIED, HTTPStatus.NO_CONTENT):
        headers.append((b"content-length", str(length).encode()))
    await send({"type": "http.response.start", "status": int(response.status), "headers": headers})
    if response.file and length and not is_head:
        await _send_file(response, send, gone)
    else:
        await _send_data(b"" if is_head else response.data, send, gone)


async def _send_data(data: bytes, send: Send, gone: "asyncio.Future[None]") -> None:
    """Bytes, chunk by chunk: whoever does not read them holds none but the next."""
    start = 0
    while len(data) - start > CHUNK and not gone.done():
        chunk = data[start : start + CHUNK]
        await send({"type": "http.response.body", "body": chunk, "more_body": True})
        start += CHUNK
    await send({"type": "http.response.body", "body": data[start:]})


async def _send_file(response: Response, send: Send, gone: "asyncio.Future[None]") -> None:
    """The part of a file, chunk by chunk; no link is followed that was put there just now."""
    if response.file is None:
        return
    descriptor = os.open(response.file, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
    with os.fdopen(descriptor, "rb", buffering=0) as file:
        file.seek(response.start)
        left = response.length
        while left and not gone.done():
            chunk = await asyncio.to_thread(file.read, min(CHUNK, left))
            left -= len(chunk)
            if not chunk:  # it has become shorter meanwhile: the connection is cut, not padded
                raise OSError(f"{response.file.name} became shorter")
            await send({"type": "http.response.body", "body": chunk, "more_body": bool(left)})
