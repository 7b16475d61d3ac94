"""Related stories: hand-picked ones first, then earlier stories that share a rare tag.

They only look back: a new story never changes the related stories of an older one.
For the same reason a tag's rarity is counted among the stories before the one in
question, not in the whole archive.
"""

import heapq
import posixpath
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import groupby
from operator import itemgetter

from generator.model.article import Article
from generator.model.cards import Card
from generator.model.problems import Place, Problem
from generator.model.site import Site, newest_first
from generator.plan.runs import Runs


class RelatedStories:
    """Finds up to `count` related stories for each article of a Site.

    Earlier stories come by the rarest tag they share, then newest first, then by path.
    """

    def __init__(self, site: Site, count: int, runs: Runs) -> None:
        self._site, self._count, self._runs = site, count, runs

    @cached_property
    def _path_of_slug(self) -> dict[str, str]:
        return {article.slug: article.source.path for article in self._site.articles}

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
                keys=("related", number),
            )
            for number, pick in enumerate(article.related)
            if self._find(pick, article.source.path) is None
        )

    def _earlier(self, article: Article) -> Iterator[str]:
        """The paths of earlier stories with the same tags, the best first; some come again."""
        tags = {tag.subject.slug: tag for tag in (self._site.tag_of[n.key] for n in article.tags)}
        # How many stories have the tag (this one, and those before it), and the newest of these,
        # as many as could count.
        earlier: list[tuple[int, Sequence[Article]]] = []
        for tag in tags.values():
            place = self._runs.position(tag.articles, article)
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
            if path in site.cards:
                return path
            if path in site.unpublished:
                return ""
        return self._path_of_slug.get(slug) or ("" if slug in site.unpublished_slugs else None)
