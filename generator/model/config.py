"""The configuration: every option of `config.yaml`, its type, its default and what it is for."""

import re
from enum import StrEnum
from zoneinfo import ZoneInfo

from generator.model.addresses import Base, web_url
from generator.model.base_urls import PATH, base_url_fault, identity_fault
from generator.model.body import NOTHING_EMBEDDED, Embedding, MarkdownOptions
from generator.model.deploying import TargetOptions
from generator.model.frozen import EMPTY, FrozenMap
from generator.model.host_names import host_fault
from generator.model.hosts import Host
from generator.model.languages import language_fault
from generator.model.link_options import LinkOptions, MediaOptions
from generator.model.options import option, option_group, parse_group
from generator.model.permalinks import Permalinks, read_permalinks
from generator.model.players import HOSTS
from generator.model.policy import SELF, Policy
from generator.model.problems import Fault
from generator.model.redirects import RedirectMap

CONFIG_FILE = "config.yaml"
THEME_FACE, NO_FACE = "theme", "none"
FONT_FILES = (".woff2", ".woff", ".ttf", ".otf")
CSP = (
    "default-src 'none'; img-src 'self' https:; style-src 'self'; font-src 'self'; "
    "media-src 'self' https:; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'self'"
)
SCHEME = re.compile(r"[^/?#:]*(?=:)")
SCHEMES = frozenset({"http", "https", "mailto", "tel"})


def link_fault(url: str) -> str:
    """What is wrong with a link of the navigation, or nothing."""
    scheme = SCHEME.match(url)
    if scheme and scheme[0].strip().lower() not in SCHEMES:
        return f'links may not begin with "{scheme[0]}:"'
    return ""


def face_fault(face: str) -> str:
    """What is wrong with the face of headlines, or nothing."""
    is_file = face.startswith("/") and PATH.fullmatch(face) and face.endswith(FONT_FILES)
    return "" if is_file or face in (THEME_FACE, NO_FACE) else f'not a font: "{face}"'


@option_group
class SectionOptions:
    """Which sections there are."""

    names: tuple[str, ...] = option((), "The sections, in the order of the navigation.")
    closed: bool = option(default=False, doc="Refuse an article in any other section.")


@option_group
class OutputOptions:
    """Which families of files are written."""

    sections: bool = option(default=True, doc="Section pages.")
    tags: bool = option(default=True, doc="The tag index and a listing for each tag.")
    authors: bool = option(default=True, doc="The author index and a listing for each author.")
    archive: bool = option(default=True, doc="The archive by year and month.")
    rss: bool = option(default=True, doc="RSS 2.0 feeds (`feed.xml`).")
    atom: bool = option(default=True, doc="Atom feeds (`atom.xml`).")
    json_feed: bool = option(default=True, doc="JSON feeds (`feed.json`).")
    section_feeds: bool = option(default=True, doc="Feeds of each section.")
    tag_feeds: bool = option(default=True, doc="Feeds of each tag.")
    author_feeds: bool = option(default=True, doc="Feeds of each author.")
    sitemap: bool = option(default=True, doc="`sitemap.xml` and its monthly parts.")
    news_sitemap: bool = option(default=True, doc="`news-sitemap.xml`: the last two days.")
    not_found: bool = option(default=True, doc="`404.html`.")
    robots: bool = option(default=True, doc="`robots.txt`.")
    redirect_pages: bool = option(default=True, doc="A page at each old address that leads on.")
    redirects_file: bool = option(default=True, doc="`_redirects`, for hosts that read it.")
    headers_file: bool = option(default=True, doc="`_headers`, for hosts that read it.")
    nojekyll: bool = option(default=True, doc="`.nojekyll`, for GitHub Pages.")


@option_group
class FeedOptions:
    """What feeds carry."""

    items: int = option(20, "How many stories a feed carries at most.")
    full_text: bool = option(default=False, doc="Carry whole stories instead of summaries.")
    one_format: bool = option(
        default=False,
        doc="Feeds of sections, tags and authors in one format: the first of those switched on.",
    )
    identity: str = option(
        "",
        "The host that stories' ids begin with, when the site has moved: `old.example.org`.",
        check=identity_fault,
        hint="Write the host alone: old.example.org.",
    )


@option_group
class FrontOptions:
    """What the front page shows."""

    secondary: int = option(4, "How many stories stand beside the lead story.")
    block: int = option(4, "How many stories each section's block shows; 0 for no blocks.")
    date: bool = option(
        default=False, doc="Show the day of the newest story in the masthead of the front page."
    )


@option_group
class FontOptions:
    """The faces that the theme brings to readers."""

    display: str = option(
        THEME_FACE,
        "The face of headlines: `theme` for its own, a file under `static/` "
        "(`/fonts/own.woff2`), or `none`: what readers have.",
        check=face_fault,
        hint="Write theme, none, or the path of a file under static/: /fonts/own.woff2.",
    )


class PictureFormat(StrEnum):
    """In what pictures are offered, beside the format that they have."""

    WEBP = "webp"
    AVIF = "avif"
    JPEG = "jpeg"


class CropShape(StrEnum):
    """The shapes that networks and search engines ask for."""

    WIDE = "16x9"
    CLASSIC = "4x3"
    SQUARE = "1x1"


@option_group
class PictureOptions:
    """How pictures are published."""

    widths: tuple[int, ...] = option(
        (480, 800, 1280),
        "The widths in pixels in which a picture is offered.",
        least=16,
        most=16_383,
    )
    formats: tuple[PictureFormat, ...] = option(
        (PictureFormat.WEBP,), "In which formats, the best first; an empty list for none."
    )
    quality: int = option(
        78, "How good a WebP picture is, 1 to 100; others match it.", least=1, most=100
    )
    avif_speed: int = option(8, "How fast AVIF is made, 0 (small) to 10 (quick).", most=10)
    crops: tuple[CropShape, ...] = option(
        (CropShape.WIDE,), "The shapes that are cut for networks and search engines."
    )
    credit_from_file: bool = option(
        default=False,
        doc="Show the credit and caption that a picture's file holds where a text gives none.",
    )
    keep_credit: bool = option(
        default=False,
        doc="Keep creator, credit line and copyright in picture files; all else goes in any case.",
    )


@option_group
class MarkdownGroup:
    """How bodies are rendered."""

    smart_quotes: bool = option(default=False, doc="Curl straight quotes and join dashes.")
    highlight: bool = option(default=True, doc="Colour code by its language.")
    time_limit: float = option(5.0, "Seconds that one body may take.", least=0.1)

    def options(self, embedding: Embedding = NOTHING_EMBEDDED) -> MarkdownOptions:
        """The same, as rendering takes it."""
        return MarkdownOptions(self.smart_quotes, self.highlight, self.time_limit, embedding)


@option_group
class EmbedOptions:
    """What pages show of other sites: films, sounds, posts and charts in frames."""

    allow: tuple[str, ...] = option(
        (),
        "Further hosts whose pages may stand in a frame: `[charts.example.org]`.",
        check=host_fault,
        hint="Write the host alone: charts.example.org, or *.example.org for all below it.",
    )
    direct: bool = option(
        default=False,
        doc="Load players with the page. Otherwise a reader's click does: nothing is asked before.",
    )


@option_group
class TitleOptions:
    """The titles of the pages that are made without a text of your own.

    Where none is given, the theme's words in the site's language take its place.
    """

    tags: str = option("Tags", "The index of all tags.")
    authors: str = option("Authors", "The index of all authors.")
    archive: str = option("Archive", "The archive.")
    not_found: str = option("Page not found", "The page for an address that is not there.")


@option_group
class NavigationEntry:
    """One link of the navigation or the footer."""

    title: str = option("", "The link's text.", required=True, hint="Write the link's text.")
    url: str = option(
        "",
        "An address on this site (`/about/`), or an absolute URL.",
        required=True,
        check=link_fault,
        hint="Write an address: /about/ or https://example.org/.",
    )


@option_group
class OrganizationOptions:
    """Who publishes the site; for structured data (schema.org NewsMediaOrganization)."""

    name: str = option("", "The publisher's name; without it, the site's title.")
    logo: str = option("", "The publisher's logo, a file under `static/`: `/logo.png`.")
    founded: str = option("", "The day or year of founding: `1907` or `1907-05-01`.")
    email: str = option("", "Where readers reach the newsroom.")
    same_as: tuple[str, ...] = option((), "The publisher's profiles elsewhere.")
    publishing_principles: str = option("", "Address of the publishing principles.")
    ethics_policy: str = option("", "Address of the ethics policy.")
    corrections_policy: str = option("", "Address of the corrections policy.")
    verification_policy: str = option("", "Address of the fact-checking policy.")
    unnamed_sources_policy: str = option("", "Address of the policy on unnamed sources.")
    feedback_policy: str = option("", "Address of the policy on readers' feedback.")
    diversity_policy: str = option("", "Address of the diversity policy.")
    diversity_report: str = option("", "Address of the report on the staff's diversity.")
    ownership: str = option("", "Address of the page on ownership and funding.")
    masthead: str = option("", "Address of the masthead.")
    mission: str = option("", "Address of the mission statement.")


@option_group
class Config:
    """All options of a site. Made by `Config.parse`, which reports every fault at once."""

    title: str = option(
        "Untitled",
        "The paper's name.",
        required=True,
        hint='Add the paper\'s name: "title: The Gazette".',
    )
    base_url: str = option(
        "http://localhost:8000/",
        "Where the site lives; may have a path.",
        check=base_url_fault,
        hint="Write the whole address, such as https://example.org/news/.",
    )
    host: Host = option(
        Host.ANY, "Where the site is hosted: it minds the limits there, and does what it can there."
    )
    redirect_maps: tuple[RedirectMap, ...] = option(
        (), "All redirects as servers of your own read them: `nginx`, `caddy`, `apache`."
    )
    description: str = option("", "One sentence on the paper, for machines and feeds.")
    tagline: str = option("", "A line under the paper's name.")
    copyright: str = option("", "A line at the foot of every page: `© The Harbour Gazette`.")
    language: str = option(
        "en",
        "The site's language, such as `en`, `uk` or `pt-BR`.",
        check=language_fault,
        hint="Write a code, such as uk, ar or pt-BR.",
    )
    timezone: ZoneInfo = option(ZoneInfo("UTC"), "The newsroom's time zone.")
    permalink: Permalinks = option(
        Permalinks(),
        "The pattern of an article's address, or a mapping from sections to patterns.",
        read=read_permalinks,
        noun="text or mapping",
    )
    page_size: int = option(20, "How many stories a full page of a listing shows.", least=1)
    sections: SectionOptions = option(
        SectionOptions(), "The sections: a list of names, or this group.", shorthand="names"
    )
    navigation: tuple[NavigationEntry, ...] = option(
        (), "The main navigation; without it, the sections."
    )
    footer: tuple[NavigationEntry, ...] = option(
        (), "The footer's links; without it, the standing pages."
    )
    titles: TitleOptions = option(
        TitleOptions(), "The titles of index pages; without them, in the site's language."
    )
    front: FrontOptions = option(FrontOptions(), "The front page.")
    fonts: FontOptions = option(FontOptions(), "The theme's faces.")
    outputs: OutputOptions = option(OutputOptions(), "What is written.")
    feeds: FeedOptions = option(FeedOptions(), "The feeds.")
    markdown: MarkdownGroup = option(MarkdownGroup(), "The bodies.")
    pictures: PictureOptions = option(PictureOptions(), "How pictures are published.")
    keys: FrozenMap = option(
        EMPTY,
        "What your own front-matter keys mean: `{cover: image, photo-credit: image.credit}`; "
        "`ignore` for nothing.",
    )
    links: LinkOptions = option(LinkOptions(), "Links in texts.")
    media: MediaOptions = option(MediaOptions(), "Pictures that are elsewhere.")
    organization: OrganizationOptions = option(OrganizationOptions(), "The publisher.")
    related: int = option(4, "How many earlier related stories an article shows.")
    updated_after: int = option(
        60, "An update is shown when it came more than so many minutes after publication."
    )
    default_image: str = option(
        "", "The picture that stands for pages without one when shared: `/share.png`."
    )
    content_security_policy: str = option(CSP, "The policy sent by `_headers`.")
    embeds: EmbedOptions = option(EmbedOptions(), "Films, sounds, posts and charts elsewhere.")
    deploy: tuple[TargetOptions, ...] = option(
        (), "Where `broadsheet deploy` brings the site, by name.", shorthand="to", keyed="name"
    )
    strict: bool = option(default=False, doc="Treat every warning as an error.")
    extra: FrozenMap = option(EMPTY, "Your own values, handed to layouts as `site.extra`.")

    @property
    def base(self) -> Base:
        """The origin and path of `base_url`."""
        return Base.parse(self.base_url)

    @property
    def has_usual_policy(self) -> bool:
        """Whether the newsroom wrote no policy of its own."""
        return self.content_security_policy == CSP

    @property
    def policy(self) -> Policy:
        """The policy that pages are sent with: what is configured, and the frames that are allowed.

        One of the newsroom's own is taken at its word. Without one, the site's own frames and those
        of known players may stand in a page, and the site's own scripts may run.
        """
        policy = Policy.parse(self.content_security_policy)
        if self.has_usual_policy:
            hosts = (f"https://{host}" for host in HOSTS)
            policy = policy.with_sources("frame-src", (SELF, *hosts))
            policy = policy.with_sources("manifest-src", (SELF,))
            policy = policy.with_sources("script-src", (SELF,))
        if not self.embeds.allow:
            return policy
        allowed = (web_url(f"https://{host}") for host in self.embeds.allow)
        return policy.with_sources("frame-src", allowed)

    @property
    def body_options(self) -> MarkdownOptions:
        """How bodies are rendered."""
        policy = str(self.policy) if self.outputs.headers_file else ""
        embedding = Embedding(policy, self.base.origin, self.embeds.direct)
        return self.markdown.options(embedding)

    @classmethod
    def parse(cls, values: object) -> "tuple[Config, tuple[Fault, ...]]":
        """Read the values of a `config.yaml`; everything faulty is told, and keeps its default."""
        return parse_group(cls, values)
