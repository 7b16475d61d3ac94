"""What a body holds and the site's policy forbids: readers would see nothing of it."""

import re
from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

from generator.model.entities import decoded
from generator.model.policy import Policy
from generator.render.body.embeds import FOREIGN, attributes_in, player_of_frame
from generator.render.body.job import Job

TAG = re.compile(r"<([a-z][a-z0-9-]*+)([^<>]*+)>", re.IGNORECASE)
LOADED = {
    "audio": ("media-src", "src", "sound"),
    "embed": ("object-src", "src", "object"),
    "form": ("form-action", "action", "form"),
    "iframe": ("frame-src", "src", "frame"),
    "img": ("img-src", "src", "picture"),
    "object": ("object-src", "data", "object"),
    "script": ("script-src", "src", "script"),
    "source": ("media-src", "src", "film or sound"),
    "video": ("media-src", "src", "film"),
}
"""Of each element: the directive, the attribute with its address, and what people call it."""
RECKONED = "\x7f"
"""Stands for what a layout puts into an address."""
POLICY = "content_security_policy"


def warn_of_forbidden(job: Job, pictures: Iterable[Element]) -> None:
    """Warn of what the site's policy keeps from readers: of each kind and cause once in a text."""
    if not job.embedding.policy:
        return
    policy, origin = Policy.parse(job.embedding.policy), job.embedding.origin
    found: dict[tuple[str, str], str] = {}
    for url in (decoded(picture.get("src", "")) for picture in pictures):
        if FOREIGN.match(url) and not policy.allows("img-src", url, origin):
            found.setdefault(("picture", _way_out("img-src", url)), url)
    for html in job.document.raw:
        for tag in TAG.finditer(html) if "<" in html else ():
            for what, hint, sign in forbidden_by(tag, policy, origin):
                found.setdefault((what, hint), sign)
    for (what, hint), sign in found.items():
        job.warning(f"the site's policy keeps this {what} from readers", hint, sign)


def forbidden_by(tag: re.Match[str], policy: Policy, origin: str) -> Iterator[tuple[str, str, str]]:
    """What a tag brings that is forbidden: its name, what to do, and by what to find it."""
    name, given = tag[1].lower(), attributes_in(tag[2])
    directive, attribute, what = LOADED.get(name, ("", "", ""))
    url = given.get(attribute, "")
    if name == "link" and "stylesheet" in given.get("rel", "").lower().split():
        directive, url, what = "style-src", given.get("href", ""), "style sheet"
    if RECKONED in (host := "/".join(url.split("/")[:3])) or (url and not host):
        return  # only whoever makes the page knows what it will be
    player = player_of_frame(given) if name == "iframe" else None
    if url and not policy.allows(directive, player.url if player else url, origin):
        yield what, _way_out(directive, url), url
    if name == "script" and not url and _is_run(given) and not policy.allows_inline("script-src"):
        yield "script", "Put it into a file under static/, and allow script-src 'self'.", tag[0]
    is_styled = name == "style" or ("style" in given and name != "iframe")  # these are made anew
    if is_styled and not policy.allows_inline("style-src"):
        yield (
            "style",
            "Give it a class, and dress that in a style sheet of your own: layouts/own.css.",
            tag[0],
        )


def _is_run(given: dict[str, str]) -> bool:
    """Whether a browser runs a script element: any other type is data (HTML, 4.12.1)."""
    kind = given.get("type", "").lower()
    return not kind or "javascript" in kind or "ecmascript" in kind or kind == "module"


def _way_out(directive: str, url: str) -> str:
    source = "'self'"
    if FOREIGN.match(url):
        host = url.split("/")[2]
        if directive == "frame-src":
            return f"Allow it in config.yaml: embeds: {{allow: [{host}]}}."
        if url.lower().startswith("http:"):
            return "Write https: instead of http:, if the other site has it."
        source = f"https://{host}"
    return f"Allow it in config.yaml: add {directive} {source} to {POLICY}."
