"""What a Hugo text's settings mean here: its kind, whether it was public, and our keys for them."""

import posixpath
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from generator.importers.foreign import extra_of, is_false, is_true, text_of, texts_of
from generator.importers.front_heads import (
    HOLDING,
    LISTED,
    Head,
    people_of,
    picture_of,
    saying,
    text_under,
    title_of_name,
    type_in,
)
from generator.importers.heads import as_summary
from generator.importers.hugo_config import USUAL_DATES, HugoConfig
from generator.importers.hugo_content import HugoText, date_of
from generator.importers.hugo_lists import AUTHORS, KNOWN, SUMMARIES, Lists
from generator.importers.old_site import OldSettings, Remark, State, TextKind, as_head
from generator.importers.taxonomy_addresses import TermAddresses
from generator.importers.title_text import as_title

PICTURES = (
    *("image", "featured_image", "featuredimage", "featureimage", "feature_image", "cover"),
    *("thumbnail", "images", "banner", "hero", "header_image", "feature", "primary_image"),
)
SOURCES = ("src", "image", "url", "path", "relative_path")


class Heads:
    """Makes heads of one site's texts, and learns from them what its lists were."""

    def __init__(
        self, config: HugoConfig, project: Path, texts: Sequence[HugoText], now: datetime
    ) -> None:
        self._config, self._project, self._now = config, project, now
        self._plurals = {plural.lower() for plural in config.taxonomies.values()}
        ending = ".html" if config.is_ugly("") else "/"
        self._terms = TermAddresses(config.language, config.path, ending=ending)
        self.remarks: list[Remark] = []
        stories = [text for text in texts if self._is_story(text)]
        expired = sum(self._has_expired(text) for text in stories)
        # Nobody keeps an archive of which most is not shown: it was built with --buildExpired.
        self._shows_expired = config.builds_expired or expired * 2 > len(stories)
        if self._shows_expired and expired and not config.builds_expired:
            kind = "stories past their expirydate are published, as most of this site is past it"
            hint = "It was built with --buildExpired, it seems; if not, set draft: true in them."
            self.remarks += [
                Remark(kind, text.path, hint) for text in stories if self._has_expired(text)
            ]
        self._folders: Counter[str] = Counter()
        self._sections: dict[str, None] = {}
        self._lists = Lists(config, texts)

    def is_file(self, path: str) -> bool:
        """Whether a file is published as it is at a path."""
        mounts = self._config.static_mounts()
        return any(mount.file_at(self._project, path) for mount in mounts)

    def settings(self) -> OldSettings:
        """The site's settings, and redirects from lists that stand elsewhere here."""
        return self._lists.settings(self._terms, self._folders, [*self._sections])

    def of(self, text: HugoText, address: str) -> Head:
        """A text's head."""
        if text.is_list:
            return self._lists.head(text)
        kind = TextKind.ARTICLE if self._is_story(text) else TextKind.PAGE
        name = posixpath.splitext(text.path)[0]
        if text.language.prefix:
            name = f"{text.language.code}/{name}"
        state, reason = self._state(text)
        values = self._story(text) if kind is TextKind.ARTICLE else self._page(text)
        self._learn_folders(text, is_public=state is State.PUBLIC)
        if kind is TextKind.ARTICLE:
            self._sections[text.section] = None
            if state is State.PUBLIC:
                self._learn(text, values)
        aliases = tuple(self._aliases(text, address))
        return Head(kind, name, as_head(values), state, reason, aliases)

    def _is_story(self, text: HugoText) -> bool:
        """Whether a text is news: it has a date, and lies in a section."""
        has_date = date_of(text, "date", self._config) is not None
        is_page = text.text("type") in ("page", "pages") or text.text("layout") == "page"
        return bool(text.folders) and has_date and not text.is_list and not is_page

    def _has_expired(self, text: HugoText) -> bool:
        date = date_of(text, "expirydate", self._config)
        return date is not None and date.instant <= self._now

    def _state(self, text: HugoText) -> tuple[State, str]:
        """Whether readers had a text, by Hugo's rules; in doubt it is a draft."""
        values, draft = text.values, text.values.get("draft")
        build = values.get("build", values.get("_build"))
        render = text_of(build.get("render")).lower() if isinstance(build, Mapping) else ""
        is_odd = bool(text_of(draft)) and not is_true(draft) and not is_false(draft)
        held = (
            (bool(text.fault), f"a fault: {text.fault}"),
            (is_true(draft) and not self._config.builds_drafts, "draft: true"),
            (is_odd, f"draft: {text_of(draft)}"),
            (is_true(values.get("headless")), "headless: true"),
            (render in ("never", "false", "link"), f"build.render: {render}"),
            (text.text("status").lower() in HOLDING, f"status: {text.text('status')}"),
            (is_true(values.get("private")), "private: true"),
            (is_false(values.get("published")), "published: false"),
            (self._is_hidden_page(text), "expired, or not published yet"),
        )
        reason = next((why for is_held, why in held if is_held), "")
        return (State.DRAFT if reason else State.PUBLIC), reason

    def _is_hidden_page(self, text: HugoText) -> bool:
        """Whether a page is out of its time: pages here know no such dates."""
        if self._is_story(text):
            return False
        begins = date_of(text, "publishdate", self._config)
        is_early = begins is not None and begins.instant > self._now
        has_ended = self._has_expired(text) and not self._shows_expired
        return has_ended or (is_early and not self._config.builds_future)

    def _common(self, text: HugoText) -> dict[str, object]:
        values = text.values
        title = text.text("title") or title_of_name(text.name)
        found: dict[str, object] = {"title": as_title(title)}
        if (short := text.text("linktitle")) and short != text.text("title"):
            found["short_title"] = as_title(short)
        if summary := text_under(values, SUMMARIES):
            found["summary"] = as_summary(summary)
        if image := self._image(text):
            found["image"] = image
        build = values.get("build", values.get("_build"))
        hidden = isinstance(build, Mapping) and str(build.get("list", "")).lower() in (
            "never",
            "false",
        )
        robots = text.text("robots").lower()
        if hidden or "noindex" in robots or is_true(values.get("robotsnoindex")):
            found["noindex"] = True
        if text.language.code != self._config.language:
            found["lang"] = text.language.code
        return found

    def _story(self, text: HugoText) -> dict[str, object]:
        found = {**self._common(text), **self._dates(text)}
        categories = self._categories(text)
        # The section is the first category where there is one, else the first folder.
        found["section"] = categories[0] if categories else text.section
        found["tags"] = self._tags(text)
        found |= people_of(text.values, AUTHORS, self._lists.author)
        for key in LISTED:
            found[key] = as_title(text.text(key))
        found["type"] = type_in(text.values)
        found |= _weight(text)
        found = {key: value for key, value in found.items() if value not in ("", (), None)}
        used = {*AUTHORS, *LISTED, *self._plurals, *self._config.taxonomies, "tags", "categories"}
        return self._with_extra(text, found, used | {"category", "tag"})

    def _dates(self, text: HugoText) -> dict[str, object]:
        """When a story was published and changed, and when it may be seen."""
        zone, config = self._config.zone, self._config
        dates = {key: date_of(text, key, config) for key in USUAL_DATES}
        first, changed = dates["date"], dates["lastmod"]
        begins, ends = dates["publishdate"], dates["expirydate"]
        found: dict[str, object] = {"date": first.written(zone) if first else ""}
        if changed and first and changed.instant > first.instant:
            found["updated"] = changed.written(zone)
        if begins and begins.instant > self._now and not config.builds_future:
            found["embargo"] = begins.written(zone)
        if ends and not (self._shows_expired and ends.instant <= self._now):
            found["expires"] = ends.written(zone)
        return found

    def _page(self, text: HugoText) -> dict[str, object]:
        found = self._common(text)
        found.pop("short_title", None)
        updated = date_of(text, "lastmod", self._config) or date_of(text, "date", self._config)
        if updated:
            found["updated"] = updated.written(self._config.zone)
        return self._with_extra(text, {**found, **_weight(text)}, set())

    def _with_extra(
        self, text: HugoText, found: dict[str, object], used: set[str]
    ) -> dict[str, object]:
        """The head with everything else under `extra`, what stands under `params` too."""
        values: dict[str, Any] = {}
        params = text.values.get("params")
        for told in (params if isinstance(params, Mapping) else {}, text.values):
            values |= {str(key): value for key, value in told.items()}
        taken = set(KNOWN) | used | ({"type"} if "type" in found else set())
        summary = saying(text.values, SUMMARIES)
        picture = (
            next((key for key in PICTURES if self._image_of(text, key)), "")
            if "image" in found
            else ""
        )
        rest = {
            key: value
            for key, value in values.items()
            if key not in (taken - {"image", "images", "summary"}) | {summary, picture}
        }
        if "lang" in found or "noindex" in found:
            rest.pop("robots", None)
        if self._shows_expired and self._has_expired(text) and "expirydate" in text.values:
            rest["expirydate"] = text.values["expirydate"]
        extra = extra_of(rest)
        return {**found, "extra": extra} if extra else found

    def _image(self, text: HugoText) -> object:
        """The picture of a story, where its file is there."""
        found = (self._image_of(text, key) for key in PICTURES)
        return next(filter(None, found), None)

    def _image_of(self, text: HugoText, key: str) -> object:
        told = text.values.get(key)
        params = text.values.get("params")
        if told is None and isinstance(params, Mapping):
            told = params.get(key)
        return picture_of(told, SOURCES, lambda source: self._file(source, text))

    def _file(self, source: str, text: HugoText) -> str:
        if not source or source.startswith(("http://", "https://")):
            return source
        if text.is_bundle and not source.startswith("/") and (text.file.parent / source).is_file():
            return source
        inside = source.lstrip("/")
        return f"/{inside}" if self.is_file(inside) else ""

    def _categories(self, text: HugoText) -> tuple[str, ...]:
        if "categories" not in self._plurals:
            return ()
        return texts_of(text.values.get("categories") or text.values.get("category"))

    def _tags(self, text: HugoText) -> tuple[str, ...]:
        """The other categories, and the terms of every other taxonomy."""
        found = [*self._categories(text)[1:]]
        for plural in ("tags", *sorted(self._plurals - {"tags", "categories", *AUTHORS})):
            value = text.values.get(plural)
            found += texts_of(value, split=",")
        if "tags" in self._plurals and not found:
            found += texts_of(text.values.get("tag"), split=",")
        return tuple(dict.fromkeys(found))

    def _aliases(self, text: HugoText, address: str) -> Iterator[str]:
        """The addresses that led to a text; a relative one begins where its page stands."""
        for alias in texts_of(text.values.get("aliases")):
            path = (
                alias
                if alias.startswith("/")
                else posixpath.join(posixpath.dirname(address.rstrip("/")), alias)
            )
            path = posixpath.normpath(path)
            yield path if "." in posixpath.basename(path) else path.rstrip("/") + "/"

    def _learn_folders(self, text: HugoText, *, is_public: bool) -> None:
        """Remember the folders that a story lay in: each was a list, in its language."""
        prefix = text.language.prefix.strip("/")
        lengths = range(max(len(text.sections), 1) + 1)
        for place in {posixpath.join(prefix, *text.folders[:length]) for length in lengths}:
            self._folders[place] += is_public

    def _learn(self, text: HugoText, values: Mapping[str, object]) -> None:
        """Remember what lists a public story stood in."""
        section, prefix = str(values.get("section", "")), text.language.prefix.strip("/")
        for number, category in enumerate(self._categories(text)):
            place = posixpath.join(prefix, "categories")
            at = self._lists.term_address("categories", category, text.language)
            self._terms.add(place, category, section=section if number == 0 else "", at=at)
        for plural in sorted(self._plurals - {"categories"}):
            for term in texts_of(text.values.get(plural), split=","):
                is_author, now = plural in AUTHORS, self._lists.author(term)
                place = posixpath.join(prefix, plural)
                at = self._lists.term_address(plural, term, text.language)
                self._terms.add(place, term, is_author=is_author, now=now, at=at)
        self._terms.add_section(section)


def _weight(text: HugoText) -> dict[str, object]:
    told = text.text("weight")
    return {"weight": int(told)} if told.lstrip("-").isdigit() else {}
