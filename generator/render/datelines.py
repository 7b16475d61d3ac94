"""Datelines: a story's place, run in where its text begins."""

from markupsafe import Markup

PARAGRAPH = "<p>"


def with_dateline(body: str, dateline: str) -> str:
    """The body with its dateline run in at the beginning of the first paragraph.

    Where the body begins with something else, the dateline is a paragraph of its own.
    """
    if not dateline:
        return body
    if not body.startswith(PARAGRAPH):
        return Markup('<p class="dateline">{}</p>\n').format(dateline) + body
    run_in = Markup('<p><span class="dateline">{} —</span> ').format(dateline)
    return run_in + body[len(PARAGRAPH) :]
