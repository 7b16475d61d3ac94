"""The plan: a place for every file of a site, and what will stand there once it is asked for."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

from generator.model.outputs import Frame, Output
from generator.model.problems import Problem
from generator.model.values import frozen


@frozen(eq=False)
class Slot:
    """A place in the plan whose Output is made when it is asked for, each time anew.

    A large site has more pages than fit into memory: of most there is a Slot, and each process
    makes the Outputs that it renders. `make` takes `about`; a function with its arguments bound
    would take five times the room. The other fields are as the Output has them.
    """

    path: str
    make: Callable[..., Output]
    about: tuple[Any, ...]
    layout: str = ""
    source: str = ""

    def made(self) -> Output:
        """The Output that stands here."""
        return self.make(*self.about)


_Slot = TypeVar("_Slot", bound=Slot | Output)
Planned = tuple[tuple[_Slot, ...], tuple[Problem, ...]]
"""What a planner has planned, as Slots or as Outputs, and what is wrong with it."""


@frozen
class Plan:
    """Every file of the site at one instant, sorted by path; and when that will change.

    What is quickly made stands there as an Output already. `next_change` is the earliest
    instant at which an Output differs without an edit.
    """

    frame: Frame
    slots: tuple[Slot | Output, ...]
    next_change: datetime | None = None

    @property
    def outputs(self) -> tuple[Output, ...]:
        """Every Output, made now: for a small site, or a patient caller."""
        return tuple(slot.made() for slot in self.slots)
