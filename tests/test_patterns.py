"""Every regular expression of the package takes no more steps than what it is given has characters.

Steps are counted, not timed: by a matcher that goes back and forth as Python's does, one pattern
element after another. What it is given is drawn from the pattern itself: whatever may be repeated
is, and whatever has begun is begun again and again.
"""

import ast
import importlib
import pkgutil
import re
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from re import _constants as c  # type: ignore[attr-defined]  # what a pattern is made of
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import pytest

import generator
from generator.model.late_patterns import LatePattern

pytestmark = pytest.mark.slow

FEW, MANY = 24, 96
"""How often something is repeated."""
GROWTH = 6
"""Four times as much takes about four times the steps, and sixteen times if they multiply."""
SPARE = 400
MOST_STEPS = 20_000
TAILS = ("", "\x00", "x", "\n", "]x")
ANYWHERE = frozenset({"finditer", "findall", "sub", "subn", "split"})
LONG_REPEATS = (c.MAX_REPEAT, c.MIN_REPEAT, c.POSSESSIVE_REPEAT)
BOUNDED = {
    "generator.render.layout_syntax": "reads the words of Jinja's errors",
    "generator.render.layout_faults": "reads the words of Jinja's errors",
}
"""Modules whose patterns see nothing that anybody could make long."""

SINGLE = (c.LITERAL, c.NOT_LITERAL, c.ANY, c.IN)
Next = Callable[[int], bool]
Step = Callable[[int, Next], bool]


class TooManyError(Exception):
    """There are far more steps than there should be."""


class Matcher:
    """Matches as Python's `re` does, and counts the elements that it tries."""

    def __init__(self, pattern: re.Pattern[Any]) -> None:
        self._flags = pattern.flags
        self._tree = parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG)
        self._whole = self._sequence(self._tree)
        self._text: list[int] = []
        self._groups: dict[int, tuple[int, int]] = {}
        self.steps = 0
        self._limit = 0

    def run(self, text: str, use: str, limit: int) -> int:
        """The steps of matching a text in one of the ways in which `re` does."""
        self._text, self.steps, self._limit = [ord(sign) for sign in text], 0, limit
        size = len(self._text)
        if use in ("match", "fullmatch"):
            self._ends(0, must_end=use == "fullmatch")
            return self.steps
        at = 0
        while at <= size:
            end = self._ends(at, must_end=False)
            if end >= 0 and use == "search":
                break
            at = max(end, at + 1)
        return self.steps

    def _ends(self, start: int, *, must_end: bool) -> int:
        found = [-1]
        self._groups = {}

        def last(at: int) -> bool:
            if must_end and at != len(self._text):
                return False
            found[0] = at
            return True

        self._whole(start, last)
        return found[0]

    def _count(self) -> None:
        self.steps += 1
        if self.steps > self._limit:
            raise TooManyError

    def _sequence(self, items: Any) -> Step:  # noqa: ANN401 - the library's tree
        steps = [self._element(operator, argument) for operator, argument in items]

        def run(at: int, then: Next, number: int = 0) -> bool:
            if number == len(steps):
                return then(at)
            return steps[number](at, lambda end: run(end, then, number + 1))

        return run

    def _element(self, operator: Any, argument: Any) -> Step:  # noqa: ANN401, PLR0911
        if operator in SINGLE:
            return self._single(self._accepts(operator, argument))
        if operator is c.AT:
            return self._place(argument)
        if operator is c.SUBPATTERN:
            return self._group(argument[0], self._sequence(argument[3]))
        if operator is c.BRANCH:
            ways = [self._sequence(way) for way in argument[1]]
            return lambda at, then: any(way(at, then) for way in ways)
        if operator in LONG_REPEATS:
            return self._repeat(operator, *argument)
        if operator is c.ATOMIC_GROUP:
            return self._atomic(self._sequence(argument))
        if operator in (c.ASSERT, c.ASSERT_NOT):
            return self._look(*argument, is_wanted=operator is c.ASSERT)
        if operator is c.GROUPREF:
            return self._same(argument)
        raise NotImplementedError(operator)

    def _accepts(self, operator: Any, argument: Any) -> Callable[[int], bool]:  # noqa: ANN401
        is_folded = bool(self._flags & re.IGNORECASE)

        @cache
        def accepts(sign: int) -> bool:
            letter = chr(sign)
            forms = {sign, ord(letter.lower()[0]), ord(letter.upper()[0])} if is_folded else {sign}
            if operator is c.ANY:
                return bool(self._flags & re.DOTALL) or letter != "\n"
            if operator is c.IN:
                is_negated = argument[0][0] is c.NEGATE
                return is_negated != any(_in(one, forms, letter) for one in argument)
            return (argument in forms) == (operator is c.LITERAL)

        return accepts

    def _single(self, accepts: Callable[[int], bool]) -> Step:
        def run(at: int, then: Next) -> bool:
            self._count()
            return at < len(self._text) and accepts(self._text[at]) and then(at + 1)

        return run

    def _place(self, where: Any) -> Step:  # noqa: ANN401
        lines = bool(self._flags & re.MULTILINE)

        def is_word(at: int) -> bool:
            return 0 <= at < len(self._text) and bool(re.match(r"\w", chr(self._text[at])))

        def run(at: int, then: Next) -> bool:
            self._count()
            size, text = len(self._text), self._text
            is_start = at == 0 or (lines and where is c.AT_BEGINNING and text[at - 1] == ord("\n"))
            is_last = at == size or (at == size - 1 and text[at] == ord("\n"))
            is_end = is_last or (lines and text[at] == ord("\n"))
            is_edge = is_word(at - 1) != is_word(at)
            holds = {
                c.AT_BEGINNING: is_start,
                c.AT_BEGINNING_STRING: at == 0,
                c.AT_END: is_end,
                c.AT_END_STRING: at == size,
                c.AT_BOUNDARY: is_edge,
                c.AT_NON_BOUNDARY: not is_edge,
            }
            return holds[where] and then(at)

        return run

    def _group(self, number: int | None, inner: Step) -> Step:
        def run(at: int, then: Next) -> bool:
            def close(end: int) -> bool:
                before = self._groups.get(number or -1)
                self._groups[number or -1] = (at, end)
                if then(end):
                    return True
                if before:
                    self._groups[number or -1] = before
                return False

            return inner(at, close)

        return run

    def _repeat(self, operator: Any, least: int, most: Any, items: Any) -> Step:  # noqa: ANN401
        most = sys.maxsize if most is c.MAXREPEAT else int(most)
        if len(items) == 1 and items[0][0] in SINGLE and operator is not c.MIN_REPEAT:
            return self._run_of(self._accepts(*items[0]), least, most, operator)
        inner = self._sequence(items)

        def greedy(at: int, then: Next, done: int = 0) -> bool:
            def again(end: int) -> bool:
                return (end > at or done < least) and greedy(end, then, done + 1)

            if done < most and inner(at, again):
                return True
            return done >= least and then(at)

        def lazy(at: int, then: Next, done: int = 0) -> bool:
            if done >= least and then(at):
                return True
            return done < most and inner(at, lambda end: end > at and lazy(end, then, done + 1))

        if operator is c.MIN_REPEAT:
            return lazy
        return greedy if operator is c.MAX_REPEAT else self._atomic(greedy)

    def _run_of(
        self,
        accepts: Callable[[int], bool],
        least: int,
        most: int,
        operator: Any,  # noqa: ANN401
    ) -> Step:
        """A repetition of one sign, without a call within another for each."""

        def run(at: int, then: Next) -> bool:
            end, stop = at, min(len(self._text), at + most)
            self._count()
            while end < stop and accepts(self._text[end]):
                self._count()
                end += 1
            first = at + least
            if operator is not c.MAX_REPEAT:
                first = max(first, end)  # what it has taken it does not give back
            return any(then(place) for place in range(end, first - 1, -1))

        return run

    def _atomic(self, inner: Step) -> Step:
        def run(at: int, then: Next) -> bool:
            ends: list[int] = []

            def note(end: int) -> bool:
                ends.append(end)
                return True

            return inner(at, note) and then(ends[-1])

        return run

    def _look(self, direction: int, items: Any, *, is_wanted: bool) -> Step:  # noqa: ANN401
        inner, width = self._sequence(items), items.getwidth()[0]

        def run(at: int, then: Next) -> bool:
            start = at if direction > 0 else at - width
            found = start >= 0 and inner(start, lambda end: direction > 0 or end == at)
            return found == is_wanted and then(at)

        return run

    def _same(self, number: int) -> Step:
        def run(at: int, then: Next) -> bool:
            self._count()
            start, end = self._groups.get(number, (0, 0))
            wanted = self._text[start:end]
            return self._text[at : at + len(wanted)] == wanted and then(at + len(wanted))

        return run

    def attacks(self) -> Iterator[tuple[str, str]]:
        """Beginnings, and what is repeated behind each."""
        seen = set()
        for beginning, piece in _pumps(self._tree, ""):
            if piece and (beginning, piece) not in seen:
                seen.add((beginning, piece))
                yield beginning, piece


CATEGORIES = {c.CATEGORY_SPACE: r"\s", c.CATEGORY_DIGIT: r"\d", c.CATEGORY_WORD: r"\w"}
CATEGORIES |= {
    c.CATEGORY_NOT_SPACE: r"\S",
    c.CATEGORY_NOT_DIGIT: r"\D",
    c.CATEGORY_NOT_WORD: r"\W",
}
SAMPLES = "a0 \t\n-<>\"'=/[](){}.,:;#&*_`~^|\\!?Zé中"


def _in(one: tuple[Any, Any], forms: set[int], letter: str) -> bool:
    operator, argument = one
    if operator is c.LITERAL:
        return argument in forms
    if operator is c.RANGE:
        return any(argument[0] <= form <= argument[1] for form in forms)
    return operator is c.CATEGORY and bool(re.match(CATEGORIES[argument], letter))


def _pumps(items: Any, beginning: str) -> Iterator[tuple[str, str]]:  # noqa: ANN401
    """What may be repeated in a pattern, and what has begun after each of its elements."""
    before = ""
    for operator, argument in items:
        if operator in LONG_REPEATS:
            for piece in _examples(argument[2], 6):
                yield beginning + before, piece
            yield from _pumps(argument[2], beginning + before)
        elif operator is c.SUBPATTERN:
            yield from _pumps(argument[3], beginning + before)
        elif operator is c.ATOMIC_GROUP:
            yield from _pumps(argument, beginning + before)
        elif operator is c.BRANCH:
            for way in argument[1]:
                yield from _pumps(way, beginning + before)
        before += _example([(operator, argument)])
        yield "", beginning + before


def _example(items: Any) -> str:  # noqa: ANN401
    return next(iter(_examples(items, 1)), "")


def _examples(items: Any, most: int) -> list[str]:  # noqa: ANN401
    """Some short texts that a pattern accepts; what it looks for around it is left out."""
    found = [""]
    for operator, argument in items:
        found = [one + more for one in found for more in _of_element(operator, argument, most)]
        found = found[:most]
    return found


def _of_element(operator: Any, argument: Any, most: int) -> list[str]:  # noqa: ANN401, PLR0911
    if operator is c.LITERAL:
        return [chr(argument)]
    if operator in (c.ANY, c.NOT_LITERAL):
        return [sign for sign in SAMPLES if operator is c.ANY or ord(sign) != argument][:most]
    if operator is c.IN:
        is_negated = argument[0][0] is c.NEGATE
        fit = [s for s in SAMPLES if is_negated != any(_in(one, {ord(s)}, s) for one in argument)]
        return fit[:most] or [chr(next((a for o, a in argument if o is c.LITERAL), 97))]
    if operator is c.SUBPATTERN:
        return _examples(argument[3], most)
    if operator is c.ATOMIC_GROUP:
        return _examples(argument, most)
    if operator is c.BRANCH:
        return [one for way in argument[1] for one in _examples(way, most)][:most]
    if operator in LONG_REPEATS:
        count = max(argument[0], 1)
        return [one * count for one in _examples(argument[2], most)]
    return [""]


def _patterns() -> Iterator[tuple[str, re.Pattern[Any], str]]:
    """Each pattern of each module, by name, and how the modules that know it use it."""
    names: dict[re.Pattern[Any], str] = {}
    uses: dict[re.Pattern[Any], set[str]] = {}
    for info in pkgutil.walk_packages(generator.__path__, "generator."):
        if info.name.endswith("__main__") or info.name in BOUNDED:
            continue
        module = importlib.import_module(info.name)
        methods = _methods(Path(str(module.__file__)).read_text("utf-8"))
        for name, value in vars(module).items():
            for label, found in _within(name, value):
                names.setdefault(found, f"{info.name.removeprefix('generator.')}.{label}")
                uses.setdefault(found, set()).update(methods.get(name, ()))
    for pattern, name in names.items():
        yield name, pattern, _dearest(uses[pattern])


def _within(name: str, value: object) -> Iterator[tuple[str, re.Pattern[Any]]]:
    if isinstance(value, re.Pattern):
        yield name, value
    elif isinstance(value, LatePattern):
        yield name, value.compiled()
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from _within(f"{name}[{key}]", one)
    elif isinstance(value, tuple):
        for number, one in enumerate(value):
            yield from _within(f"{name}[{number}]", one)


def _methods(source: str) -> dict[str, set[str]]:
    """What a module asks of each of its names."""
    methods: dict[str, set[str]] = {}
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute):
            value = node.value.value if isinstance(node.value, ast.Subscript) else node.value
            if isinstance(value, ast.Name):
                methods.setdefault(value.id, set()).add(node.attr)
    return methods


def _dearest(methods: set[str]) -> str:
    """The dearest of the ways in which a pattern is asked; of one that is handed on, of all."""
    ways = ("search", "match", "fullmatch")
    if methods & ANYWHERE:
        return "finditer"
    return next((way for way in ways if way in methods), "finditer")


PATTERNS = list(_patterns())


@pytest.fixture(autouse=True)
def deep_recursion() -> Iterator[None]:
    """Room for the matcher; what other tests find too deep must stay so."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(20_000)
    yield
    sys.setrecursionlimit(before)


@pytest.mark.parametrize(
    ("pattern", "use"),
    [pytest.param(pattern, use, id=name) for name, pattern, use in PATTERNS],
)
def test_steps_grow_as_the_text_does(pattern: re.Pattern[Any], use: str) -> None:
    matcher = Matcher(pattern)
    for beginning, piece in matcher.attacks():
        for tail in TAILS:
            try:
                few = matcher.run(beginning + piece * FEW + tail, use, MOST_STEPS)
                limit = GROWTH * few + SPARE
                matcher.run(beginning + piece * MANY + tail, use, limit)
            except TooManyError:
                pytest.fail(f"{beginning!r} + {piece!r} * n + {tail!r}: more steps than characters")


@pytest.mark.parametrize(
    ("pattern", "use"),
    [
        (r"(a*)*b", "match"),
        (r"(a|a)*b", "match"),
        (r"\s+$", "search"),
        (r"<!--.*?-->", "finditer"),
        (r"[ \t]*\[*[ \t]*([^=\]]*?)[ \t]*\]*[ \t]*(?:=|$)", "match"),
        (r"[\s,]*(\S*[^\s,])(?:\s+[^,]*)?(?:,|$)", "finditer"),
        (r"url\(([^)]*)\)", "finditer"),
    ],
)
def test_a_pattern_that_goes_back_again_and_again_is_found(pattern: str, use: str) -> None:
    with pytest.raises(pytest.fail.Exception):
        test_steps_grow_as_the_text_does(re.compile(pattern), use)


@pytest.mark.parametrize("text", ["", "a", "abc=1 ", "<!-- x -->", "x" * 30, "ab\nc"])
@pytest.mark.parametrize(
    "pattern", [r"a*b?", r"(\w)\1", r"(?m)^c$", r"<!--.*?-->", r"(?>a|ab)c", r"(?<=a)b", r"x{2,5}+"]
)
def test_the_matcher_finds_what_python_finds(pattern: str, text: str) -> None:
    compiled = re.compile(pattern)
    expected = compiled.match(text)
    matcher = Matcher(compiled)
    matcher.run(text, "match", 10**6)
    assert matcher._ends(0, must_end=False) == (expected.end() if expected else -1)  # noqa: SLF001
