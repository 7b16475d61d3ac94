"""Asking a web service, with JSON and a token from the environment; what fails in passing again."""

import json
import os
from collections.abc import Mapping
from http.client import HTTPException
from types import MappingProxyType
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from generator.deploy.patience import PassingError, patiently
from generator.deploy.target import DeployError

TIMEOUT = 60.0
"""Seconds without a word after which a service counts as silent."""
LARGEST = 64 * 1024 * 1024
"""Bytes of an answer that are read at most."""
AGAIN = "Deploy again later: the next run finishes what is not done."
BUSY = frozenset({408, 425, 429, 500, 502, 503, 504})
NOT_LET_IN = frozenset({401, 403})
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
AGENT: Mapping[str, str] = MappingProxyType({"User-Agent": "Broadsheet deploy"})
NO_HEADERS: Mapping[str, str] = MappingProxyType({})


class _NoRedirects(HTTPRedirectHandler):
    """A redirect could carry the token elsewhere."""

    def redirect_request(self, *_: object, **__: object) -> None:
        """Never."""


def secret(variable: str) -> str:
    """A secret of the environment. Raises DeployError when it is not set."""
    found = os.environ.get(variable, "").strip()
    if not found:
        raise DeployError(f"{variable} is not set", "Set it in the environment of this command.")
    return found


def ask(
    method: str,
    url: str,
    data: bytes | None = None,
    headers: Mapping[str, str] = NO_HEADERS,
) -> bytes:
    """One request, tried again while it fails in passing.

    Raises DeployError in a sentence that names the host, never the address or its secrets.
    """
    parts = urlsplit(url)
    is_secret = "Authorization" in headers and parts.hostname not in LOOPBACK
    if is_secret and parts.scheme != "https":
        raise DeployError(f"{parts.hostname} would be asked without encryption", "Use https.")
    return patiently(lambda: _asked(method, url, data, headers))


def ask_json(
    method: str, url: str, value: object = None, headers: Mapping[str, str] = NO_HEADERS
) -> object:
    """The same with a JSON value there and back; None for an empty answer."""
    data = None if value is None else json.dumps(value).encode()
    told = {"Content-Type": "application/json", "Accept": "application/json", **headers}
    answer = ask(method, url, data, told)
    try:
        found: object = json.loads(answer) if answer.strip() else None
    except ValueError:
        host = urlsplit(url).hostname
        raise DeployError(f"{host} answers with nonsense", AGAIN) from None
    return found


def _asked(method: str, url: str, data: bytes | None, headers: Mapping[str, str]) -> bytes:
    host = urlsplit(url).hostname
    request = Request(url, data, {**AGENT, **headers}, method=method)  # noqa: S310 - checked by `ask`
    try:
        with build_opener(_NoRedirects()).open(request, timeout=TIMEOUT) as answer:
            body: bytes = answer.read(LARGEST)
            return body
    except HTTPError as error:
        error.close()
        raise _refused(str(host), error.code, error.headers.get("Retry-After", "")) from None
    except (URLError, OSError, HTTPException):
        raise PassingError(f"{host} does not answer", f"Check the network. {AGAIN}") from None


def _refused(host: str, status: int, retry_after: str) -> DeployError:
    if status in BUSY:
        pause = float(retry_after) if retry_after.isdecimal() else 0
        return PassingError(f"{host} answers with status {status}", AGAIN, pause)
    if status in NOT_LET_IN:
        hint = "Check the token in the environment, and what it may do."
        return DeployError(f"{host} does not let us in (status {status})", hint)
    return DeployError(f"{host} answers with status {status}", "Check the target's name.")


def texts(value: object) -> dict[str, str]:
    """The texts of a JSON object, by name; nothing for anything else."""
    items = value.items() if isinstance(value, dict) else ()
    return {str(key): each for key, each in items if isinstance(each, str)}


def entries(value: object) -> list[object]:
    """A JSON list; nothing for anything else."""
    return value if isinstance(value, list) else []
