"""Pictures as cameras and programs make them, each with a secret in every place for words."""

import io
import struct
from collections.abc import Callable
from zlib import crc32

import pytest
from PIL import Image, ImageCms

SECRET = b"SECRET-59-54N-10-01E"
XMP = (
    b"<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF><rdf:Description photoshop:Credit=\"The Wire\">"
    b"<dc:creator><rdf:Seq><rdf:li>Ada &amp; Bo</rdf:li></rdf:Seq></dc:creator>"
    b"<exif:GPSLatitude>SECRET-59-54N-10-01E</exif:GPSLatitude>"
    b"</rdf:Description></rdf:RDF></x:xmpmeta>"
)
PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
Make = Callable[..., bytes]


def exif_with_secrets(orientation: int = 6) -> bytes:
    """Exif with a position, a serial number, maker's notes and a thumbnail."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "PhoneMaker " + SECRET.decode()
    exif[0x013B] = "Ada Artist"
    exif[0x8298] = "Copyright The Gazette"
    exif[0x8825] = {1: "N", 2: (59.0, 54.0, 0.0), 3: "E", 4: (10.0, 1.0, 0.0), 29: SECRET.decode()}
    exif[0x8769] = {0xA431: "SERIAL-" + SECRET.decode(), 0x927C: b"notes " + SECRET}
    return exif.tobytes()


def photo(size: tuple[int, int] = (64, 48)) -> Image.Image:
    """A picture in which every pixel is another."""
    picture = Image.new("RGB", size)
    places = ((x, y) for y in range(size[1]) for x in range(size[0]))
    picture.putdata([(x * 4 % 256, y * 5 % 256, x * y % 256) for x, y in places])
    return picture


def jpeg(orientation: int = 6, **options: object) -> bytes:
    buffer = io.BytesIO()
    photo().save(
        buffer,
        "JPEG",
        exif=exif_with_secrets(orientation),
        icc_profile=PROFILE,
        comment=b"comment " + SECRET,
        xmp=XMP,
        **options,
    )
    data = buffer.getvalue()
    fields = b"".join(
        b"\x1c\x02" + bytes((number,)) + len(text).to_bytes(2, "big") + text
        for number, text in ((80, b"Bo Byline"), (110, b"The Agency"), (120, b"caption " + SECRET))
    )
    padding = b"\0" * (len(fields) % 2)
    resource = b"8BIM\x04\x04\0\0" + len(fields).to_bytes(4, "big") + fields + padding
    segment = b"Photoshop 3.0\0" + resource
    iptc = b"\xff\xed" + (len(segment) + 2).to_bytes(2, "big") + segment
    other = b"\xff\xe5" + (len(SECRET) + 2).to_bytes(2, "big") + SECRET
    return data[:2] + iptc + other + data[2:] + b"after the end: " + SECRET


def png() -> bytes:
    buffer = io.BytesIO()
    photo().save(buffer, "PNG", exif=exif_with_secrets(), icc_profile=PROFILE)
    data = buffer.getvalue()
    more = b"".join(
        _chunk(kind, content)
        for kind, content in (
            (b"tEXt", b"Comment\0" + SECRET),
            (b"tEXt", b"Author\0Ada Author"),
            (b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + XMP),
            (b"tIME", b"\x07\xe8\x01\x02\x03\x04\x05"),
            (b"prVt", SECRET),
        )
    )
    return data[:33] + more + data[33:] + b"after the end: " + SECRET


def _chunk(kind: bytes, content: bytes) -> bytes:
    check = crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", check)


def webp(**options: object) -> bytes:
    buffer = io.BytesIO()
    photo().save(buffer, "WEBP", exif=exif_with_secrets(), icc_profile=PROFILE, xmp=XMP, **options)
    return buffer.getvalue() + b"after the end: " + SECRET


def moving_webp() -> bytes:
    return webp(save_all=True, append_images=[photo().rotate(90), photo().rotate(180)], duration=80)


def gif() -> bytes:
    buffer = io.BytesIO()
    frames = [photo().rotate(angle).quantize(64) for angle in (0, 90, 180)]
    frames[0].save(
        buffer, "GIF", save_all=True, append_images=frames[1:], loop=0, comment=b"by " + SECRET
    )
    data = buffer.getvalue()
    xmp = b"\x21\xff\x0bXMP DataXMP" + bytes((len(SECRET),)) + SECRET + b"\0"
    return data[:-1] + xmp + b";after the end: " + SECRET


def avif() -> bytes:
    buffer = io.BytesIO()
    photo().save(buffer, "AVIF", exif=exif_with_secrets(1), icc_profile=PROFILE, xmp=XMP)
    more = b"uuid" + bytes(16) + SECRET
    return buffer.getvalue() + (len(more) + 4).to_bytes(4, "big") + more


PICTURES: dict[str, Make] = {
    "jpeg": jpeg,
    "progressive jpeg": lambda: jpeg(progressive=True),
    "jpeg with restarts": lambda: jpeg(restart_marker_rows=1),
    "png": png,
    "webp": webp,
    "lossless webp": lambda: webp(lossless=True),
    "moving webp": moving_webp,
    "gif": gif,
    "avif": avif,
}


@pytest.fixture(scope="session")
def pictures() -> dict[str, bytes]:
    """A picture of each format, with a secret in every place for words; by the format's name."""
    return {name: make() for name, make in PICTURES.items()}


@pytest.fixture(params=PICTURES)
def picture(request: pytest.FixtureRequest, pictures: dict[str, bytes]) -> bytes:
    """Each of them in turn."""
    return pictures[request.param]
