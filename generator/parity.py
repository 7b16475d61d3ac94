"""Parity: an imported site built aside, and compared with what readers of the old one had.

What they had was taken down by the import (`importers/evidence.py`): words, pictures, links and
addresses of each text. Whatever of it is not found on the pages is named.
"""

import csv
import posixpath
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from os.path import normpath
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote, unquote

from lxml import etree, html

from generator.build import BuildOptions, open_job
from generator.importers.evidence import Evidence, Seen, kept_old_urls, read_evidence, seen_below
from generator.importers.proof import AddressLoss, Proof, TextLoss
from generator.importers.redirect_rows import NOWHERE
from generator.model.addresses import output_path
from generator.model.problems import HinderedError, Problem
from generator.model.values import replace
from generator.model.written_addresses import written_address
from generator.pictures.header import look
from generator.publish.manifest import Manifest
from generator.publish.store import load_manifest, manifest_path
from generator.stages.building import build_all
from generator.stages.job import Progress
from generator.stages.reading import read_site

BODY = "e-content"
"""The class of the element that holds a text's body (microformats2, h-entry)."""
SAME, REDIRECTED, GONE, LOST = "same", "redirected", "gone on purpose", "lost"
REFRESH = b"http-equiv"
MOST_WORDS = 12
FILM = re.compile(r"//(?:img\.youtube|i\.ytimg)\.com/vi/([\w-]+)/")
"""The still picture of a film."""


class NoEvidenceError(HinderedError):
    """Nothing is known of an old site."""


def prove(
    options: BuildOptions, old_urls: Iterable[str] = (), progress: Progress | None = None
) -> Proof:
    """Build a site aside, and compare it with what was taken down of the old one.

    `old_urls` are addresses that a newsroom knows of besides. Raises NoEvidenceError for a site
    that nothing was imported into, and what a build raises.
    """
    try:  # read twice, a text at a time: the words of an archive fill the memory
        ours = {_plain(one) for text in read_evidence(options.site) for one in _readable(text)}
    except (OSError, ValueError, EOFError):
        hint = "Import the old site again: what is there stays as it is."
        raise NoEvidenceError("nothing is known of an old site here", hint) from None
    known = (*kept_old_urls(options.site), *old_urls)
    with TemporaryDirectory(prefix="broadsheet-") as folder:
        aside = Path(folder).resolve()
        asked = replace(options, clean=True, allow_shrink=True, keep_going=True)
        with open_job(asked, aside / "public", progress, state=aside) as job:
            problems = build_all(job, read_site(job)).problems
        manifest = load_manifest(manifest_path(aside, aside / "public")) or Manifest.of({})
        top = job.config.base.path
        comparison = _Comparison(options.site, aside / "public", manifest, top)
        known = tuple(_below(address, top) for address in known)
        return comparison.proof(read_evidence(options.site), ours, known, problems)


class _Comparison:
    """A published folder, asked for what readers of the old site had.

    `top` is the folder of the host that the site lives in, if it does.
    """

    def __init__(self, site: Path, published: Path, manifest: Manifest, top: str) -> None:
        self._site, self._published = site, published
        self._pages: dict[str, list[str]] = {}
        for path, file in manifest.files.items():
            if path.endswith(".html") and file.source:
                self._pages.setdefault(file.source, []).append(path)
        self._led = frozenset(_listed_redirects(site, published, top))

    def proof(
        self,
        evidence: Iterable[Evidence],
        ours: AbstractSet[str],
        old_urls: Iterable[str],
        problems: tuple[Problem, ...],
    ) -> Proof:
        """Everything compared; `ours` are the addresses of what readers had."""
        counts: Counter[str] = Counter()
        states: Counter[str] = Counter()
        held: Counter[str] = Counter()
        missing: list[str] = []
        losses: list[TextLoss] = []
        addresses: dict[str, tuple[str, str, str]] = {}
        for text in evidence:
            states[text.state] += 1
            self._stand(text, addresses)
            if not text.is_public:
                held[text.reason or text.state] += 1
                continue
            if text.kind not in ("articles", "pages"):
                continue
            page = self._page_of(text)
            if page is None:
                missing.append(text.source)
                continue
            counts["published"] += 1
            loss = self._compared(text, page, ours, counts)
            if loss.words or loss.pictures or loss.links:
                losses.append(loss)
        for url in old_urls:
            if url not in addresses:
                addresses[url] = (self._fate(url) or LOST, "", "")
        fates = Counter(fate for fate, _, _ in addresses.values())
        lost = [
            AddressLoss(url, source, _hindrance(url))
            for url, (fate, source, _) in addresses.items()
            if fate == LOST
        ]
        gone = Counter(reason for fate, _, reason in addresses.values() if fate == GONE)
        return Proof(
            texts=states,
            held=held,
            published=counts["published"],
            missing=tuple(missing),
            words_there=counts["there"],
            words_here=counts["here"],
            words_lost=counts["lost"],
            words_added=counts["added"],
            pictures=counts["pictures"],
            pictures_lost=counts["pictures lost"],
            links=counts["links"],
            links_lost=counts["links lost"],
            losses=tuple(losses),
            addresses=fates,
            addresses_lost=tuple(lost),
            gone=gone,
            problems=tuple(problem for problem in problems if problem.is_error),
        )

    def _stand(self, text: Evidence, addresses: dict[str, tuple[str, str, str]]) -> None:
        """Take down what became of a text's addresses."""
        for address in text.addresses:
            fate = self._fate(address)
            if fate is None:
                fate = LOST if text.is_public else GONE
            elif not text.is_public and address in addresses:
                continue
            if addresses.get(address, (LOST,))[0] in (LOST, GONE):
                addresses[address] = (fate, text.source, text.reason or text.state)

    def _page_of(self, text: Evidence) -> html.HtmlElement | None:
        """The page of a text: of all that were made from its file, the one that is no redirect."""
        for path in sorted(self._pages.get(text.target, ())):
            data = (self._published / path).read_bytes()
            if REFRESH in data[:2000] and b'"refresh"' in data[:2000].lower():
                continue
            try:
                return html.document_fromstring(data)
            except (etree.ParserError, etree.XMLSyntaxError):
                continue
        return None

    def _compared(
        self, text: Evidence, page: html.HtmlElement, ours: AbstractSet[str], counts: Counter[str]
    ) -> TextLoss:
        bodies = page.find_class(BODY) or [page.find("body")]
        whole, body = seen_below(page), seen_below(bodies[0])
        there = Counter(text.seen.words)
        lost = _not_within(there, whole.words)
        counts["there"] += there.total()
        counts["here"] += len(body.words)
        counts["lost"] += lost.total()
        counts["added"] += (Counter(body.words) - there).total()
        shown = unquote(" ".join(map(str, page.xpath("//@*"))))
        pictures = tuple(
            one for one in dict.fromkeys(text.seen.pictures) if self._is_lost(one, text, shown)
        )
        counts["pictures"] += len(text.seen.pictures)
        counts["pictures lost"] += len(pictures)
        links = tuple(self._lost_links(text.seen, ours))
        counts["links"] += len(text.seen.links)
        counts["links lost"] += len(links)
        words = tuple(word for word in dict.fromkeys(text.seen.words) if word in lost)
        return TextLoss(text.source, words[:MOST_WORDS], pictures, links)

    def _is_lost(self, source: str, text: Evidence, shown: str) -> bool:
        """Whether a picture that the site has is not shown on its page."""
        path = unquote(source.partition("?")[0].partition("#")[0])
        if found := FILM.search(path):  # its place is taken by the film itself
            return found[1] not in shown
        if "//" in path or path.startswith("data:"):
            return source not in shown and path not in shown
        beside = normpath(self._site / text.target / ".." / path)
        places = (self._site / "static" / path.lstrip("/"), Path(beside))
        file = next((one for one in places if one.is_file()), None)
        stem = posixpath.splitext(posixpath.basename(path))[0]
        return file is not None and stem not in shown and not _is_damaged(file)

    def _lost_links(self, seen: Seen, ours: AbstractSet[str]) -> Iterator[str]:
        """Links to texts of the old site that lead nowhere now."""
        for link in dict.fromkeys(seen.links):
            path = unquote(link.partition("#")[0].partition("?")[0])
            if path.startswith("/") and _plain(path) in ours and self._fate(path) is None:
                yield link

    def _fate(self, address: str) -> str | None:
        """What answers at an old address; None where nothing does."""
        path = address.partition("?")[0]
        if address in self._led or ("?" not in address and _plain(address) in self._led):
            return REDIRECTED
        if "?" in address and path == "/":
            return None
        for form in (path, f"{path}/" if not path.endswith("/") else path.rstrip("/")):
            file = self._published / output_path(form)
            if ".." not in form.split("/") and file.is_file():
                return REDIRECTED if _is_redirect(file) else SAME
        return None


def _readable(text: Evidence) -> tuple[str, ...]:
    """The addresses of a text that readers had."""
    return text.addresses if text.is_public else ()


def _not_within(there: Counter[str], words: tuple[str, ...]) -> Counter[str]:
    """The words that a page does not have as often: neither apart nor run together with others."""
    lost = there - Counter(words)
    if lost:
        together = "".join(words)
        lost = Counter({word: n for word, n in lost.items() if together.count(word) < there[word]})
    return lost


def _hindrance(address: str) -> str:
    """Why no page can stand at an old address, which is decoded; "" where one can."""
    return written_address(quote(address.partition("?")[0]), NOWHERE)[1]


def _plain(address: str) -> str:
    return address.removesuffix("index.html").rstrip("/")


def _is_damaged(file: Path) -> bool:
    """Whether no browser shows a picture: readers did not see it there either."""
    with file.open("rb") as stream:
        return bool(look(file.name, stream, "").fault)


def _is_redirect(file: Path) -> bool:
    with file.open("rb") as stream:
        start = stream.read(2000).lower()
    return REFRESH in start and b"refresh" in start and file.suffix in (".html", ".htm")


def _below(address: str, top: str) -> str:
    """An address from the site's root that may have been told from the host's."""
    return address.removeprefix(top) or "/" if f"{address}/".startswith(f"{top}/") else address


def _listed_redirects(site: Path, published: Path, top: str) -> Iterator[str]:
    """The addresses that lead on by a list: the host's, and the newsroom's own."""
    hosts = published / "_redirects"
    for line in hosts.read_text("utf-8").splitlines() if hosts.is_file() else ():
        if (parts := line.split()) and not line.startswith("#"):
            yield _plain(_below(unquote(parts[0]), top))
    rows = site / "redirects.csv"
    if rows.is_file():
        with rows.open(encoding="utf-8", newline="") as text:
            for row in csv.reader(text):
                if row and row[0].startswith("/"):
                    yield row[0]
                    yield _plain(unquote(row[0]))
