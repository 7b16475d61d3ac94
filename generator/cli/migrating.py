"""Running `import hugo` and its like: from what was asked to a site, and a report on it."""

import shlex
import sys
from collections.abc import Mapping
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from generator.cli import console
from generator.cli.asked import instant
from generator.cli.failures import exit_codes
from generator.cli.proving import MOST_SHOWN, failure_json, proof_json, proof_of, show_proof
from generator.cli.stopping import PROBLEMS
from generator.importers.evidence import keep_old_urls
from generator.importers.generators import AUTO, open_old_site, recognised
from generator.importers.old_site import ImportAsked
from generator.importers.old_urls import read_old_urls
from generator.importers.remarks import Told
from generator.importers.site_import import SiteImport, import_site
from generator.model.frozen import FrozenMap
from generator.model.problems import HinderedError, Place, Problem, Severity
from generator.model.values import frozen
from generator.read.config import NoSiteError, find_site


@frozen
class MigrationRequest:
    """What `import` was asked for, as typed; `proves` says whether it ends with the proof."""

    generator: str
    sources: tuple[Path, ...]
    site: Path | None
    old_urls: Path | None
    media: Path | None
    dry_run: bool
    proves: bool = True


class NoTargetError(HinderedError):
    """Nobody said where the new site is to be."""


def import_old_site(asked: MigrationRequest, *, as_json: bool) -> None:
    """Import, prove it, and tell what was done; exit code 1 when anything is lost."""
    with exit_codes(as_json=failure_json if as_json else None):
        site = _target(asked)
        name = recognised(asked.sources) if asked.generator == AUTO else asked.generator
        if asked.generator == AUTO and not as_json:
            click.echo(f"This is {name.capitalize()}'s.")
        addresses = read_old_urls(asked.old_urls) if asked.old_urls else ()
        now = instant("", ZoneInfo("UTC"))
        old = open_old_site(name, asked.sources, ImportAsked(asked.media, now))
        roots = (*asked.sources, *([asked.media] if asked.media else []))
        report = import_site(old, site, roots=roots, now=now, dry_run=asked.dry_run)
        if addresses and not asked.dry_run:
            keep_old_urls(site, addresses)
        if not as_json:
            _show(report, dry_run=asked.dry_run)
        is_proven = asked.proves and not asked.dry_run
        proof = proof_of(site, addresses, "", quiet=as_json) if is_proven else None
        if as_json:
            more = {"proof": proof_json(proof)} if proof else {}
            click.echo(console.json_text(**report_json(report), **more, problems=[]))
        else:
            if proof:
                show_proof(proof)
            if not asked.dry_run:
                folder = shlex.quote(console.shown_path(site, site))
                click.echo(f"Next: broadsheet build --site {folder}")
        if report.has_loss or (proof and proof.has_loss):
            sys.exit(PROBLEMS)


def _target(asked: MigrationRequest) -> Path:
    """The folder of the new site."""
    site = asked.site
    if site is None:
        try:
            site = find_site(Path.cwd())
        except NoSiteError:
            hint = "Name a folder for it, which may be new: --site paper"
            raise NoTargetError("there is no site here to import into", hint) from None
    real = site.resolve()
    for source in asked.sources:
        inside = source.resolve()
        if inside == real or (inside.is_dir() and real in inside.parents):
            hint = "Name another folder for the new one: --site paper"
            raise NoTargetError("the old site's folder cannot be the new site's", hint)
    return site


def report_json(report: SiteImport) -> Mapping[str, object]:
    """An import as `--json` prints it."""
    return {
        "generator": report.generator,
        "permalink": report.permalink,
        "texts": _plain(report.texts),
        "files": _plain(report.placed),
        "drafts": _plain(report.drafts),
        "left_out": _plain(report.left_out),
        "extra": _plain(report.extra),
        "edited": report.edited,
        "deleted": report.deleted,
        "remarks": [
            {
                "kind": told.kind,
                "count": told.count,
                "places": told.places,
                "hint": told.hint,
                "loss": told.is_loss,
            }
            for told in report.told
        ],
    }


def _plain(counts: FrozenMap) -> dict[str, object]:
    return dict(counts.items_)


def _show(report: SiteImport, *, dry_run: bool) -> None:
    """Print what was done, and what to look at."""
    texts, placed = _plain(report.texts), _plain(report.placed)
    verb = "Would import" if dry_run else "Imported"
    shown = ", ".join(f"{count:,} {kind}" for kind, count in texts.items())
    click.echo(f"{verb} from {report.generator}: {shown or 'nothing'}.")
    click.echo("  Files: " + ", ".join(f"{count:,} {what}" for what, count in placed.items()))
    click.echo(f"  Addresses: {report.permalink}")
    for title, counts in (
        ("Drafts", report.drafts),
        ("Left out", report.left_out),
        ("Kept under extra", report.extra),
    ):
        if counts:
            listed = [f"{key} ({count:,})" for key, count in counts.items_]
            more = f" and {len(listed) - MOST_SHOWN} more" if len(listed) > MOST_SHOWN else ""
            click.echo(console.visible(f"  {title}: {', '.join(listed[:MOST_SHOWN])}{more}"))
    _show_files("An editor changed these: left as they are", report.edited)
    _show_files("An editor deleted these: not written again", report.deleted)
    console.show_problems([_as_problem(told) for told in report.told])


def _show_files(title: str, files: tuple[str, ...]) -> None:
    if files:
        click.echo(f"  {title}:")
        for file in files[:MOST_SHOWN]:
            click.echo(f"    {console.visible(file)}")
        if len(files) > MOST_SHOWN:
            click.echo(f"    and {len(files) - MOST_SHOWN:,} more (--json lists every one)")


def _as_problem(told: Told) -> Problem:
    """A remark as people read it: how often, and where first."""
    places = "; ".join(told.places[:3])
    count = f" ({told.count:,} times)" if told.count > 1 else ""
    severity = Severity.ERROR if told.is_loss else Severity.WARNING
    return Problem(Place(places), told.kind + count, told.hint, severity)
