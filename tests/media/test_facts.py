"""How long sounds and films take, by the heads of their files."""

import io
import wave

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.media.facts import Facts, facts_of
from tests.support.recordings import box, film, id3, movie_header, sound, track


def facts(data: bytes) -> Facts:
    return facts_of(io.BytesIO(data))


def test_a_film_tells_how_long_it_is_and_how_large() -> None:
    assert facts(film(65)) == Facts(65, 640, 360)


def test_a_film_that_is_turned_is_upright() -> None:
    moov = box(b"moov", movie_header(5), track(1920, 1080, turned=True))
    assert facts(box(b"ftyp", b"qt  ") + moov) == Facts(5, 1080, 1920)


def test_a_sound_of_one_bit_rate_is_as_long_as_its_bytes() -> None:
    assert facts(sound(60)) == Facts(60)
    assert facts(sound(60, id3((b"TIT2", b"\0A talk"), padding=5000))) == Facts(60)


def test_a_sound_of_many_bit_rates_counts_its_frames() -> None:
    head = bytes((0xFF, 0xFB, 0x90, 0x64)) + bytes(32)
    data = head + b"Xing\0\0\0\1" + (2297).to_bytes(4, "big") + bytes(400)
    assert facts(data) == Facts(60)


def test_a_wave_and_a_flac_tell_too() -> None:
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as made:
        made.setparams((1, 2, 8000, 0, "NONE", ""))
        made.writeframes(bytes(2 * 8000 * 3))
    assert facts(buffer.getvalue()) == Facts(3)
    numbers = (44100 << 44 | 44100 * 7).to_bytes(8, "big")
    assert facts(b"fLaC\0\0\0\x22" + bytes(10) + numbers + bytes(16)) == Facts(7)


@pytest.mark.parametrize(
    "data", [b"", b"ID3", b"RIFF....WAVE", b"fLaC", b"\0\0\0\1ftyp", b"x" * 99]
)
def test_what_is_cut_off_tells_nothing(data: bytes) -> None:
    assert facts(data) == Facts()


@given(st.data())
def test_no_damage_makes_it_fail(data: st.DataObject) -> None:
    whole = data.draw(st.sampled_from((film(9), sound(1, id3((b"TIT2", b"\0A"))))))[:600]
    broken = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 6))):
        broken[data.draw(st.integers(0, len(broken) - 1))] = data.draw(st.integers(0, 255))
    found = facts(bytes(broken[: data.draw(st.integers(0, len(broken)))]))
    assert 0 <= found.seconds <= 10**7
