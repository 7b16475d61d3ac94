"""Comments of a Nikola site, as its plug-ins keep them in files beside the posts.

`import_blogger` leaves hidden texts that name the post they answer by its `id`;
`static_comments` has `flood.1.wpcomment` beside `flood.rst`.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

from generator.importers.comments import OldComment
from generator.importers.incoming import text_of_file
from generator.importers.nikola_settings import NikolaSettings
from generator.importers.nikola_texts import split_settings
from generator.importers.pelican_texts import html_body

ANSWERS = "in-reply-to"
STATIC = ".wpcomment"


def find_comments(settings: NikolaSettings) -> Mapping[str, tuple[OldComment, ...]]:
    """The comments on each post, by its `id`, or by its path without the ending."""
    found: dict[str, list[OldComment]] = {}
    hidden: dict[str, OldComment] = {}
    for folder in sorted({settings.folder / one.folder for one in settings.gatherings()}):
        for file in sorted(folder.rglob("*")) if folder.is_dir() else ():
            if file.name.startswith(".") and file.suffix == ".meta":
                hidden |= {one.id: one for one in _hidden(file)}
            elif file.suffix == STATIC:
                stem = file.with_suffix("").with_suffix("")
                path = stem.relative_to(settings.folder).as_posix()
                found.setdefault(path, []).extend(_static(file))
    for one in hidden.values():
        found.setdefault(_root_of(one, hidden), []).append(one)
    return {
        post: tuple(sorted(comments, key=lambda one: (one.date, one.id)))
        for post, comments in found.items()
    }


def _root_of(comment: OldComment, known: Mapping[str, OldComment]) -> str:
    """The post to which a comment belongs, whatever it answers."""
    seen = {comment.id}
    while comment.parent in known and comment.parent not in seen:
        comment = known[comment.parent]
        seen.add(comment.id)
    return comment.parent


def _hidden(file: Path) -> Iterator[OldComment]:
    values = split_settings(f"{text_of_file(file) or ''}\n\n")[0]
    text = next(filter(None, (text_of_file(file.with_suffix(end)) for end in (".html", ".md"))), "")
    if values.get(ANSWERS):
        yield OldComment(
            id=values.get("id", "") or file.stem,
            parent=values[ANSWERS],
            author=values.get("authors") or values.get("author", ""),
            url="",
            date=values.get("date", ""),
            kind="comment",
            text=html_body(text).strip(),
        )


def _static(file: Path) -> Iterator[OldComment]:
    values, text = split_settings(text_of_file(file) or "")
    if values.get("approved", "true").lower() == "true":
        yield OldComment(
            id=values.get("id", "") or file.stem,
            parent=values.get("parent_id", ""),
            author=values.get("author", ""),
            url=values.get("author_url", ""),
            date=values.get("date_utc", ""),
            kind="comment",
            text=text.strip(),
        )
