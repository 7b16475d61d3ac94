"""docs/performance.md and its picture: what stands between the markers is made from the results."""

import re
from collections.abc import Sequence
from pathlib import Path

from benchmarks import builds, tables
from benchmarks.chart import Panel, Series, draw
from benchmarks.results import Figures, Row, latest

DOCS = Path(__file__).resolve().parents[1] / "docs"
PAGE = DOCS / "performance.md"
PICTURE = DOCS / "pictures" / "performance.svg"
CLOSEST = "hugo"
NOT_YET = "*Not measured yet.*"


def between_markers(page: str, name: str, text: str) -> str:
    """The page with a text between `<!-- name -->` and `<!-- end of name -->`."""
    opening, closing = f"<!-- {name} -->", f"<!-- end of {name} -->"
    pattern = re.compile(f"{re.escape(opening)}.*?{re.escape(closing)}", re.DOTALL)
    if not pattern.search(page):
        raise LookupError(f"no place for the figures: {opening} … {closing}")
    inside = f"\n\n{text}\n\n" if text else "\n\n"
    return pattern.sub(lambda _found: f"{opening}{inside}{closing}", page)


def beside(rows: Sequence[Row], peer: str) -> tuple[Row, ...]:
    """The rows of the newest runs in which Broadsheet stood beside this peer alone."""
    with_peer = {row.run for row in rows if row.generator == peer}
    with_others = {row.run for row in rows if row.generator not in (peer, tables.OURS)}
    return tuple(row for row in rows if row.run in with_peer - with_others)


def among_all(rows: Sequence[Row]) -> tuple[Row, ...]:
    """The rows of the newest runs with more than one peer."""
    alone = {row.run for row in beside(rows, CLOSEST)}
    return tuple(row for row in rows if row.run not in alone)


def sections(rows: Sequence[Row]) -> dict[str, str]:
    """Every generated part of the page, by its marker's name."""
    built, served = latest(rows, "builds"), latest(rows, "previews")
    duel, field = beside(built, CLOSEST), among_all(built)
    preview_duel = beside(served, CLOSEST)
    papers, acts = latest(rows, "newspaper"), latest(rows, "acts")
    return {
        "builds": tables.build_tables(duel, CLOSEST) if duel else NOT_YET,
        "cost per story": tables.cost_per_story(duel),
        "peers": tables.peers_table(field) if field else NOT_YET,
        "previews": tables.preview_tables(preview_duel, CLOSEST) if preview_duel else NOT_YET,
        "newspaper": tables.newspaper_tables(papers) if papers else NOT_YET,
        "acts": tables.act_tables(acts, CLOSEST) if acts else NOT_YET,
        "slower": tables.where_peers_lead((*duel, *field, *preview_duel)) if duel else NOT_YET,
    }


def picture(rows: Sequence[Row]) -> str:
    """Cost against size: a build of everything, of one story more, and memory."""
    panels = (
        _panel(rows, "Everything new", "seconds", builds.COLD, "seconds"),
        _panel(rows, "One story published", "seconds", builds.PUBLISHED, "seconds"),
        _panel(rows, "Memory at the peak", "MB, everything new", builds.COLD, "memory_mb"),
    )
    spoken = "; ".join(
        f"{panel.title}, {panel.unit}: "
        + "; ".join(f"{line.name} {_spoken(line)}" for line in panel.series)
        for panel in panels
    )
    return draw(panels, "What a build costs against the size of the archive", spoken)


def _panel(rows: Sequence[Row], title: str, unit: str, case: str, figure: str) -> Panel:
    series = []
    for generator in (tables.OURS, CLOSEST):
        fitting = [row for row in rows if (row.generator, row.case) == (generator, case)]
        points = tuple((row.stories, _figure(row.figures, figure)) for row in fitting)
        series.append(Series(tables.TITLES[generator], points))
    return Panel(title, unit, tuple(series))


def _figure(figures: Figures, name: str) -> float:
    value: float | None = getattr(figures, name)
    return value or 0.0


def _spoken(series: Series) -> str:
    return ", ".join(f"{cost:,.3g} at {size:,} stories" for size, cost in series.points)


def write_report(rows: Sequence[Row], page: Path = PAGE, picture_file: Path = PICTURE) -> None:
    """Bring the page and its picture up to date with the results."""
    text = page.read_text("utf-8")
    for name, part in sections(rows).items():
        text = between_markers(text, name, part)
    page.write_text(text, "utf-8", newline="\n")
    duel = beside(latest(rows, "builds"), CLOSEST)
    if duel:
        picture_file.parent.mkdir(parents=True, exist_ok=True)
        picture_file.write_text(picture(duel), "utf-8", newline="\n")
