"""A published folder checked as a whole: every page, style sheet, feed and sitemap in it."""

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from stat import S_ISREG

from generator.check.feeds import ATOM, atom_problems, json_problems, rss_problems
from generator.check.folder import PublishedFolder
from generator.check.pages import PageCheck, is_page, with_excerpts
from generator.check.pictures import traces_problems
from generator.check.policy import sent_policy
from generator.check.sitemaps import SITEMAP, sitemap_problems
from generator.check.tally import Tally
from generator.check.xml import read_xml
from generator.model.addresses import Base
from generator.model.link_options import LinkOptions
from generator.model.problems import Place, Problem

Progress = Callable[[int, int], None]
"""Told how many are done, of how many."""
NO_LINKS = LinkOptions()
LARGEST = 1 << 28
"""Bytes of a page, feed or sitemap: none is so large, and the memory may be smaller."""
NO_FILES: frozenset[str] = frozenset()
OWNERSHIP = re.compile(
    r"""(?:google[0-9a-f]+ | yandex_[0-9a-f]+ | pinterest-\w+ | naver\w+ | baidu_verify_[\w-]+
      | (?:wmail|mailru)[\w-]* | seznam-wmt-\w+ | norton_\w+ | ahrefs[_-]\w+ | facebook\w*
      | zohoverify/verifyforzoho | loaderio-\w+ | detectify\w*)\.html?\Z""",
    re.VERBOSE,
)
OWNED = 1_000
"""The files by which others know whose a site is, and the most characters of one.

They must stay as they were given: a word alone, or one of verification.
"""


def check_site(
    output: Path,
    *,
    base_url: str,
    links: LinkOptions = NO_LINKS,
    progress: Progress | None = None,
) -> tuple[Problem, ...]:
    """Check a published folder: links, fragments, pictures, markup, feeds and sitemaps.

    Pictures are looked into for what their camera wrote. What the policy in `_headers` keeps from
    readers is a warning.

    `base_url` is the one that the folder was built for. Places are relative to the folder. What
    is broken for a reader or a machine is an error, what is merely bad a warning. `links` tell
    at which addresses another program answers.
    """
    return check_folder(output, published_folder(output, base_url, links), progress=progress)


def published_folder(output: Path, base_url: str, links: LinkOptions) -> PublishedFolder:
    """What is published in a folder, and where its addresses lead."""
    return PublishedFolder.walk(output, Base.parse(base_url), links.leads_elsewhere)


def check_folder(
    output: Path,
    folder: PublishedFolder,
    *,
    known: frozenset[str] = NO_FILES,
    progress: Progress | None = None,
) -> tuple[Problem, ...]:
    """The same, but for files that are `known` to be sound."""
    if not any(map(is_page, folder.paths)):
        return (Problem(Place("."), "no page in this folder", "Run broadsheet build first."),)
    tally = Tally()
    tally.add(map(_nameless, folder.nameless))
    pages = PageCheck(folder, sent_policy(output, folder.base.origin))
    paths = sorted(folder.paths - known)
    for done, path in enumerate(paths, start=1):
        tally.add(_file(output / path, path, pages, folder))
        if progress:
            progress(done, len(paths))
    for path in pages.pages_with_fragments():
        # Only these are read a second time: so no page's ids need to be kept.
        text = (output / path).read_text(encoding="utf-8", errors="replace")
        tally.add(pages.fragments_of(path, text))
    return tally.problems()


def _nameless(path: str) -> Problem:
    shown = path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return Problem(Place(shown), "a file name that is not UTF-8", "Rename it: no address names it.")


def _is_text(path: str) -> bool:
    is_feed = path == "feed.json" or path.endswith("/feed.json")
    return is_feed or is_page(path) or path.endswith((".css", ".xml"))


def _file(file: Path, path: str, pages: PageCheck, folder: PublishedFolder) -> Iterable[Problem]:
    try:
        found = file.lstat()
        if not S_ISREG(found.st_mode):  # a pipe is never read to its end, nor is a device
            hint = "Take it out: hosts publish plain files."
            return (Problem(Place(path), "is no plain file", hint),)
        if not _is_text(path):
            return tuple(traces_problems(file, path))
        if found.st_size > LARGEST:
            message, hint = f"{found.st_size:,} bytes", "No browser shows so much: take it out."
            return (Problem(Place(path), message, hint),)
        data = file.read_bytes()
    except OSError as error:
        message = f"cannot be read: {error.strerror}"
        return (Problem(Place(path), message, "Check who may read it."),)
    return _text(path, data, pages, folder)


def _text(path: str, data: bytes, pages: PageCheck, folder: PublishedFolder) -> Iterable[Problem]:
    if path.endswith(".xml"):
        return _xml(path, data, folder)
    if path.endswith(".json"):
        return json_problems(path, data, folder)
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        place = Place(path, data.count(b"\n", 0, error.start) + 1)
        return (Problem(place, "not UTF-8", "Save the file that it comes from as UTF-8."),)
    if _is_of_ownership(path, text):
        return ()
    check = pages.page if is_page(path) else pages.style_sheet
    return with_excerpts(tuple(check(path, text)), text)


def _is_of_ownership(path: str, text: str) -> bool:
    is_named = len(text) <= OWNED and OWNERSHIP.match(path)
    return bool(is_named) and ("<" not in text or "verif" in text.lower())


def _xml(path: str, data: bytes, folder: PublishedFolder) -> Iterable[Problem]:
    root = read_xml(path, data)
    if isinstance(root, Problem):
        return (root,)
    if root.name == "rss":
        return rss_problems(path, root, folder)
    if root.name == f"{ATOM}feed":
        return atom_problems(path, root, folder)
    if root.name in (f"{SITEMAP}urlset", f"{SITEMAP}sitemapindex"):
        return sitemap_problems(path, root, len(data), folder)
    return ()
