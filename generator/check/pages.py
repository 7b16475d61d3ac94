"""Pages and style sheets checked against the rest of the folder: what they name must be there."""

from collections.abc import Iterator

from generator.check.css import addresses_in_css
from generator.check.folder import Destination, PublishedFolder, joined
from generator.check.html import Tag, read_tags
from generator.check.links import CANONICAL, base_address, is_indexable, is_redirect, references
from generator.check.markup import fragments, markup_problems
from generator.check.policy import SentPolicy
from generator.check.reference import Reference
from generator.model.addresses import address_of
from generator.model.problems import Place, Problem, warning
from generator.model.values import replace

LONGEST_EXCERPT = 1_000
"""How many characters a line may have to be shown with a Problem."""


class PageCheck:
    """Goes through pages, and remembers what only other pages can answer."""

    def __init__(self, folder: PublishedFolder, policy: SentPolicy) -> None:
        self._folder, self._policy = folder, policy
        self._canonicals: dict[str, str] = {}
        self._fragments: dict[str, list[tuple[Place, str, str]]] = {}

    def page(self, path: str, html: str) -> Iterator[Problem]:
        """Check a page's markup, and every address in it."""
        tags = read_tags(html)
        forwards = is_redirect(tags)
        named = tuple(references(tags))
        url = self._folder.base_of(path, base_address(tags))
        yield from markup_problems(path, tags, is_redirect=forwards)
        yield from self._policy.problems(path, address_of(path), tags)
        yield from self._links(path, named, url, tags)
        if not forwards and is_indexable(tags):
            yield from self._canonical(path, named, url)

    def style_sheet(self, path: str, css: str) -> Iterator[Problem]:
        """Check every address in a style sheet."""
        url = self._folder.url(path)
        for reference in addresses_in_css(css):
            yield from reference_problems(path, reference, self._folder.lead(reference.url, url))

    def pages_with_fragments(self) -> tuple[str, ...]:
        """The pages to which others lead by a fragment."""
        return tuple(self._fragments)

    def fragments_of(self, path: str, html: str) -> Iterator[Problem]:
        """Check the fragments by which other pages lead to this one."""
        there = fragments(read_tags(html))
        for place, url, fragment in self._fragments[path]:
            if fragment not in there:
                yield _dead_fragment(place, url, fragment)

    def _links(
        self, path: str, named: tuple[Reference, ...], url: str, tags: tuple[Tag, ...]
    ) -> Iterator[Problem]:
        here: frozenset[str] | None = None
        for reference in named:
            destination = self._folder.lead(reference.url, url)
            yield from reference_problems(path, reference, destination)
            fragment = _fragment(destination)
            if not fragment:
                continue
            place = Place(path, reference.line, reference.column)
            if destination.path != path:
                later = self._fragments.setdefault(destination.path, [])
                later.append((place, reference.url, fragment))
                continue
            here = fragments(tags) if here is None else here
            if fragment not in here:
                yield _dead_fragment(place, reference.url, fragment)

    def _canonical(self, path: str, named: tuple[Reference, ...], url: str) -> Iterator[Problem]:
        for reference in named:
            if reference.what == CANONICAL:
                address = joined(url, reference.url)
                first = self._canonicals.setdefault(address, path)
                if first != path:
                    yield warning(
                        Place(path, reference.line, reference.column),
                        f"canonical address is also that of {first}",
                        "Of pages that share one, search engines keep one.",
                    )
                return


def reference_problems(
    path: str, reference: Reference, destination: Destination
) -> Iterator[Problem]:
    """Yield what is wrong with an address in the file at `path`, given where it leads."""
    place = Place(path, reference.line, reference.column)
    if not reference.url and reference.what != "form's target":
        yield warning(place, f"{reference.what} without an address", "Give it one, or take it out.")
    elif destination.fault:
        message = f'{reference.what} {destination.fault}: "{reference.url}"'
        make = warning if destination.is_passable else Problem
        yield make(place, message, destination.hint)


def with_excerpts(problems: tuple[Problem, ...], text: str) -> tuple[Problem, ...]:
    """Show with each Problem the line of the file's text that it is on, unless that is endless."""
    lines = text.split("\n") if problems else []
    return tuple(
        _with_excerpt(problem, lines[problem.place.line - 1]) if problem.place.line else problem
        for problem in problems
    )


def _with_excerpt(problem: Problem, line: str) -> Problem:
    if len(line) > LONGEST_EXCERPT:
        return problem
    begin = max(0, problem.place.column - 1)
    end = line.find(">", begin) + 1 if line.startswith("<", begin) else 0
    return replace(problem, excerpt=line, width=max(1, end - begin))


def is_page(path: str) -> bool:
    """Whether the file is an HTML page."""
    return path.endswith((".html", ".htm"))


def _fragment(destination: Destination) -> str:
    """The id that must be on the page; none for its top, and for text that browsers search."""
    fragment = destination.fragment.partition(":~:")[0]
    is_checked = is_page(destination.path) and fragment.lower() != "top"
    return fragment if is_checked else ""


def _dead_fragment(place: Place, url: str, fragment: str) -> Problem:
    hint = f'Nothing there has id="{fragment}".'
    return warning(place, f'link leads to no part of its page: "{url}"', hint)
