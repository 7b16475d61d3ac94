"""What an edit reaches: the published files that can differ once one article has changed.

Every path that differs between the plans before and after is among them; a path that is the
same in both does no harm. Where an edit reaches further than can be told in a few lines, the
answer is None, and the whole is planned.
"""

from collections.abc import Iterator, Sequence

from generator.model.addresses import AUTHORS, TAGS, archive_address, numbered_address, output_path
from generator.model.article import Article
from generator.model.config import Config
from generator.model.site import Month, Site, month_of, newest_first
from generator.model.values import frozen
from generator.plan.config_links import config_links
from generator.plan.edits import Edit
from generator.plan.feeds import feed_formats
from generator.plan.numbering import older_pages, page_of
from generator.plan.own_files import Bundles, OwnFile, named_files, text_of
from generator.plan.redirects import alias_addresses
from generator.plan.related import RelatedStories
from generator.plan.runs import SearchedRuns, place_in
from generator.plan.sitemaps import INDEX, MOST_PAGES, NEWS, month_name, part_address
from generator.plan.subjects import Kind, Subject, author_subject, section_subject, tag_subject
from generator.plan.tag_slips import OFTEN

MOST_MADE = 400
"""An edit that reaches more pages of one kind is planned as a whole."""


def affected(before: Site, after: Site, edit: Edit, config: Config) -> frozenset[str] | None:
    """The paths whose Outputs can differ between two Sites; None when the whole must be planned.

    `after` is `before` with the edit in it. An article must keep its address.
    """
    if not _is_simple(before, after, edit, config):
        return None
    reach = _Reach(before, after, edit, config)
    if reach.takes_pages_away() or any(_is_a_text_s(address, after) for address in reach.fresh()):
        return None
    named = {path for link in config_links(config) for path in link.paths}
    if not named.isdisjoint(map(output_path, reach.unsteady())):
        return None
    groups = [reach.own(), reach.neighbours(), reach.related(), reach.listings(), reach.others()]
    if any(group is None for group in groups):
        return None
    return frozenset(output_path(address) for group in groups if group for address in group)


def _is_simple(before: Site, after: Site, edit: Edit, config: Config) -> bool:
    """Whether neither links, redirects, warnings nor other texts' files can change."""
    old, new = edit.old, edit.new
    if new is None or (old and (old.address != new.address or old.slug != new.slug)):
        return False
    if any(article.aliases for article in edit) or before.months.keys() - after.months.keys():
        return False
    if old is None and new.source.path in before.named_texts:
        return False
    if old is None and new.address in alias_addresses(after, config):
        return False
    return (
        _files(old, before) == _files(new, after)
        and _are_known(before, edit)
        and not RelatedStories(after, config.related, SearchedRuns()).faults_of(new)
        and all(len(run) < MOST_PAGES for run in after.months.values())
    )


def _is_a_text_s(address: str, site: Site) -> bool:
    """Whether a story or standing page claims an address for itself."""
    return address in site.article_at or any(page.address == address for page in site.pages)


def _files(article: Article | None, site: Site) -> set[str]:
    return {own.file.path for own in _own_files(article, site)} if article else set()


def _own_files(article: Article, site: Site) -> Iterator[OwnFile]:
    text = text_of(article)
    yield from named_files(text, site.files)
    yield from Bundles([text], site.files).files_of(text)


def _are_known(before: Site, edit: Edit) -> bool:
    """Whether every tag that gains or loses the story is a known one, before and after.

    A rare tag may be a slip of the pen, of which people are warned: see `likely_slips`.
    """
    old, new = ({n.key for n in a.tags} if a else set() for a in (edit.old, edit.new))
    tags = (before.tag_of[key] for key in old ^ new if key in before.tag_of)
    return all(tag.subject.source or len(tag.articles) > OFTEN for tag in tags)


@frozen
class _Group:
    """A listing before and after the edit, and whether the story was and is in it."""

    front: str
    before: Sequence[Article]
    after: Sequence[Article]
    has_feeds: bool
    had: bool = True
    has: bool = True


class _Reach:
    """How far one edit reaches; each method answers addresses, or None for too many."""

    def __init__(self, before: Site, after: Site, edit: Edit, config: Config) -> None:
        self._before, self._after, self._edit, self._config = before, after, edit, config
        self._is_same_card = _is_same_card(before, after, edit)
        self._groups = (*self._all_groups(),)

    def takes_pages_away(self) -> bool:
        """Whether a listing gets shorter: any text may link to the page that goes."""
        size = self._config.page_size
        return any(
            older_pages(len(group.before), size) > older_pages(len(group.after), size)
            for group in self._groups
        )

    def fresh(self) -> set[str]:
        """Where pages of listings and of the archive come to stand that were not there."""
        size = self._config.page_size
        found = {
            numbered_address(group.front, number)
            for group in self._groups
            for number in range(
                older_pages(len(group.before), size) + 1, older_pages(len(group.after), size) + 1
            )
        }
        for year, month in self._after.months.keys() - self._before.months.keys():
            found |= {archive_address(year), archive_address(year, month)}
        return found

    def unsteady(self) -> set[str]:
        """Where something may come to stand, or no longer does: a navigation may lead there."""
        months = {month_name(month_of(article)) for article in self._edit}
        new = self._edit.new if self._edit.old is None else None
        return self.fresh() | {*map(part_address, months), *([new.address] if new else [])}

    def own(self) -> set[str]:
        """The story's page, and the files that go with it."""
        pages = {article.address for article in self._edit}
        files = (own.address for a in self._edit for own in _own_files(a, self._after))
        return pages.union(files)

    def neighbours(self) -> set[str]:
        """The stories next to it in its section."""
        if self._is_same_card:
            return set()
        found = set()
        for article, site in self._sides():
            run = site.section_of[article.section].articles
            place = place_in(run, article)
            found |= {
                a.address for a in (*run[max(place - 1, 0) : place], *run[place + 1 : place + 2])
            }
        return found

    def related(self) -> set[str] | None:
        """The stories that could show it as related."""
        if self._is_same_card:
            return set()
        found = {article.address for article in self._after.picking}
        old, new = self._edit.old, self._edit.new
        has_moved = not (old and new) or (newest_first(old), set(old.tags)) != (
            newest_first(new),
            set(new.tags),
        )
        for article, site in self._sides():
            for tag in {n.key: site.tag_of[n.key] for n in article.tags}.values():
                place = place_in(tag.articles, article)
                # Its place decides how rare its tags are for every story after it.
                seeing = place if has_moved else min(place, 2 * self._config.related)
                if seeing > MOST_MADE:
                    return None
                found |= {a.address for a in tag.articles[place - seeing : place]}
        return found if len(found) <= MOST_MADE else None

    def listings(self) -> set[str] | None:
        """The pages of the listings it is in, by their numbers from the oldest."""
        found: set[str] = set()
        for group in () if self._is_same_card else self._groups:
            numbers = self._numbers(group)
            if len(numbers) > MOST_MADE:
                return None
            found |= {numbered_address(group.front, n) if n else group.front for n in numbers}
        return found

    def others(self) -> set[str]:
        """Feeds, indexes, the archive and the sitemaps."""
        formats = feed_formats(self._config)
        fronts = [group.front for group in self._groups if group.has_feeds]
        found = {NEWS, *(front + form.file for front in fronts for form in formats)}
        if self._is_same_card:
            return found
        for year, month in {
            month_of(article) for article in self._edit
        } | self._beside_new_months():
            found |= {archive_address(), archive_address(year), archive_address(year, month)}
            found.add(part_address(month_name((year, month))))
        return found | {INDEX, part_address("pages"), TAGS, AUTHORS}

    def _beside_new_months(self) -> set[Month]:
        """The months, and one of the years, whose pages lead to a month that is new."""
        months = sorted(self._after.months)
        found = set()
        for month in self._after.months.keys() - self._before.months.keys():
            place = months.index(month)
            found.update(months[max(place - 1, 0) : place + 2])
        return found

    def _sides(self) -> Iterator[tuple[Article, Site]]:
        """The story before and after, each with its Site."""
        if self._edit.old:
            yield self._edit.old, self._before
        if self._edit.new:
            yield self._edit.new, self._after

    def _numbers(self, group: _Group) -> set[int]:
        """The numbers of the pages of a listing that can differ."""
        size = self._config.page_size
        places: list[tuple[int, int, int]] = []
        lows: list[int] = []
        sides = (
            (self._edit.old if group.had else None, group.before),
            (self._edit.new if group.has else None, group.after),
        )
        lasts = [older_pages(len(run), size) for _, run in sides]
        for (article, run), last in zip(sides, lasts, strict=True):
            if article:
                place = place_in(run, article)
                number = page_of(place, len(run), size)
                places.append((place, len(run), number))
                lows.append(number or last + 1)
        if len(places) == 2 and places[0] == places[1]:  # noqa: PLR2004 - before and after
            return {0, places[0][2]} if group.front == "/" else {places[0][2]}
        low = max(min(*lows, *lasts), 1)
        return {0, *range(low, max(lasts) + 1)}

    def _all_groups(self) -> Iterator[_Group]:
        before, after, config = self._before, self._after, self._config
        yield _Group("/", before.articles, after.articles, has_feeds=True)
        old, new = (_names(article) for article in (self._edit.old, self._edit.new))
        fronts: dict[str, _Group] = {}
        for name in (*old, *new):
            was, now = _subject(name, before, config), _subject(name, after, config)
            if was and now:
                known = fronts.get(was.front)
                had, has = name in old, name in new
                if known:
                    had, has = had or known.had, has or known.has
                fronts[was.front] = _Group(
                    was.front, was.articles, now.articles, was.has_feeds, had, has
                )
        yield from fronts.values()


_Name = tuple[Kind, str]
"""A section's slug, a tag's key, or an author's slug as a byline spells it."""


def _names(article: Article | None) -> frozenset[_Name]:
    """Everything whose listing an article is in."""
    if article is None:
        return frozenset()
    tags = ((Kind.TAG, name.key) for name in article.tags)
    authors = ((Kind.AUTHOR, name.slug) for name in article.authors)
    return frozenset(((Kind.SECTION, article.section), *tags, *authors))


def _subject(name: _Name, site: Site, config: Config) -> Subject | None:
    """What a name stands for, unless pages of its kind are switched off."""
    kind, key = name
    on = config.outputs
    match kind:
        case Kind.SECTION:
            return section_subject(site.section_of[key], config) if on.sections else None
        case Kind.TAG:
            return tag_subject(site.tag_of[key], config) if on.tags else None
        case Kind.AUTHOR if key in site.author_of:
            return author_subject(site.author_of[key], config) if on.authors else None
    return None


def _is_same_card(before: Site, after: Site, edit: Edit) -> bool:
    """Whether other pages show the story just as before, and in the same places."""
    old, new = edit.old, edit.new
    if old is None or new is None or old.source.path != new.source.path:
        return False
    path = new.source.path
    return before.cards[path] == after.cards[path] and _placing(old) == _placing(new)


def _placing(article: Article) -> tuple[object, ...]:
    """All of an article that decides where it is shown, beside its Card."""
    return (
        _names(article),
        article.pinned,
        article.weight,
        article.noindex,
        article.related,
        article.updated,
        article.date,
    )
