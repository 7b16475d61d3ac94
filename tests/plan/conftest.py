"""What tests of planning build on: stories, newsrooms, sites and plans, made in a line or two."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Protocol

import pytest

from generator.model.article import Article, Name, Newsroom, Source
from generator.model.body import BodyFacts, LinkTarget
from generator.model.config import Config
from generator.model.layouts import ThemeFile
from generator.model.plan import Plan
from generator.model.problems import Problem
from generator.model.site import Site
from generator.model.tag_keys import tag_key
from generator.model.values import replace
from generator.plan.arrange import arrange
from generator.plan.planners import plan_site

NOW = datetime(2024, 8, 20, 12, 0, tzinfo=UTC)
CONFIG = Config(title="The Gazette", base_url="https://example.org/")
STYLE = ThemeFile("site.css", "0123456789abcdef", b"p {}")


class MakeName(Protocol):
    """A tag or author as an article spells it."""

    def __call__(self, label: str) -> Name: ...


class MakeSource(Protocol):
    """A text file whose body names some targets."""

    def __call__(
        self, path: str, *links: str, has_text: bool = False, opening: str = ""
    ) -> Source: ...


class MakeStory(Protocol):
    """A story `hours` before NOW, in `content/articles/<name>.md`, at `/news/<last part>/`."""

    def __call__(
        self,
        name: str,
        *,
        hours: float = 0,
        tags: Sequence[str] = (),
        authors: Sequence[str] = (),
        links: Sequence[str] = (),
        **changes: object,
    ) -> Article: ...


class MakeNewsroom(Protocol):
    """A newsroom of some stories."""

    def __call__(self, *articles: Article, **fields: object) -> Newsroom: ...


class Arranged(Protocol):
    """The Site of a newsroom, and its problems as `path: message`."""

    def __call__(
        self,
        newsroom: Newsroom,
        config: Config = CONFIG,
        now: datetime = NOW,
        *,
        drafts: bool = False,
    ) -> tuple[Site, tuple[Problem, ...]]: ...


class Planned(Protocol):
    """The Plan of a newsroom, and all problems of arranging and planning."""

    def __call__(
        self,
        newsroom: Newsroom,
        config: Config = CONFIG,
        now: datetime = NOW,
        *,
        drafts: bool = False,
    ) -> tuple[Plan, tuple[Problem, ...]]: ...


def make_name(label: str) -> Name:
    words = label.lower().replace("+", " plus ").replace("#", " sharp ").split()
    slug = "-".join(words) if label.isascii() else ""
    return Name(label, tag_key(label), slug)


def make_source(path: str, *links: str, has_text: bool = False, opening: str = "") -> Source:
    targets = tuple(LinkTarget(link, 5 + n, 1) for n, link in enumerate(links))
    return Source(
        path, f"digest of {path}", BodyFacts(4, has_text or bool(links), opening, targets)
    )


def make_story(
    name: str,
    *,
    hours: float = 0,
    tags: Sequence[str] = (),
    authors: Sequence[str] = (),
    links: Sequence[str] = (),
    **changes: object,
) -> Article:
    slug = name.rpartition("/")[2]
    made = Article(
        source=make_source(
            f"content/articles/{name}.md", *links, has_text=True, opening=f"So {slug}."
        ),
        address=f"/news/{slug}/",
        id=f"articles/{name}",
        slug=slug,
        title=f"About {slug}",
        date=NOW - timedelta(hours=hours),
        section="news",
        tags=tuple(map(make_name, tags)),
        authors=tuple(map(make_name, authors)),
    )
    return replace(made, **changes)


def make_newsroom(*articles: Article, **fields: object) -> Newsroom:
    return replace(Newsroom(articles), **fields)


def make_plan(
    newsroom: Newsroom, config: Config = CONFIG, now: datetime = NOW, *, drafts: bool = False
) -> tuple[Plan, tuple[Problem, ...]]:
    site, problems = arrange(newsroom, config, now, drafts=drafts)
    plan, more = plan_site(site, config, (STYLE,))
    return plan, (*problems, *more)


def arranged_site(
    newsroom: Newsroom, config: Config = CONFIG, now: datetime = NOW, *, drafts: bool = False
) -> tuple[Site, tuple[Problem, ...]]:
    return arrange(newsroom, config, now, drafts=drafts)


# All of these are pure functions, so one of each serves the whole run, hypothesis included.


@pytest.fixture(scope="session")
def now() -> datetime:
    return NOW


@pytest.fixture(scope="session")
def config() -> Config:
    return CONFIG


@pytest.fixture(scope="session")
def name_of() -> MakeName:
    return make_name


@pytest.fixture(scope="session")
def source() -> MakeSource:
    return make_source


@pytest.fixture(scope="session")
def story() -> MakeStory:
    return make_story


@pytest.fixture(scope="session")
def newsroom() -> MakeNewsroom:
    return make_newsroom


@pytest.fixture(scope="session")
def arranged() -> Arranged:
    return arranged_site


@pytest.fixture(scope="session")
def planned() -> Planned:
    return make_plan
