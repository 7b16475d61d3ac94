"""Slots: places in a plan, for files that are made when they are asked for."""

from collections.abc import Callable
from typing import Any

from generator.model.outputs import Output
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
