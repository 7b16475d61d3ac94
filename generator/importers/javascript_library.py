"""What JavaScript's values can do, and the libraries by which projects write dates and slugs."""

import json
import math
import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from html import escape
from typing import Any
from urllib.parse import quote

from generator.importers.eleventy_filters import formatted, slug, slugify
from generator.importers.shown import Shown, without_paragraph
from generator.render import extent

LONGEST = 100_000


class UnworkableError(Exception):
    """The function does more than can be told."""


def as_text(value: object) -> str:
    """A value as it stands in a text; nothing for what is not there."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, list):
        return _joined(value)
    if isinstance(value, str | int | float):
        return str(value)
    raise UnworkableError("no text")


def _joined(values: list[object], mark: object = ",") -> str:
    """The members of a list as one text. Raises OverflowError for one that grows too long."""
    texts, between = [as_text(one) for one in values], as_text(mark)
    extent.ask_letters(sum(map(len, texts)) + len(between) * len(texts))
    return between.join(texts)


def as_number(value: object) -> float:
    """A value as a number. Raises UnworkableError for what is none."""
    if isinstance(value, bool | int | float):
        return value
    if isinstance(value, datetime):
        return value.timestamp() * 1000
    try:
        return float(str(value)) if "." in str(value) else int(str(value))
    except (ValueError, OverflowError):
        raise UnworkableError("no number") from None


def is_true(value: object) -> bool:
    """Whether JavaScript takes a value for true: lists and mappings always are."""
    return value is not None and (isinstance(value, list | Mapping) or bool(value))


def member_of(holder: Any, key: Any) -> Any:  # noqa: ANN401 - whatever there is
    """A member of a value, or a method of it."""
    if isinstance(holder, Mapping):
        return holder.get(key)
    if isinstance(key, int) and isinstance(holder, str | list):
        return holder[key] if 0 <= key < len(holder) else None
    methods: Mapping[str, Callable[..., Any]] = {}
    if isinstance(holder, str):
        methods = TEXTS
    elif isinstance(holder, list):
        methods = LISTS
    elif isinstance(holder, date):
        methods = DATES
    elif isinstance(holder, bool | int | float):
        methods = NUMBERS
    if key == "length" and isinstance(holder, str | list):
        return len(holder)
    method = methods.get(key)
    if method is None:
        raise UnworkableError(f"no {key}")
    return lambda *arguments: method(holder, *arguments)


def _bounded(values: Any, start: int = 0, end: int | None = None) -> Any:  # noqa: ANN401
    return values[int(start) : None if end is None else int(end)]


def _substring(text: str, start: int, end: int | None = None) -> str:
    first, last = max(0, int(start)), len(text) if end is None else max(0, int(end))
    return text[min(first, last) : max(first, last)]


def _replaced(text: str, what: object, by: object, *, is_all: bool = False) -> str:
    if isinstance(what, tuple):
        pattern, is_global = what
        made: Any = by
        if callable(by):
            made = lambda match: as_text(by(match[0], *match.groups()))  # noqa: E731
        else:
            made = re.sub(r"\$(\d|&)", _group, as_text(by).replace("\\", r"\\"))
            extent.ask_letters(len(made) * sum(1 for _ in pattern.finditer(text)))
        return str(pattern.sub(made, text, count=0 if is_global else 1))
    if callable(by):
        raise UnworkableError("replaces by a function")
    extent.ask_replaced(text, as_text(what), as_text(by))
    return text.replace(as_text(what), as_text(by), -1 if is_all else 1)


def _group(match: re.Match[str]) -> str:
    return r"\g<0>" if match[1] == "&" else rf"\g<{match[1]}>"


def _split(text: str, mark: object = None) -> list[str]:
    if mark is None:
        return [text]
    if isinstance(mark, tuple):
        return [part or "" for part in mark[0].split(text)]
    return text.split(as_text(mark)) if mark else [*text]


def _padded(text: str, size: int, sign: str = " ") -> str:
    if size > LONGEST or len(sign) != 1:
        raise UnworkableError("padded by a text")
    return text.rjust(int(size), sign)


def _repeated(text: str, count: int) -> str:
    if len(text) * count > LONGEST:
        raise UnworkableError("it never ends")
    return text * int(count)


def _tested(text: str, what: object) -> object:
    found = what[0].search(text) if isinstance(what, tuple) else None
    return [found[0], *found.groups()] if found else None


TEXTS: Mapping[str, Callable[..., Any]] = {
    "toLowerCase": str.lower,
    "toUpperCase": str.upper,
    "toLocaleLowerCase": lambda text, *_: text.lower(),
    "toLocaleUpperCase": lambda text, *_: text.upper(),
    "toString": lambda text: text,
    "trim": str.strip,
    "trimStart": str.lstrip,
    "trimEnd": str.rstrip,
    "replace": _replaced,
    "replaceAll": lambda text, what, by: _replaced(text, what, by, is_all=True),
    "split": _split,
    "slice": _bounded,
    "substring": _substring,
    "substr": lambda text, start, size=None: _bounded(text[int(start) :], 0, size),
    "startsWith": lambda text, start: text.startswith(as_text(start)),
    "endsWith": lambda text, end: text.endswith(as_text(end)),
    "includes": lambda text, part: as_text(part) in text,
    "indexOf": lambda text, part: text.find(as_text(part)),
    "lastIndexOf": lambda text, part: text.rfind(as_text(part)),
    "charAt": lambda text, at=0: text[int(at) : int(at) + 1],
    "concat": lambda text, *others: text + "".join(map(as_text, others)),
    "padStart": _padded,
    "repeat": _repeated,
    "match": _tested,
}


LISTS: Mapping[str, Callable[..., Any]] = {
    "map": lambda values, function: [function(one, at) for at, one in enumerate(values)],
    "filter": lambda values, function=None: [
        one for at, one in enumerate(values) if is_true(function(one, at) if function else one)
    ],
    "find": lambda values, function: next((one for one in values if is_true(function(one))), None),
    "some": lambda values, function: any(is_true(function(one)) for one in values),
    "every": lambda values, function: all(is_true(function(one)) for one in values),
    "join": _joined,
    "slice": _bounded,
    "concat": lambda values, *others: [
        *values,
        *(one for other in others for one in (other if isinstance(other, list) else [other])),
    ],
    "includes": lambda values, one: one in values,
    "indexOf": lambda values, one: values.index(one) if one in values else -1,
    "reverse": lambda values: values[::-1],
    "pop": lambda values: values.pop() if values else None,
    "push": lambda values, *more: values.extend(more) or len(values),
    "flat": lambda values: [
        one for inner in values for one in (inner if isinstance(inner, list) else [inner])
    ],
    "forEach": lambda values, function: (
        [function(one, at) for at, one in enumerate(values)] and None
    ),
}
DATES: Mapping[str, Callable[..., Any]] = {
    **dict.fromkeys(("getFullYear", "getUTCFullYear"), lambda day: day.year),
    **dict.fromkeys(("getMonth", "getUTCMonth"), lambda day: day.month - 1),
    **dict.fromkeys(("getDate", "getUTCDate"), lambda day: day.day),
    **dict.fromkeys(("getDay", "getUTCDay"), lambda day: day.isoweekday() % 7),
    **dict.fromkeys(("getHours", "getUTCHours"), lambda day: day.hour),
    **dict.fromkeys(("getMinutes", "getUTCMinutes"), lambda day: day.minute),
    **dict.fromkeys(("getTime", "valueOf"), lambda day: day.timestamp() * 1000),
    **dict.fromkeys(("toISOString", "toJSON"), lambda day: f"{day:%Y-%m-%dT%H:%M:%S}.000Z"),
    "toDateString": lambda day: f"{day:%a %b %d %Y}",
}
NUMBERS: Mapping[str, Callable[..., Any]] = {
    "toString": as_text,
    "toFixed": lambda number, digits=0: f"{number:.{min(int(digits), 20)}f}",
    "toLocaleString": lambda number, *_: f"{number:,}",
}


def _moment_of(value: object = None, *_: object) -> datetime:
    """A date of JavaScript: of a text, of milliseconds, of another date."""
    if isinstance(value, datetime):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return datetime.fromtimestamp(value / 1000, UTC)
    try:
        found = datetime.fromisoformat(as_text(value).strip())
    except ValueError:
        raise UnworkableError("no date") from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _luxon(moment: datetime) -> dict[str, Any]:
    """A date as Luxon has it."""

    def same(*_: object) -> dict[str, Any]:
        return _luxon(moment)

    return {
        **dict.fromkeys(("setZone", "setLocale", "toUTC", "toLocal"), same),
        "toFormat": lambda pattern, *_: formatted(moment, as_text(pattern)),
        "toISO": lambda *_: moment.isoformat(timespec="milliseconds"),
        "toISODate": lambda *_: f"{moment:%Y-%m-%d}",
        "toJSDate": lambda: moment,
        "year": moment.year,
        "month": moment.month,
        "day": moment.day,
    }


def _by_moment(value: object = None, *_: object) -> dict[str, Any]:
    """A date as Moment and Day.js have it."""
    moment = _moment_of(value)
    return {
        "utc": lambda *_: _by_moment(moment),
        "tz": lambda *_: _by_moment(moment),
        "format": lambda pattern="YYYY-MM-DDTHH:mm:ssZ", *_: formatted(moment, as_text(pattern)),
        "toISOString": lambda: DATES["toISOString"](moment),
        "year": lambda: moment.year,
    }


def _slugged(text: object, options: object = None, *_: object) -> str:
    """The library `slugify`: it keeps capitals unless it is told otherwise."""
    is_lower = isinstance(options, Mapping) and options.get("lower")
    if is_lower:
        return slug(text)
    made = slug(as_text(text))
    return made if as_text(text).islower() else re.sub(r"\s+", "-", as_text(text).strip())


def _escaped(text: object) -> str:
    """A text as `escapeHtml` of Markdown-it has it: an apostrophe stays one."""
    return escape(as_text(text)).replace("&#x27;", "'")


def _markdown(*_: object) -> dict[str, Any]:
    """A Markdown library: what it renders is rendered by ours."""
    shown = Shown()
    made: dict[str, Any] = {
        "render": lambda text, *_: shown.html(as_text(text)),
        "renderInline": lambda text, *_: without_paragraph(shown.html(as_text(text))),
        "utils": {"escapeHtml": _escaped},
    }
    made |= dict.fromkeys(("use", "set", "enable", "disable"), lambda *_: made)
    return made


def _parsed_number(text: object, *_: object) -> float:
    found = re.match(r"\s*(-?\d{1,18}(?:\.\d{1,18})?)", as_text(text))
    if found is None:
        raise UnworkableError("no number")
    return float(found[1]) if "." in found[1] else int(found[1])


def _is_list(value: object) -> bool:
    return isinstance(value, list)


LUXON: Mapping[str, Any] = {
    "fromJSDate": lambda value, *_: _luxon(_moment_of(value)),
    "fromISO": lambda value, *_: _luxon(_moment_of(value)),
}
LIBRARIES: Mapping[str, Any] = {
    "luxon": {"DateTime": LUXON},
    "slugify": _slugged,
    **dict.fromkeys(("@sindresorhus/slugify", "@11ty/slugify"), slugify),
    **dict.fromkeys(("moment", "dayjs", "moment-timezone"), _by_moment),
    "markdown-it": _markdown,
    "date-fns": {"format": lambda value, pattern: formatted(_moment_of(value), as_text(pattern))},
    **dict.fromkeys(("outdent", "dedent"), lambda text: text),
}
"""Libraries from elsewhere that projects require, as far as their usual calls go."""
GLOBALS: Mapping[str, Any] = {
    "String": as_text,
    "Number": as_number,
    "Boolean": is_true,
    "parseInt": lambda text, *_: int(_parsed_number(text)),
    "parseFloat": _parsed_number,
    "Date": _moment_of,
    "Math": {
        "round": lambda number: math.floor(as_number(number) + 0.5),
        "floor": lambda number: math.floor(as_number(number)),
        "ceil": lambda number: math.ceil(as_number(number)),
        "max": lambda *numbers: max(map(as_number, numbers)),
        "min": lambda *numbers: min(map(as_number, numbers)),
        "abs": lambda number: abs(as_number(number)),
    },
    "JSON": {"stringify": lambda value, *_: json.dumps(value, default=str, ensure_ascii=False)},
    "Object": {
        "keys": lambda value: [*value],
        "values": lambda value: [*value.values()],
        "entries": lambda value: [[key, one] for key, one in value.items()],
    },
    "Array": {"isArray": _is_list, "from": lambda value: [*value]},
    "console": dict.fromkeys(("log", "warn", "error"), lambda *_: None),
    "process": {"env": {}},
    "encodeURIComponent": lambda text: quote(as_text(text), safe="!'()*-._~"),
    "encodeURI": lambda text: quote(as_text(text), safe="!#$&'()*+,/:;=?@-._~"),
    "html": lambda text: text,
}
