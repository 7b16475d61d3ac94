"""Collisions: two Outputs on one path, however a disk may fold its names."""

from collections.abc import Iterable, Iterator, Mapping

from generator.model.addresses import folded
from generator.model.config import CONFIG_FILE
from generator.model.outputs import Output
from generator.model.plan import Slot
from generator.model.problems import Place, Problem

STATIC_HINT = "Take this file away, or switch ours off under outputs: in config.yaml."
HINT = "Give one of them another slug, url or file name."
OURS = ("", CONFIG_FILE)
"""The sources of files that Broadsheet makes by itself, or because an option says so."""


def find_collisions(slots: Iterable[Slot | Output]) -> tuple[Problem, ...]:
    """A Problem for each two Outputs that would share a file, naming both sources.

    Paths count as one when they are equal after Unicode NFC and case folding, as on
    macOS and Windows; a file also cannot stand where another output needs a folder.
    """
    slots = tuple(slots)
    names = {folded(slot.path) for slot in slots}
    if len(names) == len(slots) and names.isdisjoint(_folders_of(names)):
        return ()  # as nearly always; to tell who collides takes ten times as long
    owner: dict[str, Slot | Output] = {}
    problems = []
    for slot in sorted(slots, key=lambda slot: (slot.path, slot.source)):
        other = owner.setdefault(folded(slot.path), slot)
        if other is not slot:
            problems.append(_problem(slot, other, "some disks cannot tell these apart"))
    return (*problems, *_in_the_way(owner))


def _in_the_way(owner: Mapping[str, Slot | Output]) -> Iterator[Problem]:
    """A Problem for each file that stands where others need a folder: one, however many these are.

    `owner` tells what stands at each path.
    """
    need: dict[str, list[Slot | Output]] = {}
    for path, slot in owner.items():
        folder = path.rpartition("/")[0]
        while folder and folder not in owner:
            folder = folder.rpartition("/")[0]
        if folder:
            need.setdefault(folder, []).append(slot)
    for folder, inside in need.items():
        why = "a folder cannot have a file's name"
        if len(inside) > 1:
            why += f" ({len(inside):,} files need that folder)"
        yield _problem(owner[folder], inside[0], why)


def _folders_of(paths: Iterable[str]) -> set[str]:
    """The folders that some paths lie in, outer ones too."""
    found: set[str] = set()
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder and folder not in found:
            found.add(folder)
            folder = folder.rpartition("/")[0]
    return found


def _problem(slot: Slot | Output, other: Slot | Output, why: str) -> Problem:
    """Two outputs that cannot both stand; `why`, when their paths are not the very same."""
    if slot.source in OURS:
        slot, other = other, slot
    is_ours = other.source in OURS
    rival = "a file that Broadsheet makes" if is_ours else other.source
    message = f"would be published as {slot.path}, and so would {rival}"
    if slot.path != other.path:
        message = f"would be published as {slot.path}, and {rival} as {other.path}: {why}"
    hint = STATIC_HINT if is_ours and slot.source.startswith("static/") else HINT
    return Problem(Place(slot.source or slot.path), message, hint)
