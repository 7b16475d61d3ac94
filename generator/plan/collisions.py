"""Collisions: two Outputs on one path, however a disk may fold its names."""

from collections.abc import Iterable

from generator.model.addresses import folded
from generator.model.outputs import Output
from generator.model.problems import Place, Problem

STATIC_HINT = "Take this file away, or switch ours off under outputs: in config.yaml."
HINT = "Give one of them another slug, url or file name."


def find_collisions(outputs: Iterable[Output]) -> tuple[Problem, ...]:
    """A Problem for each two Outputs that would share a file, naming both sources.

    Paths count as one when they are equal after Unicode NFC and case folding, as on
    macOS and Windows; a file also cannot stand where another output needs a folder.
    """
    owner: dict[str, Output] = {}
    problems = []
    for output in sorted(outputs, key=lambda o: (o.path, o.source)):
        other = owner.setdefault(folded(output.path), output)
        if other is not output:
            problems.append(_problem(output, other, "some disks cannot tell these apart"))
    for path, output in owner.items():
        folder = path.rpartition("/")[0]
        while folder:
            if folder in owner:
                why = "a folder cannot have a file's name"
                problems.append(_problem(output, owner[folder], why))
                break
            folder = folder.rpartition("/")[0]
    return tuple(problems)


def _problem(output: Output, other: Output, why: str) -> Problem:
    """Two outputs that cannot both stand; `why`, when their paths are not the very same."""
    if not output.source:
        output, other = other, output
    rival = other.source or "a page that Broadsheet makes"
    message = f"would be published as {output.path}, and so would {rival}"
    if output.path != other.path:
        message = f"would be published as {output.path}, and {rival} as {other.path}: {why}"
    is_static = output.source.startswith("static/") and not other.source
    return Problem(Place(output.source or output.path), message, STATIC_HINT if is_static else HINT)
