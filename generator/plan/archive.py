"""The archive: all years, the months of a year, the stories of a month."""

from collections.abc import Iterator
from datetime import date, datetime
from functools import lru_cache
from itertools import pairwise
from typing import Self

from babel import Locale, UnknownLocaleError
from babel.dates import format_skeleton

from generator.model.addresses import archive_address, output_path
from generator.model.cards import Card, Link
from generator.model.languages import wider_tags
from generator.model.outputs import Output
from generator.model.pages import ArchivePage, Head, IndexEntry
from generator.model.plan import Slot
from generator.plan.change import Change
from generator.plan.directions import direction
from generator.plan.kind import Kind, Whole
from generator.plan.listings import cards_of

Period = tuple[int, int]
"""A year and a month; the month is 0 for the whole year, both are 0 for all time."""
LAYOUT = "archive.html"


class Archive(Kind):
    """The archive's pages: all time, the years and the months. A new story touches one of them."""

    has_texts = False
    order = 2
    reserved = frozenset({"archive"})

    def __init__(self, plan: Whole) -> None:
        super().__init__(plan)
        months = sorted(self.site.months, reverse=True)
        years = list(dict.fromkeys((year, 0) for year, _ in months))
        is_on = self.config.outputs.archive
        self.periods: tuple[Period, ...] = ((0, 0), *years, *months) if is_on else ()
        pairs = (*pairwise(years), *pairwise(months))
        self._newer = {older: newer for newer, older in pairs}
        self._older = dict(pairs)
        self._places = {archive_address(*period): period for period in self.periods}

    def slots(self) -> Iterator[Slot]:
        """Where the page of each period stands."""
        for address, period in self._places.items():
            yield Slot(output_path(address), self.page, (period,), LAYOUT)

    def at(self, address: str) -> Output | None:
        """The page of the period at an address."""
        period = self._places.get(address)
        return self.page(period) if period else None

    def has(self, address: str) -> bool:
        """Whether the page of a period stands at an address."""
        return address in self._places

    def listed(self) -> Iterator[tuple[str, datetime | None]]:
        """All of them, once there are stories: they have no date of their own."""
        return ((address, None) for address in self._places if not self._is_empty)

    @property
    def _is_empty(self) -> bool:
        return len(self.periods) <= 1

    def touched(self, change: Change, before: Self) -> Iterator[str]:
        """The months in which something shows otherwise, and what leads to other periods."""
        yield from (archive_address(*month) for month in change.months)
        if self.periods != before.periods:
            yield from (archive_address(*period) for period in self._leading(before))

    def _leading(self, before: Self) -> set[Period]:
        """The periods that lead to others than before, and those that came or went."""
        there = {*self.periods, *before.periods}
        moved = {
            period
            for period in there
            if (self._newer.get(period), self._older.get(period))
            != (before._newer.get(period), before._older.get(period))
        }
        came = {*self.periods} ^ {*before.periods}
        return moved | came | {(0, 0)} | {(year, 0) for year, _ in came}

    def page(self, period: Period) -> Output:
        """The page of a period that has stories: its years, its months, or its stories."""
        year, month = period
        if month:
            return self._output(period, cards=cards_of(self.site.months[period], self.site))
        parts = [p for p in self.periods[1:] if (p[0] == year and p[1] if year else not p[1])]
        entries = tuple(IndexEntry(self._title(part), self._url(part)) for part in parts)
        return self._output(period, entries=entries)

    def _output(
        self,
        period: Period,
        *,
        entries: tuple[IndexEntry, ...] = (),
        cards: tuple[Card, ...] = (),
    ) -> Output:
        config = self.config
        page = ArchivePage(
            head=self._head(period),
            url=self._url(period),
            title=self._title(period),
            year=period[0],
            month=period[1],
            entries=entries,
            cards=cards,
            newer=self._link(self._newer.get(period)),
            older=self._link(self._older.get(period)),
            language=config.language,
            direction=direction(config.language),
        )
        return Output(output_path(archive_address(*period)), page, LAYOUT)

    def _head(self, period: Period) -> Head:
        config = self.config
        year, month = period
        wider = [(0, 0), *([(year, 0)] if year else []), *([period] if month else [])]
        return Head(
            title=self._title(period),
            url=self._url(period),
            language=config.language,
            direction=direction(config.language),
            noindex=self._is_empty,
            trail=(
                Link(config.title, config.base.url("/")),
                *(Link(self._title(part), self._url(part)) for part in wider),
            ),
        )

    def _title(self, period: Period) -> str:
        """`August 2024` in the site's language, `2024`, or the archive's own title."""
        year, month = period
        if not year:
            return self.config.titles.archive
        if not month:
            return str(year)
        name = str(
            format_skeleton("yMMMM", date(year, month, 1), locale=_locale(self.config.language))
        )
        return name[0].title() + name[1:]  # unlike upper(), which changes Georgian letters

    def _url(self, period: Period) -> str:
        return self.config.base.url(archive_address(*period))

    def _link(self, period: Period | None) -> Link | None:
        return Link(self._title(period), self._url(period)) if period else None


@lru_cache(maxsize=16)
def _locale(language: str) -> Locale:
    """The CLDR locale nearest to a language tag; English if none is near."""
    for tag in wider_tags(language):
        try:
            return Locale.parse(tag, sep="-")
        except (ValueError, UnknownLocaleError):
            continue
    return Locale("en")
