"""Tags: from the spellings in articles and the files under `content/tags/` to one list."""

from collections import Counter
from collections.abc import Iterable, Mapping

from generator.model.addresses import PAGE
from generator.model.article import Article, Name, Tag
from generator.model.problems import Place, Problem
from generator.model.tag_keys import tag_key


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
    articles: tuple[Article, ...], owner: Mapping[str, Tag]
) -> tuple[dict[str, Tag], dict[str, list[Article]], tuple[Problem, ...]]:
    """Every tag in use, by key, and each tag's articles by its slug, in the articles' order."""
    tag_of = dict(owner)
    unclaimed: dict[str, list[Name]] = {}
    for article in reversed(articles):
        for name in article.tags:
            if name.key not in owner:
                unclaimed.setdefault(name.key, []).append(name)
    for key, names in unclaimed.items():
        # The oldest spelling gives the address, so that it stays when another grows commoner.
        slug = next((name.slug for name in names if name.slug), "")
        tag_of[key] = Tag(slug, commonest([name.label for name in names]), key)
    users: dict[str, list[Article]] = {}
    for article in articles:
        for slug in dict.fromkeys(tag_of[name.key].slug for name in article.tags):
            users.setdefault(slug, []).append(article)
    return tag_of, users, _slug_problems(tag_of, articles)


def commonest(labels: list[str]) -> str:
    """The spelling used most; of equally common ones, the one used first."""
    counts = Counter(labels)
    return max(counts, key=lambda label: counts[label])


def _slug_problems(tag_of: Mapping[str, Tag], articles: tuple[Article, ...]) -> tuple[Problem, ...]:
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
        path, keys = _first_use(tag, articles)
        problems.append(Problem(Place(path), message, hint, keys=keys))
    return tuple(problems)


def _first_use(tag: Tag, articles: tuple[Article, ...]) -> tuple[str, tuple[str, ...]]:
    """The tag's own file, or else the oldest that uses it; and where in it the tag stands."""
    if tag.source:
        return tag.source.path, ("title",)
    uses = ((a, name) for a in reversed(articles) for name in a.tags if name.key == tag.key)
    first, name = next(uses)
    return first.source.path, ("tags", name.label)
