"""The records of a WordPress export as values: items with their terms, settings and comments."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from urllib.parse import unquote

from generator.importers.comments import OldComment
from generator.importers.html_tree import Node
from generator.importers.wxr_records import Fault
from generator.model.values import frozen

NO_DATE = "0000"
LARGEST_OFFSET = timedelta(hours=15)


@frozen
class Term:
    """A category, tag or other term. `domain` is `category`, `post_tag`, `author`."""

    domain: str
    slug: str
    name: str
    parent: str = ""
    description: str = ""
    number: str = ""


@frozen
class WpAuthor:
    """Somebody who writes. Mail addresses are not read."""

    login: str
    name: str


@frozen
class WpItem:
    """A post, page, attachment or whatever else WordPress keeps in the same table.

    `date` and `modified` are local, as WordPress shows them, with an offset where one is known.
    """

    id: str
    kind: str
    status: str
    title: str
    link: str
    slug: str
    parent: str
    order: str
    date: str
    modified: str
    creator: str
    guid: str
    content: str
    excerpt: str
    is_sticky: bool
    has_password: bool
    attachment: str
    terms: tuple[Term, ...]
    meta: tuple[tuple[str, str], ...]
    comments: tuple[OldComment, ...]
    faults: tuple[Fault, ...] = ()

    def setting(self, *names: str) -> str:
        """The first of these settings of plug-ins that has a value."""
        known = dict(self.meta)
        return next((known[name].strip() for name in names if known.get(name, "").strip()), "")

    def of(self, domain: str) -> tuple[Term, ...]:
        """The item's terms of one domain, in order."""
        return tuple(term for term in self.terms if term.domain == domain)


def item_of(record: Node, faults: tuple[Fault, ...]) -> WpItem:
    """The item that a record holds."""
    field = _Fields(record)
    local, gmt = field("wp:post_date"), field("wp:post_date_gmt")
    changed, changed_gmt = field("wp:post_modified"), field("wp:post_modified_gmt")
    return WpItem(
        id=field("wp:post_id"),
        kind=field("wp:post_type") or "post",
        status=field("wp:status") or "draft",
        title=field("title"),
        link=field("link"),
        slug=unquote(field("wp:post_name")),
        parent=field("wp:post_parent"),
        order=field("wp:menu_order"),
        date=dated(local, gmt) or _published(field("pubDate")),
        modified=dated(changed, changed_gmt),
        creator=field("dc:creator"),
        guid=field("guid"),
        content=field("content:encoded", strip=False),
        excerpt=field("excerpt:encoded"),
        is_sticky=field("wp:is_sticky") == "1",
        has_password=bool(field("wp:post_password")),
        attachment=field("wp:attachment_url"),
        terms=tuple(_terms(record)),
        meta=tuple(_meta(record)),
        comments=tuple(_comments(record)),
        faults=faults,
    )


def author_of(record: Node) -> WpAuthor:
    """The author that a record holds."""
    field = _Fields(record)
    login = field("wp:author_login")
    whole = f"{field('wp:author_first_name')} {field('wp:author_last_name')}".strip()
    return WpAuthor(login, field("wp:author_display_name") or whole or login)


def term_of(record: Node) -> Term:
    """The term that a record holds: of WXR's three kinds of records for terms."""
    field = _Fields(record)
    domain = {"wp:category": "category", "wp:tag": "post_tag"}.get(record.tag, "")
    return Term(
        domain=domain or field("wp:term_taxonomy"),
        slug=unquote(
            field("wp:category_nicename") or field("wp:tag_slug") or field("wp:term_slug")
        ),
        name=field("wp:cat_name") or field("wp:tag_name") or field("wp:term_name"),
        parent=unquote(field("wp:category_parent") or field("wp:term_parent")),
        description=field("wp:category_description")
        or field("wp:tag_description")
        or field("wp:term_description"),
        number=field("wp:term_id"),
    )


class _Fields:
    """The texts of a record's fields, the first of each name."""

    def __init__(self, record: Node) -> None:
        self._texts: dict[str, str] = {}
        for node in record.nodes:
            if node.tag not in self._texts:
                self._texts[node.tag] = node.text()

    def __call__(self, name: str, *, strip: bool = True) -> str:
        text = self._texts.get(name, "")
        return text.strip() if strip else text


def dated(local: str, gmt: str) -> str:
    """A local time with its offset, which is what it differs from Greenwich by.

    Without a time at Greenwich it stands alone; "" where there is none.
    """
    if not local or local.startswith(NO_DATE):
        return "" if not gmt or gmt.startswith(NO_DATE) else f"{gmt} +0000"
    here, there = _time(local), _time(gmt)
    if here is None or there is None or abs(here - there) > LARGEST_OFFSET:
        return local
    return here.replace(tzinfo=timezone(here - there)).strftime("%Y-%m-%d %H:%M:%S %z")


def _time(text: str) -> datetime | None:
    try:
        return datetime.strptime(text, "%Y-%m-%d %H:%M:%S")  # noqa: DTZ007 - local, or GMT
    except ValueError:
        return None


def _published(text: str) -> str:
    """The time that a feed gives, for exports that have no other."""
    try:
        return parsedate_to_datetime(text).strftime("%Y-%m-%d %H:%M:%S %z").strip()
    except (ValueError, TypeError):
        return ""


def _terms(record: Node) -> Iterator[Term]:
    for node in record.nodes:
        if node.tag == "category" and (node.get("nicename") or node.text().strip()):
            name = " ".join(node.text().split())
            domain = node.get("domain") or "category"
            slug = unquote(node.get("nicename")) or re.sub(r"[\W_]+", "-", name.lower())
            yield Term("post_tag" if domain == "tag" else domain, slug, name)


def _meta(record: Node) -> Iterator[tuple[str, str]]:
    for node in record.nodes:
        if node.tag == "wp:postmeta":
            field = _Fields(node)
            yield field("wp:meta_key"), field("wp:meta_value", strip=False)


def _comments(record: Node) -> Iterator[OldComment]:
    for node in record.nodes:
        field = _Fields(node) if node.tag == "wp:comment" else None
        if field and field("wp:comment_approved") == "1":
            yield OldComment(
                id=field("wp:comment_id"),
                parent=field("wp:comment_parent"),
                author=field("wp:comment_author"),
                url=field("wp:comment_author_url"),
                date=dated(field("wp:comment_date"), field("wp:comment_date_gmt")),
                kind=field("wp:comment_type") or "comment",
                text=field("wp:comment_content"),
            )
