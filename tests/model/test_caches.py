from hypothesis import given
from hypothesis import strategies as st

from generator.model.caches import keep


@given(st.lists(st.integers(0, 30)), st.integers(1, 9))
def test_a_cache_gives_back_what_was_put_and_never_holds_more_than_it_may(
    keys: list[int], most: int
) -> None:
    cache: dict[int, int] = {}
    for key in keys:
        assert keep(cache, key, -key, most) == -key
        assert cache[key] == -key
        assert len(cache) <= most


def test_what_is_kept_stays_until_the_cache_is_full() -> None:
    cache: dict[str, int] = {}
    for number, key in enumerate("abc"):
        keep(cache, key, number, most=3)
    assert cache == {"a": 0, "b": 1, "c": 2}
    keep(cache, "d", 3, most=3)
    assert cache == {"d": 3}
