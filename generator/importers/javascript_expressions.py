"""Expressions of JavaScript, read (see `javascript`)."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from generator.importers.javascript_library import UnworkableError, as_number, is_true
from generator.importers.javascript_run import (
    Node,
    Run,
    Scope,
    both,
    called,
    combined,
    constant,
    in_list,
    in_mapping,
    in_text,
    member,
    named,
    type_of,
)

TOKEN = re.compile(
    r"""(?:\s++|//[^\n]*+|/\*(?:[^*]|\*(?!/))*+\*/)*+
    (?:(?P<name>[A-Za-z_$][\w$]*+)|(?P<number>\d++(?:\.\d++)?+)
    |(?P<text>"(?:[^"\\\n]|\\.)*+"|'(?:[^'\\\n]|\\.)*+')|(?P<literal>`)
    |(?P<sign>=>|\.\.\.|===|!==|\*\*|\?\?|\?\.|&&|\|\||==|!=|<=|>=|\+=|\+\+|[-+*/%=<>!?:.,;(){}\[\]]))""",
    re.VERBOSE | re.DOTALL,
)
REGEX = re.compile(r"/((?:[^/\\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*+\])++)/([a-z]*+)")
ESCAPE = re.compile(r"\\(u\{[0-9a-fA-F]{1,6}\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|\n|.)", re.DOTALL)
SIMPLE = {"n": "\n", "t": "\t", "r": "\r", "b": "", "f": "", "v": "", "0": "", "\n": ""}
LEVELS = (
    frozenset({"??", "||"}),
    frozenset({"&&"}),
    frozenset({"===", "!==", "==", "!="}),
    frozenset({"<", ">", "<=", ">=", "in"}),
    frozenset({"+", "-"}),
    frozenset({"*", "/", "%", "**"}),
)
WORDS = {"true": True, "false": False, "null": None, "undefined": None}
DEEPEST = 60


def unescaped(text: str) -> str:
    """A text without its backslashes."""

    def char(match: re.Match[str]) -> str:
        code = match[1]
        if code[0] in "ux" and len(code) > 1:
            number = int(code[1:].strip("{}"), 16)
            return chr(number) if number < 0x110000 else ""  # noqa: PLR2004 - Unicode's end
        return SIMPLE.get(code, code)

    return ESCAPE.sub(char, text)


class Expressions:
    """Reads expressions from a place on, and makes what works them out; see `javascript`."""

    def __init__(self, source: str, at: int) -> None:
        self._source, self.at = source, at
        self._depth = 0
        self.not_arrows: set[int] = set()

    # --- Tokens

    def peek(self) -> tuple[str, str, int]:
        """The next token: its kind, its text, where it ends."""
        found = TOKEN.match(self._source, self.at)
        if found is None:
            return "", "", self.at
        kind = str(found.lastgroup)
        return kind, found[kind], found.end()

    def take(self, text: str) -> bool:
        """Go past a sign or word, where it stands here."""
        kind, found, end = self.peek()
        if kind in ("sign", "name") and found == text:
            self.at = end
            return True
        return False

    def expect(self, text: str) -> None:
        """Go past a sign or word. Raises UnworkableError where another stands here."""
        if not self.take(text):
            raise UnworkableError(f"no {text}")

    def name(self) -> str:
        """Go past a name."""
        kind, text, end = self.peek()
        if kind != "name":
            raise UnworkableError("no name")
        self.at = end
        return text

    # --- Expressions

    def expression(self) -> Node:
        """An expression, up to a comma."""
        self._depth += 1
        if self._depth > DEEPEST:
            raise UnworkableError("nested too deeply")
        try:
            return self.arrow() or self._assignment()
        finally:
            self._depth -= 1

    def _assignment(self) -> Node:
        start = self.at
        left = self._choice()
        _, sign, _ = self.peek()
        if sign not in ("=", "+="):
            return left
        name = re.fullmatch(r"\s*([A-Za-z_$][\w$]*)\s*", self._source[start : self.at])
        if name is None:
            raise UnworkableError("sets what is no name")
        self.take(sign)
        right = self.expression()

        def run(run: Run, scope: Scope) -> Any:  # noqa: ANN401 - whatever there is
            value = right(run, scope)
            if sign == "+=":
                value = combined("+", left(run, scope), value)
            holder = scope
            while name[1] not in holder and "" in holder:
                holder = holder[""]
            holder[name[1]] = value
            return value

        return run

    def _choice(self) -> Node:
        test = self._binary(0)
        if not self.take("?"):
            return test
        yes = self.expression()
        self.expect(":")
        no = self.expression()
        return lambda run, scope: (yes if is_true(test(run, scope)) else no)(run, scope)

    def _binary(self, level: int) -> Node:
        if level == len(LEVELS):
            return self._unary()
        left = self._binary(level + 1)
        while (sign := self.peek()[1]) in LEVELS[level] and self.peek()[0] in ("sign", "name"):
            self.take(sign)
            left = both(sign, left, self._binary(level + 1))
        return left

    def _unary(self) -> Node:
        for sign, apply in UNARY.items():
            if self.take(sign):
                return _applied(apply, self._unary())
        return self._behind(self._primary())

    def _behind(self, value: Node) -> Node:
        """A value with the members, calls and places that stand behind it."""
        while True:
            kind, sign, end = self.peek()
            if kind == "literal":
                value = called(value, (self._literal(),))
            elif sign == ".":
                self.at = end
                value = member(value, constant(self.name()))
            elif sign == "?.":
                self.at = end
                value = self._optional(value)
            elif sign == "[":
                self.at = end
                value = member(value, self.expression())
                self.expect("]")
            elif sign == "(":
                value = called(value, self._arguments())
            else:
                return value

    def _optional(self, value: Node) -> Node:
        if self.peek()[1] == "(":
            return called(value, self._arguments(), is_optional=True)
        if self.take("["):
            key = self.expression()
            self.expect("]")
            return member(value, key, is_optional=True)
        return member(value, constant(self.name()), is_optional=True)

    def _arguments(self) -> Sequence[Node]:
        self.expect("(")
        return self._listed(")")

    def _listed(self, end: str) -> list[Node]:
        found: list[Node] = []
        while not self.take(end):
            if self.take("..."):
                raise UnworkableError("a spread list")
            found.append(self.expression())
            if not self.take(","):
                self.expect(end)
                break
        return found

    def _primary(self) -> Node:
        kind, text, end = self.peek()
        if kind == "sign" and text == "/":
            return self._pattern()
        if kind == "literal":
            return self._literal()
        self.at = end
        if kind == "text":
            return constant(unescaped(text[1:-1]))
        if kind == "number":
            return constant(float(text) if "." in text else int(text))
        return self._word(text) if kind == "name" else self._bracket(text)

    def _bracket(self, sign: str) -> Node:
        """What stands in brackets: an expression, a list, a mapping."""
        if sign == "(":
            inner = self.expression()
            self.expect(")")
            return inner
        if sign == "[":
            items = self._listed("]")
            return in_list(items)
        if sign == "{":
            return self._mapping()
        raise UnworkableError("no value")

    def _word(self, word: str) -> Node:
        if word in WORDS:
            return constant(WORDS[word])
        if word in ("function", "async"):
            if word == "async":
                self.expect("function")
            return self.function_from_word()
        if word == "new":
            return self._behind(self._primary())
        return named(word)

    def _pattern(self) -> Node:
        start = TOKEN.match(self._source, self.at)
        found = REGEX.match(self._source, start.end() - 1 if start else self.at)
        if found is None:
            raise UnworkableError("no pattern")
        self.at = found.end()
        flags = re.IGNORECASE if "i" in found[2] else 0
        source = re.sub(r"\(\?<(?=[A-Za-z])", "(?P<", found[1]).replace("\\/", "/")
        try:
            pattern = re.compile(source, flags | (re.MULTILINE if "m" in found[2] else 0))
        except (re.error, RecursionError):
            raise UnworkableError("a pattern of another kind") from None
        return constant((pattern, "g" in found[2]))

    def _literal(self) -> Node:
        """A template literal."""
        start = TOKEN.match(self._source, self.at)
        at = begin = start.end() if start else self.at
        parts: list[Node] = []
        source = self._source
        while at < len(source) and source[at] != "`":
            if source[at] == "\\":
                at += 2
            elif source.startswith("${", at):
                parts.append(constant(unescaped(source[begin:at])))
                self.at = at + 2
                parts.append(self.expression())
                self.expect("}")
                at = begin = self.at
            else:
                at += 1
        if at >= len(source):
            raise UnworkableError("a text without an end")
        parts.append(constant(unescaped(source[begin:at])))
        self.at = at + 1
        return in_text(parts)

    def _mapping(self) -> Node:
        pairs: list[tuple[str, Node]] = []
        while not self.take("}"):
            kind, text, end = self.peek()
            if kind not in ("name", "text", "number"):
                raise UnworkableError("a computed key")
            self.at = end
            name = unescaped(text[1:-1]) if kind == "text" else text
            if self.take(":"):
                pairs.append((name, self.expression()))
            elif self.peek()[1] == "(":
                pairs.append((name, self.function_from_here()))
            else:
                pairs.append((name, named(name)))
            if not self.take(","):
                self.expect("}")
                break
        return in_mapping(pairs)

    # --- Functions, which hold statements

    def arrow(self) -> Node | None:
        """An arrow function, where one begins here."""
        raise NotImplementedError

    def function_from_here(self) -> Node:
        """A function from its parameters on."""
        raise NotImplementedError

    def function_from_word(self) -> Node:
        """A function from behind the word `function` on."""
        raise NotImplementedError


def _applied(apply: Callable[[Any], Any], inner: Node) -> Node:
    return lambda run, scope: apply(inner(run, scope))


UNARY: Mapping[str, Callable[[Any], Any]] = {
    "!": lambda value: not is_true(value),
    "-": lambda value: -as_number(value),
    "+": as_number,
    "typeof": type_of,
    "await": lambda value: value,
}
