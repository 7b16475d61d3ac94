"""Old sites as one text: their texts by source, as an importer gives them."""

from collections.abc import Callable, Sequence
from pathlib import Path

from generator.importers.old_site import ImportAsked, OldSite, OldText
from tests.support.sites import write_site

Opener = Callable[[Sequence[Path], ImportAsked], OldSite]


def opened(opener: Opener, folder: Path, text: str) -> tuple[OldSite, dict[str, OldText]]:
    """The old site whose files a text has, and its texts by their source."""
    site = opener([write_site(folder, text)], ImportAsked())
    return site, {one.source: one for one in site.texts()}


def remarked(site: OldSite) -> list[str]:
    """What there is to say, each kind as often as it was met."""
    return [remark.kind for remark in site.remarks()]
