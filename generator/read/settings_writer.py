"""Writing settings as YAML that reads back the same, and that people like to look at."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, ClassVar

import yaml

from generator.read.plain_yaml import Setting

# Text that other programs would take for something else. Dates are left: they mean a date.
_LOOKS_TYPED = re.compile(
    r"~|null|true|false|yes|no|on|off|y|n|=|<<|0x[0-9a-f_]+|[-+]?\.(?:inf|nan)"
    r"|(?![0-9]{4}-[0-9]{2}-[0-9]{2}$)[-+.]?[0-9][-+0-9_,.:eo]*",
    re.IGNORECASE,
)
# Text of several lines that may stand as a block: no blanks where they would not be seen.
_BLOCK = re.compile(r"(?!\s)(?:[^\n]*[^\s]\n+)*[^\n]*[^\s]\n?")
_UNSEEN = re.compile(r"[\t\r\x85\u2028\u2029\ufeff]")
_TEXT = "tag:yaml.org,2002:str"
_ONE_LINE = 2**31


# Text of one line that needs no quotes: PyYAML takes a hundred times as long to find that out.
_SURE = re.compile(r"[a-zA-Z0-9](?:[\w ./()%+?=&@'\u2019-]|:(?=[\w/]))*[\w)]|[a-zA-Z]")


def write_settings(values: Mapping[str, Setting]) -> str:
    """As `dump_front_matter`, for the lines between the fences."""
    lines = [_simple(key, value) or dumped({key: value}) for key, value in values.items()]
    return "".join(lines) if lines else dumped({})


def _simple(key: str, value: Setting) -> str:
    """A value of short texts as its lines; "" for one that wants a closer look."""
    name = _sure(key)
    if not name:
        return ""
    if isinstance(value, list) and value:
        return _lines(name, [f"  - {text}" if (text := _sure(one)) else "" for one in value])
    if isinstance(value, Mapping) and value:
        pairs = ((_sure(inner), _sure(one) or _empty(one)) for inner, one in value.items())
        return _lines(name, [f"  {inner}: {one}" if inner and one else "" for inner, one in pairs])
    text = _sure(value)
    return f"{name}: {text}\n" if text else ""


def _lines(name: str, lines: list[str]) -> str:
    return "\n".join((f"{name}:", *lines, "")) if all(lines) else ""


def _sure(value: object) -> str:
    """A value as it is written, where no doubt is possible; else ""."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str):
        return ""
    return value if _SURE.fullmatch(value) and not _LOOKS_TYPED.fullmatch(value) else ""


def _empty(value: object) -> str:
    return '""' if value == "" else ""


def dumped(values: Mapping[str, Setting]) -> str:
    """The settings as the library writes them, each looked at closely."""
    return yaml.dump(
        dict(values),
        Dumper=_Writer,
        allow_unicode=True,
        default_flow_style=False,
        sort_keys=False,
        width=_ONE_LINE,
    )


class _Writer(yaml.SafeDumper):
    """Knows only texts, lists and mappings: no type is ever guessed from a text."""

    yaml_implicit_resolvers: ClassVar[dict[str, Any]] = {}  # type: ignore[misc] # the stubs say instance, PyYAML means class

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 # the overridden signature
        """Write a value out wherever it stands: anchors are not read."""
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002 # as above
        """Indent a list below its key."""
        super().increase_indent(flow, indentless=False)

    def text(self, value: str) -> yaml.ScalarNode:
        """A text, in the style that suits it."""
        return self.represent_scalar(_TEXT, value, style=self._style(value))

    def plain(self, value: bool | float | date | None) -> yaml.ScalarNode:
        """A value whose text is never quoted."""
        if value is None:
            return self.represent_scalar(_TEXT, "null")
        text = value.isoformat() if isinstance(value, date) else str(value)
        return self.represent_scalar(_TEXT, text.lower() if isinstance(value, bool) else text)

    def _style(self, value: str) -> str | None:
        if _BLOCK.fullmatch(value) and "\n" in value and not _UNSEEN.search(value):
            return "|"
        if (
            value
            and not _LOOKS_TYPED.fullmatch(value)
            and self.analyze_scalar(value).allow_block_plain
        ):
            return None
        return "'" if ('"' in value or "\\" in value) and not _UNSEEN.search(value) else '"'


_Writer.add_representer(str, _Writer.text)
for _kind in (bool, int, float, date, datetime, type(None)):
    _Writer.add_representer(_kind, _Writer.plain)
