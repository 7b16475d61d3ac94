"""What the newsroom writes, as it was read."""

from datetime import UTC, datetime

import pytest

from generator.model.article import (
    Article,
    Author,
    Newsroom,
    Page,
    Section,
    Source,
    Tag,
    section_title,
)

NEWSROOM = Newsroom(
    articles=tuple(
        Article(
            Source(f"content/articles/{name}.md", ""),
            address=f"/{name}/",
            id=name,
            slug=name,
            title=name,
            date=datetime(2025, 1, 1, tzinfo=UTC),
            section="news",
        )
        for name in ("a", "b")
    ),
    pages=(Page(Source("content/pages/about.md", ""), "/about/", "About"),),
    tags=(Tag("war", "War", "war", source=Source("content/tags/war.md", "")),),
    sections=(
        Section("world", "World", source=Source("content/sections/world.md", "")),
        Section("news", "News"),
    ),
    authors=(Author("jo", "Jo", "jo", source=Source("content/authors/jo.md", "")),),
    broken=("content/articles/c.md",),
)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("content/articles/a.md", "articles"),
        ("content/pages/about.md", "pages"),
        ("content/tags/war.md", "tags"),
        ("content/sections/world.md", "sections"),
        ("content/authors/jo.md", "authors"),
    ],
)
def test_a_newsroom_without_a_text_has_all_others_and_knows_it_as_broken(
    path: str, kind: str
) -> None:
    left = NEWSROOM.without(frozenset({path}))
    assert left.broken == ("content/articles/c.md", path)
    for other in ("articles", "pages", "tags", "sections", "authors"):
        before, after = getattr(NEWSROOM, other), getattr(left, other)
        gone = [one for one in before if one not in after]
        assert [one.source.path for one in gone] == ([path] if other == kind else [])


@pytest.mark.parametrize(
    ("name", "title"),
    [("war-crimes", "War crimes"), ("news", "News"), ("Op-Ed", "Op-Ed"), ("EU", "EU")],
)
def test_a_sections_name_is_shown_as_words_unless_it_has_capitals(name: str, title: str) -> None:
    assert section_title(name) == title
