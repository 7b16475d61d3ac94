"""Tags: from the spellings in articles and the files under `content/tags/` to one list."""

from collections.abc import Iterable, Mapping

from generator.model.addresses import PAGE
from generator.model.article import Article, Name, Tag
from generator.model.problems import Place, Problem
from generator.model.runs import Run, Stock
from generator.model.site import Site, Spelt
from generator.model.tag_keys import tag_key
from generator.model.values import fields_of
from generator.plan.gathering import Gathered, collected, commonest, first_use


def claim_keys(tags: Iterable[Tag]) -> tuple[dict[str, Tag], tuple[Problem, ...]]:
    """Which tag file every key belongs to: by title, file name and aliases.

    A title or alias that two files claim is a Problem that names both.
    """
    owner: dict[str, Tag] = {}
    problems = []
    ordered = sorted(tags, key=lambda tag: (tag.slug, tag.source.path if tag.source else ""))
    for tag in ordered:
        if tag.key in owner:
            problems.append(_claimed_twice(tag, owner[tag.key], tag.label, ("title",)))
        owner.setdefault(tag.key, tag)
    for tag in ordered:
        for number, alias in enumerate(tag.aliases):
            other = owner.setdefault(alias.key, tag)
            if other is not tag:
                problems.append(_claimed_twice(tag, other, alias.label, ("aliases", number)))
    for tag in ordered:
        owner.setdefault(tag_key(tag.slug), tag)
    return owner, tuple(problems)


def _claimed_twice(tag: Tag, other: Tag, label: str, keys: tuple[str | int, ...]) -> Problem:
    mine, others = (t.source.path if t.source else t.slug for t in (tag, other))
    return Problem(
        Place(mine),
        f'"{label}" is claimed by {others} too',
        "Leave the name in one of the two files.",
        keys=keys,
    )


def gather_tags(
    before: Site, stock: Stock, uses: Mapping[str, Spelt], written: Iterable[Tag]
) -> Gathered[Tag]:
    """Every tag in use, by label; found by its key, and by those of its aliases."""
    owner, problems = claim_keys(written)
    tag_of = dict(owner)
    for key, spelt in uses.items():
        if key not in owner:
            tag_of[key] = _spelt_tag(key, spelt)
    parts: dict[str, list[Run]] = {}
    for key in sorted(uses):
        spelt = uses[key]
        names = sorted(spelt, key=fields_of)
        parts.setdefault(tag_of[key].slug, []).extend(spelt[name] for name in names)
    tags = {tag.slug: tag for tag in tag_of.values()}
    used = sorted((tags[slug] for slug in parts), key=lambda t: (t.label.casefold(), t.slug))
    known = {collection.subject.slug: collection for collection in before.tags}
    collections = tuple(collected(tag, parts[tag.slug], stock, known.get(tag.slug)) for tag in used)
    by_slug = {collection.subject.slug: collection for collection in collections}
    by_key = {key: by_slug[tag.slug] for key, tag in tag_of.items() if tag.slug in by_slug}
    return Gathered(collections, by_key, (*problems, *_slug_problems(tag_of, uses)))


def _spelt_tag(key: str, spelt: Spelt) -> Tag:
    """A tag without a file, as stories spell it."""
    with_slug = [name for name in spelt if name.slug]
    if len(with_slug) > 1:
        # The oldest spelling gives the address, so that it stays when another grows commoner.
        oldest = max(with_slug, key=lambda name: first_use(name, spelt[name], tags_of))
        with_slug = [oldest]
    slug = with_slug[0].slug if with_slug else ""
    return Tag(slug, commonest(spelt, tags_of), key)


def tags_of(article: Article) -> tuple[Name, ...]:
    """The tags that a story names."""
    return article.tags


def _slug_problems(tag_of: Mapping[str, Tag], uses: Mapping[str, Spelt]) -> tuple[Problem, ...]:
    """Tags that would share an address, or have none."""
    by_slug: dict[str, Tag] = {}
    problems = []
    for tag in sorted(tag_of.values(), key=lambda tag: (tag.slug, tag.key)):
        other = by_slug.setdefault(tag.slug, tag)
        if tag.slug in ("", PAGE):
            message = f'the tag "{tag.label}" has no usable address'
            hint = f"Add a file content/tags/<address>.md with a line title: '{tag.label}'"
        elif other is not tag:
            message = f'the tags "{other.label}" and "{tag.label}" have one address: {tag.slug}'
            hint = (
                f'If they are one, write "aliases" in content/tags/{tag.slug}.md; '
                "if not, give one a file of another name there."
            )
        else:
            continue
        path, keys = _first_use(tag, uses)
        problems.append(Problem(Place(path), message, hint, keys=keys))
    return tuple(problems)


def _first_use(tag: Tag, uses: Mapping[str, Spelt]) -> tuple[str, tuple[str, ...]]:
    """The tag's own file, or else the oldest that uses it; and where in it the tag stands."""
    if tag.source:
        return tag.source.path, ("title",)
    spelt = uses[tag.key]
    name = max(spelt, key=lambda name: first_use(name, spelt[name], tags_of))
    return spelt[name][-1].source.path, ("tags", name.label)
