"""Small papers for tests of deploying: every page names what it needs, and anyone can look."""

from generator.model.digests import content_digest
from tests.support.deploying import Files, lacking


def asset(content: bytes) -> str:
    """Where a style of this content stands."""
    return f"assets/site.{content_digest(content)[:10]}.css"


def edition(style: bytes, stories: int, number: int = 1) -> dict[str, bytes]:
    """An edition: each page needs the style, each story a picture of its own."""
    needs = f"needs:{asset(style)} "
    files = {asset(style): style, "feed.xml": b"feed %d" % number, "_headers": b"/*"}
    for story in range(stories):
        picture = f"n/{story}/lead.jpg"
        files[picture] = b"picture %d" % (story % 3)
        files[f"n/2026/{story}/index.html"] = f"{needs}needs:{picture} {number}".encode()
    files["index.html"] = f"{needs} {stories} of edition {number}".encode()
    return files


def lacking_in(site: Files) -> list[str]:
    """What pages name and readers do not find."""
    return lacking(site)
