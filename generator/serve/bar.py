"""The preview bar: what it is told of a page, and how it gets into the page."""

import html
import json
from collections.abc import Callable, Sequence
from importlib.resources import files

from generator.live.answers import Answer
from generator.model.problems import Problem, Severity
from generator.model.values import frozen

PREFIX = "/_broadsheet/"
"""Under which our own files stand; no page of a site does: slugs do not begin with `_`."""
SCRIPT = PREFIX + "preview.js"
EVENTS = PREFIX + "events"
VIEW = PREFIX + "view"
MOST_PROBLEMS = 100
MOST_FILES = 3
BODY_END = b"</body>"

Wording = Callable[[Problem], str]
"""A problem as the terminal shows it, without colours."""


@frozen
class News:
    """What happened last: when (a time of day), in which files, and what is wrong with watching.

    `copies` are the URLs of files published as they are that changed lately, each with a
    number that tells this change from others: a page that was asleep finds out what it missed.
    """

    time: str = ""
    changed: tuple[str, ...] = ()
    fault: str = ""
    copies: tuple[tuple[str, int], ...] = ()


def told(answer: Answer, news: News, wording: Wording, *, moved: str = "", gone: str = "") -> str:
    """All that the bar shows of a page, as JSON.

    The script compares `digest` and `styles` with those of the page it runs in, and loads
    again what differs. `moved`: where the page is now. `gone`: why it is nowhere.
    """
    problems = answer.problems
    return json.dumps(
        {
            "digest": answer.digest,
            "styles": answer.styles,
            "source": answer.source,
            "marks": answer.marks,
            "held": dict(answer.held),
            "view": answer.view,
            "lastGood": answer.is_last_good,
            "errors": _count(problems, Severity.ERROR),
            "warnings": _count(problems, Severity.WARNING),
            "problems": [_problem(problem, wording) for problem in _first(problems)],
            "time": news.time,
            "changed": news.changed[:MOST_FILES],
            "more": max(0, len(news.changed) - MOST_FILES),
            "fault": news.fault,
            "copies": dict(news.copies),
            "moved": moved,
            "gone": gone,
        },
        separators=(",", ":"),
    )


def with_bar(page: bytes, state: str, nonce: str = "") -> bytes:
    """A page with the script that shows the bar; nothing else in it changes."""
    allowed = f' nonce="{nonce}"' if nonce else ""
    # With "<script" in an attribute no nonce counts (CSP Level 3, "Is element nonceable?").
    state = state.replace("<", "\\u003c")
    tag = (
        f'<script src="{SCRIPT}"{allowed} data-broadsheet="{html.escape(state)}"></script>'.encode()
    )
    at = page.rfind(BODY_END)
    return page + tag if at < 0 else page[:at] + tag + page[at:]


def script() -> bytes:
    """The script itself, its styles within."""
    folder = files("generator.serve")
    code, styles = (folder.joinpath(f"preview.{kind}").read_text("utf-8") for kind in ("js", "css"))
    return code.replace("STYLE", json.dumps(styles), 1).encode()


def notice(title: str, text: str) -> bytes:
    """A page of our own, where the site has none."""
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>{html.escape(title)}</title><style>{NOTICE_STYLE}</style>"
        f"<body><main><h1>{html.escape(title)}</h1><p>{html.escape(text)}</p></main></body></html>"
    ).encode()


NOTICE_STYLE = (
    ":root{color-scheme:light dark}body{margin:0;font:1.0625rem/1.6 system-ui,sans-serif}"
    "main{max-width:34rem;margin:18vh auto 0;padding:0 1.5rem}"
    "h1{font:600 1.75rem/1.25 Georgia,serif;margin:0 0 .75rem}p{margin:0;opacity:.8}"
)


def _first(problems: Sequence[Problem]) -> list[Problem]:
    """The problems to be shown: errors before warnings, no more than can be read."""
    return sorted(problems, key=lambda problem: not problem.is_error)[:MOST_PROBLEMS]


def _count(problems: Sequence[Problem], severity: Severity) -> int:
    return sum(problem.severity is severity for problem in problems)


def _problem(problem: Problem, wording: Wording) -> dict[str, str]:
    return {
        "severity": str(problem.severity),
        "place": str(problem.place),
        "text": wording(problem),
    }
