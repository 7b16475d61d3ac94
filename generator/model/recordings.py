"""Recordings: the sound or film that goes with a story, as written and as it is published."""

import re
from enum import StrEnum
from types import MappingProxyType

from generator.model.pictures import Picture
from generator.model.values import frozen


class Medium(StrEnum):
    """What a recording is; also the key under which a story's file names it."""

    AUDIO = "audio"
    VIDEO = "video"


class EpisodeType(StrEnum):
    """What an episode of a podcast is, as Apple's directory tells them apart."""

    FULL = "full"
    TRAILER = "trailer"
    BONUS = "bonus"


TYPES = MappingProxyType(
    {
        Medium.AUDIO: MappingProxyType(
            {
                "mp3": "audio/mpeg",
                "m4a": "audio/mp4",
                "aac": "audio/aac",
                "ogg": "audio/ogg",
                "oga": "audio/ogg",
                "opus": "audio/ogg",
                "flac": "audio/flac",
                "wav": "audio/wav",
                "weba": "audio/webm",
            }
        ),
        Medium.VIDEO: MappingProxyType(
            {
                "mp4": "video/mp4",
                "m4v": "video/mp4",
                "webm": "video/webm",
                "mov": "video/quicktime",
                "ogv": "video/ogg",
            }
        ),
    }
)
"""The media types of recordings by the endings of their names."""
NOUNS = MappingProxyType({Medium.AUDIO: "sound", Medium.VIDEO: "film"})
"""What people call them."""
UNTOLD = MappingProxyType({Medium.AUDIO: "audio/mpeg", Medium.VIDEO: "video/mp4"})
"""What a recording counts as whose type nothing tells: feeds must name one."""
CLOCK = re.compile(r"(?:(?P<h>[0-9]{1,3}):)?(?P<m>[0-9]{1,2}):(?P<s>[0-5][0-9])(?:\.[0-9]+)?")
ISO = re.compile(
    r"PT(?=[0-9])(?:(?P<h>[0-9]{1,3})H)?(?:(?P<m>[0-9]{1,5})M)?(?:(?P<s>[0-9]{1,7})(?:\.[0-9]+)?S)?",
    re.IGNORECASE,
)
SECONDS = re.compile(r"(?P<s>[0-9]{1,7})(?:\.[0-9]+)?")
WORDS = re.compile(
    r"(?:(?P<h>[0-9]{1,3}) ?h(?:ours?)?)? ?(?:(?P<m>[0-9]{1,4}) ?m(?:in(?:utes?)?)?)?"
    r" ?(?:(?P<s>[0-9]{1,5}) ?s(?:ec(?:onds?)?)?)?",
    re.IGNORECASE,
)


@frozen
class Captions:
    """A file of captions (WebVTT) in one language; `url` is as written, or as published."""

    url: str
    language: str = ""


@frozen
class Clip:
    """A recording as front matter names it: `src` is a path or a URL, as written.

    `seconds` and `size` (bytes) are 0 where they are not told, and then come from the file.
    `explicit` is None where nothing is said of it.
    """

    src: str
    title: str = ""
    seconds: int = 0
    size: int = 0
    type: str = ""
    poster: str = ""
    captions: tuple[Captions, ...] = ()
    transcript: str = ""
    episode: int = 0
    season: int = 0
    episode_type: EpisodeType = EpisodeType.FULL
    explicit: bool | None = None

    @property
    def files(self) -> tuple[str, ...]:
        """All that it names: paths and URLs."""
        own = (self.src, self.poster, self.transcript, *(one.url for one in self.captions))
        return tuple(filter(None, own))


@frozen
class Recording:
    """A recording that is there: URLs are root-relative or absolute, 0 means unknown.

    `size` is in bytes, `width` and `height` in pixels. `poster` is what a film shows before it
    plays.
    """

    medium: str
    url: str
    media_type: str
    title: str = ""
    seconds: int = 0
    size: int = 0
    width: int = 0
    height: int = 0
    poster: Picture | None = None
    captions: tuple[Captions, ...] = ()
    transcript_url: str = ""
    episode: int = 0
    season: int = 0
    episode_type: str = "full"
    explicit: bool | None = None


def medium_of(name: str) -> Medium | None:
    """What a file of that name, or at that address, is; None for neither a sound nor a film."""
    ending = _ending(name)
    return next((medium for medium, types in TYPES.items() if ending in types), None)


def type_of(name: str, medium: Medium) -> str:
    """The media type of a recording of that name, or nothing.

    Some formats hold sounds and films: an `.mp4` may be a sound too.
    """
    ending = _ending(name)
    own = TYPES[medium].get(ending, "")
    other = next((types[ending] for types in TYPES.values() if ending in types), "")
    return own or (f"{medium}/{other.partition('/')[2]}" if other else "")


def _ending(name: str) -> str:
    return name.partition("?")[0].partition("#")[0].rpartition(".")[2].lower()


def seconds_of(text: str) -> int:
    """A duration as people write it: `31:05`, `1865`, `PT31M5S`, `31 min`; 0 for none."""
    for pattern in (CLOCK, ISO, SECONDS, WORDS):
        if found := pattern.fullmatch(text.strip()):
            parts = found.groupdict()
            hours, minutes, seconds = (int(parts.get(name) or 0) for name in "hms")
            return hours * 3600 + minutes * 60 + seconds
    return 0


def clock_time(seconds: int) -> str:
    """A duration as players show it: `31:05`, `1:02:33`."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def iso_duration(seconds: int) -> str:
    """A duration as ISO 8601 has it: `PT31M5S`."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    parts = ((hours, "H"), (minutes, "M"), (rest, "S"))
    return "PT" + ("".join(f"{number}{unit}" for number, unit in parts if number) or "0S")
