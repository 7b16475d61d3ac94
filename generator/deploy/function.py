"""A plain Python function as a target: whatever else a newsroom has, in a few lines of its own.

    def send(handover):
        for path, file in handover.files.items():
            upload(handover.output / path, content_type=file.type)

It is given everything each time and keeps no record here, so it has no rollback.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

from generator.deploy.release import Deployer, Entries, Note, tree_of, utc_now
from generator.deploy.target import Delivery, Live, RefusedError, Tell
from generator.model.values import frozen


@frozen(eq=False)
class Handover:
    """What a function is given: the published folder, its files by path, and their address.

    Each file has `digest`, `size` (bytes), `type` and `cache` (a Cache-Control). `order` names
    the paths as they should come: what pages need before the pages.
    """

    output: Path
    files: Entries
    order: Sequence[str]
    base_url: str


class Function:
    """Deploys by calling a function, which raises what went wrong."""

    def __init__(self, send: Callable[[Handover], object], output: Path, who: Deployer) -> None:
        self._send, self._output, self._who = send, output, who

    def look(self, tree: str, *, is_wary: bool = False) -> Live:  # noqa: ARG002 - nobody knows
        """Nothing is known of what stands there."""
        return Live()

    def publish(self, delivery: Delivery) -> Note:
        """Hand over everything, once every file is known to be what was built."""
        files, order = delivery.files, delivery.plan.uploads
        for path in order:
            delivery.source.read(path, files[path])
        self._send(Handover(self._output, files, order, delivery.base_url))
        delivery.tell("upload", len(files), len(files))
        return Note(0, utc_now(), self._who.by, tree_of(files), len(files))

    def releases(self) -> Sequence[Note]:
        """None: a function keeps no record here."""
        return ()

    def restore(self, note: Note, tell: Tell) -> Note:  # noqa: ARG002 - as every target
        """Refused."""
        raise RefusedError("this target keeps no earlier releases", "Deploy an earlier build.")
