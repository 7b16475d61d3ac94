"""The guard before a target: what must not be deployed, whatever it is asked for."""

import os
import re
from collections.abc import Iterable
from datetime import UTC
from pathlib import Path
from urllib.parse import urlsplit

from generator.deploy.planning import Plan
from generator.deploy.target import CONFIG, Live, RefusedError
from generator.model.config import Config
from generator.model.problems import SiteError
from generator.model.values import frozen
from generator.publish.folder import all_stand
from generator.publish.manifest import Manifest, folders_of
from generator.publish.store import load_manifest, manifest_path
from generator.read.located_yaml import locate_in_yaml
from generator.stages.facts import facts_at

BUILD = "Run broadsheet build first."
INVENTED = re.compile(
    r"localhost|127\.[0-9.]+|0\.0\.0\.0|\[?::1\]?|(?:.+\.)?example(?:\.[a-z]+)?"
    r"|.+\.(?:localhost|test|invalid|local)"
)
"""Hosts where no reader comes (RFC 2606, RFC 6761)."""
FEW_FILES = 100
USUAL_SHARE = 0.2
"""How much may go where no `max_deletes` is set, from FEW_FILES on."""


@frozen(eq=False)
class Built:
    """A published folder that may be deployed: its files, and the address it was built for."""

    output: Path
    manifest: Manifest
    base_url: str


def guard_built(site: Path, output: Path, config: Config) -> Built:
    """What was built, when it is whole, and meant for readers. Raises RefusedError."""
    stored = manifest_path(site, output.resolve())
    shown = output.name
    manifest = load_manifest(stored) if stored.exists() else None
    if manifest is None or not output.is_dir():
        raise RefusedError("there is nothing to deploy yet", BUILD, shown)
    record = stored.with_name(stored.name.replace("published", "record"))
    facts = facts_at(record, manifest.mark, UTC)
    if manifest.mark and facts is None:
        raise RefusedError("nobody knows how this was built", BUILD, shown)
    if facts and facts.drafts:
        hint = "Run broadsheet build without --drafts first."
        raise RefusedError("it was built with drafts", hint, shown)
    guard_address((facts and facts.base_url) or config.base_url, site)
    if not all_stand(output.resolve(), manifest.sizes()):
        raise RefusedError("files are missing or not as they were built", BUILD, shown)
    return Built(output.resolve(), manifest, (facts and facts.base_url) or config.base_url)


def guard_address(base_url: str, site: Path) -> None:
    """Refuse an address where no reader can come: feeds and sitemaps would name it."""
    host = urlsplit(base_url).hostname or ""
    if INVENTED.fullmatch(host.lower()):
        text = (site / CONFIG).read_text("utf-8", errors="replace")
        span = locate_in_yaml(text, ("base_url",), path=CONFIG)
        hint = "Write the address that readers use, such as https://paper.news/, and build again."
        raise SiteError([span.error(f"nobody can read the site at {host}", hint)])


def guard_links(output: Path, uploads: Iterable[str]) -> None:
    """Refuse a link on the way to a file that is brought: what is behind it may be anybody's."""
    with os.scandir(output) as entries:
        links = sorted(entry.name for entry in entries if entry.is_symlink())
    folders = {folder for path in uploads for folder in folders_of(path)}
    links += [path for path in sorted(folders) if (output / path).is_symlink()]
    if links:
        hint = "Delete it, and build again."
        raise RefusedError(f"there is a link in it: {links[0]}", hint, output.name)


def guard_deletions(plan: Plan, live: Live, most: float | None) -> None:
    """Refuse a plan that deletes more than the share that is allowed; None: the usual one."""
    before = len(live.release.files) if live.release else 0
    if most is None and before < FEW_FILES:
        return
    share = USUAL_SHARE if most is None else most
    if len(plan.gone) > share * before:
        message = f"{len(plan.gone):,} of {before:,} files there would be deleted"
        hint = f"More than {share * 100:g} % is refused. If it is meant, add --yes."
        raise RefusedError(message, hint, CONFIG)


def guard_foreign(live: Live) -> None:
    """Refuse to write into what is not ours: a wrong bucket, somebody else's site."""
    if live.foreign:
        count = f"{live.foreign:,} file{'s' * (live.foreign > 1)}"
        hint = "Name another place, or add --yes: then files of the same names are replaced."
        raise RefusedError(f"there are {count} at the target that Broadsheet did not bring", hint)
