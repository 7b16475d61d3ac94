"""The functions of Go's and Hugo's templates that a shortcode uses to arrange its arguments."""

import re
from collections.abc import Callable, Mapping
from html import escape
from typing import Any

Function = Callable[..., Any]


class UnsupportedError(Exception):
    """The template does more than arrange its arguments."""


class Html(str):
    """Text that is HTML already: it is not escaped."""

    __slots__ = ()


def field_of(value: object, path: str) -> Any:  # noqa: ANN401 - whatever there is
    """What a chain of fields leads to; letters' case does not matter, as in Hugo's parameters."""
    for name in filter(None, path.split(".")):
        if value is None:
            return None
        if not isinstance(value, Mapping):
            raise UnsupportedError(path)
        found = value.get(name)
        if found is None and name not in value:
            folded = {str(key).lower(): inner for key, inner in value.items()}
            if getattr(value, "is_closed", False) and name.lower() not in folded:
                raise UnsupportedError(path)
            found = folded.get(name.lower())
        value = found
    return value


class Known(dict[str, Any]):
    """A value whose every field is known: a template that asks for another is not understood."""

    is_closed = True


def is_so(value: object) -> bool:
    """Whether Go's templates take a value for true: whatever is not empty."""
    return bool(value) and value is not None


def _default(fallback: object, value: object = None) -> object:
    return value if is_so(value) else fallback


def _printf(form: str, *values: object) -> str:
    return re.sub(r"%[+#]?v", "%s", form).replace("%q", '"%s"') % values


def _cut(text: object, *marks: str) -> str:
    return str(text).strip("".join(marks)) if marks else str(text).strip()


def _replace(text: object, old: str, new: str, *_: object) -> str:
    return str(text).replace(old, new)


def _index(value: Any, *keys: Any) -> Any:  # noqa: ANN401 - whatever there is
    for key in keys:
        if value is None:
            return None
        value = field_of(value, str(key)) if isinstance(value, Mapping) else value[int(key)]
    return value


def _same(first: object, *others: object) -> bool:
    return any(first == other or str(first) == str(other) for other in others)


def _plain(text: object) -> str:
    return re.sub(r"<[^>]*>", "", str(text))


def _kept(text: object) -> Html:
    return Html("" if text is None else text)


def _urlize(text: object) -> str:
    return re.sub(r"\s+", "-", str(text).strip()).lower()


def _last_true(*values: object) -> object:
    return next((value for value in values if not is_so(value)), values[-1])


def _first_true(*values: object) -> object:
    return next((value for value in values if is_so(value)), values[-1])


def _pairs(*values: object) -> dict[str, object]:
    return dict(zip(map(str, values[::2]), values[1::2], strict=True))


FUNCTIONS: Mapping[str, Function] = {
    "default": _default,
    "printf": _printf,
    "print": lambda *values: "".join(map(str, values)),
    "eq": _same,
    "ne": lambda first, second: not _same(first, second),
    "lt": lambda first, second: float(first) < float(second),
    "gt": lambda first, second: float(first) > float(second),
    "le": lambda first, second: float(first) <= float(second),
    "ge": lambda first, second: float(first) >= float(second),
    "and": _last_true,
    "or": _first_true,
    "not": lambda value: not is_so(value),
    "len": lambda value: len(value or ""),
    "index": _index,
    "isset": lambda value, key: _index(value, key) is not None,
    "cond": lambda test, yes, no: yes if is_so(test) else no,
    "dict": _pairs,
    "slice": lambda *values: [*values],
    "first": lambda count, values: values[: int(count)],
    "add": lambda *values: sum(map(int, values)),
    "sub": lambda first, second: int(first) - int(second),
    "mul": lambda first, second: int(first) * int(second),
    "safeHTML": _kept,
    "safeURL": _kept,
    "safeCSS": _kept,
    "safeJS": _kept,
    "safeHTMLAttr": _kept,
    "htmlEscape": lambda text: Html(escape(str(text))),
    "plainify": _plain,
    "lower": lambda text: str(text).lower(),
    "upper": lambda text: str(text).upper(),
    "title": lambda text: str(text).title(),
    "humanize": lambda text: str(text).replace("-", " ").replace("_", " ").capitalize(),
    "urlize": _urlize,
    "anchorize": _urlize,
    "trim": _cut,
    "replace": _replace,
    "split": lambda text, mark: str(text).split(mark),
    "delimit": lambda values, mark, *_: mark.join(map(str, values)),
    "string": str,
    "int": lambda value: int(float(value)),
    "float": float,
    "hasPrefix": lambda text, start: str(text).startswith(start),
    "strings.HasPrefix": lambda text, start: str(text).startswith(start),
    "strings.HasSuffix": lambda text, end: str(text).endswith(end),
    "strings.Contains": lambda text, part: part in str(text),
    "strings.TrimSpace": lambda text: str(text).strip(),
    "strings.Trim": lambda text, marks: str(text).strip(marks),
    "strings.TrimPrefix": lambda start, text: str(text).removeprefix(start),
    "strings.TrimSuffix": lambda end, text: str(text).removesuffix(end),
    "strings.ToLower": lambda text: str(text).lower(),
    "strings.ToUpper": lambda text: str(text).upper(),
    "strings.Title": lambda text: str(text).title(),
    "strings.Replace": _replace,
    "strings.Split": lambda text, mark: str(text).split(mark),
    "in": lambda values, value: value in values,
    "seq": lambda last: [*range(1, int(last) + 1)],
    "warnf": lambda *_: "",
    "errorf": lambda *_: "",
}
