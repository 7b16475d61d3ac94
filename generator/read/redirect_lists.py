"""Lists of redirects: `redirects.csv` and `redirects.yaml` at the top of a site."""

import csv
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from itertools import accumulate

from generator.model.article import Source
from generator.model.digests import content_digest
from generator.model.problems import Place, Problem, bounded, shown
from generator.model.redirects import GONE, MOVED, STATUSES, ListedRedirect, RedirectList
from generator.model.values import frozen
from generator.read.located_yaml import load_yaml, yaml_stretches
from generator.read.source_spans import Stretch
from generator.read.text_files import decode

HEADER = ("from", "to", "status")
SEPARATORS = ",;\t"
LARGEST = 8 * 1024 * 1024
FORM = "Write /old/address/,/new/address/ and, if you like, a status such as 302."
YAML_FORM = "Write one redirect a line: /old/address/: /new/address/"
TOP = "redirects"


@frozen
class _Row:
    """One redirect before it is known to be one: its fields, its line, and that line's text."""

    fields: tuple[str, ...]
    line: int
    text: str


def read_redirects(path: str, data: bytes) -> tuple[RedirectList | None, tuple[Problem, ...]]:
    """Read a list of redirects; None when something in it is wrong."""
    text = decode(data, path=path)
    if isinstance(text, Problem):
        return None, (text,)
    rows, faults = _csv_rows(path, text) if path.endswith(".csv") else _yaml_rows(path, text)
    found: list[ListedRedirect] = []
    problems = list(faults)
    for row in rows:
        redirect = _redirect(row)
        if isinstance(redirect, str):
            place = Place(path, row.line, 1 if row.line else 0)
            hint = FORM if path.endswith(".csv") else YAML_FORM
            problems.append(Problem(place, redirect, hint, excerpt=row.text, width=len(row.text)))
        else:
            found.append(redirect)
    if problems:
        return None, bounded(problems)
    return RedirectList(Source(path, content_digest(data)), tuple(found)), ()


def _redirect(row: _Row) -> ListedRedirect | str:
    """The redirect of a row, or what is wrong with it."""
    old, new, status, *more = (*(field.strip() for field in row.fields), "", "", "")
    if any(more):
        return "more than an old address, a new one and a status"
    if not old:
        return "no old address"
    if status and not (status.isdecimal() and int(status) in STATUSES):
        return f'not a status of a redirect: "{shown(status)}"'
    number = int(status) if status else MOVED
    if bool(new) == (number == GONE):
        return "what is gone leads nowhere" if new else f'"{shown(old)}" leads to nothing'
    return ListedRedirect(old, new, number, row.line)


def _csv_rows(path: str, text: str) -> tuple[list[_Row], list[Problem]]:
    """The rows of a CSV file (RFC 4180) but for its header, empty lines and comments (`#`)."""
    lines = text.split("\n")
    first = next((line for line in lines if line.strip() and line[0] != "#"), "")
    separator = max(SEPARATORS, key=first.count)
    rows: list[_Row] = []
    kept = [(number, line) for number, line in enumerate(lines, 1) if line[:1] != "#"]
    reader = csv.reader((line for _, line in kept), delimiter=separator, strict=True)
    begins = 0
    try:
        for fields in reader:
            number, line = kept[begins]
            begins = reader.line_num
            is_header = not rows and tuple(f.strip().lower() for f in fields[:2]) == HEADER[:2]
            if any(map(str.strip, fields)) and not is_header:
                rows.append(_Row(tuple(fields), number, line))
    except csv.Error as error:
        number, line = kept[begins]
        message = f"not a line of a CSV file: {error}"
        return [], [Problem(Place(path, number, 1), message, FORM, excerpt=line)]
    return rows, []


def _yaml_rows(path: str, text: str) -> tuple[list[_Row], list[Problem]]:
    """The redirects of a YAML file: a mapping from old to new, or a list of `from`, `to`, `status`.

    In a mapping the new address may be a mapping itself, of `to` and `status`.
    """
    # The reader takes mappings only: a list stands under a key of ours, on a line before the first.
    whole = f"{TOP}:\n{text}" if _is_list(text) else text
    first = 1 if whole is text else 0
    values, problems = load_yaml(whole, path=path, first_line=first, max_bytes=LARGEST)
    if values is None:
        return [], [*problems]
    entries: list[tuple[tuple[str | int, ...], object]]
    if whole is text:
        entries = [((key,), _with_old(key, value)) for key, value in values.items()]
    else:
        listed = values[TOP]
        listed = listed if isinstance(listed, list) else []
        entries = [((TOP, number), value) for number, value in enumerate(listed)]
    starts = [0, *accumulate(len(line) + 1 for line in whole.split("\n"))]
    stretches = yaml_stretches(whole)
    rows = []
    for keys, value in entries:
        number = bisect_right(starts, _start_of(stretches.get(keys)))
        line = whole[starts[number - 1] : starts[number]].rstrip()
        rows.append(_Row(tuple(_fields(value)), number - 1 + first, line))
    return rows, []


def _start_of(stretch: Stretch | None) -> int:
    """Where an entry begins: with its key, if it has one."""
    if stretch is None:
        return 0
    return stretch.key_start if stretch.key_end > stretch.key_start else stretch.start


def _is_list(text: str) -> bool:
    lines = (line for line in text.splitlines() if line.strip() and line.lstrip()[0] != "#")
    return next(lines, "").startswith("-")


def _with_old(old: str, value: object) -> object:
    return {"from": old, **(value if isinstance(value, Mapping) else {"to": value})}


def _fields(value: object) -> Iterator[str]:
    """The old address, the new one and the status of an entry; what else it holds behind them."""
    if not isinstance(value, Mapping):
        return
    for name in (*HEADER, *(name for name in value if name not in HEADER)):
        field = value.get(name)
        yield field if isinstance(field, str) else ""
