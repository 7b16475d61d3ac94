"""The filters that Jekyll adds to Liquid, as far as texts use them."""

import json
import re
from collections.abc import Callable, Mapping
from datetime import UTC
from html import escape
from urllib.parse import quote, quote_plus

from generator.importers.foreign_dates import read_date
from generator.importers.jekyll_addresses import slugified
from generator.importers.shown import Shown


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _relative(value: object) -> str:
    path = _text(value)
    return path if re.match(r"(?:[a-z]+:)?//|[#?]", path) else "/" + path.lstrip("/")


def _date(form: str) -> Callable[[object], str]:
    def told(value: object) -> str:
        found = read_date(_text(value), UTC)
        return format(found.instant, form) if found else _text(value)

    return told


def _sentence(values: object, word: str = "and") -> str:
    parts = [_text(value) for value in values] if isinstance(values, list | tuple) else []
    if len(parts) < 3:  # noqa: PLR2004 - with two there is no comma
        return f" {word} ".join(parts)
    return f"{', '.join(parts[:-1])}, {word} {parts[-1]}"


def _where(values: object, key: str, wanted: object) -> list[object]:
    items = values if isinstance(values, list | tuple) else []
    return [it for it in items if isinstance(it, Mapping) and _text(it.get(key)) == _text(wanted)]


def _slugified(value: object, mode: str = "default") -> str:
    return _text(value) if mode == "none" else slugified(_text(value), is_pretty=mode == "pretty")


def _number_of_words(value: object) -> int:
    return len(_text(value).split())


def _as_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)


def jekyll_filters(shown: Shown) -> Mapping[str, Callable[..., object]]:
    """Jekyll's filters by name."""

    def markdownify(value: object) -> str:
        return shown.html(_text(value))

    return {
        "relative_url": _relative,
        "absolute_url": _relative,
        "markdownify": markdownify,
        "smartify": _text,
        "slugify": _slugified,
        "xml_escape": lambda value: escape(_text(value)),
        "cgi_escape": lambda value: quote_plus(_text(value)),
        "uri_escape": lambda value: quote(_text(value), safe=":/?#[]@!$&'()*+,;=~%"),
        "jsonify": _as_json,
        "inspect": _as_json,
        "number_of_words": _number_of_words,
        "array_to_sentence_string": _sentence,
        "where": _where,
        "date_to_string": _date("%d %b %Y"),
        "date_to_long_string": _date("%d %B %Y"),
        "date_to_xmlschema": _date("%Y-%m-%dT%H:%M:%S+00:00"),
        "date_to_rfc822": _date("%a, %d %b %Y %H:%M:%S +0000"),
        "normalize_whitespace": lambda value: " ".join(_text(value).split()),
        "to_integer": lambda value: int(float(_text(value) or 0)),
        "strip_index": lambda value: _text(value).removesuffix("index.html"),
    }
