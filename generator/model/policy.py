"""Content security policies: what a page with one may show and run (CSP level 3, W3C)."""

import re
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import urlsplit

from generator.model.addresses import web_url
from generator.model.values import frozen

SELF, NONE, INLINE = "'self'", "'none'", "'unsafe-inline'"
# What takes the place of a directive that is not there (6.8.3).
FALLBACKS = {
    "frame-src": ("child-src", "default-src"),
    "script-src": ("default-src",),
    "style-src": ("default-src",),
    "object-src": ("default-src",),
    "img-src": ("default-src",),
    "media-src": ("default-src",),
    "manifest-src": ("default-src",),
    "form-action": (),
}
_UNSEEN = re.compile(r"[\s\x00-\x1f\x7f]+")


@frozen
class Policy:
    """The directives of a policy, each with its sources; one without any allows everything."""

    directives: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @classmethod
    @lru_cache(maxsize=16)  # asked for with every text
    def parse(cls, text: str) -> "Policy":
        """Read a policy as the header has it; of a directive named twice the first counts."""
        found: dict[str, tuple[str, ...]] = {}
        for part in text.split(";"):
            name, *sources = _UNSEEN.sub(" ", part).split() or [""]
            if name:
                found.setdefault(name.lower(), tuple(map(_in_ascii, sources)))
        return cls(tuple(found.items()))

    def __str__(self) -> str:
        """The policy as a header has it."""
        return "; ".join(" ".join((name, *sources)) for name, sources in self.directives)

    def sources(self, directive: str) -> tuple[str, ...] | None:
        """The sources that count for a directive; none where nothing limits it."""
        known = dict(self.directives)
        for name in (directive, *FALLBACKS[directive]):
            if name in known:
                return known[name]
        return None

    def with_sources(self, directive: str, added: Iterable[str]) -> "Policy":
        """The policy with further sources for a directive, which it gets where it has none."""
        if not self.directives:
            return self
        before = [source for source in self.sources(directive) or () if source.lower() != NONE]
        sources = tuple(dict.fromkeys((*before, *added)))
        return Policy(tuple({**dict(self.directives), directive: sources}.items()))

    def without(self, directive: str) -> "Policy":
        """The policy without a directive of its own: what takes its place counts."""
        return Policy(tuple(each for each in self.directives if each[0] != directive))

    def allows(self, directive: str, url: str, origin: str) -> bool:
        """Whether a page at `origin` may load a URL, which may be relative to that page."""
        sources = self.sources(directive)
        sent = web_url(url.strip())
        return sources is None or any(_matches(source, sent, origin) for source in sources)

    def allows_inline(self, directive: str) -> bool:
        """Whether scripts or styles may stand in the page itself."""
        sources = self.sources(directive)
        return sources is None or INLINE in map(str.lower, sources)


def _in_ascii(source: str) -> str:
    """A source as a header may have it, the host in ASCII: `https://новини.укр`, `*.новини.укр`."""
    has_scheme = "//" in source
    sent = web_url(source if has_scheme else "//" + source)
    return sent if has_scheme else sent.removeprefix("//")


def _matches(source: str, url: str, origin: str) -> bool:
    """Whether a source expression fits a URL (6.7.2.8); ports and paths as they are written."""
    try:
        here, there = urlsplit(origin), urlsplit(url)
        host = (there.hostname or "") if there.netloc else (here.hostname or "")
    except ValueError:
        return False
    scheme = there.scheme.lower() or here.scheme
    is_here = scheme == here.scheme and host == (here.hostname or "")
    if there.scheme and not there.netloc:  # data:, blob: and their like
        return source.lower() == f"{scheme}:"
    wanted = source.lower()
    if wanted == SELF:
        return is_here
    if wanted in ("*", f"{scheme}:") or (wanted, scheme) == ("http:", "https"):
        return True
    return not wanted.startswith("'") and _fits_host(wanted, scheme, host, there.path)


def _fits_host(wanted: str, scheme: str, host: str, path: str) -> bool:
    given, separator, rest = wanted.rpartition("://")
    if separator and given != scheme and (given, scheme) != ("http", "https"):
        return False
    name, slash, place = rest.partition("/")
    name = name.partition(":")[0]
    fits = host.endswith(name[1:]) if name.startswith("*.") else host == name
    return fits and (not slash or not place or path.startswith(f"/{place}"))
