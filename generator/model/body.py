"""The body of a text file: what a quick look at it tells, and what rendering it takes."""

from generator.model.pictures import Picture
from generator.model.problems import Problem
from generator.model.values import frozen


@frozen
class LinkTarget:
    """A target that a body names, and where.

    `target` is the address in a Markdown link, picture or reference definition,
    or in an `href` or `src` of raw HTML, as a browser would get it: character
    references and backslash escapes undone. `line` counts from 1 in the file, `column`
    from 1 in the line.
    """

    target: str
    line: int
    column: int
    is_picture: bool = False
    is_html: bool = False


@frozen
class BodyFacts:
    """What planning needs to know of a body without rendering it.

    `line` is the file's line on which the body begins; with `has_text` there is more in it than
    white space. `opening` is the plain text of its first paragraph (at most 300 characters; ""
    where a summary was written), `targets` every link and picture outside code, in order.
    """

    line: int = 1
    has_text: bool = False
    opening: str = ""
    targets: tuple[LinkTarget, ...] = ()


@frozen
class ResolvedTarget:
    """Where a target leads; `target` is the one of a LinkTarget.

    `url` is what the page's HTML gets. A target that leads nowhere has a `fault`
    (and a `hint`): rendering turns it into a Problem when it meets that target, a mere
    warning where it `may_be_dead`. `width` and `height` are pixels, 0 when unknown or no picture.
    `picture` is what is shown where the target is a picture's, if that is another file.
    """

    target: str
    url: str
    width: int = 0
    height: int = 0
    fault: str = ""
    hint: str = ""
    may_be_dead: bool = False
    picture: Picture | None = None


@frozen
class Body:
    """All that rendering a body takes, but for its text.

    `digest` stands for the text: equal digests, equal texts. `resolved` holds each
    target once; its place in the file, for a Problem, is in `facts.targets`. Links to other sites
    say so where the story `is_paid` for.
    """

    source_path: str
    digest: str
    facts: BodyFacts
    resolved: tuple[ResolvedTarget, ...] = ()
    language: str = "en"
    is_paid: bool = False


@frozen
class RenderedBody:
    """A body as HTML, the ids in it in order, and what was wrong with it."""

    html: str
    ids: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


@frozen
class Embedding:
    """What pages may show of other sites.

    `policy` is the text of the site's content security policy, "" where it has none, and `origin`
    what 'self' stands for in it. With `is_direct` players stand in a page from the start, and not
    only when a reader has asked for one. `as_written`, links stay links and frames as they are: so
    two texts can be compared.
    """

    policy: str = ""
    origin: str = ""
    is_direct: bool = False
    as_written: bool = False


NOTHING_EMBEDDED = Embedding()


@frozen
class MarkdownOptions:
    """How bodies are rendered.

    `time_limit` is in seconds for each body, 0 for none; `smart_quotes` curls straight
    quotes, turns -- and --- into dashes and ... into an ellipsis, never in code.
    """

    smart_quotes: bool = False
    highlight: bool = True
    time_limit: float = 5.0
    embedding: Embedding = Embedding()


def template_hint(target: str) -> str:
    """What to do about a link whose target is a tag of another generator's templates, if it is."""
    is_tag = "{{" in target or "{%" in target
    return "A template's tag means nothing here: write the address itself." if is_tag else ""


def is_html_text(path: str) -> bool:
    """Whether the body of a text file is HTML, and no Markdown."""
    return path.lower().endswith((".html", ".htm"))
