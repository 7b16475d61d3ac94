"""One text of an Eleventy project, with its data: what it is, and who saw it."""

import posixpath
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from generator.importers.eleventy_addresses import Standing, file_slug, stem_of, usual_address
from generator.importers.eleventy_data import ElevenData, merged, name_in, read_date
from generator.importers.eleventy_paging import PagePart
from generator.importers.eleventy_programs import PROGRAMS, read_program
from generator.importers.foreign import Foreign, is_false, is_true, split_foreign, text_of, texts_of
from generator.importers.javascript_data import FilledText
from generator.importers.old_site import State, TextKind

MARKDOWN = (".md", ".markdown")
PAGES = (".html", ".njk", ".liquid", ".htm")
NO_TEXTS = frozenset(
    {"readme", "changelog", "contributing", "license", "code_of_conduct", "security"}
)
STORIES = frozenset(
    {
        *("post", "posts", "blog", "article", "articles", "news"),
        *("story", "stories", "entry", "entries"),
    }
)
"""Folders and tags of stories."""
LISTING = re.compile(r"\bcollections\.|\bpagination\.")
OF_TEXTS = re.compile(r"\bcollections\.")
HEADING = re.compile(r"\s*+#{1,2}[ \t]++([^\n]++)\n")
SHORT_DATE = re.compile(r"^\d{4}-\d{1,2}-\d{1,2}-(?=.)")
MACHINES = (".xml", ".json", ".txt", ".css", ".js", ".webmanifest", ".ics", ".csv")
A_LISTING = "a listing: Broadsheet makes its own"
UNWORKABLE = "a program that nobody can work out without running it"
FOR_MACHINES = "a file for machines: Broadsheet makes its own"
SEEN = frozenset({"", "published", "public", "publish"})


class Item:
    """A text on its way: its file, its data, and what follows from them.

    `below` is what data files say of it, `part` which of the pages it is that a text makes of
    data, and `program` the function that makes its HTML.
    """

    def __init__(  # noqa: PLR0917 - what a text is made of
        self,
        file: Path,
        path: str,
        text: Foreign,
        below: dict[str, Any],
        part: PagePart | None = None,
        program: FilledText | None = None,
    ) -> None:
        self.file, self.path, self.text, self.below = file, path, text, below
        self.part, self.program = part, program
        self.data = merged(below, text.values)
        for values in (below, text.values):
            computed = values.get("eleventyComputed")
            if isinstance(computed, Mapping) and "permalink" in computed:
                self.data["permalink"] = computed["permalink"]
        self.date, self.written = read_date(self.data.get("date"), path)
        self.slug = file_slug(path)
        self.kind = TextKind.ARTICLE if self._is_story() else TextKind.PAGE
        left_out, held = _why_left_out(self), _why_held(self)
        self.state = State.LEFT_OUT if left_out else State.DRAFT if held else State.PUBLIC
        self.reason = left_out or held
        self.address = ""

    @property
    def given(self) -> Mapping[str, Any]:
        """What its templates are given of the data that it is made of."""
        return self.part.values if self.part else {}

    @property
    def source(self) -> str:
        """Its path; of several pages of one text with the page's number."""
        return f"{self.path} page {self.part.number + 1}" if self.part else self.path

    def _is_story(self) -> bool:
        """Whether a text is a story: it has a date, or lies or counts among stories."""
        if self.part:
            return False
        folders = {part.lower() for part in posixpath.dirname(self.path).split("/")}
        labels = {tag.lower() for tag in texts_of(self.data.get("tags"))}
        is_index = self.name == "index" and self.date is None
        is_among = self.date is not None or bool((folders | labels) & STORIES)
        return self.is_markdown and is_among and not is_index

    @property
    def is_markdown(self) -> bool:
        """Whether its body is Markdown."""
        return self.file.suffix in MARKDOWN

    @property
    def stem(self) -> str:
        """Its path without the ending."""
        return stem_of(self.path)

    @property
    def name(self) -> str:
        """The name of its file, in small letters."""
        return posixpath.basename(self.stem).lower()

    @property
    def permalink(self) -> object:
        """What its data say of its address."""
        permalink = self.data.get("permalink")
        return permalink.get("build") if isinstance(permalink, Mapping) else permalink

    @property
    def title(self) -> str:
        """The title: of the settings, else of the first heading, else of the name."""
        if found := text_of(self.data.get("title")):
            return found
        heading = HEADING.match(self.text.body)
        if heading:
            return heading[1].rstrip().rstrip("#").rstrip()
        if self.part and (label := _label_of(self.part)):
            return label
        return self.slug.replace("-", " ").capitalize()

    def standing(self) -> Standing:
        """What the address is made of."""
        when = self.date.strftime("%Y %m %d").split() if self.date else ["", "", ""]
        # A name such as `2024-12-5-a` keeps its date in Eleventy; beside another it is none.
        slug = SHORT_DATE.sub("", self.slug)
        folder = posixpath.dirname(self.path)
        usual = usual_address(self.path)
        if self.part and self.part.number:
            usual = f"{usual}{self.part.number}/"
        return Standing(usual, slug, folder, (when[0], when[1], when[2]))


def read_item(file: Path, path: str, data: ElevenData) -> Item:
    """Read a text. Raises OSError where its file cannot be read."""
    if path.endswith(PROGRAMS):
        text, program = read_program(file.read_bytes())
        return Item(file, path, text, data.of(file), program=program)
    return Item(file, path, split_foreign(file.read_bytes()), data.of(file))


def _label_of(part: PagePart) -> str:
    """What the data of a page are called, if it is made of one piece of them."""
    items = part.values["pagination"]["items"]
    first = items[0] if len(items) == 1 else None
    return name_in(first) if isinstance(first, Mapping) else text_of(first)


def is_false_text(value: object) -> bool:
    """Whether a permalink says that there is no page."""
    return value is False or (isinstance(value, str) and value.strip().lower() == "false")


def _is_for_machines(permalink: str) -> bool:
    """Whether no reader opens what stands there: feeds, `.htaccess`, `_headers`."""
    return permalink.endswith(MACHINES) or posixpath.basename(permalink).startswith((".", "_"))


def _why_left_out(item: Item) -> str:
    """Why a text is none for readers; listings, feeds and the like are made by Broadsheet."""
    permalink = item.permalink
    if isinstance(permalink, str) and _is_for_machines(permalink.strip()):
        return FOR_MACHINES
    if item.path.startswith("404.") or permalink in ("/404.html", "404.html"):
        return "the page for what is not there: Broadsheet makes its own"
    if isinstance(item.data.get("pagination"), Mapping) and not item.part:
        return A_LISTING
    is_page = not item.is_markdown
    if is_page and (OF_TEXTS if item.part else LISTING).search(item.text.body):
        return A_LISTING
    is_empty = not item.text.values and (item.name in NO_TEXTS or (is_page and not item.title))
    return "no settings: no text for readers" if is_empty else ""


def _why_held(item: Item) -> str:
    """Why readers did not see a text, or are not to."""
    data = item.data
    status = text_of(data.get("status")).lower()
    reasons = (
        ("permalink: false", is_false_text(item.permalink)),
        ("draft: true", is_true(data.get("draft"))),
        ("published: false", bool(data.get("published")) and is_false(data.get("published"))),
        (f"status: {status}", status not in SEEN),
        ("a password", bool(data.get("password") or data.get("protected"))),
        (
            "eleventyExcludeFromCollections: in no list",
            is_true(data.get("eleventyExcludeFromCollections")) and item.kind is TextKind.ARTICLE,
        ),
    )
    return next((reason for reason, holds in reasons if holds), "")
