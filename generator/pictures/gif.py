"""GIF files: blocks (GIF 89a), some of them comments and what programs add."""

from collections.abc import Iterator

IMAGE, EXTENSION, TRAILER = 0x2C, 0x21, 0x3B
PLAIN_TEXT, CONTROL, COMMENT, APPLICATION = 0x01, 0xF9, 0xFE, 0xFF
SHOWN = (b"NETSCAPE2.0", b"ANIMEXTS1.0", b"ICCRGBG1012")
"""Applications that say how often an animation repeats, and what its colours are."""
HEADER = 13


def is_gif(head: bytes) -> bool:
    """Whether a file that begins so is one."""
    return head[:6] in (b"GIF87a", b"GIF89a")


def clean_gif(data: bytes) -> bytes:
    """The same frames, without comments and what else tells of programs."""
    kept = [data[: _table_end(data, HEADER - 3, HEADER)]]
    shown = (IMAGE, CONTROL, TRAILER)
    kept += [block for kind, block in blocks(data) if kind in shown or _is_shown(block)]
    return b"".join(kept)


def blocks(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Each block up to the trailer: what it is, and all of it; the last may be cut short."""
    at = _table_end(data, HEADER - 3, HEADER)
    while at < len(data):
        start = at
        if data[at] == IMAGE:
            at = _sub_blocks_end(data, _table_end(data, at + 9, at + 10) + 1)
            yield IMAGE, data[start:at]
        elif data[at] == EXTENSION and at + 1 < len(data):
            at = _sub_blocks_end(data, at + 2)
            label = data[start + 1]
            yield (label if label != IMAGE else PLAIN_TEXT), data[start:at]
        else:
            if data[at] == TRAILER:
                yield TRAILER, data[at : at + 1]
            return


def _table_end(data: bytes, flags: int, start: int) -> int:
    """Where a table of colours ends that flags tell of; its start where there is none."""
    has_table = flags < len(data) and data[flags] & 0x80
    return start + (3 << (data[flags] & 7) + 1 if has_table else 0)


def _sub_blocks_end(data: bytes, at: int) -> int:
    """Where a run of sub-blocks ends, each of which begins with its length."""
    while at < len(data) and data[at]:
        at += 1 + data[at]
    return min(at + 1, len(data))


def _is_shown(block: bytes) -> bool:
    return block[1:2] == bytes((APPLICATION,)) and block[3:14] in SHOWN


def traces_in_gif(data: bytes) -> Iterator[str]:
    """What a file tells besides its frames; may repeat."""
    for kind, block in blocks(data):
        if kind == COMMENT:
            yield "a comment"
        elif block[3:14] == b"XMP DataXMP":
            yield "XMP"
