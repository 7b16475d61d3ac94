"""Blocks of layouts: those that no layout above has, and what stands outside of any."""

from collections.abc import Iterator, Mapping
from typing import Any

from jinja2 import Environment, TemplateSyntaxError, nodes

from generator.model.layouts import LayoutFile
from generator.model.options import did_you_mean
from generator.model.problems import Place, Problem, Severity


def unused_blocks(
    file: LayoutFile,
    tree: nodes.Template,
    files: Mapping[str, LayoutFile],
    environment: Environment,
) -> Iterator[Problem]:
    """A warning for each block of a layout that is shown nowhere: its name is likely misspelt.

    Jinja passes over such a block without a word. Those that the layout puts out itself, as
    `self.name()`, are shown. `files` are all layouts, by all their names.
    """
    known = _blocks_above(tree, files, environment)
    if known is None:
        return
    named = {node.attr for node in tree.find_all(nodes.Getattr) if _is_self(node.node)}
    for block in tree.body:
        if isinstance(block, nodes.Block) and block.name not in known | named:
            yield _unused(file, block, sorted(known))


def _blocks_above(
    tree: nodes.Template, files: Mapping[str, LayoutFile], environment: Environment
) -> frozenset[str] | None:
    """The blocks of all that a layout extends; None where it extends nothing, or who knows what."""
    found: set[str] = set()
    seen: set[str] = set()
    while extends := tree.find(nodes.Extends):
        parent: Any = extends.template
        name = parent.value if isinstance(parent, nodes.Const) else ""
        if name in seen or name not in files:
            return None
        seen.add(name)
        try:
            tree = environment.parse(files[name].text)
        except (TemplateSyntaxError, RecursionError):
            return None  # which is told where it stands
        found.update(block.name for block in tree.find_all(nodes.Block))
    return frozenset(found) if seen else None


def stray_text(file: LayoutFile, tree: nodes.Template) -> Iterator[Problem]:
    """A warning for what stands outside the blocks of a layout that extends another one.

    Jinja shows what comes before `extends` above the page's doctype, which browsers then read as
    one of the last century; what comes behind it is shown nowhere.
    """
    at = next((n for n, node in enumerate(tree.body) if isinstance(node, nodes.Extends)), None)
    if at is None:
        return
    for is_before, some in ((True, tree.body[:at]), (False, tree.body[at + 1 :])):
        lines = map(_line_of, _put_out(nodes.Template(some)))
        if line := next(filter(None, lines), 0):
            yield _stray(file, line, is_before=is_before)


def _put_out(node: nodes.Node) -> Iterator[nodes.Node]:
    """What a layout puts out outside its blocks and macros."""
    for child in node.iter_child_nodes():
        if isinstance(child, nodes.Output):
            yield from child.nodes
        elif not isinstance(child, nodes.Block | nodes.Macro | nodes.AssignBlock):
            yield from _put_out(child)


def _line_of(node: nodes.Node) -> int:
    """The line in which something is put out; 0 for mere blanks."""
    if not isinstance(node, nodes.TemplateData):
        return node.lineno
    blank = node.data[: len(node.data) - len(node.data.lstrip())]
    return node.lineno + blank.count("\n") if node.data.strip() else 0


def _stray(file: LayoutFile, line: int, *, is_before: bool) -> Problem:
    if is_before:
        message = "text before {% extends %} comes before the page's <!doctype html>"
        hint = "Let {% extends %} be the first thing in the file."
    else:
        message = "text outside the blocks of a layout that extends another is shown nowhere"
        hint = "Put it into a block, such as {% block after %} in article.html."
    excerpt = file.text.splitlines()[line - 1]
    return Problem(Place(file.place, line), message, hint, Severity.WARNING, excerpt=excerpt)


def _is_self(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Name) and node.name == "self"


def _unused(file: LayoutFile, block: nodes.Block, known: list[str]) -> Problem:
    excerpt = file.text.splitlines()[block.lineno - 1]
    column = excerpt.find(block.name) + 1
    return Problem(
        Place(file.place, block.lineno, column),
        f'the block "{block.name}" is shown nowhere: no layout that this one extends has it',
        did_you_mean(block.name, known),
        Severity.WARNING,
        excerpt=excerpt,
        width=len(block.name) if column else 1,
    )
