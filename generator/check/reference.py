"""An address as a published file names it, and where."""

from generator.model.values import frozen


@frozen
class Reference:
    """An address in a published file.

    `what` is a word for it ("link", "picture"), `url` the address as written, without the white
    space round it; `line` and `column` count from 1.
    """

    what: str
    url: str
    line: int
    column: int
