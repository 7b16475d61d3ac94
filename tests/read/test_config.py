import os
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.model.config import Config, NavigationEntry
from generator.model.frozen import freeze
from generator.model.problems import Problem, SiteError
from generator.read.config import (
    NoSiteError,
    find_site,
    load_config,
    parse_config,
    read_config,
)
from tests.support.sites import MakeSite


def problems_of(text: str) -> tuple[Problem, ...]:
    return parse_config(text)[1]


def test_a_site_is_found_from_any_folder_in_it(tmp_path: Path) -> None:
    (tmp_path / "config.yaml").touch()
    inner = tmp_path / "content" / "articles"
    inner.mkdir(parents=True)
    assert find_site(inner) == find_site(tmp_path) == tmp_path


def test_the_nearest_site_is_found(tmp_path: Path) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    (tmp_path / "config.yaml").touch()
    (tmp_path / "a" / "config.yaml").touch()
    assert find_site(inner) == tmp_path / "a"


def test_no_site_is_said_without_naming_a_place_of_the_machine(tmp_path: Path) -> None:
    with pytest.raises(NoSiteError, match=r"^no config.yaml here or in any folder above$"):
        find_site(tmp_path)


@pytest.mark.parametrize("site", ["", "nothing", "file", "file/deeper"])
def test_a_folder_without_a_configuration_is_no_site(tmp_path: Path, site: str) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(NoSiteError):
        read_config(tmp_path / site)


def test_a_file_that_no_configuration_fills_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "config.yaml").open("wb") as file:
        file.truncate(1 << 34)
    (problem,) = read_config(tmp_path)[1]
    assert problem.message == "17,179,869,184 bytes of settings; the limit is 1,048,576"


def test_a_title_is_enough() -> None:
    assert parse_config("title: The Gazette\n") == (Config(title="The Gazette"), ())


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_line_ends_and_a_byte_order_mark_make_no_difference(
    tmp_path: Path, newline: str, mark: bytes
) -> None:
    text = newline.join(["title: A", "navigation:", "  - title: B", "    url: /b/", ""])
    (tmp_path / "config.yaml").write_bytes(mark + text.encode())
    config = Config(title="A", navigation=(NavigationEntry("B", "/b/"),))
    assert read_config(tmp_path) == (config, ())


@pytest.mark.parametrize("text", ["", "\n", "# nothing\n", "---\n"])
def test_an_empty_configuration_lacks_its_title(text: str) -> None:
    (problem,) = problems_of(text)
    assert problem.message == "no title"


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("title: A\npage_size: many", (2, 12), 'not a whole number: "many"'),
        ("title: A\noutputs:\n  atum: true", (3, 3), 'unknown option "atum"'),
        ("title: A\noutputs:\n  atom: maybe", (3, 9), 'not true or false: "maybe"'),
        ("title: A\nsections: [[a]]", (2, 12), "not a text"),
        ("title: A\ntitle: B", (2, 1), '"title" is given twice'),
        ("- a", (1, 1), 'no "key: value" here'),
        ("title: A: B", (1, 9), "a colon inside a value that has no quotes"),
    ],
)
def test_every_fault_is_told_at_its_place(text: str, place: tuple[int, int], message: str) -> None:
    (problem,) = problems_of(text)
    assert (problem.place.path, problem.place.line, problem.place.column) == ("config.yaml", *place)
    assert problem.message == message
    assert problem.excerpt == text.split("\n")[place[0] - 1]


def test_all_faults_are_told_at_once() -> None:
    assert len(problems_of("titel: A\nlanguage: '?'\nrelated: -1\nstrict: perhaps")) == 5


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"title: Caf\xe9\n", "not UTF-8: byte 0xE9"),
        (b"title: A\0\n", "a NUL character: not a text file"),
        (
            b"title: A\n# " + b"x" * 1024 * 1024,
            "1,048,587 bytes of settings; the limit is 1,048,576",
        ),
    ],
)
def test_a_file_that_is_no_text_is_told(tmp_path: Path, data: bytes, message: str) -> None:
    (tmp_path / "config.yaml").write_bytes(data)
    config, (problem,) = read_config(tmp_path)
    assert config == Config()
    assert problem.message == message
    assert problem.place.path == "config.yaml"


@pytest.mark.parametrize("make", [os.mkdir, os.mkfifo])
def test_a_configuration_that_is_no_file_is_told(
    tmp_path: Path, make: Callable[[Path], None]
) -> None:
    make(tmp_path / "config.yaml")
    _, (problem,) = read_config(tmp_path)
    assert (str(problem.place), problem.message) == ("config.yaml", "is not a file")


def test_a_configuration_is_loaded_with_another_base_url(make_site: MakeSite) -> None:
    site = make_site("-- config.yaml --\ntitle: Tiny\nbase_url: https://example.org/\n")
    assert load_config(site)[0].base_url == "https://example.org/"
    config, problems = load_config(site, "https://x.org/news/")
    assert (config.title, config.base_url, problems) == ("Tiny", "https://x.org/news/", ())


def test_an_error_in_the_configuration_stops_everything(make_site: MakeSite) -> None:
    site = make_site("-- config.yaml --\ntitel: Tiny\n")
    with pytest.raises(SiteError) as raised:
        load_config(site, "example.org")
    assert [problem.message for problem in raised.value.problems] == [
        'not a web address: "example.org"',
        "no title",
        'unknown option "titel"',
    ]


def test_extra_has_the_types_that_its_values_look_like_as_in_a_story() -> None:
    text = "title: A\nextra:\n  banner: false\n  limit: 3\n  part: 0.5\n  named: '3'\n  none:\n"
    config, problems = parse_config(f"{text}  menu: {{items: [1, yes]}}\n")
    assert not problems
    extra = config.extra
    assert [extra[key] for key in ("banner", "limit", "part", "named", "none")] == [
        *(False, 3, 0.5, "3", None)
    ]
    assert freeze({"items": [1, "yes"]}) == extra["menu"]


def test_only_extra_has_types() -> None:
    config, problems = parse_config("title: 2024\ntagline: false\nextra: {a: 1}\n")
    assert not problems
    assert (config.title, config.tagline) == ("2024", "false")


@pytest.mark.parametrize("value", ["3", "[a]", "text", "false"])
def test_extra_that_is_no_mapping_is_an_error(value: str) -> None:
    (problem,) = problems_of(f"title: A\nextra: {value}\n")
    assert problem.message == "not a mapping"
    assert problem.place.line == 2
