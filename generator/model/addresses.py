"""Addresses: where each page stands, and the links that lead there.

An *address* is a path from the site's root, such as `/tags/kursk/`. A *URL* in a
page is the address below the base path of `base_url`; an absolute URL adds the
origin. An *output path* is a file's place in the output folder.
"""

import posixpath
import re
import unicodedata
from functools import lru_cache
from urllib.parse import quote, unquote, urlsplit

from generator.model.host_names import ascii_host
from generator.model.values import frozen

PAGE = "page"
"""What comes before the number of a listing's older page; no tag or author may be called so."""
TAGS = "/tags/"
AUTHORS = "/authors/"
ABSOLUTE = re.compile(r"(?:[a-zA-Z][a-zA-Z0-9+.-]*:|//)")
"""How what leads to another site, or is no address at all, begins."""
SENT = "%/?:@!$&'()*+,;=~-._#[]"
"""What may stand in a whole URL as it is (RFC 3986, 2.2), beside letters and digits."""
SENDABLE = re.compile(r"(?:[A-Za-z0-9/?:@!$&'()*+,;=~._#\[\]-]|%[0-9A-Fa-f]{2})*+").fullmatch
STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
PAGE_ENDINGS = (".html", ".htm")
FILES = "-files"
"""Ends the name of the folder for the files of a page such as `/story.php`."""
NUMBERED = re.compile(r"(/(?:.+/)?)page/([1-9][0-9]{0,8})/")
UNCHANGED = "/:@!$&'()*+,;=~-._"
"""What may stand in a URL's path as it is (RFC 3986, 3.3), beside letters and digits."""


@frozen
class Base:
    """Where the site lives: `origin` (`https://example.org`) and `path` (`/news`, or nothing).

    Neither the path nor an address is percent-encoded; a URL is.
    """

    origin: str
    path: str

    @classmethod
    @lru_cache(maxsize=16)  # asked for on every page
    def parse(cls, base_url: str) -> "Base":
        """Split a `base_url`; the trailing slash does not matter.

        A host in another script is written in ASCII, as URLs take it (RFC 3490).
        """
        parts = urlsplit(base_url)
        host, colon, port = parts.netloc.lower().partition(":")
        return cls(
            f"{parts.scheme}://{ascii_host(host)}{colon}{port}", unquote(parts.path).rstrip("/")
        )

    def url(self, address: str) -> str:
        """The root-relative URL of an address, percent-encoded.

        Nothing in an address is a query or a fragment: a file may be named `50% #1.jpg`.
        """
        return quote(self.path + address, safe=UNCHANGED)

    def absolute(self, address: str) -> str:
        """The absolute URL of an address."""
        return self.origin + self.url(address)


def web_url(url: str) -> str:
    """A URL that somebody wrote, as it goes out: percent-encoded, its host in ASCII.

    What is encoded already stays so (RFC 3986, 2.4). A host that no ASCII name can be made from
    is encoded as everything else.
    """
    if SENDABLE(url):
        return url
    start, slashes, rest = url.partition("//")
    end = re.search(r"[/?#]|\Z", rest)
    host, rest = (rest[: end.start()], rest[end.start() :]) if end and slashes else ("", rest)
    if not host.isascii():
        try:
            user, at, name = host.rpartition("@")
            name, colon, port = name.partition(":")
            host = f"{user}{at}{ascii_host(name)}{colon}{port}"
        except ValueError:
            pass
    whole = f"{start}{slashes}{host}{rest}" if slashes else url
    return quote(STRAY_PERCENT.sub("%25", whole), safe=SENT, errors="replace")


def output_path(address: str) -> str:
    """The file that answers an address: `/a/` is `a/index.html`, `/a.xml` is `a.xml`."""
    inside = address.lstrip("/")
    return inside + "index.html" if not inside or inside.endswith("/") else inside


def address_of(path: str) -> str:
    """The address that a file answers: of `a/index.html` it is `/a/`, of `a.xml` `/a.xml`."""
    folder, slash, name = path.rpartition("/")
    return f"/{folder}{slash}" if name == "index.html" else f"/{path}"


def default_id(address: str) -> str:
    """The id in feeds of a story that gives itself none: where it was published first."""
    return address.strip("/")


def folder_of(address: str) -> str:
    """The folder that links on a page begin at: of `/a/` it is `/a/`, of `/a/b.html` too."""
    return address[: address.rfind("/") + 1]


def files_folder(address: str) -> str:
    """Where a page's own files are published: of `/a/` right there, of `/a/b.html` in `/a/b/`."""
    if address.endswith("/"):
        return address
    stem, ending = posixpath.splitext(address)
    return f"{stem}/" if ending in PAGE_ENDINGS else f"{address}{FILES}/"


def owners_of(folder: str) -> tuple[str, ...]:
    """The addresses of the pages whose own files a folder may hold."""
    name = folder.rstrip("/")
    other = (name.removesuffix(FILES),) if name.endswith(FILES) else ()
    return (f"{name}/", *(f"{name}{ending}" for ending in PAGE_ENDINGS), *other)


def section_address(slug: str) -> str:
    """Where a section's front stands."""
    return f"/{slug}/"


def tag_address(slug: str) -> str:
    """Where a tag's front stands."""
    return f"{TAGS}{slug}/"


def author_address(slug: str) -> str:
    """Where an author's front stands."""
    return f"{AUTHORS}{slug}/"


def archive_address(year: int = 0, month: int = 0) -> str:
    """Where the archive, one of its years or one of its months stands."""
    if not year:
        return "/archive/"
    return f"/archive/{year:04}/{month:02}/" if month else f"/archive/{year:04}/"


def numbered_address(front: str, number: int) -> str:
    """Where page `number` of a listing stands, counted from the oldest; 0 is its front."""
    return f"{front}{PAGE}/{number}/" if number else front


def numbered(address: str) -> tuple[str, int]:
    """The front of the listing that an address belongs to, and the page's number: 0 for a front."""
    found = NUMBERED.fullmatch(address)
    return (found[1], int(found[2])) if found else (address, 0)


def folded(path: str) -> str:
    """The path as a disk may take it that folds case and composes accents."""
    if path.isascii():
        return path.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())
