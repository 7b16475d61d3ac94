"""What a body holds and the site's policy forbids: readers would see nothing of it."""

import re
from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

from generator.model.entities import decoded
from generator.model.forbidden import FOREIGN, Forbidden, forbidden
from generator.model.policy import Policy
from generator.render.body.embeds import attributes_in, player_of_frame
from generator.render.body.job import Job

TAG = re.compile(r"<([a-z][a-z0-9-]*+)([^<>]*+)>", re.IGNORECASE)
COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)


def warn_of_forbidden(job: Job, pictures: Iterable[Element]) -> None:
    """Warn of what the site's policy keeps from readers: of each kind and cause once in a text."""
    if not job.embedding.policy:
        return
    policy, origin = Policy.parse(job.embedding.policy), job.embedding.origin
    found: dict[tuple[str, str], str] = {}
    for url in (decoded(picture.get("src", "")) for picture in pictures):
        for one in forbidden("img", {"src": url}, policy, origin) if FOREIGN.match(url) else ():
            found.setdefault((one.what, one.hint), url)
    for html in job.document.raw:
        for tag in TAG.finditer(COMMENT.sub("", html)) if "<" in html else ():
            for one in forbidden_by(tag, policy, origin):
                found.setdefault((one.what, one.hint), one.url or tag[0])
    for (what, hint), sign in found.items():
        job.warning(f"the site's policy keeps this {what} from readers", hint, sign)


def forbidden_by(tag: re.Match[str], policy: Policy, origin: str) -> Iterator[Forbidden]:
    """What a tag brings that is forbidden."""
    name, given = tag[1].lower(), attributes_in(tag[2])
    player = player_of_frame(given) if name == "iframe" else None
    if player:  # it is made anew
        found = forbidden(name, {"src": player.url}, policy, origin)
        yield from (Forbidden(one.what, one.hint, given["src"]) for one in found)
    else:
        yield from forbidden(name, given, policy, origin)
