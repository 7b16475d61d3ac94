"""Texts made to hang, fill or crash the build: each harms its own page alone, and soon ends.

Every build runs in a child process of limited time and memory. It reaches no network,
starts no program, and writes nowhere but where it should.
"""

import json
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Mapping
from itertools import pairwise
from pathlib import Path

import pytest

from tests.support.commands import run_broadsheet
from tests.support.sites import MakeSite

pytestmark = pytest.mark.slow

Explode = Callable[[Mapping[str, str]], dict[str, str]]

SECONDS, SECONDS_PER_TEXT = 20, 2
MEMORY = 1 << 30
NOW = "2026-01-01T00:00Z"
FOLDER, PUBLISHED = "content/articles/bombs", "public/news/2025/01"
MONTH = "public/archive/2025/01/index.html"
SITE = """
-- config.yaml --
title: Bombs
markdown: {time_limit: 0.5, smart_quotes: true}
-- content/articles/good.md --
---
title: Good
date: 2025-01-01
---
Fine.
"""


def yaml(settings: str) -> str:
    return f"---\ntitle: Bomb\ndate: 2025-01-01\n{settings}\n---\nText.\n"


def toml(settings: str) -> str:
    return f'+++\ntitle = "Bomb"\ndate = 2025-01-01\n{settings}\n+++\nText.\n'


def body(text: str) -> str:
    return f"---\ntitle: Bomb\ndate: 2025-01-01\n---\n{text}\n"


def references(names: str, value: str) -> str:
    """Lists of lists: each line nine times as large as the one before."""
    pairs = pairwise(names)
    lines = (f"  {new}: &{new} {value.format(','.join(['*' + old] * 9))}\n" for old, new in pairs)
    return f"extra:\n  {names[0]}: &{names[0]} {{k: v}}\n" + "".join(lines)


# What must be refused, with words of the reason.
REFUSED = {
    "brackets": (yaml("tags: " + "[" * 60_000), "nested more than 32 deep"),
    "a million brackets": (yaml("tags: " + "[" * 1_000_000), "the limit is 65,536"),
    "braces": (yaml("extra: " + "{a: " * 15_000), "nested more than 32 deep"),
    "dashes": (yaml("extra:\n  " + "- " * 30_000), "nested more than 32 deep"),
    "question marks": (yaml("extra:\n  " + "? " * 30_000), "where a key should"),
    "aliases": (yaml(references("abcdefghi", "[{}]")), "anchor"),
    "merges": (yaml(references("abcdefghi", "{{<<: [{}]}}")), "anchor"),
    "object": (yaml("extra: !!python/object/apply:os.system [exit]"), "a tag"),
    "long settings": (yaml("extra:\n" + "  - value\n" * 8_000), "the limit is 65,536"),
    "long headline": (yaml("seo_title: " + "word " * 20_000), "the limit is 65,536"),
    "many tags": (yaml(f"tags: [{','.join(f't{n}' for n in range(10_000))}]"), "tags"),
    "toml brackets": (toml("tags = " + "[" * 60_000), "nested more than 32 deep"),
    "toml dots": (toml("a." * 30_000 + "b = 1"), "nested more than 32 deep"),
    "toml braces": (toml("extra = " + "{a=" * 20_000), "nested more than 32 deep"),
    "NUL in settings": (yaml("summary: a\0b"), "NUL"),
    "NUL in the text": (body("a\0b"), "NUL"),
    "control character": (yaml('summary: "a\\u0007b"'), "control character"),
    "terminal codes": (yaml('summary: "\\u001b[2J\\u001b]0;gone\\u0007"'), "control character"),
    "ten megabytes": (body("word " * 2_200_000), "too large"),
    "nine megabytes of stars": (body("*a " * 3_000_000), "longer than 0.5 s"),
    "list in list": (body("1. " * 20_000 + "x"), "nested too deeply"),
}
# What may be published or refused, as it turns out; but it must end.
ENDING = {
    "brackets": "[" * 1_000_000,
    "pictures": "![" * 30_000,
    "links in links": "[a](" * 16_000,
    "backticks": " ".join("`" * n for n in range(1, 1_000)),
    "footnotes": "[^1] " * 9_000 + "\n\n" + "[^1]: x\n" * 3_000,
    "emphasis": "*a **b " * 9_000,
    "emphasis in words": "*a_ " * 16_000,
    "stars": "*" * 65_000,
    "open tags": "<a " * 20_000,
    "comments": "<!--" * 16_000,
    "elements": '<div markdown="1">\n\n' * 3_000,
    "quotations": "> " * 30_000 + "x",
    "lists": "\n".join("    " * depth + "- x" for depth in range(180)),
    "headings": "# a\n\n" * 13_000,
    "footnote in itself": "[^a]\n\n[^a]: [^a] [^a]",
    "abbreviations": "".join(f"*[a{n}]: x\n" for n in range(3_000)) + "a1 " * 3_000,
    "wide table": "|a" * 3_000 + "|\n" + "|-" * 3_000 + "|\n" + ("|b" * 3_000 + "|\n") * 8,
    "pipes": "|" * 65_000,
    "more pipes": "|a" * 150_000,
    "terms": "a\n: " * 15_000,
    "fences": "```\n" * 15_000,
    "backslashes": "\\" * 65_000,
    "blanks": "a" + " " * 65_000 + "b",
    "addresses": "<http://" * 8_000,
    "quotation marks": "\"'" * 32_000,
    "brackets in an address": "[a](" + "(" * 60_000,
    "control characters": "a\x07b \x1b[31m red \x0c end",
}
SMALL = ("footnote in itself", "control characters")


@pytest.fixture
def explode(make_site: MakeSite) -> Explode:
    """A function that builds a site with bad texts, by name, and gives what was said of each."""

    def run(texts: Mapping[str, str]) -> dict[str, str]:
        site = make_site(SITE)
        for name, text in texts.items():
            file = site / FOLDER / f"{slug(name)}.md"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text.encode())
        done = run_broadsheet(
            *("build", "--site", str(site), "--keep-going", "--now", NOW, "--workers", "0"),
            seconds=SECONDS + int(SECONDS_PER_TEXT * len(texts)),
            memory=MEMORY,
        )
        assert done.returncode in (0, 1), done.stderr[-500:]
        assert "Traceback" not in done.stderr
        assert "\x1b" not in done.stderr
        assert (site / PUBLISHED / "good/index.html").is_file()
        said = {name: first_error(slug(name), done.stderr) for name in texts}
        listed = (site / MONTH).read_text("utf-8")
        for name, reason in said.items():
            is_there = (site / PUBLISHED / slug(name) / "index.html").is_file()
            is_listed = f"/{slug(name)}/" in listed
            assert (is_there, is_listed) == (not reason, not reason), (name, reason)
        return said

    return run


def slug(name: str) -> str:
    return name.lower().replace(" ", "-")


def first_error(name: str, said: str) -> str:
    found = re.search(rf"^{FOLDER}/{name}\.md:[\d:]*\s*error: (.+)$", said, re.MULTILINE)
    return found[1] if found else ""


def test_what_is_too_much_is_refused(explode: Explode) -> None:
    said = explode({name: text for name, (text, _) in REFUSED.items()})
    assert {name for name, (_, reason) in REFUSED.items() if reason not in said[name]} == set()


def test_whatever_it_is_it_ends(explode: Explode) -> None:
    said = explode({name: body(text) for name, text in ENDING.items()})
    assert [said[name] for name in SMALL] == [""] * len(SMALL)
    # On a busy machine the clock stops more of them; all others are a few.
    in_time = [reason for reason in said.values() if not reason or "longer than" in reason]
    assert len(in_time) > len(ENDING) / 3


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("title: " + "[" * 500_000, "nested more than 32 deep"),
        ("title: T\n" + references("abcdefghi", "[{}]"), "anchor"),
        ("title: T\n# " + "x" * 2_000_000, "limit"),
    ],
)
def test_a_bomb_in_the_configuration_is_refused(text: str, reason: str, tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text(text)
    done = run_broadsheet("build", "--site", str(tmp_path), seconds=SECONDS, memory=MEMORY)
    assert done.returncode == 1
    assert done.stderr.startswith("config.yaml:")
    assert reason in done.stderr.partition("\n")[0]


# Stands as sitecustomize.py before every Python process of a build, and notes in a file what
# it does to the network, to other programs and to files. Sockets between own processes
# (AF_UNIX) are no network.
WATCHER = """\
import json, os, socket, sys
notes = os.open(os.path.join(os.environ["NOTES"], str(os.getpid())), os.O_CREAT | os.O_WRONLY)
PROGRAMS = ("subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.startfile", "pty.")
CHANGES = ("os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.symlink",
           "os.truncate", "os.chmod", "os.chown", "os.utime", "shutil.rmtree")
def note(*what):
    os.write(notes, (json.dumps(what) + "\\n").encode())
def whole(path, folder=-1):
    # What is named from an open folder stands in it.
    name = os.fsdecode(path)
    return os.path.abspath(os.path.join(os.readlink(f"/proc/self/fd/{folder}"), name)
                           if folder >= 0 else name)
opened = os.open
def told_open(path, flags, mode=0o777, *, dir_fd=None):
    if dir_fd is not None and flags & (os.O_WRONLY | os.O_RDWR):
        note("writes", whole(path, dir_fd))
    return opened(path, flags, mode, dir_fd=dir_fd)
os.open = told_open
def watch(event, arguments):
    if event.startswith("socket."):
        family = arguments[1] if event == "socket.__new__" else getattr(arguments[0], "family", 0)
        if family != socket.AF_UNIX:
            note("reaches", event)
    elif event.startswith(PROGRAMS):
        note("starts", event)
    elif event == "open":
        path, mode, flags = arguments
        writes = set(mode or "") & set("wax+") or (flags or 0) & (os.O_WRONLY | os.O_RDWR)
        if writes and not isinstance(path, int) and os.path.isabs(path):
            note("writes", whole(path))
    elif event in CHANGES:
        is_below = event in ("os.remove", "os.rmdir") and arguments[-1] != -1  # of an rmtree
        folders = arguments[2:] if event == "os.rename" else arguments[-1:]
        for path, folder in zip(arguments[:2], [*folders, *folders]):
            if isinstance(path, (str, bytes, os.PathLike)) and not is_below:
                note("writes", whole(path, folder if isinstance(folder, int) else -1))
sys.addaudithook(watch)
"""


@pytest.mark.parametrize("workers", ["0", "2"])
def test_a_build_keeps_to_itself(
    workers: str, demo_site: Path, checkout: Path, tmp_path: Path
) -> None:
    site, hook, notes = tmp_path / "site", tmp_path / "hook", tmp_path / "notes"
    shutil.copytree(demo_site, site, ignore=shutil.ignore_patterns("public", ".broadsheet"))
    hook.mkdir()
    notes.mkdir()
    (hook / "sitecustomize.py").write_text(WATCHER)
    done = run_broadsheet(
        *("build", "--site", str(site), "--workers", workers),
        environment={"PYTHONPATH": f"{hook}{os.pathsep}{checkout}", "NOTES": str(notes)},
    )
    assert done.returncode == 0, done.stderr
    files = [file.read_text("utf-8") for file in notes.iterdir()]
    assert files  # processes that are forked have the hook, and write into the same file
    noted = [json.loads(line) for text in files for line in text.splitlines()]
    assert [what for what in noted if what[0] != "writes"] == []
    written = {path for _, path in noted}
    own = [str(site / name) for name in ("public", ".broadsheet", ".public.staging")]
    own.append(os.environ["XDG_STATE_HOME"])  # the account's key, made at first
    elsewhere = {path for path in written if not path.startswith(tuple(own))}
    # With workers, Python itself keeps a socket in the system's folder for such things.
    assert workers != "0" or elsewhere == set()
    assert {Path(path).parent for path in elsewhere if "/pymp-" not in path} <= {
        Path(tempfile.gettempdir())
    }
    assert len(written) > 200
