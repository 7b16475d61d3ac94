"""Podcasts in the front matter of sections and tags."""

import pytest

from generator.model.config import Config
from generator.model.podcasts import PARENTS, Podcast, ShowType
from generator.read.entries import read_section, read_tag

GOOD = "image: /show.jpg, category: Daily News"


def section(podcast: str, about: str = "On air.") -> bytes:
    return f"---\ntitle: Radio\ndescription: {about}\npodcast: {podcast}\n---\n".encode()


def told(podcast: str, about: str = "On air.") -> list[str]:
    read, problems = read_section("content/sections/radio.md", section(podcast, about))
    assert read is None
    assert all(problem.place.line for problem in problems)
    return [f"{problem.message} {problem.hint}" for problem in problems]


def test_a_picture_and_a_category_are_enough() -> None:
    read, problems = read_section("content/sections/radio.md", section(f"{{{GOOD}}}"))
    assert problems == ()
    assert read
    assert read.podcast == Podcast("/show.jpg", ("Daily News",))


def test_everything_else_may_be_said() -> None:
    text = (
        "{title: The quay, artwork: https://x.org/a.png, description: D, author: A, owner: O,"
        " email: radio@example.org, copyright: C, explicit: yes, complete: true,"
        " categories: News, items: 50, new_feed_url: https://x.org/feed}"
    )
    read, problems = read_tag("content/tags/quay.md", section(text, ""), Config())
    assert problems == ()
    assert read
    assert read.podcast == Podcast(
        image="https://x.org/a.png",
        categories=("News",),
        title="The quay",
        description="D",
        author="A",
        owner="O",
        email="radio@example.org",
        copyright="C",
        explicit=True,
        complete=True,
        items=50,
        moved_to="https://x.org/feed",
    )


def test_two_categories_are_two() -> None:
    text = "{image: /a.jpg, category: [News > Politics, society and culture], type: Serial}"
    read, problems = read_section("content/sections/radio.md", section(text))
    assert problems == ()
    assert read
    assert read.podcast == Podcast(
        "/a.jpg", ("Politics", "Society & Culture"), type=ShowType.SERIAL
    )


@pytest.mark.parametrize(
    ("podcast", "message"),
    [
        ("true", "a podcast without a picture and a category"),
        ("{category: News}", "a podcast without a picture Add image:"),
        ("{image: /a.jpg}", "a podcast without a category Add category:"),
        ("{image: a.jpg, category: News}", 'not a path from static/: "a.jpg"'),
        ("{image: /a.jpg, category: Dayly News}", 'unknown category: "Dayly News" Did you mean'),
        (f"{{{GOOD}, email: nobody}}", 'not a mail address: "nobody"'),
        (f"{{{GOOD}, type: weekly}}", 'unknown type of a podcast: "weekly"'),
        (f"{{{GOOD}, explicit: a bit}}", 'not true or false: "a bit"'),
        (f"{{{GOOD}, items: many}}", 'not a number: "many"'),
        (f"{{{GOOD}, moved_to: /feed}}", 'not a web address: "/feed"'),
        (f"{{{GOOD}, author: [A]}}", '"author" is not a text'),
    ],
)
def test_what_no_directory_takes_is_an_error(podcast: str, message: str) -> None:
    (one,) = told(podcast)
    assert one.startswith(message)


def test_a_show_must_be_described() -> None:
    assert "a podcast without a description" in told(f"{{{GOOD}}}", "")[0]


def test_every_category_is_part_of_one_that_is_part_of_none() -> None:
    assert len(PARENTS) > 100
    assert all(parent == "" or PARENTS[parent] == "" for parent in PARENTS.values())
