"""Arranging: texts and files go in, one or all of them, and a Site with what changed comes out."""

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from generator.model.article import (
    LAST,
    Article,
    Author,
    Name,
    Newsroom,
    Page,
    Section,
    SourceFile,
    Tag,
)
from generator.model.config import Config
from generator.model.mentions import Mentions
from generator.model.overlay import overlaid
from generator.model.problems import Problem
from generator.model.runs import Index, Run, Stock, newest_first
from generator.model.site import Site, Spelt, month_of, newest_change
from generator.plan.authors import gather_authors
from generator.plan.cards import Cards
from generator.plan.change import Change, Edit
from generator.plan.kinds import KINDS, reserved_by
from generator.plan.own_files import Shown, concealed_files, mentions_of
from generator.plan.sections import gather_sections
from generator.plan.tags import gather_tags
from generator.plan.view import BROKEN, News, View
from generator.plan.visibility import hidden_reason, is_timed, next_change

DATE = re.compile(r"^\d{4}-\d{2}-\d{2}-")


def arrange(
    newsroom: Newsroom, config: Config, now: datetime, *, drafts: bool = False
) -> tuple[Site, tuple[Problem, ...]]:
    """Arrange what is visible at `now` by date, section, tag and author.

    The result does not depend on the order in which files were read.
    """
    view = View(config, now, newsroom.section_names, reserved_by(KINDS), drafts)
    site = put(empty_site(view), newsroom.news(BROKEN), view).after
    return site, site.problems


def empty_site(view: View, stock: Stock | None = None) -> Site:
    """The Site of which nothing has been read yet."""
    stock = stock or Stock()
    index, run = Index(stock), Run(stock)
    return Site(
        now=view.now,
        articles=run,
        sections=(),
        tags=(),
        authors=(),
        cards=Cards(index, {}, {}, {}, view.config),
        files={},
        every_file={},
        pages=(),
        texts={},
        hidden={},
        broken=frozenset(),
        article_of=index,
        article_at=index,
        by_id=index,
        by_slug=index,
        section_uses={},
        tag_uses={},
        author_uses={},
        section_of={},
        tag_of={},
        author_of={},
        months={},
        month_changes={},
        pinned=run,
        picking=run,
        moved=run,
        timed=run,
        unpublished={},
        unpublished_slugs=frozenset(),
        mentions=Mentions(),
    )


def put(before: Site, news: News, view: View) -> Change:
    """Take in what some files hold by now; the clock may have gone on too.

    What comes of it is as if everything had been put in at once, but only what the news reach is
    looked at. A clock that was put back is not understood: begin with an empty Site.
    """
    return _Putting(before, news, view).change()


Marked = dict[int, Article]
"""Versions of stories by their numbers."""


class _Putting:
    """One act of putting news into a Site."""

    def __init__(self, before: Site, news: News, view: View) -> None:
        self.before, self.news, self.view = before, news, view
        self.stock = before.articles.stock
        self.hidden, self.texts = dict(before.hidden), dict(before.texts)
        self.edits = tuple(self._edits())
        self.gone: Marked = {
            number: edit.old
            for edit in self.edits
            if edit.old and (number := before.article_of.number(edit.old.source.path)) is not None
        }
        came = sorted((edit.new for edit in self.edits if edit.new), key=newest_first)
        self.come: Marked = {self.stock.add(article): article for article in came}
        self.others = frozenset(self._sort_others())

    def change(self) -> Change:
        """The Site with the news in it, and what has changed."""
        before, view = self.before, self.view
        article_of = self._index(before.article_of, lambda article: article.source.path)
        named = self._mentions()
        mentions = before.mentions.after(*named)
        files, every_file, changed_files = self._files(mentions)
        found = self._subjects()
        cards = Cards(article_of, found["section_of"], found["author_of"], files, view.config)
        site = Site(
            now=view.now,
            articles=self._run(before.articles, lambda _: True),
            cards=cards,
            files=files,
            every_file=every_file,
            pages=tuple(sorted(_pages(self.texts.values()), key=_page_order)),
            texts=self.texts,
            hidden=self.hidden,
            broken=self._broken(),
            article_of=article_of,
            article_at=self._index(before.article_at, lambda article: article.address),
            by_id=self._index(before.by_id, lambda article: article.id),
            by_slug=self._index(before.by_slug, lambda article: article.slug),
            **self._months(),
            **found,
            pinned=self._run(before.pinned, lambda article: article.pinned),
            picking=self._run(before.picking, lambda article: bool(article.related)),
            moved=self._run(before.moved, lambda article: bool(article.aliases)),
            timed=(timed := self._run(before.timed, lambda article: is_timed(article, view.now))),
            unpublished=self._unpublished(),
            unpublished_slugs=self._unpublished_slugs(),
            mentions=mentions,
            next_change=next_change(
                (*_articles(self.hidden.values()), *timed),
                view.now,
                drafts=view.drafts or view.held,
            ),
        )
        names = frozenset(name for side in named for name, _ in side)
        news = frozenset(self.news)
        return Change(before, site, self.edits, self.others, changed_files, news, names)

    # What came and went

    def _edits(self) -> Iterator[Edit]:
        """What became of the stories that readers see; hidden ones are noted."""
        before, view = self.before, self.view
        waiting = {a.source.path: a for a in (*_articles(before.hidden.values()), *before.timed)}
        read = {path: text for path, text in self.news.items() if isinstance(text, Article)}
        gone = dict.fromkeys(self.news.keys() - read.keys())
        for path, article in {**waiting, **read, **gone}.items():
            self.hidden.pop(path, None)
            new = article if article and view.shows(article) else None
            if article and not new:
                self.hidden[path] = article
            old = before.article_of.get(path)
            if old is not new and old != new:
                yield Edit(old, new)

    def _sort_others(self) -> Iterator[str]:
        """Take in the texts that are no stories; the paths of those that are other than before."""
        before = self.before
        for path, text in self.news.items():
            is_other = _is_text(text) and not isinstance(text, Article)
            known = before.texts.get(path) or before.hidden.get(path)
            self.texts.pop(path, None)
            if isinstance(known, Article):
                known = None
            elif known is not None:
                self.hidden.pop(path, None)
            if is_other and self.view.shows(text):
                self.texts[path] = text
            elif is_other:
                self.hidden[path] = text
            if before.texts.get(path) != self.texts.get(path):
                yield path

    def _broken(self) -> frozenset[str]:
        sound = {path for path, text in self.news.items() if text is not BROKEN}
        return (self.before.broken - sound) | (self.news.keys() - sound)

    # The stories in their order

    def _run(self, run: Run, belongs: Callable[[Article], bool]) -> Run:
        """A run of the stories of some kind."""
        gone = {number for number, article in self.gone.items() if belongs(article)}
        come = [number for number, article in self.come.items() if belongs(article)]
        return run.without(gone, come) if gone or come else run

    def _index(self, index: Index, key: Callable[[Article], str]) -> Index:
        if not (self.gone or self.come):
            return index
        gone, come = ({n: key(a) for n, a in side.items()} for side in (self.gone, self.come))
        return index.after(gone, come)

    def _months(self) -> dict[str, Any]:
        """The months, and when each changed as far as search engines may list its stories."""
        months, changes = dict(self.before.months), dict(self.before.month_changes)
        sides = [_grouped(side, lambda a: [month_of(a)]) for side in (self.gone, self.come)]
        for month in {*sides[0], *sides[1]}:
            gone, come = (side.get(month, []) for side in sides)
            run = months.pop(month, None) or Run(self.stock)
            run = run.without({*gone}, come)
            known = changes.pop(month, None)
            if run:
                months[month] = run
            if changed := self._newest(run, known, gone, come):
                changes[month] = changed
        return {"months": months, "month_changes": changes}

    def _newest(
        self, run: Run, known: datetime | None, gone: list[int], come: list[int]
    ) -> datetime | None:
        """When the newest change was in a month that had another before.

        Its stories are looked through only where the one that decided has gone.
        """
        left = newest_change(self.gone[number] for number in gone)
        came = newest_change(self.come[number] for number in come)
        if came and (known is None or came >= known):
            return came
        return newest_change(run) if left is not None and left == known else known

    # Sections, tags and authors

    def _subjects(self) -> dict[str, Any]:
        before, view, texts = self.before, self.view, tuple(self.texts.values())
        section_uses = self._uses(before.section_uses, _section_names)
        tag_uses = self._uses(before.tag_uses, lambda article: _by_key(article.tags))
        author_uses = self._uses(before.author_uses, lambda article: _by_key(article.authors))
        stock, names = self.stock, view.section_names
        written = [text for text in texts if isinstance(text, Section)]
        sections = gather_sections(
            before, stock, section_uses, written, names, view.config, view.reserved
        )
        tags = gather_tags(before, stock, tag_uses, [t for t in texts if isinstance(t, Tag)])
        written_authors = [text for text in texts if isinstance(text, Author)]
        authors = gather_authors(before, stock, author_uses, written_authors, view.config)
        return {
            "section_uses": section_uses,
            "tag_uses": tag_uses,
            "author_uses": author_uses,
            "sections": sections.collections,
            "section_of": {c.subject.slug: c for c in sections.collections},
            "tags": tags.collections,
            "tag_of": tags.by_name,
            "authors": authors.collections,
            "author_of": authors.by_name,
            "problems": (*sections.problems, *tags.problems, *authors.problems),
        }

    def _uses(
        self, uses: Mapping[str, Spelt], names_of: Callable[[Article], Iterable[tuple[str, Name]]]
    ) -> Mapping[str, Spelt]:
        """Which stories name what, and how they spell it."""
        gone, come = (_grouped(side, names_of) for side in (self.gone, self.come))
        if not gone and not come:
            return uses
        news = dict(uses)
        touched: dict[str, dict[Name, None]] = {}
        for key, name in (*gone, *come):
            touched.setdefault(key, {})[name] = None
        for key, names in touched.items():
            spelt = dict(news.pop(key, {}))
            for name in names:
                run = spelt.pop(name, None) or Run(self.stock)
                left, came = gone.get((key, name), ()), come.get((key, name), ())
                if run := run.without({*left}, dict.fromkeys(came)):
                    spelt[name] = run
            if spelt:
                news[key] = spelt
        return news

    # Files, and who names what

    def _mentions(self) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
        """What the texts that are news named before and name now, with their paths."""
        before = self.before
        gone = (
            text
            for path in self.news
            for text in (before.hidden.get(path) or before.texts.get(path) or self._old(path),)
            if text is not None
        )
        come = (text for text in self.news.values() if _is_text(text))
        return [*_named(gone)], [*_named(come)]

    def _old(self, path: str) -> Article | None:
        return self.before.article_of.get(path)

    def _files(
        self, mentions: Mentions
    ) -> tuple[Mapping[str, SourceFile], Mapping[str, SourceFile], frozenset[str]]:
        """The visible files, all files, and the paths of those that are other than before."""
        before = self.before
        changes = {
            path: text if isinstance(text, SourceFile) else None
            for path, text in self.news.items()
            if isinstance(text, SourceFile) or path in before.every_file
        }
        changed = frozenset(p for p, file in changes.items() if before.every_file.get(p) != file)
        every = before.every_file
        if changed:
            every = overlaid(every, changes) if every else {p: f for p, f in changes.items() if f}
        hidden = [text for text in self.hidden.values() if isinstance(text, Article | Page)]
        concealed = concealed_files(hidden, every, mentions, self.hidden.keys())
        files = Shown(every, concealed) if concealed else every
        were = before.files.concealed if isinstance(before.files, Shown) else frozenset()
        return files, every, changed | (were ^ concealed)

    # What readers do not see

    def _unpublished(self) -> dict[str, str]:
        """Why a text file has no page, by its path: all that later stages learn of hidden texts."""
        view = self.view
        reasons = {
            path: hidden_reason(text, view.now, drafts=view.drafts)
            if isinstance(text, Article)
            else "a draft"
            for path, text in sorted(self.hidden.items())
        }
        return {**reasons, **dict.fromkeys(sorted(self._broken()), "")}

    def _unpublished_slugs(self) -> frozenset[str]:
        """The slugs of hidden stories, and those that broken texts would likely have."""
        known = (text.slug for text in _articles(self.hidden.values()))
        return frozenset((*known, *map(_likely_slug, self._broken())))


def _articles(texts: Iterable[object]) -> Iterator[Article]:
    return (text for text in texts if isinstance(text, Article))


def _pages(texts: Iterable[object]) -> Iterator[Page]:
    return (text for text in texts if isinstance(text, Page))


def _page_order(page: Page) -> tuple[int, str, str]:
    return page.weight or LAST, page.title, page.source.path


def _is_text(value: object) -> bool:
    return not (value is None or value is BROKEN or isinstance(value, SourceFile))


def _named(texts: Iterable[Any]) -> Iterator[tuple[str, str]]:
    return ((name, text.source.path) for text in texts for name in mentions_of(text))


def _by_key(names: Iterable[Name]) -> Iterator[tuple[str, Name]]:
    return ((name.key, name) for name in names)


def _section_names(article: Article) -> Iterator[tuple[str, Name]]:
    slug = article.section
    yield slug, Name(article.section_label, slug, slug)


def _grouped(side: Marked, keys_of: Callable[[Article], Iterable[Any]]) -> dict[Any, list[int]]:
    """The numbers of stories by something that each has one or several of, in order."""
    groups: dict[Any, list[int]] = {}
    for number, article in side.items():
        for key in keys_of(article):
            groups.setdefault(key, []).append(number)
    return groups


def _likely_slug(path: str) -> str:
    """The slug that a text which could not be read would have by its file's name."""
    folder, name = posixpath.split(path)
    stem = posixpath.splitext(name)[0]
    return DATE.sub("", posixpath.basename(folder) if stem == "index" else stem)
