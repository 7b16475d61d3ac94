"""Hosts: what the usual hosts of static sites read, and how much of it."""

from collections.abc import Iterable
from enum import StrEnum

from generator.model.values import frozen

MIB = 1024 * 1024


class Host(StrEnum):
    """A host, as `host:` in the configuration names it; ANY where none is named."""

    ANY = "any"
    CLOUDFLARE = "cloudflare"
    NETLIFY = "netlify"
    GITHUB = "github"
    GITLAB = "gitlab"
    CODEBERG = "codeberg"
    VERCEL = "vercel"
    FIREBASE = "firebase"
    S3 = "s3"
    AZURE = "azure"
    GOOGLE = "google"
    NGINX = "nginx"
    CADDY = "caddy"
    APACHE = "apache"
    OTHER = "other"


@frozen
class Limits:
    """What a host takes; 0 where it names no limit. Sizes are in bytes, lines in characters.

    `redirects` are lines of `_redirects`, `patterns` those among them with a `*` or a `:name`,
    `redirects_size` that file's bytes; `header_rules` and `header_line` are of `_headers`.
    """

    name: str
    files: int = 0
    file: int = 0
    redirects: int = 0
    patterns: int = 0
    redirects_size: int = 0
    redirect_line: int = 0
    header_rules: int = 0
    header_line: int = 0


LIMITS = {
    # developers.cloudflare.com/pages/platform/limits, .../configuration/redirects and .../headers:
    # 20,000 files (100,000 on paid plans) of 25 MiB, 2,000 static redirects of 1,000 characters and
    # 100 dynamic ones, 100 header rules, lines of 2,000 characters.
    Host.CLOUDFLARE: Limits(
        "Cloudflare Pages",
        files=20_000,
        file=25 * MIB,
        redirects=2_000,
        patterns=100,
        redirect_line=1_000,
        header_rules=100,
        header_line=2_000,
    ),
    # docs.gitlab.com, "GitLab Pages redirects" and gitlab.com's settings.
    Host.GITLAB: Limits(
        "GitLab Pages",
        files=200_000,
        redirects=1_000,
        redirects_size=64 * 1024,
        redirect_line=1_024,
    ),
    # docs.github.com, "GitHub Pages limits" and "About large files": git refuses 100 MiB.
    Host.GITHUB: Limits("GitHub Pages", file=100 * MIB),
    # vercel.com/docs/limits, "Static file uploads".
    Host.VERCEL: Limits("Vercel", files=15_000, file=100 * MIB),
    # firebase.google.com/docs/hosting/quotas-pricing.
    Host.FIREBASE: Limits("Firebase Hosting", file=2048 * MIB),
    # docs.netlify.com, "Redirects and rewrites": no fixed number; long lists slow every request.
    Host.NETLIFY: Limits("Netlify"),
}
"""The documented limits of hosts, as of 2026."""

USUAL = (Host.CLOUDFLARE, Host.GITLAB, Host.GITHUB)
"""The hosts whose limits count where no host is named."""


def limits_of(hosts: Iterable[Host]) -> tuple[Limits, ...]:
    """The limits that a site must mind: those of its hosts, or of the usual ones."""
    named = [host for host in hosts if host is not Host.ANY] or USUAL
    return tuple(LIMITS[one] for one in named if one in LIMITS)
