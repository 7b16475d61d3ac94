"""Sounds and films in front matter."""

import pytest

from generator.model.problems import Severity
from generator.model.recordings import Captions, Clip, EpisodeType
from generator.read.fields import Fields
from generator.read.front_matter import FrontMatter, split_front_matter
from generator.read.recordings import read_recording


def fields_of(text: str) -> Fields:
    front = split_front_matter(f"---\n{text}\n---\n".encode(), path="content/articles/a.md")
    assert isinstance(front, FrontMatter), front
    return Fields(front, ("audio", "video"), {})


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("audio: a.mp3", Clip("a.mp3")),
        ("audio: {src: a.mp3, title: The *talk*}", Clip("a.mp3", "The talk")),
        ("audio: {src: a.mp3, duration: '31:05'}", Clip("a.mp3", seconds=1865)),
        ("audio: {src: a.mp3, duration: 1:02:33}", Clip("a.mp3", seconds=3753)),
        ("audio: {src: a.mp3, duration: 90}", Clip("a.mp3", seconds=90)),
        ("audio: {src: a.mp3, length: 1234567}", Clip("a.mp3", size=1234567)),
        ("audio: {url: a.mp3}", Clip("a.mp3")),
        ("audio: {src: /sounds/a, type: audio/mpeg}", Clip("/sounds/a", type="audio/mpeg")),
        ("audio: a.mp4", Clip("a.mp4")),
        (
            "audio: {src: a.mp3, episode: 3, season: 2, episode_type: bonus, explicit: no}",
            Clip("a.mp3", episode=3, season=2, episode_type=EpisodeType.BONUS, explicit=False),
        ),
        (
            "audio: {src: a.mp3, captions: a.vtt, transcript: a.txt}",
            Clip("a.mp3", captions=(Captions("a.vtt"),), transcript="a.txt"),
        ),
        (
            "audio:\n  src: a.mp3\n  captions:\n    uk: a.uk.vtt\n    en: a.vtt",
            Clip("a.mp3", captions=(Captions("a.uk.vtt", "uk"), Captions("a.vtt", "en"))),
        ),
        (
            "audio: {src: https://cdn.example/a.mp3, size: 5}",
            Clip("https://cdn.example/a.mp3", size=5),
        ),
        ("audio:", None),
    ],
)
def test_forms_of_a_sound(written: str, expected: Clip | None) -> None:
    fields = fields_of(written)
    assert read_recording(fields, "audio") == expected
    assert fields.problems == []


def test_a_film_has_a_poster_and_a_sound_has_none() -> None:
    fields = fields_of("video: {src: a.mp4, poster: p.jpg}\naudio: {src: a.mp3, poster: p.jpg}")
    assert read_recording(fields, "video") == Clip("a.mp4", poster="p.jpg")
    assert read_recording(fields, "audio") == Clip("a.mp3")
    (problem,) = fields.problems
    assert problem.message == 'unknown key "poster"'


@pytest.mark.parametrize(
    ("written", "message", "hint"),
    [
        ("audio: {title: A}", "a sound without src", "audio: {src: talk.mp3}"),
        ("audio: [a.mp3]", "a sound without src", "a path"),
        ("audio: a.pdf", 'not a sound: "a.pdf"', "talk.mp3"),
        ("audio: ftp://x.org/a.mp3", "not the address of a sound", "https:"),
        ("audio: {src: a.mp3, duration: long}", 'not a duration: "long"', "31:05"),
        ("audio: {src: a.mp3, size: 12 MB}", 'not a size: "12 MB"', "bytes"),
        ("audio: {src: a.mp3, type: image/png}", "not the type of a sound", "audio/mpeg"),
        ("audio: {src: a.mp3, episode: first}", 'the episode is not a number: "first"', "1, 2, 3"),
        ("audio: {src: a.mp3, season: 0}", 'the season is not a number: "0"', "1, 2, 3"),
        ("audio: {src: a.mp3, episode_type: bonsu}", "unknown type of an episode", "bonus"),
        ("audio: {src: a.mp3, explicit: maybe}", "not true or false", "true"),
        ("audio: {src: a.mp3, captions: a.srt}", 'not a file of captions: "a.srt"', "WebVTT"),
        ("audio: {src: a.mp3, captions: https://x.org/a.vtt}", "not a file", "beside the story"),
        ("audio: {src: a.mp3, captions: [a.vtt]}", "is a list, not a file", "captions: talk.vtt"),
        ("audio: {src: a.mp3, captions: {klingonese2: a.vtt}}", "not a language", "pt-BR"),
        ("audio: {src: a.mp3, title: [A]}", '"title" is not a text', "one line"),
    ],
)
def test_what_is_no_sound_is_told_with_what_to_write(written: str, message: str, hint: str) -> None:
    fields = fields_of(written)
    assert read_recording(fields, "audio") is None
    (problem,) = fields.problems
    assert problem.severity is Severity.ERROR
    assert message in problem.message
    assert hint in problem.hint
    assert problem.place.line


@pytest.mark.parametrize(
    ("written", "message", "hint"),
    [
        ("video: https://youtu.be/abcdefg", "a page, and no film itself", "paragraph"),
        ("video: true", 'not a film: "true"', "storm.mp4"),
    ],
)
def test_what_other_generators_mean_by_the_key_is_passed_over(
    written: str, message: str, hint: str
) -> None:
    fields = fields_of(written)
    assert read_recording(fields, "video") is None
    (problem,) = fields.problems
    assert problem.severity is Severity.WARNING
    assert message in problem.message
    assert hint in problem.hint


@pytest.mark.parametrize(
    ("written", "message", "hint"),
    [
        ("audio: https://x.org/a.mp3", "how large this sound is", "size:"),
        ("audio: {src: https://x.org/1, size: 5}", "what kind of sound", "type: audio/mpeg"),
    ],
)
def test_feeds_must_know_of_a_sound_elsewhere(written: str, message: str, hint: str) -> None:
    fields = fields_of(written)
    assert read_recording(fields, "audio")
    (problem,) = fields.problems
    assert problem.severity is Severity.WARNING
    assert message in problem.message
    assert hint in problem.hint
