"""Which file was likely meant by a name that none has."""

import unicodedata

import pytest

from generator.model.article import Image, Newsroom, SourceFile
from generator.plan.near_files import MOST_ASKED, TOO_LARGE, UNSHOWN, NearFiles
from tests.support.planning import planned, story

FILES = {
    path: SourceFile(path, 1, "0")
    for path in (
        "content/articles/2026/boats.jpg",
        "content/articles/2026/quay.png",
        "static/img/harbour.webp",
        "static/logo.png",
    )
} | {"static/wall.png": SourceFile("static/wall.png", 1, "0", width=12_000, height=9_000)}
TEXT = "content/articles/2026/story.md"


@pytest.mark.parametrize(
    ("target", "hint"),
    [
        ("boat.jpg", 'Did you mean "boats.jpg"?'),
        ("boats.jpeg", 'Did you mean "boats.jpg"?'),
        ("../2026/Qauy.png", 'Did you mean "../2026/quay.png"?'),
        ("/img/harbor.webp", 'Did you mean "/img/harbour.webp"?'),
        ("/logo.jpg", 'Did you mean "/logo.png"?'),
        ("harbour.webp", "There is static/img/harbour.webp: write its path."),
        ("sunset.gif", ""),
        ("/logo.png", UNSHOWN),  # it is there: something else is wrong with it
        ("/wall.png", TOO_LARGE),
    ],
)
def test_the_file_that_lies_there_is_offered(target: str, hint: str) -> None:
    assert NearFiles(FILES).hint(target, TEXT) == hint


def test_a_site_with_much_missing_is_not_searched_for_all_of_it() -> None:
    near = NearFiles(FILES)
    hints = [near.hint("boat.jpg", TEXT) for _ in range(2 * MOST_ASKED)]
    assert sum(map(bool, hints)) == MOST_ASKED


def test_a_misspelt_picture_of_a_story_offers_the_file() -> None:
    files = (SourceFile("content/articles/boats.jpg", 1, "0"),)
    _, [problem] = planned(Newsroom((story("a", image=Image("boat.jpg")),), files=files))
    assert problem.message == 'no such picture: "boat.jpg"'
    assert problem.hint == 'Did you mean "boats.jpg"?'


WHOLE = "boat-\u00e9.png"
APART = unicodedata.normalize("NFD", WHOLE)


@pytest.mark.parametrize(("name", "file"), [(WHOLE, APART), (APART, WHOLE)])
def test_a_picture_is_found_however_its_accents_are_stored(name: str, file: str) -> None:
    files = (SourceFile(f"content/articles/{file}", 1, "0"),)
    plan, problems = planned(Newsroom((story("a", image=Image(name)),), files=files))
    assert not problems
    picture = plan.site.cards["content/articles/a.md"].picture
    assert picture is not None
    assert any(output.path.endswith(file) for output in plan.outputs)
