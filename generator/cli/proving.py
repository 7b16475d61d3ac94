"""Running `parity`: what an imported site has kept of the old one, told to people or as JSON."""

import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

import click

from generator.build import BuildOptions
from generator.cli import console
from generator.cli.asked import config_of, instant
from generator.cli.failures import exit_codes
from generator.cli.progress import progress
from generator.cli.stopping import PROBLEMS
from generator.importers.old_urls import read_old_urls
from generator.importers.proof import Proof
from generator.model.problems import Place, Problem
from generator.parity import prove
from generator.read.config import find_site

MOST_SHOWN = 20


def prove_site(site: Path | None, old_urls: Path | None, now: str, *, as_json: bool) -> None:
    """Prove, and tell; exit code 1 when anything is lost."""
    with exit_codes(as_json=failure_json if as_json else None):
        folder = site or find_site(Path.cwd())
        addresses = read_old_urls(old_urls) if old_urls else ()
        proof = proof_of(folder, addresses, now, quiet=as_json)
        if as_json:
            click.echo(console.json_text(**proof_json(proof)))
        else:
            show_proof(proof)
        if proof.has_loss:
            sys.exit(PROBLEMS)


def proof_of(site: Path, old_urls: Iterable[str], now: str, *, quiet: bool) -> Proof:
    """Prove a site as of an instant as it was typed, or of this one; progress unless `quiet`."""
    options = BuildOptions(site=site, now=instant(now, config_of(site).timezone))
    with progress(quiet=quiet) as tell:
        return prove(options, old_urls, tell)


def failure_json(problems: Iterable[Problem]) -> str:
    """A proof that could not begin, as `--json` prints it."""
    return console.json_text(problems=[console.problem_json(problem) for problem in problems])


def proof_json(proof: Proof) -> Mapping[str, object]:
    """A proof as `--json` prints it."""
    return {
        "lost": proof.has_loss,
        "texts": dict(proof.texts),
        "published": proof.published,
        "not_published": proof.missing,
        "held_back": dict(proof.held),
        "words": {
            "there": proof.words_there,
            "here": proof.words_here,
            "lost": proof.words_lost,
            "added": proof.words_added,
        },
        "pictures": {"there": proof.pictures, "lost": proof.pictures_lost},
        "links": {"there": proof.links, "lost": proof.links_lost},
        "addresses": dict(proof.addresses),
        "lost_addresses": [
            {"address": one.address, "source": one.source, "reason": one.reason}
            for one in proof.addresses_lost
        ],
        "gone": dict(proof.gone),
        "losses": [
            {
                "source": one.source,
                "words": one.words,
                "pictures": one.pictures,
                "links": one.links,
            }
            for one in proof.losses
        ],
        "problems": [console.problem_json(problem) for problem in proof.problems],
    }


def show_proof(proof: Proof) -> None:
    """Print a proof for people: what is kept, then what is not."""
    texts = ", ".join(f"{count:,} {state}" for state, count in proof.texts.items())
    click.echo(f"Texts of the old site: {texts}")
    click.echo(f"  published: {proof.published:,}")
    for reason, count in sorted(proof.held.items(), key=lambda one: -one[1])[:MOST_SHOWN]:
        click.echo(console.visible(f"  held back: {count:,} ({reason})"))
    click.echo(
        f"Words: {proof.words_there:,} there, {proof.words_here:,} here; "
        f"{proof.words_lost:,} lost, {proof.words_added:,} added"
    )
    click.echo(f"Pictures: {proof.pictures:,}; {proof.pictures_lost:,} lost")
    click.echo(f"Links: {proof.links:,}; {proof.links_lost:,} lost")
    kept = ", ".join(f"{count:,} {fate}" for fate, count in proof.addresses.items())
    click.echo(f"Old addresses: {kept or 'none'}")
    problems = [*_losses(proof)]
    console.show_problems(problems[:MOST_SHOWN])
    if len(problems) > MOST_SHOWN:
        click.echo(f"And {len(problems) - MOST_SHOWN:,} more (--json lists every one.)", err=True)
    if not proof.has_loss:
        click.echo("Nothing is lost.")


def _losses(proof: Proof) -> Iterable[Problem]:
    hint = "Run broadsheet build: it tells what is wrong with it."
    yield from (Problem(Place(one), "a public text has no page", hint) for one in proof.missing)
    for lost in proof.addresses_lost:
        message = f"the old address {lost.address} leads nowhere"
        hint = "Write it under aliases, or in redirects.csv."
        if lost.reason:
            message = f"no page can stand at the old address {lost.address}: it {lost.reason}"
            hint = "Lead it on at your host."
        yield Problem(Place(lost.source or lost.address), message, hint)
    for one in proof.losses:
        parts = (("words", one.words), ("pictures", one.pictures), ("links", one.links))
        told = "; ".join(f"{name}: {' '.join(found)}" for name, found in parts if found)
        yield Problem(Place(one.source), f"not found on its page: {told}")
