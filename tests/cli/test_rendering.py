import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli.main import main
from tests.support.commands import run, state


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder outside any site, which the command is run in."""
    folder = tmp_path / "notes"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def write(folder: Path, name: str, text: str) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")


def test_a_text_without_front_matter_or_site_is_rendered(folder: Path) -> None:
    write(folder, "a.md", "It *sails*: [more](b.md).\n")
    result = run("render", "a.md")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == '<p>It <em>sails</em>: <a href="b.md">more</a>.</p>\n'


def test_front_matter_is_no_part_of_the_body(folder: Path) -> None:
    write(folder, "a.md", "---\ntitle: A\n---\nIt sails.\n")
    write(folder, "b.md", '+++\ntitle = "B"\n+++\nIt *sails*.\n')
    write(folder, "c.md", "---\n\nIt sails on.\n")
    result = run("render", "a.md", "b.md", "c.md")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == (
        "<p>It sails.</p>\n<p>It <em>sails</em>.</p>\n<hr>\n<p>It sails on.</p>\n"
    )


def test_json_is_one_list_with_the_problems_of_each_text(folder: Path) -> None:
    write(folder, "a.md", "---\ntitle: A\n---\n\n# A\n\n[x](javascript:x)\n")
    write(folder, "b.md", "It sails.\n")
    result = run("render", "--json", "a.md", "b.md")
    assert result.exit_code == 1
    first, second = json.loads(result.stdout)
    assert second == {"path": "b.md", "html": "<p>It sails.</p>", "problems": []}
    assert (first["path"], first["html"]) == ("a.md", "<p><a>x</a></p>")
    assert [(p["path"], p["line"], p["severity"]) for p in first["problems"]] == [
        ("a.md", 5, "warning"),
        ("a.md", 7, "error"),
    ]
    assert "a.md:7:" in result.stderr
    assert "1 error and 1 warning." in result.stderr


def test_warnings_alone_are_no_failure(folder: Path) -> None:
    write(folder, "a.md", "---\ntitle: A #1\n---\n# A\n\nIt sails.\n")
    result = run("render", "a.md")
    assert (result.exit_code, result.stdout) == (0, "<p>It sails.</p>\n")
    assert "2 warnings." in result.stderr


def test_a_hyphen_reads_standard_input(folder: Path) -> None:
    assert not list(folder.iterdir())
    result = CliRunner().invoke(main, ["render", "--json", "-"], input="Zoë *sails*.\n".encode())
    assert result.exit_code == 0
    assert json.loads(result.stdout) == [
        {"path": "-", "html": "<p>Zoë <em>sails</em>.</p>", "problems": []}
    ]


@pytest.mark.parametrize(
    ("data", "line"),
    [(b"---\ntitle: [A\n---\nx", 2), (b"\xff\xfe", 1), (b"---\ntitle: A\n", 1)],
)
def test_what_cannot_be_read_is_an_error_with_its_line(
    folder: Path, data: bytes, line: int
) -> None:
    (folder / "a.md").write_bytes(data)
    result = run("render", "a.md", "--json")
    assert result.exit_code == 1
    (text,) = json.loads(result.stdout)
    assert (text["html"], text["problems"][0]["line"]) == ("", line)


def test_a_file_that_is_not_there_is_wrong_usage(folder: Path) -> None:
    assert run("render", "nothing.md").exit_code == 2
    assert run("render", str(folder)).exit_code == 2
    assert run("render").exit_code == 2


def test_in_a_site_the_body_is_the_one_of_its_page(site: Path) -> None:
    config = site / "config.yaml"
    config.write_text(config.read_text("utf-8") + "markdown: {smart_quotes: true}\n", "utf-8")
    write(
        site,
        "content/articles/second.md",
        "---\ntitle: Second\ndate: 2025-01-02\n---\n"
        '"It" [sails](first.md). ![Boat](boat.svg)\n\n## Why\n\nWhy [not](../tags/ferry.md)?\n',
    )
    write(site, "content/articles/boat.svg", '<svg xmlns="http://www.w3.org/2000/svg"/>')
    write(site, "content/tags/ferry.md", "---\ntitle: Ferry\n---\nSee [it](/articles/first.md).\n")
    assert run("build", "--site", site, "--quiet", "--now", "2026-01-15").exit_code == 0
    result = run("render", site / "content/articles/second.md")
    assert (result.exit_code, result.stderr) == (0, "")
    page = (site / "public/news/2025/01/second/index.html").read_text("utf-8")
    assert result.stdout.strip() in page
    assert 'href="/news/2025/01/first/"' in result.stdout
    assert "“It”" in result.stdout
    tag = run("render", site / "content/tags/ferry.md").stdout.strip()
    assert tag in (site / "public/tags/ferry/index.html").read_text("utf-8")


def test_in_a_site_a_dead_link_is_an_error_as_in_a_build(site: Path) -> None:
    text = "---\ntitle: Second\ndate: 2025-01-02\nsumary: x\n---\n[It](nothing.md) sails.\n"
    write(site, "content/articles/second.md", text)
    name = f"{site.as_posix()}/content/articles/second.md"
    result = run("render", "--json", name)
    assert result.exit_code == 1
    (found,) = json.loads(result.stdout)
    assert [(p["path"], p["line"]) for p in found["problems"]] == [(name, 4), (name, 6)]
    assert 'no such article: "nothing.md"' in found["problems"][1]["message"]


def test_a_draft_is_rendered_and_nothing_is_written(site: Path) -> None:
    write(
        site,
        "content/articles/draft.md",
        "---\ntitle: D\ndate: 2025-01-02\ndraft: true\n---\n[It](first.md) sails.\n",
    )
    before = state(site)
    result = run("render", site / "content/articles/draft.md")
    assert (result.exit_code, result.stderr) == (0, "")
    assert 'href="/news/2025/01/first/"' in result.stdout
    assert state(site) == before


def test_a_broken_configuration_is_told(site: Path) -> None:
    (site / "config.yaml").write_text("title: [\n", encoding="utf-8")
    result = run("render", "--json", site / "content/articles/first.md")
    assert result.exit_code == 1
    (text,) = json.loads(result.stdout)
    assert (text["path"], text["html"]) == ("config.yaml", "")
    assert text["problems"]


def test_a_text_alone_is_in_the_language_that_it_names(folder: Path) -> None:
    write(folder, "a.md", "---\ntitle: A\nlang: de\n---\nEins[^1].\n\n[^1]: Zwei.\n")
    html = run("render", "a.md").stdout
    assert "Zwei" in html
    assert "Back to reference" not in html
