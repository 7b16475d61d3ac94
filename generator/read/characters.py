"""Characters that no text file of a site may hold: nobody sees them, and no output could."""

import re

from generator.read.source_spans import SpanFault

# What YAML lets stand in a text, less the line ends that no editor shows (NEL, LS, PS).
_ILLEGAL = re.compile(
    "[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
# What XML, and so a feed, cannot hold; and the rest of the control characters.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_NAMES = {"\ufeff": "byte order mark", "\u2028": "line separator", "\u2029": "paragraph separator"}


def illegal_in_yaml(text: str) -> SpanFault | None:
    """Find the first character that may not stand in a YAML text as it is."""
    return _first(_ILLEGAL, text)


def control_character(text: str) -> SpanFault | None:
    """Find the first control character, surrogate or noncharacter in a text or value."""
    return _first(_CONTROL, text)


def without_control_characters(text: str) -> str:
    """The text without control characters, surrogates and noncharacters."""
    return text if text.isprintable() else _CONTROL.sub("", text)


def _first(pattern: re.Pattern[str], text: str) -> SpanFault | None:
    match = pattern.search(text)
    if match is None:
        return None
    name = _NAMES.get(match[0], "control character")
    message = f"an invisible {name} (U+{ord(match[0]):04X})"
    return SpanFault(match.start(), match.end(), message, "Delete it.")
