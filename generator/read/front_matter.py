"""Front matter: the settings at the head of a text file, split from its body, and written."""

import re
from collections.abc import Mapping

from generator.model.problems import Place, Problem
from generator.model.values import frozen, replace
from generator.read.located_yaml import Typed, load_yaml, typed_yaml, yaml_stretches
from generator.read.plain_yaml import Setting, Value
from generator.read.source_spans import KeyPath, SourceSpan, Stretch, span_in, stretch_of
from generator.read.text_files import decode

_OPENING = re.compile(r"\s*?^(---|\+\+\+)[ \t]*$\n?", re.MULTILINE)
_CLOSING = {
    "---": re.compile(r"^(?:---|\.\.\.)[ \t]*$\n?", re.MULTILINE),
    "+++": re.compile(r"^\+\+\+[ \t]*$\n?", re.MULTILINE),
}
_SETTING = r"\w+:(?:\s|$)"
PROSE = frozenset(
    (
        *("title", "headline", "short_title", "seo_title", "kicker", "summary", "description"),
        *("excerpt", "deck", "dek", "subtitle", "blurb", "alt", "caption"),
    )
)
"""Keys under which text for readers stands."""
TOML = "+++"
"""The fence of settings in TOML."""


@frozen
class FrontMatter:
    """A text file, split: its settings as texts (see `load_yaml`), and its body.

    `body` has LF line ends and begins on the file's line `body_line`. `source` is the
    text between the fences, which begins on `source_line`. `problems` are warnings.
    """

    path: str
    values: Mapping[str, Value]
    body: str
    body_line: int
    source: str = ""
    source_line: int = 2
    fence: str = "---"
    problems: tuple[Problem, ...] = ()

    def locate(self, *keys: str | int) -> SourceSpan:
        """Where a value stands; an empty one at its key, a missing one at the opening line."""
        return self._span(keys, of_key=False)

    def locate_key(self, *keys: str | int) -> SourceSpan:
        """Where a key stands."""
        return self._span(keys, of_key=True)

    def typed(self, key: str) -> Typed:
        """The value under a key with types of its own (see `typed_yaml`, `typed_toml`)."""
        if self.fence != TOML:
            return typed_yaml(self.source).get(key)
        from generator.read.located_toml import typed_toml  # noqa: PLC0415 - 5 ms, and few sites have TOML

        return typed_toml(self.source).get(key)

    def _span(self, keys: KeyPath, *, of_key: bool) -> SourceSpan:
        found = stretch_of(self._stretches(), keys, of_key=of_key) if keys else None
        if found is None:
            return SourceSpan(
                Place(self.path, self.source_line - 1, 1), self.fence, len(self.fence)
            )
        return span_in(self.source, *found, path=self.path, first_line=self.source_line)

    def _stretches(self) -> Mapping[KeyPath, Stretch]:
        if self.fence != TOML:
            return yaml_stretches(self.source)
        from generator.read.toml_tokens import toml_stretches  # noqa: PLC0415 - 1 ms, as `_loaded`

        return toml_stretches(self.source)


def split_front_matter(data: bytes, *, path: str) -> FrontMatter | tuple[Problem, ...]:
    """Split a text file and read its settings; Problems instead, when one is an error.

    YAML stands between lines `---` (or ends with `...`), TOML between lines `+++`, at the
    file's head, behind nothing but empty lines. At most 10 MB a file and 64 KB of settings.
    """
    text = decode(data, path=path)
    if not isinstance(text, str):
        return (text,)
    opening = _OPENING.match(text)
    if opening is None:
        return (_no_front_matter(text, path),)
    fence, start = opening[1], opening.end()
    closing = _closing(text, fence, start)
    if closing is None:
        span = span_in(text, opening.start(1), opening.end(1), path=path)
        hint = f'Put a line "{fence}" below the last setting.'
        return (span.error("the front matter is not closed", hint),)
    source = text[start : closing[0]]
    source_line = text.count("\n", 0, start) + 1
    values, problems = _loaded(fence, source, path, source_line)
    if values is None:
        return tuple(_with_fence_hint(problem, source, source_line) for problem in problems)
    body_line = source_line + source.count("\n") + 1
    body = text[closing[1] :]
    return FrontMatter(path, values, body, body_line, source, source_line, fence, problems)


def _closing(text: str, fence: str, start: int) -> tuple[int, int] | None:
    """Where the line that closes the settings begins and ends; None when there is none."""
    at = text.find(f"\n{fence}\n", start)
    # Only the usual line is looked for, where no other closes them before.
    if at >= 0 and text.find("\n" + fence, start - 1, at) < 0 > text.find("\n...", start - 1, at):
        return at + 1, at + len(fence) + 2
    found = _CLOSING[fence].search(text, start)
    return None if found is None else found.span()


def _loaded(
    fence: str, source: str, path: str, first_line: int
) -> tuple[Mapping[str, Value] | None, tuple[Problem, ...]]:
    if fence != TOML:
        return load_yaml(source, path=path, first_line=first_line, prose=PROSE)
    from generator.read.located_toml import load_toml  # noqa: PLC0415 - 5 ms, and few sites have TOML

    return load_toml(source, path=path, first_line=first_line)


def _no_front_matter(text: str, path: str) -> Problem:
    hint = 'Begin it with a line "---", a line "title: " with the headline, and a line "---".'
    if not text.strip():
        return SourceSpan(Place(path, 1, 1)).error("the file is empty", hint)
    start = len(text) - len(text.lstrip())
    span = span_in(text, start, len(text), path=path)
    if (fence := span.excerpt.strip()[:3]) in _CLOSING:
        hint = f'Begin the line with "{fence}", and put nothing else on it.'
    elif re.match(_SETTING, span.excerpt):
        hint = 'Put a line "---" above the settings and one below them.'
    return span.error("the file has no front matter", hint)


def _with_fence_hint(problem: Problem, source: str, source_line: int) -> Problem:
    """Behind an empty line, the trouble may be the story itself, below settings that go on."""
    lines = source.split("\n")
    before = problem.place.line - source_line - 1
    if before < 0 or lines[before].strip():
        return problem
    more = 'If the story begins here, put a line "---" above it.'
    return replace(problem, hint=f"{problem.hint} {more}".lstrip())


def dump_front_matter(values: Mapping[str, Setting]) -> str:
    r"""Write YAML front matter, fences included, that `split_front_matter` reads back the same.

    Texts stand plain where they can, in double quotes where they must, several lines as a
    block; lists have one item a line. Values that are no texts are read back as their texts.
    Control characters other than tab and line ends cannot be read back.
    """
    if not values:
        return "---\n---\n"
    from generator.read.settings_writer import write_settings  # noqa: PLC0415 - 5 ms, and reading needs none of it

    return f"---\n{write_settings(values)}---\n"
