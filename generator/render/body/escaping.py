"""Text as HTML, escaped as Python-Markdown does it: character references stay as they are."""

from markdown.serializers import RE_AMP


def escaped(text: str) -> str:
    """A text between tags."""
    if "&" in text:
        text = RE_AMP.sub("&amp;", text)
    if "<" in text:
        text = text.replace("<", "&lt;")
    return text.replace(">", "&gt;") if ">" in text else text


def attribute(value: str) -> str:
    """A value between double quotation marks."""
    value = escaped(value)
    return value.replace('"', "&quot;") if '"' in value else value
