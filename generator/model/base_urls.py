"""Where a site lives: whether a `base_url`, or what ids begin with, can be one."""

import re
from urllib.parse import unquote, urlsplit

from generator.model.addresses import Base
from generator.model.host_names import HOST

PATH = re.compile(r"(?:/(?!\.{1,2}(?:/|\Z))[^/\\\s]+)*/?")
PLACEHOLDER = re.compile(r"localhost|127\..+|0\.0\.0\.0|::1|(?:www\.)?example(?:\.[a-z.]+)?")


def base_url_fault(url: str) -> str:
    """What is wrong with a `base_url`, or nothing."""
    try:
        parts = urlsplit(url)
        is_sound = (
            parts.scheme in ("http", "https")
            and HOST.fullmatch(parts.netloc)
            and parts.port != 0
            and PATH.fullmatch(unquote(parts.path))
            and not (parts.query or parts.fragment)
            and Base.parse(url)
        )
    except ValueError:  # a port that is none, a host that no ASCII name can be made from
        is_sound = False
    return "" if is_sound else f'not a web address: "{url}"'


def is_placeholder(base_url: str) -> bool:
    """Whether a `base_url` names no site that readers can reach, but an example or this machine."""
    return bool(PLACEHOLDER.fullmatch(urlsplit(base_url).hostname or ""))


def is_example(base_url: str) -> bool:
    """Whether a `base_url` is a placeholder, or lies below a host that is kept for examples.

    RFC 2606, 3, keeps example.com, example.net and example.org.
    """
    host = urlsplit(base_url).hostname or ""
    return is_placeholder(base_url) or host.endswith(
        (".example.com", ".example.net", ".example.org")
    )


def identity_fault(identity: str) -> str:
    """What is wrong with the host, and perhaps path, that ids begin with, or nothing."""
    is_sound = not identity or not base_url_fault(f"https://{identity}")
    return "" if is_sound else f'not a host: "{identity}"'
