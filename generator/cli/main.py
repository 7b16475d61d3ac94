"""The `broadsheet` command: what it takes. What a command does is in a module of its own.

`--help` answers at once because nearly nothing but Click is imported here: each command imports
its work when it runs.
"""

from pathlib import Path

import click

from generator.cli.deploy_commands import deploy, publish, rollback
from generator.cli.import_commands import import_, parity
from generator.cli.options import FOLDER, json_option, site_option
from generator.cli.stopping import Stoppable
from generator.stages.collector import spare_collector

SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


@click.group(
    cls=Stoppable,
    context_settings=SETTINGS,
    epilog="Begin with: broadsheet init mysite && broadsheet build --site mysite",
)
@click.version_option(package_name="broadsheet", prog_name="broadsheet")
def main() -> None:
    """Turn a folder of article text files into a complete news site."""


@main.command()
@site_option
@click.option("--output", type=FOLDER, help="Where to publish. Default: public/ in the site.")
@click.option("--base-url", default="", help="Where the site will live, instead of base_url.")
@click.option("--now", default="", help="Build as of this instant, such as 2026-12-24T08:00.")
@click.option("--drafts", is_flag=True, help="Publish drafts too. Not for a public site.")
@click.option(
    "--workers", type=click.IntRange(0, 64), help="Processes. Default: as many as pay; 0: none."
)
@click.option("--clean", is_flag=True, help="Write every file anew, even unchanged ones.")
@click.option("--keep-going", is_flag=True, help="Leave out broken texts and publish the rest.")
@click.option("--verify", is_flag=True, help="Then build cleanly aside, and compare every byte.")
@click.option("--allow-shrink", is_flag=True, help="Publish even if many pages have gone.")
@click.option("--allow-lost", is_flag=True, help="Let published addresses die.")
@click.option(
    "--wait",
    type=click.FloatRange(0),
    default=60.0,
    show_default=True,
    help="Seconds to wait for another build of the site.",
)
@click.option("--executor", default="", help="Render elsewhere: dask://HOST:PORT.")
@json_option
@click.option("--quiet", "-q", is_flag=True, help="Print problems only.")
def build(
    *,
    site: Path | None,
    output: Path | None,
    base_url: str,
    now: str,
    drafts: bool,
    workers: int | None,
    clean: bool,
    keep_going: bool,
    verify: bool,
    allow_shrink: bool,
    allow_lost: bool,
    wait: float,
    executor: str,
    as_json: bool,
    quiet: bool,
) -> None:
    """Build the site and publish it into public/.

    Reads content/, layouts/ and static/, and changes the published folder only when
    there is no error. Every problem is listed with its file, line and remedy.

    \b
    broadsheet build                              the site round this folder
    broadsheet build --base-url https://x.org/a/  for another address
    broadsheet build --now 2026-12-24T08:00       as it will be at that instant
    """
    spare_collector(is_new=True)  # before its work is imported: that makes thousands of things
    from generator.cli import building  # noqa: PLC0415 - 50 ms

    asked = building.BuildRequest(
        site=site,
        output=output,
        base_url=base_url,
        now=now,
        drafts=drafts,
        workers=workers,
        clean=clean,
        keep_going=keep_going,
        verify=verify,
        executor=executor,
        wait=wait,
        allow_shrink=allow_shrink,
        allow_lost=allow_lost,
    )
    building.build_site(asked, as_json=as_json, quiet=quiet)


@main.command()
@click.argument("page", metavar="URL")
@site_option
@click.option("--output", type=FOLDER, help="The published folder. Default: public/ in the site.")
@click.option("--base-url", default="", help="The address it was built for, instead of base_url.")
@click.option("--now", default="", help="Ask as of this instant, such as 2026-12-24T08:00.")
@click.option("--drafts", is_flag=True, help="Ask as of a build with drafts.")
@json_option
def why(
    *,
    page: str,
    site: Path | None,
    output: Path | None,
    base_url: str,
    now: str,
    drafts: bool,
    as_json: bool,
) -> None:
    """Tell what a page is made of, and why it was last made anew.

    URL is a page's address, a file in the published folder, or a text file. Nothing is
    written.

    \b
    broadsheet why /tags/kursk/
    broadsheet why content/articles/2024/kursk.md
    """
    from generator.cli import explaining  # noqa: PLC0415 - 140 ms

    asked = explaining.WhyRequest(page, site, output, base_url, now, drafts)
    explaining.explain_page(asked, as_json=as_json)


@main.command(name="list")
@click.argument("what", type=click.Choice(["scheduled", "expiring", "drafts", "stories"]))
@site_option
@click.option("--now", default="", help="List as of this instant, such as 2026-12-24T08:00.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON list.")
def list_(*, what: str, site: Path | None, now: str, as_json: bool) -> None:
    """List stories: when, what, where, whose.

    scheduled: those that come, the soonest first. expiring: those that go. drafts: texts that
    wait for a last word. stories: all that readers see, the newest first. Nothing is written.

    \b
    broadsheet list scheduled
    broadsheet list stories --json
    """
    from generator.cli import listing  # noqa: PLC0415 - 130 ms

    listing.list_texts(what, site, now, as_json=as_json)


@main.command()
@site_option
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="Where to listen; 0: any free port.",
)
@click.option("--open", "opens", is_flag=True, help="Open the browser.")
@click.option("--no-drafts", is_flag=True, help="Show only what readers would see.")
@click.option("--now", default="", help="Show the site as of this instant: 2026-12-24T08:00.")
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="Who may look; 0.0.0.0: other devices too.",
)
@click.option(
    "--address",
    default="",
    help="Where it is seen through a tunnel, proxy or port map: https://8000-paper.example/.",
)
@click.option("--quiet", "-q", is_flag=True, help="Print the address and problems only.")
def serve(
    *,
    site: Path | None,
    port: int,
    opens: bool,
    no_drafts: bool,
    now: str,
    host: str,
    address: str,
    quiet: bool,
) -> None:
    """Preview the site: save a file, and the browser shows it.

    Drafts, embargoed and expired stories are shown, and marked. Nothing is published.

    \b
    broadsheet serve --open             and look at http://127.0.0.1:8000/
    broadsheet serve --no-drafts        as readers would see it
    broadsheet serve --host 0.0.0.0     for a phone in the same network
    """
    from generator.cli import serving  # noqa: PLC0415 - 150 ms

    asked = serving.ServeRequest(site, host, port, now, not no_drafts, opens, address)
    serving.serve_site(asked, quiet=quiet)


@main.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option("--title", default="", help="The paper's name.")
@click.option(
    "--ci",
    type=click.Choice(["github", "gitlab", "netlify", "cloudflare"]),
    help="Write what has this host build and publish the site.",
)
def init(*, folder: Path | None, title: str, ci: str | None) -> None:
    """Make a new site in FOLDER that builds at once.

    It has three stories, an author, a tag and a page to write over, and a config.yaml that explains
    the options. FOLDER must be new or empty; with --ci it may be a site, to which those files are
    added. Without FOLDER, --ci means the site that you are in.

    \b
    broadsheet init mysite --title "The Harbour Gazette"
    broadsheet init mysite --ci github
    broadsheet build --site mysite
    """
    from generator.cli import beginning  # noqa: PLC0415 - 40 ms

    beginning.init_folder(folder, title, ci or "")


@main.command()
@click.argument("kind", type=click.Choice(["article", "page", "tag", "section", "author"]))
@click.argument("title")
@site_option
@click.option("--section", default="", help="The article's section.")
@click.option(
    "--picture",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Put this picture beside the article, with the caption and credit in its file.",
)
def new(*, kind: str, title: str, site: Path | None, section: str, picture: Path | None) -> None:
    """Begin a new file with front matter, and print its path.

    \b
    broadsheet new article "Ferry to run again" --section harbour
    broadsheet new author "Mara Quill"
    """
    from generator.cli import beginning  # noqa: PLC0415 - 40 ms

    beginning.new_file(kind, title, site, section, picture)


@main.command()
@site_option
@click.option("--output", type=FOLDER, help="The published folder. Default: public/ in the site.")
@click.option("--base-url", default="", help="The address it was built for, instead of base_url.")
@click.option("--external", is_flag=True, help="Ask other sites whether links to them work.")
@click.option("--timeout", default=10.0, show_default=True, help="Seconds to wait for a site.")
@click.option(
    "--since",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Look at what differs from the check that wrote FILE, and write it anew.",
)
@json_option
@click.option("--quiet", "-q", is_flag=True, help="Print problems only.")
def check(
    *,
    site: Path | None,
    output: Path | None,
    base_url: str,
    external: bool,
    timeout: float,
    since: Path | None,
    as_json: bool,
    quiet: bool,
) -> None:
    """Check the published site: links, pictures, markup, feeds.

    Looks at the folder that build has published, and changes nothing in it. The exit
    status is 1 when something is broken for readers.

    \b
    broadsheet check                       public/ of the site round this folder
    broadsheet check --external            and links to other sites
    broadsheet check --output /srv/paper   another folder
    broadsheet check --since checked.json  what has changed since the check before
    """
    from generator.cli import checking  # noqa: PLC0415 - 60 ms

    asked = checking.CheckRequest(site, output, base_url, external, timeout, since)
    checking.check_output(asked, as_json=as_json, quiet=quiet)


@main.group()
def theme() -> None:
    """Work with the built-in theme."""


@theme.command()
@click.argument("file")
@site_option
def copy(*, file: str, site: Path | None) -> None:
    """Copy a FILE of the theme into layouts/, to change it.

    Prints its path. A file that is there already is not touched.

    \b
    broadsheet theme copy article.html
    broadsheet theme copy parts/cards.html
    """
    from generator.cli import beginning  # noqa: PLC0415 - 40 ms

    beginning.copy_of_theme(file, site)


@main.command()
@click.argument(
    "files",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, dir_okay=False, allow_dash=True),
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON list.")
def render(*, files: tuple[str, ...], as_json: bool) -> None:
    """Print the HTML of each text's body, as its page has it.

    FILES are texts in Markdown, with or without front matter; - reads standard input. No site
    is needed around them; in a site its configuration counts, and links lead where they do on
    the page. With --json: a list of path, html and problems. Nothing is written.

    \b
    broadsheet render content/articles/2026/ferry.md
    broadsheet render --json letter.md notes.md
    echo "It *sails*." | broadsheet render -
    """
    from generator.cli import rendering  # noqa: PLC0415 - 140 ms

    rendering.render_files(files, as_json=as_json)


for further in (deploy, import_, parity, publish, rollback):
    main.add_command(further)
