"""Filing an old site: its texts, files, redirects and configuration, written as an editor would.

Texts come one after another and are never held all at once: they wait in a temporary file until
the old site has told all it knows, since the pattern of addresses is chosen by all of them.
"""

import os
import pickle
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from generator.importers.addressing import Addressed, Addresser
from generator.importers.claims import Claims
from generator.importers.evidence import Evidence, EvidenceBook, evidence_of
from generator.importers.new_config import Sample, new_config_text, section_slugs
from generator.importers.old_site import (
    OldFile,
    OldSettings,
    OldSite,
    OldText,
    Remark,
    Row,
    State,
    TextKind,
)
from generator.importers.own_addresses import GIVES_WAY, is_own
from generator.importers.placing import Names, Placed, Placer, is_safe, safe_name
from generator.importers.redirect_rows import leading, rows_text
from generator.importers.remarks import Remarks, Told
from generator.importers.section_counts import SectionCounts
from generator.importers.term_files import TermFiles, in_some_section
from generator.model.config import CONFIG_FILE, Config
from generator.model.frozen import FrozenMap, freeze_map
from generator.model.problems import Problem
from generator.model.values import frozen, replace
from generator.read.config import parse_config, read_config
from generator.read.slugs import slugify

REDIRECTS = "redirects.csv"
IGNORED = "/public/\n/.broadsheet/\n"
MOST_SAMPLES = 200
GENERATED = frozenset(
    ("index.html", "sitemap.xml", "news-sitemap.xml", "feed.xml", "atom.xml", "feed.json")
)
"""Files at the top that Broadsheet makes itself, from the same stories."""


@frozen
class SiteImport:
    """What an import did. `placed` counts files by what became of them, `texts` by kind and state.

    `left_out` and `drafts` count texts by reason; `extra` counts the keys that were put under
    `extra`. `edited` are files that were left as an editor has them, `deleted` those that an
    editor deleted.
    """

    generator: str
    permalink: str
    texts: FrozenMap
    placed: FrozenMap
    drafts: FrozenMap
    left_out: FrozenMap
    extra: FrozenMap
    edited: tuple[str, ...]
    deleted: tuple[str, ...]
    told: tuple[Told, ...]

    @property
    def has_loss(self) -> bool:
        """Whether something of the old site is not in the new one."""
        return any(one.is_loss for one in self.told)


def import_site(
    old: OldSite, site: Path, *, roots: Sequence[Path], now: datetime, dry_run: bool = False
) -> SiteImport:
    """Write an old site into `site`, which may be a folder that is not there yet.

    Files are copied from within `roots` only. `now` is the instant of the import.
    Raises OSError when the machine refuses, HinderedError where the source is broken.
    """
    return _Import(old, site, roots, now, dry_run=dry_run).run()


class _Import:
    """One import, from its first text to its report."""

    def __init__(
        self, old: OldSite, site: Path, roots: Sequence[Path], now: datetime, *, dry_run: bool
    ) -> None:
        self._old, self._site, self._now, self._dry_run = old, site, now, dry_run
        self._roots = tuple(os.path.realpath(root) for root in roots)
        self._placer = Placer(site, dry_run=dry_run)
        self._names, self._claims, self._remarks = Names(), Claims(), Remarks()
        self._counts: dict[str, Counter[str]] = {
            name: Counter() for name in ("texts", "drafts", "left_out", "extra")
        }
        self._samples: list[Sample] = []
        self._redirects: list[Row] = []
        self._sections: set[str] = set()
        self._stories = SectionCounts()
        self._terms = TermFiles()

    def run(self) -> SiteImport:
        """Import everything."""
        with TemporaryFile() as waiting:
            number = self._gather(waiting)
            settings = self._old.settings()
            for text in self._terms.texts(settings.language or "en"):
                pickle.dump(text, waiting)
                number += 1
            config = self._configure(settings)
            waiting.seek(0)
            living = self._file_all(waiting, number, config)
        for file in self._old.files():
            self._copy(file, settings.generator, living)
        self._write_redirects(settings.redirects, living)
        for remark in self._old.remarks():
            self._remarks.add(remark)
        self._placer.store()
        return self._report(settings.generator, config)

    def _gather(self, waiting: IO[bytes]) -> int:
        """Set every text aside; returns how many there are."""
        number = 0
        for number, text in enumerate(self._old.texts(), start=1):
            path = _path_of(text, self._names)
            text = in_some_section(replace(text, name=path))  # noqa: PLW2901 - as it is filed
            self._terms.add(text)
            pickle.dump(text, waiting)
            self._stories.add(text)
            self._claims.gather(number, text)
            if text.kind is TextKind.SECTION:
                self._sections.add(path.removesuffix(".md").rpartition("/")[2])
            if text.kind is TextKind.ARTICLE and text.wanted and text.state is State.PUBLIC:
                self._sample(number, Sample(path, text.head, text.wanted))
        return number

    def _sample(self, number: int, sample: Sample) -> None:
        """Keep some stories from all over the site: every one, every second, every fourth."""
        step = 1 << max(0, (number // MOST_SAMPLES).bit_length() - 1)
        if number % step == 0:
            self._samples.append(sample)
        if len(self._samples) > MOST_SAMPLES:
            self._samples = self._samples[::2]

    def _configure(self, settings: OldSettings) -> Config:
        """The site's configuration; one is written where there is none."""
        if (self._site / CONFIG_FILE).exists():
            return read_config(self._site)[0]
        language = settings.language or "en"
        every = (self._claims.section(one, language) for one in settings.sections)
        names = {slug: one for one in every if (slug := slugify(one, language))}
        navigation = settings.navigation or tuple(self._stories.navigation(self._claims, language))
        settings = replace(settings, sections=tuple(names.values()), navigation=navigation)
        text = new_config_text(settings, self._samples, self._now.date())
        self._placer.text(CONFIG_FILE, text)
        if not (self._site / ".gitignore").exists():
            self._placer.text(".gitignore", IGNORED)
        return parse_config(text)[0]

    def _file_all(self, waiting: IO[bytes], number: int, config: Config) -> set[str]:
        """Write every text; returns the addresses of all pages."""
        book = None if self._dry_run else EvidenceBook(self._site)
        slugs = section_slugs(config) | self._sections
        addresser = Addresser(config, slugs, self._claims, self._now)
        for which in range(1, number + 1):
            text: OldText = pickle.load(waiting)  # noqa: S301 - written a moment ago, by us
            evidence = self._file(which, text, addresser)
            if book:
                book.add(evidence)
        if book:
            book.close()
        return addresser.living

    def _file(self, number: int, text: OldText, addresser: Addresser) -> Evidence:
        """Write one text and its own files."""
        self._counts["texts"][f"{text.kind} {text.state}"] += 1
        if text.state is State.LEFT_OUT:
            self._counts["left_out"][text.reason or "no reason given"] += 1
            return evidence_of(text, "")
        if text.state is State.DRAFT:
            self._counts["drafts"][text.reason or "a draft"] += 1
        extra = text.head.get("extra")
        self._counts["extra"].update([*extra] if isinstance(extra, FrozenMap) else ())
        made = addresser.addressed(number, text)
        self._redirects += made.redirects
        for problem in made.problems:
            self._remarks.add(_remark_on(problem, text))
        placed = self._placer.text(text.name, made.content)
        if placed is Placed.OUTSIDE:
            self._remarks.add(Remark("its place is not in the site", text.source, is_loss=True))
        for file in text.files:
            self._copy(file)
        if text.state is State.PUBLIC and text.wanted and is_own(text.wanted):
            self._remarks.add(Remark(GIVES_WAY, f"{text.source} ({text.wanted})"))
        if self._claims.is_double(number):
            kind = "two texts had one address; this one has another now"
            self._remarks.add(Remark(kind, f"{text.source}: {text.wanted}"))
        return evidence_of(self._as_seen(text, made), text.name)

    def _as_seen(self, text: OldText, made: Addressed) -> OldText:
        """A text as readers have it at this instant."""
        if text.state is State.PUBLIC and made.since and made.since > self._now:
            return replace(text, state=State.SCHEDULED, reason=f"from {made.since:%Y-%m-%d} on")
        if text.state is State.PUBLIC and made.until and made.until <= self._now:
            return replace(text, state=State.EXPIRED, reason=f"expired {made.until:%Y-%m-%d}")
        return text if text.seen else replace(text, seen=made.html)

    def _copy(self, file: OldFile, generator: str = "", living: Collection[str] = ()) -> None:
        """Copy a file; one that is missing or lies elsewhere is told, and nothing stops for it."""
        shown = file.target.removeprefix("static/")
        is_page = f"/{shown}".removesuffix("index.html") in living
        if generator and (shown in GENERATED or is_page):
            self._remarks.add(Remark("a file that Broadsheet makes itself was not copied", shown))
            return
        if not is_safe(file.target):
            self._remarks.add(Remark("a file with a name that no disk takes", shown, is_loss=True))
            return
        try:
            if file.data is not None:
                placed = self._placer.data(file.target, file.data)
            elif file.source is not None and self._is_ours(file.source):
                placed = self._placer.copy(file.target, file.source)
            else:
                hint = "Put the file itself in the old site, and import again."
                kind = "a file is missing, or leads out of the old site"
                self._remarks.add(Remark(kind, str(file.source or shown), hint, True))
                return
        except OSError as error:
            kind = f"a file cannot be copied: {error.strerror}"
            self._remarks.add(Remark(kind, shown, "Check its permissions.", is_loss=True))
            return
        if placed is Placed.OUTSIDE:
            self._remarks.add(Remark("its place is not in the site", shown, is_loss=True))

    def _is_ours(self, file: Path) -> bool:
        real = os.path.realpath(file)
        is_inside = any(real == root or real.startswith(root + os.sep) for root in self._roots)
        return is_inside and os.path.isfile(real)  # noqa: PTH113 - a text

    def _write_redirects(self, lists: Iterable[Row], living: Collection[str]) -> None:
        """Write the addresses that lead on, behind those of an editor's own list."""
        rows = [*self._redirects, *leading(lists, self._claims, living, self._site)]
        file = self._site / REDIRECTS
        is_own = file.is_file() and not self._placer.knows(REDIRECTS)
        before = file.read_text("utf-8", "replace") if is_own else ""
        if rows:
            self._placer.text(REDIRECTS, rows_text(rows, before), over=is_own)

    def _report(self, generator: str, config: Config) -> SiteImport:
        placer = self._placer
        return SiteImport(
            generator=generator,
            permalink=str(config.permalink),
            texts=_counted(self._counts["texts"]),
            placed=_counted(Counter(map(str, placer.placed.values()))),
            drafts=_counted(self._counts["drafts"]),
            left_out=_counted(self._counts["left_out"]),
            extra=_counted(self._counts["extra"]),
            edited=tuple(placer.of(Placed.KEPT)),
            deleted=tuple(placer.of(Placed.DELETED)),
            told=tuple(self._remarks.told()),
        )


def _path_of(text: OldText, names: Names) -> str:
    """The path of a text's file, from the site's folder."""
    if text.state is State.LEFT_OUT:
        return text.name
    name = safe_name(text.name)
    return names.free(f"content/{text.kind}/{name}.md")


def _remark_on(problem: Problem, text: OldText) -> Remark:
    return Remark(problem.message, f"{text.source} ({problem.place})", problem.hint)


def _counted(counts: Counter[str]) -> FrozenMap:
    return freeze_map(dict(counts.most_common()))
