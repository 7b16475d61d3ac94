"""Fields: one file's front matter, asked for key by key, with every fault gathered."""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import partial
from typing import cast
from zoneinfo import ZoneInfo

from generator.markdown.curling import curled, turned
from generator.model.entities import decoded
from generator.model.frozen import EMPTY, FrozenMap, freeze_map
from generator.model.line_text import SIGNS, LineText, line_text
from generator.model.options import FALSE, TRUE
from generator.model.problems import MOST_TOLD, Place, Problem, shown
from generator.model.values import replace
from generator.read.dates import DateError, ParsedDate, parse_date
from generator.read.foreign_keys import (
    IGNORED,
    RANK,
    RESERVED,
    asks_for_noindex,
    hint_for_key,
    of_ours,
    peers_meaning,
    plainer,
    renamed,
    says_nothing,
    says_something,
    spelt,
)
from generator.read.front_matter import FrontMatter
from generator.read.likely_holds import own_date
from generator.read.line_faults import line_faults
from generator.read.list_slips import (
    MAY_BE_LIST,
    MAY_BE_MORE,
    PARTED,
    ListText,
    entries_of_item,
    entries_of_text,
)
from generator.read.one_line import in_one_line
from generator.read.plain_yaml import Value
from generator.read.slugs import is_reserved, slugify
from generator.read.source_spans import SourceSpan
from generator.read.withheld import HOLDING, NOTHING, bare, holding, rarely, switch_of

FIT = re.compile(r"[a-z0-9](?:[a-z0-9._-]{0,198}[a-z0-9_-])?")
"""A slug that can stand in an address as it is: whatever its length, it stays as written."""
BELOW = r"^{}:[ \t]*\n((?:[ \t]++[^\n]*+\n?)++)"
"""A key with nothing behind it, and the lines below it."""
WHOLE_NUMBER = re.compile(r"[-+]?[0-9]{1,9}")
Known = tuple[str, ...]
SWITCHES = frozenset({"url", "type"})
"""Keys of ours that others hold texts back by: `url: false`, `type: draft`."""


class Fields:
    """The values of a file's front matter, read as the types they should have.

    `also` maps every other accepted name of a key to its own name, which counts where
    both are there. A faulty value is reported with its place and counts as missing, an
    empty one as missing. `is_withheld`: another key than `draft` says that nobody shall see the
    text. A key that would hold a text back, but does nothing here, is an error. `own` says what
    the newsroom means by names of its own, before anything else.
    """

    def __init__(
        self,
        front: FrontMatter,
        known: Known,
        also: Mapping[str, str],
        own: Mapping[str, object] = EMPTY,
    ) -> None:
        self._front = front
        self.problems: list[Problem] = []
        self._written: dict[str, str] = {}
        self._values: dict[str, object] = {}
        self._emphasis: dict[object, object] = {}
        self._told: set[str] = set()
        self.is_withheld = False
        self.quotes = ""
        self._parts: dict[str, dict[str, Value]] = {}
        foreign: list[str] = []
        theirs = set(self._renamed(own, known)) if own else ()
        for key in sorted(front.values, key=also.__contains__):
            if key in theirs:
                continue
            if not self._sort(key, front.values[key], known, also):
                foreign.append(key)
        for key in sorted(foreign, key=lambda key: RANK.get(bare(key), 0)):
            self._mean(key, peers_meaning(key), front.values[key])
        for name, parts in self._parts.items():
            self._join(name, parts)

    def _renamed(self, own: Mapping[str, object], known: Known) -> Iterator[str]:
        """Take the keys that the newsroom has a meaning for; those, as the file writes them."""
        for key, meaning, value in renamed(self._front.values, own):
            name, dot, part = meaning.partition(".")
            if name in known and dot:
                self._parts.setdefault(name, {}).setdefault(part, value)
            elif name in known:
                self._take(key, name, plainer(name, value))
            elif name != IGNORED:
                continue
            yield key

    def _mean(self, key: str, meaning: str, value: Value) -> None:
        """Take a key of others for what it means, unless one of ours is there."""
        name, dot, part = meaning.partition(".")
        value = plainer(name, value)
        if dot:
            self._parts.setdefault(name, {}).setdefault(part, value)
        elif not (self.has(name) or (name == "image" and says_nothing(value))):
            self._take(key, name, value)

    def _join(self, name: str, parts: dict[str, Value]) -> None:
        """Put what stands under keys of its own into the picture, or the mapping, it belongs to."""
        whole = self._values.get(name)
        if name == "type":
            if any(map(says_something, parts.values())):
                self._values[name] = "sponsored"
            return
        if name == "image" and "src" not in parts and whole is None:
            return  # words about a picture that is not there
        mapping = whole if isinstance(whole, dict) else {"src": whole} if whole else {}
        self._values[name] = {**parts, **mapping}

    def _sort(self, key: str, value: Value, known: Known, also: Mapping[str, str]) -> bool:
        """Take a key for what it is; false for one of others, which is left for later."""
        switch = NOTHING if key in known and key not in SWITCHES else switch_of(key, value)
        name = key if key in known else also.get(key) or spelt(key, known, tuple(also.items()))
        name = name if name in known else rarely(key)
        if bare(key) in RESERVED:
            if says_something(value):
                hint = "It is kept for a later version: nobody sees what stands there."
                self.doubt_key(key, f'"{shown(key)}" does nothing yet', hint)
        elif switch.fault:
            self._stop(key, switch.fault, "draft" in known)
        elif switch.is_known:
            self._withhold(key, known, hides=switch.hides)
        elif name == "date" and self.has("date") and "embargo" in known:
            # The date when it was written, and the one from which it is to be seen.
            self._take(key, "embargo", value)
        elif name in known:
            self._take(key, name, value if isinstance(value, str) else of_ours(name, value))
        else:
            return self._sort_foreign(key, value, known, also)
        return True

    def _sort_foreign(self, key: str, value: Value, known: Known, also: Mapping[str, str]) -> bool:
        """The same of a key that is none of ours in any spelling."""
        if "noindex" in known and asks_for_noindex(key, value):
            self._take(key, "noindex", "true")
        elif fault := holding(key, value, own_date(self._front), shown(key)):
            self._stop(key, fault, "draft" in known)
        elif peers_meaning(key).partition(".")[0] in known:
            return False
        else:
            is_told = len(self.problems) < MOST_TOLD
            hint = hint_for_key(key, (*known, *also)) if is_told else ""
            self.doubt_key(key, f'unknown key "{shown(key)}"', hint)
        return True

    def _withhold(self, key: str, known: Known, *, hides: bool) -> None:
        self.is_withheld |= hides
        if hides and "draft" not in known:
            self._stop(key, f'"{shown(key)}" does nothing on this kind of text', False)

    def _stop(self, key: str, message: str, may_be_draft: bool) -> None:
        hint = "Until it may be seen, keep the file out of content/."
        if may_be_draft:
            hint = 'To hold it back write "draft: true"; else take it out, or put it under extra.'
        self.problems.append(self._front.locate_key(key).error(message, hint))

    def _take(self, key: str, name: str, value: Value) -> None:
        if value is None or (isinstance(value, str) and not value.strip()):
            return
        if name in self._values:
            other = self._written[name]
            message = f'"{key}" means the same as "{other}"'
            if name in HOLDING and value != self._values[name]:
                # Which of them holds is not for us to guess.
                self.problems.append(
                    self._front.locate_key(key).error(message, "Keep one of them.")
                )
            else:
                self.doubt_key(key, message, "Keep one of them.")
        else:
            self._written[name] = key
            self._values[name] = value

    def written(self, key: str) -> str:
        """The name under which the file has the key."""
        return self._written.get(key, key)

    def has(self, key: str) -> bool:
        """Whether the key is there with a value."""
        return key in self._values

    def fault(self, key: str, message: str, hint: str, *inner: str | int) -> None:
        """Report a fault in a key's value."""
        self.problems.append(self.span(key, *inner).error(message, hint))

    def fault_in_name(self, message: str, hint: str) -> None:
        """Report a fault in the file's name."""
        self.problems.append(Problem(Place(self._front.path), message, hint))

    def warn(self, key: str, message: str, hint: str, *, is_told_once: bool = False) -> None:
        """Report a doubt about a key's value."""
        doubt = self.span(key).warning(message, hint)
        self.problems.append(replace(doubt, is_told_once=is_told_once))

    def span(self, key: str, *inner: str | int) -> SourceSpan:
        """Where a key's value stands, or a part of it."""
        return self._front.locate(self.written(key), *inner)

    def value(self, key: str) -> Value:
        """The value as written: None when it is missing."""
        return cast("Value", self._values.get(key))

    def doubt_key(self, key: str, message: str, hint: str, *inner: str) -> None:
        """Report a doubt about a key itself, by the name that the file gives it."""
        doubt = self._front.locate_key(key, *inner).warning(message, hint)
        self.problems.append(replace(doubt, is_told_once=True))

    def text(self, key: str) -> str:
        """A text, without white space around it; "" when it is missing."""
        value = self._values.get(key)
        if value is None:
            return ""
        if isinstance(value, str):
            return in_one_line(value, self._front.source)
        self.fault(key, f'"{key}" is not a text', "Write one line of text.")
        return ""

    def line(self, key: str) -> str:
        """A text that readers see: references decoded, emphasis and HTML tags left out.

        Where it has emphasis, `emphasis` holds it as HTML. With `quotes`, a language, straight
        quotes are curled and dashes joined as in a body of that language.
        """
        text = self.text(key)
        if not SIGNS.search(text) and "~~" not in text:  # nearly all
            return curled(text, self.quotes) if self.quotes else text
        line = self.seen(key, text)
        if line.html:
            self._emphasis[key] = line.html
        return line.plain

    def seen(self, key: str, text: str, *inner: str) -> LineText:
        """What readers see of a line that stands under a key; what is wrong is told once a file."""
        line = line_text(text, partial(turned, language=self.quotes) if self.quotes else None)
        for sign, message, hint in line_faults(line, text):
            if message not in self._told:
                self._told.add(message)
                self.problems.append(self.span(key, *inner).within(sign).warning(message, hint))
        return line

    def required_line(self, key: str, hint: str) -> str:
        """As `line`, for what must be there and say something."""
        text = self.line(key)
        if not text and not self.has(key):
            self.fault(key, f"no {key}", hint)
        elif not text and isinstance(self.value(key), str):
            self.fault(key, f"no words in the {key}", "Write what readers shall see.")
        return text

    @property
    def emphasis(self) -> FrozenMap:
        """The lines asked for that have emphasis, as HTML, by their keys."""
        return freeze_map(self._emphasis) if self._emphasis else EMPTY

    def flag(self, key: str) -> bool:
        """True or false; false when it is missing."""
        text = self.text(key)
        word = text.lower()
        if word and word not in TRUE and word not in FALSE:
            self.fault(key, f'not true or false: "{shown(text)}"', 'Write "true" or "false".')
        return word in TRUE

    def number(self, key: str) -> int:
        """A whole number of up to nine digits; 0 when it is missing."""
        text = self.text(key)
        if text and not WHOLE_NUMBER.fullmatch(text):
            message = f'not a whole number: "{shown(text)}"'
            self.fault(key, message, "Write up to nine digits, such as 10.")
            return 0
        return int(text or 0)

    def instant(self, key: str, zone: ZoneInfo) -> ParsedDate | None:
        """An instant, in the site's zone; None when it is missing."""
        text = self.text(key)
        return self.parsed(key, text, zone) if text else None

    def parsed(self, key: str, text: str, zone: ZoneInfo) -> ParsedDate | None:
        """Read a date that stands under a key, or elsewhere on its behalf."""
        found = parse_date(text, zone, is_late=key == "embargo")
        if isinstance(found, DateError):
            self.fault(key, found.message, found.hint)
            return None
        return found

    def moment(self, key: str, zone: ZoneInfo) -> datetime | None:
        """As `instant`, for where a day means its first moment."""
        found = self.instant(key, zone)
        return found.instant if found else None

    def texts(self, key: str, *, split: bool) -> tuple[str, ...]:
        """A list of texts; a single text counts as one entry, or is split at its commas."""
        return tuple([text for _, text in self.entries(key, split=split)])

    def entries(self, key: str, *, split: bool, people: bool = False) -> list[tuple[int, str]]:
        """As `texts`, each with its number in the list, counted from 0.

        What was likely meant for a list is one, with a warning. `people` may have commas in their
        names. In names, and what is `split`, character references are decoded.
        """
        value = self._values.get(key)
        if value is None:
            return []
        if isinstance(value, str):
            if not MAY_BE_LIST.search(value) and self._stands_behind(key, value):
                return [(0, " ".join(value.split()))]
            value = decoded(value) if split or people else value
            read = entries_of_text(value, self._lines_of(key, value), splits=split, people=people)
            self.doubt(key, read)
            return [(0, text) for text in read.entries]
        if not isinstance(value, list):
            self.fault(key, f'"{key}" is not a list', 'Write one entry a line, each after "- ".')
            return []
        found = []
        for number, entry in enumerate(value):
            if isinstance(entry, str):
                text = decoded(entry) if split or people else entry
                found += [(number, one) for one in self._entries_of(key, number, text, split)]
            elif entry is not None:
                self.fault(key, "not a text", "Write one text for each entry.", number)
        return found

    def _entries_of(self, key: str, number: int, entry: str, split: bool) -> list[str]:
        """The entries that an entry of a list stands for: nearly always itself."""
        if not MAY_BE_MORE.search(entry):
            return [text] if (text := " ".join(entry.split())) else []
        is_all = len(cast("list[Value]", self._values[key])) == 1
        if is_all and split and PARTED.fullmatch(entry):
            read = entries_of_text(entry, (), splits=True, people=True)
        else:
            read = entries_of_item(entry, self._front.source)
        self.doubt(key, read, number)
        return [text for text in (" ".join(one.split()) for one in read.entries) if text]

    def _lines_of(self, key: str, value: str) -> list[str]:
        """The lines on which one text stands below its key; none where it stands behind it."""
        if "\n" in value:
            return value.split("\n")
        if self._stands_behind(key, value):
            return [value]
        pattern = BELOW.format(re.escape(self.written(key)))
        below = re.search(pattern, self._front.source, re.MULTILINE)
        if below and '"' not in below[1] and "'" not in below[1]:
            return below[1].split("\n")
        return [value]

    def _stands_behind(self, key: str, value: str) -> bool:
        """Whether a value surely stands behind its key, and not on the lines below it."""
        return f"{self.written(key)}: {value}" in self._front.source

    def doubt(self, key: str, read: ListText, *inner: int) -> None:
        """Report a doubt about the way in which a list is written, if there is one."""
        if read.message:
            self.problems.append(self.span(key, *inner).warning(read.message, read.hint))

    def slug(self, key: str, fallback: str, language: str, *, is_needed: bool = True) -> str:
        """The last part of an address: as written when it can stand so, else made from a name.

        Where there is none, or it means something else, that is a fault if it `is_needed`.
        """
        text = self.text(key)
        name = text or fallback
        slug = name if FIT.fullmatch(name) else slugify(name, language)
        if is_needed and (not slug or is_reserved(slug)):
            message = f'no address can be made from "{shown(name)}"'
            if slug:
                message = f'"{slug}" cannot be the last part of an address: it is reserved'
            hint = "with a few words in Latin letters."
            self.fault(key, message, f"Write a slug {hint}" if text else f'Add "slug: " {hint}')
        return slug
