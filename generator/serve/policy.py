"""Content security policies: the site's own for its pages, the strictest for files."""

from generator.serve.safety import CALM, STRICTEST

PDF = "application/pdf"
NONE, SELF = "'none'", "'self'"
CHOSEN = ("'nonce-", "'sha256-", "'sha384-", "'sha512-", "'strict-dynamic'")
"""What makes browsers pass over 'unsafe-inline'."""
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


def page_policy(policy: str, nonce: str) -> str:
    """The policy with which a page is shown, so that what it forbids is missing here too.

    The bar's script is allowed by its `nonce` alone, whatever the address is at which the browser
    sees us: a proxy may have given it another one. What the bar asks for, the page itself among it,
    is allowed as what comes from here; a policy cannot tell it more closely without knowing that
    address. Where scripts within the page may run, they still do: a nonce would forbid them, so
    the bar is allowed as a script from here (CSP level 3, 6.7.3.2).
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
    fallback = directives.get("default-src")
    for name in ("script-src", "script-src-elem", "connect-src"):
        sources = directives.get(name, None if name == "script-src-elem" else fallback)
        if sources is not None:
            kept = [source for source in sources if source.lower() != NONE]
            more = SELF if name == "connect-src" or _runs_inline(kept) else f"'nonce-{nonce}'"
            directives[name] = [*kept, *([more] if more not in kept else [])]
    return "; ".join(" ".join((name, *sources)) for name, sources in directives.items())


def _runs_inline(sources: list[str]) -> bool:
    """Whether scripts within a page may run, which a nonce or a digest would forbid."""
    lower = [source.lower() for source in sources]
    return "'unsafe-inline'" in lower and not any(source.startswith(CHOSEN) for source in lower)
