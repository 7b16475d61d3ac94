"""Related stories: hand-picked ones first, then earlier stories that share a rare tag.

They only look back: a new story never changes the related stories of an older one.
For the same reason a tag's rarity is counted among the stories before the one in
question, not in the whole archive.
"""

import heapq
import posixpath
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter

from generator.model.article import Article
from generator.model.cards import Card
from generator.model.link_options import LinkOptions
from generator.model.problems import Place, Problem
from generator.model.runs import Run, newest_first
from generator.model.site import Site
from generator.plan.change import Change
from generator.plan.own_files import forms_of

STRICT = LinkOptions()


class RelatedStories:
    """Finds up to `count` related stories for each article of a Site.

    Earlier stories come by the rarest tag they share, then newest first, then by path.
    """

    def __init__(self, site: Site, count: int, links: LinkOptions = STRICT) -> None:
        self._site, self._count, self._links = site, count, links

    def of(self, article: Article) -> tuple[Card, ...]:
        """The related stories of one article."""
        if not self._count:
            return ()
        own = article.source.path
        picked = (self._find(pick, own) for pick in article.related)
        paths = list(dict.fromkeys(path for path in picked if path and path != own))
        for path in self._earlier(article):
            if len(paths) >= self._count:
                break
            if path not in paths:
                paths.append(path)
        return tuple(self._site.cards[path] for path in paths[: self._count])

    def problems(self) -> tuple[Problem, ...]:
        """Hand-picked stories that do not exist."""
        faults = map(self.faults_of, self._site.picking)
        return tuple(problem for found in faults for problem in found)

    def faults_of(self, article: Article) -> tuple[Problem, ...]:
        """The stories picked by hand for one article that do not exist."""
        return tuple(
            Problem(
                Place(article.source.path),
                f'no such article: "{pick}"',
                "Write its slug, or its path from content/, such as /articles/2024/story.md.",
                severity=self._links.severity(article.date),
                keys=("related", number),
                spares_text=True,
            )
            for number, pick in enumerate(article.related)
            if self._find(pick, article.source.path) is None
        )

    def seeing(self, change: Change) -> Iterator[str]:
        """The addresses of stories that may show others as related than before a change.

        Where a story comes into a tag's run, or goes, all newer ones may: its place decides how
        rare the tag is for them. Where it only looks otherwise, those near enough to show it may.
        """
        if not self._count:
            return
        before = {c.subject.slug: c.articles for c in change.before.tags}
        shown = {article.source.path for article in change.shown}
        for tag in self._site.tags:
            run, was = tag.articles, before.get(tag.subject.slug)
            if run is not was:
                yield from self._newer(run, was or run.without({*run.numbers}), shown)
        for article in change.recarded:
            tags = {t.subject.slug: t for t in (self._site.tag_of[n.key] for n in article.tags)}
            for tag in tags.values():
                place = tag.articles.position(article)
                yield from self._just_newer(tag.articles, place)

    def _newer(self, run: Run, was: Run, shown: set[str]) -> Iterator[str]:
        """Stories of a run that came, or stand before one that came, went or looks otherwise."""
        keys = run.stock.keys
        came, gone = {*run.numbers} - {*was.numbers}, {*was.numbers} - {*run.numbers}
        came_keys, gone_keys = ({keys[number] for number in side} for side in (came, gone))
        moved = [number for number in came | gone if keys[number] in came_keys ^ gone_keys]
        last = max(map(run.place_of, moved), default=-1)
        yield from (article.address for article in run[: last + 1])
        for number in came:
            if keys[number][1] in shown:
                yield from self._just_newer(run, run.place_of(number))

    def _just_newer(self, run: Run, place: int) -> Iterator[str]:
        nearest = max(place - 2 * self._count, 0)
        yield from (article.address for article in run[nearest:place])

    def _earlier(self, article: Article) -> Iterator[str]:
        """The paths of earlier stories with the same tags, the best first; some come again."""
        tags = {tag.subject.slug: tag for tag in (self._site.tag_of[n.key] for n in article.tags)}
        # How many stories have the tag (this one, and those before it), and the newest of these,
        # as many as could count.
        earlier: list[tuple[int, Sequence[Article]]] = []
        for tag in tags.values():
            place = tag.articles.position(article)
            stories = tag.articles[place + 1 : place + 1 + 2 * self._count]
            earlier.append((len(tag.articles) - place, stories))
        rarity = itemgetter(0)
        for _, equally_rare in groupby(sorted(earlier, key=rarity), rarity):
            runs = [stories for _, stories in equally_rare]
            found = runs[0] if len(runs) == 1 else heapq.merge(*runs, key=newest_first)
            yield from (story.source.path for story in found)

    def _find(self, pick: str, own: str) -> str | None:
        """The path that a hand-picked entry names; "" when it is hidden, None when unknown."""
        site, slug = self._site, pick.strip("/")
        folders = ["content", "content/articles"]
        if not pick.startswith("/"):
            folders = [posixpath.dirname(own), *folders, ""]
        for folder in folders:
            path = posixpath.normpath(posixpath.join(folder, pick.lstrip("/")))
            # Accents may be stored in another way in the file's name, as macOS does.
            for form in (path,) if path.isascii() else (path, *forms_of(path)):
                if form in site.cards:
                    return form
                if form in site.unpublished:
                    return ""
        found = site.by_slug.get(slug)
        return found.source.path if found else "" if slug in site.unpublished_slugs else None
