import io
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from generator.model.article import Newsroom
from generator.model.config import Config, SectionOptions
from generator.model.digests import content_digest
from generator.model.problems import Problem, Severity
from generator.model.values import replace
from generator.read.newsroom import CHUNK, LARGEST_TEXT, read_newsroom, section_names
from generator.read.whole_files import LARGE
from tests.support.sites import MakeSite

CONFIG = replace(
    Config(title="Tiny"), sections=SectionOptions(("World", "town-hall")), timezone=ZoneInfo("UTC")
)


def read(site: Path, config: Config = CONFIG) -> Newsroom:
    newsroom, problems = read_newsroom(site, config)
    assert not problems
    return newsroom


def problems_of(site: Path) -> tuple[Problem, ...]:
    return read_newsroom(site, CONFIG)[1]


@pytest.fixture
def site(make_site: MakeSite) -> Path:
    return make_site(
        """
        -- content/articles/a.md --
        ---
        title: A
        date: 2025-01-01
        ---
        -- content/articles/world/b.markdown --
        ---
        title: B
        date: 2025-01-02
        ---
        -- content/articles/world/plan.pdf --
        no real PDF
        -- content/pages/about.md --
        ---
        title: About
        ---
        -- content/tags/kursk.md --
        ---
        title: Kursk
        ---
        -- content/sections/sport.md --
        ---
        title: Sport
        ---
        -- content/authors/mara.md --
        ---
        name: Mara
        ---
        -- static/robots.md --
        Not a text of the newsroom.
        -- static/.well-known/security.txt --
        Contact: us
        """
    )


def test_every_kind_of_text_is_read_from_its_folder(site: Path) -> None:
    newsroom = read(site)
    assert [article.title for article in newsroom.articles] == ["A", "B"]
    assert [page.address for page in newsroom.pages] == ["/about/"]
    assert [tag.slug for tag in newsroom.tags] == ["kursk"]
    assert [section.slug for section in newsroom.sections] == ["sport"]
    assert [author.name for author in newsroom.authors] == ["Mara"]
    assert [file.path for file in newsroom.files] == [
        "content/articles/world/plan.pdf",
        "static/.well-known/security.txt",
        "static/robots.md",
    ]
    assert newsroom.broken == ()


def test_a_folder_is_a_section_when_the_configuration_or_a_file_says_so(
    make_site: MakeSite,
) -> None:
    parts = [
        f"-- content/articles/{folder}/{number}.md --\n---\ntitle: A\ndate: 2025-01-01\n---\n"
        for number, folder in enumerate(("world", "Town hall", "sport", "other"))
    ]
    site = make_site("".join(parts) + "-- content/sections/sport.md --\n---\ntitle: Sport\n---\n")
    sections = {article.slug: article.section for article in read(site).articles}
    assert sections == {"0": "world", "1": "town-hall", "2": "sport", "3": "news"}


@pytest.mark.parametrize(
    ("written", "label", "slug"),
    [
        ("world", "World", "world"),
        ("town-hall", "Town hall", "town-hall"),
        ("Arts & Letters", "Arts & Letters", "arts-letters"),
        ("Україна", "Україна", "ukraina"),
        ("UK", "UK", "uk"),
    ],
)
def test_sections_of_the_configuration_have_a_title(written: str, label: str, slug: str) -> None:
    config = replace(CONFIG, sections=SectionOptions((written,)), language="uk")
    (name,) = section_names(config)
    assert (name.label, name.slug) == (label, slug)


def test_pictures_are_measured_and_files_digested(make_site: MakeSite) -> None:
    site = make_site("-- content/articles/a.md --\n---\ntitle: A\ndate: 2025-01-01\n---\n")
    data = io.BytesIO()
    Image.new("RGB", (30, 20)).save(data, "PNG")
    (site / "content/articles/a.png").write_bytes(data.getvalue())
    (site / "content/articles/b.png").write_bytes(data.getvalue())
    (site / "content/articles/c.txt").write_bytes(b"c")
    a, b, c = read(site).files
    assert (a.width, a.height, a.size) == (30, 20, len(data.getvalue()))
    assert (c.width, c.height, c.size) == (0, 0, 1)
    assert a.digest == b.digest != c.digest


def test_of_a_large_file_the_same_is_said_though_it_is_read_piece_by_piece(
    make_site: MakeSite,
) -> None:
    site = make_site("-- content/articles/a.md --\n---\ntitle: A\ndate: 2025-01-01\n---\n")
    data = io.BytesIO()
    Image.new("RGB", (30, 20)).save(data, "PNG")
    whole = data.getvalue() + bytes(LARGE)
    (site / "content/articles/a.png").write_bytes(whole)
    (found,) = read(site).files
    assert (found.width, found.height, found.size) == (30, 20, len(whole))
    assert found.digest == content_digest(whole)


def test_a_text_with_an_error_is_left_out_and_named(site: Path) -> None:
    (site / "content/articles/a.md").write_bytes(b"---\ntitle: A\n---\n")
    (site / "content/tags/kursk.md").write_bytes(b"")
    newsroom, problems = read_newsroom(site, CONFIG)
    assert newsroom.broken == ("content/articles/a.md", "content/tags/kursk.md")
    assert [problem.message for problem in problems] == ["no date", "the file is empty"]
    assert [article.title for article in newsroom.articles] == ["B"]


def test_a_text_with_a_warning_stays(site: Path) -> None:
    (site / "content/pages/about.md").write_bytes(b"---\ntitle: About\nlayout: x\n---\n")
    newsroom, (problem,) = read_newsroom(site, CONFIG)
    assert problem.severity is Severity.WARNING
    assert [page.title for page in newsroom.pages] == ["About"]


@pytest.mark.parametrize("path", ["content/README.md", "content/events/fair.md"])
def test_a_text_that_no_folder_reads_is_a_warning(site: Path, path: str) -> None:
    (site / path).parent.mkdir(exist_ok=True)
    (site / path).write_bytes(b"# Read me")
    newsroom, (problem,) = read_newsroom(site, CONFIG)
    assert (problem.place.path, problem.severity) == (path, Severity.WARNING)
    assert "content/articles/" in problem.hint
    assert newsroom.broken == ()


def test_a_text_that_no_folder_reads_is_no_content(make_site: MakeSite) -> None:
    problems = problems_of(make_site("-- content/README.md --\nRead me.\n"))
    assert [problem.severity for problem in problems] == [Severity.ERROR, Severity.WARNING]
    assert problems[0].message == "there is no text in this folder"


def test_a_text_that_is_too_long_is_not_even_read(site: Path) -> None:
    with (site / "content/articles/a.md").open("wb") as file:
        file.truncate(LARGEST_TEXT + 1)
    newsroom, (problem,) = read_newsroom(site, CONFIG)
    assert problem.message == "is too large: 10,485,761 bytes; the limit is 10,485,760"
    assert newsroom.broken == ("content/articles/a.md",)


def test_other_files_may_be_as_long_as_they_like(site: Path) -> None:
    with (site / "static/film.mp4").open("wb") as file:
        file.truncate(LARGEST_TEXT + 1)
    assert LARGEST_TEXT + 1 in {file.size for file in read(site).files}


def test_all_problems_of_all_files_are_told(site: Path) -> None:
    (site / "content/articles/a.md").write_bytes(b"---\ntitle: A\ndraft: maybe\n---\n")
    (site / "content/pages/x.md").mkdir()
    (site / "static/y").symlink_to("/etc")
    assert len(problems_of(site)) == 4


@pytest.mark.parametrize("folder", ["", "content", "content/articles", "content/_drafts"])
def test_a_site_without_a_text_is_an_error_that_empties_nothing(
    tmp_path: Path, folder: str
) -> None:
    (tmp_path / folder).mkdir(parents=True, exist_ok=True)
    newsroom, (problem,) = read_newsroom(tmp_path, CONFIG)
    assert problem.is_error
    assert (problem.place.path, problem.message) == ("content", "there is no text in this folder")
    assert newsroom.articles == ()


def test_a_content_folder_that_cannot_be_walked_is_told_once(tmp_path: Path) -> None:
    (tmp_path / "content").symlink_to("nothing")
    (problem,) = problems_of(tmp_path)
    assert problem.message == "is a link that leads nowhere"


def test_progress_is_told_up_to_the_last_file(site: Path) -> None:
    for number in range(CHUNK):
        (site / f"content/articles/x{number}.md").write_bytes(
            b"---\ntitle: A\ndate: 2025-01-01\n---"
        )
    told: list[tuple[str, int, int]] = []
    read_newsroom(site, CONFIG, progress=lambda *about: told.append(about))
    total = CHUNK + 9
    assert told == [("read", CHUNK, total), ("read", total, total)]


@given(st.permutations(["b/a.md", "a.md", "a/b.md", "Z.md", "a-b.md", "ж.md"]))
def test_the_order_in_which_files_were_written_does_not_matter(
    tmp_path_factory: pytest.TempPathFactory, order: list[str]
) -> None:
    site = tmp_path_factory.mktemp("site")
    for path in order:
        file = site / "content/articles" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(f"---\ntitle: {path}\ndate: 2025-01-01\n---\n".encode())
    titles = [article.title for article in read(site).articles]
    assert titles == ["Z.md", "a/b.md", "a-b.md", "a.md", "b/a.md", "ж.md"]
