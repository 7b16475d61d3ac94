"""A text of a Pelican site, and all that follows from its settings: date, state, addresses."""

import posixpath
from datetime import datetime
from pathlib import Path

from generator.importers.heads import different
from generator.importers.old_site import State, TextKind
from generator.importers.pelican_settings import PelicanSettings
from generator.importers.pelican_texts import PelicanText, modified_date, read_date, with_defaults
from generator.importers.people import ADDRESS as MAIL

SEEN_STATES = frozenset({"", "published"})
HIDDEN = "hidden: at its address, and in no list"


class PelicanItem:
    """A text on its way: what its file says, and what follows from that.

    Where two texts claim one address, whoever finds that takes it from the later one.
    """

    def __init__(
        self,
        file: Path,
        text: PelicanText,
        kind: TextKind,
        settings: PelicanSettings,
        now: datetime | None,
    ) -> None:
        self.file, self.text, self.kind, self._settings = file, text, kind, settings
        self.values = values = with_defaults(text, settings)
        self.language = values.get("lang", "").strip().lower() or settings.language
        self.date = self._date()
        stem = posixpath.splitext(posixpath.basename(text.path))[0]
        by_name = settings.text("SLUGIFY_SOURCE") == "basename" or not values.get("title")
        source = stem if by_name else values["title"]
        self.slug = values.get("slug", "").strip() or settings.slug(source)
        self.state, self.reason = self._state(now)
        self.addresses = self._addresses()

    @property
    def address(self) -> str:
        """Where it stood; "" where that was nowhere."""
        return next(iter(self.addresses), "")

    @property
    def is_whole(self) -> bool:
        """Whether it has all that Pelican asks of a text: a title, and of a story a date."""
        is_dated = self.date is not None or self.kind is TextKind.PAGE
        return bool(self.values.get("title")) and is_dated

    @property
    def is_listed(self) -> bool:
        """Whether it is a story that readers could see."""
        return self.state is State.PUBLIC and self.kind is TextKind.ARTICLE

    def _date(self) -> datetime | None:
        written = self.values.get("date", "")
        if written:
            return read_date(written)
        default = self._settings.python.values.get("DEFAULT_DATE")
        if default == "fs":
            return modified_date(self.file, self._settings.zone)
        if isinstance(default, list | tuple) and all(isinstance(part, int) for part in default):
            try:
                return datetime(*default)  # noqa: DTZ001 - on the site's own clocks
            except (ValueError, TypeError):
                return None
        return read_date(default) if isinstance(default, str) else None

    def _state(self, now: datetime | None) -> tuple[State, str]:  # noqa: PLR0911 - a list of reasons
        """Who saw a text, by its status; what Pelican would have refused is a draft."""
        values = self.values
        if self.text.fault:
            return State.LEFT_OUT, self.text.fault
        status = values.get("status", "").strip().lower()
        if status == "skip":
            return State.LEFT_OUT, "status: skip"
        if status not in SEEN_STATES:
            return State.DRAFT, HIDDEN if status == "hidden" else f"status: {status}"
        if values.get("password"):
            return State.DRAFT, "a password"
        if not values.get("title"):
            return State.DRAFT, "no title: Pelican left it out"
        if self.date is None and self.kind is TextKind.ARTICLE:
            return State.DRAFT, "no date that can be read: Pelican left it out"
        if self.date and not self._settings.python.flag("WITH_FUTURE_DATES", default=True):
            zone = self.date.tzinfo or self._settings.zone
            if self.date.replace(tzinfo=zone) > (now or datetime.now(zone)):
                return State.DRAFT, "a date to come: Pelican held it back"
        return State.PUBLIC, ""

    def _addresses(self) -> tuple[str, ...]:
        """Where a text stood, and what else its links said."""
        settings, values = self._settings, self.values
        if self.state is State.LEFT_OUT:
            return ()
        if values.get("url") or values.get("save_as"):
            named = (values.get("url") or values["save_as"]).strip()
            path = named.removesuffix("index.html") if named.endswith("/index.html") else named
            is_file = "." in path.rpartition("/")[2] or path.endswith("/")
            return (f"/{path.lstrip('/')}" if is_file else f"/{path.strip('/')}/",)
        kind = "ARTICLE" if self.kind is TextKind.ARTICLE else "PAGE"
        below = ""
        if self.language != settings.language:
            is_subsite = self.language in settings.subsites
            kind, below = (kind, f"/{self.language}") if is_subsite else (f"{kind}_LANG", "")
        stem = posixpath.splitext(self.text.path)[0]
        authors = self.authors
        known: dict[str, object] = {
            **values,
            "slug": self.slug,
            "lang": self.language,
            "path": self.text.path,
            "path_no_ext": stem,
            "base": posixpath.basename(stem),
            "date": self.date or "",
            "category": settings.slug(values.get("category", ""), "CATEGORY"),
            "author": settings.slug(authors[0], "AUTHOR") if authors else "",
        }
        return tuple(f"{below}{one}" for one in settings.addresses(kind, known))

    @property
    def authors(self) -> tuple[str, ...]:
        """Who wrote it; addresses for mail are not taken over."""
        values = self.values
        named = values.get("authors", "")
        parts = (
            named.split(";" if ";" in named else ",")
            if named
            else values.get("author", "").split(";")
        )
        return different(MAIL.sub("", part) for part in parts)
