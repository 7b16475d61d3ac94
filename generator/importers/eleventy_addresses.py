"""Where texts of an Eleventy project stood: by `permalink`, by their path, or by what links say.

A `permalink` that a program works out cannot be read. Then the project's own links tell: of the
usual patterns the one by which most of them lead to a text is taken.
"""

import posixpath
import re
from collections.abc import Iterable, Sequence

from generator.model.values import frozen

INWARD = re.compile(r"""(?:\]\(\s*<?|href\s*=\s*["']|["'])(/[^\s"'<>(){}|]*)""")
USUAL = (
    "/:year/:month/:day/:slug/",
    "/:year/:month/:slug/",
    "/:year/:slug/",
    "/:slug/",
    "/:folder/:slug/",
    "/:folder/:year/:month/:day/:slug/",
    "/:folder/:year/:month/:slug/",
    "/:folder/:year/:slug/",
    "/blog/:slug/",
    "/posts/:slug/",
    "/blog/:year/:month/:day/:slug/",
    "/blog/:year/:month/:slug/",
    "/:slug.html",
    "/:year/:month/:day/:slug.html",
)
FEWEST = 3
"""Links by which a pattern is believed that the configuration does not speak of."""


@frozen
class Standing:
    """What a text's address is made of; `usual` is the one that its path gives."""

    usual: str
    slug: str
    folder: str
    date: tuple[str, str, str] = ("", "", "")


def links_in(text: str) -> Iterable[str]:
    """The addresses of this site that a text links to."""
    for match in INWARD.finditer(text):
        path = re.split(r"[?#]", match[1])[0]
        yield path if path.endswith("/") or "." in path.rpartition("/")[2] else f"{path}/"


def filled(pattern: str, standing: Standing) -> str:
    """A pattern filled in for a text; "" where it asks for a date that there is none of."""
    year, month, day = standing.date
    if ":year" in pattern and not year:
        return ""
    words = {":year": year, ":month": month, ":day": day, ":folder": standing.folder}
    made = re.sub(r":(?:year|month|day|folder)", lambda match: words[match[0]], pattern)
    return re.sub("/+", "/", made.replace(":slug", standing.slug))


def best_pattern(named: Sequence[str], texts: Sequence[Standing], links: frozenset[str]) -> str:
    """The pattern by which the project's links lead to its texts; "" for that of Eleventy itself.

    `named` are patterns that the configuration speaks of: one of these is believed where no link
    says otherwise.
    """
    usual = _hits((text.usual for text in texts), links)
    counts = {
        pattern: _hits((filled(pattern, text) for text in texts), links)
        for pattern in dict.fromkeys((*named, *USUAL))
    }
    best = max(counts, key=lambda pattern: counts[pattern], default="")
    if counts and counts[best] > usual and (counts[best] >= FEWEST or best in named):
        return best
    return named[0] if named and not usual else ""


def _hits(addresses: Iterable[str], links: frozenset[str]) -> int:
    return len({address for address in addresses if address} & links)


def address_of(permalink: str) -> str:
    """The address of what a permalink says: `/a/index.html` is `/a/`."""
    path = "/" + permalink.strip().lstrip("/")
    path = path.removesuffix("index.html") if path.endswith("/index.html") else path
    if path.endswith("/") or "." in path.rpartition("/")[2]:
        return path
    return f"{path}/"


def stem_of(path: str) -> str:
    """A text's path without its ending, `.11ty.js` too."""
    return posixpath.splitext(path)[0].removesuffix(".11ty")


def usual_address(path: str) -> str:
    """Where Eleventy puts a text by its path: `posts/a.md` at `/posts/a/`."""
    stem = stem_of(path)
    folder, _, name = stem.rpartition("/")
    # `about/about.md` is `/about/`, and so is `about/index.md`.
    if name == "index" or (folder and name == folder.rpartition("/")[2]):
        return f"/{folder}/" if folder else "/"
    return f"/{stem}/"


def file_slug(path: str) -> str:
    """A text's name without its date, as `page.fileSlug` is; a folder's for its index."""
    stem = stem_of(path)
    folder, _, name = stem.rpartition("/")
    if name == "index":
        name = folder.rpartition("/")[2]
    return re.sub(r"^\d{4}-\d{2}-\d{2}-(?=.)", "", name)
