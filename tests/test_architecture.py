"""The floors of the house hold: who imports whom, what stays pure, who prints, how long things are.

Each rule is a function from source texts to complaints, tried on an invented violation
before the package itself is looked at.
"""

import ast
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = "generator"

# A room is a module or folder right under generator/. It imports from floors below its own only;
# so rooms of one floor, the wings, never meet.
FLOORS = {
    "__main__": 6,
    "cli": 5,
    "serve": 4,
    "parity": 3.5,  # builds aside what was imported
    "verify": 3.5,  # builds aside what build has built
    "build": 3,
    "bodies": 3,
    "why": 3,
    "since": 3,  # checks what a build has changed
    "live": 3,
    "scaffold": 3,
    "importers": 3,
    "deploy": 3,  # brings elsewhere what publish has put in place
    "stages": 2.5,  # chapters of the build story, told by build
    "read": 2,
    "plan": 2,
    "render": 2,
    "publish": 2,
    "check": 2,
    "state": 1.5,  # whose what is remembered is: for those that remember
    "media": 1.5,  # sounds, films, drawings and documents, and the pictures within them
    "pictures": 1.25,  # picture files, for those that read, publish and check them
    "limits": 1,
    "mounts": 1,  # what the system tells, for those that publish and watch
    "markdown": 1.5,  # what read and render share, and more than the model
    "model": 1,
}
# Rooms that may import less than the floors below them.
ONLY = {
    # What was built is known from its manifest and its record; a deploy never plans or renders.
    "deploy": {"publish", "stages", "read", "state", "model"},
    # What is converted is rendered and compared; what was filed is remembered in the state folder.
    "importers": {"read", "render", "markdown", "state", "model", "limits"},
    "scaffold": {"read", "model"},
}
PURE = {"model", "plan"}
SPEAKERS = {"cli"}
STREAMS = {"sys.stdout", "sys.stderr"}
FRACTIONS = {"": 0, "¼": 0.25, "½": 0.5}
VALUES = "msgspec"
DISK_PATHS = {"pathlib", "pathlib.Path", "pathlib.PosixPath"}

VAGUE_NAMES = {"utils", "util", "helpers", "helper", "manager", "base", "common", "misc"}
IMPURE_MODULES = {
    "glob",
    "io",
    "locale",
    "os",
    "random",
    "secrets",
    "shutil",
    "socket",
    "subprocess",
    "tempfile",
    "threading",
    "time",
    "urllib.request",
}
IMPURE_CALLS = {
    "Path",
    "exists",
    "getenv",
    "input",
    "is_dir",
    "is_file",
    "now",
    "open",
    "read_bytes",
    "read_text",
    "stat",
    "today",
    "utcnow",
    "write_bytes",
    "write_text",
}

FIGURE = re.compile(r"# noqa: PLC0415 - .*\b[0-9]+ ms\b")
"""What an import inside a function spares those that do not need it."""
MOST_LINES = 400
MOST_LINES_OF_A_FUNCTION = 60


@dataclass(frozen=True)
class Module:
    """A module of the package: its path below `generator/`, and its text."""

    path: str
    text: str

    @property
    def room(self) -> str:
        """`read` for `read/dates.py`, `build` for `build.py`, nothing for `__init__.py`."""
        first = self.path.split("/")[0].removesuffix(".py")
        return "" if first == "__init__" else first

    @property
    def name(self) -> str:
        """`generator.read.dates`."""
        parts = [PACKAGE, *self.path.removesuffix(".py").split("/")]
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    @cached_property
    def nodes(self) -> tuple[ast.AST, ...]:
        """Everything in the text."""
        return tuple(ast.walk(ast.parse(self.text)))

    @cached_property
    def imports(self) -> frozenset[str]:
        """What is imported, anywhere in the text; `from a import b` counts as `a.b`."""
        return frozenset(self._imports())

    def _imports(self) -> Iterator[str]:
        package = self.name.split(".")
        if not self.path.endswith("__init__.py"):
            package = package[:-1]
        for node in self.nodes:
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                above = package[: len(package) + 1 - node.level] if node.level else []
                origin = ".".join([*above, *([node.module] if node.module else [])])
                yield from (f"{origin}.{alias.name}" for alias in node.names)


def rooms_imported(module: Module) -> set[str]:
    inside = (name.split(".") for name in module.imports if name.startswith(f"{PACKAGE}."))
    return {parts[1] for parts in inside} - {module.room}


def floors(modules: list[Module]) -> Iterator[str]:
    """Imports run downwards only, and wings never meet."""
    for module in modules:
        if module.room and module.room not in FLOORS:
            yield f"{module.path} stands on no floor"
            continue
        for other in sorted(rooms_imported(module)):
            below = FLOORS.get(other, 0) < FLOORS.get(module.room, 0)
            if not below or other not in ONLY.get(module.room, FLOORS):
                yield f"{module.path} imports {other}"


def circles(modules: list[Module]) -> Iterator[str]:
    """No modules import each other in a circle, not even within a room."""
    names = {module.name for module in modules}
    arrows = {
        module.name: {
            nearest
            for name in module.imports
            for nearest in (name, name.rpartition(".")[0])
            if nearest in names and nearest != module.name
        }
        for module in modules
    }
    try:
        TopologicalSorter(arrows).prepare()
    except CycleError as error:
        yield " -> ".join(error.args[1])


def imports_at_the_top(modules: list[Module]) -> Iterator[str]:
    """An import inside a function says beside it how long it takes."""
    for module in modules:
        lines = module.text.splitlines()
        functions = (n for n in module.nodes if isinstance(n, ast.FunctionDef))
        inside = (node for function in functions for node in ast.walk(function))
        numbers = {n.lineno for n in inside if isinstance(n, ast.Import | ast.ImportFrom)}
        for number in sorted(numbers):
            if not FIGURE.search(lines[number - 1]):
                yield f"{module.path}:{number} imports inside a function"


def standard_library_only(modules: list[Module]) -> Iterator[str]:
    """The model imports the standard library, what makes its values, and itself."""
    for module in modules:
        for name in sorted(module.imports):
            top = name.split(".")[0]
            if module.room == "model" and top not in {*sys.stdlib_module_names, PACKAGE, VALUES}:
                yield f"{module.path} imports {top}"


def no_hidden_types(modules: list[Module]) -> Iterator[str]:
    """No `if TYPE_CHECKING`: it hides circles."""
    for module in modules:
        if any("TYPE_CHECKING" in names_of(node) for node in module.nodes):
            yield f"{module.path} uses TYPE_CHECKING"


def names_of(node: ast.AST) -> set[str]:
    if isinstance(node, ast.Name):
        return {node.id}
    if isinstance(node, ast.Attribute):
        return {node.attr}
    return {node.name} if isinstance(node, ast.alias) else set()


def clear_names(modules: list[Module]) -> Iterator[str]:
    """A module's name says what it is about."""
    for module in modules:
        for part in module.path.removesuffix(".py").split("/"):
            if part in VAGUE_NAMES:
                yield f"{module.path} is named {part}"


def purity(modules: list[Module]) -> Iterator[str]:
    """The model and the plan touch no disk, no clock, no environment."""
    for module in modules:
        if module.room not in PURE:
            continue
        for name in sorted(module.imports):
            if not IMPURE_MODULES.isdisjoint(beginnings(name)) or name in DISK_PATHS:
                yield f"{module.path} imports {name}"
        for node in module.nodes:
            if isinstance(node, ast.Call) and names_of(node.func) & IMPURE_CALLS:
                yield f"{module.path}:{node.lineno} calls {names_of(node.func).pop()}()"


def beginnings(name: str) -> set[str]:
    parts = name.split(".")
    return {".".join(parts[:end]) for end in range(1, len(parts) + 1)}


def silence(modules: list[Module]) -> Iterator[str]:
    """Only the command line speaks to people."""
    for module in modules:
        if module.room in SPEAKERS:
            continue
        for name in sorted(module.imports):
            if name.split(".")[0] in {"click", "rich"} or name in STREAMS:
                yield f"{module.path} imports {name}"
        for node in module.nodes:
            if isinstance(node, ast.Call) and names_of(node.func) & {"print", "pprint"}:
                yield f"{module.path}:{node.lineno} prints"
            elif isinstance(node, ast.Attribute) and ast.unparse(node) in STREAMS:
                yield f"{module.path}:{node.lineno} uses {ast.unparse(node)}"


def plain_faces(modules: list[Module]) -> Iterator[str]:
    """An `__init__` holds one docstring and nothing else."""
    for module in modules:
        if module.path.split("/")[-1] == "__init__.py":
            tree = ast.parse(module.text)
            if len(tree.body) != 1 or not ast.get_docstring(tree):
                yield f"{module.path} is more than a docstring"


def sizes(modules: list[Module]) -> Iterator[str]:
    """Files and functions can be taken in at a look."""
    for module in modules:
        lines = len(module.text.splitlines())
        if lines > MOST_LINES:
            yield f"{module.path} has {lines} lines"
        for node in module.nodes:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length > MOST_LINES_OF_A_FUNCTION:
                    yield f"{module.path}:{node.lineno} {node.name} has {length} lines"


Rule = Callable[[list[Module]], Iterator[str]]

# Each rule with modules that break it, and the whole of its complaint.
VIOLATIONS: list[tuple[Rule, dict[str, str], str]] = [
    (floors, {"read/a.py": "from generator.plan.b import c"}, "read/a.py imports plan"),
    (floors, {"read/a.py": "import generator.plan.b"}, "read/a.py imports plan"),
    (floors, {"read/a.py": "from generator import plan"}, "read/a.py imports plan"),
    (floors, {"read/a.py": "from ..plan import b"}, "read/a.py imports plan"),
    (floors, {"read/a.py": "from .. import plan"}, "read/a.py imports plan"),
    (floors, {"model/a.py": "import generator.read"}, "model/a.py imports read"),
    (floors, {"render/a.py": "def f():\n    import generator.cli"}, "render/a.py imports cli"),
    (floors, {"importers/a.py": "import generator.plan"}, "importers/a.py imports plan"),
    (floors, {"build.py": "import generator.scaffold"}, "build.py imports scaffold"),
    (floors, {"attic.py": ""}, "attic.py stands on no floor"),
    (
        circles,
        {"plan/a.py": "from generator.plan.b import x", "plan/b.py": "from . import a"},
        "generator.plan.a -> generator.plan.b -> generator.plan.a",
    ),
    (
        imports_at_the_top,
        {"plan/a.py": "def f():\n    import babel  # noqa: PLC0415 - slow"},
        "plan/a.py:2 imports inside a function",
    ),
    (standard_library_only, {"model/a.py": "from yaml import load"}, "model/a.py imports yaml"),
    (
        no_hidden_types,
        {"plan/a.py": "import typing\nif typing.TYPE_CHECKING:\n    x = 1"},
        "plan/a.py uses TYPE_CHECKING",
    ),
    (clear_names, {"plan/utils.py": ""}, "plan/utils.py is named utils"),
    (clear_names, {"plan/common/a.py": ""}, "plan/common/a.py is named common"),
    (purity, {"plan/a.py": "import os.path"}, "plan/a.py imports os.path"),
    (purity, {"plan/a.py": "from pathlib import Path"}, "plan/a.py imports pathlib.Path"),
    (purity, {"plan/a.py": "from time import time"}, "plan/a.py imports time.time"),
    (purity, {"plan/a.py": "\nx = datetime.now()"}, "plan/a.py:2 calls now()"),
    (purity, {"model/a.py": "with open('a') as f:\n    pass"}, "model/a.py:1 calls open()"),
    (silence, {"plan/a.py": "def f():\n    print(1)"}, "plan/a.py:2 prints"),
    (silence, {"build.py": "import click"}, "build.py imports click"),
    (silence, {"build.py": "import sys\nsys.stderr.write('')"}, "build.py:2 uses sys.stderr"),
    (
        plain_faces,
        {"plan/__init__.py": '"""A."""\nx = 1'},
        "plan/__init__.py is more than a docstring",
    ),
    (sizes, {"plan/a.py": "\n" * 401}, "plan/a.py has 401 lines"),
    (sizes, {"plan/a.py": "def f():\n" + "    g()\n" * 60}, "plan/a.py:1 f has 61 lines"),
]
RULES = list(dict.fromkeys(rule for rule, _, _ in VIOLATIONS))


@pytest.fixture(scope="module")
def package(checkout: Path) -> list[Module]:
    folder = checkout / PACKAGE
    files = (file for file in sorted(folder.rglob("*.py")) if file.is_file())
    return [Module(file.relative_to(folder).as_posix(), file.read_text("utf-8")) for file in files]


@pytest.mark.parametrize("rule", RULES)
def test_the_package_keeps_the_rule(rule: Rule, package: list[Module]) -> None:
    assert not list(rule(package)), rule.__doc__


@pytest.mark.parametrize(("rule", "files", "complaint"), VIOLATIONS)
def test_a_violation_is_caught(rule: Rule, files: dict[str, str], complaint: str) -> None:
    assert list(rule([Module(path, text) for path, text in files.items()])) == [complaint]


def test_what_is_allowed_is_not_complained_of() -> None:
    modules = [
        Module("cli.py", "import click\nfrom generator import build\nprint(1)"),
        Module("build.py", "from generator.plan.pages import plan\nfrom pathlib import Path"),
        Module("importers/wire.py", "from generator.read.slugs import slugify"),
        Module("plan/pages.py", "from pathlib import PurePosixPath\nfrom . import feeds\nsite.now"),
        Module("plan/feeds.py", "import posixpath\nfrom generator.model.site import Site"),
        Module("model/site.py", "from datetime import datetime\nimport generator.model.article"),
        Module("model/article.py", "def f():\n    import difflib  # noqa: PLC0415 - 2 ms"),
        Module("plan/__init__.py", '"""Pure."""'),
        Module("__init__.py", '"""Broadsheet."""'),
    ]
    assert [complaint for rule in RULES for complaint in rule(modules)] == []


def test_the_house_plan_names_every_room_and_its_floor(checkout: Path) -> None:
    plan = (checkout / "ARCHITECTURE.md").read_text("utf-8")
    rows = re.findall(r"^ {6}(\w+)(?:/|\.py) +([0-9])?([¼½])?  ?\S", plan, re.MULTILINE)
    told = {room: int(whole or 0) + FRACTIONS[part] for room, whole, part in rows}
    assert told == {room: floor for room, floor in FLOORS.items() if room != "__main__"}
