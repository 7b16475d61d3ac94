"""Redirects: old addresses and where they lead, before any host's own way of saying so."""

from generator.model.values import frozen


@frozen(order=True)
class Redirect:
    """An old address that leads to a page or feed of the site.

    Both are addresses from the site's root, without the base path and not
    percent-encoded. `source` is the path of the file that asks for it.
    """

    from_address: str
    to_address: str
    source: str

    @property
    def can_be_page(self) -> bool:
        """Whether an HTML file can answer at the old address; a feed or `/a.php` needs the host."""
        return self.from_address.lower().endswith(("/", ".html", ".htm"))
