"""Ghost exports (JSON): posts and pages, their tags, authors and pictures."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from generator.importers.foreign_links import with_signs_shown
from generator.importers.ghost_cards import without_cards
from generator.importers.ghost_documents import MALFORMED, html_of_document
from generator.importers.ghost_export import (
    GhostData,
    GhostPost,
    GhostTag,
    GhostUser,
    names_of,
    read_export,
)
from generator.importers.ghost_gates import GATED, without_gated
from generator.importers.headline_html import line_of, plain_of
from generator.importers.html_blocks import HtmlConverter
from generator.importers.old_site import (
    ImportAsked,
    OldFile,
    OldSettings,
    OldText,
    Remark,
    Row,
    State,
    TextKind,
    as_head,
)
from generator.importers.own_addresses import (
    GIVES_WAY,
    is_own,
    needs_file,
    section_slug,
    tag_slug,
)
from generator.importers.uploads import Uploads
from generator.model.addresses import author_address, section_address, tag_address
from generator.model.redirects import MOVED
from generator.read.slugs import slugify

PLACEHOLDER = "__GHOST_URL__"
SIZED = re.compile(r"^images/size/[^/]+/(?:format/[^/]+/)?")
MARK = re.compile(rb'"(?:posts_tags|posts_authors|mobiledoc|comment_id)"')
HEAD = 1 << 22
MOST_SECTIONS = 8
LEAST_SHARE = 20
"""A section has at least one of so many stories."""
LISTED = 25
CODE = "code that was put into a story's page is not here"


def recognises(path: Path) -> bool:
    """Whether a file is an export of Ghost."""
    if path.suffix.lower() != ".json" or not path.is_file():
        return False
    with path.open("rb") as stream:
        head = stream.read(HEAD)
    return b'"posts"' in head and MARK.search(head) is not None


def open_site(paths: Sequence[Path], asked: ImportAsked) -> "GhostSite":
    """The site that some exports hold together."""
    return GhostSite(tuple(paths), asked.media)


def ghost_originals(path: str) -> Iterable[str]:
    """The names that a file's original may have: Ghost keeps smaller ones in folders of sizes."""
    return dict.fromkeys((SIZED.sub("images/", path), path))


class GhostSite:
    """A Ghost site, open for reading."""

    def __init__(self, paths: tuple[Path, ...], media: Path | None) -> None:
        self._paths = paths
        self._uploads = Uploads(media, "content", ghost_originals)
        self._remarks: list[Remark] = []
        self._settings: Mapping[str, str] = {}
        self._sections: dict[str, str] = {}
        self._public: Counter[tuple[str, str]] = Counter()
        self._users: dict[str, GhostUser] = {}
        self._used_tags: dict[str, GhostTag] = {}

    def texts(self) -> Iterator[OldText]:
        """Every text, then a file for each section and author, and for tags that need one."""
        converter, seen = HtmlConverter(), set[str]()
        for path in self._paths:
            data = read_export(path)
            self._settings = {**data.settings, **self._settings}
            self._sections |= _sections(data)
            for post in data.posts:
                if post.id not in seen:
                    seen.add(post.id)
                    yield self._text(post, converter)
        yield from self._term_texts()
        yield from self._author_texts()

    def _text(self, post: GhostPost, converter: HtmlConverter) -> OldText:
        kind = TextKind.PAGE if post.is_page else TextKind.ARTICLE
        source = f"ghost {'page' if post.is_page else 'post'} {post.slug or post.id}"
        state, reason = state_of(post)
        html = self._shown(post, source)
        address = self._address(post)
        if state is State.PUBLIC and not post.is_page:
            self._count(post)
        if post.has_code:
            self._remarks.append(Remark(CODE, source, "Put it into a layout where it is needed."))
        name = post.slug or f"untitled-{post.id}"
        if post.slug and is_own(address):
            self._remarks.append(Remark(GIVES_WAY, f"{source} ({address})"))
            name, address = f"{name}-page", ""
        return OldText(
            source=source,
            kind=kind,
            name=name if post.is_page else f"{post.date[:4] or 'undated'}/{name}",
            head=as_head(self._head(post, html, source)),
            body=converter.convert(html).markdown,
            state=state,
            reason=reason,
            addresses=(address,) if address and state is State.PUBLIC else (),
            seen=html,
        )

    def _shown(self, post: GhostPost, source: str) -> str:
        """The HTML that readers had."""
        html = post.html
        unknown: tuple[str, ...] = ()
        if not html:
            html, unknown = html_of_document(post.lexical, post.mobiledoc)
        html, has_gated = without_gated(html)
        for name in (*unknown, *((GATED,) if has_gated else ())):
            kind = f"nothing here is like Ghost's {name}: it is left out"
            kind = f"{name} is left out" if name in (MALFORMED, GATED) else kind
            self._remarks.append(Remark(kind, source, "Write what it showed."))
        return with_signs_shown(self._local(without_cards(html), source), is_html=True)

    def _local(self, html: str, source: str) -> str:
        """HTML whose addresses on the old site begin with a slash, and whose files are here."""
        if PLACEHOLDER not in html and "/content/" not in html:
            return html

        def replaced(found: re.Match[str]) -> str:
            return f'{found[1]}"{self._file(found[2], source)}"'

        return re.sub(r"""(\s(?:href|src|poster)=)"([^"]*)\"""", replaced, html)

    def _file(self, address: str, source: str) -> str:
        """Where an address of the old site leads here."""
        if not address.startswith((PLACEHOLDER, "/")):
            return address
        inside = address.removeprefix(PLACEHOLDER) or "/"
        return self._uploads.address(inside, source)

    def _address(self, post: GhostPost) -> str:
        """Where a text stood, by the pattern of the old site; pages stand at the top."""
        if post.is_page:
            return f"/{post.slug}/"
        pattern = self._settings.get("permalinks") or "/:slug/"
        date = self._local_date(post.date)
        parts = {"slug": post.slug, "year": date[:4], "month": date[5:7], "day": date[8:10]}
        parts["id"] = post.id
        parts["author"] = post.authors[0].slug if post.authors else ""
        parts["primary_tag"] = post.tags[0].slug if post.tags else "all"
        return re.sub(r":(\w+)|\{(\w+)\}", lambda m: parts.get(m[1] or m[2], m[0]), pattern)

    def _head(self, post: GhostPost, html: str, source: str) -> dict[str, object]:
        title = line_of(post.title) or line_of(" ".join(plain_of(html).split()[:8]))
        head: dict[str, object] = {"title": title or f"Untitled {post.id}"}
        if post.is_page:
            head["updated"] = self._local_date(post.updated or post.date)
        else:
            head["date"] = self._local_date(post.date) or "1970-01-01"
            if post.updated[:16] > post.date[:16]:
                head["updated"] = self._local_date(post.updated)
            head |= self._filed(post)
        summary = line_of(post.excerpt) or line_of(post.seo_summary)
        head |= {"summary": summary} if summary else {}
        if post.picture:
            image = {
                "src": self._file(post.picture, source),
                "alt": post.picture_alt,
                "caption": line_of(post.picture_caption),
            }
            head["image"] = {key: value for key, value in image.items() if value or key == "alt"}
        head |= {"seo_title": line_of(post.seo_title)} if post.seo_title else {}
        if not post.is_page:
            head |= {"pinned": True} if post.is_featured else {}
            head["id"] = post.id
        return head | ({"extra": {"canonical": post.canonical}} if post.canonical else {})

    def _filed(self, post: GhostPost) -> dict[str, object]:
        """A story's section, tags and authors."""
        first = post.tags[0] if post.tags else None
        section = self._sections.get(first.slug, "") if first else ""
        tags = tuple(tag.name for tag in (post.tags[1:] if section else post.tags))
        authors = names_of(post.authors)
        found: dict[str, object] = {"section": section} if section else {}
        found |= {"tags": tags} if tags else {}
        return found | ({"authors": authors} if authors else {})

    def _local_date(self, date: str) -> str:
        """An instant as the old site's readers had it, with its offset."""
        try:
            found = datetime.fromisoformat(date)
        except ValueError:
            return date
        zone = ZoneInfo(self._zone) if self._zone else UTC
        there = (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(zone)
        return there.strftime("%Y-%m-%d %H:%M:%S %z")

    @property
    def _zone(self) -> str:
        name = self._settings.get("timezone") or self._settings.get("active_timezone", "")
        try:
            return ZoneInfo(name).key if name else ""
        except (ValueError, OSError):
            return ""

    def _count(self, post: GhostPost) -> None:
        """Note the lists in which a public story stood."""
        for tag in post.tags:
            self._public["tag", tag.slug] += 1
            self._used_tags[tag.slug] = tag
        for user in post.authors:
            self._public["author", user.slug] += 1
            self._users[user.slug] = user

    def _term_texts(self) -> Iterator[OldText]:
        for tag in self._used_tags.values():
            section = self._sections.get(tag.slug, "")
            slug = section or tag_slug(tag.slug, tag.name)
            head = {"title": tag.name}
            if tag.description:
                head["description"] = line_of(tag.description)
            if section or tag.description or needs_file(slug, tag.name):
                kind = TextKind.SECTION if section else TextKind.TAG
                yield OldText(f"ghost tag {tag.slug}", kind, slug, as_head(head), "")

    def _author_texts(self) -> Iterator[OldText]:
        for user in self._users.values():
            head: dict[str, object] = {"name": user.name}
            head |= {"links": user.links} if user.links else {}
            source = f"ghost author {user.slug}"
            if user.picture:
                head["portrait"] = {"src": self._file(user.picture, source), "alt": user.name}
            name = slugify(user.name) or user.slug
            yield OldText(source, TextKind.AUTHOR, name, as_head(head), user.bio)

    def settings(self) -> OldSettings:
        """What the export says of the site."""
        found = self._settings
        return OldSettings(
            generator="ghost",
            title=found.get("title", ""),
            description=plain_of(found.get("description", "")),
            language=found.get("locale") or found.get("lang") or found.get("default_locale", ""),
            timezone=self._zone,
            sections=tuple(dict.fromkeys(self._sections.values())),
            address_patterns=("/:slug/",),
            redirects=tuple(self._redirects()),
        )

    def _redirects(self) -> Iterator[Row]:
        """From the old lists and feeds to those here."""
        yield "/rss/", "/feed.xml", MOVED
        for (kind, slug), number in self._public.items():
            if kind == "author":
                there = author_address(slugify(self._users[slug].name) or slug)
            elif slug in self._sections:
                there = section_address(self._sections[slug])
            else:
                there = tag_address(tag_slug(slug, self._used_tags[slug].name))
            old = f"/{kind}/{slug}/"
            yield old, there, MOVED
            yield f"{old}rss/", f"{there}feed.xml", MOVED
            for page in range(2, (number + LISTED - 1) // LISTED + 1):
                yield f"{old}page/{page}/", there, MOVED

    def files(self) -> Iterator[OldFile]:
        """The pictures and files that texts show, where they stood."""
        return self._uploads.files()

    def remarks(self) -> Iterator[Remark]:
        """What people ought to know."""
        yield from self._uploads.remarks()
        yield from self._remarks


def state_of(post: GhostPost) -> tuple[State, str]:
    """Who could see a text, and why not everybody; in doubt it is a draft."""
    reasons = {"draft": "a draft", "scheduled": "scheduled", "sent": "sent as a letter only"}
    if post.status != "published":
        return State.DRAFT, reasons.get(post.status, f'its status is "{post.status}"')
    if post.is_letter:
        return State.DRAFT, reasons["sent"]
    if post.visibility != "public":
        return State.DRAFT, f"only for {post.visibility}"
    return State.PUBLIC, ""


def _sections(data: GhostData) -> dict[str, str]:
    """The tags that lead many stories: these are the sections, by their old slugs."""
    stories = [post for post in data.posts if not post.is_page and state_of(post)[0] == "public"]
    taken = frozenset(post.slug for post in data.posts)
    counts = Counter(post.tags[0].slug for post in stories if post.tags)
    found: dict[str, str] = {}
    for slug, count in counts.most_common(MOST_SECTIONS):
        name = section_slug(slug, taken, "section")
        if name and count * LEAST_SHARE >= len(stories):
            found[slug] = name
    return found
