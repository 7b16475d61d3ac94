"""What an image in front matter shows."""

import pytest

from generator.model.article import Image, SourceFile
from generator.model.config import Config
from generator.model.pictures import Picture, Raster
from generator.plan.pictures import picture_of

CONFIG = Config(base_url="https://example.org/gazette/")
FILES = {
    path: SourceFile(path, 1, "0", 640, 480)
    for path in (
        "content/articles/a/boat.jpg",
        "content/articles/a/50% #1?.jpg",
        "static/img/quay.jpg",
    )
}


def picture(src: str) -> tuple[Picture | None, str]:
    image = Image(src, "A boat", "The quay", "J. Doe")
    return picture_of(image, "content/articles/a/story.md", "/news/story/", FILES, CONFIG)


@pytest.mark.parametrize(
    ("src", "url"),
    [
        ("boat.jpg", "/gazette/news/story/boat.jpg"),
        ("../a/boat.jpg", "/gazette/news/story/boat.jpg"),
        ("/img/quay.jpg", "/gazette/img/quay.jpg"),
        ("/img/x/../quay.jpg", "/gazette/img/quay.jpg"),
        ("50% #1?.jpg", "/gazette/news/story/50%25%20%231%3F.jpg"),
    ],
)
def test_a_file_of_the_site_has_its_url_and_size(src: str, url: str) -> None:
    assert picture(src) == (Picture(url, "A boat", "The quay", "J. Doe", 640, 480), "")


@pytest.mark.parametrize("src", ["https://cdn.example/a.jpg", "HTTP://cdn.example/a.jpg"])
def test_a_picture_elsewhere_is_taken_as_it_is(src: str) -> None:
    assert picture(src) == (Picture(src, "A boat", "The quay", "J. Doe"), "")


@pytest.mark.parametrize("src", ["javascript:alert(1)", "data:image/png;base64,A"])
def test_an_address_that_is_no_pictures_is_refused(src: str) -> None:
    assert picture(src) == (None, f'not a picture\'s address: "{src}"')


@pytest.mark.parametrize(
    "src",
    ["Boat.jpg", "/boat.jpg", "../../../static/img/quay.jpg", "/../content/articles/a/boat.jpg"],
)
def test_a_file_that_is_not_there_is_told(src: str) -> None:
    assert picture(src) == (None, f'no such picture: "{src}"')


def test_a_picture_of_the_paper_itself_is_the_file_that_it_is() -> None:
    large = SourceFile("static/share.png", 1, "0", 4000, 2000, Raster("PNG", "abc"))
    files = {large.path: large}
    shown, _ = picture_of(Image("/share.png"), "a.md", "/a/", files, CONFIG)
    assert shown is not None
    assert (shown.url != "/gazette/share.png", len(shown.crops)) == (True, 1)
    bare, _ = picture_of(Image("/share.png"), "a.md", "/a/", files, CONFIG, is_bare=True)
    assert bare == Picture("/gazette/share.png", width=4000, height=2000)


def test_no_image_is_no_picture() -> None:
    assert picture_of(None, "", "/", FILES, CONFIG) == (None, "")


def test_a_picture_that_is_not_in_the_site_is_below_the_base_of_media() -> None:
    config, faults = Config.parse({"title": "Tiny", "media": {"base": "https://m.example.org/a"}})
    assert not faults
    image = Image("../img/two boats.jpg")
    picture, fault = picture_of(image, "content/articles/a/story.md", "/a/", FILES, config)
    assert picture is not None
    assert (picture.url, fault) == ("https://m.example.org/a/img/two%20boats.jpg", "")


def test_a_picture_on_another_server_may_leave_out_the_scheme() -> None:
    picture, fault = picture_of(Image("//cdn.example/x.jpg"), "", "/", FILES, CONFIG)
    assert picture is not None
    assert (picture.url, fault) == ("https://cdn.example/x.jpg", "")
