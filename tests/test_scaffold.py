"""A new site builds at once, and a new file is ready to fill in and hurts nothing."""

import re
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PIL import Image

from generator.model.config import Config
from generator.read.config import parse_config, read_config
from generator.read.newsroom import read_newsroom
from generator.scaffold import Kind, ScaffoldError, copy_theme_file, init_site, new_entry

KYIV = ZoneInfo("Europe/Kyiv")
NOW = datetime(2026, 3, 14, 8, 5, 30, tzinfo=UTC)
AT_REST = re.compile(r"^#(?=\w)", re.MULTILINE)


def begin(kind: Kind, title: str, site: Path, *, section: str = "", language: str = "en") -> str:
    return new_entry(kind, title, site=site, now=NOW, zone=KYIV, section=section, language=language)


def files_under(folder: Path) -> list[str]:
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


def test_a_new_site_is_told_by_its_paths(tmp_path: Path) -> None:
    paths = init_site(tmp_path / "new/mysite")
    assert list(paths) == files_under(tmp_path / "new/mysite")
    assert {"config.yaml", ".gitignore", "content/pages/about.md"} <= set(paths)
    assert len([path for path in paths if path.startswith("content/articles/")]) == 3


def test_a_new_site_is_read_without_a_problem(tmp_path: Path) -> None:
    init_site(tmp_path)
    config, faults = read_config(tmp_path)
    newsroom, problems = read_newsroom(tmp_path, config)
    assert (faults, problems) == ((), ())
    assert [author.name for author in newsroom.authors] == ["Robin Hale"]
    assert {article.section for article in newsroom.articles} == {"news", "culture"}
    assert all(article.tags and article.summary for article in newsroom.articles)


def test_every_option_at_rest_in_a_new_site_can_be_woken(tmp_path: Path) -> None:
    init_site(tmp_path)
    text = (tmp_path / "config.yaml").read_text("utf-8")
    woken, problems = parse_config(AT_REST.sub("", text))
    assert problems == ()
    assert woken.strict
    assert not parse_config(text)[0].strict


@pytest.mark.parametrize(
    "title", ["Вісник", 'The "Daily": 100% #true', "- yes", "1907", "'", "The\u00a0Gazette", "\\n"]
)
def test_a_new_site_bears_the_title_it_is_given(tmp_path: Path, title: str) -> None:
    init_site(tmp_path, title=title)
    config, problems = read_config(tmp_path)
    assert problems == ()
    assert config.title == title


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "novel.txt").write_text("Chapter one", "utf-8")
    with pytest.raises(ScaffoldError, match="not empty"):
        init_site(tmp_path)
    assert files_under(tmp_path) == ["novel.txt"]


def test_a_file_in_the_place_of_the_folder_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "novel.txt"
    file.write_text("Chapter one", "utf-8")
    with pytest.raises(ScaffoldError, match="is a file"):
        init_site(file)
    assert file.read_text("utf-8") == "Chapter one"


def test_a_fresh_repository_counts_as_empty(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    assert "config.yaml" in init_site(tmp_path)


def test_a_new_article_waits_to_be_filled_in(tmp_path: Path) -> None:
    path = begin(Kind.ARTICLE, "Ferry: back by Friday", tmp_path, section="harbour")
    assert path == "content/articles/2026/ferry-back-by-friday.md"
    assert (tmp_path / path).read_bytes().decode() == (
        "---\n"
        'title: "Ferry: back by Friday"\n'
        "date: 2026-03-14 10:05+02:00\n"
        "section: harbour\n"
        "draft: true  # delete this line to publish\n"
        "#authors: [Robin Hale]\n"
        "#tags: [Ferry, Town hall]\n"
        "#summary: One or two sentences that stand under the headline.\n"
        "#image: {src: picture.jpg, alt: What can be seen in it}\n"
        "---\n"
        "\n"
    )


@pytest.mark.parametrize("title", ["Ferry returns", "Пором: повернувся", "no", '"Q" & <A> #1: -'])
@pytest.mark.parametrize("kind", list(Kind))
def test_a_new_file_is_read_without_a_problem(tmp_path: Path, kind: Kind, title: str) -> None:
    path = begin(kind, title, tmp_path)
    newsroom, problems = read_newsroom(tmp_path, Config())
    assert problems == ()
    titles = [article.title for article in newsroom.articles]
    titles += [page.title for page in newsroom.pages]
    titles += [section.title for section in newsroom.sections]
    titles += [tag.label for tag in newsroom.tags]
    titles += [author.name for author in newsroom.authors]
    assert titles == [title]
    assert all(article.draft for article in newsroom.articles)
    assert all(page.draft for page in newsroom.pages)
    assert [article.date for article in newsroom.articles] in ([], [NOW.replace(second=0)])
    assert (tmp_path / path).is_file()


@pytest.mark.parametrize("kind", list(Kind))
def test_the_examples_in_a_new_file_can_be_woken(tmp_path: Path, kind: Kind) -> None:
    file = tmp_path / begin(kind, "Ferry", tmp_path)
    asleep = file.read_text("utf-8")
    woken = AT_REST.sub("", asleep)
    file.write_text(woken, "utf-8")
    assert woken != asleep
    assert read_newsroom(tmp_path, Config())[1] == ()


def test_the_year_of_a_new_article_is_the_newsrooms(tmp_path: Path) -> None:
    eve = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    path = new_entry(Kind.ARTICLE, "Midnight", site=tmp_path, now=eve, zone=KYIV)
    assert path == "content/articles/2027/midnight.md"


def test_a_name_follows_the_language_of_the_site(tmp_path: Path) -> None:
    assert begin(Kind.TAG, "Згурський", tmp_path, language="uk") == "content/tags/zghurskyi.md"


def test_a_file_that_is_there_is_never_written_over(tmp_path: Path) -> None:
    file = tmp_path / begin(Kind.PAGE, "About", tmp_path)
    file.write_text("mine", "utf-8")
    with pytest.raises(ScaffoldError, match=re.escape("content/pages/about.md is there already")):
        begin(Kind.PAGE, "About", tmp_path)
    assert file.read_text("utf-8") == "mine"


@pytest.mark.parametrize(
    ("kind", "title"),
    [(Kind.ARTICLE, "!?"), (Kind.ARTICLE, "Index"), (Kind.TAG, "Page"), (Kind.AUTHOR, " ")],
)
def test_a_title_that_names_no_file_is_refused(tmp_path: Path, kind: Kind, title: str) -> None:
    with pytest.raises(ScaffoldError, match="no usable name"):
        begin(kind, title, tmp_path)
    assert files_under(tmp_path) == []


def test_a_title_is_one_line(tmp_path: Path) -> None:
    path = begin(Kind.SECTION, " Arts\n and\tletters ", tmp_path)
    assert path == "content/sections/arts-and-letters.md"
    assert (tmp_path / path).read_text("utf-8").startswith("---\ntitle: Arts  and letters\n")


def test_tags_that_differ_in_a_sign_have_files_of_their_own(tmp_path: Path) -> None:
    assert len({begin(Kind.TAG, title, tmp_path) for title in ("C", "C++", "C#")}) == 3


def begin_with(picture: Path, site: Path) -> str:
    return new_entry(
        Kind.ARTICLE, "Ferry", site=site, now=NOW, zone=KYIV, section="news", picture=picture
    )


def test_a_picture_comes_along_with_the_caption_and_credit_in_its_file(tmp_path: Path) -> None:
    init_site(tmp_path / "site")
    camera = tmp_path / "DSC_1.jpg"
    exif = Image.Exif()
    exif[0x013B], exif[0x010E] = "Priya Nair", "The quay: at dawn"
    Image.new("RGB", (30, 20)).save(camera, exif=exif)
    path = begin_with(camera, tmp_path / "site")
    config, _ = read_config(tmp_path / "site")
    newsroom, problems = read_newsroom(tmp_path / "site", config)
    (told,) = problems
    assert "without a text" in told.message  # what it shows, only people can say
    image = next(a.image for a in newsroom.articles if a.source.path == path)
    assert image is not None
    assert (image.src, image.caption, image.credit) == (
        "DSC_1.jpg",
        "The quay: at dawn",
        "Priya Nair",
    )
    beside = (tmp_path / "site" / path).with_name("DSC_1.jpg")
    assert beside.read_bytes() == camera.read_bytes()


def test_no_picture_takes_the_place_of_another(tmp_path: Path) -> None:
    init_site(tmp_path / "site")
    camera = tmp_path / "DSC_1.jpg"
    Image.new("RGB", (30, 20)).save(camera)
    there = tmp_path / "site/content/articles/2026/DSC_1.jpg"
    there.parent.mkdir()
    there.write_bytes(b"another")
    with pytest.raises(ScaffoldError, match="another one"):
        begin_with(camera, tmp_path / "site")
    assert there.read_bytes() == b"another"
    assert not there.with_name("ferry.md").exists()


@pytest.mark.parametrize("name", ["parts/cards.html", "layouts/parts/cards.html"])
def test_a_file_of_the_theme_is_handed_out_to_be_changed(
    name: str, tmp_path: Path, checkout: Path
) -> None:
    assert copy_theme_file(name, tmp_path) == "layouts/parts/cards.html"
    copied = tmp_path / "layouts/parts/cards.html"
    assert copied.read_bytes() == (checkout / "layouts/parts/cards.html").read_bytes()
    copied.write_text("mine")
    with pytest.raises(ScaffoldError, match="is there already"):
        copy_theme_file(name, tmp_path)
    assert copied.read_text() == "mine"


def test_a_file_that_the_theme_does_not_have_is_named_with_the_likely_one(tmp_path: Path) -> None:
    with pytest.raises(ScaffoldError, match="no file") as raised:
        copy_theme_file("artcle.html", tmp_path)
    assert "article.html" in raised.value.hint
    with pytest.raises(ScaffoldError):
        copy_theme_file("../config.yaml", tmp_path)
    assert not any(tmp_path.iterdir())
