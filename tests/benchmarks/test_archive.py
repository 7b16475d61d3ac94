"""The archive that everything is measured with."""

from collections import Counter
from hashlib import sha256
from pathlib import Path
from statistics import mean

from benchmarks.archive import SECTIONS, Archive
from benchmarks.edits import field

SMALL = Archive(400)
STORIES = tuple(SMALL.stories())


def tags_of(text: str) -> list[str]:
    return [tag.strip(' "') for tag in field(text, "tags").strip("[]").split(",")]


def test_the_same_count_and_seed_give_the_same_bytes_everywhere() -> None:
    digest = sha256()
    for story in Archive(30).stories():
        digest.update(f"{story.path}\n{story.text}".encode())
    # Results of different days may be compared only while this holds.
    assert digest.hexdigest()[:16] == "656356b10d7a6445"


def test_another_seed_gives_another_archive() -> None:
    assert Archive(30, seed=2).story(7) != Archive(30).story(7)


def test_a_story_has_some_580_words() -> None:
    assert 540 < mean(len(story.text.split()) for story in STORIES) < 620


def test_every_kind_of_mark_occurs() -> None:
    text = "\n".join(story.text for story in STORIES)
    for mark in ("](https://", "**", " *", "`", "&amp;", "\n## ", "\n> ", "\n- ", "| --- |", "“"):
        assert mark in text, mark


def test_stories_are_in_order_of_their_dates_and_each_has_its_own_path() -> None:
    dates = [field(story.text, "date") for story in STORIES]
    assert dates == sorted(dates)
    assert len({story.path for story in STORIES}) == len(STORIES)


def test_a_storys_path_is_made_of_its_front_matter() -> None:
    for story in STORIES:
        section, year, name = story.path.split("/")
        assert section == field(story.text, "section")
        assert year == field(story.text, "date")[:4]
        assert name == field(story.text, "slug") + ".md"


def test_all_sections_occur() -> None:
    assert {field(story.text, "section") for story in STORIES} == set(SECTIONS)


def test_few_tags_are_used_much_and_many_little() -> None:
    used = Counter(tag for story in STORIES for tag in tags_of(story.text))
    counts = sorted(used.values(), reverse=True)
    assert counts[0] > 3 * counts[10] > 0
    assert counts[0] > 10 * counts[-1]


def test_there_is_a_tag_for_every_20_stories_but_never_fewer_than_50() -> None:
    assert len(Archive(20).tags.names) == 50
    assert len(Archive(3000).tags.names) == 150


def test_what_is_written_is_what_was_made(tmp_path: Path) -> None:
    archive = Archive(5)
    paths = archive.write(tmp_path)
    assert paths == tuple(story.path for story in archive.stories())
    assert (tmp_path / paths[3]).read_bytes().decode() == archive.story(3).text
