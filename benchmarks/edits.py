"""What a newsroom does to a story's file: correct it, change its headline, write the next one."""

import re
from dataclasses import dataclass

NEWEST_YEAR = 2025


def field(text: str, key: str) -> str:
    """A value of the front matter as it is written; raises LookupError when it is not there."""
    found = re.search(rf"^{key}: (.*)$", text, re.MULTILINE)
    if not found:
        raise LookupError(key)
    return found[1]


def _with_field(text: str, key: str, value: str) -> str:
    return re.sub(rf"^{key}: .*$", f"{key}: {value}", text, count=1, flags=re.MULTILINE)


def with_a_line(text: str, line: str) -> str:
    """The story with one more paragraph at its end."""
    return f"{text}\n{line}\n"


def with_title(text: str, title: str) -> str:
    """The story under another headline, at the same address."""
    return _with_field(text, "title", f'"{title}"')


@dataclass(frozen=True, slots=True)
class NewStory:
    """A story that is newer than all others: its path below the folder of stories, its text."""

    path: str
    text: str


def next_story(text: str, title: str, number: int) -> NewStory:
    """A new story made from an old one's text. Numbers begin at 0; each is a minute newer."""
    section, slug = field(text, "section"), f"fresh-story-{number}"
    text = _with_field(with_title(text, title), "slug", slug)
    hour, minute = divmod(number, 60)
    text = _with_field(text, "date", f"{NEWEST_YEAR}-01-02T{hour:02}:{minute:02}:00Z")
    return NewStory(f"{section}/{NEWEST_YEAR}/{slug}.md", text)


def address(path: str) -> str:
    """The URL path of the story in this file."""
    return f"/{path.removesuffix('.md')}/"


def tag_address(text: str) -> str:
    """The URL path of the story's first tag."""
    first = field(text, "tags").strip("[]").split(",")[0].strip('"')
    return f"/tags/{first.lower().replace(' ', '-')}/"
