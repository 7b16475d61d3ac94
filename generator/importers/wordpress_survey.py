"""What the texts of a WordPress export refer to: files, terms, authors, blocks in many texts."""

import re
from dataclasses import dataclass, field
from pathlib import Path

from generator.importers.headline_html import plain_of
from generator.importers.own_addresses import is_own
from generator.importers.uploads import Attachment, Uploads
from generator.importers.wordpress_bodies import Base
from generator.importers.wxr import Term, WpItem, author_of, item_of, term_of
from generator.importers.wxr_records import Records
from generator.read.slugs import slugify

INTERNAL = frozenset(
    (
        *("attachment", "revision", "nav_menu_item", "wp_block", "wp_template", "wp_template_part"),
        *("wp_global_styles", "wp_navigation", "wp_font_family", "wp_font_face", "custom_css"),
        *("customize_changeset", "oembed_cache", "user_request", "guest-author", "acf-field"),
        *("acf-field-group", "scheduled-action", "wp_router_page", "jp_mem_plan"),
    )
)
"""Kinds of items that are no text of the newsroom's."""
IMAGE_CREDIT = re.compile(r's:6:"credit";s:\d+:"([^"]+)"')
CREDITS = (
    "_media_credit",
    "_navis_media_credit",
    "credit",
    "_wp_attachment_credit",
    "media_credit",
)


@dataclass
class Survey:
    """What was learned. `links` are the addresses of public items by their number.

    A site without speaking addresses had `/?p=12`, at which no page can stand: such an item gets a
    place, among the `links` too.
    """

    uploads: Uploads
    channel: dict[str, str] = field(default_factory=dict)
    terms: dict[tuple[str, str], Term] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    bios: dict[str, str] = field(default_factory=dict)
    reusable: dict[str, str] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    attachments: list[tuple[str, str, str]] = field(default_factory=list)
    _places: set[str] = field(default_factory=set)

    @property
    def base_url(self) -> str:
        """The address of the old site."""
        of_blog = self.channel.get("wp:base_blog_url") or self.channel.get("link", "")
        return of_blog or self.channel.get("wp:base_site_url", "")

    @property
    def taken(self) -> frozenset[str]:
        """The addresses of one part at which texts stand, without their slashes."""
        parts = (path.strip("/") for path in self.links.values())
        return frozenset(part for part in parts if part and "/" not in part)

    def add(self, item: WpItem, base: Base) -> None:
        """Learn of an item."""
        if item.kind == "attachment":
            self.uploads.add(_attachment(item))
            self.attachments.append((item.id, item.parent, item.link))
        elif item.kind == "wp_block":
            self.reusable[item.id] = item.content
        elif item.kind == "guest-author":
            name = item.setting("cap-display_name") or item.title
            self.bios[name] = plain_of(item.setting("cap-description"))
        elif item.status == "publish" and not item.has_password and item.kind not in INTERNAL:
            path = base.path(item.link)
            self.links[item.id] = self._place(item) if "?" in path else path

    def _place(self, item: WpItem) -> str:
        """Where an item is to stand that had a number for an address."""
        slug = item.slug or slugify(plain_of(item.title)) or f"untitled-{item.id}"
        folder = "/" if item.kind == "page" else f"/{item.date[:7].replace('-', '/')}/"
        found = f"{folder}{slug}/".replace("//", "/")
        if is_own(found) or found in self._places:
            found = f"{found.removesuffix('/')}-{item.id}/"
        self._places.add(found)
        return found


def survey(records: Records, media: Path | None) -> Survey:
    """Read some exports for what texts refer to. Raises NoExportError, OSError."""
    found = Survey(Uploads(media))
    base: Base | None = None
    for record, faults in records.read():
        if record.tag == "item":
            base = base or Base(found.base_url)
            found.add(item_of(record, faults), base)
        elif record.tag == "wp:author":
            author = author_of(record)
            found.names.setdefault(author.login, author.name)
        elif record.tag in ("wp:category", "wp:tag", "wp:term"):
            term = term_of(record)
            found.terms.setdefault((term.domain, term.slug), term)
        else:
            found.channel.setdefault(record.tag, record.text().strip())
    return found


def _attachment(item: WpItem) -> Attachment:
    within = IMAGE_CREDIT.search(item.setting("_wp_attachment_metadata"))
    return Attachment(
        id=item.id,
        parent=item.parent,
        url=item.attachment or item.guid,
        title=plain_of(item.title),
        caption=item.excerpt,
        alt=plain_of(item.setting("_wp_attachment_image_alt")),
        credit=item.setting(*CREDITS) or (within[1] if within else ""),
    )
