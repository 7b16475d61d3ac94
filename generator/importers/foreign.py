"""Front matter and data files of other generators: YAML as theirs, TOML, JSON; read as texts.

Their YAML has anchors, merges, tabs and keys told twice, which ours refuses. Nothing is refused
here: what cannot be read at all is read line by line, and `fault` says so. A plain scalar stays the
text that was written (`Plain`), since `1.10` is a number to one key and a word to another.
"""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from typing import Any

import yaml

from generator.importers.incoming import decode, plain_lines
from generator.importers.javascript_data import NotDataError, value_at
from generator.model.frozen import EMPTY, FrozenMap, freeze
from generator.model.values import frozen
from generator.read.plain_yaml import as_typed, read_plain

OPENING = re.compile(
    r"\s*?^(---|\+\+\+|;;;)(json|js|javascript|toml|yaml)?[ \t]*\r?\n", re.MULTILINE
)
LINE = re.compile(r"^([A-Za-z_][\w-]*)\s*[:=][ \t]*(.*)$", re.MULTILINE)
TRUE = frozenset({"true", "yes", "on", "y", "1"})
FALSE = frozenset({"false", "no", "off", "n", "0", ""})
MOST_VALUES = 200_000
"""Values of one file, those of anchors each time they are named."""
DEEPEST = 60
MERGE = "<<"


class Plain(str):
    """A scalar without quotes: it may be meant for a number, a switch or a date."""

    __slots__ = ()


@frozen
class Foreign:
    """A foreign text: its settings, its body, which begins on `line`, and what was wrong."""

    values: Mapping[str, Any]
    body: str
    line: int = 1
    fault: str = ""


class TooMuchError(ValueError):
    """A file made to take more than there is."""


def split_foreign(data: bytes) -> Foreign:
    """Split a text file: YAML between `---`, TOML between `+++`, JSON in braces; else all body."""
    text = plain_lines(_decoded(data))
    if text.lstrip().startswith("{"):
        return _split_json(text)
    opening = OPENING.match(text)
    if opening is None:
        return Foreign({}, text)
    fence = opening[1]
    ends = r"^(?:---|\.\.\.)[ \t]*$\n?" if fence == "---" else rf"^{re.escape(fence)}[ \t]*$\n?"
    closing = re.compile(ends, re.MULTILINE).search(text, opening.end())
    if closing is None:
        return Foreign({}, text, fault="its front matter is not closed")
    source, body = text[opening.end() : closing.start()], text[closing.end() :]
    line = text.count("\n", 0, closing.end()) + 1
    kind = opening[2] or {"---": "yaml", "+++": "toml", ";;;": "json"}[fence]
    values, fault = read_settings(source, kind)
    return Foreign(values, body, line, fault)


def _decoded(data: bytes) -> str:
    """Bytes as text, whatever they are."""
    decoded = decode(data)
    return decoded[0] if decoded else data.decode("utf-8", "replace")


def _split_json(text: str) -> Foreign:
    start = len(text) - len(text.lstrip())
    try:
        values, end = json.JSONDecoder().raw_decode(text, start)
    except (ValueError, RecursionError):
        return Foreign({}, text)
    if not isinstance(values, dict):
        return Foreign({}, text)
    return Foreign(_as_texts(values), text[end:].lstrip("\n"), text.count("\n", 0, end) + 2)


def read_settings(source: str, kind: str) -> tuple[dict[str, Any], str]:
    """The mapping in a text of `yaml`, `toml`, `json` or `js`, and what is wrong with it."""
    if kind in ("js", "javascript"):
        return _of_javascript(source)
    try:
        if kind == "yaml":
            return _yaml_mapping(source), ""
        found = tomllib.loads(source) if kind == "toml" else json.loads(source)
    except (ValueError, yaml.YAMLError, RecursionError) as error:
        reason = " ".join(str(error).split())[:120]
        return _rescued(source), f"settings that are no {kind.upper()} ({reason})"
    return (_as_texts(found) if isinstance(found, dict) else {}), ""


def _of_javascript(source: str) -> tuple[dict[str, Any], str]:
    """The mapping in braces of front matter in JavaScript, as far as it is plain."""
    try:
        found, _ = value_at(source, max(source.find("{"), 0))
    except (NotDataError, RecursionError):
        return {}, "settings that are a program"
    return (_as_texts(found) if isinstance(found, dict) else {}), ""


def read_data(data: bytes, suffix: str) -> tuple[Any, str]:
    """What a data file holds, lists too, and what is wrong with it; `suffix` as `.yml`."""
    text = _decoded(data)
    try:
        if suffix in (".yml", ".yaml"):
            return _of_yaml(text), ""
        return _as_texts(tomllib.loads(text) if suffix == ".toml" else json.loads(text)), ""
    except (ValueError, yaml.YAMLError, RecursionError) as error:
        return None, " ".join(str(error).split())[:120]


def _yaml_mapping(source: str) -> dict[str, Any]:
    plain = read_plain(source, _plain)
    if plain is not None:
        return plain
    found = _of_yaml(source)
    return found if isinstance(found, dict) else {}


def _plain(text: str) -> object:
    return None if text in ("", "~", "null", "Null", "NULL") else Plain(text)


def _of_yaml(source: str) -> Any:  # noqa: ANN401 - whatever there is
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(source.replace("\t", "    "))
    try:
        node = loader.get_single_node()
    finally:
        loader.dispose()
    return _Builder().value(node, 0) if node is not None else None


class _Builder:
    """Makes values of YAML's nodes, as many as there may be."""

    def __init__(self) -> None:
        self._count = 0

    def value(self, node: yaml.Node, depth: int) -> Any:  # noqa: ANN401 - whatever there is
        """What a node stands for."""
        self._count += 1
        if self._count > MOST_VALUES or depth > DEEPEST:
            raise TooMuchError("more values than a file of settings has")
        if isinstance(node, yaml.ScalarNode):
            is_plain = node.style is None
            return _plain(node.value) if is_plain else str(node.value)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(inner, depth + 1) for inner in node.value]
        own: dict[str, Any] = {}
        merged: dict[str, Any] = {}
        for key, inner in node.value:
            name = str(key.value) if isinstance(key, yaml.ScalarNode) else "?"
            found = self.value(inner, depth + 1)
            if name == MERGE:
                for other in found if isinstance(found, list) else [found]:
                    merged = {**(other if isinstance(other, dict) else {}), **merged}
            else:
                own[name] = found
        return {**merged, **own}


def _as_texts(value: Any) -> Any:  # noqa: ANN401 - whatever there is
    """Values of JSON and TOML as YAML has them: scalars that were no strings are Plain."""
    if isinstance(value, dict):
        return {str(key): _as_texts(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_as_texts(inner) for inner in value]
    if isinstance(value, bool):
        return Plain(str(value).lower())
    if isinstance(value, datetime):
        return Plain(value.isoformat(sep=" "))
    if isinstance(value, int | float | date | time):
        return Plain(str(value))
    return value


def _rescued(source: str) -> dict[str, Any]:
    """The settings that stand on lines of their own, in a text that is broken elsewhere."""
    return {key: _plain(value.strip().strip("\"'")) for key, value in LINE.findall(source)}


def typed(value: object) -> object:
    """A foreign value with the types that it looks like, frozen, as `extra` holds it."""
    if isinstance(value, Mapping):
        return freeze({key: typed(inner) for key, inner in value.items()})
    if isinstance(value, list | tuple):
        return tuple(typed(inner) for inner in value)
    return as_typed(str(value)) if isinstance(value, Plain) else value


def text_of(value: object) -> str:
    """A foreign value as one line of text; "" for what is no text."""
    return " ".join(value.split()) if isinstance(value, str) else ""


def is_true(value: object) -> bool:
    """Whether a foreign switch is on."""
    return isinstance(value, str) and value.strip().lower() in TRUE


def is_false(value: object) -> bool:
    """Whether a foreign switch is set, and off."""
    return isinstance(value, str) and value.strip().lower() in FALSE


def texts_of(value: object, *, split: str = "") -> tuple[str, ...]:
    """A foreign list of texts; one text is a list of one, parted at `split` if that is given."""
    if isinstance(value, str):
        parts = value.split(split) if split else [value]
        return tuple(filter(None, map(text_of, parts)))
    if isinstance(value, Mapping):
        return tuple(filter(None, map(_name_in, [value])))
    return tuple(_each(value)) if isinstance(value, list | tuple) else ()


def _each(values: list[Any] | tuple[Any, ...]) -> Iterator[str]:
    """The texts in a list, those in lists within it too."""
    for value in values:
        if isinstance(value, list | tuple):
            yield from _each(value)
        elif found := _name_in(value) if isinstance(value, Mapping) else text_of(value):
            yield found


def _name_in(value: Mapping[str, Any]) -> str:
    """The text of an entry that is a mapping: `{name: Ann}`."""
    named = (text_of(value.get(key)) for key in ("name", "title", "display_name", "slug", "id"))
    return next(filter(None, named), "")


def extra_of(values: Mapping[str, object]) -> FrozenMap:
    """Foreign settings that have no meaning here, as they stand under `extra`."""
    found = freeze({key: typed(value) for key, value in values.items() if value is not None})
    return found if isinstance(found, FrozenMap) else EMPTY
