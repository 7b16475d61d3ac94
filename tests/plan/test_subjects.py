"""What sections, tags and authors have in common."""

import pytest

from generator.model.article import Newsroom
from generator.model.config import OutputOptions
from generator.model.values import replace
from generator.plan.subjects import all_subjects
from tests.support.planning import CONFIG, arranged, story


@pytest.mark.parametrize(
    ("on", "fronts"),
    [
        (OutputOptions(), ["/news/", "/tags/kursk/", "/authors/jane/"]),
        (OutputOptions(sections=False), ["/tags/kursk/", "/authors/jane/"]),
        (OutputOptions(tags=False), ["/news/", "/authors/jane/"]),
        (OutputOptions(authors=False), ["/news/", "/tags/kursk/"]),
    ],
)
def test_everything_that_has_a_page_is_a_subject(on: OutputOptions, fronts: list[str]) -> None:
    chosen = replace(CONFIG, outputs=on)
    site, _ = arranged(Newsroom((story("a", tags=["Kursk"], authors=["Jane"]),)), chosen)
    subjects = list(all_subjects(site, chosen))
    assert [subject.front for subject in subjects] == fronts
    assert all([a.slug for a in subject.articles] == ["a"] for subject in subjects)
