"""The content security policy of a previewed page: the site's own, and what the bar needs."""

from generator.serve.bar import EVENTS, SCRIPT

NONE = "'none'"
ONLY_ONLINE = frozenset({"upgrade-insecure-requests", "block-all-mixed-content"})
ALSO = frozenset({"report-uri", "report-to"})


def page_policy(policy: str, host: str, url: str) -> str:
    """The policy with which a page is shown, so that what it forbids is missing here too.

    `host` is the preview's own, as the browser names it, `url` the page's path as it was asked
    for. The bar's script, its stream of events and the page itself, which it fetches anew, are
    allowed by their exact addresses, and nothing else (CSP level 3, 2.3.1).
    Directives that mean nothing on this machine are left out. No policy, no header.
    """
    directives = {
        name.lower(): sources
        for name, *sources in (part.split() for part in policy.split(";") if part.strip())
        if name.lower() not in ONLY_ONLINE | ALSO
    }
    if not directives:
        return ""
    wanted = {"script-src": (SCRIPT,), "script-src-elem": (SCRIPT,), "connect-src": (EVENTS, url)}
    fallback = directives.get("default-src")
    for name, addresses in wanted.items():
        sources = directives.get(name, None if name == "script-src-elem" else fallback)
        if sources is not None:
            kept = [source for source in sources if source.lower() != NONE]
            directives[name] = [*kept, *(f"http://{host}{address}" for address in addresses)]
    return "; ".join(" ".join((name, *sources)) for name, sources in directives.items())
