"""Addresses that Broadsheet has uses for, and what gives way to them."""

from generator.read.slugs import is_reserved, slugify

OWN = frozenset(
    (
        *("", "archive", "assets", "authors", "page", "sitemaps", "tags"),
        *("feed.xml", "atom.xml", "feed.json", "sitemap.xml", "news-sitemap.xml"),
    )
)
"""Where Broadsheet's own lists and files stand: the front, and first parts of addresses."""
GIVES_WAY = "a page stood where Broadsheet has a list of its own; it has another address now"


def is_own(path: str) -> bool:
    """Whether the front page, or a list of Broadsheet's own, stands at an address."""
    return path.removesuffix("index.html").strip("/") in OWN


def section_slug(slug: str, taken: frozenset[str], prefix: str) -> str:
    """A section's slug, with a prefix where a text or a list of our own stands there."""
    made = slugify(slug)
    is_free = made not in taken and made not in OWN and not is_reserved(made)
    return made if is_free or not made else f"{prefix}-{made}"


def tag_slug(slug: str, name: str) -> str:
    """A tag's slug: its old one where that can be; never empty."""
    made = slugify(slug) or slugify(name) or slug.encode("utf-8", "replace").hex()[:16]
    return f"tag-{made}" if is_reserved(made) else made


def needs_file(slug: str, name: str) -> bool:
    """Whether a tag has its slug only if a file says so."""
    return slug != slugify(name) or is_reserved(slugify(name))
