"""What is wrong in one page's markup, whatever the rest of the site is like."""

import json
from collections.abc import Iterator

from generator.check.html import Tag
from generator.model.problems import Place, Problem, warning

_LEVELS = {f"h{level}": level for level in range(1, 7)}


def markup_problems(path: str, tags: tuple[Tag, ...], *, is_redirect: bool) -> Iterator[Problem]:
    """Yield what is wrong in the page at `path`.

    Rules: WCAG 2.2 (1.1.1 texts for pictures, 1.3.1 headings, 2.4.2 titles, 3.1.1 language,
    4.1.2 titles of frames) and the HTML standard (ids are unique). Of a page that redirects only
    its title is asked for.
    """
    yield from _title(path, tags)
    if is_redirect:
        return
    yield from _language(path, tags)
    yield from _headings(path, tags)
    yield from _pictures(path, tags)
    yield from _frames(path, tags)
    yield from _ids(path, tags)
    yield from _data(path, tags)


def fragments(tags: tuple[Tag, ...]) -> frozenset[str]:
    """All that a fragment may lead to on a page: ids, and the names of anchors."""
    named = (tag.get("name") for tag in tags if tag.name == "a")
    return frozenset(filter(None, (*(tag.get("id") for tag in tags), *named)))


def _title(path: str, tags: tuple[Tag, ...]) -> Iterator[Problem]:
    title = next((tag for tag in tags if tag.name == "title"), None)
    if title is None or not title.text.strip():
        place = Place(path, title.line, title.column) if title else Place(path)
        yield warning(place, "no title", "Say in <title> what this page is.")


def _language(path: str, tags: tuple[Tag, ...]) -> Iterator[Problem]:
    html = next((tag for tag in tags if tag.name == "html"), None)
    if html is None or not html.get("lang"):
        place = Place(path, html.line, html.column) if html else Place(path)
        yield warning(place, "no language", 'Write it in the first tag: <html lang="en">.')


def _headings(path: str, tags: tuple[Tag, ...]) -> Iterator[Problem]:
    headings = [tag for tag in tags if tag.name in _LEVELS]
    main = [tag for tag in headings if tag.name == "h1"]
    if not main:
        yield warning(Place(path), "no h1 heading", "A page has one: its headline.")
    for tag in main[1:]:
        place = Place(path, tag.line, tag.column)
        yield warning(place, "a second h1 heading", "A page has one: make this an h2.")
    level = 1
    for tag in headings:
        if _LEVELS[tag.name] > level + 1:
            place = Place(path, tag.line, tag.column)
            yield warning(place, f"h{level} is followed by {tag.name}", f"Use h{level + 1} here.")
        level = _LEVELS[tag.name]


def _pictures(path: str, tags: tuple[Tag, ...]) -> Iterator[Problem]:
    for tag in tags:
        if tag.name == "img" and tag.get("alt") is None:
            yield warning(
                Place(path, tag.line, tag.column),
                f'no alt text: "{tag.get("src") or ""}"',
                'Say what the picture shows; write alt="" where it only decorates.',
            )


def _frames(path: str, tags: tuple[Tag, ...]) -> Iterator[Problem]:
    for tag in tags:
        if tag.name == "iframe" and not (tag.get("title") or "").strip():
            place = Place(path, tag.line, tag.column)
            yield warning(
                place,
                f'a frame without a title: "{tag.get("src") or ""}"',
                "Say in its title what it shows: whoever cannot see it hears nothing else.",
            )


def _ids(path: str, tags: tuple[Tag, ...]) -> Iterator[Problem]:
    lines: dict[str, int] = {}
    for tag in tags:
        name = tag.get("id")
        if name is None:
            continue
        if name in lines:
            message = f'id "{name}" is used twice'
            hint = f"It is also on line {lines[name]}; a fragment leads to the first."
            yield warning(Place(path, tag.line, tag.column), message, hint)
        lines.setdefault(name, tag.line)


def _data(path: str, tags: tuple[Tag, ...]) -> Iterator[Problem]:
    for tag in tags:
        if tag.name == "script" and (tag.get("type") or "").lower() == "application/ld+json":
            try:
                json.loads(tag.text, parse_int=float)  # however many digits it has
            except json.JSONDecodeError as error:
                yield _no_data(Place(path, tag.line + error.lineno - 1), error.msg)
            except RecursionError:
                yield _no_data(Place(path, tag.line, tag.column), "nested too deeply")


def _no_data(place: Place, reason: str) -> Problem:
    message = f"structured data is not JSON: {reason}"
    return Problem(place, message, "Search engines pass such a block over.")
