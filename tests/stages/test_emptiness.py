"""A build that would leave pages empty is stopped, with all that is needed to mend them."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from generator.build import BuildOptions, build
from generator.model.problems import SiteError
from generator.publish.guard import RefusedError
from tests.support.sites import MakeSite

A, TEXT = "news/2025/01/a/index.html", "content/articles/a.md"
NOW = datetime(2026, 1, 15, 12, tzinfo=UTC)
SITE = """
    -- config.yaml --
    title: Tiny
    -- content/articles/a.md --
    ---
    title: A
    date: 2025-01-01
    colour: blue
    ---
    Text.
    -- content/articles/b.md --
    ---
    title: B
    date: 2025-01-02
    ---
    Text.
"""


def told(site: Path) -> list[str]:
    with pytest.raises(SiteError) as raised:
        build(BuildOptions(site, NOW))
    assert not (site / "public").exists()
    errors = [problem for problem in raised.value.problems if problem.is_error]
    assert all(problem.hint.endswith(" add --allow-shrink.") for problem in errors)
    assert len(raised.value.problems) == len(errors) + 1  # the warning of an unknown key
    return [f"{problem.place}: {problem.message}" for problem in errors]


def test_a_layout_that_writes_nothing_is_named_with_its_pages(make_site: MakeSite) -> None:
    make_site(SITE)
    site = make_site("""
        -- layouts/article.html --
        -- layouts/tags.html --
        {# nothing #}
    """)
    assert told(site) == [
        f"layouts/article.html: leaves a page empty: {A}, made of {TEXT} (and so for 1 more page)",
        "layouts/tags.html: leaves a page empty: tags/index.html",
    ]


def test_a_page_that_is_copied_is_named_itself(make_site: MakeSite) -> None:
    make_site(SITE)
    site = make_site("-- static/old/index.html --\n")
    assert told(site) == ["static/old/index.html: leaves a page empty: old/index.html"]


def test_it_is_published_when_it_is_meant(make_site: MakeSite) -> None:
    make_site(SITE)
    site = make_site("-- layouts/article.html --\n")
    build(BuildOptions(site, NOW, allow_shrink=True))
    assert (site / "public/news/2025/01/a/index.html").read_bytes() == b""
    build(BuildOptions(site, NOW))  # it was so before


def test_a_site_that_shrinks_as_the_clock_is_wrong_is_told_of_the_clock(
    make_site: MakeSite,
) -> None:
    site = make_site(SITE)
    for day in range(1, 13):
        text = f"---\ntitle: Story {day}\ndate: 2025-03-{day:02}\n---\nText.\n"
        (site / f"content/articles/s{day}.md").write_text(text)
    build(BuildOptions(site, NOW))
    with pytest.raises(RefusedError) as raised:
        build(BuildOptions(site, datetime(2025, 3, 2, 1, tzinfo=UTC)))
    assert raised.value.hint == (
        "10 stories are held back as of 2025-03-02 01:00 UTC: is that the right time? "
        "To publish it all the same, add --allow-shrink."
    )
