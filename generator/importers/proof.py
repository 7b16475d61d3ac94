"""The proof of an import: what readers of the old site had, and what of it is here."""

from collections.abc import Mapping

from generator.model.problems import Problem
from generator.model.values import frozen


@frozen
class TextLoss:
    """A text of the old site that lacks something here."""

    source: str
    words: tuple[str, ...] = ()
    pictures: tuple[str, ...] = ()
    links: tuple[str, ...] = ()


@frozen
class AddressLoss:
    """An old address that leads nowhere any more, whose it was, and why no page can stand there."""

    address: str
    source: str
    reason: str = ""


@frozen
class Proof:
    """What an imported site has kept of the old one.

    `texts` counts texts by state, `held` those that readers did not have by reason; `missing` are
    public texts without a page. `addresses` counts old ones by what became of them.
    """

    texts: Mapping[str, int]
    held: Mapping[str, int]
    published: int
    missing: tuple[str, ...]
    words_there: int
    words_here: int
    words_lost: int
    words_added: int
    pictures: int
    pictures_lost: int
    links: int
    links_lost: int
    losses: tuple[TextLoss, ...]
    addresses: Mapping[str, int]
    addresses_lost: tuple[AddressLoss, ...]
    gone: Mapping[str, int]
    problems: tuple[Problem, ...] = ()

    @property
    def has_loss(self) -> bool:
        """Whether something that readers had is not there."""
        lost = (self.missing, self.words_lost, self.pictures_lost, self.links_lost)
        return any(lost) or bool(self.addresses_lost)
