"""Same inputs, same bytes: whatever the machine, its habits and the order of its files."""

import os
import random
import subprocess
from collections.abc import Iterator, Mapping
from hashlib import sha256
from itertools import combinations, product
from pathlib import Path

import pytest

from tests.support.commands import run_broadsheet
from tests.support.sites import MakeSite

pytestmark = pytest.mark.slow

Circumstances = Mapping[str, str]

NOW = "2026-11-22T12:00Z"
# What may differ between two machines. Every value of one meets every value of every other.
WAYS = {
    "PYTHONHASHSEED": ("0", "1", "4242"),
    "TZ": ("Pacific/Kiritimati", "America/St_Johns", "Asia/Kathmandu"),
    "LC_ALL": ("C", "de_DE.UTF-8", "tr_TR.UTF-8"),
    "umask": ("022", "077"),
    "folder": ("site", "my site", "Газета “é”"),
    "order": ("by name", "backwards", "shuffled"),
    "time": ("1980", "2040"),
    "cwd": ("site", "root"),
    "workers": ("0", "2"),
}
TIMES = {"1980": 315_532_800, "2040": 2_208_988_800}

# What hurried code does differently elsewhere: capitals, order, dates, quotation marks.
RICH = """
-- config.yaml --
title: The Rich Text
base_url: https://rich.example.org/
timezone: Europe/Istanbul
page_size: 2
markdown: {smart_quotes: true}
feeds: {full_text: true}
sections: [world, İstanbul]
organization: {name: The Rich Text Company, logo: /logo.svg}
-- static/logo.svg --
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 4"><path d="M0 0h8v4z"/></svg>
-- static/b/one.txt --
one
-- static/a/two.txt --
two
-- content/articles/world/picture/index.md --
---
title: "INDIGO I \u0131 \u0130 i: letters that Turkish capitals change"
date: 2025-03-01 10:00
tags: [Indigo, ISSUES, "I"]
authors: [Ilse Ibsen, "\u0130dil I\u015f\u0131k"]
image: {src: own.svg, alt: A square, caption: Squared, credit: Nobody}
---
![A square](own.svg "A square in a figure")

A [link](../table.md) to "another" story -- and one to [a part](../table.md#a-part).
-- content/articles/world/picture/own.svg --
<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"><path d="M0 0h8v4z"/></svg>
-- content/articles/world/table.md --
---
title: Tables and footnotes
date: 2025-03-01 10:00
updated: 2025-03-02 10:00
tags: [issues, Tables]
author: Ilse Ibsen
---
## A part

| a | b |
|:--|--:|
| 1 | 2 |

Noted.[^1] Said "again".[^2]

[^1]: One.
[^2]: Two.
-- content/articles/world/code.md --
+++
title = "Code"
date = 2025-02-01T10:00:00+03:00
tags = ["Tables", "code"]
authors = ["\u0130dil I\u015f\u0131k"]
+++
```python
def f(x: int) -> str: return {"a", "b"}
```

HTML
:   A language.

*[HTML]: HyperText Markup Language
-- content/articles/istanbul/ukrainian.md --
---
title: Згурський \u0456 Щастя
date: 2024-08-15
lang: uk
section: İstanbul
tags: [Київ, Tables]
aliases: [/old/zghurskyi/]
---
«Текст», який "має" лапки.
-- content/articles/istanbul/arabic.md --
---
title: البحّارة
date: 2024-08-15
lang: ar
section: İstanbul
tags: [Київ]
summary: نصّ
---
نصّ قصير.
-- content/articles/istanbul/undated-by-file.md --
---
title: Ties
date: 2024-08-15
section: İstanbul
tags: [ISSUES]
---
-- content/tags/issues.md --
---
title: Issues
aliases: [Problems, Sorunlar]
---
What **issues** are.
-- content/authors/ilse-ibsen.md --
---
name: Ilse Ibsen
role: Editor
links: [https://example.org/ilse]
---
-- content/pages/about.md --
---
title: About
---
About [a story](/articles/world/table.md).
"""


def pairwise(ways: Mapping[str, tuple[str, ...]]) -> Iterator[Circumstances]:
    """Few combinations in which every two values of different kinds meet at least once."""
    drawn = random.Random(1)  # noqa: S311 - the same tests on every run
    kinds = list(combinations(ways, 2))
    wanted = {(a, x, b, y) for a, b in kinds for x, y in product(ways[a], ways[b])}
    while wanted:
        tries = [{kind: drawn.choice(values) for kind, values in ways.items()} for _ in range(500)]
        met = [{(a, row[a], b, row[b]) for a, b in kinds} & wanted for row in tries]
        best = max(range(len(tries)), key=lambda number: len(met[number]))
        wanted -= met[best]
        if met[best]:
            yield tries[best]


def known(locale: str) -> str:
    """The locale where this machine has it, else the plainest one."""
    installed = subprocess.run(["locale", "-a"], check=False, capture_output=True, text=True).stdout
    return locale if locale.replace("UTF-8", "utf8") in installed.split() else "C"


def copied(files: Mapping[str, bytes], folder: Path, order: str, time: int) -> None:
    """Write a site's files in an order of their own, all with one time."""
    paths = sorted(files, reverse=order == "backwards")
    if order == "shuffled":
        random.Random(7).shuffle(paths)  # noqa: S311 - any order will do
    for path in paths:
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(files[path])
        os.utime(file, (time, time))


def digests(folder: Path) -> dict[str, str]:
    """What stands for each file below a folder."""
    return {
        file.relative_to(folder).as_posix(): sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


@pytest.fixture
def files(make_site: MakeSite) -> dict[str, bytes]:
    site = make_site(RICH)
    paths = (file for file in site.rglob("*") if file.is_file())
    return {file.relative_to(site).as_posix(): file.read_bytes() for file in paths}


def test_every_pair_of_circumstances_is_tried() -> None:
    rows = list(pairwise(WAYS))
    assert 9 <= len(rows) <= 20
    for one, other in combinations(WAYS, 2):
        pairs = {(row[one], row[other]) for row in rows}
        assert len(pairs) == len(WAYS[one]) * len(WAYS[other])


def test_circumstances_change_nothing(files: dict[str, bytes], tmp_path: Path) -> None:
    expected: dict[str, str] = {}
    for number, row in enumerate(pairwise(WAYS)):
        site = tmp_path / str(number) / row["folder"]
        copied(files, site, row["order"], TIMES[row["time"]])
        done = run_broadsheet(
            *("build", "--site", str(site), "--now", NOW, "--workers", row["workers"]),
            environment={
                "PYTHONHASHSEED": row["PYTHONHASHSEED"],
                "TZ": row["TZ"],
                "LC_ALL": known(row["LC_ALL"]),
            },
            cwd=site if row["cwd"] == "site" else Path("/"),
            umask=int(row["umask"], 8),
        )
        assert done.returncode == 0, (row, done.stderr)
        found = digests(site / "public")
        expected = expected or found
        assert found == expected, row
    assert len(expected) > 70


def test_time_passes_without_a_trace(files: dict[str, bytes], tmp_path: Path) -> None:
    """Only the sitemap of the last two days knows what day it is."""
    site = tmp_path / "aging"
    copied(files, site, "by name", TIMES["1980"])

    def at(now: str) -> dict[str, str]:
        done = run_broadsheet("build", "--site", str(site), "--now", now)
        assert done.returncode == 0, done.stderr
        return digests(site / "public")

    fresh, later, much_later = at("2025-03-01T12:00Z"), at("2025-03-20T00:00Z"), at("2031-02-03")
    assert later == much_later
    assert {path for path in fresh if fresh[path] != later[path]} == {"news-sitemap.xml"}
    assert fresh.keys() == later.keys()
