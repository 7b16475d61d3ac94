"""Host files: what static hosts and crawlers look for at the root of a site."""

from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter

from generator.model.config import CONFIG_FILE, Config
from generator.model.outputs import Output, TextFile
from generator.model.redirects import Redirect
from generator.plan.sitemaps import INDEX, NEWS

YEAR = "public, max-age=31536000, immutable"
FIVE_MINUTES = "public, max-age=300"
# An asterisk stands for any characters, slashes too, at every host that reads the file; it comes
# right after a slash and before the name, since `/*/feed.xml` is read in two ways.
CHANGING = ("/*feed.xml", "/*atom.xml", "/*feed.json", "/*sitemap.xml", "/sitemaps/*")
# Cloudflare reads 100 rules, and no more.
MOST_ASSETS = 80


def plan_host_files(
    config: Config, redirects: Sequence[Redirect], assets: Sequence[str]
) -> tuple[Output, ...]:
    """The files that are switched on.

    `assets` are the addresses of the theme's files, whose names change with their
    content. There is no `robots.txt` for a site below a path (`https://example.org/news/`):
    crawlers only ask for the one at the root of the host, which is not ours. Nor is there a
    `_redirects` without redirects.
    """
    on = config.outputs
    files = {
        "robots.txt": _robots(config) if on.robots and not config.base.path else "",
        "_redirects": _redirects(config, redirects) if on.redirects_file else "",
        "_headers": _headers(config, assets) if on.headers_file else "",
    }
    outputs = [
        Output(path, TextFile(text), "", CONFIG_FILE) for path, text in files.items() if text
    ]
    if on.nojekyll:
        outputs.append(Output(".nojekyll", TextFile(""), "", CONFIG_FILE))
    return tuple(outputs)


def _robots(config: Config) -> str:
    """Everything may be read; the sitemaps are here (RFC 9309, sitemaps.org)."""
    on = config.outputs
    maps = [address for address, is_on in ((INDEX, on.sitemap), (NEWS, on.news_sitemap)) if is_on]
    lines = ["User-agent: *", "Disallow:"]
    if maps:
        lines += ["", *(f"Sitemap: {config.base.absolute(address)}" for address in maps)]
    return "\n".join(lines) + "\n"


def _redirects(config: Config, redirects: Sequence[Redirect]) -> str:
    """One line for each redirect: the old URL, the new URL, and that it is for good.

    Some hosts take an address without its last slash for another one. A redirect page
    answers there; without such pages, a line of its own does.
    """
    lines = []
    for redirect in redirects:
        old, new = config.base.url(redirect.from_address), config.base.url(redirect.to_address)
        lines.append(f"{old} {new} 301\n")
        if old.endswith("/") and not config.outputs.redirect_pages:
            lines.append(f"{old.rstrip('/')} {new} 301\n")
    return "".join(lines)


def _headers(config: Config, assets: Sequence[str]) -> str:
    """Rules in the form that Netlify and Cloudflare share.

    A host applies every rule that matches and joins the values of a header named twice,
    so no two rules here say `Cache-Control` of the same file. Pages have none: the hosts'
    own answer for them, "max-age=0, must-revalidate", is the right one.
    """
    words = " ".join(config.content_security_policy.split())
    policy = "".join(character for character in words if character.isprintable())
    everywhere = [
        f"Content-Security-Policy: {policy}" if policy else "",
        "X-Content-Type-Options: nosniff",
        "Referrer-Policy: strict-origin-when-cross-origin",
        "Permissions-Policy: camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    ]
    rules = [("/*", header) for header in everywhere if header]
    rules += [(asset, f"Cache-Control: {YEAR}") for asset in sorted(assets)[:MOST_ASSETS]]
    rules += [(pattern, f"Cache-Control: {FIVE_MINUTES}") for pattern in CHANGING]
    return "\n".join(
        f"{config.base.url(pattern)}\n" + "".join(f"  {header}\n" for _, header in rule)
        for pattern, rule in groupby(rules, itemgetter(0))
    )
