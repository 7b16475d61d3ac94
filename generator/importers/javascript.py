"""A small part of JavaScript, worked out: what shortcodes, filters and permalinks of projects do.

Expressions, template literals, arrow functions, `const`, `if`, `for … of` and `return`, with the
methods of texts, lists and dates (`javascript_library`). Nothing of the machine can be reached, and
steps and output have their limits. Whatever else a function does is not guessed:
UnworkableError is raised.
"""

from collections.abc import Callable, Sequence

from generator.importers.javascript_expressions import Expressions
from generator.importers.javascript_library import UnworkableError, is_true
from generator.importers.javascript_run import (
    Function,
    Node,
    Parameter,
    Returned,
    Run,
    Scope,
    constant,
    setting,
)


def expression_at(source: str, start: int) -> Node:
    """The expression that begins at a place. Raises UnworkableError."""
    return _read(source, start, lambda parser: parser.expression())


def function_at(source: str, start: int) -> Node:
    """The function that begins at a place, a method too: `name(a) {}` behind its name."""
    return _read(source, start, lambda parser: parser.function())


def _read(source: str, start: int, what: Callable[["_Parser"], Node]) -> Node:
    try:
        return what(_Parser(source, start))
    except RecursionError:
        raise UnworkableError("nested too deeply") from None


class _Parser(Expressions):
    """Reads functions and statements too."""

    # --- Functions

    def function(self) -> Node:
        """A function: an arrow, a word, or what stands behind a method's name."""
        if made := self.arrow():
            return made
        if self.peek()[1] == "(":
            return self.function_from_here()
        self.take("async")
        self.expect("function")
        return self.function_from_word()

    def arrow(self) -> Node | None:
        """An arrow function, where one begins here."""
        start = self.at
        self.take("async")
        kind, text, end = self.peek()
        if start in self.not_arrows or not (text == "(" or kind == "name"):
            self.at = start
            return None
        try:
            if text == "(":
                self.at = end
                parameters = self._parameters()
            else:
                self.at = end
                parameters = [Parameter(text)]
            if self.take("=>"):
                return self._made(parameters, is_arrow=True)
        except UnworkableError:
            pass
        self.not_arrows.add(start)
        self.at = start
        return None

    def function_from_word(self) -> Node:
        """A function from behind the word `function` on."""
        self.take("*")
        if self.peek()[1] != "(":
            self.name()
        return self.function_from_here()

    def function_from_here(self) -> Node:
        """A function from its parameters on."""
        self.expect("(")
        return self._made(self._parameters(), is_arrow=False)

    def _made(self, parameters: Sequence["Parameter"], *, is_arrow: bool) -> Node:
        if self.peek()[1] == "{" or not is_arrow:
            body = self._block()
        else:
            value = self.expression()

            def body(run: Run, scope: Scope) -> None:
                raise Returned(value(run, scope))

        return lambda run, scope: Function(parameters, body, run, scope)

    def _parameters(self) -> list["Parameter"]:
        found: list[Parameter] = []
        while not self.take(")"):
            is_rest = self.take("...")
            found.append(self._parameter(is_rest=is_rest))
            if not self.take(","):
                self.expect(")")
                break
        return found

    def _parameter(self, *, is_rest: bool = False) -> "Parameter":
        if taken := self._taken_apart():
            is_list, inner = taken
            return Parameter("", self._default(), inner, is_list=is_list)
        name = key = self.name()
        if self.take(":"):
            name = self.name()
        return Parameter(name, self._default(), is_rest=is_rest, key=key)

    def _taken_apart(self) -> tuple[bool, tuple["Parameter", ...]] | None:
        """Names in brackets, where they begin here, and whether a list is taken apart so."""
        for opening, closing in ("{}", "[]"):
            if not self.take(opening):
                continue
            inner: list[Parameter] = []
            while not self.take(closing):
                inner.append(self._parameter(is_rest=self.take("...")))
                if not self.take(","):
                    self.expect(closing)
                    break
            return opening == "[", tuple(inner)
        return None

    def _default(self) -> Node | None:
        return self.expression() if self.take("=") else None

    # --- Statements

    def _block(self) -> Node:
        self.expect("{")
        steps: list[Node] = []
        while not self.take("}"):
            if not self.peek()[0]:
                raise UnworkableError("a block without an end")
            steps.append(self._statement())

        def run(run: Run, scope: Scope) -> None:
            for step in steps:
                run.step()
                step(run, scope)

        return run

    def _statement(self) -> Node:  # noqa: PLR0911 - a kind each
        if self.take(";"):
            return constant(None)
        _, text, end = self.peek()
        if text == "{":
            return self._block()
        if text in ("const", "let", "var"):
            self.at = end
            return self._declaration()
        if text == "if":
            self.at = end
            return self._condition()
        if text == "for":
            self.at = end
            return self._loop()
        if text == "return":
            return self._returned(end)
        if text == "function":
            self.at = end
            name = self.name()
            made = self.function_from_here()
            return setting(Parameter(name), made)
        if text in ("while", "do", "switch", "try", "throw", "class", "import", "export"):
            raise UnworkableError(text)
        value = self.expression()
        self.take(";")
        return value

    def _declaration(self) -> Node:
        steps: list[Node] = []
        while True:
            target = self._parameter_alone()
            value = self.expression() if self.take("=") else constant(None)
            steps.append(setting(target, value))
            if not self.take(","):
                self.take(";")
                return lambda run, scope: [step(run, scope) for step in steps]

    def _parameter_alone(self) -> "Parameter":
        """What a declaration sets: a name, or those in brackets; its value stands behind."""
        if taken := self._taken_apart():
            is_list, inner = taken
            return Parameter("", None, inner, is_list=is_list)
        return Parameter(self.name())

    def _condition(self) -> Node:
        self.expect("(")
        test = self.expression()
        self.expect(")")
        yes = self._statement()
        no = self._statement() if self.take("else") else constant(None)
        return lambda run, scope: (yes if is_true(test(run, scope)) else no)(run, scope)

    def _loop(self) -> Node:
        self.expect("(")
        if not (self.take("const") or self.take("let") or self.take("var")):
            raise UnworkableError("a loop of another kind")
        target = self._parameter_alone()
        self.expect("of")
        values = self.expression()
        self.expect(")")
        body = self._statement()

        def run(run: Run, scope: Scope) -> None:
            items = values(run, scope)
            if not isinstance(items, list | str):
                raise UnworkableError("a loop over no list")
            for item in items:
                run.step()
                target.set(item, run, scope)
                body(run, scope)

        return run

    def _returned(self, end: int) -> Node:
        self.at = end
        is_nothing = self.peek()[1] in (";", "}")
        value = constant(None) if is_nothing else self.expression()
        self.take(";")

        def run(run: Run, scope: Scope) -> None:
            raise Returned(value(run, scope))

        return run
