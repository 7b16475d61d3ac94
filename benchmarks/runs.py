"""A run: what its rows have in common, and how they are made, kept and shown."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import machine, results
from benchmarks.builds import Tell
from benchmarks.generators import Generator
from benchmarks.results import Figures, Row

Measured = tuple[str, Generator, Figures]
"""A case, who was measured in it, and what came out; several of the same are rounds."""


@dataclass(frozen=True, slots=True)
class Run:
    """What is the same for all rows of a run; `begun` is a UTC instant."""

    begun: str
    busy: float
    experiment: str
    stories: int
    rounds: int

    @classmethod
    def begin(cls, experiment: str, stories: int, rounds: int) -> "Run":
        """A run that begins now."""
        begun = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
        return cls(begun, machine.busy(), experiment, stories, rounds)

    def rows(self, generators: Sequence[Generator], measured: Iterable[Measured]) -> Iterator[Row]:
        """A row for each case and generator. The first generator is ours, the others are peers."""
        measured = tuple(measured)
        for case in dict.fromkeys(case for case, _, _ in measured):
            ours = _rounds(measured, case, generators[0])
            for generator in generators:
                theirs = _rounds(measured, case, generator)
                row = self._row(generator, case, results.medians(theirs))
                is_peer = generator is not generators[0]
                yield replace(row, ratios=results.ratios(ours, theirs)) if is_peer else row

    def _row(self, generator: Generator, case: str, figures: Figures) -> Row:
        place = (self.begun, machine.describe(), self.busy, self.experiment, self.stories, case)
        return Row(*place, generator.name, generator.version(), self.rounds, figures)


def _rounds(measured: Iterable[Measured], case: str, generator: Generator) -> list[Figures]:
    return [figures for of, by, figures in measured if of == case and by is generator]


def keep(rows: Sequence[Row], file: Path, tell: Tell) -> None:
    """Add rows to the results, and show them."""
    results.append(rows, file)
    for row in rows:
        ratios = f"  ratios: {_shown(row.ratios)}" if row.ratios else ""
        tell(f"{row.case:12} {row.generator:12} {_shown(row.figures)}{ratios}")


def _shown(figures: Figures) -> str:
    known = {name: value for name, value in asdict(figures).items() if value is not None}
    return "  ".join(f"{name} {value:.3g}" for name, value in known.items())
