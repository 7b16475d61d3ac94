"""Running `build --verify`: the comparison with a clean build, and what people are told of it."""

from collections.abc import Sequence

import click

from generator.build import BuildOptions, BuildReport
from generator.cli import console
from generator.model.differences import Difference
from generator.model.problems import Place, Problem
from generator.stages.job import Progress


def verified(options: BuildOptions, tell: Progress | None) -> tuple[Difference, ...]:
    """In what the published site differs from a clean build of the same."""
    from generator.verify import verify  # noqa: PLC0415 - 70 ms, and few builds ask for it

    return verify(options, tell)


def differences_json(differences: Sequence[Difference]) -> list[dict[str, object]]:
    """Differences as `build --json --verify` prints them."""
    return [
        {
            "path": difference.path,
            "kind": str(difference.kind),
            "reason": difference.reason,
            "message": difference.message,
            "hint": difference.hint,
        }
        for difference in differences
    ]


def show_differences(
    differences: Sequence[Difference], report: BuildReport, folder: str, *, quiet: bool
) -> None:
    """Print every difference on standard error, or one line that says that there is none."""
    console.show_problems(
        [
            Problem(Place(f"{folder}/{difference.path}"), difference.message, difference.hint)
            for difference in differences
        ]
    )
    if not differences and not quiet:
        click.echo(f"Verified: a clean build makes the same {report.outputs:,} files.")
