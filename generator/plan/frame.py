"""The Frame: what every page shows."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Self

from generator.model.addresses import ABSOLUTE, AUTHORS, TAGS, archive_address, web_url
from generator.model.article import Image
from generator.model.cards import Link
from generator.model.config import (
    CONFIG_FILE,
    NO_FACE,
    THEME_FACE,
    Config,
    NavigationEntry,
    OrganizationOptions,
)
from generator.model.layouts import ThemeFile
from generator.model.outputs import Frame, Organization, Output
from generator.model.pictures import Picture
from generator.model.problems import Place, Problem
from generator.model.site import Site
from generator.plan.cards import section_url
from generator.plan.change import Change
from generator.plan.config_links import POLICIES, inner_address
from generator.plan.directions import direction, script_of
from generator.plan.feeds import feed_links
from generator.plan.kind import Kind
from generator.plan.own_files import path_of
from generator.plan.pictures import picture_of

FACE, FACE_SCRIPTS = "display.woff2", frozenset({"latn", "cyrl"})
ICONS = ("favicon.svg", "favicon.png", "favicon.ico")


class Assets(Kind):
    """The theme's files, each under a name that changes with its content."""

    has_texts = False
    order = 0
    reserved = frozenset({"assets"})

    def slots(self) -> Iterator[Output]:
        """Every file."""
        for file in self.plan.theme:
            yield Output(asset_address(file).lstrip("/"), file, "", file.name)

    def listed(self) -> Iterable[tuple[str, datetime | None]]:
        """None: they are no pages."""
        return ()

    def touched(self, change: Change, before: Self) -> Iterable[str]:  # noqa: ARG002 - as every kind
        """None: they follow from the theme."""
        return ()


def asset_address(file: ThemeFile) -> str:
    """Where a theme file is published: its name tells its content."""
    return f"/assets/{file.published_name}"


def make_frame(
    site: Site, config: Config, theme: tuple[ThemeFile, ...]
) -> tuple[Frame, tuple[Problem, ...]]:
    """The Frame of a site; a logo, default picture or font that is missing is a Problem."""
    base, on = config.base, config.outputs
    logo, logo_problems = _picture(config.organization.logo, ("organization", "logo"), site, config)
    default, default_problems = _picture(config.default_image, ("default_image",), site, config)
    face, face_problems = _face(site, config, theme)
    frame = Frame(
        title=config.title,
        origin=base.origin,
        base_path=base.path,
        home_url=base.url("/"),
        description=config.description,
        tagline=config.tagline,
        language=config.language,
        direction=direction(config.language),
        navigation=_entries(config.navigation, config) or _sections(site, config),
        footer=_entries(config.footer, config) or _standing(site, config),
        assets=tuple(Link(file.name, base.url(asset_address(file))) for file in theme),
        feeds=feed_links("/", config.title, config),
        organization=_organization(config, logo),
        default_picture=default,
        tags_url=base.url(TAGS) if on.tags else "",
        authors_url=base.url(AUTHORS) if on.authors else "",
        archive_url=base.url(archive_address()) if on.archive else "",
        icon_url=_icon(site, config),
        face_url=face,
        copyright=config.copyright,
        extra=config.extra,
    )
    return frame, (*logo_problems, *default_problems, *face_problems)


def _picture(
    src: str, keys: tuple[str, ...], site: Site, config: Config
) -> tuple[Picture | None, tuple[Problem, ...]]:
    """The picture that an option names; `keys` lead to the option."""
    image = Image(src) if src else None
    picture, fault = picture_of(image, CONFIG_FILE, "/", site.files, config, is_bare=True)
    hint = "Put the file under static/ and write its path from there: /logo.png."
    return picture, (Problem(Place(CONFIG_FILE), fault, hint, keys=keys),) if fault else ()


def _face(
    site: Site, config: Config, theme: tuple[ThemeFile, ...]
) -> tuple[str, tuple[Problem, ...]]:
    """The URL of the font that headlines wait for.

    The theme's own is asked for with the page where the site is in a script that it has, and a
    style sheet names it.
    """
    chosen = config.fonts.display
    if chosen not in (THEME_FACE, NO_FACE):
        if f"static{chosen}" in site.files:
            return config.base.url(chosen), ()
        fault = f'no font "{chosen}"'
        hint = "Put the file under static/ and write its path from there: /fonts/own.woff2."
        return "", (Problem(Place(CONFIG_FILE), fault, hint, keys=("fonts", "display")),)
    file = next((file for file in theme if file.name == FACE), None)
    if file is None or script_of(config.language) not in FACE_SCRIPTS:
        return "", ()
    name = file.published_name.encode()
    is_named = any(name in sheet.data for sheet in theme if sheet.name.endswith(".css"))
    return (config.base.url(asset_address(file)) if is_named else ""), ()


def _icon(site: Site, config: Config) -> str:
    found = (name for name in ICONS if f"static/{name}" in site.files)
    name = next(found, "")
    return config.base.url(f"/{name}") if name else ""


def _entries(entries: tuple[NavigationEntry, ...], config: Config) -> tuple[Link, ...]:
    return tuple(Link(entry.title, _url(entry.url, config)) for entry in entries)


def _url(target: str, config: Config) -> str:
    """The URL of an address as the configuration has it: percent-encoded or not, with a tail."""
    if ABSOLUTE.match(target):
        return web_url(target)
    return config.base.url(inner_address(target)) + web_url(target[len(path_of(target)) :])


def _sections(site: Site, config: Config) -> tuple[Link, ...]:
    if not config.outputs.sections:
        return ()
    return tuple(Link(c.subject.title, section_url(c.subject, config)) for c in site.sections)


def _standing(site: Site, config: Config) -> tuple[Link, ...]:
    return tuple(Link(page.title, config.base.url(page.address)) for page in site.pages)


def _organization(config: Config, logo: Picture | None) -> Organization:
    options: OrganizationOptions = config.organization
    policies = ((name, getattr(options, option)) for option, name in POLICIES.items())
    return Organization(
        name=options.name or config.title,
        logo=logo,
        founded=options.founded,
        email=options.email,
        same_as=tuple(map(web_url, options.same_as)),
        policies=tuple(Link(name, _url(url, config)) for name, url in policies if url),
    )
