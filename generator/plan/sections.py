"""Sections: from the configuration, the files under `content/sections/` and the articles."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from generator.model.article import LAST, Name, Section, section_title
from generator.model.config import CONFIG_FILE, Config
from generator.model.problems import Place, Problem
from generator.model.runs import Run, Stock, newest_first
from generator.model.site import Site, Spelt
from generator.model.tag_keys import tag_key
from generator.plan.gathering import Gathered, collected, commonest


def gather_sections(  # noqa: PLR0917 - what sections are made of
    before: Site,
    stock: Stock,
    uses: Mapping[str, Spelt],
    written: Iterable[Section],
    names: Sequence[Name],
    config: Config,
    reserved: frozenset[str],
) -> Gathered[Section]:
    """All sections: those of the configuration first, in its order, then by `order` and title.

    `reserved` are the first parts of addresses at which other pages stand.
    """
    by_file, problems = _written(written)
    listed = {name.slug: name.label for name in names}
    found: dict[str, Section] = {}
    for slug in {**uses, **by_file, **listed}:
        spelt = uses.get(slug, {})
        title = listed.get(slug) or _title(slug, spelt)
        found[slug] = by_file.get(slug) or Section(slug, title)
        if slug in reserved or not slug:
            problems.append(_no_address(found[slug], spelt))
    problems += _listed_twice(names)
    for slug in sorted(uses):
        problems += _one_address(slug, listed.get(slug, ""), uses[slug])
    if config.sections.closed:
        as_written = [*listed.values(), *(slug for slug in by_file if slug not in listed)]
        problems += _unknown_sections(uses, {*by_file, *listed}, as_written)
    rank = {slug: number for number, slug in enumerate(listed)}
    ordered = sorted(
        found.values(),
        key=lambda s: (rank.get(s.slug, len(rank)), s.order or LAST, s.title, s.slug),
    )
    collections = tuple(
        collected(section, _parts(uses.get(section.slug, {})), stock, known)
        for section in ordered
        for known in (before.section_of.get(section.slug),)
    )
    return Gathered(collections, {c.subject.slug: c for c in collections}, tuple(problems))


def _parts(spelt: Spelt) -> tuple[Run, ...]:
    return tuple(spelt[name] for name in sorted(spelt, key=_label))


def _title(slug: str, spelt: Spelt) -> str:
    """The title of a section that only articles name: as most of them spell it."""
    named = {name: run for name, run in spelt.items() if name.label}
    return section_title(commonest(named, lambda _: ()) if named else slug)


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


def _no_address(section: Section, spelt: Spelt) -> Problem:
    """A section whose address means something else, or that has none."""
    message = f'"{section.slug}" is reserved' if section.slug else "a section without an address"
    hint = "Choose another name for the section."
    if section.source:
        return Problem(Place(section.source.path), message, hint)
    if spelt:
        newest = min((run[0] for run in spelt.values()), key=newest_first)
        return Problem(Place(newest.source.path), message, hint, keys=("section",))
    return Problem(Place(CONFIG_FILE), message, hint, keys=("sections",))


def _one_address(slug: str, listed: str, spelt: Spelt) -> Iterator[Problem]:
    """A Problem for each name of a section whose address another name has already.

    A section may be named by its address too, and by a name that only its file explains.
    """
    named = {tag_key(name.label): name for name in sorted(spelt, key=_label) if name.label}
    named.pop(tag_key(slug), None)
    first = listed or (min(named.values(), key=_label).label if named else "")
    for key, name in sorted(named.items()):
        if key != tag_key(first):
            message = f'the sections "{first}" and "{name.label}" have one address: {slug}'
            hint = "Write the name in one way, or choose another name for one of the sections."
            place = Place(spelt[name][-1].source.path)
            yield Problem(place, message, hint, keys=("section",))


def _listed_twice(names: Iterable[Name]) -> Iterator[Problem]:
    """A Problem for each name of the configuration whose address another one has there."""
    first: dict[str, str] = {}
    for name in names:
        label = first.setdefault(name.slug, name.label)
        if tag_key(label) != tag_key(name.label):
            message = f'the sections "{label}" and "{name.label}" have one address: {name.slug}'
            hint = "Choose another name for one of them."
            yield Problem(Place(CONFIG_FILE), message, hint, keys=("sections",))


def _label(name: Name) -> str:
    return name.label


def _unknown_sections(
    uses: Mapping[str, Spelt], known: set[str], as_written: Sequence[str]
) -> Iterator[Problem]:
    """A Problem for each article in a section that is not `known`; the others `as_written`."""
    names = ", ".join(as_written)
    unknown = (spelt for slug, spelt in uses.items() if slug not in known)
    for name, run in (item for spelt in unknown for item in spelt.items()):
        label = name.label
        for article in run:
            message = f'unknown section "{label}"' if label else "no section"
            hint = f"The sections are: {names}." if label else f"Add one: {names}."
            if not known:
                hint = 'List the sections in config.yaml, or take out "closed: true" there.'
            yield Problem(Place(article.source.path), message, hint, keys=("section",))
