"""What tests of planning build on: stories, newsrooms, sites and plans, made in a line or two."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

from generator.model.article import Article, Name, Newsroom, Source
from generator.model.body import BodyFacts, LinkTarget
from generator.model.config import Config
from generator.model.layouts import ThemeFile
from generator.model.outputs import Output
from generator.model.problems import Problem
from generator.model.site import Site
from generator.model.tag_keys import tag_key
from generator.model.values import fields, replace
from generator.plan.arrange import arrange
from generator.plan.articles import story_faults
from generator.plan.kind import Kind
from generator.plan.plan import Plan

NOW = datetime(2024, 8, 20, 12, 0, tzinfo=UTC)
CONFIG = Config(title="The Gazette", base_url="https://example.org/")
INDEXES = ("article_of", "article_at", "by_id", "by_slug")
STYLE = ThemeFile("site.css", "0123456789abcdef", b"p {}")


def name_of(label: str) -> Name:
    """A tag or author as an article spells it."""
    words = label.lower().replace("+", " plus ").replace("#", " sharp ").split()
    slug = "-".join(words) if label.isascii() else ""
    return Name(label, tag_key(label), slug)


def source(path: str, *links: str, has_text: bool = False, opening: str = "") -> Source:
    """A text file whose body names some targets."""
    targets = tuple(LinkTarget(link, 5 + n, 1) for n, link in enumerate(links))
    return Source(
        path, f"digest of {path}", BodyFacts(4, has_text or bool(links), opening, targets)
    )


def story(
    name: str,
    *,
    hours: float = 0,
    tags: Sequence[str] = (),
    authors: Sequence[str] = (),
    links: Sequence[str] = (),
    **changes: object,
) -> Article:
    """A story `hours` before NOW, in `content/articles/<name>.md`, at `/news/<last part>/`."""
    slug = name.rpartition("/")[2]
    made = Article(
        source=source(f"content/articles/{name}.md", *links, has_text=True, opening=f"So {slug}."),
        address=f"/news/{slug}/",
        id=f"articles/{name}",
        slug=slug,
        title=f"About {slug}",
        date=NOW - timedelta(hours=hours),
        section="news",
        tags=tuple(map(name_of, tags)),
        authors=tuple(map(name_of, authors)),
    )
    return replace(made, **changes)


def newsroom(*articles: Article, **fields: object) -> Newsroom:
    """A newsroom of some stories."""
    return replace(Newsroom(articles), **fields)


def planned(
    newsroom: Newsroom, config: Config = CONFIG, now: datetime = NOW, *, drafts: bool = False
) -> tuple[Plan, tuple[Problem, ...]]:
    """The Plan of a newsroom, and all problems of arranging and planning."""
    site, problems = arrange(newsroom, config, now, drafts=drafts)
    plan = Plan(site, config, (STYLE,))
    found = plan.problems().values()
    told = (problem for told in found for problem in told)
    return plan, (*problems, *told, *story_faults(site, site.articles))


def of_kind(
    kind: type[Kind], site: Site, config: Config = CONFIG
) -> tuple[tuple[Output, ...], tuple[Problem, ...]]:
    """The Outputs of one kind in the order in which it has them, and what is wrong with them."""
    kinds = Plan(site, config, (STYLE,)).kinds
    found = next(one for one in kinds if type(one) is kind)
    return tuple(slot.made() for slot in found.slots()), found.problems() or ()


def arranged(
    newsroom: Newsroom, config: Config = CONFIG, now: datetime = NOW, *, drafts: bool = False
) -> tuple[Site, tuple[Problem, ...]]:
    """The Site of a newsroom, and its problems."""
    return arrange(newsroom, config, now, drafts=drafts)


def contents(site: Site, named: Iterable[str] = ()) -> dict[str, object]:
    """All that a Site holds, in plain form; of its mentions those of some names."""
    found = {field.name: getattr(site, field.name) for field in fields(site)}
    for name in INDEXES:
        index = found[name]
        found[name] = {key: [index.stock.article(n) for n in index.all(key)] for key in index}
    return found | {
        "mentions": {name: site.mentions.of(name) for name in named},
        "problems": sorted(map(repr, site.problems)),
        "files": dict(site.files),
        "every_file": dict(site.every_file),
        "cards": dict(site.cards),
        "parts": [[c.parts for c in all_] for all_ in (site.sections, site.tags, site.authors)],
    }
