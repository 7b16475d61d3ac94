"""The page cache: makes the one page that is asked for, and keeps it while it stays as it is."""

from collections import OrderedDict
from hashlib import blake2b
from pathlib import Path

from generator.live.snapshot import Look, Snapshot
from generator.model.outputs import Output
from generator.model.problems import Problem
from generator.model.values import frozen, replace
from generator.read.texts import SourceChangedError, read_body
from generator.render.outputs import Rendered

MOST_PAGES = 256
MOST_BYTES = 64 * 1024 * 1024


@frozen
class CachedPage:
    """A page as it was made; no `data` when it could not be.

    `fingerprint` stands for what it was made from. `digest` tells its bytes from others,
    but not one version of a style sheet from the next: those are in `styles`, by URL.
    `is_outdated`: its text is not the one that the snapshot was made from.
    """

    data: bytes | None
    fingerprint: str
    digest: str = ""
    styles: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    is_last_good: bool = False
    is_outdated: bool = False


class PageCache:
    """Makes pages, one at a time."""

    def __init__(self, site: Path) -> None:
        self._site = site
        self._kept: OrderedDict[str, CachedPage] = OrderedDict()
        # Failing may take as long as a page may take: each is tried once, with each look.
        self._failing: Look | None = None
        self._failed: OrderedDict[str, tuple[str, CachedPage]] = OrderedDict()
        self._bytes = 0

    def page(self, snapshot: Snapshot, output: Output) -> CachedPage:
        """The page of an Output.

        One that cannot be made is shown as it was when it last could be; one that never
        could is tried with the last layouts that were sound.
        """
        look = snapshot.look
        fingerprint = look.prints.of(output)
        kept = self._kept.get(output.path)
        if kept and kept.fingerprint == fingerprint:
            self._kept.move_to_end(output.path)
            return kept
        if self._failing is not look:
            self._failing, self._failed = look, OrderedDict()
        failed = self._failed.get(output.path)
        if failed and failed[0] == fingerprint:
            return failed[1]
        made = self._made(look, output, fingerprint)
        if made.data is not None and not any(problem.is_error for problem in made.problems):
            self._keep(output.path, made)
            return made
        shown = self._instead(snapshot, output, made)
        if not made.is_outdated:
            self._failed[output.path] = fingerprint, shown
            if len(self._failed) > MOST_PAGES:
                self._failed.popitem(last=False)
        return shown

    def _instead(self, snapshot: Snapshot, output: Output, made: CachedPage) -> CachedPage:
        """What to show of a page that cannot be made as it should."""
        kept = self._kept.get(output.path)
        if kept:
            return _as_it_was(kept, made)
        if (
            made.data is None
            and not made.is_outdated
            and snapshot.sound not in (None, snapshot.look)
        ):
            older = self._made(snapshot.sound, output, made.fingerprint)
            if older.data is not None:
                return _as_it_was(older, made)
        return made

    def _made(self, look: Look, output: Output, fingerprint: str) -> CachedPage:
        try:
            texts = {body.source_path: read_body(self._site, body) for body in output.bodies}
        except SourceChangedError:
            return CachedPage(None, fingerprint, is_outdated=True)
        rendered = look.renderer.render(output, texts)
        digest = _digest(rendered, look) if rendered.data is not None else ""
        styles = tuple(link.url for link in look.styles)
        return CachedPage(rendered.data, fingerprint, digest, styles, rendered.problems)

    def _keep(self, path: str, made: CachedPage) -> None:
        self._drop(path)
        self._kept[path] = made
        self._bytes += len(made.data or b"")
        while len(self._kept) > MOST_PAGES or self._bytes > MOST_BYTES:
            self._drop(next(iter(self._kept)))

    def _drop(self, path: str) -> None:
        found = self._kept.pop(path, None)
        if found:
            self._bytes -= len(found.data or b"")


def _digest(rendered: Rendered, look: Look) -> str:
    """What tells a page from others, whatever its style sheets hold."""
    data = rendered.data or b""
    for link in look.styles:
        data = data.replace(link.url.encode(), link.title.encode())
    return blake2b(data, digest_size=12).hexdigest()


def _as_it_was(old: CachedPage, failed: CachedPage) -> CachedPage:
    """The old page, with what is wrong with the new one."""
    return replace(old, problems=failed.problems, is_last_good=True, is_outdated=failed.is_outdated)
