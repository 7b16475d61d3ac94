"""Evidence: what readers of the old site had, kept for the proof that it is all there still.

It stands in `.broadsheet/imported.jsonl.gz`, a line for each text. HTML is reduced at once to what
the proof compares: its words in order, its pictures and its links.
"""

import gzip
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from lxml import etree, html

from generator.importers.old_site import OldText, State
from generator.model.values import frozen
from generator.state.folder import ready_state, state_folder

FILE = "imported.jsonl.gz"
OLD_URLS = "old-urls.json"
UNSEEN = frozenset({"script", "style", "template", "noscript", "head", "title"})
SPANS = frozenset(
    (
        *("a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn"),
        *("em", "font", "i", "ins", "kbd", "mark", "q", "s", "samp", "small", "span", "strike"),
        *("strong", "sub", "sup", "time", "tt", "u", "var", "wbr"),
    )
)
"""Elements within a line: a word may begin in one and end behind it."""
WORD = re.compile(r"\w+(?:['\u2019]\w+)*")
NOT_WORDS = re.compile("[\u00ad\u200b-\u200f\ufeff\u0300-\u036f]")
MOST_CHARACTERS = 10_000_000


@frozen
class Seen:
    """What a reader has of some HTML: `words` without case, addresses as they are written."""

    words: tuple[str, ...] = ()
    pictures: tuple[str, ...] = ()
    links: tuple[str, ...] = ()


@frozen
class Evidence:
    """One text of the old site: `target` is its file here, "" where it was left out."""

    source: str
    kind: str
    target: str
    state: str
    reason: str
    addresses: tuple[str, ...]
    seen: Seen

    @property
    def is_public(self) -> bool:
        """Whether readers had it."""
        return self.state == State.PUBLIC


def evidence_of(text: OldText, target: str) -> Evidence:
    """What is kept of a text that was filed at `target`."""
    is_needed = text.state is State.PUBLIC
    seen = seen_in(text.seen) if is_needed else Seen()
    return Evidence(text.source, text.kind, target, text.state, text.reason, text.addresses, seen)


def seen_in(markup: str) -> Seen:
    """What a reader has of some HTML."""
    if not markup.strip():
        return Seen()
    with suppress(etree.ParserError, etree.XMLSyntaxError, ValueError):
        parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=True)
        data = markup[:MOST_CHARACTERS].encode("utf-8", "replace")
        return seen_below(html.document_fromstring(data, parser=parser))
    return Seen(words_of(markup))


def seen_below(root: html.HtmlElement) -> Seen:
    """What a reader has of an element of a page."""
    pictures, links = [], []
    for element in root.iter("img", "a"):
        if element.tag == "img" and (source := element.get("src")):
            pictures.append(source)
        elif element.tag == "a" and (href := element.get("href")):
            links.append(href)
    return Seen(words_of("".join(_texts(root))), tuple(pictures), tuple(links))


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text, as they are compared: composed, without case, with straight quotes."""
    plain = unicodedata.normalize("NFKD", text)
    plain = NOT_WORDS.sub("", plain).replace("\u2019", "'").casefold()
    return tuple(WORD.findall(plain))


def _texts(element: html.HtmlElement) -> Iterator[str]:
    """The text that is seen, in order; only within spans does it run on."""
    unseen = 0
    for event, node in etree.iterwalk(element, events=("start", "end", "comment", "pi")):
        is_tag = isinstance(node.tag, str)
        if is_tag and node.tag not in SPANS:
            yield " "
        if event == "start":
            unseen += node.tag in UNSEEN
            if not unseen and node.text:
                yield node.text
            continue
        unseen -= is_tag and node.tag in UNSEEN
        if not unseen and node is not element and node.tail:
            yield node.tail


class EvidenceBook:
    """Takes evidence down, text after text; `close` puts it in its place."""

    def __init__(self, site: Path) -> None:
        folder = ready_state(site)
        self._file = folder / FILE
        self._partial = folder / f"{FILE}.partial"
        self._stream = gzip.open(  # noqa: SIM115 - closed by `close`
            self._partial, "wt", encoding="utf-8", errors="replace", compresslevel=3
        )

    def add(self, evidence: Evidence) -> None:
        """Take one text down."""
        seen = evidence.seen
        row = [
            *(evidence.source, evidence.kind, evidence.target, evidence.state, evidence.reason),
            *(evidence.addresses, " ".join(seen.words), seen.pictures, seen.links),
        ]
        self._stream.write(json.dumps(row, ensure_ascii=False) + "\n")

    def close(self) -> None:
        """Put what was taken down in its place."""
        self._stream.close()
        self._partial.replace(self._file)


def read_evidence(site: Path) -> Iterator[Evidence]:
    """What was taken down of each text. Raises OSError where there is none, or ValueError."""
    with gzip.open(state_folder(site) / FILE, "rt", encoding="utf-8") as lines:
        for line in lines:
            source, kind, target, state, reason, addresses, words, pictures, links = json.loads(
                line
            )
            seen = Seen(tuple(words.split()), tuple(pictures), tuple(links))
            yield Evidence(source, kind, target, state, reason, tuple(addresses), seen)


def keep_old_urls(site: Path, addresses: Iterable[str]) -> None:
    """Keep the newsroom's own list of old addresses for later proofs."""
    text = json.dumps([*addresses], ensure_ascii=False)
    (ready_state(site) / OLD_URLS).write_text(text, encoding="utf-8", errors="replace")


def kept_old_urls(site: Path) -> tuple[str, ...]:
    """The newsroom's own list of old addresses; nothing where there is none."""
    with suppress(OSError, ValueError):
        found = json.loads((state_folder(site) / OLD_URLS).read_bytes())
        return tuple(map(str, found)) if isinstance(found, list) else ()
    return ()
