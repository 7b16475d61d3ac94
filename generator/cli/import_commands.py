"""The commands `import wire`, `import hugo` and so on, and `parity`: what they take.

As in `main`, the work is imported when a command runs.
"""

from pathlib import Path

import click

from generator.cli.options import FOLDER

KINDS = {
    "hugo": "a Hugo project's folder",
    "jekyll": "a Jekyll project's folder",
    "eleventy": "an Eleventy project's folder",
    "pelican": "a Pelican project's folder",
    "nikola": "a Nikola project's folder",
    "wordpress": "a WordPress export: XML files, or a zip of them",
    "ghost": "a Ghost export: a JSON file",
    "auto": "whatever it is: looks, and says what it found",
}
EXPLAINED = """Import {what}.

    Stories, pages, pictures and old addresses become plain Broadsheet files in the site,
    with a config.yaml where there is none. Nothing is fetched or run. Imported again, it
    changes nothing that is the same, and leaves what an editor changed. At the end the site
    is built aside and compared with the old one: the exit status is 1 when something is lost.

    \b
    broadsheet import {name} {source} --site paper
    broadsheet build --site paper
    """


@click.group(name="import")
def import_() -> None:
    """Bring in stories: agency copy, or a whole old site."""


@import_.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@click.option("--site", type=FOLDER, help="The site's folder. Default: the nearest one upwards.")
@click.option("--date", default="", help="The stories' date. Default: each file's own time.")
@click.option("--section", default="", help="The stories' section.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--quiet", "-q", is_flag=True, help="Print problems only.")
def wire(
    *,
    files: tuple[Path, ...],
    site: Path | None,
    date: str,
    section: str,
    as_json: bool,
    quiet: bool,
) -> None:
    """Import plain agency copy: FILES, or folders of them.

    The first line is the headline, blank lines part the paragraphs, a last short line
    of names and commas holds the tags. Nothing is overwritten.

    \b
    broadsheet import wire kursk.txt --section world --date 2024-08-15
    broadsheet import wire incoming/       every .txt in the folder, to the bottom
    """
    from generator.cli import importing  # noqa: PLC0415 - 40 ms

    importing.import_files(files, site, date, section, as_json=as_json, quiet=quiet)


def _command(name: str, what: str) -> click.Command:
    source = "export.xml" if name == "wordpress" else "export.json" if name == "ghost" else "old/"

    def run(
        *,
        sources: tuple[Path, ...],
        site: Path | None,
        old_urls: Path | None,
        media: Path | None,
        dry_run: bool,
        no_proof: bool,
        as_json: bool,
    ) -> None:
        from generator.cli import migrating  # noqa: PLC0415 - 180 ms

        asked = migrating.MigrationRequest(
            name, sources, site, old_urls, media, dry_run, proves=not no_proof
        )
        migrating.import_old_site(asked, as_json=as_json)

    existing = click.Path(path_type=Path, exists=True)
    return click.Command(
        name,
        callback=run,
        help=EXPLAINED.format(what=what, name=name, source=source),
        short_help=f"Import {what}.",
        params=[
            click.Argument(
                ["sources"], metavar="SOURCE...", nargs=-1, required=True, type=existing
            ),
            click.Option(
                ["--site"],
                type=FOLDER,
                help="The site's folder, which may be new. Default: the nearest one upwards.",
            ),
            click.Option(
                ["--old-urls"],
                type=click.Path(path_type=Path, exists=True, dir_okay=False),
                help="Old addresses to prove: a sitemap, an access log, a list.",
            ),
            click.Option(["--media"], type=FOLDER, help="A folder with the export's pictures."),
            click.Option(["--dry-run"], is_flag=True, help="Write nothing; tell what would be."),
            click.Option(["--no-proof"], is_flag=True, help="Leave out the comparison at the end."),
            click.Option(["--json", "as_json"], is_flag=True, help="Print one JSON object."),
        ],
    )


for _name, _what in KINDS.items():
    import_.add_command(_command(_name, _what))


@click.command()
@click.option("--site", type=FOLDER, help="The site's folder. Default: the nearest one upwards.")
@click.option(
    "--old-urls",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="More old addresses: a sitemap, an access log, a list.",
)
@click.option("--now", default="", help="Prove as of this instant, such as 2026-12-24T08:00.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def parity(*, site: Path | None, old_urls: Path | None, now: str, as_json: bool) -> None:
    """Prove what an imported site has kept of the old one.

    Builds the site aside and compares: stories, words, pictures, links, old addresses. Nothing
    is published or changed. The exit status is 1 when something is lost.

    \b
    broadsheet parity --site paper
    broadsheet parity --old-urls sitemap.xml      and these addresses too
    """
    from generator.cli import proving  # noqa: PLC0415 - 140 ms

    proving.prove_site(site, old_urls, now, as_json=as_json)
