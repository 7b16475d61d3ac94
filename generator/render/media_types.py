"""Media types: what kind of picture a URL names."""

from types import MappingProxyType

IMAGE_TYPES = MappingProxyType(
    {
        "apng": "image/apng",
        "avif": "image/avif",
        "gif": "image/gif",
        "jpeg": "image/jpeg",
        "jfif": "image/jpeg",
        "jpg": "image/jpeg",
        "png": "image/png",
        "svg": "image/svg+xml",
        "webp": "image/webp",
    }
)


def media_type_of(url: str) -> str:
    """The media type that a picture's name tells, or nothing; not the machine's own table."""
    path = url.partition("?")[0].partition("#")[0]
    return IMAGE_TYPES.get(path.rpartition(".")[2].lower(), "")
