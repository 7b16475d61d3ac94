"""Written addresses: from what people write, in `url:` or `aliases:`, to an address of the site."""

import re
import unicodedata
from urllib.parse import quote, unquote

from generator.model.addresses import ABSOLUTE, Base

# What would mean something else in `_redirects`, in a URL, or on some disk. A percent sign that is
# left after decoding would be decoded again by somebody.
REFUSED = re.compile(r"""[^\S ]|[?*$:%\\"<>|^`{}\[\]]|(?<=/) | (?=/|\Z)""")
ENCODED_ONLY = re.compile("[ #]")
"""Old sites had these in addresses, as `%20` and `%23`; as they stand they are a slip."""
EXTENSION = re.compile(r".\.[A-Za-z][A-Za-z0-9]{0,4}\Z")
LONGEST = 500  # characters of an encoded address: hosts read lines of up to 1,000
LONGEST_PART = 200  # bytes of a folder's or file's name: disks take 255

ELSEWHERE = "leads to another site"
TOO_LONG = "is too long"


def written_address(written: str, base: Base) -> tuple[str, str]:
    """The address that somebody means, and what is wrong with it; one of the two is empty.

    `/old/path/`, `/old/path`, `old/path` and the full URL on this site are one address,
    `/old/path/`; `/old.html` is that very file, `/old/index.html` the folder. Letters stay as
    written, capitals and other scripts too. Percent-encoding is undone, once. What a
    static host cannot tell apart (`?p=1`, `#top`) or would take for a pattern is refused.
    """
    try:
        path = unicodedata.normalize("NFC", unquote(written.strip(), errors="strict"))
    except UnicodeDecodeError:
        return "", "is not percent-encoded UTF-8"
    if not path:
        return "", "is empty"
    if ABSOLUTE.match(path):
        path, fault = _reduced(path, base)
        if fault:
            return "", fault
    path = path if path.startswith("/") else "/" + path
    fault = _fault(path)
    if not fault and (found := ENCODED_ONLY.search(written.strip())):
        fault = f"holds {_named(found[0])}"
    return ("", fault) if fault else (_finished(path), "")


def _reduced(url: str, base: Base) -> tuple[str, str]:
    """A full URL, decoded, without this site's part; or what is wrong with it."""
    scheme, _, rest = url.partition("//")
    host, _, path = rest.partition("/")
    if scheme.lower() not in ("", "http:", "https:"):
        return "", ELSEWHERE
    if not _is_here(host, base):
        return "", ELSEWHERE
    inside = f"/{path}".removeprefix(base.path + "/")
    return ("", "lies outside this site") if inside == f"/{path}" else (inside, "")


def _is_here(host: str, base: Base) -> bool:
    """Whether a host, in whatever script and case, is the site's own."""
    scheme = base.origin.partition("//")[0]
    try:
        return Base.parse(f"{scheme}//{host}/").origin == base.origin
    except ValueError:  # no host at all, such as an open bracket
        return False


def _fault(path: str) -> str:
    """What is wrong with a decoded path, or nothing."""
    found = REFUSED.search(path)
    if found:
        return f"holds {_named(found[0])}"
    unseen = next((character for character in path if not character.isprintable()), "")
    if unseen:
        return f"holds {_named(unseen)}"
    parts = path.strip("/").split("/")
    if "//" in path:
        return "has an empty part"
    if any(part.startswith(".") or part.endswith(".") for part in parts if part):
        return "has a part that begins or ends with a dot"
    too_long = any(len(part.encode()) > LONGEST_PART for part in parts)
    return TOO_LONG if too_long or len(quote(path)) > LONGEST else ""


def _named(character: str) -> str:
    """A character in quotes, or its number where nobody would see it."""
    if character == " ":
        return "a space"
    return f'"{character}"' if character.isprintable() else f"the character U+{ord(character):04X}"


def _finished(path: str) -> str:
    """The path as pages are addressed: a file's own name, or a folder with its slash."""
    folder, _, name = path.rpartition("/")
    if name == "index.html":
        return folder + "/"
    return path if not name or EXTENSION.search(name) else path + "/"
