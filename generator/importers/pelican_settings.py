"""Pelican's settings with its defaults, and the addresses that follow from them.

Names, defaults and rules are those of Pelican 4 (docs.getpelican.com, "Settings"), and where a site
still has them, of Pelican 3.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from text_unidecode import unidecode

from generator.importers.python_settings import PythonSettings, read_python_settings
from generator.importers.time_zones import zone_called

CONFIGS = ("pelicanconf.py", "publishconf.py")
OTHER_CONFIGS = ("pelican.conf.py", "settings.py", "pelicanconf_local.py")
DEFAULTS: Mapping[str, str] = {
    "ARTICLE_URL": "{slug}.html",
    "ARTICLE_LANG_URL": "{slug}-{lang}.html",
    "PAGE_URL": "pages/{slug}.html",
    "PAGE_LANG_URL": "pages/{slug}-{lang}.html",
    "CATEGORY_URL": "category/{slug}.html",
    "TAG_URL": "tag/{slug}.html",
    "AUTHOR_URL": "author/{slug}.html",
    "STATIC_URL": "{path}",
    "ARCHIVES_SAVE_AS": "archives.html",
    "CATEGORIES_SAVE_AS": "categories.html",
    "TAGS_SAVE_AS": "tags.html",
    "AUTHORS_SAVE_AS": "authors.html",
    "FEED_ALL_ATOM": "feeds/all.atom.xml",
    "CATEGORY_FEED_ATOM": "feeds/{slug}.atom.xml",
    "AUTHOR_FEED_ATOM": "feeds/{slug}.atom.xml",
    "AUTHOR_FEED_RSS": "feeds/{slug}.rss.xml",
    "TRANSLATION_FEED_ATOM": "feeds/all-{lang}.atom.xml",
    "DEFAULT_CATEGORY": "misc",
    "FILENAME_METADATA": r"(?P<date>\d{4}-\d{2}-\d{2}).*",
    "DEFAULT_LANG": "en",
    "TIMEZONE": "UTC",
    "SLUGIFY_SOURCE": "title",
}
SLUG_RULES = ((r"[^\w\s-]", ""), (r"(?u)\A\s*", ""), (r"(?u)\s*\Z", ""), (r"[-\s]+", "-"))
FIELD = re.compile(r"\{(\w+)(?:\[\d+\]|\.\w+)*(?::([^{}]*))?(?:![rsa])?\}")
NOTEBOOK = re.compile(r"ipynb|jupyter")
UNPADDED = re.compile(r"%-([dmHIjy])")
MARKUP = re.compile(r"<[^<>]*>")
LONGEST = 1000


class PelicanSettings:
    """What a Pelican site's configuration says; `folder` holds it, `content` the texts."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        files = [folder / name for name in CONFIGS]
        if not any(file.is_file() for file in files):
            files = [folder / name for name in OTHER_CONFIGS]
        self.python: PythonSettings = read_python_settings(*files)
        self.content = self._content()
        self.language = self.text("DEFAULT_LANG").lower() or "en"
        self.subsites = frozenset(map(str, self.python.mapping("I18N_SUBSITES")))
        """Languages with a site of their own in the folder of their name, by `i18n_subsites`."""

    @property
    def reads_notebooks(self) -> bool:
        """Whether a plug-in reads notebooks as texts."""
        named = (*self.python.texts("PLUGINS"), *self.python.texts("MARKUP"))
        return any(NOTEBOOK.search(name) for name in named)

    def _content(self) -> Path:
        named = self.python.text("PATH")
        if named and (self.folder / named).is_dir():
            return self.folder / named
        return self.folder / "content" if (self.folder / "content").is_dir() else self.folder

    @property
    def zone(self) -> ZoneInfo:
        """The site's time zone."""
        return zone_called(self.text("TIMEZONE"))

    def text(self, name: str) -> str:
        """A setting that is a text, or Pelican's default; "" where it is switched off."""
        value = self.python.values.get(name, DEFAULTS.get(name, ""))
        return value[:LONGEST] if isinstance(value, str) else ""

    def paths(self, kind: str, default: Sequence[str]) -> tuple[str, ...]:
        """The folders of `ARTICLE`, `PAGE` or `STATIC`; Pelican 3 had one of each."""
        found = self.python.texts(f"{kind}_PATHS", self.python.texts(f"{kind}_DIR", (*default,)))
        return tuple(path.strip("/").removeprefix("./") for path in found)

    def address(self, name: str, values: Mapping[str, object]) -> str:
        """An address from the site's root, by the setting `name`; "" where there is none."""
        return next(iter(self.addresses(name, values)), "")

    def addresses(self, name: str, values: Mapping[str, object]) -> tuple[str, ...]:
        """The address by the setting `name`, and any other that its links had.

        `NAME_URL` is what links say, `NAME_SAVE_AS` the file. Where only one of them was changed,
        that one is meant, and the other has kept its default.
        """
        url = self._formatted(f"{name}_URL", values)
        saved = self._formatted(f"{name}_SAVE_AS", values)
        found = [_address(url, saved)]
        if f"{name}_SAVE_AS" in self.python.values and saved and not _is_file_of(url, saved):
            found.insert(0, _address("", saved))
        if url and "." not in url.rpartition("/")[2] and not url.endswith("/"):
            found.append(f"/{url.lstrip('/')}")
        return tuple(dict.fromkeys(filter(None, found)))

    def _formatted(self, name: str, values: Mapping[str, object]) -> str:
        return formatted(self.text(name), values)

    def slug(self, text: str, kind: str = "") -> str:
        """A slug by Pelican's rules; `kind` is `TAG`, `CATEGORY`, `AUTHOR`, or "" for texts."""
        text = unicodedata.normalize("NFKC", MARKUP.sub("", text))
        if not self.python.flag("SLUGIFY_USE_UNICODE", default=False):
            text = unidecode(text)
        for pattern, replacement in self._slug_rules(kind):
            try:
                text = re.sub(pattern, replacement, text, flags=re.IGNORECASE)
            except (re.error, IndexError):
                continue
        if not self.python.flag("SLUGIFY_PRESERVE_CASE", default=False):
            text = text.lower()
        return text.strip()

    def _slug_rules(self, kind: str) -> Sequence[tuple[str, str]]:
        values = self.python.values
        general = values.get("SLUG_REGEX_SUBSTITUTIONS")
        own = values.get(f"{kind}_REGEX_SUBSTITUTIONS") if kind else None
        rules = own if own is not None else general
        if isinstance(rules, list | tuple):
            return _pairs(rules)
        # Pelican 3: pairs of plain texts; those with a third part, True, skip the usual rules.
        old = [*_pairs(values.get("SLUG_SUBSTITUTIONS"))]
        old += _pairs(values.get(f"{kind}_SUBSTITUTIONS")) if kind else []
        return [*((re.escape(was), by.replace("\\", "\\\\")) for was, by in old), *SLUG_RULES]


def formatted(pattern: str, values: Mapping[str, object]) -> str:
    """A pattern such as `{date:%Y}/{slug}/`, filled in."""

    def filled(match: re.Match[str]) -> str:
        value = values.get(match[1], "")
        if isinstance(value, datetime):
            return dated(value, match[2] or "%Y-%m-%d %H:%M:%S")
        return str(value)

    return FIELD.sub(filled, pattern)


def dated(moment: datetime, pattern: str) -> str:
    """A date by a pattern of `strftime`; `%-d` is a day without a zero, on any system."""
    padded = UNPADDED.sub(lambda one: str(int(moment.strftime(f"%{one[1]}"))), pattern)
    try:
        return moment.strftime(padded)
    except ValueError:
        return ""


def _address(url: str, saved: str) -> str:
    """The address of a file, as links to it had it; what the host adds is in the file's name."""
    url, saved = url.strip().lstrip("/"), saved.strip().lstrip("/")
    if not url:
        return f"/{saved.removesuffix('index.html')}" if saved else ""
    is_file = "." in url.rpartition("/")[2]
    if is_file or url.endswith("/"):
        return f"/{url.removesuffix('index.html') if url.endswith('/index.html') else url}"
    if saved == f"{url}.html":
        return f"/{saved}"
    return f"/{url}/"


def _is_file_of(url: str, saved: str) -> bool:
    """Whether a host answers at an address with a file of that name."""
    url, saved = url.strip("/"), saved.strip("/")
    plain = url.removesuffix("index.html").rstrip("/")
    return saved in (url, f"{url}.html", f"{plain}/index.html".lstrip("/"))


def _pairs(value: object) -> list[tuple[str, str]]:
    pairs = value if isinstance(value, list | tuple) else ()
    return [
        (pair[0], pair[1])
        for pair in pairs
        if isinstance(pair, list | tuple)
        and len(pair) >= 2  # noqa: PLR2004 - from and to
        and isinstance(pair[0], str)
        and isinstance(pair[1], str)
    ]
