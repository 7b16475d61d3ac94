"""Walking the site's folders: which files are there, and which are passed over."""

import os
import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from operator import attrgetter
from pathlib import Path
from stat import S_ISREG
from typing import TypeAlias

from generator.model.problems import Place, Problem, warning
from generator.model.tag_keys import invisible_characters
from generator.model.values import frozen, replace
from generator.model.version_control import VERSION_CONTROL

LEFTOVER = re.compile(
    r".*~|#.*#|\..*\.sw[a-z]|.*\.(?:bak|tmp|orig)|4913|\.#.*|~\$.*|\._.*"
    r"|Thumbs\.db|desktop\.ini|\.DS_Store|\.broadsheet"
    rf"|(?i:{'|'.join(map(re.escape, sorted(VERSION_CONTROL)))})"
)
"""Names that editors, systems and version control leave behind: never content, never published.

A published repository would give away its whole history, what is remembered of a site its drafts.
"""
SECRET = re.compile(
    r"\.env(?:\..+)?|\.(?:htpasswd|netrc|npmrc|pgpass|pypirc|git-credentials|dockercfg|boto)"
    r"|\.(?:bash|zsh|psql|mysql)_history|id_(?:rsa|dsa|ed25519|ecdsa)(?:_sk)?"
    r"|.+\.(?:pem|p12|pfx|ppk|kdbx)|wp-config\.php(?:\..+)?",
    re.IGNORECASE,
)
"""Names of files that hold passwords and keys."""
BARE_REPOSITORY = ".git/HEAD"
"""How the path of a file ends that stands in every repository without a worktree."""
TEXT = (".md", ".markdown")
HTML = (".html", ".htm")
FENCES = (b"---", b"+++", b"\xef\xbb\xbf---", b"\xef\xbb\xbf+++")
"""How a text with front matter begins: an HTML file is one then, else a file like others."""
NAME = attrgetter("name")
USUAL = re.compile(r"[0-9A-Za-z][ -~]*\.md").fullmatch
"""Tells most texts' names, about which nothing more needs to be asked."""
Entry: TypeAlias = "os.DirEntry[str]"
Above = tuple[str, ...]
"""The real paths of a folder and of those that lead to it, the outermost first."""
MAY_LEAD_TO: Mapping[str, tuple[str, ...]] = {
    "content": ("static",),
    "static": ("content",),
    "layouts": (),
}
"""Into which other folders of the site a link may lead from each."""
DEEPEST = 100
LONGEST = 1000
"""Folders in folders, and characters of a path below the site; a published one is longer yet."""
LONGEST_NAME = 255
SHOWN = 100
CAN_SCAN_OPEN = os.scandir in os.supports_fd
"""Whether a folder can be opened once, and its files asked for by their names alone."""


@frozen
class FoundFile:
    """A file of the site: `path` is relative to the site's folder, with forward slashes.

    `size` is in bytes. `stamp` tells its states apart, but for changes within one step of
    the clock: size, the times when its bytes and when anything about it were last changed
    (nanoseconds since 1970), and its number on the disk. Empty: not asked for. `is_html_text`:
    it is HTML with front matter.
    """

    path: str
    size: int
    stamp: tuple[int, ...] = ()
    is_html_text: bool = False

    @property
    def is_text(self) -> bool:
        """Whether it is a text that Broadsheet reads."""
        return self.is_html_text or self.path.lower().endswith(TEXT)

    @property
    def changed_ns(self) -> int:
        """When anything about it was last changed, by its stamp."""
        return max(self.stamp[1:3])


Found = FoundFile | tuple[str, Above]
"""A file, or a folder to be walked."""


@dataclass(slots=True)
class _Walk:
    """One walk below a folder of the site; symbolic links may not lead out of the site."""

    site: Path
    keep_hidden: bool
    files: list[FoundFile] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    targets: dict[str, str] = field(default_factory=dict)
    _roots: dict[str, str] = field(default_factory=dict)

    def top(self, folder: str) -> None:
        """Find the files below a folder of the site, which may be missing."""
        path = self.site / folder
        source = folder.partition("/")[0]
        beside = MAY_LEAD_TO.get(source, ())
        self._roots = {name: os.path.realpath(self.site / name) for name in (source, *beside)}
        if not os.path.lexists(path) or (path.is_symlink() and not self._stays_inside(folder, ())):
            return
        self.below(folder, (os.path.realpath(path),))

    def below(self, folder: str, above: Above) -> None:
        """Find the files at or below a folder, in order of their names."""
        try:
            with _opened(os.path.join(self.site, folder)) as entries:  # noqa: PTH118 - a fast join
                found = self._found(folder, sorted(entries, key=NAME), above)
        except NotADirectoryError:
            self._problem(folder, "is a file, not a folder", "Move it away and make a folder.")
            return
        except OSError as error:
            self._problem(folder, f"cannot be read: {error.strerror}", "Check its permissions.")
            return
        for one in found:
            if isinstance(one, FoundFile):
                self.files.append(one)
            else:
                self.below(*one)

    def _found(self, folder: str, entries: Iterable[Entry], above: Above) -> list[Found]:
        """What is right in a folder: its files, and its folders as `below` takes them."""
        found: list[Found] = []
        source, _, rest = folder.partition("/")
        is_linked = above[-1] != os.path.normpath(f"{self._roots[source]}/{rest}")
        is_short = len(folder) < LONGEST - LONGEST_NAME
        for entry in entries:
            path = f"{folder}/{entry.name}"
            try:
                if is_short and USUAL(entry.name) and entry.is_file(follow_symlinks=False):
                    found.append(_file(entry, path))
                    if not is_linked:
                        continue
                elif one := self._looked_at(entry, path, above):
                    found.append(one)
                if is_linked or entry.is_symlink():
                    self.targets[path] = self._target(self._real(entry, path, above))
            except OSError as error:
                self._problem(path, f"cannot be read: {error.strerror}", "Check its permissions.")
        return found

    def _looked_at(self, entry: Entry, path: str, above: Above) -> Found | None:
        """An entry that is no text with a usual name; None when there is nothing to be found."""
        if self._is_passed_over(entry.name):
            return None
        if fault := name_fault(entry.name):
            self._problem(_shown(path), fault, "Rename it.")
        elif len(path) > LONGEST:
            shown = f"{path[:SHOWN]}…"
            self._problem(shown, f"has a path of more than {LONGEST} characters", "Move it up.")
        elif entry.is_symlink() and not self._stays_inside(path, above):
            pass  # which is a Problem now
        elif entry.is_file():
            self._warn_of_secrets(entry.name, path)
            return as_text(self.site, _file(entry, path))
        elif not entry.is_dir():
            self._problem(path, "is neither a file nor a folder", "Take it out.")
        elif path.startswith("content/") and path.lower().endswith(TEXT):
            self._problem(path, "is a folder, not a text file", "Rename the folder.")
        elif len(above) > DEEPEST:
            self._problem(path, f"lies more than {DEEPEST} folders deep", "Move it further up.")
        else:
            real = self._real(entry, path, above)
            return None if real in above else (path, (*above, real))
        return None

    def _warn_of_secrets(self, name: str, path: str) -> None:
        if SECRET.fullmatch(name):
            hint = "Take it out of the folder; if others may read it, rename it."
            message = "is published, and such files hold passwords or keys"
            self.problems.append(warning(Place(path), message, hint))
        elif path.endswith(BARE_REPOSITORY):
            hint = "Take it out of the folder, unless all of its history is for everybody."
            message = "is published with its whole history"
            self.problems.append(warning(Place(posixpath.dirname(path)), message, hint))

    def _real(self, entry: Entry, path: str, above: Above) -> str:
        """Where a folder really is."""
        if entry.is_symlink():
            return os.path.realpath(self.site / path)
        return os.path.join(above[-1], entry.name)  # noqa: PTH118 - as a real path is

    def _is_passed_over(self, name: str) -> bool:
        if LEFTOVER.fullmatch(name):
            return True
        return not self.keep_hidden and name.startswith((".", "_"))

    def _stays_inside(self, path: str, above: tuple[str, ...]) -> bool:
        """Whether a symbolic link leads to something of this site, and not round in a circle."""
        real = os.path.realpath(self.site / path)
        root = os.path.realpath(self.site)
        hint = "Replace the link by the file itself."
        if not os.path.exists(real):  # noqa: PTH110 - a realpath is a str
            self._problem(path, "is a link that leads nowhere", hint)
            self.links.append(path)
        elif os.path.commonpath((real, root)) != root:
            self._problem(path, "is a link that leads out of the site", hint)
        elif any(os.path.commonpath((real, folder)) == real for folder in above):
            self._problem(path, "is a link that leads round in a circle", "Take the link out.")
        elif not (self._target(real) if above else self._may_be_source(real)):
            self._problem(path, "is a link to what is not published itself", hint)
        else:
            self.links.append(path)
            return True
        return False

    def _target(self, real: str) -> str:
        """The path in the site of what a link leads to; empty for what it may not lead to."""
        for source, root in self._roots.items():
            if os.path.commonpath((real, root)) == root:
                inside = os.path.relpath(real, root).replace(os.sep, "/")
                names = inside.split("/")
                is_hidden = source == "content" and any(n.startswith((".", "_")) for n in names)
                if is_hidden or any(map(LEFTOVER.fullmatch, names)):
                    return ""
                return os.path.normpath(f"{source}/{inside}").replace(os.sep, "/")
        return ""

    def _may_be_source(self, real: str) -> bool:
        """Whether `content`, `static` or `layouts` may be a link to this folder of the site."""
        name = Path(real).relative_to(os.path.realpath(self.site)).parts[:1]
        return bool(name) and not name[0].startswith(".") and name[0] not in MAY_LEAD_TO

    def _problem(self, path: str, message: str, hint: str) -> None:
        self.problems.append(Problem(Place(path), message, hint))


def as_text(site: Path, found: FoundFile) -> FoundFile:
    """The same file of a site, known for a text where it is HTML with front matter."""
    if not (found.path.startswith("content/") and found.path.lower().endswith(HTML)):
        return found
    with (site / found.path).open("rb") as file:
        head = file.read(max(map(len, FENCES)))
    return replace(found, is_html_text=head.startswith(FENCES))


@frozen
class Walked:
    """What a walk found; `links` are symbolic ones, but for those out of the site or in circles.

    `targets` has, for each path that is reached through a link, the path of the same file in
    the site without one.
    """

    files: tuple[FoundFile, ...]
    problems: tuple[Problem, ...]
    links: tuple[str, ...]
    targets: Mapping[str, str]


def walk(
    site: Path, folder: str, *, keep_hidden: bool = False
) -> tuple[tuple[FoundFile, ...], tuple[Problem, ...]]:
    """Every file below a folder of the site, in order of names, folder by folder."""
    found = walked(site, folder, keep_hidden=keep_hidden)
    return found.files, found.problems


def walked(site: Path, folder: str, *, keep_hidden: bool = False) -> Walked:
    """All that is below a folder of the site, in order of names, folder by folder.

    Files and folders that begin with `.` or `_` are passed over unless `keep_hidden`,
    editors' leftovers always. A folder that is not there is empty.
    """
    walker = _Walk(site, keep_hidden)
    walker.top(folder)
    files, problems, links = tuple(walker.files), tuple(walker.problems), tuple(walker.links)
    return Walked(files, problems, links, walker.targets)


def found_at_top(
    site: Path, names: Iterable[str]
) -> tuple[tuple[FoundFile, ...], tuple[Problem, ...]]:
    """Those of some files that lie at the top of a site. A link is none: it may lead anywhere."""
    found, problems = [], []
    for name in names:
        try:
            stat = os.lstat(site / name)
        except OSError:
            continue
        if S_ISREG(stat.st_mode):
            times = (stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino)
            found.append(FoundFile(name, stat.st_size, times))
        else:
            hint = "Put the file itself in its place."
            problems.append(Problem(Place(name), "is a link, or no file", hint))
    return tuple(found), tuple(problems)


def _file(entry: Entry, path: str) -> FoundFile:
    stat = entry.stat()
    size = stat.st_size
    return FoundFile(path, size, (size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino))


@contextmanager
def _opened(folder: str) -> Iterator[Iterator[Entry]]:
    """The entries of a folder, which stays open meanwhile: asking for a file is cheaper so."""
    if not CAN_SCAN_OPEN:
        with os.scandir(folder) as entries:
            yield entries
        return
    opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        with os.scandir(opened) as entries:
            yield entries
    finally:
        os.close(opened)


def name_fault(name: str) -> str:
    """What is wrong with a file's name, or nothing."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return "the name is not UTF-8"
    unseen = invisible_characters(name)
    return f"an invisible character in the name: {unseen[0]}" if unseen else ""


def _shown(path: str) -> str:
    """A path in which everything can be seen."""
    visible = (c if c.isprintable() or c == "\xa0" else f"\\u{ord(c):04x}" for c in path)
    return "".join(visible)
