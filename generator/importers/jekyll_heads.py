"""What a Jekyll text's settings mean here: its kind, whether it was public, our keys for them."""

import posixpath
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote

from generator.importers.foreign import extra_of, is_false, is_true, text_of, texts_of
from generator.importers.foreign_dates import read_date
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
from generator.importers.jekyll_addresses import (
    Posted,
    page_address,
    post_address,
    slugified,
    with_style,
)
from generator.importers.jekyll_content import (
    TEXTS,
    JekyllConfig,
    JekyllText,
    is_published,
)
from generator.importers.old_site import State, TextKind, as_head
from generator.importers.title_text import as_title

SUMMARIES = ("excerpt", "description", "summary", "subtitle", "teaser", "lead")
UPDATED = ("last_modified_at", "updated", "modified", "lastmod", "last-modified", "modified_date")
AUTHORS = ("authors", "author", "byline")
PICTURES = (
    *(
        "image",
        "cover",
        "thumbnail",
        "featured_image",
        "feature-img",
        "img",
        "header-img",
        "banner",
    ),
    *("header", "hero", "photo", "cover_image", "cover-image", "featured-image", "teaser"),
)
SOURCES = ("path", "src", "url", "feature", "image", "overlay_image", "teaser")
KNOWN = frozenset(
    (
        *("title", "date", "permalink", "slug", "categories", "category", "tags", "tag"),
        *("published", "draft", "redirect_from", "sitemap", "lang", "layout", "redirect_to"),
        *("excerpt_separator", "robots"),
    )
)
UNDATED = "a file in _posts with no date in its name or its settings is no post"
ENDING = re.compile(r"\.[A-Za-z][A-Za-z0-9]{0,4}\Z")


class JekyllHeads:
    """Makes heads of one site's texts."""

    def __init__(self, config: JekyllConfig, top: Path) -> None:
        self._config, self._top = config, top

    def address(self, text: JekyllText) -> str:
        """Where a text stood, from the site's root."""
        config = self._config
        date = text.date(config.zone)
        own = text.text("permalink")
        is_page = text.kind == "pages"
        if is_page and not own:
            return page_address(text.path, config.permalink)
        pattern = own
        if not pattern and text.kind in ("posts", "drafts"):
            pattern = config.permalink
        slug = text.text("slug") or text.slug
        if not pattern:
            pattern = text_of(config.collections().get(text.kind, {}).get("permalink"))
        if not pattern:
            path = "/".join((text.kind, *text.folders, text.stem))
            return with_style(f"/{path}", config.permalink)
        if ":" not in pattern and pattern.startswith("/"):
            return unquote(pattern)
        day = date.instant if date else read_date("2000-01-01", config.zone).instant  # type: ignore[union-attr]
        kind = "posts" if text.kind == "drafts" else text.kind
        return post_address(pattern, Posted(slug, self.categories(text), day, kind, _below(text)))

    def also(self, text: JekyllText, address: str) -> Iterator[str]:
        """Other addresses at which a text answered."""
        if slug := text.text("slug") or text.slug:
            # Versions before 4 kept a hyphen beside each sign that they replaced.
            kept = "".join(char if char.isalnum() or char in "-._~" else "-" for char in slug)
            name = posixpath.basename(address.rstrip("/"))
            other = slugified(slug, is_pretty=True, keeps_case=True)
            if kept != other and name == other:
                yield address.replace(name, kept)
        if not address.endswith("/") and not ENDING.search(address):
            yield f"{address}.html"
        yield from texts_of(text.values.get("redirect_from"))

    def categories(self, text: JekyllText) -> tuple[str, ...]:
        """The categories: those of the folders above, then those that it tells."""
        above = text.folders if text.kind in ("posts", "drafts") else ()
        single = texts_of(text.values.get("category"))
        return tuple(dict.fromkeys((*above, *single, *_split(text.values.get("categories")))))

    def of(self, text: JekyllText) -> Head:
        """A text's head."""
        kind = self._kind(text)
        state, reason = self._state(text)
        name = posixpath.splitext(text.path)[0]
        name = "/".join(part for part in name.split("/") if part not in ("_posts", "_drafts"))
        name = name.lstrip("_")
        if kind is TextKind.AUTHOR:
            return self._author(text, state, reason)
        values = self._story(text) if kind is TextKind.ARTICLE else self._page(text)
        return Head(kind, name, as_head(values), state, reason)

    def _kind(self, text: JekyllText) -> TextKind:
        if text.kind == "authors":
            return TextKind.AUTHOR
        is_story = text.kind in ("posts", "drafts") or (
            text.kind != "pages" and text.date(self._config.zone) is not None
        )
        return TextKind.ARTICLE if is_story else TextKind.PAGE

    def _state(self, text: JekyllText) -> tuple[State, str]:
        """Whether readers had a text, by Jekyll's rules; in doubt it is a draft."""
        values, published = text.values, text.values.get("published")
        is_odd = bool(text_of(published)) and not is_true(published)
        draft = text_of(values.get("draft"))
        settings = self._config.collections().get(text.kind)
        is_hidden = settings is not None and text.kind != "posts" and not is_published(settings)
        held = (
            (bool(text.fault), f"a fault: {text.fault}"),
            (text.kind == "drafts", "in _drafts"),
            (is_odd, f"published: {text_of(published)}"),
            (bool(draft) and not is_false(draft), f"draft: {draft}"),
            (text.text("status").lower() in HOLDING, f"status: {text.text('status')}"),
            (is_true(values.get("hidden")) and text.kind != "pages", "hidden: true"),
            (is_true(values.get("private")), "private: true"),
        )
        if is_hidden and text.kind != "authors":
            return State.LEFT_OUT, f"the collection {text.kind} has no pages of its own"
        if text.kind == "posts" and not text.date(self._config.zone):
            return State.LEFT_OUT, UNDATED
        if text.file.suffix.lower() not in TEXTS:
            return State.LEFT_OUT, "a file that is made by a template"
        if text.values.get("redirect_to"):
            return State.LEFT_OUT, "it leads elsewhere"
        reason = next((why for is_held, why in held if is_held), "")
        return (State.DRAFT if reason else State.PUBLIC), reason

    def _common(self, text: JekyllText) -> dict[str, object]:
        language = text.text("lang")
        is_other = language and language != self._config.language
        robots = text.text("robots").lower()
        unlisted = is_false(text.values.get("sitemap")) or "noindex" in robots
        found: dict[str, object] = {
            "title": as_title(text.text("title") or title_of_name(text.slug)),
            "summary": as_summary(text_under(text.values, SUMMARIES)),
            "image": self._image(text),
            "lang": language if is_other else "",
        }
        return found | ({"noindex": True} if unlisted else {})

    def _story(self, text: JekyllText) -> dict[str, object]:
        zone = self._config.zone
        date = text.date(zone)
        updated = read_date(text_under(text.values, UPDATED), zone)
        is_later = updated and date and updated.instant > date.instant
        section, *others = self.categories(text) or ("",)
        tags = (*others, *_split(text.values.get("tags") or text.values.get("tag")))
        found = {
            **self._common(text),
            "date": date.written(zone) if date else "",
            "updated": updated.written(zone) if updated and is_later else "",
            "section": section,
            "tags": tuple(dict.fromkeys(tags)),
            **people_of(text.values, AUTHORS, self._person),
            **{key: as_title(text.text(key)) for key in LISTED},
            "type": type_in(text.values),
        }
        return self._with_extra(text, found, {*AUTHORS, *LISTED, *UPDATED})

    def _page(self, text: JekyllText) -> dict[str, object]:
        updated = read_date(text_under(text.values, UPDATED), self._config.zone)
        found = {
            **self._common(text),
            "updated": updated.written(self._config.zone) if updated else "",
        }
        return self._with_extra(text, found, set(UPDATED))

    def _author(self, text: JekyllText, state: State, reason: str) -> Head:
        name = text_under(text.values, ("name", "title", "display_name")) or text.slug
        values: dict[str, object] = {"name": name}
        if role := text_under(text.values, ("position", "role", "job_title")):
            values["role"] = role
        taken = {"name", "title", "display_name", "position", "role", "job_title"}
        rest = {key: value for key, value in text.values.items() if key not in taken | KNOWN}
        if extra := extra_of(rest):
            values["extra"] = extra
        slug = slugified(text.text("short_name") or text.text("slug") or text.slug)
        return Head(TextKind.AUTHOR, slug, as_head(values), state, reason)

    def _person(self, name: str) -> str:
        """An author's name; one that is a key is looked up in the configuration."""
        people = self._config.values.get("authors")
        about = people.get(name) if isinstance(people, Mapping) else None
        if isinstance(about, Mapping):
            return text_of(about.get("name") or about.get("display_name")) or name
        return text_of(about) or name

    def _with_extra(
        self, text: JekyllText, found: Mapping[str, object], used: set[str]
    ) -> dict[str, object]:
        kept = {key: value for key, value in found.items() if value not in ("", (), None)}
        summary = saying(text.values, SUMMARIES)
        picture = next((key for key in PICTURES if self._image_of(text, key)), "")
        taken = KNOWN | used | {summary, picture if "image" in kept else ""}
        taken |= {"type"} if "type" in kept else set()
        rest = {key: value for key, value in text.values.items() if key not in taken}
        extra = extra_of(rest)
        return {**kept, "extra": extra} if extra else kept

    def _image(self, text: JekyllText) -> object:
        return next(filter(None, (self._image_of(text, key) for key in PICTURES)), None)

    def _image_of(self, text: JekyllText, key: str) -> object:
        return picture_of(text.values.get(key), SOURCES, self._file)

    def _file(self, source: str) -> str:
        if not source or source.startswith(("http://", "https://")):
            return source
        if source.startswith("//"):
            return f"https:{source}"
        inside = unquote(source.removeprefix(self._config.base)).lstrip("/")
        places = ("", "assets/images/", "assets/img/", "images/", "img/", "assets/")
        found = (
            place + inside for place in places if inside and (self._top / place / inside).is_file()
        )
        return next((f"/{path}" for path in found), "")


def _below(text: JekyllText) -> str:
    """The path of a text below its collection, without the ending: `:path` of patterns."""
    parts = posixpath.splitext(text.path)[0].split("/")
    if text.kind in ("posts", "drafts"):
        return "/".join(part for part in parts if part not in ("_posts", "_drafts"))
    return "/".join((*text.folders, text.stem))


def _split(value: object) -> tuple[str, ...]:
    """Categories or tags: a list, or words of one line, between commas or else blanks."""
    if isinstance(value, str):
        parts = value.split(",") if "," in value else value.split()
        return tuple(filter(None, (part.strip() for part in parts)))
    return texts_of(value)
