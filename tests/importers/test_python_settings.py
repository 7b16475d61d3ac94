from pathlib import Path

import pytest

from generator.importers.python_settings import PythonSettings, read_python_settings


def settings(folder: Path, text: str, name: str = "conf.py") -> PythonSettings:
    (folder / name).write_text(text, "utf-8")
    return read_python_settings(folder / name)


def test_literals_and_names_assigned_before(tmp_path: Path) -> None:
    found = settings(
        tmp_path,
        'SITE = "Gazette"\nURL: str = f"https://{SITE}.example"\nPATHS = ["a"] + ["b"]\n'
        'PATHS.append("c")\nPAIRS = ((SITE, "/"),)\nMORE = dict(a=1)\nMORE["b"] = 2\n'
        'MORE.update({"c": 3})\nNAME = "%s-%s" % (SITE, 1)\nA, B = 1, 2\n',
    )
    assert found.values == {
        "SITE": "Gazette",
        "URL": "https://Gazette.example",
        "PATHS": ["a", "b", "c"],
        "PAIRS": (("Gazette", "/"),),
        "MORE": {"a": 1, "b": 2, "c": 3},
        "NAME": "Gazette-1",
        "A": 1,
        "B": 2,
    }


@pytest.mark.parametrize(
    "expression",
    [
        '__import__("os").system("touch run")',
        'open("run", "w").write("x")',
        "[x for x in range(10**9)]",
        '"a" * 10**10',
        "10 ** 10 ** 10",
        "(lambda: 1)()",
        "unknown",
    ],
)
def test_what_would_have_to_be_run_has_no_value(tmp_path: Path, expression: str) -> None:
    found = settings(tmp_path, f'A = 1\nA = {expression}\nB = "kept"\n')
    assert found.values == {"B": "kept"}
    assert found.unread == ("A",)
    assert not (tmp_path / "run").exists()


@pytest.mark.parametrize(
    ("first", "next_"),
    [('"x"', "A + A"), ("[1]", "[A, A]"), ("(1, 2)", "(A, A)"), ("{}", '{"a": A, "b": A}')],
)
def test_a_value_that_doubles_without_end_is_none(tmp_path: Path, first: str, next_: str) -> None:
    found = settings(tmp_path, f"A = {first}\n" + f"A = {next_}\n" * 60)
    assert "A" not in found.values


def test_a_program_that_takes_in_another(tmp_path: Path) -> None:
    (tmp_path / "pelicanconf.py").write_text('NAME = "a"\nSITEURL = ""\n', "utf-8")
    found = settings(
        tmp_path, 'from pelicanconf import *\nSITEURL = "https://a.example"\n', "publishconf.py"
    )
    assert found.values == {"NAME": "a", "SITEURL": "https://a.example"}


def test_what_the_environment_says_is_its_default(tmp_path: Path) -> None:
    found = settings(
        tmp_path, 'import os\nA = os.environ.get("A", "x")\nB = os.path.join("a", "b")\n'
    )
    assert found.values == {"A": "x", "B": "a/b"}


def test_a_folder_is_the_programs_own(tmp_path: Path) -> None:
    found = settings(
        tmp_path, 'PATH = os.path.join(os.path.dirname(__file__), "content")\nP = "\\d"\n'
    )
    assert found.values == {"PATH": "content", "P": "\\d"}


def test_a_file_that_is_no_python_is_named(tmp_path: Path) -> None:
    assert settings(tmp_path, "A = = 1\n").unread == ("conf.py",)
    assert read_python_settings(tmp_path / "missing.py") == PythonSettings({})
