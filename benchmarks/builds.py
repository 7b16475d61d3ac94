"""Whole builds of the same archive, Broadsheet and its peers in turn, in one run."""

from collections.abc import Callable, Iterator
from random import Random

from benchmarks.edits import next_story, with_a_line
from benchmarks.generators import Generator
from benchmarks.metering import metered
from benchmarks.results import Figures
from benchmarks.workspace import Contender, Workspace, changed

COLD, UNCHANGED, EDITED, PUBLISHED = "cold", "unchanged", "edited", "published"
CASES = (COLD, UNCHANGED, EDITED, PUBLISHED)
Tell = Callable[[str], None]


def prepare(contender: Contender, case: str, path: str, number: int) -> None:
    """Bring a site into the state in which a case begins; `path` is the story it is about."""
    if case == COLD:
        contender.forget()
    elif case == EDITED:
        line = f"A line that was added as correction {number}."
        contender.write(path, with_a_line(contender.read(path), line))
    elif case == PUBLISHED:
        story = next_story(contender.read(path), f"Fresh story {number}", number)
        contender.write(story.path, story.text)


def measure_builds(
    space: Workspace, rounds: int, seed: int, tell: Tell
) -> Iterator[tuple[str, Generator, Figures]]:
    """Every case so many times for every contender: the case, whose it was, what it took.

    Who begins changes from round to round.
    """
    chance = Random(f"{seed} builds")
    for case in CASES:
        for number in range(rounds):
            path = chance.choice(space.paths)
            order = space.contenders if number % 2 == 0 else space.contenders[::-1]
            for contender in order:
                prepare(contender, case, path, number)
                yield case, contender.generator, _build(contender)
            tell(f"{case}, round {number + 1} of {rounds}")


def _build(contender: Contender) -> Figures:
    before = contender.published()
    cost = metered(contender.generator.build(contender.site, contender.output), contender.site)
    files = changed(before, contender.published())
    return Figures(cost.seconds, cost.cpu_seconds, cost.memory_mb, files)


def addresses(contender: Contender) -> frozenset[str]:
    """The pages and feeds of an output, but for the older pages of listings.

    Every generator has its own way to number those.
    """
    wanted = (path for path in contender.published() if path.endswith((".html", ".xml")))
    return frozenset(path for path in wanted if "page/" not in path)


def missing(space: Workspace) -> Iterator[str]:
    """What a contender does not publish although another one does: then it had less to do."""
    everything = frozenset[str]().union(*map(addresses, space.contenders))
    for contender in space.contenders:
        lacking = sorted(everything - addresses(contender))
        if lacking:
            some = ", ".join(lacking[:3])
            yield f"{contender.generator.title} lacks {len(lacking)} of the pages: {some} …"
