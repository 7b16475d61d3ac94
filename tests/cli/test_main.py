import os
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from generator.cli.main import main
from tests.support.commands import run

# What takes long to import, or what only one command needs.
HEAVY = ("babel", "generator.read", "jinja2", "markdown", "PIL", "pygments", "rich", "yaml")


def commands(
    command: click.Command = main, words: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    yield words, command
    if isinstance(command, click.Group):
        for name, inner in command.commands.items():
            yield from commands(inner, (*words, name))


def python(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize("words", [words for words, _ in commands()], ids=" ".join)
@pytest.mark.parametrize("option", ["--help", "-h"])
def test_every_command_teaches_itself(words: tuple[str, ...], option: str) -> None:
    result = run(*words, option)
    assert result.exit_code == 0
    assert result.stdout.startswith(f"Usage: {' '.join(('broadsheet', *words))} ")
    assert max(map(len, result.stdout.splitlines())) <= 100
    _usage, *rest = result.stdout.splitlines()
    assert not any("..." in line for line in rest)  # nothing said of a command is cut


def test_every_command_that_does_something_shows_how() -> None:
    for words, command in commands():
        if not isinstance(command, click.Group):
            lines = run(*words, "--help").stdout.splitlines()
            assert any(line.startswith(f"  broadsheet {' '.join(words)} ") for line in lines), words


def test_every_command_and_option_is_explained() -> None:
    for words, command in commands():
        assert command.help, words
        options = [part for part in command.params if isinstance(part, click.Option)]
        assert all(option.help and option.help.endswith(".") for option in options), words


def test_every_command_of_the_contract_is_there() -> None:
    names = {" ".join(words) for words, _ in commands()}
    assert {"build", "new", "init", "check", "import", "import wire"} <= names


def test_help_imports_nothing_that_takes_long() -> None:
    code = (
        "import sys\n"
        "from generator.cli.main import main\n"
        "main(['--help'], standalone_mode=False)\n"
        "main(['build', '--help'], standalone_mode=False)\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    result = python(code)
    assert result.stdout.splitlines()[-1] == "[]", result


def test_completion_imports_nothing_that_takes_long() -> None:
    code = (
        "import atexit, sys\n"
        f"atexit.register(lambda: print([n for n in {HEAVY!r} if n in sys.modules]))\n"
        "from generator.cli.main import main\n"
        "main([], prog_name='broadsheet')"
    )
    environment = {
        "_BROADSHEET_COMPLETE": "bash_complete",
        "COMP_WORDS": "broadsheet ",
        "COMP_CWORD": "1",
    }
    result = python(code, **environment)
    assert result.stdout.splitlines()[-1] == "[]", result


def test_the_module_and_the_script_are_one_command(checkout: Path) -> None:
    project = tomllib.loads((checkout / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["scripts"] == {"broadsheet": "generator.cli.main:main"}
    result = subprocess.run(
        [sys.executable, "-m", "generator", "build", "--help"],
        cwd=checkout,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (result.returncode, result.stdout) == (0, run("build", "--help").stdout)


def test_the_version_is_that_of_the_distribution(checkout: Path) -> None:
    project = tomllib.loads((checkout / "pyproject.toml").read_text("utf-8"))["project"]
    result = run("--version")
    assert (result.exit_code, result.stdout) == (0, f"broadsheet, version {project['version']}\n")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["bild"], "No such command 'bild'"),
        (["build", "--fast"], "No such option '--fast'"),
        (["build", "--site"], "'--site' requires an argument"),
        (["build", "here"], "Got unexpected extra argument (here)"),
        (["build", "--workers", "many"], "Invalid value for '--workers'"),
        (["build", "--workers", "-1"], "Invalid value for '--workers'"),
        (["new", "story", "A"], "'story' is not one of 'article', 'page'"),
        (["new", "article"], "Missing argument 'TITLE'"),
        (["init"], "Name a folder, such as"),
        (["check", "--timeout", "long"], "Invalid value for '--timeout'"),
        (["import", "wire"], "Missing argument 'FILES...'"),
        (["import", "wire", "gone.txt"], "'gone.txt' does not exist"),
        (["import", "fax"], "No such command 'fax'"),
    ],
    ids=" ".join,
)
def test_wrong_usage_is_said_and_helped(
    words: list[str], told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run(*words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert told in result.stderr


@pytest.mark.parametrize(("shell", "sign"), [("zsh", "compdef"), ("fish", "complete")])
def test_each_shell_is_given_a_script(shell: str, sign: str) -> None:
    result = CliRunner().invoke(
        main, prog_name="broadsheet", env={"_BROADSHEET_COMPLETE": f"{shell}_source"}
    )
    assert result.exit_code == 0
    assert sign in result.stdout
    assert f"_BROADSHEET_COMPLETE={shell}_complete" in result.stdout


def typed(shell: str, words: tuple[str, ...]) -> dict[str, str]:
    """What a shell tells the command when Tab is pressed behind these words."""
    current = words[-1] if shell == "fish" else str(len(words) - 1)
    instruction = f"{shell}_complete"
    return {
        "_BROADSHEET_COMPLETE": instruction,
        "COMP_WORDS": " ".join(words),
        "COMP_CWORD": current,
    }


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("broadsheet", ""), ("build", "check", "import", "init", "new")),
        (("broadsheet", "build", "--k"), ("--keep-going",)),
        (("broadsheet", "new", "a"), ("article", "author")),
        (("broadsheet", "import", ""), ("wire",)),
    ],
    ids=" ".join,
)
def test_each_shell_completes_commands_and_options(
    shell: str, words: tuple[str, ...], expected: list[str]
) -> None:
    result = CliRunner().invoke(main, prog_name="broadsheet", env=typed(shell, words))
    assert result.exit_code == 0
    # bash and fish: "plain,build"; zsh: the kind, the word and its help on a line each
    lines = result.stdout.splitlines()
    found = lines[1::3] if shell == "zsh" else [line.split(",")[1].split("\t")[0] for line in lines]
    assert set(expected) <= set(found)
    assert all(word.startswith(words[-1]) for word in found)
