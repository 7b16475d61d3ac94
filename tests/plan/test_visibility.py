"""Which stories exist at an instant."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.plan.visibility import hidden_reason, is_visible, next_change
from tests.support.planning import story

THEN = datetime(2024, 8, 20, 18, 30, tzinfo=ZoneInfo("Europe/Kyiv"))
SECOND = timedelta(seconds=1)
LONG_AGO = THEN - timedelta(days=30)


@pytest.mark.parametrize(
    ("fields", "seen"),
    [
        ({"date": THEN}, [False, True, True]),
        ({"date": LONG_AGO, "embargo": THEN}, [False, True, True]),
        ({"date": THEN, "embargo": LONG_AGO}, [False, True, True]),
        ({"date": LONG_AGO, "expires": THEN}, [True, False, False]),
        ({"date": LONG_AGO, "embargo": THEN, "expires": THEN}, [False, False, False]),
        ({"date": THEN, "embargo": THEN, "expires": THEN + SECOND}, [False, True, False]),
    ],
)
def test_a_story_comes_and_goes_to_the_second(
    fields: dict[str, datetime], seen: list[bool]
) -> None:
    article = story("a", **fields)  # type: ignore[arg-type] # they are dates
    instants = (THEN - SECOND, THEN, THEN + SECOND)
    assert [is_visible(article, now, drafts=False) for now in instants] == seen
    in_utc = [now.astimezone(UTC) for now in instants]
    assert [is_visible(article, now, drafts=False) for now in in_utc] == seen


def test_a_draft_is_seen_only_where_drafts_are() -> None:
    draft = story("a", date=LONG_AGO, draft=True)
    assert not is_visible(draft, THEN, drafts=False)
    assert is_visible(draft, THEN, drafts=True)


def test_drafts_do_not_lift_an_embargo() -> None:
    held = story("a", date=LONG_AGO, draft=True, embargo=THEN)
    assert not is_visible(held, THEN - SECOND, drafts=True)


@pytest.mark.parametrize(
    ("fields", "drafts", "reason"),
    [
        ({"draft": True}, False, "a draft"),
        ({"draft": True, "expires": LONG_AGO}, True, "expired"),
        ({"expires": THEN}, False, "expired"),
        (
            {"embargo": THEN + timedelta(days=1)},
            False,
            "held back until 2024-08-21 18:30 EEST",
        ),
    ],
)
def test_the_reason_is_the_one_that_hides_it(
    fields: dict[str, object], drafts: bool, reason: str
) -> None:
    article = story("a", **{"date": LONG_AGO, **fields})  # type: ignore[arg-type] # fields of a story
    assert not is_visible(article, THEN, drafts=drafts)
    assert hidden_reason(article, THEN, drafts=drafts) == reason


def test_nothing_changes_where_nothing_is_awaited() -> None:
    articles = [
        story("out", date=LONG_AGO),
        story("gone", date=LONG_AGO, expires=THEN),
        story("draft", date=THEN + SECOND, draft=True),
        story("never", date=LONG_AGO, embargo=THEN + 2 * SECOND, expires=THEN + SECOND),
    ]
    assert next_change(articles, THEN, drafts=False) is None
    assert next_change(articles, THEN, drafts=True) == THEN + SECOND


moments = st.integers(-5, 5).map(lambda hours: THEN + timedelta(hours=hours))
maybe = st.none() | moments


@given(
    st.lists(st.tuples(moments, maybe, maybe, st.booleans()), max_size=4),
    st.integers(-6, 6),
    st.booleans(),
)
def test_the_next_change_is_the_first_at_which_anything_differs(
    times: list[tuple[datetime, datetime | None, datetime | None, bool]], hours: int, drafts: bool
) -> None:
    articles = [
        story(f"{n}", date=date, embargo=embargo, expires=expires, draft=draft)
        for n, (date, embargo, expires, draft) in enumerate(times)
    ]

    def seen(now: datetime) -> list[bool]:
        return [is_visible(article, now, drafts=drafts) for article in articles]

    now = THEN + timedelta(hours=hours)
    instants = (now + timedelta(minutes=30 * step) for step in range(1, 30))
    expected = next((instant for instant in instants if seen(instant) != seen(now)), None)
    assert next_change(articles, now, drafts=drafts) == expected
