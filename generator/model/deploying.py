"""Targets: where a site is deployed to, as `config.yaml` names them."""

import re
from enum import StrEnum
from types import MappingProxyType
from urllib.parse import unquote, urlsplit

from generator.model.hosts import Host
from generator.model.options import option, option_group
from generator.model.values import frozen

SHAPES = (
    "s3://BUCKET/PREFIX, az://CONTAINER/PREFIX, gs://BUCKET/PREFIX, ssh://USER@HOST/FOLDER, "
    "git+URL#BRANCH, netlify:SITE, cloudflare:PROJECT, file:///FOLDER or python:MODULE:FUNCTION"
)
PERCENT = re.compile(r"(100|[0-9]{1,2}(?:\.[0-9]+)?) ?%?")
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
FUNCTION = re.compile(r"(?<![\w.])[A-Za-z_][\w.]*+:[A-Za-z_]\w*+", re.ASCII)
WITH_A_PASSWORD = re.compile(r"://[^/@]*:[^/@]*@")
WITH_A_KEY = re.compile(
    r"[?&](?:[\w-]*(?:key|token|secret|sig|signature|password))=", re.IGNORECASE
)
SECRET = "holds a password or key"  # noqa: S105 - what is said of one
"""What is said of a secret in the configuration, wherever it stands."""


class Means(StrEnum):
    """The ways to a target."""

    FOLDER = "file"
    S3 = "s3"
    AZURE = "az"
    GOOGLE = "gs"
    SSH = "ssh"
    GIT = "git"
    NETLIFY = "netlify"
    CLOUDFLARE = "cloudflare"
    PYTHON = "python"


HOSTS = MappingProxyType(
    {
        Means.S3: Host.S3,
        Means.AZURE: Host.AZURE,
        Means.GOOGLE: Host.GOOGLE,
        Means.SSH: Host.OTHER,
        Means.NETLIFY: Host.NETLIFY,
        Means.CLOUDFLARE: Host.CLOUDFLARE,
    }
)
FORGES = MappingProxyType({"github": Host.GITHUB, "gitlab": Host.GITLAB, "codeberg": Host.CODEBERG})
"""Hosts of git's branches, by what stands in their names."""


@frozen
class Destination:
    """Where a target is.

    `place` is a bucket, a host with its user, a repository, a site, a project or a function;
    `below` the folder or prefix there, without slashes around it, or the branch.
    """

    means: Means
    place: str
    below: str = ""


class DestinationError(ValueError):
    """A text that names no target."""


def destination_of(to: str) -> Destination:
    """Read a target's `to`. Raises DestinationError, whose text never repeats what was written."""
    if WITH_A_PASSWORD.search(to) or WITH_A_KEY.search(to):
        raise DestinationError(SECRET)
    scheme, colon, rest = to.partition(":")
    if not colon or any(not sign.isprintable() or sign.isspace() for sign in to):
        raise DestinationError("names no target")
    if scheme.startswith("git+"):
        return _repository(to.removeprefix("git+"))
    try:
        means = Means(scheme)
    except ValueError:
        raise DestinationError(f'names an unknown kind of target: "{scheme}"') from None
    if means in (Means.NETLIFY, Means.CLOUDFLARE):
        return Destination(means, _sound(rest, NAME, "the name of a site or project"))
    if means is Means.PYTHON:
        return Destination(means, _sound(rest, FUNCTION, "MODULE:FUNCTION"))
    return _address(means, to)


def _sound(text: str, shape: re.Pattern[str], what: str) -> str:
    if not shape.fullmatch(text):
        raise DestinationError(f"lacks {what}")
    return text


def _address(means: Means, to: str) -> Destination:
    """Read `s3://bucket/prefix`, `ssh://user@host/folder` and their kind."""
    try:
        parts = urlsplit(to)
        has_port = parts.port is not None
    except ValueError:
        raise DestinationError("names no target") from None
    below = unquote(parts.path).strip("/")
    if parts.query or parts.fragment or {"..", "."} & set(below.split("/")):
        raise DestinationError("names no target")
    if means is Means.FOLDER:
        if parts.netloc or not below:
            raise DestinationError("names no folder: write it whole, with three slashes")
        return Destination(means, "", below)
    if not parts.hostname or parts.netloc.startswith("-") or (has_port and means is not Means.SSH):
        raise DestinationError("lacks the name of a host or bucket")
    if "@" in parts.netloc and means is not Means.SSH:
        raise DestinationError(SECRET)
    if means is Means.SSH and not below:
        raise DestinationError("lacks the folder on the server")
    return Destination(means, parts.netloc, below)


def _repository(url: str) -> Destination:
    repository, _, branch = url.partition("#")
    parts = urlsplit(repository)
    if parts.scheme not in ("https", "http", "ssh", "file") or repository.startswith("-"):
        raise DestinationError("lacks the address of a repository")
    if "@" in parts.netloc and parts.scheme in ("https", "http"):
        raise DestinationError(SECRET)
    if not branch or branch.startswith(("-", "/")) or ".." in branch or branch.endswith("/"):
        raise DestinationError("lacks the branch: write it after a #")
    return Destination(Means.GIT, repository, branch)


def host_of(to: str) -> Host:
    """The host that a target's `to` leads to; ANY where nobody can tell."""
    try:
        destination = destination_of(to)
    except DestinationError:
        return Host.ANY
    if destination.means is Means.GIT:
        name = urlsplit(destination.place).hostname or ""
        return next((host for part, host in FORGES.items() if part in name), Host.ANY)
    return HOSTS.get(destination.means, Host.ANY)


def target_fault(to: str) -> str:
    """What is wrong with a target's `to`, or nothing."""
    try:
        destination_of(to)
    except DestinationError as error:
        return str(error)
    return ""


def percent_fault(text: str) -> str:
    """What is wrong with a share in percent, or nothing."""
    return "" if not text or PERCENT.fullmatch(text.strip()) else "not a share in percent"


def cdn_fault(text: str) -> str:
    """What is wrong with the name of a CDN, or nothing."""
    kind, colon, name = text.partition(":")
    is_known = kind in ("cloudfront", "cloudflare") and colon and NAME.fullmatch(name)
    return "" if not text or is_known else "names no CDN that is known here"


@option_group
class TargetOptions:
    """One place that the site is deployed to."""

    name: str = option("", "What the target is called.")
    to: str = option(
        "",
        "Where: an address such as `s3://paper/news`.",
        required=True,
        check=target_fault,
        hint=f"Write {SHAPES}. Secrets stand in the environment alone.",
    )
    cdn: str = option(
        "",
        "The CDN to purge of what changed: `cloudfront:ID` or `cloudflare:ZONE`.",
        check=cdn_fault,
        hint="Write cloudfront:DISTRIBUTION or cloudflare:ZONE.",
    )
    max_deletes: str = option(
        "",
        "The largest share of the files there that one deploy may delete: `5%`. Default: a fifth, "
        "once there are a hundred.",
        check=percent_fault,
        hint='Write a share such as "5%".',
    )
    keep: int = option(5, "How many earlier releases `rollback` can go back to.")
    compress: bool = option(
        default=False, doc="Store texts compressed (gzip), in buckets without a CDN that does it."
    )
    compare: int = option(0, "How many changed pages are asked for afterwards, and compared.")
    indexnow: str = option("", "Your IndexNow key: search engines are told what changed.")
    websub: str = option("", "Your WebSub hub, which is told of changed feeds: a URL.")

    @property
    def has_afterwards(self) -> bool:
        """Whether anything is to be done once the site is live."""
        return bool(self.cdn or self.compare or self.indexnow or self.websub)

    @property
    def most_deleted(self) -> float | None:
        """The largest share that may go, from 0 to 1; None where nothing is written."""
        text = self.max_deletes.strip().rstrip("% ")
        return float(text) / 100 if text else None
