"""Liquid in texts: what it said is worked out once, with the project's own includes and values.

Tags of plug-ins that nobody knows are handed to whoever asks for it. Nothing is run, read from
outside the project's includes, or fetched; time and output have their limits.
"""

import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, TextIO

from liquid import RenderContext, Token, TokenStream
from liquid.ast import BlockNode, Node
from liquid.exceptions import LiquidError
from liquid.parser import get_parser
from liquid.tag import Tag
from liquid.token import TOKEN_EXPRESSION, TOKEN_TAG

from generator.importers.limited_liquid import LimitedLiquid
from generator.importers.shortcodes import arguments
from generator.importers.template_signs import without_signs
from generator.importers.unknown_tags import remains
from generator.limits import TimeUp, within
from generator.model.values import frozen

TAGS = re.compile(r"\{%-?\s*(\w+)")
SIGNS = re.compile(r"\{\{|\{%")
VARIABLE = re.compile(r"[A-Za-z_][\w-]*(?:\.[\w-]+|\[[^\]]*\])*")
PARAMETER = re.compile(
    r"""(?<![\w-])([\w-]++)\s*+(?:=\s*+(?=[^\s,])|:\s*+(?=["']))
    (?:"((?:[^"\\]|\\.)*+)"|'((?:[^'\\]|\\.)*+)'|([^\s,]++))""",
    re.DOTALL | re.VERBOSE,
)
"""A named value, `width=300`; some plug-ins write `caption: "At noon"`."""
SECONDS = 5.0


@frozen
class TagCall:
    """A tag of the project or of a plug-in: what stands behind its name, and in it."""

    name: str
    markup: str
    inner: str | None
    values: Any
    """The values of the markup's parameters, by name."""


TagMaker = Callable[[TagCall], str]
Includes = Callable[[str, bool], str | None]
"""The source of an include, None where there is none; the second says that it lies by the text."""
Filter = Callable[..., object]


class LiquidTexts:
    """Works out the Liquid in texts, one after another.

    `own_tags` make the text of tags, by name; `unknown` that of every other one that Liquid does
    not know. `included` is the name of the tag by which includes are called.
    """

    def __init__(
        self,
        own_tags: Mapping[str, TagMaker],
        unknown: TagMaker,
        includes: Includes,
        filters: Mapping[str, Filter],
    ) -> None:
        self._own, self._unknown, self._includes = own_tags, unknown, includes
        self._environment = LimitedLiquid()
        for name, function in filters.items():
            self._environment.add_filter(name, function)
        self._add_includes()
        self._liquids = frozenset(self._environment.tags)
        self._made: dict[tuple[str, bool], type[Tag]] = {}

    def worked_out(self, text: str, values: Mapping[str, object]) -> tuple[str, bool]:
        """A text without Liquid, and whether all of it could be worked out."""
        if not SIGNS.search(text):
            return text, True
        for name in set(TAGS.findall(text)) - self._liquids - INNER:
            if not name.startswith("end"):
                self._add(name, is_block=f"end{name}" in text)
        try:
            return within(SECONDS, partial(self._rendered, text, values)), True
        except (LiquidError, TimeUp, RecursionError, ValueError, TypeError, ArithmeticError):
            return without_signs(text), False

    def _rendered(self, text: str, values: Mapping[str, object]) -> str:
        return self._environment.from_string(text).render(**values)

    def _add(self, name: str, *, is_block: bool) -> None:
        """Make a tag known; of some plug-ins' the text tells whether they have an end."""
        made = self._made.get((name, is_block))
        if made is None:
            kind = _BlockTag if is_block else _Tag
            maker = staticmethod(self._own.get(name, self._unknown))
            own = {"name": name, "end": f"end{name}", "block": is_block, "maker": maker}
            made = self._made[name, is_block] = type(f"Tag_{name}", (kind,), own)
        self._environment.add_tag(made)

    def _add_includes(self) -> None:
        includes = self._includes
        for name in ("include", "include_relative", "include_cached"):
            own = {"name": name, "block": False, "includes": staticmethod(includes)}
            self._environment.add_tag(type(f"Tag_{name}", (_IncludeTag,), own))


INNER = frozenset({"else", "elsif", "when", "break", "continue"})


def parameters(markup: str, context: RenderContext) -> dict[str, object]:
    """The named values in a tag's markup."""
    found: dict[str, object] = {}
    for match in PARAMETER.finditer(markup):
        name, double, single, bare = match.groups()
        if bare is not None:
            found[name] = value_of(bare, context)
        else:
            text = double if double is not None else single
            found[name] = re.sub(r"\\(.)", r"\1", text or "")
    return found


def value_of(word: str, context: RenderContext) -> object:
    """What a word in a tag's markup stands for: a number, a switch, or a variable."""
    if re.fullmatch(r"-?\d+", word):
        return int(word)
    if word in ("true", "false"):
        return word == "true"
    if not VARIABLE.fullmatch(word):
        return word
    first, *rest = re.split(r"\.|\[|\]", word)
    found: object = context.resolve(first, default=None)
    for part in filter(None, rest):
        key = part.strip("\"'")
        found = found.get(key) if isinstance(found, Mapping) else None
    return found


def _markup(stream: TokenStream) -> tuple[Token, str]:
    """A tag's token, and what stands behind its name; the stream stays on the tag's last token."""
    token = stream.eat(TOKEN_TAG)
    markup = stream.current.value if stream.current.kind == TOKEN_EXPRESSION else ""
    return token, markup


class _Tag(Tag):
    """A tag without an end."""

    block = False
    maker: TagMaker

    def parse(self, stream: TokenStream) -> Node:
        """Take the tag for what it is."""
        token, markup = _markup(stream)
        return _Node(token, self.name, markup, None, self.maker)


class _BlockTag(Tag):
    """A tag with an end."""

    block = True
    maker: TagMaker

    def parse(self, stream: TokenStream) -> Node:
        """Take the tag and all that stands in it."""
        token, markup = _markup(stream)
        if stream.current.kind == TOKEN_EXPRESSION:
            next(stream)
        block = get_parser(self.env).parse_block(stream, (self.end,))
        return _Node(token, self.name, markup, block, self.maker)


class _Node(Node):
    """A tag in a text."""

    __slots__ = ("_block", "_maker", "_markup", "_name")

    def __init__(
        self, token: Token, name: str, markup: str, block: BlockNode | None, maker: TagMaker
    ) -> None:
        super().__init__(token)
        self._name, self._markup, self._block, self._maker = name, markup, block, maker
        self.blank = False

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        """Write what the tag makes."""
        inner = None
        if self._block is not None:
            inside = context.get_buffer(buffer)
            self._block.render(context, inside)
            inner = inside.getvalue()
        markup = self._markup
        if SIGNS.search(markup):
            inside = context.get_buffer(buffer)
            context.env.from_string(markup).render_with_context(context, inside, partial=True)
            markup = inside.getvalue()
        values = parameters(markup, context)
        return buffer.write(self._maker(TagCall(self._name, markup, inner, values)))


class _IncludeTag(Tag):
    """An include of the project, with its parameters under `include`."""

    block = False
    includes: Includes

    def parse(self, stream: TokenStream) -> Node:
        """Take the include's name and parameters."""
        token, markup = _markup(stream)
        is_relative = self.name == "include_relative"
        return _Include(token, markup, lambda name: self.includes(name, is_relative))


class _Include(Node):
    """An include in a text."""

    __slots__ = ("_includes", "_markup")

    def __init__(self, token: Token, markup: str, includes: Callable[[str], str | None]) -> None:
        super().__init__(token)
        self._markup, self._includes = markup, includes
        self.blank = False

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        """Write what the include makes of its parameters."""
        markup = self._markup.strip()
        if SIGNS.search(markup):
            inside = context.get_buffer(buffer)
            context.env.from_string(markup).render_with_context(context, inside, partial=True)
            markup = inside.getvalue()
        name, _, rest = markup.partition(" ")
        source = self._includes(name.strip("\"',"))
        values = parameters(rest, context)
        if source is None:
            return buffer.write(missing(name, rest, values))
        template = context.env.from_string(source)
        with context.extend({"include": values}, template=template):
            template.render_with_context(context, buffer, partial=True)
        return 1


def missing(_name: str, markup: str, values: Mapping[str, object]) -> str:
    """What is left of an include whose file is not in the project."""
    positional, _ = arguments(markup)
    named = tuple((key, str(value)) for key, value in values.items() if value is not None)
    plain = tuple(one for one in positional if "=" not in one)
    return remains(plain, named, None, lambda address: address)
