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
    SourceFile,
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
    files=(SourceFile("static/logo.png", 1, ""),),
    broken=("content/articles/c.md",),
)


def test_everything_that_was_read_is_news_by_its_path() -> None:
    broken = object()
    news = NEWSROOM.news(broken)
    assert news["content/articles/c.md"] is broken
    assert {path: getattr(text, "source", None) for path, text in news.items()} == {
        **{
            path: Source(path, "")
            for path in (
                *("content/articles/a.md", "content/articles/b.md", "content/pages/about.md"),
                *("content/tags/war.md", "content/sections/world.md", "content/authors/jo.md"),
            )
        },
        "news": None,
        "static/logo.png": None,
        "content/articles/c.md": None,
    }
    assert news["static/logo.png"] == NEWSROOM.files[0]


@pytest.mark.parametrize(
    ("name", "title"),
    [("war-crimes", "War crimes"), ("news", "News"), ("Op-Ed", "Op-Ed"), ("EU", "EU")],
)
def test_a_sections_name_is_shown_as_words_unless_it_has_capitals(name: str, title: str) -> None:
    assert section_title(name) == title
