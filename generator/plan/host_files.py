"""Host files: what static hosts and crawlers look for at the root of a site."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Self

from generator.model.config import CONFIG_FILE, Config
from generator.model.outputs import Output, TextFile
from generator.model.plan import Slot
from generator.model.policy import Policy
from generator.model.problems import Problem
from generator.plan.change import Change
from generator.plan.frame import asset_address
from generator.plan.host_limits import text_of_file, too_many_headers
from generator.plan.kind import Kind
from generator.plan.own_files import own_text
from generator.plan.sitemaps import INDEX, NEWS
from generator.plan.variants import FOLDER as PICTURES

YEAR = "public, max-age=31536000, immutable"
FIVE_MINUTES = "public, max-age=300"
# An asterisk stands for any characters, slashes too, at every host that reads the file; it comes
# right after a slash and before the name, since `/*/feed.xml` is read in two ways.
CHANGING = ("/*feed.xml", "/*atom.xml", "/*feed.json", "/*sitemap.xml", "/sitemaps/*")
# Cloudflare reads 100 rules, and no more.
MOST_ASSETS = 80
NAMES = ("robots.txt", "_headers", ".nojekyll")
SCRIPTS = (".js", ".mjs")
"""How the names of files end that may run in a page, which its policy must allow."""
RULE = re.compile(r"(?m)^(?=\S)(.*)$")
NAMES_SITEMAP = re.compile(r"(?mi)^[ \t]*+sitemap[ \t]*+:")
HEADER = re.compile(r"(?m)^[ \t]++([A-Za-z0-9-]++)[ \t]*+:")


class HostFiles(Kind):
    """The files for hosts and crawlers that are switched on.

    There is no `robots.txt` for a site below a path (`https://example.org/news/`):
    crawlers only ask for the one at the root of the host, which is not ours.
    """

    has_texts = False

    def slots(self) -> Iterator[Slot | Output]:
        """All of them."""
        on = self.config.outputs
        if on.robots and not self.config.base.path:
            own = own_text("/robots.txt", self.site, self.config)
            if own or not self._is_own("robots.txt"):
                yield Slot("robots.txt", self._robots, (own,), source=CONFIG_FILE)
        if on.headers_file:
            yield Slot("_headers", self._headers, (), source=CONFIG_FILE)
        if on.nojekyll and not self._is_own(".nojekyll"):
            yield Output(".nojekyll", TextFile(""), "", CONFIG_FILE)

    def _robots(self, own: str) -> Output:
        return Output("robots.txt", TextFile(_robots(self.config, own)), "", CONFIG_FILE)

    def _headers(self) -> Output:
        """What hosts are to send with each file; what the site's own rules say comes first."""
        own = own_text("/_headers", self.site, self.config)
        # The names of the theme's files change with their content.
        assets = [asset_address(file) for file in self.plan.theme]
        text = own + _headers(self.config, self.plan.policy, assets, own)
        return Output("_headers", TextFile(text), "", CONFIG_FILE)

    def _is_own(self, path: str) -> bool:
        """Whether the site has a file of its own there, which is published as it is."""
        return f"static/{path}" in self.site.files

    def problems(self, change: Change | None = None) -> tuple[Problem, ...] | None:
        """Where hosts do not read all that is said to them."""
        if change and "static/_headers" not in change.files:
            return None
        return too_many_headers(text_of_file(self.at("/_headers")), self.config)

    def listed(self) -> Iterable[tuple[str, datetime | None]]:
        """None: they are no pages."""
        return ()

    def touched(self, change: Change, before: Self) -> Iterable[str]:  # noqa: ARG002 - as every kind
        """Those of which the site has one of its own, or had; headers also follow from scripts."""
        yield from (f"/{name}" for name in NAMES if f"static/{name}" in change.files)
        if any(path.endswith(SCRIPTS) for path in change.files):
            yield "/_headers"


def sent_policy(config: Config, files: Iterable[str]) -> Policy:
    """What pages are sent with: own scripts may run where there are any among the site's files."""
    if config.has_usual_policy and not any(path.endswith(SCRIPTS) for path in files):
        return config.policy.without("script-src")
    return config.policy


def _robots(config: Config, own: str) -> str:
    """Everything may be read, or what the site's `own` lines say (RFC 9309); the sitemaps are here.

    Own lines that name a sitemap are all that is said (sitemaps.org).
    """
    on = config.outputs
    maps = [address for address, is_on in ((INDEX, on.sitemap), (NEWS, on.news_sitemap)) if is_on]
    rules = own or "User-agent: *\nDisallow:\n"
    if not maps or NAMES_SITEMAP.search(own):
        return rules
    lines = (f"Sitemap: {config.base.absolute(address)}\n" for address in maps)
    return "".join((rules, "\n", *lines))


def _set_everywhere(own: str, config: Config) -> frozenset[str]:
    """The headers that a site's own rules set for all of it, in lower case."""
    parts = RULE.split(own)
    everywhere = {"/*", config.base.url("/*")}
    found = (rest for at, rest in zip(parts[1::2], parts[2::2], strict=True) if at in everywhere)
    return frozenset(name.lower() for rest in found for name in HEADER.findall(rest))


def _headers(config: Config, sent: Policy, assets: Sequence[str], own: str) -> str:
    """Rules in the form that Netlify and Cloudflare share; what the site's `own` set stays theirs.

    A host applies every rule that matches and joins the values of a header named twice,
    so no two rules here say `Cache-Control` of the same file. Pages have none: the hosts'
    own answer for them, "max-age=0, must-revalidate", is the right one.
    """
    policy = "".join(character for character in str(sent) if character.isprintable())
    everywhere = [
        f"Content-Security-Policy: {policy}" if policy else "",
        "X-Content-Type-Options: nosniff",
        "Referrer-Policy: strict-origin-when-cross-origin",
        "Permissions-Policy: camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    ]
    theirs = _set_everywhere(own, config)
    ours = (header for header in everywhere if header.partition(":")[0].lower() not in theirs)
    rules = [("/*", header) for header in ours if header]
    rules += [(asset, f"Cache-Control: {YEAR}") for asset in sorted(assets)[:MOST_ASSETS]]
    rules.append((f"{PICTURES}*", f"Cache-Control: {YEAR}"))  # their names, too
    rules += [(pattern, f"Cache-Control: {FIVE_MINUTES}") for pattern in CHANGING]
    return "\n" * bool(own) + "\n".join(
        f"{config.base.url(pattern)}\n" + "".join(f"  {header}\n" for _, header in rule)
        for pattern, rule in groupby(rules, itemgetter(0))
    )
