"""Links in bodies: where each target that a text names leads, on this site."""

import posixpath
from datetime import datetime
from functools import cached_property
from unicodedata import normalize
from urllib.parse import unquote

from generator.model.addresses import ABSOLUTE, folded, folder_of, web_url
from generator.model.article import Source, SourceFile
from generator.model.body import Body, ResolvedTarget, template_hint
from generator.model.config import Config
from generator.model.problems import Severity
from generator.model.site import Site
from generator.model.values import replace
from generator.plan.kind import Whole
from generator.plan.near_files import UNSHOWN, NearFiles
from generator.plan.own_files import (
    MAY_BE_TEXT,
    TEXT,
    forms_of,
    own_file,
    path_of,
    static_address,
    static_file,
    text_path,
)
from generator.plan.pictures import media_url
from generator.plan.variants import focus_in, recipe_of

NO_TEXT = "Write its path, relative to this text's or from content/: /articles/2024/story.md."
NOTHING = "Check the spelling; a file must lie beside the article or under static/."
PICTURES = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".svg", ".heic", ".bmp", ".tiff")
"""How the names of pictures end."""
LONGEST_ADDRESS = 2000
"""Characters; nothing is published at a longer one."""


class LinkResolver:
    """Resolves the targets in bodies against everything the site publishes."""

    def __init__(self, site: Site, config: Config, plan: Whole) -> None:
        self._site, self._plan = site, plan
        self._base, self._pictures = config.base, config.pictures
        self._language = config.language
        self._links, self._media = config.links, config.media.base

    def body(
        self, source: Source, address: str, language: str = "", date: datetime | None = None
    ) -> Body:
        """All that rendering the body of a text published at `address` takes.

        By the text's `date` a dead link is an error or a warning; without one, as in newest texts.
        """
        inner = {t.target for t in source.facts.targets if not _is_outside(t.target)}
        shown = {t.target for t in source.facts.targets if t.is_picture}
        drawn = {t.target for t in source.facts.targets if t.is_picture and not t.is_html}
        found = (
            self._resolve(target, source.path, address, is_shown=target in drawn)
            for target in sorted(inner)
        )
        if self._media:
            found = (self._in_media(one, one.target in shown) for one in found)
        resolved = tuple(found)
        if self._links.severity(date) is Severity.WARNING:
            resolved = tuple(replace(r, may_be_dead=True) if r.fault else r for r in resolved)
        return Body(source.path, source.digest, source.facts, resolved, language or self._language)

    def _in_media(self, found: ResolvedTarget, is_shown: bool) -> ResolvedTarget:
        """The same; a picture that is not in the site is where such pictures are."""
        path = path_of(found.target)
        is_picture = is_shown or path.lower().endswith(PICTURES)
        if not (found.fault and path and is_picture):
            return found
        return ResolvedTarget(found.target, media_url(found.target, self._media))

    def _resolve(
        self, target: str, source_path: str, address: str, *, is_shown: bool
    ) -> ResolvedTarget:
        path = path_of(target)
        tail = target[len(path) :]
        name = unquote(path)
        is_text = name.endswith(TEXT)
        if name.endswith(MAY_BE_TEXT) and (
            found := self._resolve_text(target, path, tail, source_path)
        ):
            return found
        file, place = None, ""
        if path.startswith("/"):
            file = static_file(path, self._site.files)
            place = static_address(file) if file else ""
        elif own := own_file(path, source_path, address, self._site.files):
            file, place = own.file, own.address
        if file:
            return self._to_file(target, file, place, is_shown=is_shown)
        wanted = unquote(path if path.startswith("/") else _joined(address, path))
        if existing := self._existing(wanted):
            return ResolvedTarget(target, self._base.url(existing) + web_url(tail))
        if self._links.leads_elsewhere(wanted):
            return ResolvedTarget(target, self._base.url(wanted) + web_url(tail))
        what, hint = ("no such article", NO_TEXT) if is_text else ("leads nowhere", NOTHING)
        near = "" if is_text else self._near_files.hint(target, source_path)
        return _dead(
            target,
            f'{what}: "{target}"',
            template_hint(target) or self._nearly(path, source_path) or near or hint,
        )

    def _to_file(
        self, target: str, file: SourceFile, place: str, *, is_shown: bool
    ) -> ResolvedTarget:
        """A file of the site; a picture that is shown may be another file than the one it is."""
        if is_shown and file.fault:
            return _dead(target, f'"{target}" {file.fault}', UNSHOWN)
        url = self._base.url(place) + web_url(target[len(path_of(target)) :])
        if not (is_shown and file.raster):
            return ResolvedTarget(target, url, file.width, file.height)
        picture = recipe_of(self._pictures).shown(file, place, self._base)
        if self._pictures.credit_from_file:
            raster = file.raster
            picture = replace(picture, credit=raster.credit, caption=raster.caption)
        focus = focus_in(file).classes
        size = picture.width, picture.height
        return ResolvedTarget(target, url, *size, picture=replace(picture, focus=focus))

    def _resolve_text(
        self, target: str, path: str, tail: str, source_path: str
    ) -> ResolvedTarget | None:
        """A link to another text by its file: relative, or from `content/` with a leading slash."""
        file = self._as_stored(text_path(path, source_path))
        if address := self._plan.address_of(file):
            return ResolvedTarget(target, self._base.url(address) + web_url(tail))
        reason = self._site.unpublished.get(file)
        if reason:
            hint = "Publish that story first, or take the link out."
            return _dead(target, f'links to "{target}", which is {reason}', hint)
        return None if reason is None else ResolvedTarget(target, "")

    def _as_stored(self, file: str) -> str:
        """A text's path with its accents as the disk has them."""
        if file.isascii():
            return file
        known = (self._site.article_of, self._site.texts, self._site.unpublished)
        found = (name for name in forms_of(file) if any(name in paths for paths in known))
        return next(found, file)

    def _existing(self, address: str) -> str:
        """The address as it is published: with its slash, or "" where nothing is."""
        if len(address) > LONGEST_ADDRESS:
            return ""
        named = address.removesuffix("index.html") if address.endswith("/index.html") else address
        forms = (named,) if named.isascii() else (named, *forms_of(named))
        slashed = (published for form in forms for published in (form, form + "/"))
        return next(filter(self._plan.has, slashed), "")

    @cached_property
    def _near_files(self) -> NearFiles:
        return NearFiles(self._site.files)

    @cached_property
    def _by_folded_path(self) -> dict[str, str]:
        paths = (*self._site.files, *self._site.article_of, *self._site.texts)
        return {folded(path): path for path in paths}

    def _nearly(self, path: str, source_path: str) -> str:
        """A hint for a path that is a file's but for capitals, or for how accents are stored."""
        written = unquote(path)
        for wanted in (text_path(path, source_path), "static" + posixpath.normpath(written)):
            if found := self._by_folded_path.get(folded(wanted)):
                name = posixpath.basename(found)
                if normalize("NFC", found) == normalize("NFC", wanted):
                    return f'There is "{name}", its accents stored in another way: rename the file.'
                return f'There is "{name}": mind capital letters.'
        return ""


def _dead(target: str, fault: str, hint: str) -> ResolvedTarget:
    return ResolvedTarget(target, "", fault=fault, hint=hint)


def _is_outside(target: str) -> bool:
    return not target or target.startswith("#") or bool(ABSOLUTE.match(target))


def _joined(address: str, path: str) -> str:
    joined = posixpath.normpath(posixpath.join(folder_of(address), path))
    return joined + "/" if path.endswith("/") and joined != "/" else joined
