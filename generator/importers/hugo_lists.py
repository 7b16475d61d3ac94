"""What Hugo's lists mean here: sections, tags and authors, menus, patterns of addresses."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from generator.importers.foreign import extra_of, text_of
from generator.importers.front_heads import Head, text_under
from generator.importers.hugo_addresses import Placing, expanded
from generator.importers.hugo_config import HugoConfig, HugoLanguage
from generator.importers.hugo_content import NO_DATE, HugoText
from generator.importers.old_site import CURLED, OldSettings, Row, State, TextKind, as_head
from generator.importers.taxonomy_addresses import TermAddresses, older_pages
from generator.importers.title_text import as_title
from generator.model.addresses import AUTHORS as AUTHORS_INDEX
from generator.model.addresses import PAGE
from generator.model.addresses import TAGS as TAGS_INDEX
from generator.model.frozen import EMPTY
from generator.model.redirects import MOVED
from generator.model.tag_keys import tag_key

KNOWN = frozenset(
    (
        *("title", "linktitle", "date", "publishdate", "pubdate", "published", "lastmod"),
        *("modified", "expirydate", "unpublishdate", "draft", "slug", "url", "aliases"),
        *("summary", "weight", "cascade", "headless", "build", "_build", "markup"),
        *("menu", "menus", "images", "image", "params"),
    )
)
"""Keys that are read; every other one is kept under `extra`."""
SUMMARIES = ("summary", "description", "deck", "dek", "excerpt", "subtitle", "lead", "abstract")
AUTHORS = ("authors", "author", "byline", "writer", "writers", "contributors")


class Lists:
    """The lists of one site. Two authors of one name are one here: the first of them."""

    def __init__(self, config: HugoConfig, texts: Sequence[HugoText]) -> None:
        self._config = config
        self._plurals = {plural.lower() for plural in config.taxonomies.values()}
        self._same: dict[str, str] = {}
        self._titles = {
            (text.section, config.path(text.folders[-1])): text.text("title")
            for text in texts
            if text.is_list and len(text.folders) > 1
        }
        first: dict[str, str] = {}
        for text in texts:
            if text.is_list and text.section in AUTHORS and len(text.folders) > 1:
                slug = config.path(text.text("slug") or text.folders[-1])
                name = text.text("title") or text.text("display_name") or slug
                self._same[slug] = first.setdefault(tag_key(name), slug)

    def author(self, name: str) -> str:
        """An author as stories are to name them."""
        return self._same.get(self._config.path(name), name)

    def term_address(self, plural: str, term: str, language: HugoLanguage) -> str:
        """Where the list of a term stood, if a pattern says that; else ""."""
        config, name = self._config, self._config.path(term)
        pattern = config.permalink(plural, "term")
        title = self._titles.get((plural, name)) or term
        placing = Placing(title, "", name, (plural,), NO_DATE)
        case = {"keeps_case": config.keeps_case, "without_accents": config.without_accents}
        found = expanded(pattern, placing, **case) if pattern else ""
        return language.prefix + found if found else ""

    def head(self, text: HugoText) -> Head:
        """The head of an `_index`: a section's, a tag's, an author's, or a page with a text."""
        folder = text.section
        if not text.folders:
            return Head(TextKind.PAGE, "", state=State.LEFT_OUT, reason="the front page's settings")
        if folder in self._plurals:
            return self._of_term(text)
        title = text.text("title")
        if len(text.folders) == 1 and not text.language.prefix:
            values: dict[str, object] = {"title": as_title(title)} if title else {}
            if summary := text_under(text.values, SUMMARIES):
                values["description"] = as_title(summary)
            if not values and not text.has_body:
                reason = "a list page that says nothing of its own"
                return Head(TextKind.SECTION, folder, state=State.LEFT_OUT, reason=reason)
            return Head(TextKind.SECTION, self._config.path(folder), as_head(values), aliases=())
        if text.has_body:
            path = "/".join(filter(None, (text.language.prefix.strip("/"), *text.folders)))
            return Head(TextKind.PAGE, f"{path}/index", as_head({"title": as_title(title or path)}))
        reason = "a list page; its stories are in their section"
        return Head(TextKind.PAGE, "/".join(text.folders), state=State.LEFT_OUT, reason=reason)

    def _of_term(self, text: HugoText) -> Head:
        plural, *rest = text.folders
        if not rest:
            reason = "the index of a taxonomy, which is made anew"
            return Head(TextKind.TAG, plural, state=State.LEFT_OUT, reason=reason)
        name = self._config.path(text.text("slug") or rest[-1])
        title = text_under(text.values, ("title", "display_name")) or rest[-1]
        if (first := self.author(name)) != name and plural in AUTHORS:
            reason = f"the same author as {first}"
            return Head(TextKind.AUTHOR, name, state=State.LEFT_OUT, reason=reason)
        values: dict[str, object]
        if plural in AUTHORS:
            role = text_under(text.values, ("role", "job_title", "jobtitle"))
            values = {"name": title, **({"role": role} if role else {})}
            kind = TextKind.AUTHOR
        else:
            values, kind = {"title": title}, TextKind.TAG
        if summary := text_under(text.values, ("summary", "description", "bio")):
            values["description"] = as_title(summary)
        taken = {"title", "display_name", "role", "summary", "description", "bio", "slug"}
        extra = extra_of({k: v for k, v in text.values.items() if k not in KNOWN | taken})
        return Head(kind, name, as_head({**values, **({"extra": extra} if extra else {})}))

    def settings(
        self, terms: TermAddresses, folders: Mapping[str, int], sections: Sequence[str]
    ) -> OldSettings:
        """The site's settings, and redirects from lists that stand elsewhere here.

        `folders` are the lists of texts by folder, each with how many public ones it had;
        `sections` the first folders of stories.
        """
        config = self._config
        redirects = [*terms.redirects(), *self._led_folders(terms, folders)]
        redirects.append(("/index.xml", "/feed.xml", MOVED))
        description = text_of(config.params.get("description"))
        return OldSettings(
            generator="hugo",
            title=config.title
            or config.languages()[0].title
            or text_of(config.params.get("title")),
            base_url=config.base_url,
            description=description,
            language=config.locale or config.language,
            timezone=config.timezone,
            sections=terms.sections,
            navigation=tuple(self._navigation()),
            address_patterns=tuple(self._patterns(sections)),
            options=CURLED if config.curls_quotes else EMPTY,
            redirects=tuple(redirects),
        )

    def _led_folders(self, terms: TermAddresses, folders: Mapping[str, int]) -> Iterator[Row]:
        """Where lists of folders and the indexes of taxonomies lead now, in every language."""
        config = self._config
        main, *others = config.languages()
        prefixes = {language.prefix for language in (main, *others)} - {""}
        for folder, count in folders.items():
            first, _, rest = folder.partition("/")
            top = rest.partition("/")[0] if f"/{first}" in prefixes else first
            here = terms.section_address(top)
            is_here = here in terms.section_addresses
            start = self._list_address(folder)
            where = here if is_here else "/archive/"
            pattern = f"{start}{config.page_path}/:num/"
            for page in older_pages(count, config.on_page, pattern, where if folder else "/"):
                yield page, where, MOVED
            if count and folder:
                yield start, here if is_here else "/", MOVED
                if not (is_here and start == here and config.page_path == PAGE):
                    yield f"{start}{config.page_path}/1/", here if is_here else "/", MOVED
                yield f"{start}index.xml", f"{here}feed.xml" if is_here else "/feed.xml", MOVED
        if others or main.prefix:
            yield f"/{main.code}/", "/", MOVED
        for language in (main, *others):
            if others or main.prefix:
                yield f"/{language.code}/sitemap.xml", "/sitemap.xml", MOVED
            for plural in sorted(self._plurals):
                address = AUTHORS_INDEX if plural in AUTHORS else TAGS_INDEX
                named = config.permalink(plural, "taxonomy").strip("/")
                start = f"{language.prefix}/{named or config.path(plural)}/"
                yield start, address, MOVED
                yield f"{start}index.xml", "/feed.xml", MOVED

    def _list_address(self, folder: str) -> str:
        """Where the list of a folder stood: in its own place, or by its pattern."""
        named = self._config.permalink(folder, "section").strip("/")
        parts = named or "/".join(map(self._config.path, filter(None, folder.split("/"))))
        return f"/{parts}/" if parts else "/"

    def _patterns(self, sections: Sequence[str]) -> Iterator[str]:
        """Hugo's patterns in our words."""
        for folder in sections:
            pattern = self._config.permalink(folder)
            if not pattern:
                continue
            told = "/" + pattern.strip("/")
            for theirs, ours in (
                (":filename", ":slug"),
                (":title", ":slug"),
                (":contentbasename", ":slug"),
            ):
                told = told.replace(theirs, ours)
            told = told.replace(":slugorfilename", ":slug").replace(":sections", ":section")
            yield told + (".html" if self._config.is_ugly(folder) else "/")

    def _navigation(self) -> Iterator[tuple[str, str]]:
        """The main menu, without what opens beneath it."""
        menus = self._config.values.get("menus", self._config.values.get("menu"))
        main = menus.get("main") if isinstance(menus, Mapping) else None
        entries = (
            [entry for entry in main or [] if isinstance(entry, Mapping)]
            if isinstance(main, list)
            else []
        )
        for entry in sorted(entries, key=_weight):
            url = text_of(entry.get("url"))
            if (title := text_of(entry.get("name"))) and url and not entry.get("parent"):
                yield title, url


def _weight(entry: Mapping[str, Any]) -> int:
    text = text_of(entry.get("weight"))
    return int(text) if text.lstrip("-").isdigit() else 0
