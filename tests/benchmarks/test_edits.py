"""What a newsroom does to a story's file."""

import pytest

from benchmarks.archive import Archive
from benchmarks.edits import address, field, next_story, tag_address, with_a_line, with_title

STORY = Archive(30).story(4)


def test_a_field_that_is_not_there_is_an_error() -> None:
    with pytest.raises(LookupError, match="kicker"):
        field(STORY.text, "kicker")


def test_a_corrected_body_leaves_the_rest_alone() -> None:
    text = with_a_line(STORY.text, "One more.")
    assert text.startswith(STORY.text)
    assert text.endswith("\n\nOne more.\n")


def test_a_new_headline_changes_one_line() -> None:
    text = with_title(STORY.text, "A new one")
    changed = [line for line in text.splitlines() if line not in STORY.text.splitlines()]
    assert changed == ['title: "A new one"']


def test_new_stories_are_newer_than_all_others_and_than_each_other() -> None:
    newest = field(Archive(30).story(29).text, "date")
    stories = [next_story(STORY.text, "News", number) for number in (0, 59, 60, 61)]
    dates = [field(story.text, "date") for story in stories]
    assert [newest, *dates] == sorted({newest, *dates})


def test_a_new_story_has_its_own_slug_and_stands_where_its_date_says() -> None:
    story = next_story(STORY.text, "News", 3)
    assert field(story.text, "slug") == "fresh-story-3"
    assert story.path == f"{field(STORY.text, 'section')}/2025/fresh-story-3.md"
    assert field(story.text, "title") == '"News"'


def test_addresses_are_those_of_the_measured_sites() -> None:
    assert address("world/2016/kursk-7.md") == "/world/2016/kursk-7/"
    assert tag_address('tags: ["Black Sea", "Kursk"]') == "/tags/black-sea/"
