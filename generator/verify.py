"""Verifying: the site built cleanly aside, and every byte of it compared with what is published."""

from collections.abc import Iterator
from filecmp import cmp
from pathlib import Path
from tempfile import TemporaryDirectory

from generator.build import BuildOptions, open_job
from generator.model.differences import Difference, Kind
from generator.model.digests import content_digest
from generator.model.values import replace
from generator.publish.folder import files_in
from generator.publish.manifest import Manifest, Published
from generator.publish.store import load_manifest, manifest_path
from generator.stages.building import build_all
from generator.stages.final_problems import faulty_texts
from generator.stages.job import Done, Progress
from generator.stages.reading import read_site
from generator.stages.reasons import in_words, reason_for, reasons_path
from generator.state.folder import state_home


def verify(options: BuildOptions, progress: Progress | None = None) -> tuple[Difference, ...]:
    """Compare what a build has just published with a clean build of the same, in order of paths.

    The clean build happens in a temporary folder, with a memory of its own: neither the
    site's output nor its `.broadsheet/` is touched. What was kept of a broken text, with
    `keep_going`, is no difference. Raises what a build raises.
    """
    with TemporaryDirectory(prefix="broadsheet-") as folder:
        aside = Path(folder).resolve()
        done = _build_aside(options, aside, progress)
        broken = faulty_texts(done.problems)
        published = options.output or options.site / "public"
        home = state_home(options.site, published)
        return tuple(_Comparison(home, published.resolve(), aside, broken).differences())


def _build_aside(options: BuildOptions, aside: Path, progress: Progress | None) -> Done:
    """Build the whole site below a folder that is nobody's."""
    clean = replace(options, clean=True, allow_shrink=True, allow_lost=True)
    with open_job(clean, aside / "public", progress, state=aside) as job:
        return build_all(job, read_site(job))


class _Comparison:
    """Two folders, file by file, and what is known of the published one."""

    def __init__(self, home: Path, published: Path, aside: Path, broken: frozenset[str]) -> None:
        self._published, self._clean = published, aside / "public"
        stored = manifest_path(home, published)
        self._manifest = load_manifest(stored) or Manifest.of({})
        self._reasons = reasons_path(stored)
        self._kept = self._manifest.sources(*sorted(broken))

    def differences(self) -> Iterator[Difference]:
        """Every difference, in order of paths."""
        there, clean = set(files_in(self._published)), set(files_in(self._clean))
        for path in sorted(there | clean):
            known = self._manifest.get(path)
            if path not in clean:
                kind = Kind.EXTRA if known else Kind.FOREIGN
            elif path not in there:
                kind = Kind.MISSING
            elif self._is_same(path):
                continue
            else:
                kind = Kind.CHANGED if self._is_by_hand(path, known) else Kind.DIFFERENT
            if not (path in self._kept and kind is Kind.EXTRA):
                yield Difference(path, kind, self._reason(path, known))

    def _is_same(self, path: str) -> bool:
        file = self._published / path
        return not file.is_symlink() and cmp(file, self._clean / path, shallow=False)

    def _is_by_hand(self, path: str, known: Published | None) -> bool:
        """Whether a file is another than the one that was published."""
        file = self._published / path
        if file.is_symlink() or known is None:
            return True
        return content_digest(file.read_bytes()) != known.digest

    def _reason(self, path: str, known: Published | None) -> str:
        found = reason_for(self._reasons, path, known) if known else None
        return f"{found.instant:%Y-%m-%d %H:%M %Z}: {in_words(found.causes)}" if found else ""
