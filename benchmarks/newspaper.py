"""Where the time goes in a whole newspaper: the built-in theme, every output."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random

from benchmarks.builds import CASES, Tell, prepare
from benchmarks.metering import metered
from benchmarks.stages import STAGES
from benchmarks.workspace import Contender, Workspace

CHECKOUT = Path(__file__).resolve().parents[1]
Stages = tuple[tuple[str, float], ...]


def stages_of_builds(
    space: Workspace, first: int, seed: int, tell: Tell
) -> Iterator[tuple[str, Stages]]:
    """Each case once more, in one process, its processor seconds booked by stage.

    New stories are numbered from `first`: those before it are there already.
    """
    chance = Random(f"{seed} stages")
    for case in CASES:
        contender = space.contenders[0]
        prepare(contender, case, chance.choice(space.paths), first)
        yield case, _sampled(contender)
        tell(f"{case}, by stage")


def _sampled(contender: Contender) -> Stages:
    result = contender.site.parent / "stages.json"
    folders = ("--site", str(contender.site), "--output", str(contender.output))
    command = ("build", *folders, "--workers", "0", "--quiet")
    metered((sys.executable, "-m", "benchmarks.sampling", str(result), *command), CHECKOUT)
    seconds: dict[str, float] = json.loads(result.read_text("utf-8"))
    return tuple((stage, seconds.get(stage, 0.0)) for stage in STAGES)
