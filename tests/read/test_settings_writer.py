"""What is written without a closer look is what the YAML library would write."""

from hypothesis import given
from hypothesis import strategies as st

from generator.read.plain_yaml import Setting
from generator.read.settings_writer import dumped, write_settings

TEXTS = st.text(alphabet="aA1 .:-'#/?=&@()%+_eéx,\"*\n\u2019日", max_size=8) | st.sampled_from(
    ["no", "2014-05-03", "2014-05-03 10:00:00 +0100", "1.10", "a: b", "https://x.example/?p=1", "~"]
)
VALUES = (
    TEXTS
    | st.booleans()
    | st.none()
    | st.lists(TEXTS, max_size=3)
    | st.dictionaries(TEXTS, TEXTS, max_size=3)
)


@given(st.dictionaries(TEXTS, VALUES, max_size=4))
def test_a_shortcut_writes_the_same(values: dict[str, Setting]) -> None:
    assert write_settings(values) == dumped(values)
