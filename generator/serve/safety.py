"""Safety: who is answered. Everything here is decided before a request is looked at further.

A page of another site, open in the same browser, can send requests to this server. It
must not learn anything. So only our own names are answered, against DNS rebinding. Where a token
is asked for, that does it: a browser sends its cookie to the name alone that set it. The event
stream answers our own origin only, and no answer may be used by another site. Not even in a
frame: how many frames a page holds would tell whether a draft is there.
"""

import re
import secrets
from collections.abc import Iterable
from http import HTTPStatus
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs

from generator.model.values import frozen

Headers = tuple[tuple[bytes, bytes], ...]
"""As ASGI has them: names in lower case."""

CALM = (
    "default-src 'none'; img-src 'self' data:; media-src 'self' data:; font-src 'self' data:; "
    "style-src 'self' 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'"
)
STRICTEST = f"{CALM}; sandbox"
"""What is no page of the site runs nothing, sends nothing, and is of no origin (CSP level 3)."""
EVERY_ANSWER: Headers = (
    (b"content-security-policy", STRICTEST.encode()),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"x-frame-options", b"SAMEORIGIN"),
)
"""Headers of each answer, unless it has one of that name."""
METHODS = ("GET", "HEAD")
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
HOST = re.compile(
    r"(?P<name>\[[0-9a-f:.]{2,45}\]|[a-z0-9._-]{1,253})(?::(?P<port>[1-9][0-9]{0,4}))?"
)
"""A name or an address, and a port (RFC 9110, 7.2), in what browsers send."""
HTTP_PORT, LAST_PORT = 80, 65535
VERSIONS = ("1.0", "1.1")
NO_BODY = ((), ("0",))
LONGEST_ADDRESS = 8_000
LONGEST_HEADERS = 32_000
"""Characters, as servers commonly have it (RFC 9110, 4.1, asks for 8,000 at least)."""


@frozen
class Request:
    """A request as it came: `path` is decoded, headers may repeat."""

    method: str
    path: str
    query: str
    headers: tuple[tuple[bytes, bytes], ...]
    version: str = "1.1"

    def values(self, name: bytes) -> tuple[str, ...]:
        """All values of a header."""
        return tuple(value.decode("latin-1") for key, value in self.headers if key == name)

    @property
    def parameters(self) -> dict[str, str]:
        """The query's parameters, the last of each name; nothing when it is no query."""
        try:
            found = parse_qs(self.query, keep_blank_values=True, max_num_fields=10)
        except ValueError:
            return {}
        return {name: values[-1] for name, values in found.items()}


@frozen
class Refusal:
    """Why a request is not answered: a status and one fixed line."""

    status: HTTPStatus
    text: str


@frozen
class Guard:
    """Decides who is answered. `names` are our own, as the Host header has them without port.

    With a `token`, a browser must have shown it once, in the address; it is kept in a cookie.
    Then any name will do: a tunnel or a proxy has one of its own. `address` is the origin at which
    others see the preview, if that was said.
    """

    names: frozenset[str]
    port: int
    token: str = ""
    address: str = ""

    @property
    def cookie(self) -> str:
        """The cookie's name; cookies do not know ports, so the name tells it."""
        return f"broadsheet-{self.port}"

    def refusal(self, request: Request) -> Refusal | None:
        """Why a request is refused, or None."""
        hosts = request.values(b"host")
        if len(hosts) != 1 or not (found := HOST.fullmatch(hosts[0].lower())):
            return Refusal(HTTPStatus.FORBIDDEN, "This server does not answer to that name.")
        if not (self.token or self._is_ours(found["name"], found["port"] or "")):
            hint = f"Start it with: broadsheet serve --address http://{found[0]}/"
            text = f"This server does not answer to that name. {hint}"
            return Refusal(HTTPStatus.FORBIDDEN, text)
        if request.method not in METHODS:
            return Refusal(HTTPStatus.METHOD_NOT_ALLOWED, "This server only shows pages.")
        if malformed := _malformed(request):
            return malformed
        if self.token and not self._is_known(request):
            return Refusal(HTTPStatus.FORBIDDEN, "Open the address that broadsheet serve printed.")
        return None

    def refuses_origin(self, request: Request) -> bool:
        """Whether a request for events may come from another site's page.

        No page can forge Origin, Sec-Fetch-Site or a Referer from elsewhere, but it can
        leave some of them out; browsers do so too. So each that is there must be ours, and one
        must be; only the Referer counts for nothing beside Sec-Fetch-Site, since a proxy may give
        us another name than the browser knows. Where there is a token, its cookie is as good:
        from another site's page browsers send it with a visit of a window alone (`SameSite=Lax`).
        """
        (host,) = request.values(b"host")
        ours = {f"http://{name}:{self.port}" for name in self.names} | {self.address}
        ours |= {f"http://{host.lower()}", f"https://{host.lower()}"}
        origins = request.values(b"origin")
        fetched = request.values(b"sec-fetch-site")
        referers = () if fetched else request.values(b"referer")
        claims = [
            *(origin in ours for origin in origins),
            *(site == "same-origin" for site in fetched),
            *("/".join(referer.split("/", 3)[:3]) in ours for referer in referers),
        ]
        return not all(claims) or not (claims or self.token) or len(origins) > 1

    def shown_token(self, request: Request) -> bool:
        """Whether the request's address carries the token."""
        shown = request.parameters.get("token", "")
        return bool(self.token) and secrets.compare_digest(shown.encode(), self.token.encode())

    def _is_known(self, request: Request) -> bool:
        if self.shown_token(request):
            return True
        for line in request.values(b"cookie"):
            try:
                found = SimpleCookie(line).get(self.cookie)
            except CookieError:
                continue
            if found and secrets.compare_digest(found.value.encode(), self.token.encode()):
                return True
        return False

    def _is_ours(self, name: str, port: str) -> bool:
        """Whether a Host is one of ours.

        What stands for this machine alone may have another port: a port map or `ssh -L` leads here
        by it, and nobody can make such a name lead elsewhere (RFC 6761, 6.3).
        """
        own = ("", str(self.port)) if self.port == HTTP_PORT else (str(self.port),)
        if name in LOOPBACK or name.endswith(".localhost"):
            return port in own or (bool(port) and int(port) <= LAST_PORT)
        return name in self.names and port in own


def _malformed(request: Request) -> Refusal | None:
    """Why a request is none that a browser sends; what may be read in two ways is not read."""
    if request.version not in VERSIONS:
        return Refusal(HTTPStatus.HTTP_VERSION_NOT_SUPPORTED, "HTTP/1.1 is spoken here.")
    if len(request.path) + len(request.query) > LONGEST_ADDRESS:
        return Refusal(HTTPStatus.REQUEST_URI_TOO_LONG, "That address is too long.")
    if sum(len(name) + len(value) for name, value in request.headers) > LONGEST_HEADERS:
        return Refusal(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "Those headers are too long.")
    if request.values(b"transfer-encoding") or request.values(b"content-length") not in NO_BODY:
        return Refusal(HTTPStatus.BAD_REQUEST, "Nothing can be sent here.")
    return None


def guard(port: int, names: Iterable[str] = (), token: str = "", address: str = "") -> Guard:
    """The guard of a server that answers to the loopback names, and to `names`."""
    return Guard(frozenset((*LOOPBACK, *(name.lower() for name in names))), port, token, address)
