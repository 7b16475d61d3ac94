"""Asking one address of another site, once and politely."""

import socket
import ssl
from collections.abc import Mapping
from functools import cache
from http.client import HTTPException
from ssl import SSLContext, create_default_context
from types import MappingProxyType
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPRedirectHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
    UnknownHandler,
)

from generator.check.deadline import SOONEST, Deadline, HttpsWithin, HttpWithin
from generator.model.addresses import web_url
from generator.model.host_names import ascii_host
from generator.model.values import frozen

HEADERS: Mapping[str, str] = MappingProxyType(
    {"User-Agent": "Mozilla/5.0 (compatible; Broadsheet link check)", "Accept": "*/*"}
)

_GONE = frozenset({404, 410})
_TRY_YOURSELF = "It may only refuse machines: open it in a browser."
_TRY_LATER = "It may be down for now: check again later."


@frozen
class Answer:
    """What came of asking for an address; without a fault all is well.

    `is_gone`: the site says that there is no such page. `is_silent`: nobody said anything.
    """

    fault: str = ""
    hint: str = ""
    is_gone: bool = False
    is_silent: bool = False


def ask(url: str, timeout: float) -> Answer:
    """Ask for an address: for its head alone, and for all where a site dislikes that.

    Redirects are followed. `timeout` is in seconds, for the whole answer. What is fetched is not
    read.
    """
    with Deadline(timeout) as deadline:
        answer = _ask(url, "HEAD", deadline)
        return _ask(url, "GET", deadline) if answer.fault and not answer.is_silent else answer


@cache
def _trusted() -> SSLContext:
    """What is known of certificates; made once, it is slow."""
    return create_default_context()


def _web_only(deadline: Deadline) -> OpenerDirector:
    """An opener that no redirect can lead to a file or another protocol."""
    opener = OpenerDirector()
    for handler in (
        ProxyHandler(),
        HttpWithin(deadline),
        HttpsWithin(deadline, _trusted()),
        HTTPRedirectHandler(),
        HTTPErrorProcessor(),
        HTTPDefaultErrorHandler(),
        UnknownHandler(),
    ):
        opener.add_handler(handler)
    return opener


def _ask(url: str, method: str, deadline: Deadline) -> Answer:
    try:
        request = Request(_ascii(url), method=method, headers=HEADERS)  # noqa: S310 - opened by the above
        with _web_only(deadline).open(request, timeout=max(deadline.left, SOONEST)):
            fault: object = None
    except HTTPError as error:
        error.close()
        return answer_of_status(error.code)
    except URLError as error:
        fault = error.reason
    except (OSError, HTTPException, ValueError) as error:
        fault = error
    if deadline.left <= 0:  # a connection that was cut looks as if the site had hung up
        return answer_of_failure(TimeoutError())
    return answer_of_failure(fault) if fault else Answer()


def _ascii(url: str) -> str:
    """Write an address as it goes over the wire. Raises `ValueError`."""
    ascii_host(urlsplit(url).netloc)
    return urlsplit(web_url(url))._replace(fragment="").geturl()


def answer_of_status(status: int) -> Answer:
    """Make an answer of an HTTP status that is no success."""
    if status in _GONE:
        hint = "Link to where it has moved, or take the link out."
        return Answer(f"leads nowhere any more (status {status})", hint, is_gone=True)
    if status < 400:  # noqa: PLR2004 - a redirect that could not be followed
        return Answer(f"is redirected without end (status {status})", _TRY_YOURSELF)
    hint = _TRY_LATER if status >= 500 else _TRY_YOURSELF  # noqa: PLR2004 - the server's own fault
    return Answer(f"is answered with status {status}", hint)


def answer_of_failure(reason: object) -> Answer:
    """Make an answer of what went wrong before there was any status."""
    match reason:
        case socket.gaierror():
            hint = "Check the address, and that this machine is online."
            return Answer("names a host that is not found", hint, is_silent=True)
        case ssl.SSLError():
            return Answer("has no valid certificate", "Browsers warn before they open it.")
        case HTTPException() | ConnectionResetError():
            return Answer("is answered with nonsense", _TRY_YOURSELF)
        case OSError():
            return Answer("gets no answer", _TRY_LATER, is_silent=True)
        case _:
            return Answer("is no address", "Check its host, its brackets and its port.")
