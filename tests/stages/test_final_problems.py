from datetime import UTC, datetime
from pathlib import Path

import pytest

from generator.build import BuildOptions, build
from generator.model.problems import Place, Problem, Severity, SiteError, warning
from generator.stages.final_problems import final_problems
from tests.support.sites import MakeSite

STORY = Problem(Place("content/articles/a.md", 3), "wrong")
LAYOUT = Problem(Place("layouts/article.html", 1), "wrong")
DOUBT = warning(Place("content/articles/a.md", 2), "doubtful")


def final(
    *found: Problem, site: Path, strict: bool = False, keep_going: bool = False
) -> tuple[Problem, ...]:
    return final_problems(found, site=site, strict=strict, keep_going=keep_going)


def test_warnings_come_back_in_order_each_once(tmp_path: Path) -> None:
    other = warning(Place("content/a.pdf"), "unnamed")
    assert final(DOUBT, other, DOUBT, site=tmp_path) == (other, DOUBT)
    assert final(site=tmp_path) == ()


def test_an_error_stops_the_build_and_brings_the_warnings_along(tmp_path: Path) -> None:
    with pytest.raises(SiteError) as raised:
        final(LAYOUT, STORY, DOUBT, site=tmp_path)
    assert raised.value.problems == (DOUBT, STORY, LAYOUT)


def test_strict_makes_warnings_errors(tmp_path: Path) -> None:
    with pytest.raises(SiteError) as raised:
        final(DOUBT, site=tmp_path, strict=True)
    assert [problem.severity for problem in raised.value.problems] == [Severity.ERROR]


def test_keep_going_passes_over_errors_in_texts_and_still_tells_them(tmp_path: Path) -> None:
    assert final(STORY, DOUBT, site=tmp_path, keep_going=True) == (DOUBT, STORY)


@pytest.mark.parametrize(
    "path", ["layouts/a.html", "theme/a.html", "config.yaml", "content", "static"]
)
def test_keep_going_stops_at_any_other_error(tmp_path: Path, path: str) -> None:
    with pytest.raises(SiteError):
        final(STORY, Problem(Place(path), "wrong"), site=tmp_path, keep_going=True)


def test_problems_that_know_their_key_only_get_their_line(make_site: MakeSite) -> None:
    site = make_site("-- content/articles/a.md --\n---\ntitle: A\ntopics: [War, Kursk]\n---\n")
    problem = warning(Place("content/articles/a.md"), "doubtful", keys=("tags", "Kursk"))
    (found,) = final(problem, site=site)
    assert (found.place, found.excerpt) == (
        Place("content/articles/a.md", 3, 15),
        "topics: [War, Kursk]",
    )


def test_an_archives_doubts_are_told_once_and_those_of_today_each(make_site: MakeSite) -> None:
    site = make_site(
        """
        -- config.yaml --
        title: The Gazette
        base_url: https://gazette.example
        links: {dead: warn, before: 2020-01-01}
        -- content/articles/old.md --
        ---
        title: Old
        date: 2010-05-01
        ---
        [one](/gone/) [two](/lost/)
        -- content/articles/older.md --
        ---
        title: Older
        date: 2009-05-01
        ---
        [one](/gone/)
        -- content/pages/about.md --
        ---
        title: About
        ---
        [one](/gone/)
        -- content/articles/new.md --
        ---
        title: New
        date: 2020-01-01
        ---
        [a](#x) [b](#y)
        """
    )

    def told() -> list[str]:
        report = build(BuildOptions(site, datetime(2020, 3, 1, tzinfo=UTC)))
        return [f"{one.place.path}: {one.message}" for one in report.problems]

    news = [f'content/articles/new.md: no "#{name}" on this page' for name in "xy"]
    first = 'content/articles/old.md: leads nowhere: "/gone/" (4 such, in 3 files)'
    assert told() == [*news, first]
    older = site / "content/articles/older.md"
    older.write_text(older.read_text().replace("[one](/gone/)", "Nothing."))
    assert told() == [*news, first.replace("4 such, in 3", "3 such, in 2")]
