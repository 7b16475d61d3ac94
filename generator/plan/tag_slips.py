"""Slips: tags that are likely known ones, mistyped."""

from collections import Counter
from collections.abc import Iterable, Mapping

from generator.model.article import Article, Name, Tag
from generator.model.near_misses import NearMisses
from generator.model.problems import Place, Problem, warning
from generator.model.site import Site
from generator.model.tag_keys import tag_key

OFTEN = 3
"""A tag used so often is a known one, as is one with a file of its own."""


def likely_slips(site: Site) -> tuple[Problem, ...]:
    """A warning wherever a rare tag differs from a known one by a likely slip of the pen.

    Hidden stories count too: a slip is best found before its story is published.
    """
    hidden = [text for text in site.hidden.values() if isinstance(text, Article)]
    unseen = [(name, article.source.path) for article in hidden for name in article.tags]
    uses = Counter(name.key for name, _ in unseen)
    for key, spelt in site.tag_uses.items():
        uses[key] += sum(map(len, spelt.values()))
    known = _known(site, uses, unseen)
    near = NearMisses(known)
    meant = {key: found for key in uses if key not in known and (found := near.of(key))}
    places = [(name, path) for name, path in unseen if name.key in meant]
    for key in meant:
        for name, run in site.tag_uses.get(key, {}).items():
            places += ((name, article.source.path) for article in run)
    return tuple(
        _slip(path, name.label, known[meant[name.key]], name.slug) for name, path in places
    )


def _known(
    site: Site, uses: Mapping[str, int], unseen: Iterable[tuple[Name, str]]
) -> dict[str, str]:
    """How each known tag is written, by its key.

    Of several spellings the one is taken that is first whatever their number and order: another
    story with one of them must not change what is said of a slip elsewhere.
    """
    names = (*(name for spelt in site.tag_uses.values() for name in spelt), *(n for n, _ in unseen))
    spellings = {(name.key, name.label) for name in names if uses[name.key] >= OFTEN}
    known = dict(sorted(spellings, key=lambda s: (s[1].isupper(), s[1]), reverse=True))
    for tag in (*site.of(Tag), *(text for text in site.hidden.values() if isinstance(text, Tag))):
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
