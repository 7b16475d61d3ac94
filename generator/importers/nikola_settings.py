"""Nikola's settings with its defaults, and the addresses that follow from them.

Names, defaults and rules are those of Nikola 8 (getnikola.com, "Handbook" and its `conf.py`).
"""

import posixpath
import re
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path
from zoneinfo import ZoneInfo

from text_unidecode import unidecode

from generator.importers.python_settings import PythonSettings, read_python_settings
from generator.importers.time_zones import zone_called
from generator.model.values import frozen

CONFIG = "conf.py"
POSTS = (("posts/*.rst", "posts"), ("posts/*.md", "posts"), ("posts/*.txt", "posts"))
POSTS_TOO = (("posts/*.html", "posts"),)
PAGES = (("pages/*.rst", "pages"), ("pages/*.md", "pages"), ("pages/*.txt", "pages"))
PAGES_TOO = (("pages/*.html", "pages"),)
COMPILERS: Mapping[str, tuple[str, ...]] = {
    "rest": (".rst", ".txt"),
    "markdown": (".md", ".mdown", ".markdown"),
    "html": (".html", ".htm"),
    "wordpress": (".wp",),
    "ipynb": (".ipynb",),
}
NOT_IN_SLUG = re.compile(r"[^+\w\s-]")
GAPS = re.compile(r"[-\s]+")


@frozen
class Gathering:
    """Where texts of a kind lie: a folder, the end of their names, and where they are published.

    `destinations` are folders by language; "" stands for any other.
    """

    folder: str
    pattern: str
    destinations: Mapping[str, str]
    is_post: bool

    def destination(self, language: str) -> str:
        """The folder in which texts of a language are published, below the language's own."""
        return self.destinations.get(language, self.destinations[""])


class NikolaSettings:
    """What a Nikola site's `conf.py` says."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.python: PythonSettings = read_python_settings(folder / CONFIG)
        self.language = self.text("DEFAULT_LANG", "en")
        self.translations = self._translations()
        self.is_pretty = self.python.flag("PRETTY_URLS", default=True)

    def text(self, name: str, default: str = "") -> str:
        """A setting that is a text; where languages have one each, the main language's."""
        value = self.python.values.get(name, default)
        if isinstance(value, dict):
            value = value.get(self.language, next(iter(value.values()), default))
        return value if isinstance(value, str) else default

    def _translations(self) -> Mapping[str, str]:
        """Each language, and the folder of its pages."""
        found = {
            str(language): str(path).removeprefix("./").strip("/")
            for language, path in self.python.mapping("TRANSLATIONS").items()
        }
        return {**found, self.language: found.get(self.language, "")}

    def gatherings(self) -> Iterator[Gathering]:
        """Where posts and pages lie."""
        for name, default in (("POSTS", POSTS + POSTS_TOO), ("PAGES", PAGES + PAGES_TOO)):
            value = self.python.values.get(name)
            if value is None and name == "PAGES":
                value = self.python.values.get("STORIES")
            for entry in value if isinstance(value, list | tuple) else default:
                if isinstance(entry, list | tuple) and len(entry) > 1:
                    wildcard, target = str(entry[0]), entry[1]
                    if not isinstance(target, dict):
                        target = {"": target}
                    places = {str(key): str(one).strip("/") for key, one in target.items()}
                    places.setdefault("", places.get(self.language, ""))
                    folder, pattern = posixpath.split(wildcard)
                    yield Gathering(folder, pattern, places, name == "POSTS")

    def in_name(self, path: str) -> dict[str, str]:
        """The settings that `FILE_METADATA_REGEXP` finds in a text's path, or in its name."""
        pattern = self.text("FILE_METADATA_REGEXP")
        for subject in (path, posixpath.basename(path)):
            try:
                match = re.match(pattern, subject) if pattern else None
            except (re.error, RecursionError):
                return {}
            if match:
                found = {key.lower(): value for key, value in match.groupdict("").items()}
                if self.python.flag("FILE_METADATA_UNSLUGIFY_TITLES", default=True):
                    title = found.get("title", "").replace("-", " ")
                    found |= {"title": title[:1].upper() + title[1:]} if title else {}
                return found
        return {}

    def compiler_of(self, suffix: str) -> str:
        """What reads texts whose names end so; "" where nobody says."""
        configured = self.python.mapping("COMPILERS")
        for known in (configured, COMPILERS):
            for name, suffixes in known.items():
                if isinstance(suffixes, list | tuple) and suffix in suffixes:
                    return {"restructuredtext": "rest"}.get(str(name), str(name))
        return ""

    def folders(self, name: str, default: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        """Folders of files, and where they are published."""
        value = self.python.values.get(name)
        for folder, target in (value if isinstance(value, dict) else default).items():
            yield str(folder).strip("/"), str(target).strip("/")

    def renamed(self, values: Mapping[str, str]) -> dict[str, str]:
        """Settings of a text under the names that `METADATA_MAPPING` gives to a site's own."""
        found = dict(values)
        for names in self.python.mapping("METADATA_MAPPING").values():
            for theirs, name in names.items() if isinstance(names, dict) else ():
                if str(theirs).lower() in found:
                    found.setdefault(str(name).lower(), found.pop(str(theirs).lower()))
        return found

    def redirections(self) -> Iterator[tuple[str, str]]:
        """Addresses that the site itself led on."""
        value = self.python.values.get("REDIRECTIONS")
        for entry in value if isinstance(value, list | tuple) else ():
            if isinstance(entry, list | tuple) and len(entry) > 1:
                yield f"/{str(entry[0]).lstrip('/')}", str(entry[1])

    def page(self, *parts: str, slug: str, is_pretty: bool = True) -> str:
        """The address of a page: `/posts/the-flood/`, or `/posts/the-flood.html`."""
        folder = "/".join(part.strip("/") for part in parts if part.strip("/."))
        place = f"/{folder}/" if folder else "/"
        if slug == "index":
            return place
        return f"{place}{slug}/" if self.is_pretty and is_pretty else f"{place}{slug}.html"

    def slug(self, text: str) -> str:
        """A slug by Nikola's rules."""
        if not self.python.flag("USE_SLUGIFY", default=True):
            return text
        text = unidecode(unicodedata.normalize("NFKD", text))
        return GAPS.sub("-", NOT_IN_SLUG.sub("", text).strip().lower())

    def listing_of(self, kind: str, name: str) -> str:
        """The address of a tag's, category's or author's listing."""
        path, slug = self._listing(kind, name)
        return self.page(path, slug=slug)

    def feed_of(self, kind: str, name: str) -> str:
        """The address of its feed."""
        path, slug = self._listing(kind, name)
        return f"{self.page(path, slug='index')}{slug}.xml"

    def _listing(self, kind: str, name: str) -> tuple[str, str]:
        tags = self.text("TAG_PATH", "categories")
        if kind == "tag":
            return tags, self.slug(name)
        if kind == "author":
            return self.text("AUTHOR_PATH", "authors"), self.slug(name)
        has_levels = self.python.flag("CATEGORY_ALLOW_HIERARCHIES", default=False)
        levels = name.split("/") if has_levels else [name]
        is_flat = self.python.flag("CATEGORY_OUTPUT_FLAT_HIERARCHY", default=False)
        slugs = [self.slug(level) for level in (levels[-1:] if is_flat else levels)]
        slugs[0] = self.text("CATEGORY_PREFIX", "cat_") + slugs[0]
        slug = ("/" if self.is_pretty else "-").join(slugs)
        return self.text("CATEGORY_PATH", "categories"), slug

    @property
    def zone(self) -> ZoneInfo:
        """The site's time zone."""
        return zone_called(self.text("TIMEZONE", "UTC"))
