import re

import pytest

from generator.model.late_patterns import LatePattern

WORD = "(?P<word>[a-z]+)!"


def test_a_late_pattern_answers_as_the_pattern_does() -> None:
    late, early = LatePattern(WORD, re.IGNORECASE), re.compile(WORD, re.IGNORECASE)
    assert late.sub(r"\g<word>?", "So! it! is") == early.sub(r"\g<word>?", "So! it! is")
    assert (late.pattern, late.flags) == (early.pattern, early.flags)
    assert [found["word"] for found in late.finditer("So! it! is")] == ["So", "it"]


def test_it_is_compiled_when_it_is_first_asked() -> None:
    broken = LatePattern("(")
    with pytest.raises(re.error):
        broken.search("")
