"""The tables of docs/performance.md, made from rows of results."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from benchmarks import builds, machine, previews
from benchmarks.generators import BROADSHEET, PEERS
from benchmarks.results import Figures, Row
from benchmarks.stages import STAGES

TITLES = {generator.name: generator.title for generator in (BROADSHEET, *PEERS)}
WORDS = {
    builds.COLD: "everything new",
    builds.UNCHANGED: "nothing changed",
    builds.EDITED: "one body corrected",
    builds.PUBLISHED: "one story published",
    "cold start": "first start to first page",
    "warm start": "later start to first page",
    "body": "saved body to its page",
    "headline": "saved headline to its tag's page",
    "new story": "saved new story to its tag's page",
    "memory": "memory at the peak",
}
OURS = BROADSHEET.name
DIGITS = ((1, 3), (10, 2), (100, 1))
"""Below each limit, how many digits stand after the point."""

Cells = Sequence[str]


def table(head: Cells, rows: Iterable[Cells]) -> str:
    """A Markdown table; all but its first column is set to the right."""
    rule = ["---", *["--:"] * (len(head) - 1)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (head, rule, *rows))


def number(value: float | None) -> str:
    """A figure as people read it: three digits that count, thousands parted."""
    if value is None:
        return ""
    digits = next((digits for limit, digits in DIGITS if value < limit), 0)
    return f"{value:,.{digits}f}" if value else "0"


def count(value: float | None) -> str:
    """How many there are, thousands parted."""
    return "" if value is None else f"{value:,.0f}"


def ratio(value: float | None) -> str:
    """A ratio; one above 1, where the other is better, stands out."""
    return "" if value is None else f"**{number(value)}**" if value > 1 else number(value)


def found(rows: Iterable[Row], case: str, generator: str) -> Row | None:
    """The row of a generator in a case."""
    fitting = (row for row in rows if (row.case, row.generator) == (case, generator))
    return next(fitting, None)


def figures(row: Row | None) -> Figures:
    """A row's figures, or none."""
    return row.figures if row else Figures()


def sizes(rows: Iterable[Row]) -> list[int]:
    """The sizes of archives among the rows, from the smallest."""
    return sorted({row.stories for row in rows})


def origin(rows: Sequence[Row]) -> str:
    """When, on what, with which versions, and how often."""
    first = rows[0]
    versions = {TITLES[row.generator]: row.version for row in rows}
    named = ", ".join(f"{title} {version}" for title, version in versions.items())
    words = [first.run[:10], first.machine, named, f"medians of {first.rounds}"]
    if first.busy > machine.QUIET:
        words.append(
            f"**on a machine that was busy with other work** ({first.busy:.1f} processors)"
        )
    return f"*{'; '.join(words)}.*"


def _by_size(rows: Sequence[Row], one: Callable[[int, Sequence[Row]], str]) -> str:
    parts = []
    for size in sizes(rows):
        chosen = [row for row in rows if row.stories == size]
        parts.append(f"{one(size, chosen)}\n\n{origin(chosen)}")
    return "\n\n".join(parts)


def build_tables(rows: Sequence[Row], peer: str) -> str:
    """Broadsheet beside one peer, case by case, a table for each size."""

    def one(size: int, chosen: Sequence[Row]) -> str:
        other = TITLES[peer]
        head = [f"{size:,} stories", "Broadsheet, s", f"{other}, s", "ratio", "processor ratio"]
        head += ["Broadsheet, MB", f"{other}, MB", "ratio", "Broadsheet, files", f"{other}, files"]
        return table(head, (_build_cells(chosen, case, peer) for case in builds.CASES))

    return _by_size(rows, one)


def _build_cells(rows: Sequence[Row], case: str, peer: str) -> Cells:
    beside = found(rows, case, peer)
    ours, theirs = figures(found(rows, case, OURS)), figures(beside)
    ratios = (beside.ratios if beside else None) or Figures()
    return [
        WORDS[case],
        *(number(ours.seconds), number(theirs.seconds)),
        *(ratio(ratios.seconds), ratio(ratios.cpu_seconds)),
        *(number(ours.memory_mb), number(theirs.memory_mb), ratio(ratios.memory_mb)),
        *(count(ours.files), count(theirs.files)),
    ]


def act_tables(rows: Sequence[Row], peer: str) -> str:
    """What each act costs beside a peer's build of everything, a table for each size."""

    def one(size: int, chosen: Sequence[Row]) -> str:
        head = [f"{size:,} stories", "s", "processor s", "files"]
        head += [f"of {TITLES[peer]}'s s", "of its processor s"]
        cases = dict.fromkeys(row.case for row in chosen)
        return table(head, (_act_cells(chosen, case, peer) for case in cases))

    return _by_size(rows, one)


def _act_cells(rows: Sequence[Row], case: str, peer: str) -> Cells:
    own, beside = figures(found(rows, case, OURS)), found(rows, case, peer)
    ratios = (beside.ratios if beside else None) or Figures()
    return [
        case,
        *(number(own.seconds), number(own.cpu_seconds), count(own.files)),
        *(ratio(ratios.seconds), ratio(ratios.cpu_seconds)),
    ]


def cost_per_story(rows: Sequence[Row]) -> str:
    """How much more a story costs in the largest archive than in the one before it.

    Nothing is said where another version of a generator was measured with each of them.
    """
    measured = sizes(rows)
    if len(measured) < 2:  # noqa: PLR2004 - one size has nothing beside it
        return ""
    small, large = measured[-2:]
    parts = []
    for generator in dict.fromkeys(row.generator for row in rows):
        each, versions = [], set()
        for size in (small, large):
            of_size = [row for row in rows if row.stories == size]
            row = found(of_size, builds.COLD, generator)
            each.append((figures(row).seconds or 0) / size)
            versions.add(row.version.rstrip("+)") if row else "")
        if all(each) and len(versions) == 1:
            parts.append(f"{TITLES[generator]} {number(each[1] / each[0])} times")
    if not parts:
        return ""
    return (
        f"One story in a build of everything, at {large:,} stories against {small:,}: "
        f"{', '.join(parts)} the seconds."
    )


def peers_table(rows: Sequence[Row]) -> str:
    """All peers in one table, for the largest archive that they were measured with."""
    size = max(sizes(rows))
    chosen = [row for row in rows if row.stories == size]
    head = [f"{size:,} stories", *(f"{WORDS[case]}, s" for case in builds.CASES)]
    head += ["MB at the peak", "files written for one story"]
    lines = []
    for generator in dict.fromkeys(row.generator for row in chosen):
        own = [figures(found(chosen, case, generator)) for case in builds.CASES]
        cells = [f"{TITLES[generator]}", *(number(each.seconds) for each in own)]
        peak = max(each.memory_mb or 0 for each in own)
        lines.append([*cells, number(peak), count(own[-1].files)])
    return f"{table(head, lines)}\n\n{origin(chosen)}"


def preview_tables(rows: Sequence[Row], peer: str) -> str:
    """Seconds until a page is served, a table for each size."""

    def one(size: int, chosen: Sequence[Row]) -> str:
        head = [f"{size:,} stories", "Broadsheet", TITLES[peer], "ratio"]
        return table(head, (_preview_cells(chosen, case, peer) for case in previews.CASES))

    return _by_size(rows, one)


def _preview_cells(rows: Sequence[Row], case: str, peer: str) -> Cells:
    beside = found(rows, case, peer)
    ours, theirs = figures(found(rows, case, OURS)), figures(beside)
    ratios = (beside.ratios if beside else None) or Figures()
    if case == "memory":
        amounts = (f"{number(each.memory_mb)} MB" for each in (ours, theirs))
        return [WORDS[case], *amounts, ratio(ratios.memory_mb)]
    seconds = (f"{number(each.seconds)} s" for each in (ours, theirs))
    return [WORDS[case], *seconds, ratio(ratios.seconds)]


def newspaper_tables(rows: Sequence[Row]) -> str:
    """What a whole newspaper costs, and which stage takes how much, for each size."""

    def one(size: int, chosen: Sequence[Row]) -> str:
        head = [f"{size:,} stories", "s", "processor s", "MB", "files"]
        lines = [_newspaper_cells(row) for row in chosen]
        stages = [dict(row.stages) for row in chosen]
        stage_head = ["processor s, one process", *(WORDS[row.case] for row in chosen)]
        stage_lines = [[stage, *_shares(stages, stage)] for stage in STAGES]
        totals = ["together", *(number(sum(each.values())) for each in stages)]
        return f"{table(head, lines)}\n\n{table(stage_head, [*stage_lines, totals])}"

    return _by_size(rows, one)


def _newspaper_cells(row: Row) -> Cells:
    own = row.figures
    amounts = map(number, (own.seconds, own.cpu_seconds, own.memory_mb))
    return [WORDS[row.case], *amounts, count(own.files)]


def _shares(stages: Sequence[dict[str, float]], stage: str) -> Iterator[str]:
    for each in stages:
        total = sum(each.values()) or 1.0
        yield f"{number(each.get(stage, 0.0))} ({each.get(stage, 0.0) / total:.0%})"


def where_peers_lead(rows: Iterable[Row]) -> str:
    """Every case in which a peer was faster or smaller, as a list."""
    lines = []
    for row in rows:
        ratios = row.ratios or Figures()
        kinds = {"time": ratios.seconds, "memory": ratios.memory_mb}
        behind = [
            f"{number(value)} times the {kind}"
            for kind, value in kinds.items()
            if value and value > 1
        ]
        if behind:
            about = f"{WORDS[row.case]}, {row.stories:,} stories"
            lines.append(
                f"- {TITLES[row.generator]}, {about}: Broadsheet takes {', '.join(behind)}."
            )
    return "\n".join(lines) or "In none of the cases above did Broadsheet take more time or memory."
