"""After a deploy: the CDN is purged, who wants to know is told, and some pages are looked at.

The site is live by then. So whatever fails here is a warning, and undoes nothing.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from urllib.parse import urlencode

from generator.deploy.cdn import purge
from generator.deploy.patience import PassingError, patiently
from generator.deploy.release import Entries
from generator.deploy.serving import Wave, wave_of
from generator.deploy.target import CONFIG, DeployError
from generator.deploy.web import ask, ask_json
from generator.model.addresses import Base, address_of
from generator.model.deploying import TargetOptions
from generator.model.digests import content_digest
from generator.model.problems import Place, Problem, warning
from generator.model.values import frozen

INDEX_NOW = "https://api.indexnow.org/indexnow"
MOST_ADDRESSES = 10_000
"""What IndexNow takes at once."""
PAGE = ".html"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@frozen(eq=False)
class Deployed:
    """What is live now: the files, those that are new or changed, and those that went."""

    base: Base
    files: Entries
    brought: Sequence[str]
    gone: Sequence[str]


def afterwards(
    deployed: Deployed, options: TargetOptions, *, index_now: str = INDEX_NOW
) -> tuple[Problem, ...]:
    """Do what the target's options ask for; a warning for each thing that failed."""
    changed = [*deployed.brought, *deployed.gone]
    base = deployed.base
    problems: list[Problem] = []
    if options.cdn and changed:
        problems += _tried("the CDN was not purged", lambda: purge(options.cdn, changed, base))
    if options.indexnow:
        tell = partial(tell_index_now, options.indexnow, deployed, index_now)
        problems += _tried("IndexNow was not told", tell)
    if options.websub:
        problems += _tried("the hub was not told", lambda: tell_hub(options.websub, deployed))
    return (*problems, *compared(deployed, options.compare))


def purged(options: TargetOptions, base: Base) -> tuple[Problem, ...]:
    """Purge the CDN of everything, as after a rollback; a warning when it does not."""
    if not options.cdn:
        return ()
    return tuple(_tried("the CDN was not purged", lambda: purge(options.cdn, (), base)))


def _tried(what: str, step: Callable[[], object]) -> Iterator[Problem]:
    try:
        step()
    except DeployError as error:
        yield warning(Place(CONFIG), f"{what}: {error.message}", error.hint)


def tell_index_now(key: str, deployed: Deployed, endpoint: str) -> None:
    """Tell search engines which pages changed (indexnow.org); `KEY.txt` stands in `static/`."""
    base = deployed.base
    pages = [path for path in (*deployed.brought, *deployed.gone) if path.endswith(PAGE)]
    if pages:
        wanted = {
            "host": base.origin.partition("://")[2],
            "key": key,
            "keyLocation": base.absolute(f"/{key}.txt"),
            "urlList": [base.absolute(address_of(path)) for path in pages[:MOST_ADDRESSES]],
        }
        ask_json("POST", endpoint, wanted)


def tell_hub(hub: str, deployed: Deployed) -> None:
    """Tell a WebSub hub which feeds changed (W3C WebSub, 7)."""
    for path in deployed.brought:
        if wave_of(path) is Wave.FEEDS and "sitemap" not in path:
            topic = deployed.base.absolute(address_of(path))
            form = urlencode({"hub.mode": "publish", "hub.url": topic, "hub.topic": topic})
            ask("POST", hub, form.encode(), FORM)


def compared(deployed: Deployed, most: int) -> Iterator[Problem]:
    """Ask for some of the changed pages, as a reader does; a warning for each that differs."""
    pages = [path for path in deployed.brought if path.endswith(PAGE)]
    for path in pages[:most]:
        url = deployed.base.absolute(address_of(path))
        wanted = deployed.files[path].digest

        def look(url: str = url, wanted: str = wanted) -> None:
            if content_digest(ask("GET", url)) != wanted:
                raise PassingError(
                    "readers get another page", "Purge the CDN, or look again later."
                )

        try:
            patiently(look)
        except DeployError as error:
            yield warning(Place(path), f"{error.message} at {url}", error.hint)
