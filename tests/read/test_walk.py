import os
import subprocess
from pathlib import Path

import pytest

from generator.model.problems import Problem
from generator.read.walk import DEEPEST, name_fault, walk, walked


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    folder.mkdir()
    return folder


def write(site: Path, *paths: str) -> None:
    for path in paths:
        file = site / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"text")


def paths(site: Path, folder: str = "content", *, keep_hidden: bool = False) -> list[str]:
    files, problems = walk(site, folder, keep_hidden=keep_hidden)
    assert not problems
    return [file.path for file in files]


def only_problem(site: Path, folder: str = "content") -> Problem:
    _, (problem,) = walk(site, folder)
    assert str(site) not in str(problem)
    return problem


def test_every_file_is_found_in_order_with_its_size(site: Path) -> None:
    write(site, "content/b/c.md", "content/a.md", "content/b/a.jpg", "content/b-a.md")
    files, problems = walk(site, "content")
    assert not problems
    assert [(file.path, file.size) for file in files] == [
        ("content/a.md", 4),
        ("content/b/a.jpg", 4),
        ("content/b/c.md", 4),
        ("content/b-a.md", 4),
    ]


def test_a_file_comes_with_what_tells_its_states_apart(site: Path) -> None:
    write(site, "content/a.md")
    os.utime(site / "content/a.md", ns=(1, 2))
    (found,), _ = walk(site, "content")
    stat = (site / "content/a.md").stat()
    assert found.stamp == (4, 2, stat.st_ctime_ns, stat.st_ino)
    assert found.changed_ns == stat.st_ctime_ns


def test_a_link_comes_with_the_stamp_of_what_it_leads_to(site: Path) -> None:
    write(site, "content/a.md")
    (site / "content/b.md").symlink_to("a.md")
    (a, b), _ = walk(site, "content")
    assert a.stamp == b.stamp


def test_systems_that_cannot_scan_an_open_folder_find_the_same(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(site, "content/b/c.md", "content/a.md", "content/b/a.jpg", "content/.x", "content/y.bak")
    write(site, "content/ü.md", "content/z.md/a.md")
    (site / "content/b/l.md").symlink_to("c.md")
    found = walk(site, "content")
    monkeypatch.setattr("generator.read.walk.CAN_SCAN_OPEN", False)
    assert walk(site, "content") == found
    assert len(found[0]) == 5


def test_a_folder_that_is_not_there_is_empty(site: Path) -> None:
    assert walk(site, "content") == ((), ())


def test_what_is_hidden_is_passed_over_unless_it_is_kept(site: Path) -> None:
    write(site, "content/.a", "content/_b.md", "content/_c/d.md", "content/.e/f", "content/g")
    assert paths(site) == ["content/g"]
    assert len(paths(site, keep_hidden=True)) == 5


@pytest.mark.parametrize(
    "name",
    [
        *("a.md~", "#a.md#", ".a.md.swp", ".a.md.swo", ".#a.md", "a.bak", "a.tmp", "a.orig"),
        *("4913", "~$a.docx", "._a.jpg", "Thumbs.db", ".DS_Store", "desktop.ini"),
    ],
)
def test_editors_leftovers_are_always_passed_over(site: Path, name: str) -> None:
    write(site, f"content/{name}", f"content/{name}.x/b.md")
    assert f"content/{name}" not in paths(site, keep_hidden=True)


@pytest.mark.parametrize("name", ["film.swf", "a.backup", "4913.md", "tmp", "swap.md", "~a"])
def test_names_that_only_look_like_leftovers_stay(site: Path, name: str) -> None:
    write(site, f"content/{name}")
    assert paths(site) == [f"content/{name}"]


@pytest.mark.parametrize(
    ("name", "is_text"),
    [("a.md", True), ("a.markdown", True), ("A.MD", True), ("a.txt", False), ("md", False)],
)
def test_texts_are_told_from_other_files(site: Path, name: str, is_text: bool) -> None:
    write(site, f"content/{name}")
    (found,), _ = walk(site, "content")
    assert found.is_text is is_text


def test_a_folder_named_as_a_text_is_an_error_in_content_only(site: Path) -> None:
    write(site, "content/x.md/a.md", "static/x.md/a.md")
    problem = only_problem(site)
    assert (problem.place.path, problem.message) == (
        "content/x.md",
        "is a folder, not a text file",
    )
    assert paths(site, "static") == ["static/x.md/a.md"]


@pytest.mark.parametrize("folder", ["content", "static", "layouts"])
def test_a_file_where_a_folder_should_be_is_an_error(site: Path, folder: str) -> None:
    write(site, folder)
    assert only_problem(site, folder).message == "is a file, not a folder"


def test_a_link_within_the_site_is_followed(site: Path) -> None:
    write(site, "static/a.jpg", "content/b.md", "content/e/f.jpg")
    (site / "content/c.md").symlink_to("b.md")
    (site / "content/d").symlink_to("../static")
    (site / "content/g").symlink_to("e")
    assert paths(site) == [
        *("content/b.md", "content/c.md", "content/d/a.jpg", "content/e/f.jpg", "content/g/f.jpg")
    ]
    assert walked(site, "content").targets == {
        "content/c.md": "content/b.md",
        "content/d": "static",
        "content/d/a.jpg": "static/a.jpg",
        "content/g": "content/e",
        "content/g/f.jpg": "content/e/f.jpg",
    }


@pytest.mark.parametrize(
    ("link", "target"),
    [
        ("static/c", "../.git"),
        ("static/c", "../.git/config"),
        ("static/c", "../.env"),
        ("static/c", "../.broadsheet/texts.db"),
        ("static/c", "../config.yaml"),
        ("static/c", "../layouts/x.html"),
        ("static/c", "../content/_hidden.md"),
        ("static/c", ".."),
        ("content/c.md", "../.env"),
        ("content/c.md", "_hidden.md"),
        ("content/c", "../layouts"),
        ("content/c", "../shared"),
        ("layouts/c.html", "../.env"),
        ("layouts/c.html", "../content/a.md"),
        ("content", ".git"),
        ("static", "content"),
        ("static", "."),
        ("layouts", "static"),
    ],
)
def test_a_link_to_what_is_not_published_itself_is_an_error(
    site: Path, link: str, target: str
) -> None:
    write(site, ".git/config", ".env", ".broadsheet/texts.db", "config.yaml", "shared/a.md")
    if "/" in link:
        write(site, "content/_hidden.md", "content/a.md", "static/b", "layouts/x.html")
    else:
        for folder in {"content", "static", "layouts"} - {link}:
            write(site, f"{folder}/a.md")
    (site / link).parent.mkdir(exist_ok=True)
    (site / link).symlink_to(target)
    top = link.partition("/")[0]
    found, problems = walk(site, top, keep_hidden=top == "static")
    (problem,) = problems
    assert problem.place.path == link
    assert problem.message.startswith("is a link")
    assert not any(file.path.startswith(link) for file in found)


def test_a_source_folder_may_be_a_link_to_another_folder_of_the_site(site: Path) -> None:
    write(site, "texts/a.md")
    (site / "content").symlink_to("texts")
    assert paths(site) == ["content/a.md"]
    assert walked(site, "content").targets == {}


def test_links_are_named_that_may_lead_to_something_of_the_site(site: Path) -> None:
    write(site, "static/a.jpg", "content/b.md")
    for link, target in (
        ("c.md", "b.md"),
        ("d", "../static"),
        ("gone", "../later"),
        ("out", "../.."),
        ("round", "."),
    ):
        (site / "content" / link).symlink_to(target)
    assert walked(site, "content").links == ("content/c.md", "content/d", "content/gone")


@pytest.mark.parametrize("target", ["/etc/passwd", "/etc", "../..", "../../outside", "/"])
@pytest.mark.parametrize("name", ["content/x.md", "content/x", "content"])
def test_a_link_out_of_the_site_is_an_error(site: Path, name: str, target: str) -> None:
    (site.parent / "outside").mkdir()
    link = site / name
    link.parent.mkdir(exist_ok=True)
    link.symlink_to("../outside" if (name, target) == ("content", "../../outside") else target)
    problem = only_problem(site)
    assert problem.place.path == name
    assert problem.message == "is a link that leads out of the site"


@pytest.mark.parametrize("target", [".", "..", "../..", "../../content", "../a"])
def test_a_link_round_in_a_circle_is_an_error(site: Path, target: str) -> None:
    write(site, "content/a/b.md")
    (site / "content/a/x").symlink_to(target)
    found, problems = walk(site, "content")
    assert [file.path for file in found] == ["content/a/b.md"]
    assert [problem.message for problem in problems] == ["is a link that leads round in a circle"]


@pytest.mark.parametrize("target", ["nothing", "x.md", "/nowhere/at/all"])
@pytest.mark.parametrize("name", ["content/x.md", "content"])
def test_a_link_to_nothing_is_an_error(site: Path, name: str, target: str) -> None:
    link = site / name
    link.parent.mkdir(exist_ok=True)
    link.symlink_to(target)
    assert only_problem(site).message == "is a link that leads nowhere"


def test_two_links_to_each_other_are_errors(site: Path) -> None:
    (site / "content").mkdir()
    (site / "content/a").symlink_to("b")
    (site / "content/b").symlink_to("a")
    _, problems = walk(site, "content")
    assert [problem.message for problem in problems] == ["is a link that leads nowhere"] * 2


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
@pytest.mark.parametrize("folder", ["content", "static"])
def test_a_named_pipe_is_an_error_and_not_waited_for(site: Path, folder: str) -> None:
    (site / folder).mkdir()
    os.mkfifo(site / folder / "x.md")
    assert only_problem(site, folder).message == "is neither a file nor a folder"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("a\x1b[31m.md", "a\\u001b[31m.md"),
        ("a\nb.md", "a\\u000ab.md"),
        ("a\u202etxt.md", "a\\u202etxt.md"),
        ("a\u200bb.md", "a\\u200bb.md"),
    ],
)
def test_a_name_with_invisible_characters_is_an_error_that_shows_them(
    site: Path, name: str, shown: str
) -> None:
    write(site, f"content/{name}")
    problem = only_problem(site)
    assert problem.place.path == f"content/{shown}"
    assert problem.message.startswith("an invisible character in the name: U+")


def test_a_name_that_is_not_utf_8_is_an_error(site: Path) -> None:
    (site / "content").mkdir()
    try:
        (site / "content" / os.fsdecode(b"caf\xe9.md")).touch()
    except OSError:
        pytest.skip("this disk takes UTF-8 names only")
    problem = only_problem(site)
    assert (problem.place.path, problem.message) == (
        "content/caf\\udce9.md",
        "the name is not UTF-8",
    )


@pytest.mark.parametrize(
    "name",
    [
        "Kyiv.md",
        "Київ.md",
        "a b.md",
        "Screenshot at 9.41.00\u202fAM.png",
        "\u0645\u06cc\u200c\u0634\u0648\u062f.md",
        "\u2764\ufe0f.md",
    ],
)
def test_names_of_all_scripts_are_welcome(name: str) -> None:
    assert name_fault(name) == ""


def deep(folder: Path, depth: int) -> None:
    """A folder in a folder in a folder: deeper than its path may be long in one piece."""
    folder.mkdir(parents=True)
    here = os.open(folder, os.O_RDONLY)
    for _ in range(depth):
        os.mkdir("d", dir_fd=here)
        below = os.open("d", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = below
    os.close(here)


@pytest.mark.parametrize("folder", ["content", "static", "layouts"])
def test_folders_have_a_depth_at_which_they_are_told(site: Path, folder: str) -> None:
    deep(site / folder / "a", 1_200)
    problem = only_problem(site, folder)
    assert problem.place.path.startswith(f"{folder}/a/d/d/")
    assert problem.message == f"lies more than {DEEPEST} folders deep"
    subprocess.run(["rm", "-rf", str(site / folder)], check=True)


def test_a_path_has_a_length_at_which_it_is_told(site: Path) -> None:
    folder = "content/" + "/".join(["x" * 200] * 5)
    write(site, f"{folder}/a.md", "content/b.md")
    files, (problem,) = walk(site, "content")
    assert [file.path for file in files] == ["content/b.md"]
    assert problem.message == "has a path of more than 1000 characters"


@pytest.mark.parametrize("name", [".git", ".svn", ".hg", ".jj", ".Git", ".HG", ".broadsheet"])
def test_a_repository_is_never_published_wherever_it_lies(site: Path, name: str) -> None:
    write(site, f"static/widget/{name}/config", "static/widget/w.js", "static/.well-known/x")
    write(site, f"static/module/{name}", "static/.htaccess", "static/CNAME", "static/.gitignore")
    found, problems = walk(site, "static", keep_hidden=True)
    assert not problems
    assert sorted(file.path for file in found) == [
        *("static/.gitignore", "static/.htaccess", "static/.well-known/x"),
        *("static/CNAME", "static/widget/w.js"),
    ]
    (site / "static/c").symlink_to(f"widget/{name}/config")
    assert only_problem(site, "static").message == "is a link to what is not published itself"


@pytest.mark.parametrize(
    "name",
    [
        *(".env", ".env.local", ".htpasswd", "id_rsa", ".npmrc"),
        *(".ENV", "server.pem", "wp-config.php", "wp-config.php.old"),
    ],
)
def test_a_file_that_may_hold_passwords_is_published_with_a_warning(site: Path, name: str) -> None:
    write(site, f"static/{name}", "static/environment", "static/.envelope")
    found, (problem,) = walk(site, "static", keep_hidden=True)
    assert len(found) == 3
    assert not problem.is_error
    assert (problem.place.path, "passwords" in problem.message) == (f"static/{name}", True)


def test_a_repository_without_a_worktree_is_published_with_a_warning(site: Path) -> None:
    write(site, "static/widget.git/HEAD", "static/widget.git/objects/a", "static/HEAD")
    found, (problem,) = walk(site, "static", keep_hidden=True)
    assert len(found) == 3
    assert not problem.is_error
    assert str(problem.place) == "static/widget.git"
    assert problem.message == "is published with its whole history"
