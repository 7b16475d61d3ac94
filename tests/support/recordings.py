"""Sounds and films as tests need them: a few bytes with the heads that real ones have."""


def box(kind: bytes, *content: bytes) -> bytes:
    """A box of an MP4 file."""
    body = b"".join(content)
    return (len(body) + 8).to_bytes(4, "big") + kind + body


def movie_header(seconds: int) -> bytes:
    """The `mvhd` of a film, made on some day in 2021."""
    times = (3_700_000_000).to_bytes(4, "big") * 2
    length = (600).to_bytes(4, "big") + (seconds * 600).to_bytes(4, "big")
    return box(b"mvhd", bytes(4), times, length, bytes(80))


def track(width: int, height: int, *more: bytes, turned: bool = False) -> bytes:
    """The `trak` of a picture track."""
    one = (1 << 16).to_bytes(4, "big")
    zero = bytes(4)
    matrix = (zero + one if turned else one + zero) + bytes(28)
    size = (width << 16).to_bytes(4, "big") + (height << 16).to_bytes(4, "big")
    head = box(b"tkhd", bytes(4), (3_700_000_000).to_bytes(4, "big") * 2, bytes(28), matrix, size)
    return box(b"trak", head, *more)


def film(seconds: int = 65, *more: bytes, width: int = 640, height: int = 360) -> bytes:
    """An MP4 whose movie box holds `more`."""
    moov = box(b"moov", movie_header(seconds), track(width, height), *more)
    return box(b"ftyp", b"isom\0\0\2\0isomiso2mp41") + box(b"mdat", b"moving pictures") + moov


def sound(seconds: int = 8, tag: bytes = b"") -> bytes:
    """An MP3 of 128 kilobits a second, behind an ID3 tag."""
    frame = bytes((0xFF, 0xFB, 0x90, 0x64)) + bytes(413)
    return tag + frame * round(seconds * 44100 / 1152)


def id3(*frames: tuple[bytes, bytes], padding: int = 0, version: int = 3) -> bytes:
    """An ID3 tag."""
    body = b"".join(
        name + len(content).to_bytes(4, "big") + b"\0\0" + content for name, content in frames
    )
    size = len(body) + padding
    sizes = bytes(size >> shift & 127 for shift in (21, 14, 7, 0))
    return b"ID3" + bytes((version, 0, 0)) + sizes + body + bytes(padding)
