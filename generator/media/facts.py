"""Facts of sounds and films: how long they take and how large they are drawn, by their heads."""

from typing import BinaryIO

from generator.media.boxes import Box, Boxes
from generator.model.values import frozen

HEAD = 64 << 10
MOST_TAG = 32 << 20
"""Bytes of the largest ID3 tag that is passed over: chapters bring pictures along."""
LONGEST = 10**7
"""Seconds beyond which a length is a lie."""
BITRATES = {
    3: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0),
    2: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0),
}
"""Kilobits a second of Layer III (ISO/IEC 11172-3, 2.4.2.3; 13818-3), by version: MPEG 1, and 2."""
RATES = (44100, 48000, 32000, 0)
MPEG1, MPEG2 = 3, 2
SYNC, LAYER_THREE, RESERVED = 0xFFE6, 0xFFE2, 0x08
TAG_HEAD = 10
FOOTER = 16
"""The flag of an ID3 tag that has its head again at its end."""
TURNED = b"\0\0\0\0\0\1\0\0"
"""How the matrix of a track begins that is shown a quarter turned: a = 0, b = 1."""
TURNED_BACK = b"\0\0\0\0\xff\xff\0\0"


@frozen
class Facts:
    """How long a recording takes, and its pixels; 0 where its file does not tell."""

    seconds: int = 0
    width: int = 0
    height: int = 0


NOTHING = Facts()


def facts_of(file: BinaryIO) -> Facts:
    """What the head of an open file tells, by what it begins with, never by its name."""
    head = file.read(16)
    if head[4:8] in (b"ftyp", b"moov", b"wide", b"mdat"):
        return _film(Boxes(file))
    if head[:4] == b"RIFF" and head[8:12] == b"WAVE":
        return Facts(_sane(_wave(file)))
    if head[:4] == b"fLaC":
        return Facts(_sane(_flac(file)))
    return Facts(_sane(_layer_three(file)))


def _sane(seconds: float) -> int:
    return round(seconds) if 0 < seconds < LONGEST else 0


def _film(boxes: Boxes) -> Facts:
    moov = next((box for box in boxes.top() if box.kind == b"moov"), None)
    if moov is None:
        return NOTHING
    seconds, sizes = 0.0, [(0, 0)]
    for box in boxes.within(moov.start, moov.end):
        if box.kind == b"mvhd":
            seconds = _duration(boxes.read(box.start, 36))
        elif box.kind == b"trak" and (head := boxes.children(box).get(b"tkhd")):
            sizes.append(_pixels(boxes, head))
    width, height = max(sizes, key=lambda size: size[0] * size[1])
    return Facts(_sane(seconds), width, height)


def _duration(head: bytes) -> float:
    """Of a movie header (14496-12, 8.2.2): version 1 has long numbers."""
    wide = head[:1] == b"\1"
    at, length = (20, 8) if wide else (12, 4)
    scale = int.from_bytes(head[at : at + 4], "big")
    return int.from_bytes(head[at + 4 : at + 4 + length], "big") / scale if scale else 0.0


def _pixels(boxes: Boxes, head: Box) -> tuple[int, int]:
    """How large a track is drawn (14496-12, 8.3.2), as its matrix turns it."""
    content = boxes.read(head.start, 96)
    at = 88 if content[:1] == b"\1" else 76
    width = int.from_bytes(content[at : at + 2], "big")
    height = int.from_bytes(content[at + 4 : at + 6], "big")
    matrix = content[at - 36 : at - 28]
    return (height, width) if matrix in (TURNED, TURNED_BACK) else (width, height)


def _wave(file: BinaryIO) -> float:
    """Of a WAV file: the bytes of its sound by those of a second."""
    file.seek(0)
    head, rate, at = file.read(HEAD), 0, 12
    while at + 8 <= len(head):
        kind, size = head[at : at + 4], int.from_bytes(head[at + 4 : at + 8], "little")
        if kind == b"fmt ":
            rate = int.from_bytes(head[at + 16 : at + 20], "little")
        elif kind == b"data":
            return size / rate if rate else 0.0
        at += 8 + size + size % 2
    return 0.0


def _flac(file: BinaryIO) -> float:
    """Of a FLAC file: STREAMINFO is always its first block (RFC 9639, 8.2)."""
    file.seek(18)
    numbers = int.from_bytes(file.read(8), "big")
    rate, samples = numbers >> 44, numbers & ((1 << 36) - 1)
    return samples / rate if rate else 0.0


def tag_length(head: bytes) -> int:
    """The bytes of the ID3 tag with which a file begins (ID3 2.4, 3.1); 0 for none."""
    if head[:3] != b"ID3" or len(head) < TAG_HEAD or not head[6:10].isascii():
        return 0
    return TAG_HEAD + syncsafe(head[6:10]) + (TAG_HEAD if head[5] & FOOTER else 0)


def syncsafe(sizes: bytes) -> int:
    """A number of which each byte holds seven bits (ID3 2.4, 6.2)."""
    size = 0
    for byte in sizes:
        size = size << 7 | byte
    return size


def _layer_three(file: BinaryIO) -> float:
    """Of an MP3: by the frames that its first frame counts (Xing, VBRI), else by its bit rate."""
    size = file.seek(0, 2)
    file.seek(0)
    tag = tag_length(file.read(10))
    if tag > MOST_TAG:
        return 0.0
    file.seek(tag)
    sound = file.read(4096)
    at = next((at for at in range(len(sound) - 4) if _is_frame(sound[at : at + 4])), -1)
    if at < 0:
        return 0.0
    head = sound[at : at + 4]
    version = head[1] >> 3 & 3
    rate = RATES[head[2] >> 2 & 3] >> (0 if version == MPEG1 else 1 if version == MPEG2 else 2)
    samples = 1152 if version == MPEG1 else 576
    if frames := _counted(sound[at : at + 200]):
        return frames * samples / rate
    kilobits = BITRATES[MPEG1 if version == MPEG1 else MPEG2][head[2] >> 4]
    return (size - tag - at) / (kilobits * 125)


def _is_frame(head: bytes) -> bool:
    """Whether four bytes are the header of a Layer III frame with a known rate."""
    is_synced = int.from_bytes(head[:2], "big") & SYNC == LAYER_THREE and head[1] & 0x18 != RESERVED
    return is_synced and BITRATES[MPEG1][head[2] >> 4] > 0 and RATES[head[2] >> 2 & 3] > 0


def _counted(frame: bytes) -> int:
    """The number of frames that the first of them tells, if it does."""
    for sign in (b"Xing", b"Info"):
        at = frame.find(sign)
        if at > 0 and frame[at + 7 : at + 8] and frame[at + 7] & 1:
            return int.from_bytes(frame[at + 8 : at + 12], "big")
    at = frame.find(b"VBRI")
    return int.from_bytes(frame[at + 14 : at + 18], "big") if at > 0 else 0
