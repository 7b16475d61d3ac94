"""Sections: from the configuration, the files under `content/sections/` and the articles."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from generator.model.article import LAST, Article, Newsroom, Section, section_title
from generator.model.config import CONFIG_FILE, Config
from generator.model.problems import Place, Problem
from generator.model.site import Collection
from generator.plan.tags import commonest

RESERVED = frozenset({"archive", "assets", "authors", "page", "sitemaps", "tags"})

Gathered = tuple[tuple[Collection[Section], ...], tuple[Problem, ...]]


def gather_sections(newsroom: Newsroom, articles: Iterable[Article], config: Config) -> Gathered:
    """All sections: those of the configuration first, in its order, then by `order` and title."""
    users: dict[str, list[Article]] = {}
    for article in articles:
        users.setdefault(article.section, []).append(article)
    written, problems = _written(newsroom.sections)
    listed = {name.slug: name.label for name in newsroom.section_names}
    found: dict[str, Section] = {}
    for slug in {**users, **written, **listed}:
        title = listed.get(slug) or _title(slug, users.get(slug, ()))
        found[slug] = written.get(slug) or Section(slug, title)
        if slug in RESERVED or not slug:
            problems.append(_no_address(found[slug], users.get(slug, [])))
    if config.sections.closed:
        as_written = [*listed.values(), *(slug for slug in written if slug not in listed)]
        problems += _unknown_sections(users, {*written, *listed}, as_written)
    rank = {slug: number for number, slug in enumerate(listed)}
    ordered = sorted(
        found.values(),
        key=lambda s: (rank.get(s.slug, len(rank)), s.order or LAST, s.title, s.slug),
    )
    collections = tuple(Collection(s, tuple(users.get(s.slug, ()))) for s in ordered)
    return collections, tuple(problems)


def _title(slug: str, articles: Sequence[Article]) -> str:
    """The title of a section that only articles name: as most of them spell it."""
    labels = [a.section_label for a in reversed(articles) if a.section_label]
    return section_title(commonest(labels) if labels else slug)


def _written(sections: Iterable[Section]) -> tuple[dict[str, Section], list[Problem]]:
    """The sections that have a file, by slug; two files of one name are a Problem."""
    written: dict[str, Section] = {}
    problems = []
    for section in sorted(sections, key=_path):
        other = written.setdefault(section.slug, section)
        if other is not section:
            message = f"is about the same section as {_path(other)}"
            problems.append(Problem(Place(_path(section)), message, "Keep one of the two files."))
    return written, problems


def _path(section: Section) -> str:
    return section.source.path if section.source else ""


def _no_address(section: Section, users: list[Article]) -> Problem:
    """A section whose address means something else, or that has none."""
    message = f'"{section.slug}" is reserved' if section.slug else "a section without an address"
    hint = "Choose another name for the section."
    if section.source:
        return Problem(Place(section.source.path), message, hint)
    if users:
        return Problem(Place(users[0].source.path), message, hint, keys=("section",))
    return Problem(Place(CONFIG_FILE), message, hint, keys=("sections",))


def _unknown_sections(
    users: Mapping[str, list[Article]], known: set[str], as_written: Sequence[str]
) -> Iterator[Problem]:
    """A Problem for each article in a section that is not `known`; the others `as_written`."""
    names = ", ".join(as_written)
    for slug, articles in users.items():
        for article in () if slug in known else articles:
            label = article.section_label
            message = f'unknown section "{label}"' if label else "no section"
            hint = f"The sections are: {names}." if label else f"Add one: {names}."
            if not known:
                hint = 'List the sections in config.yaml, or take out "closed: true" there.'
            yield Problem(Place(article.source.path), message, hint, keys=("section",))
