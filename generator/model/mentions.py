"""Mentions: which texts name a text, a file or an address, in a link, as a picture or otherwise.

Where something comes, goes or changes, these are the texts whose pages may be others.
"""

from collections.abc import Callable, Iterable, Mapping

Lookup = Callable[[str], Iterable[str]]
"""The paths of the texts that named something before."""


class Mentions:
    """The texts that name something, hidden ones too. Nothing about it changes.

    What is named is a path from the site's folder (`content/articles/a.md`, `static/logo.png`), or
    an address without its last slash (`/tags/ferry`).
    """

    def __init__(
        self,
        before: Lookup | None = None,
        replaced: frozenset[str] = frozenset(),
        news: Mapping[str, frozenset[str]] | None = None,
    ) -> None:
        self._before, self._replaced, self._news = before, replaced, news or {}

    def of(self, name: str) -> frozenset[str]:
        """The paths of the texts that name something."""
        news = self._news.get(name, frozenset())
        if self._before is None:
            return news
        return news.union(path for path in self._before(name) if path not in self._replaced)

    def after(self, gone: Iterable[tuple[str, str]], come: Iterable[tuple[str, str]]) -> "Mentions":
        """The mentions when some texts have gone and others come: pairs of a name and a path.

        A text that changes goes first, with all that it named.
        """
        gone, come = [*gone], [*come]
        news = dict(self._news)
        for name, path in gone:
            if name in news:
                news[name] -= {path}
        added: dict[str, list[str]] = {}
        for name, path in come:
            added.setdefault(name, []).append(path)
        if self._before is None and not news:
            return Mentions(lambda name: added.get(name, ()))
        for name, paths in added.items():
            news[name] = news.get(name, frozenset()).union(paths)
        return Mentions(self._before, self._replaced.union(path for _, path in gone), news)
