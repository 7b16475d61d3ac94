"""Running the preview: from what was asked to the server, and its news to words."""

import sys
import time
import webbrowser
from pathlib import Path

import click

from generator.cli import console
from generator.cli.asked import instant_of
from generator.cli.failures import exit_codes
from generator.cli.progress import progress
from generator.cli.stopping import USAGE
from generator.live.site import LiveOptions, LiveSite
from generator.model.problems import Problem
from generator.model.values import frozen
from generator.read.config import find_site, read_config
from generator.serve.addresses import LOOPBACK, PortInUseError, address_fault
from generator.serve.main_loop import Refreshed
from generator.serve.server import Listener, ServeOptions, serve
from generator.stages.collector import spare_collector

MOST_TOLD = 3


@frozen
class ServeRequest:
    """What `serve` was asked for, as typed."""

    site: Path | None
    host: str
    port: int
    now: str
    drafts: bool
    opens: bool
    address: str = ""


def serve_site(asked: ServeRequest, *, quiet: bool) -> None:
    """Preview a site until Ctrl-C."""
    with exit_codes():
        site = asked.site or find_site(Path.cwd())
        config, _ = read_config(site)
        now = instant_of(asked.now, config.timezone, "--now") if asked.now else None
        if asked.address and (fault := address_fault(asked.address)):
            hint = "Write it whole, such as https://8000-paper.example/."
            raise click.BadParameter(f"{fault}. {hint}", param_hint="--address")
        live = LiveOptions(held=asked.drafts, now=now)
        spare_collector()
        teller = _Teller(opens=asked.opens, quiet=quiet, is_through=bool(asked.address))
        options = ServeOptions(site, live, asked.host, asked.port, asked.address)
        try:
            with progress(quiet=quiet) as tell:
                serve(options, Listener(_wording, teller.started, teller.changed, tell))
        except PortInUseError as error:
            _tell_port(error)


def _wording(problem: Problem) -> str:
    """A problem as the terminal shows it, without colours."""
    return click.unstyle(console.problem_text(problem))


def _tell_port(error: PortInUseError) -> None:
    hint = f"Try: broadsheet serve --port {error.free}" if error.free else "Choose another --port."
    click.echo(f"{click.style('broadsheet:', bold=True)} port {error.port} is in use.", err=True)
    click.echo(hint, err=True)
    sys.exit(USAGE)


class _Teller:
    """Tells people in the terminal what the preview does."""

    def __init__(self, *, opens: bool, quiet: bool, is_through: bool) -> None:
        self._opens, self._quiet, self._is_through = opens, quiet, is_through
        self._started = time.perf_counter()
        self._told: tuple[Problem, ...] = ()
        self._fault = ""

    def started(self, urls: tuple[str, ...], site: LiveSite) -> None:
        """Say where to look: the first address is for whoever is furthest away."""
        url, *more = urls
        if "?token=" in url:
            is_here = url.startswith((f"http://{LOOPBACK}", "http://localhost", "http://[::1]"))
            where = "on this machine" if is_here else "in this network"
            where = "anywhere" if self._is_through else where
            click.echo(
                f"Everybody {where} who has the address below can read the site, drafts and all.",
                err=True,
            )
        seconds = time.perf_counter() - self._started
        click.echo(f"Look at it: {click.style(url, bold=True)}")
        for other in more:
            click.echo(f"  or: {other}")
        if not self._quiet:
            click.echo(f"  Ready in {seconds:.1f} s. Save a file and it is there. Ctrl-C ends it.")
        if site.was_damaged:
            click.echo(console.DAMAGED, err=True)
        self._tell(site.problems)
        if self._opens:
            webbrowser.open(url)

    def changed(self, change: Refreshed) -> None:
        """Say what changed, and what is wrong now."""
        if change.files and not self._quiet:
            names = [console.visible(path) for path in change.files[:MOST_TOLD]]
            more = len(change.files) - MOST_TOLD
            shown = ", ".join(names) + (f" and {more:,} more" if more > 0 else "")
            click.echo(f"{time.strftime('%H:%M:%S')} {shown} ({change.seconds * 1000:.0f} ms)")
        if change.fault and change.fault != self._fault:
            click.echo(f"Looking for changes once a second: {change.fault}.", err=True)
        self._fault = change.fault
        self._tell(change.problems)

    def _tell(self, problems: tuple[Problem, ...]) -> None:
        """List the problems, if they are others than before."""
        if problems == self._told:
            return
        if problems:
            console.show_problems(problems)
        elif self._told:
            click.echo("All problems are mended.")
        self._told = problems
