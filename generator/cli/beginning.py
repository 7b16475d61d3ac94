"""Running `init` and `new`: what begins something."""

import shlex
from pathlib import Path

import click

from generator.cli import console
from generator.cli.asked import config_of, instant
from generator.cli.failures import exit_codes
from generator.cli.filing import section_of
from generator.model.hosts import Host
from generator.read.config import NAME, find_site
from generator.scaffold import (
    STARTER_TITLE,
    Kind,
    add_workflow,
    copy_theme_file,
    init_site,
    new_entry,
)


def init_folder(folder: Path | None, title: str, ci: str) -> None:
    """Make a new site, or add to one what has a host publish it, and tell how to go on."""
    with exit_codes():
        if folder is None and not ci:
            raise click.UsageError("Name a folder, such as: broadsheet init mysite")
        site = folder or find_site(Path.cwd())
        host = Host(ci) if ci else Host.ANY
        if ci and (site / NAME).is_file():
            _add_workflow(host, site)
            return
        paths = init_site(site, title=title or STARTER_TITLE, host=host)
        click.echo(f"Made a site of {len(paths)} files in {console.visible(str(site))}.")
        click.echo(f"Next: broadsheet build --site {shlex.quote(str(site))}")


def _add_workflow(host: Host, site: Path) -> None:
    config = config_of(site)
    for path in add_workflow(host, site, config.title):
        click.echo(console.shown_path(site / path, site))
    if config.host is not host:
        click.echo(f"Next: put host: {host} into config.yaml.", err=True)
    told = "The comment at the top of the first says what to set up at the host."
    click.echo(f"Then commit these files. {told}", err=True)


def new_file(kind: str, title: str, site: Path | None, section: str, picture: Path | None) -> None:
    """Begin a file, and print its path alone, for scripts and editors."""
    with exit_codes():
        if section and kind != Kind.ARTICLE:
            raise click.BadParameter("only an article has a section.", param_hint="--section")
        if picture and kind != Kind.ARTICLE:
            raise click.BadParameter("only an article takes one.", param_hint="--picture")
        folder = site or find_site(Path.cwd())
        config = config_of(folder)
        path = new_entry(
            Kind(kind),
            title,
            site=folder,
            now=instant("", config.timezone),
            zone=config.timezone,
            section=section_of(section, folder, config),
            language=config.language,
            picture=picture,
        )
        click.echo(console.shown_path(folder / path, folder))


def copy_of_theme(name: str, site: Path | None) -> None:
    """Hand out a file of the theme to be changed, and print its path alone."""
    with exit_codes():
        folder = site or find_site(Path.cwd())
        click.echo(console.shown_path(folder / copy_theme_file(name, folder), folder))
