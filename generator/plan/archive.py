"""The archive: all years, the months of a year, the stories of a month."""

from datetime import date
from functools import lru_cache
from itertools import pairwise

from babel import Locale, UnknownLocaleError
from babel.dates import format_skeleton

from generator.model.addresses import archive_address, output_path
from generator.model.cards import Card, Link
from generator.model.config import Config
from generator.model.languages import wider_tags
from generator.model.outputs import Output
from generator.model.pages import ArchivePage, Head, IndexEntry
from generator.model.plan import Planned, Slot
from generator.model.site import Site
from generator.plan.directions import direction
from generator.plan.links import LinkResolver
from generator.plan.listings import cards_of

Period = tuple[int, int]
"""A year and a month; the month is 0 for the whole year, both are 0 for all time."""
LAYOUT = "archive.html"


def plan_archive(site: Site, config: Config, links: LinkResolver) -> Planned[Slot]:  # noqa: ARG001 - a planner
    """The archive's pages; a new story touches one of them."""
    if not config.outputs.archive:
        return (), ()
    archive = Archive(site, config)
    return tuple(map(archive.slot, archive.periods)), ()


class Archive:
    """Makes archive pages. `periods` are all time, then the years, then the months."""

    def __init__(self, site: Site, config: Config) -> None:
        self._site, self._config = site, config
        months = sorted(site.months, reverse=True)
        years = list(dict.fromkeys((year, 0) for year, _ in months))
        self.periods: tuple[Period, ...] = ((0, 0), *years, *months)
        pairs = (*pairwise(years), *pairwise(months))
        self._newer = {older: newer for newer, older in pairs}
        self._older = dict(pairs)

    def slot(self, period: Period) -> Slot:
        """Where the page of a period stands."""
        return Slot(output_path(archive_address(*period)), self.page, (period,), LAYOUT)

    def page(self, period: Period) -> Output:
        """The page of a period that has stories: its years, its months, or its stories."""
        year, month = period
        if month:
            return self._output(period, cards=cards_of(self._site.months[period], self._site))
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
        config = self._config
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
        config = self._config
        year, month = period
        wider = [(0, 0), *([(year, 0)] if year else []), *([period] if month else [])]
        return Head(
            title=self._title(period),
            url=self._url(period),
            language=config.language,
            direction=direction(config.language),
            trail=(
                Link(config.title, config.base.url("/")),
                *(Link(self._title(part), self._url(part)) for part in wider),
            ),
        )

    def _title(self, period: Period) -> str:
        """`August 2024` in the site's language, `2024`, or the archive's own title."""
        year, month = period
        if not year:
            return self._config.titles.archive
        if not month:
            return str(year)
        name = str(
            format_skeleton("yMMMM", date(year, month, 1), locale=_locale(self._config.language))
        )
        return name[0].upper() + name[1:]

    def _url(self, period: Period) -> str:
        return self._config.base.url(archive_address(*period))

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
