import pytest

from generator.model.entities import decoded


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("AT&amp;T", "AT&T"),
        ("&#8217;&#x2019;&#X2019;", "\u2019\u2019\u2019"),
        ("java&#0000000000058;&colon;&Tab;", "java::\t"),
        ("?a=1&copy=2&amp", "?a=1&copy=2&amp"),
        ("&nonsense;", "&nonsense;"),
        ("&notit; &not;it", "&notit; \u00acit"),
        ("&amp;lt;", "&lt;"),
        (f"&#{'0' * 9000}65;", "A"),
        ("&#99999999;", "&#99999999;"),
    ],
)
def test_references_that_end_in_a_semicolon_are_decoded_once(written: str, meant: str) -> None:
    assert decoded(written) == meant
