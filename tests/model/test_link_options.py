"""What a dead link stops, and where others answer."""

from datetime import UTC, datetime

import pytest

from generator.model.config import Config
from generator.model.link_options import LinkOptions, MediaOptions
from generator.model.problems import Severity

OLD, NEW = datetime(2019, 12, 31, 23, tzinfo=UTC), datetime(2020, 1, 1, tzinfo=UTC)


def links(**values: object) -> LinkOptions:
    """The options, as config.yaml has them; no fault in them."""
    config, faults = Config.parse({"title": "Tiny", "links": values})
    assert not faults
    return config.links


@pytest.mark.parametrize(
    ("values", "lenient"),
    [
        ({}, []),
        ({"dead": "error"}, []),
        ({"dead": "warn"}, [OLD, NEW, None]),
        ({"before": "2020-01-01"}, [OLD]),
        ({"dead": "warn", "before": "2020-01-01"}, [OLD, None]),
    ],
)
def test_leniency_is_for_all_texts_or_for_the_archive(
    values: dict[str, object], lenient: list[datetime | None]
) -> None:
    found = links(**values)
    of = {instant: found.severity(instant) for instant in (OLD, NEW, None)}
    assert [instant for instant in of if of[instant] is Severity.WARNING] == lenient


@pytest.mark.parametrize(
    ("prefix", "address", "leads"),
    [
        ("/docs/", "/docs/a/", True),
        ("/docs/", "/docs/", True),
        ("/docs/", "/docs", True),
        ("/docs", "/docs/a.html", True),
        ("/docs", "/docstore/", False),
        ("/docs/", "/news/docs/", False),
        ("/old.php", "/old.php", True),
        ("/", "/anything", True),
    ],
)
def test_another_program_answers_at_and_below_an_address(
    prefix: str, address: str, leads: bool
) -> None:
    assert links(elsewhere=[prefix]).leads_elsewhere(address) is leads


@pytest.mark.parametrize(
    ("group", "values"),
    [
        ("links", {"dead": "ignore"}),
        ("links", {"before": "1 May 2020"}),
        ("links", {"elsewhere": ["docs/"]}),
        ("media", {"base": "media.example.org"}),
        ("media", {"base": "https://media.example.org/?a=1"}),
    ],
)
def test_what_means_nothing_is_a_fault_with_a_hint(group: str, values: dict[str, object]) -> None:
    config, [fault] = Config.parse({"title": "Tiny", group: values})
    assert fault.keys[:2] == (group, *values)
    assert fault.hint
    assert (config.links, config.media) == (LinkOptions(), MediaOptions())
