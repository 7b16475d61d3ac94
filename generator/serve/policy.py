"""Content security policies: the site's own for its pages, the strictest for files."""

from generator.serve.bar import EVENTS, SCRIPT
from generator.serve.safety import CALM, STRICTEST

PDF = "application/pdf"
NONE = "'none'"
FRAMED = "frame-ancestors 'self'"
NOTICE = (
    f"default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; {FRAMED}"
)
"""For a page of our own."""
ONLY_ONLINE = frozenset({"upgrade-insecure-requests", "block-all-mixed-content"})
ALSO = frozenset({"report-uri", "report-to"})


def file_policy(media_type: str) -> str:
    """The policy of what is no page of the site, and opened on its own must not run as one.

    Browsers show no PDF in a sandbox, and none runs anything of ours.
    """
    return CALM if media_type == PDF else STRICTEST


def page_policy(policy: str, host: str, url: str) -> str:
    """The policy with which a page is shown, so that what it forbids is missing here too.

    `host` is the preview's own, as the browser names it, `url` the page's path as it was asked
    for. The bar's script, its stream of events and the page itself, which it fetches anew, are
    allowed by their exact addresses, and nothing else (CSP level 3, 2.3.1).
    Directives that mean nothing on this machine are left out. Where the site has no policy, the
    page may do as it likes; only no other site may frame it.
    """
    directives = {
        name.lower(): sources
        for name, *sources in (part.split() for part in policy.split(";") if part.strip())
        if name.lower() not in ONLY_ONLINE | ALSO
    }
    if not directives:
        return FRAMED
    wanted = {"script-src": (SCRIPT,), "script-src-elem": (SCRIPT,), "connect-src": (EVENTS, url)}
    fallback = directives.get("default-src")
    for name, addresses in wanted.items():
        sources = directives.get(name, None if name == "script-src-elem" else fallback)
        if sources is not None:
            kept = [source for source in sources if source.lower() != NONE]
            directives[name] = [*kept, *(f"http://{host}{address}" for address in addresses)]
    return "; ".join(" ".join((name, *sources)) for name, sources in directives.items())
