"""Reading lists of redirects."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.redirects import ListedRedirect, RedirectList
from generator.read.redirect_lists import read_redirects


def listed(text: str, path: str = "redirects.csv") -> list[tuple[str, str, int, int]]:
    """The redirects of a list in which nothing is wrong."""
    found, problems = read_redirects(path, text.encode())
    assert problems == ()
    assert isinstance(found, RedirectList)
    return [(one.from_written, one.to_written, one.status, one.line) for one in found.redirects]


def told(text: str, path: str = "redirects.csv") -> list[tuple[int, str]]:
    """What is wrong with a list, by line."""
    found, problems = read_redirects(path, text.encode())
    assert found is None
    assert all(problem.place.path == path and problem.is_error for problem in problems)
    return [(problem.place.line, problem.message) for problem in problems]


@pytest.mark.parametrize(
    "text",
    [
        "from,to,status\n/a/,/b/\n\n# why\n/c/,https://e.example/?x=1,302\n/d/,,410\n",
        "\ufefffrom;to;status\r\n/a/;/b/;\r\n\r\n# why\r\n/c/;https://e.example/?x=1;302\r\n/d/;;410",
        '/x/,/y/\n/a/,"/b/"\n\n#\n/c/ , https://e.example/?x=1 , 302\n/d/,"",410',
    ],
)
def test_a_line_is_a_redirect_with_or_without_a_status(text: str) -> None:
    assert listed(text)[-3:] == [
        ("/a/", "/b/", 301, 2),
        ("/c/", "https://e.example/?x=1", 302, 5),
        ("/d/", "", 410, 6),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "/a/: /b/\n/c/: {to: /d/, status: 302}\n/e/: {status: 410}\n",
        "- {from: /a/, to: /b/}\n- {from: /c/, to: /d/, status: 302}\n- {from: /e/, status: 410}\n",
    ],
)
def test_yaml_is_a_mapping_or_a_list(text: str) -> None:
    assert listed(text, "redirects.yaml") == [
        ("/a/", "/b/", 301, 1),
        ("/c/", "/d/", 302, 2),
        ("/e/", "", 410, 3),
    ]


def test_an_entry_of_a_long_list_knows_its_line() -> None:
    text = "# Old addresses.\n- from: /a/\n  to: /b/\n- from: /c/\n  to: /d/\n  status: 307\n"
    assert [line for *_, line in listed(text, "redirects.yaml")] == [2, 4]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("/a/", '"/a/" leads to nothing'),
        (",/b/", "no old address"),
        ("/a/,/b/,moved", 'not a status of a redirect: "moved"'),
        ("/a/,/b/,200", 'not a status of a redirect: "200"'),
        ("/a/,/b/,410", "what is gone leads nowhere"),
        ("/a/,/b/,301,x", "more than an old address, a new one and a status"),
    ],
)
def test_each_faulty_line_is_told_with_its_number(line: str, message: str) -> None:
    assert told(f"from,to\n/x/,/y/\n{line}\n") == [(3, message)]


def test_faults_of_yaml_have_lines_too() -> None:
    assert told("/x/: /y/\n/a/: {to: /b/, status: 99}\n", "redirects.yaml") == [
        (2, 'not a status of a redirect: "99"')
    ]
    assert told("/x/: /y/\n/a/: [/b/]\n", "redirects.yaml")[0][0] == 2
    assert told("/x/: &a /y/\n", "redirects.yaml")[0][0] == 1


def test_an_open_quotation_mark_is_a_fault_of_the_file() -> None:
    [(line, message)] = told('/a/,"/b/\n/c/,/d/\n')
    assert (line, message.startswith("not a line of a CSV file")) == (1, True)


@given(st.text(st.characters(codec="utf-8")) | st.text(",;\t\"'#\n\r/ab4130: -{}[]"))
def test_no_text_brings_it_down(text: str) -> None:
    for path in ("redirects.csv", "redirects.yaml"):
        found, problems = read_redirects(path, text.encode())
        assert found or problems
        assert all(isinstance(one, ListedRedirect) for one in (found.redirects if found else ()))
