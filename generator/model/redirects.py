"""Redirects: old addresses and where they lead, before any host's own way of saying so."""

from enum import StrEnum

from generator.model.addresses import ABSOLUTE, Base, web_url
from generator.model.article import Source
from generator.model.values import frozen

LISTS = ("redirects.csv", "redirects.yaml")
"""The files at the top of a site that list redirects."""
MOVED = 301
GONE = 410
FOR_GOOD = (MOVED, 308)
STATUSES = (MOVED, 302, 303, 307, 308, GONE)
"""What a host may answer: moved for good, for now, or gone (RFC 9110, 15.4 and 15.5.11)."""


class RedirectMap(StrEnum):
    """A server that can be given all redirects in one file."""

    NGINX = "nginx"
    CADDY = "caddy"
    APACHE = "apache"


@frozen(order=True)
class Redirect:
    """An old address that leads on, to an address here or to a URL elsewhere.

    Addresses are from the site's root, without the base path and not percent-encoded. `source` is
    the path of the file that asks for it. `query` tells an old address apart whose path is
    another's too (`p=123`). `tail` is the query and fragment of an address here. What is gone
    leads nowhere: its `to_address` is empty.
    """

    from_address: str
    to_address: str
    source: str
    query: str = ""
    tail: str = ""
    status: int = MOVED

    @property
    def can_be_page(self) -> bool:
        """Whether an HTML file can answer at the old address; a feed or `/a.php` needs the host."""
        is_page = self.from_address.lower().endswith(("/", ".html", ".htm"))
        return is_page and not self.query and not self.is_gone

    @property
    def is_gone(self) -> bool:
        """Whether what stood there was withdrawn on purpose."""
        return self.status == GONE

    def target_url(self, base: Base) -> str:
        """Where readers are sent: a root-relative URL here, a whole one elsewhere."""
        if ABSOLUTE.match(self.to_address):
            return web_url(self.to_address)
        return base.url(self.to_address) + web_url(self.tail)


@frozen
class ListedRedirect:
    """One redirect as a list has it: both addresses as written, its status, and its line."""

    from_written: str
    to_written: str
    status: int = MOVED
    line: int = 0


@frozen
class RedirectList:
    """All redirects of one of the `LISTS`."""

    source: Source
    redirects: tuple[ListedRedirect, ...]
