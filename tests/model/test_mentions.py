"""Who names what, as texts come, go and change."""

from hypothesis import given
from hypothesis import strategies as st

from generator.model.mentions import Mentions

NAMES = "abc"
TEXTS = st.dictionaries(st.sampled_from("1234"), st.sets(st.sampled_from(NAMES)), max_size=4)
"""What some texts name, by their paths; a text that goes names nothing any more."""


def pairs(texts: dict[str, set[str]]) -> list[tuple[str, str]]:
    return [(name, path) for path, names in texts.items() for name in names]


@given(news=st.lists(TEXTS, max_size=5), recalled_after=st.integers(0, 5))
def test_mentions_that_change_again_and_again_are_as_if_made_anew(
    news: list[dict[str, set[str]]], recalled_after: int
) -> None:
    mentions, there = Mentions(), dict[str, set[str]]()
    for number, texts in enumerate(news):
        if number == recalled_after:
            mentions = Mentions(mentions.of)
        before, were = mentions, {name: mentions.of(name) for name in NAMES}
        gone = {path: there[path] for path in texts if path in there}
        mentions = mentions.after(pairs(gone), pairs(texts))
        there |= texts
        for name in NAMES:
            assert mentions.of(name) == {path for path, names in there.items() if name in names}
            assert before.of(name) == were[name]
