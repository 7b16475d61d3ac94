import pytest

from generator.model.article import Image
from generator.model.problems import Problem, Severity
from generator.read.fields import Fields
from generator.read.front_matter import FrontMatter, split_front_matter
from generator.read.images import read_image


def fields_of(text: str) -> Fields:
    front = split_front_matter(f"---\n{text}\n---\n".encode(), path="content/articles/a.md")
    assert isinstance(front, FrontMatter), front
    return Fields(front, ("title", "image"), {})


def only_problem(fields: Fields) -> Problem:
    (problem,) = fields.problems
    return problem


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("image: a.jpg", Image("a.jpg")),
        ("image: /a b.jpg", Image("/a b.jpg")),
        ("image: https://x.org/a.jpg?b=1", Image("https://x.org/a.jpg?b=1")),
        ("image: {src: a.jpg}", Image("a.jpg")),
        ("image: {src: a  b.jpg, alt: A\n   boat}", Image("a  b.jpg", "A boat")),
        (
            "image:\n  src: a.jpg\n  alt: A\n  caption: B\n  credit: C",
            Image("a.jpg", "A", "B", "C"),
        ),
        ("image: {src: a.jpg, alt: }", Image("a.jpg")),
        ("image:", None),
        ("image: ' '", None),
        ("title: a", None),
    ],
)
def test_forms_of_a_picture(written: str, expected: Image | None) -> None:
    fields = fields_of(written)
    assert read_image(fields, "image", needs_alt=False) == expected
    assert not fields.problems


@pytest.mark.parametrize(
    "written", ["image: a.jpg", "image: {src: a.jpg}", "image: {src: a.jpg, alt: }"]
)
def test_a_picture_without_a_text_is_a_warning(written: str) -> None:
    fields = fields_of(written)
    assert read_image(fields, "image") == Image("a.jpg")
    problem = only_problem(fields)
    assert (problem.message, problem.severity) == ("a picture without a text", Severity.WARNING)
    assert (problem.place.line, problem.place.column) == (2, 8)


@pytest.mark.parametrize("written", ["image: {src: a.jpg, alt: A}", "image: {src: a.jpg, alt: ''}"])
def test_a_picture_with_a_text_or_an_empty_one_is_none(written: str) -> None:
    fields = fields_of(written)
    assert read_image(fields, "image")
    assert not fields.problems


@pytest.mark.parametrize(
    "written", ["image: {alt: A}", "image: {src: }", "image: {src: ' '}", "image: [a.jpg]"]
)
def test_a_picture_needs_a_source(written: str) -> None:
    fields = fields_of(written)
    assert read_image(fields, "image") is None
    assert only_problem(fields).message == "a picture without src"


def test_a_pictures_other_values_are_looked_at() -> None:
    fields = fields_of("image:\n  src: a.jpg\n  atl: A\n  caption: [B]")
    assert read_image(fields, "image", needs_alt=False) == Image("a.jpg")
    unknown, wrong = sorted(fields.problems, key=lambda problem: problem.place)
    assert (unknown.message, unknown.hint) == ('unknown key "atl"', 'Did you mean "alt"?')
    assert (wrong.message, wrong.place.line) == ('"caption" is not a text', 5)


def test_a_caption_is_text_with_its_emphasis_kept_apart() -> None:
    fields = fields_of(
        "image:\n  src: a&amp;b.jpg\n  alt: Fish &amp; chips\n"
        "  caption: 'The *Ann* &mdash; <b>old</b>'"
    )
    image = read_image(fields, "image")
    assert image == Image(
        "a&amp;b.jpg", "Fish & chips", "The Ann — old", caption_html="The <em>Ann</em> — old"
    )
    problem = only_problem(fields)
    assert (problem.severity, problem.place.line, problem.place.column) == (Severity.WARNING, 5, 31)
