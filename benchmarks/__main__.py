"""`python -m benchmarks`: measure Broadsheet and its peers, keep the results, report them."""

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import click

from benchmarks import machine, results
from benchmarks.acts import measure_acts
from benchmarks.archive import Archive
from benchmarks.builds import measure_builds, missing
from benchmarks.distributed import measure_distributed, table_of
from benchmarks.generators import BROADSHEET, DEFAULT_THEME, PEERS, Generator, NotInstalledError
from benchmarks.metering import CommandFailedError
from benchmarks.newspaper import stages_of_builds
from benchmarks.previews import CASES as PREVIEW_CASES
from benchmarks.previews import measure_preview
from benchmarks.report import write_report
from benchmarks.runs import Run, keep
from benchmarks.workspace import workspace

sizes_argument = click.argument("sizes", nargs=-1, required=True, type=click.IntRange(min=1))
against_option = click.option(
    "--against",
    multiple=True,
    type=click.Choice([peer.name for peer in PEERS]),
    help="Whom to measure beside Broadsheet; may be given more than once. Default: hugo.",
)
rounds_option = click.option("--rounds", default=3, show_default=True, help="Repetitions.")
seed_option = click.option("--seed", default=1, show_default=True, help="Chooses the archive.")
scratch_option = click.option(
    "--scratch",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="Where to work. Default: in memory where there is room, else on disk.",
)
results_option = click.option(
    "--results",
    "file",
    default=results.FILE,
    type=click.Path(path_type=Path, dir_okay=False),
    help="The file that results are added to.",
)


@click.group()
def main() -> None:
    """Measure Broadsheet and other generators on the same archive, side by side."""
    reason = machine.unfit()
    if reason:
        raise click.ClickException(reason)


@main.command()
@sizes_argument
@against_option
@rounds_option
@seed_option
@scratch_option
@results_option
def builds(
    *,
    sizes: tuple[int, ...],
    against: tuple[str, ...],
    rounds: int,
    seed: int,
    scratch: Path | None,
    file: Path,
) -> None:
    """Whole builds: everything new, nothing changed, one body corrected, one story published."""
    generators = contenders(against)
    for stories in sizes:
        run = begin("builds", stories, rounds)
        with workspace(generators, stories, seed, scratch) as space:
            measured = list(measure_builds(space, rounds, seed, tell))
            for lack in missing(space):
                tell(lack)
        keep(tuple(run.rows(generators, measured)), file, tell)


@main.command()
@sizes_argument
@against_option
@click.option("--starts", default=3, show_default=True, help="Cold and warm starts of a server.")
@click.option("--edits", default=7, show_default=True, help="Saves of each kind.")
@seed_option
@scratch_option
@results_option
def previews(
    *,
    sizes: tuple[int, ...],
    against: tuple[str, ...],
    starts: int,
    edits: int,
    seed: int,
    scratch: Path | None,
    file: Path,
) -> None:
    """Preview servers: from the start, and from a save, to the page."""
    generators = contenders(against)
    for stories in sizes:
        run = begin("previews", stories, edits)
        with workspace(generators, stories, seed, scratch) as space:
            figures = {}
            for contender in space.contenders:
                tell(contender.generator.title)
                figures[contender.generator] = measure_preview(
                    contender, space.paths, starts=starts, edits=edits, seed=seed
                ).figures()
        measured = (
            (case, by, found[case]) for case in PREVIEW_CASES for by, found in figures.items()
        )
        keep(tuple(run.rows(generators, measured)), file, tell)


@main.command()
@sizes_argument
@rounds_option
@seed_option
@scratch_option
@results_option
def newspaper(
    *, sizes: tuple[int, ...], rounds: int, seed: int, scratch: Path | None, file: Path
) -> None:
    """The built-in theme with every output: what it costs, and which stage takes how much."""
    for stories in sizes:
        run = begin("newspaper", stories, rounds)
        with workspace([DEFAULT_THEME], stories, seed, scratch) as space:
            measured = tuple(measure_builds(space, rounds, seed, tell))
            stages = dict(stages_of_builds(space, rounds, seed, tell))
        rows = run.rows([DEFAULT_THEME], measured)
        keep(tuple(replace(row, stages=stages[row.case]) for row in rows), file, tell)


@main.command()
@sizes_argument
@rounds_option
@seed_option
@scratch_option
@results_option
def acts(
    *, sizes: tuple[int, ...], rounds: int, seed: int, scratch: Path | None, file: Path
) -> None:
    """What a newsroom does all day: each act with everything on, beside a build of Hugo's."""
    generators = (DEFAULT_THEME, *contenders(())[1:])
    for stories in sizes:
        run = begin("acts", stories, rounds)
        with workspace(generators, stories, seed, scratch) as space:
            measured = tuple(measure_acts(space, rounds, seed, tell))
        keep(tuple(run.rows(generators, measured)), file, tell)


@main.command()
@sizes_argument
@click.option("--workers", "numbers", multiple=True, default=(1, 2), show_default=True, type=int)
@seed_option
@scratch_option
def distributed(
    *, sizes: tuple[int, ...], numbers: tuple[int, ...], seed: int, scratch: Path | None
) -> None:
    """Cold builds on a Dask cluster of this machine, as a table for docs/distributed.md."""
    for stories in sizes:
        tell(f"Distributed, {stories:,} stories")
        with workspace([BROADSHEET], stories, seed, scratch) as space:
            rows = tuple(measure_distributed(space, numbers, tell))
        tell(table_of(rows))


@main.command()
@click.argument("stories", type=click.IntRange(min=1))
@click.argument("folder", type=click.Path(path_type=Path))
@seed_option
def archive(*, stories: int, folder: Path, seed: int) -> None:
    """Write the archive that everything is measured with."""
    Archive(stories, seed).write(folder)


@main.command()
@results_option
def report(*, file: Path) -> None:
    """Write the newest results into docs/performance.md, and draw its picture."""
    write_report(results.read(file))


def begin(experiment: str, stories: int, rounds: int) -> Run:
    """A run that begins now; says so, and whether its figures will be poor."""
    tell(f"{experiment.capitalize()}, {stories:,} stories")
    run = Run.begin(experiment, stories, rounds)
    if run.busy > machine.QUIET:
        tell(f"{run.busy} processors are at work for others: trust ratios, not seconds.")
    return run


def contenders(names: Sequence[str]) -> tuple[Generator, ...]:
    """Broadsheet, and the peers of these names; a peer that is not installed ends the run."""
    chosen = tuple(peer for peer in PEERS if peer.name in (names or ["hugo"]))
    for peer in chosen:
        try:
            peer.version()
        except NotInstalledError as error:
            raise click.ClickException(str(error)) from error
    return (BROADSHEET, *chosen)


def tell(line: str) -> None:
    """Say how far things are."""
    click.echo(line)


if __name__ == "__main__":
    try:
        main(prog_name="python -m benchmarks")
    except CommandFailedError as error:
        sys.exit(str(error))
