"""Slips: tags that are likely known ones, mistyped."""

from collections import Counter
from collections.abc import Mapping

from generator.model.article import Newsroom
from generator.model.near_misses import NearMisses
from generator.model.problems import Place, Problem, warning
from generator.model.tag_keys import tag_key

OFTEN = 3
"""A tag used so often is a known one, as is one with a file of its own."""


def likely_slips(newsroom: Newsroom) -> tuple[Problem, ...]:
    """A warning wherever a rare tag differs from a known one by a likely slip of the pen.

    Hidden stories count too: a slip is best found before its story is published.
    """
    uses = Counter(name.key for article in newsroom.articles for name in article.tags)
    known = _known(newsroom, uses)
    near = NearMisses(known)
    meant = {key: near.of(key) for key in uses if key not in known}
    return tuple(
        _slip(article.source.path, name.label, known[found], name.slug)
        for article in newsroom.articles
        for name in article.tags
        if (found := meant.get(name.key))
    )


def _known(newsroom: Newsroom, uses: Mapping[str, int]) -> dict[str, str]:
    """How each known tag is written, by its key.

    Of several spellings the one is taken that is first whatever their number and order: another
    story with one of them must not change what is said of a slip elsewhere.
    """
    spellings = {
        (name.key, name.label)
        for article in newsroom.articles
        for name in article.tags
        if uses[name.key] >= OFTEN
    }
    known = dict(sorted(spellings, key=lambda s: (s[1].isupper(), s[1]), reverse=True))
    for tag in newsroom.tags:
        known |= {tag_key(tag.slug): tag.label, tag.key: tag.label}
        known |= {alias.key: alias.label for alias in tag.aliases}
    return known


def _slip(path: str, label: str, meant: str, slug: str) -> Problem:
    return warning(
        Place(path),
        f'the tag "{label}" is used rarely and looks like "{meant}"',
        f"Mend it; or, if it is a tag of its own, give it a file: content/tags/{slug}.md.",
        keys=("tags", label),
    )
