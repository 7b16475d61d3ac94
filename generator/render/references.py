"""References: the layouts that a layout's text asks for, found without compiling it."""

import re

ASKS = r"\{%[-+]?\s*(?:extends|include|import|from)\b"
NAMED = r"""\s*(?:"([^"\\]*)"|'([^'\\]*)')\s*(?:[-+]?%\}|(?:ignore|with|without|import|as)\b)"""
ASKING = re.compile(ASKS)
ASKING_BY_NAME = re.compile(ASKS + NAMED)


def asked_layouts(text: str) -> frozenset[str | None]:
    """The names of layouts that a layout asks for, None among them if it computes one.

    A name in a comment or a passage of raw text counts too: it does no harm.
    """
    names = [match[1] or match[2] or "" for match in ASKING_BY_NAME.finditer(text)]
    if len(names) == len(ASKING.findall(text)):
        return frozenset(names)
    # What is written otherwise takes Jinja to understand.
    from jinja2 import Environment, TemplateSyntaxError, meta  # noqa: PLC0415 - 15 ms

    try:
        tree = Environment(autoescape=True).parse(text)
        return frozenset(meta.find_referenced_templates(tree))
    except (TemplateSyntaxError, RecursionError):
        return frozenset(names)
