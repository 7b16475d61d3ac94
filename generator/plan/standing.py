"""Standing pages: about, contact, policies; and the page for what is not there."""

from generator.model.addresses import output_path
from generator.model.article import Page
from generator.model.cards import Link
from generator.model.config import Config
from generator.model.languages import direction
from generator.model.outputs import Output
from generator.model.pages import Head, NotFoundPage, StandingPage
from generator.model.plan import Planned
from generator.model.problems import Place, Problem
from generator.model.site import Site
from generator.plan.links import LinkResolver
from generator.plan.pictures import picture_of


def plan_standing(site: Site, config: Config, links: LinkResolver) -> Planned[Output]:
    """A page for every text under `content/pages/`."""
    outputs: list[Output] = []
    problems: list[Problem] = []
    for page in site.pages:
        output, faults = standing_page(page, site, config, links)
        outputs.append(output)
        problems += faults
    return tuple(outputs), tuple(problems)


def standing_page(
    page: Page, site: Site, config: Config, links: LinkResolver
) -> tuple[Output, tuple[Problem, ...]]:
    """One standing page; a picture that is missing is a Problem."""
    base, path = config.base, page.source.path
    language = page.language or config.language
    picture, fault = picture_of(page.image, path, page.address, site.files, base)
    hint = "Put the file beside the page, or under static/ and write /its/path."
    problems = (Problem(Place(path), fault, hint, keys=("image",)),) if fault else ()
    url = base.url(page.address)
    head = Head(
        title=page.seo_title or page.title,
        url=url,
        description=page.summary or page.source.facts.opening,
        language=language,
        direction=direction(language),
        noindex=page.noindex,
        picture=picture,
        trail=(Link(config.title, base.url("/")), Link(page.title, url)),
    )
    value = StandingPage(
        head=head,
        url=url,
        title=page.title,
        source=links.body(page.source, page.address, language),
        summary=page.summary,
        updated=page.updated,
        picture=picture,
        language=language,
        direction=direction(language),
        extra=page.extra,
        title_html=page.emphasis.text("title"),
        summary_html=page.emphasis.text("summary"),
    )
    return Output(output_path(page.address), value, "page.html", path), problems


def plan_not_found(site: Site, config: Config, links: LinkResolver) -> Planned[Output]:  # noqa: ARG001 - a planner
    """`404.html`."""
    if not config.outputs.not_found:
        return (), ()
    url = config.base.url("/404.html")
    title = config.titles.not_found
    head = Head(
        title=title,
        url=url,
        language=config.language,
        direction=direction(config.language),
        noindex=True,
    )
    page = NotFoundPage(
        head=head,
        url=url,
        title=title,
        language=config.language,
        direction=direction(config.language),
    )
    return (Output("404.html", page, "404.html"),), ()
