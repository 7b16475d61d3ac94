"""The kinds of files that a site publishes: every other list of them is made from this one."""

from generator.plan.archive import Archive
from generator.plan.articles import Articles
from generator.plan.feeds import Feeds
from generator.plan.files import Files
from generator.plan.frame import Assets
from generator.plan.front import Front
from generator.plan.host_files import HostFiles
from generator.plan.indexes import Indexes
from generator.plan.kind import Kind
from generator.plan.listings import Authors, Sections, Tags
from generator.plan.picture_files import PictureFiles
from generator.plan.redirects import Redirects
from generator.plan.sitemaps import Sitemaps
from generator.plan.standing import NotFound, Standing

Kinds = tuple[type[Kind], ...]

KINDS: Kinds = (
    Articles,
    Standing,
    Front,
    Sections,
    Tags,
    Authors,
    Indexes,
    Archive,
    Feeds,
    Sitemaps,
    NotFound,
    Redirects,
    HostFiles,
    Files,
    PictureFiles,
    Assets,
)


def reserved_by(kinds: Kinds) -> frozenset[str]:
    """The first parts of addresses that no section may have."""
    return frozenset(part for kind in kinds for part in kind.reserved)
