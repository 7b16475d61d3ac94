"""Remarks on an import, each kind told once, however many texts it is true of."""

from collections import Counter
from collections.abc import Iterator

from generator.importers.old_site import Remark
from generator.model.values import frozen

MOST_PLACES = 5


@frozen
class Told:
    """A remark with how often it was made, and the first places of it."""

    kind: str
    hint: str
    is_loss: bool
    count: int
    places: tuple[str, ...]


class Remarks:
    """Remarks, each kind told once."""

    def __init__(self) -> None:
        self._first: dict[str, Remark] = {}
        self._places: dict[str, list[str]] = {}
        self._counts: Counter[str] = Counter()

    def add(self, remark: Remark) -> None:
        """Count one more."""
        self._first.setdefault(remark.kind, remark)
        self._counts[remark.kind] += 1
        places = self._places.setdefault(remark.kind, [])
        if len(places) < MOST_PLACES and remark.place not in places:
            places.append(remark.place)

    def told(self) -> Iterator[Told]:
        """Every kind: losses first, then by how often it was met."""
        kinds = sorted(
            self._first.values(), key=lambda one: (not one.is_loss, -self._counts[one.kind])
        )
        for one in kinds:
            places = tuple(self._places[one.kind])
            yield Told(one.kind, one.hint, one.is_loss, self._counts[one.kind], places)
