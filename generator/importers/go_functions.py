"""The functions of Go's and Hugo's templates that a shortcode uses to arrange its arguments."""

import hashlib
import json
import math
import posixpath
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from html import escape, unescape
from typing import Any
from urllib.parse import urlencode

from generator.importers.go_dates import go_date
from generator.render import extent

MOST = 2_000

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
        if isinstance(value, datetime):
            value = _of_date(value, name)
            continue
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


def _of_date(moment: datetime, name: str) -> object:
    """A field of a date, or a method of it."""
    if name == "Format":
        return lambda layout: go_date(moment, layout)
    fields = {"Year": moment.year, "Day": moment.day, "Unix": int(moment.timestamp())}
    fields |= {"YearDay": moment.timetuple().tm_yday, "IsZero": False, "Month": moment.month}
    if name not in fields:
        raise UnsupportedError(name)
    return fields[name]


class Known(dict[str, Any]):
    """A value whose every field is known: a template that asks for another is not understood."""

    is_closed = True


def is_so(value: object) -> bool:
    """Whether Go's templates take a value for true: whatever is not empty."""
    return bool(value) and value is not None


def _default(fallback: object, value: object = None) -> object:
    return value if is_so(value) else fallback


def _printf(form: str, *values: object) -> str:
    extent.ask_places(form)
    return re.sub(r"%[+#]?v", "%s", form).replace("%q", '"%s"') % values


def _cut(text: object, *marks: str) -> str:
    return str(text).strip("".join(marks)) if marks else str(text).strip()


def _replace(text: object, old: str, new: str, *_: object) -> str:
    extent.ask_replaced(text, old, new)
    return str(text).replace(old, new)


def _joined(*parts: object) -> str:
    return posixpath.normpath("/".join(map(str, parts))) if parts else ""


def _matches(pattern: str) -> re.Pattern[str]:
    try:
        return re.compile(pattern)
    except (re.error, RecursionError):
        raise UnsupportedError("a pattern of another kind") from None


def _found(pattern: str, text: object, most: int = -1) -> list[str]:
    found = [match[0] for match in _matches(pattern).finditer(str(text))]
    return found if most < 0 else found[:most]


def _rewritten(pattern: str, by: object, text: object, *_: object) -> str:
    made = re.sub(r"\$\{?(\d)\}?", r"\\g<\1>", str(by).replace("\\", r"\\"))
    return _matches(pattern).sub(made, str(text))


def _sequence(*numbers: object) -> list[int]:
    first, *rest = (int(str(number)) for number in numbers)
    start, step, end = (1, 1, first) if not rest else (first, 1, rest[0])
    if len(rest) == 2:  # noqa: PLR2004 - from, step, to
        step, end = rest
    if not step or abs((end - start) / step) > MOST:
        raise UnsupportedError("a sequence without an end")
    return [*range(start, end + (1 if step > 0 else -1), step)]


def _cut_short(length: object, *rest: object) -> str:
    text = _plain(rest[-1])
    size = int(str(length))
    return text if len(text) <= size else text[:size].rstrip() + " …"


def _merged(*values: Any) -> dict[str, object]:  # noqa: ANN401 - whatever there is
    found: dict[str, object] = {}
    for value in values:
        found |= value
    return extent.weighed(found)


def _appended(*values: Any) -> list[object]:  # noqa: ANN401 - whatever there is
    *more, last = values
    is_list = len(more) == 1 and isinstance(more[0], list)
    return extent.weighed([*(last or []), *(more[0] if is_list else more)])


def _list(*values: object) -> list[object]:
    return extent.weighed([*values])


def _delimited(values: Iterable[object], mark: str, *_: object) -> str:
    texts = [*map(str, values)]
    extent.ask_letters(sum(map(len, texts)) + len(mark) * len(texts))
    return mark.join(texts)


def _product(first: object, second: object) -> int:
    one, two = int(_number(first)), int(_number(second))
    extent.ask_repeated(one, two)
    return one * two


def _where(values: Any, key: str, *test: object) -> list[object]:  # noqa: ANN401
    sign, wanted = test if len(test) == 2 else ("eq", test[0])  # noqa: PLR2004 - a sign, a value
    holds = {"eq": True, "=": True, "==": True, "ne": False, "!=": False}.get(str(sign))
    if holds is None:
        raise UnsupportedError("where")
    return [one for one in values if _same(field_of(one, key), wanted) == holds]


def _sorted(values: Any, key: str = "", order: str = "asc") -> list[object]:  # noqa: ANN401
    told = [*values.values()] if isinstance(values, Mapping) else [*values]
    made = sorted(told, key=lambda one: str(field_of(one, key) if key else one))
    return made[::-1] if order == "desc" else made


def _numbers(work: Callable[[float, float], float]) -> Function:
    def made(first: object, second: object) -> float:
        one, two = (_number(value) for value in (first, second))
        return work(one, two)

    return made


def _number(value: object) -> float:
    text = str(value)
    return float(text) if "." in text else int(text)


def _formatted(layout: str, value: object = None) -> str:
    if isinstance(value, datetime):
        return go_date(value, layout)
    try:
        return go_date(datetime.fromisoformat(str(value)), layout)
    except ValueError:
        raise UnsupportedError("no date") from None


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


def _highlighted(code: object, language: object = "", *_: object) -> Html:
    text = escape(str(code).strip("\n"), quote=False)
    word = re.sub(r"[^\w+#.-]", "", str(language))
    return Html(f'<pre><code class="language-{word}">{text}</code></pre>')


def _urlize(text: object) -> str:
    return re.sub(r"\s+", "-", str(text).strip()).lower()


def _last_true(*values: object) -> object:
    return next((value for value in values if not is_so(value)), values[-1])


def _first_true(*values: object) -> object:
    return next((value for value in values if is_so(value)), values[-1])


def _pairs(*values: object) -> dict[str, object]:
    return extent.weighed(dict(zip(map(str, values[::2]), values[1::2], strict=True)))


PLAIN: Mapping[str, Function] = {
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
    "slice": _list,
    "first": lambda count, values: values[: int(count)],
    "add": lambda *values: sum(map(int, values)),
    "sub": lambda first, second: int(first) - int(second),
    "mul": _product,
    "safeHTML": _kept,
    "safeURL": _kept,
    "safeCSS": _kept,
    "safeJS": _kept,
    "safeHTMLAttr": _kept,
    "htmlEscape": lambda text: Html(escape(str(text))),
    "plainify": _plain,
    "highlight": _highlighted,
    "lower": lambda text: str(text).lower(),
    "upper": lambda text: str(text).upper(),
    "title": lambda text: str(text).title(),
    "humanize": lambda text: str(text).replace("-", " ").replace("_", " ").capitalize(),
    "urlize": _urlize,
    "anchorize": _urlize,
    "trim": _cut,
    "replace": _replace,
    "split": lambda text, mark: str(text).split(mark),
    "delimit": _delimited,
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
    "in": lambda values, value: value in (values or ""),
    "seq": _sequence,
    "last": lambda count, values: values[-int(count) :],
    "after": lambda count, values: values[int(count) :],
    "append": _appended,
    "merge": _merged,
    "where": _where,
    "sort": _sorted,
    "uniq": lambda values: [*dict.fromkeys(values)],
    "div": _numbers(lambda one, two: one / two if one % two else one // two),
    "mod": _numbers(lambda one, two: one % two),
    "math.Ceil": lambda value: math.ceil(_number(value)),
    "math.Floor": lambda value: math.floor(_number(value)),
    "math.Round": lambda value: math.floor(_number(value) + 0.5),
    "findRE": _found,
    "replaceRE": _rewritten,
    "truncate": _cut_short,
    "substr": lambda text, start, size=None: str(text)[int(start) :][: size and int(size)],
    "htmlUnescape": lambda text: unescape(str(text)),
    "emojify": str,
    "jsonify": lambda *values: Html(json.dumps(values[-1], ensure_ascii=False, default=str)),
    "md5": lambda text: hashlib.md5(str(text).encode(), usedforsecurity=False).hexdigest(),
    "sha1": lambda text: hashlib.sha1(str(text).encode(), usedforsecurity=False).hexdigest(),
    "querify": lambda *values: urlencode(_pairs(*values)),
    "dateFormat": _formatted,
    "time.Format": _formatted,
    "path.Base": lambda text: posixpath.basename(str(text)),
    "path.Ext": lambda text: posixpath.splitext(str(text))[1],
    "path.Dir": lambda text: posixpath.dirname(str(text)),
    "path.Join": _joined,
    "urls.JoinPath": _joined,
    "strings.FirstUpper": lambda text: str(text)[:1].upper() + str(text)[1:],
    "strings.Count": lambda part, text: str(text).count(str(part)),
    "strings.TrimLeft": lambda marks, text: str(text).lstrip(marks),
    "strings.TrimRight": lambda marks, text: str(text).rstrip(marks),
    "chomp": lambda text: type(text)(str(text).rstrip("\n")) if isinstance(text, str) else text,
    "warnf": lambda *_: "",
    "errorf": lambda *_: "",
}
OTHERS = {
    "strings.Truncate": "truncate",
    **{f"collections.{old.capitalize()}": old for old in ("slice", "first", "index", "append")},
    **{f"safe.{old}": f"safe{old}" for old in ("HTML", "URL", "CSS", "JS", "HTMLAttr")},
    **{f"collections.{new}": old for new, old in (("Dictionary", "dict"), ("Delimit", "delimit"))},
    **{f"crypto.{old.upper()}": old for old in ("md5", "sha1")},
    **{f"strings.{new}": old for new, old in (("FindRE", "findRE"), ("ReplaceRE", "replaceRE"))},
    **{f"math.{old.capitalize()}": old for old in ("add", "sub", "mul", "div", "mod")},
    **{f"cast.{new}": old for new, old in (("ToInt", "int"), ("ToString", "string"))},
    **{f"urls.{new}": old for new, old in (("Anchorize", "anchorize"), ("URLize", "urlize"))},
    **{
        f"transform.{new}": old
        for new, old in (
            *(("Plainify", "plainify"), ("HTMLEscape", "htmlEscape")),
            *(("HTMLUnescape", "htmlUnescape"), ("Highlight", "highlight")),
        )
    },
    "transform.Emojify": "emojify",
    "compare.Default": "default",
    "compare.Conditional": "cond",
    "fmt.Printf": "printf",
    "encoding.Jsonify": "jsonify",
}
"""The longer names of functions."""
FUNCTIONS: Mapping[str, Function] = {
    **PLAIN,
    **{name: PLAIN[old] for name, old in OTHERS.items()},
}
