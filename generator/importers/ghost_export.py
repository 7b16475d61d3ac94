"""A Ghost export (JSON, versions 1 to 5) as values: posts with their tags and authors."""

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from generator.model.problems import HinderedError
from generator.model.values import frozen

LARGEST = 1 << 30
"""Bytes of an export: it is held in memory whole, unlike WordPress's."""
INTERNAL = "internal"
LONGEST_NUMBER = 14
"""Digits of an instant in milliseconds."""
Value = TypeVar("Value")


class NoGhostExportError(HinderedError):
    """The file is no export of Ghost."""


@frozen
class GhostTag:
    """A tag; those whose name begins with `#` are the newsroom's own and not seen."""

    id: str
    slug: str
    name: str
    description: str = ""
    is_internal: bool = False


@frozen
class GhostUser:
    """Somebody who writes; mail addresses are not read."""

    id: str
    slug: str
    name: str
    bio: str = ""
    links: tuple[str, ...] = ()
    picture: str = ""


@frozen
class GhostPost:
    """A post or page. Dates are as Ghost has them: instants in UTC."""

    id: str
    slug: str
    title: str
    html: str
    lexical: str
    mobiledoc: str
    is_page: bool
    status: str
    visibility: str
    date: str
    updated: str
    is_featured: bool
    picture: str
    picture_alt: str
    picture_caption: str
    excerpt: str
    canonical: str
    seo_title: str
    seo_summary: str
    has_code: bool
    is_letter: bool
    tags: tuple[GhostTag, ...]
    authors: tuple[GhostUser, ...]


@frozen
class GhostData:
    """What an export holds."""

    settings: Mapping[str, str]
    tags: tuple[GhostTag, ...]
    posts: tuple[GhostPost, ...]


def read_export(path: Path) -> GhostData:
    """Read an export. Raises NoGhostExportError, OSError."""
    hint = "Export it once more: Settings, Labs (or Import/Export), Export your content."
    if path.stat().st_size > LARGEST:
        raise NoGhostExportError(f"{path.name} has more than a gigabyte", hint)
    try:
        found = json.loads(path.read_bytes().decode("utf-8-sig", "replace"))
    except ValueError as error:
        line = getattr(error, "lineno", 0)
        raise NoGhostExportError(f"{path.name}:{line}: malformed JSON: {error}", hint) from error
    except RecursionError as error:
        raise NoGhostExportError(f"{path.name} is nested too deeply", hint) from error
    data = _data_of(found)
    if data is None:
        raise NoGhostExportError(f"{path.name} is no export of Ghost", hint)
    return _Tables(data).read()


def _data_of(found: object) -> dict[str, Any] | None:
    """The tables of an export: they stand in `db[0].data`, or in `data` itself."""
    if isinstance(found, dict) and isinstance(found.get("db"), list) and found["db"]:
        found = found["db"][0]
    data = found.get("data") if isinstance(found, dict) else None
    return data if isinstance(data, dict) and isinstance(data.get("posts"), list) else None


class _Tables:
    """The tables of an export, joined."""

    def __init__(self, data: dict[str, Any]) -> None:
        self._data = data
        self._meta = {_text(row, "post_id"): row for row in self._rows("posts_meta")}

    def _rows(self, name: str) -> list[dict[str, Any]]:
        rows = self._data.get(name)
        return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []

    def read(self) -> GhostData:
        """Everything."""
        tags = {tag.id: tag for tag in map(_tag, self._rows("tags"))}
        users = {user.id: user for user in map(_user, self._rows("users"))}
        of_posts = self._joined("posts_tags", "tag_id", tags)
        by_posts = self._joined("posts_authors", "author_id", users)
        settings = {_text(row, "key"): _text(row, "value") for row in self._rows("settings")}
        posts = tuple(self._post(row, of_posts, by_posts, users) for row in self._rows("posts"))
        return GhostData(settings, tuple(tags.values()), posts)

    def _joined(self, name: str, key: str, known: Mapping[str, Value]) -> dict[str, list[Value]]:
        """What belongs to each post, in order."""
        found: dict[str, list[Value]] = {}
        for row in sorted(self._rows(name), key=lambda row: _number(row.get("sort_order"))):
            if _text(row, key) in known:
                found.setdefault(_text(row, "post_id"), []).append(known[_text(row, key)])
        return found

    def _post(
        self,
        row: dict[str, Any],
        tags: Mapping[str, list[GhostTag]],
        authors: Mapping[str, list[GhostUser]],
        users: Mapping[str, GhostUser],
    ) -> GhostPost:
        number = _text(row, "id")
        meta = self._meta.get(number, {})
        only = users.get(_text(row, "author_id"))
        return GhostPost(
            id=_text(row, "comment_id") or number,
            slug=_text(row, "slug"),
            title=_text(row, "title"),
            html=_text(row, "html"),
            lexical=_text(row, "lexical"),
            mobiledoc=_text(row, "mobiledoc"),
            is_page=_text(row, "type") == "page" or _truth(row.get("page")),
            status=_text(row, "status") or "draft",
            visibility=_text(row, "visibility") or "public",
            date=_instant(row, "published_at") or _instant(row, "created_at"),
            updated=_instant(row, "updated_at"),
            is_featured=_truth(row.get("featured")),
            picture=_text(row, "feature_image") or _text(row, "image"),
            picture_alt=_text(meta, "feature_image_alt"),
            picture_caption=_text(meta, "feature_image_caption"),
            excerpt=_text(row, "custom_excerpt"),
            canonical=_text(row, "canonical_url"),
            seo_title=_text(meta, "meta_title") or _text(row, "meta_title"),
            seo_summary=_text(meta, "meta_description") or _text(row, "meta_description"),
            has_code=bool(_text(row, "codeinjection_head") or _text(row, "codeinjection_foot")),
            is_letter=_truth(meta.get("email_only")),
            tags=tuple(tag for tag in tags.get(number, ()) if not tag.is_internal),
            authors=tuple(authors.get(number, ())) or ((only,) if only else ()),
        )


def _tag(row: dict[str, Any]) -> GhostTag:
    name = _text(row, "name")
    hidden = _text(row, "visibility") == INTERNAL or name.startswith("#")
    return GhostTag(_text(row, "id"), _text(row, "slug"), name, _text(row, "description"), hidden)


def _user(row: dict[str, Any]) -> GhostUser:
    website, twitter = _text(row, "website"), _text(row, "twitter").lstrip("@")
    links = (website, f"https://twitter.com/{twitter}" if twitter else "")
    return GhostUser(
        id=_text(row, "id"),
        slug=_text(row, "slug"),
        name=_text(row, "name"),
        bio=_text(row, "bio"),
        links=tuple(link for link in links if link.startswith(("https://", "http://"))),
        picture=_text(row, "profile_image") or _text(row, "image"),
    )


def _text(row: Mapping[str, Any], key: str) -> str:
    value = row.get(key)
    return str(value).strip() if isinstance(value, str | int) else ""


def _instant(row: Mapping[str, Any], key: str) -> str:
    """An instant as Ghost writes it; before version 1 it was a number of milliseconds."""
    text = _text(row, key)
    if not text.isdecimal() or len(text) > LONGEST_NUMBER:
        return text
    return datetime.fromtimestamp(int(text) / 1000, UTC).isoformat()


def _truth(value: object) -> bool:
    return value in (True, 1, "1", "true")


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0


def names_of(users: Iterable[GhostUser]) -> tuple[str, ...]:
    """The names of some writers."""
    return tuple(user.name for user in users if user.name)
