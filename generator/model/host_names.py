"""Host names as the network takes them: those in other scripts in ASCII (RFC 5890, UTS 46)."""

import re
import unicodedata

HOST = re.compile(r"(?:\[[0-9a-fA-F:.]+\]|[\w-]+(?:\.[\w-]+)*\.?)(?::[0-9]*)?")
KEPT_APART = frozenset("ßς\u200c\u200d")
"""Letters that the rules of 2003 replaced, and those of today keep: straße.de is a host."""
LONGEST_LABEL = 63


def ascii_host(name: str) -> str:
    """A host's name in ASCII. Raises `ValueError` where none can be made of it."""
    if name.isascii():
        return name
    for dot in "\u3002\uff0e\uff61":  # as keyboards for Chinese and Japanese write it
        name = name.replace(dot, ".")
    return ".".join(map(_ascii_label, name.split(".")))


def _ascii_label(label: str) -> str:
    """A part of a name; Python knows the rules of 2003, and the letters of that time."""
    if not KEPT_APART.intersection(label):
        try:
            return label.encode("idna").decode("ascii")
        except UnicodeError:  # a letter that came later, or no name at all
            pass
    plain = unicodedata.normalize("NFKC", label.lower())
    made = "xn--" + plain.encode("punycode").decode("ascii")
    unseen = any(not character.isprintable() for character in plain if character not in KEPT_APART)
    if unseen or {*plain} & {*" /?#@:[]%"} or len(made) > LONGEST_LABEL:
        message = "no host has such a name"
        raise ValueError(message)
    return made


def host_fault(host: str) -> str:
    """What is wrong with a host whose pages may stand in a frame, or nothing."""
    name = host.removeprefix("*.")
    try:
        is_sound = HOST.fullmatch(name) and "." in name and ascii_host(name)
    except ValueError:
        is_sound = False
    return "" if is_sound else f'not a host: "{host}"'
