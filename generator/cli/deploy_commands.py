"""The commands `deploy`, `rollback` and `publish`: what they take.

As in `main`, the work is imported when a command runs.
"""

from pathlib import Path

import click

from generator.cli.options import FOLDER, json_option, site_option


@click.command()
@click.argument("target", default="")
@site_option
@click.option("--output", type=FOLDER, help="The published folder. Default: public/ in the site.")
@click.option("--dry-run", is_flag=True, help="Only tell what would be brought and deleted.")
@click.option("--list", "lists", is_flag=True, help="List the releases that are within reach.")
@click.option(
    "--repair", is_flag=True, help="Look at every file there; bring what is not as it was."
)
@click.option("--yes", is_flag=True, help="Delete many files, or replace what is not ours.")
@json_option
@click.option("--quiet", "-q", is_flag=True, help="Print problems only.")
def deploy(
    *,
    target: str,
    site: Path | None,
    output: Path | None,
    dry_run: bool,
    lists: bool,
    repair: bool,
    yes: bool,
    as_json: bool,
    quiet: bool,
) -> None:
    """Bring the built site to readers.

    TARGET is a name under deploy: in config.yaml; where there is one only, it may be left out.
    Pictures and styles come first, then the pages that need them; deletions are last. A run
    that fails leaves readers a whole site, and the next one finishes.

    \b
    broadsheet deploy               the only target
    broadsheet deploy live          the one of that name
    broadsheet deploy --dry-run     what would change there
    broadsheet deploy --list        what rollback can bring back
    """
    from generator.cli import deploying  # noqa: PLC0415 - 50 ms

    asked = deploying.DeployRequest(site, target, output, dry_run, yes, repair)
    if lists:
        deploying.list_releases(asked, as_json=as_json)
    else:
        deploying.deploy(asked, as_json=as_json, quiet=quiet)


@click.command()
@click.argument("words", nargs=-1, metavar="[TARGET] [N]")
@site_option
@json_option
@click.option("--quiet", "-q", is_flag=True, help="Print problems only.")
def rollback(*, words: tuple[str, ...], site: Path | None, as_json: bool, quiet: bool) -> None:
    """Show readers an earlier release again.

    That is the one before, or number N.

    \b
    broadsheet rollback          at the only target, to the release before
    broadsheet rollback live 12  to release 12; deploy --list has the numbers
    """
    from generator.cli import deploying  # noqa: PLC0415 - 50 ms

    target, number = deploying.target_and_number(words)
    asked = deploying.DeployRequest(site, target)
    deploying.rollback(asked, number, as_json=as_json, quiet=quiet)


@click.command()
@click.argument("target", default="")
@site_option
@click.option("--watch", is_flag=True, help="Go on: publish at each change, until it is ended.")
@click.option(
    "--healthz",
    type=click.IntRange(1, 65535),
    metavar="PORT",
    help="With --watch: tell at http://127.0.0.1:PORT/healthz how it goes.",
)
@click.option("--json", "as_json", is_flag=True, help="Print a line of JSON for each step.")
@click.option("--quiet", "-q", is_flag=True, help="Print problems only.")
def publish(
    *,
    target: str,
    site: Path | None,
    watch: bool,
    healthz: int | None,
    as_json: bool,
    quiet: bool,
) -> None:
    """Build, check and deploy; stop at the first error.

    With --watch it goes on: at each saved file, and at the second at which an embargo ends, a story
    expires, or the site changes by itself. Where the network fails, it tries again.

    \b
    broadsheet publish                 to the only target
    broadsheet publish live --watch    as a service, under systemd or in a container
    """
    from generator.cli import publishing  # noqa: PLC0415 - 60 ms

    asked = publishing.PublishRequest(site, target, watch, healthz or 0)
    publishing.publish(asked, as_json=as_json, quiet=quiet)
