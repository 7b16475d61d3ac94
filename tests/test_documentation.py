"""The documentation tells the truth: options, dependencies, links, commands."""

import os
import re
import shlex
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
import yaml

from generator.cli.main import main
from generator.model.config import Config
from generator.model.options import OptionRow, option_rows

CODE = re.compile(r"^```(?P<language>\w*)\n(?P<code>.*?)^```$", re.MULTILINE | re.DOTALL)
INDENTED = re.compile(r"^    (?P<line>.+)$", re.MULTILINE)
INLINE = re.compile(r"`(?P<code>[^`\n]+)`")
LINK = re.compile(r"\]\((?P<target>[^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
ABSOLUTE_PATH = re.compile(r"(?<![\w.~*:/)>}-])/(?:home|root|Users|work|tmp|opt|var|usr|mnt)/")
TABLE_HEAD = "| option | type | default | meaning |\n|---|---|---|---|\n"


@pytest.fixture(scope="module")
def documents(checkout: Path) -> dict[str, str]:
    files = [*sorted(checkout.glob("*.md")), *sorted(checkout.glob("docs/**/*.md"))]
    return {file.relative_to(checkout).as_posix(): file.read_text("utf-8") for file in files}


def code_blocks(document: str, *languages: str) -> Iterator[str]:
    for block in CODE.finditer(document):
        if block["language"] in languages:
            yield block["code"]


def table(rows: Iterator[OptionRow]) -> str:
    lines = (
        f"| `{row.name}` | {row.type} | {f'`{row.default}`' if row.default else ''} | {row.doc} |\n"
        for row in rows
    )
    return TABLE_HEAD + "".join(lines)


def test_every_option_is_listed_as_it_is(checkout: Path) -> None:
    """Run with UPDATE_GOLDEN=1 to write the table anew."""
    file = checkout / "docs/configuration.md"
    text = file.read_text("utf-8")
    expected = table(option_rows(Config))
    if os.environ.get("UPDATE_GOLDEN"):
        text = text[: text.index(TABLE_HEAD)] + expected
        file.write_text(text, "utf-8", newline="\n")
    assert text[text.index(TABLE_HEAD) :] == expected


def test_every_example_of_configuration_is_accepted(documents: dict[str, str]) -> None:
    examples = list(code_blocks(documents["docs/configuration.md"], "yaml"))
    assert examples
    for example in examples:
        values = {"title": "The Gazette", **yaml.load(example, yaml.BaseLoader)}  # noqa: S506 - builds strings only
        assert Config.parse(values)[1] == ()


def names_in_table(text: str) -> list[str]:
    return re.findall(r"^\| `([^`]+)` \|", text, re.MULTILINE)


def test_every_dependency_is_explained(checkout: Path, documents: dict[str, str]) -> None:
    pyproject = tomllib.loads((checkout / "pyproject.toml").read_text("utf-8"))
    groups = pyproject["dependency-groups"]
    parts = documents["docs/dependencies.md"].split("\n## ")[1:]
    project = pyproject["project"]
    extras = [name for extra in project["optional-dependencies"].values() for name in extra]
    tested = [requirement for requirement in groups["dev"] if requirement not in extras]
    declared = [project["dependencies"], extras, groups["build"], tested]
    for part, requirements in zip(parts, declared, strict=True):
        names = [re.split(r"[^\w.-]", requirement)[0] for requirement in requirements]
        assert names_in_table(part) == sorted(names)


def fragment(heading: str) -> str:
    """The fragment under which a heading is reached."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def is_there(file: Path, part: str) -> bool:
    if not file.exists():
        return False
    return not part or part in map(fragment, HEADING.findall(file.read_text("utf-8")))


def test_every_relative_link_leads_somewhere(checkout: Path, documents: dict[str, str]) -> None:
    dead = []
    for path, text in documents.items():
        for link in LINK.finditer(prose(text)):
            target, _, part = link["target"].partition("#")
            file = (checkout / path).parent / target if target else checkout / path
            if not re.match(r"[a-z]+:", target) and not is_there(file, part):
                dead.append(f"{path}: {link['target']}")
    assert not dead


def prose(document: str) -> str:
    """The document without its code."""
    return INLINE.sub("", INDENTED.sub("", CODE.sub("", document)))


def commands_in(document: str, program: str) -> Iterator[list[str]]:
    """The words after the program's name, wherever code runs it."""
    lines = [line for code in code_blocks(document, "sh") for line in code.splitlines()]
    rest = CODE.sub("", document)
    lines += [found["line"] for found in INDENTED.finditer(rest)]
    lines += [found["code"] for found in INLINE.finditer(INDENTED.sub("", rest))]
    for line in lines:
        for command in re.split(r"&&|\||;", line):
            if command.split()[:1] == [program]:
                yield shlex.split(command, comments=True)[1:]


def complaints(words: list[str], command: click.Command) -> Iterator[str]:
    """What is not so, in the words of a command line."""
    context = click.Context(command, **main.context_settings)
    options = {name for p in command.get_params(context) for name in p.opts + p.secondary_opts}
    for position, word in enumerate(words):
        if word.startswith("-"):
            if word.split("=")[0] not in options:
                yield f"{command.name}: no option {word}"
        elif isinstance(command, click.Group):
            inner = command.get_command(context, word)
            if inner is None and word.isupper():  # stands for any command
                return
            if inner is None:
                yield f"{command.name}: no command {word}"
            else:
                yield from complaints(words[position + 1 :], inner)
            return


def test_every_broadsheet_command_exists(documents: dict[str, str]) -> None:
    commands = {
        (path, tuple(words))
        for path, document in documents.items()
        for words in commands_in(document, "broadsheet")
    }
    assert commands
    wrong = [(path, fault) for path, words in commands for fault in complaints(list(words), main)]
    assert not wrong


def test_a_command_that_does_not_exist_is_noticed() -> None:
    assert list(complaints(["bild"], main)) == [f"{main.name}: no command bild"]
    assert list(complaints(["build", "--fast"], main)) == ["build: no option --fast"]


def test_every_make_target_exists(checkout: Path, documents: dict[str, str]) -> None:
    makefile = (checkout / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    asked = {
        (path, words[0])
        for path, document in documents.items()
        for words in commands_in(document, "make")
        if words
    }
    assert ("README.md", "site") in asked
    assert {(path, target) for path, target in asked if target not in targets} == set()


def test_no_document_names_a_place_on_somebodys_machine(documents: dict[str, str]) -> None:
    named = {path for path, document in documents.items() if ABSOLUTE_PATH.search(document)}
    assert not named
