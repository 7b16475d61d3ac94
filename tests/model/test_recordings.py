"""Durations and media types of sounds and films."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.recordings import (
    Medium,
    clock_time,
    iso_duration,
    medium_of,
    seconds_of,
    type_of,
)


@given(st.integers(1, 999 * 3600))
def test_a_duration_is_read_as_it_is_shown(seconds: int) -> None:
    assert seconds_of(clock_time(seconds)) == seconds
    assert seconds_of(iso_duration(seconds)) == seconds
    assert seconds_of(str(seconds)) == seconds


@pytest.mark.parametrize(
    ("written", "seconds"),
    [("31 min", 1860), ("1h 2m 3s", 3723), ("1 hour 5 minutes", 3900), ("", 0), ("x", 0)],
)
def test_durations_in_words(written: str, seconds: int) -> None:
    assert seconds_of(written) == seconds


@given(st.text(max_size=20))
def test_no_text_breaks_reading_a_duration(text: str) -> None:
    assert seconds_of(text) >= 0


def test_a_name_tells_what_a_file_is() -> None:
    assert medium_of("a/b.MP3?x#y") is Medium.AUDIO
    assert medium_of("b.mp4") is Medium.VIDEO
    assert medium_of("b.jpg") is None
    assert medium_of("") is None
    assert type_of("a.m4a", Medium.AUDIO) == "audio/mp4"
    assert type_of("a.mp4", Medium.AUDIO) == "audio/mp4"
    assert type_of("a.webm", Medium.VIDEO) == "video/webm"
    assert type_of("a.jpg", Medium.VIDEO) == ""
