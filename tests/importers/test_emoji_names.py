import pytest

from generator.importers.emoji_names import with_emoji


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Done :tada: and :rocket:!", "Done 🎉 and 🚀!"),
        ("`:tada:` at 10:30:45 in a:b:c, :no_such_thing:", None),
        ("https://a.example/:tada:/ ::tada:: :digit_one:", None),
    ],
)
def test_names_of_emoji_are_read_where_they_are_meant(written: str, shown: str | None) -> None:
    assert with_emoji(written) == (shown or written)
