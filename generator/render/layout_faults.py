"""Faults in layouts: from what Jinja raises to a Problem with its file, line and advice."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from traceback import walk_tb
from typing import Any

from jinja2 import StrictUndefined, TemplateNotFound, TemplateSyntaxError, UndefinedError
from jinja2.environment import TemplateModule
from jinja2.utils import missing

from generator.model.layouts import LayoutFile
from generator.model.options import did_you_mean, near
from generator.model.outputs import Frame
from generator.model.problems import Place, Problem
from generator.model.values import is_value
from generator.render.layout_syntax import Advice, syntax_advice
from generator.render.printing import UnprintableError
from generator.render.reach import ForbiddenError, ForbiddenNameError

CONTEXT = ["page", "site"]
"""All that a layout is given."""

OWN = "layouts/"
"""Before the place of a layout of the site's own."""
MANY = 20
"""So often no sound layout stands within itself, by the frames that Jinja names."""
NO_SUCH = re.compile(r"No (?P<kind>filter|test) named '(?P<name>.+)'\.")


class UnknownNameError(UndefinedError):
    """A layout used a `name` that its `owner` does not have (`missing`: a name on its own)."""

    def __init__(self, owner: object, name: str) -> None:
        self.owner, self.name = owner, name
        super().__init__(name)


class Unknown(StrictUndefined):
    """What an unknown name or field is in a layout: any use of it but a test is an error."""

    __slots__ = ()

    def __init__(
        self,
        hint: str | None = None,
        obj: Any = missing,  # noqa: ANN401 - as Jinja has it
        name: str | None = None,
        exc: Any = UndefinedError,  # noqa: ANN401 - as Jinja has it
    ) -> None:
        def unknown(_message: str) -> UnknownNameError:
            return UnknownNameError(obj, str(name))

        raised: Any = exc if hint else unknown  # Jinja only calls it
        super().__init__(hint, obj, name, raised)


def problem_of(
    error: Exception, layouts: Mapping[str, LayoutFile], known: Mapping[str, list[str]]
) -> Problem:
    """The Problem that an error raised in a layout stands for.

    `layouts` are by place; `known` lists the names of layouts, filters and tests there are,
    under `layout`, `theme` (its own files), `filter` and `test`.
    """
    path, line = _place_of(error, layouts)
    layout = layouts.get(path, LayoutFile(path, path, ""))
    lines = layout.text.splitlines()
    excerpt = lines[line - 1] if 0 < line <= len(lines) else ""
    advice = _advice(error, layout.name, known)
    spans = _uses(advice.name, excerpt)
    if len({span[0] for span in spans}) != 1:
        return Problem(Place(path, line), advice.message, advice.hint, excerpt=excerpt)
    span = spans[0]
    place = Place(path, line, span.start() + 1)
    message = advice.message.replace(f"`{advice.name}`", f"`{span[0]}`")
    return Problem(place, message, advice.hint, excerpt=excerpt, width=len(span[0]))


def _uses(name: str, line: str) -> list[re.Match[str]]:
    """Where a name stands in a line, with what it belongs to; a sign only if it stands alone."""
    if name and not name.isidentifier():
        signs = list(re.finditer(re.escape(name), line))
        return signs if len(signs) == 1 else []
    return list(re.finditer(rf"(?:\w+\.)*(?<!\w){name}\b", line)) if name else []


def missing_layout(asking: LayoutFile, line: int, name: str, known: list[str]) -> Problem:
    """The Problem of a layout that asks, in `line`, for one that is not there."""
    excerpt = asking.text.splitlines()[line - 1]
    column = excerpt.find(name) + 1
    width = len(name) if column else 1
    folder = "theme/" if name.startswith("theme/") else ""
    hint = did_you_mean(name, [folder + one for one in known])
    place = Place(asking.place, line, column)
    return Problem(place, f'there is no layout "{name}"', hint, excerpt=excerpt, width=width)


def _place_of(error: Exception, layouts: Mapping[str, LayoutFile]) -> tuple[str, int]:
    """The innermost layout that the error passed through, and its line there.

    Of a loop it is where the site's own layout goes round in it, wherever Python's patience ended.
    """
    if isinstance(error, TemplateSyntaxError):
        return error.filename or "", error.lineno
    passed = [
        (frame.f_code.co_filename, line)
        for frame, line in walk_tb(error.__traceback__)
        if frame.f_code.co_filename in layouts
    ]
    if isinstance(error, RecursionError):
        counts = Counter(place for place in passed if place[0].startswith(OWN))
        if (often := counts.most_common(1)) and often[0][1] > MANY:
            return often[0][0]
    return passed[-1] if passed else ("", 0)


def _advice(error: Exception, layout: str, known: Mapping[str, list[str]]) -> Advice:
    if isinstance(error, ForbiddenError | ForbiddenNameError | UnprintableError):
        return _refusal(error, layout)
    if isinstance(error, TemplateNotFound):
        name = str(error.name)
        return Advice(f'there is no layout "{name}"', did_you_mean(name, known["layout"]), name)
    if isinstance(error, TemplateSyntaxError):
        return _syntax(error, known)
    if isinstance(error, RecursionError | SyntaxError | MemoryError):
        return _too_deep(error, layout, known["theme"])
    if isinstance(error, UnknownNameError):
        return _about_unknown(error.owner, error.name, layout)
    return Advice(f"{layout} fails here: {str(error) or type(error).__name__}")


def _about_unknown(owner: object, name: str, layout: str) -> Advice:
    """What to say of a name that is not there; the first word in backquotes is that name."""
    uses = f"{layout} uses `{name}`"
    if owner is missing and name in CONTEXT:
        hint = f'Import it with what pages know: {{% import "{layout}" as … with context %}}.'
        return Advice(f"{uses}, which a layout that is imported is not given", hint, name)
    if owner is missing:
        hint = near(name, CONTEXT) or "A layout is given `page` and `site`."
        return Advice(f"{uses}, which no layout is given", hint, name)
    if owner is None:
        hint = "Ask whether it is there first, with {% if … %}."
        return Advice(f"{uses} of something that this page does not have", hint, name)
    if isinstance(owner, Mapping):
        hint = near(name, [str(key) for key in owner]) or "Ask first: {% if … is defined %}."
        return Advice(f"{uses}, which is not set here", hint, name)
    names = [known for known in dir(owner) if not known.startswith("_")]
    hint = did_you_mean(name, names) if is_value(owner) else near(name, names)
    return Advice(f"{uses}, which {_noun(owner)} does not have", hint, name)


def _syntax(error: TemplateSyntaxError, known: Mapping[str, list[str]]) -> Advice:
    """What to say of a layout that Jinja could not read."""
    message = error.message or "not a valid layout"
    found = NO_SUCH.fullmatch(message)
    if not found:
        return syntax_advice(message)
    kind, name = found["kind"], found["name"]
    hint = near(name, known[kind]) or f"See the {kind}s in Jinja's documentation."
    return Advice(f'there is no {kind} "{name}"', hint, name)


def _too_deep(
    error: RecursionError | SyntaxError | MemoryError, layout: str, known: list[str]
) -> Advice:
    """What to say of a layout that uses up what Python has for what stands in one another."""
    names = Counter(frame.f_code.co_name for frame, _ in walk_tb(error.__traceback__))
    if isinstance(error, MemoryError) and not names["compile"]:
        return Advice(f"{layout} needs more memory here than there is", "Make less of it.")
    if names["top-level template code"] > MANY:
        hint = f'To build on the theme\'s file of this name, write "theme/{layout}".'
        if f"theme/{layout}" not in known:
            hint = "Let it end with {% if … %}, or take one of them out."
        return Advice(f"{layout} extends or includes itself without end", hint)
    if names["template"] > MANY:
        return Advice(
            f"a macro in {layout} calls itself without end", "Ask for an end with {% if … %}."
        )
    if any(name.startswith("block ") and count > MANY for name, count in names.items()):
        hint = "For what the layout above has there write {{ super() }}."
        return Advice(f"a block in {layout} shows itself without end", hint)
    return Advice(f"{layout} is nested too deeply", "Move a part of it into a file to include.")


def _refusal(error: ForbiddenError | ForbiddenNameError | UnprintableError, layout: str) -> Advice:
    """What to say of a layout that asks for what it may not have, or prints what is no text."""
    if isinstance(error, UnprintableError):
        noun, hint = _unprintable(error.value)
        return Advice(f"{layout} prints {noun}, which is no text", hint)
    found = error.forbidden if isinstance(error, ForbiddenNameError) else error
    return Advice(f"{layout} may not use `{found.name}`: {found.why}", found.hint, found.name)


def _unprintable(value: object) -> tuple[str, str]:
    """What a value is that no page can show, and what to write instead."""
    fields = [known for known in dir(value) if not known.startswith("_")]
    if value is None:
        found = "something that this page does not have", "Ask whether it is there: {% if … %}."
    elif isinstance(value, bool):
        found = "yes or no", 'Write {{ "…" if … else "…" }}.'
    elif isinstance(value, Mapping):
        found = "a mapping", "Print one of its values, or all of it with | tojson."
    elif isinstance(value, Iterable) and not isinstance(value, type | bytes):
        found = "a list", 'Print each with {% for … %}, or all with | join(", ").'
    elif callable(value):
        found = "something that must be called", "Write () behind it."
    else:
        found = _noun(value), f"Print one of its fields: {', '.join(fields)}." if fields else ""
    return found


def _noun(owner: object) -> str:
    """What a newsroom calls a value: `an article page`, `a card`, `a date`."""
    if isinstance(owner, Frame):
        return "`site`"
    if isinstance(owner, TemplateModule):
        return "the imported layout"
    nouns = {str: "a text", int: "a number", tuple: "a list", list: "a list", date: "a date"}
    noun = next((noun for kind, noun in nouns.items() if isinstance(owner, kind)), "")
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", type(owner).__name__).lower()
    return noun or f"{'an' if words[0] in 'aeiou' else 'a'} {words}"
