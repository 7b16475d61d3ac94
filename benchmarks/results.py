"""What was measured: one row for each generator and case, kept as lines of JSON."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any

FILE = Path(__file__).resolve().parent / "results.jsonl"


@dataclass(frozen=True, slots=True)
class Figures:
    """Medians of a case; None for what was not looked at.

    Seconds of the clock and of all processors, MiB of all processes together at their peak,
    files of the published folder that were written or removed. As ratios they are plain numbers.
    """

    seconds: float | None = None
    cpu_seconds: float | None = None
    memory_mb: float | None = None
    files: float | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One generator in one case.

    `run` is the UTC instant at which the run began: rows of one run may be compared.
    `busy` is how many processors were at work for others then.
    `ratios` are Broadsheet's figures over this generator's, pair by pair, their median.
    `stages` are the processor seconds of each stage of a build, in one process.
    """

    run: str
    machine: str
    busy: float
    experiment: str
    stories: int
    case: str
    generator: str
    version: str
    rounds: int
    figures: Figures
    ratios: Figures | None = None
    stages: tuple[tuple[str, float], ...] = ()


def medians(all_figures: Iterable[Figures]) -> Figures:
    """The median of each figure that was looked at every time."""
    columns = zip(*(asdict(figures).values() for figures in all_figures), strict=True)
    return Figures(*(_median(column) for column in columns))


def _median(values: tuple[float | None, ...]) -> float | None:
    known = [value for value in values if value is not None]
    return median(known) if known and len(known) == len(values) else None


def ratios(ours: Iterable[Figures], theirs: Iterable[Figures]) -> Figures:
    """Ours over theirs for each pair of runs, and of those the median.

    Two runs side by side see the same machine, so their ratio holds even where its speed drifts.
    """
    return medians(_ratio(our, their) for our, their in zip(ours, theirs, strict=True))


def _ratio(ours: Figures, theirs: Figures) -> Figures:
    pairs = zip(asdict(ours).values(), asdict(theirs).values(), strict=True)
    return Figures(*(a / b if a is not None and b else None for a, b in pairs))


def append(rows: Iterable[Row], file: Path = FILE) -> None:
    """Add rows to the file of results."""
    with file.open("a", encoding="utf-8", newline="\n") as lines:
        for row in rows:
            lines.write(json.dumps(_as_json(row), ensure_ascii=False) + "\n")


def read(file: Path = FILE) -> tuple[Row, ...]:
    """Every row that was ever measured, in order; none where there is no file."""
    if not file.exists():
        return ()
    return tuple(_from_json(json.loads(line)) for line in file.read_text("utf-8").splitlines())


def _rounded(figures: Figures) -> dict[str, float]:
    known = {name: value for name, value in asdict(figures).items() if value is not None}
    return {name: float(f"{value:.4g}") for name, value in known.items()}


def _as_json(row: Row) -> dict[str, object]:
    values: dict[str, object] = asdict(row)
    values["figures"] = _rounded(row.figures)
    values["ratios"] = _rounded(row.ratios) if row.ratios else None
    values["stages"] = {name: round(seconds, 4) for name, seconds in row.stages}
    return {name: value for name, value in values.items() if value not in (None, {})}


def _from_json(values: dict[str, Any]) -> Row:
    ratios = values.get("ratios")
    read_anew = {
        "figures": Figures(**values["figures"]),
        "ratios": Figures(**ratios) if ratios else None,
        "stages": tuple(values.get("stages", {}).items()),
    }
    return Row(**{**values, **read_anew})


def latest(rows: Iterable[Row], experiment: str) -> tuple[Row, ...]:
    """Of each size the newest run of an experiment that has each generator.

    A generator that was measured again replaces itself; rows of Broadsheet come from the same
    run as the peer's that they stand beside.
    """
    runs: dict[tuple[int, tuple[str, ...]], tuple[Row, ...]] = {}
    chosen = [row for row in rows if row.experiment == experiment]
    for run in dict.fromkeys((row.run, row.stories) for row in chosen):
        members = tuple(row for row in chosen if (row.run, row.stories) == run)
        generators = tuple(dict.fromkeys(row.generator for row in members))
        runs[run[1], generators] = members
    return tuple(row for key in sorted(runs) for row in runs[key])
