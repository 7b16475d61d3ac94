"""What an element brings and its page's policy forbids: readers would see nothing of it."""

import re
from collections.abc import Iterator, Mapping

from generator.model.late_patterns import late_pattern
from generator.model.policy import Policy
from generator.model.values import frozen

FOREIGN = re.compile(r"(?:https?:)?//", re.IGNORECASE)
PICTURE, SOUND = "picture", "film or sound"
LOADED: Mapping[str, tuple[tuple[str, str, str], ...]] = {
    "audio": (("media-src", "src", "sound"),),
    "button": (("form-action", "formaction", "form"),),
    "embed": (("object-src", "src", "object"),),
    "form": (("form-action", "action", "form"),),
    "iframe": (("frame-src", "src", "frame"),),
    "image": (("img-src", "href", PICTURE), ("img-src", "xlink:href", PICTURE)),
    "img": (("img-src", "src", PICTURE), ("img-src", "srcset", PICTURE)),
    "input": (("form-action", "formaction", "form"),),
    "object": (("object-src", "data", "object"),),
    "script": (("script-src", "src", "script"),),
    "source": (("media-src", "src", SOUND), ("img-src", "srcset", PICTURE)),
    "track": (("media-src", "src", "subtitles"),),
    "video": (("media-src", "src", "film"), ("img-src", "poster", PICTURE)),
}
"""Of each element: a directive, the attribute with its address, and what people call it."""
LINKED = {
    "stylesheet": ("style-src", "style sheet"),
    "manifest": ("manifest-src", "manifest"),
    "icon": ("img-src", PICTURE),
    "apple-touch-icon": ("img-src", PICTURE),
    "modulepreload": ("script-src", "script"),
}
"""The same of a `link`, by what it says that the address is."""
RECKONED = "\x7f"
"""Stands for what a layout puts into an address."""
HANDLER = late_pattern(r"on[a-z]+")
HEEDED = frozenset({"", "module", "importmap", "speculationrules"})
"""Types of scripts that a policy is asked about, beside those of JavaScript."""
OWN_SCRIPT = "Put it into a file under static/, such as static/app.js."
OWN_STYLE = "Give it a class, and dress that in a style sheet of your own: layouts/own.css."


@frozen
class Forbidden:
    """What readers miss, and what to do; `url` is its address if it has one."""

    what: str
    hint: str
    url: str = ""


def forbidden(
    name: str, given: Mapping[str, str], policy: Policy, origin: str
) -> Iterator[Forbidden]:
    """What an element brings that is forbidden, by its name and attributes in lower case."""
    for directive, url, what in _loads(name, given):
        host = "/".join(url.split("/")[:3])
        if RECKONED not in host and host and not policy.allows(directive, url, origin):
            yield Forbidden(what, _way_out(directive, url), url)
    is_script = name == "script" and not given.get("src") and _is_run(given)
    if (is_script or _is_handled(given)) and not policy.allows_inline("script-src"):
        yield Forbidden("script", OWN_SCRIPT)
    if (name == "style" or "style" in given) and not policy.allows_inline("style-src"):
        yield Forbidden("style", OWN_STYLE)


def _loads(name: str, given: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """What an element asks for: under which directive, from where, and what people call it."""
    for directive, attribute, what in LOADED.get(name, ()):
        written = given.get(attribute, "")
        for url in _candidates(written) if attribute == "srcset" else (written,):
            yield directive, url, what
    yield "img-src", given.get("background", ""), PICTURE
    if name == "input" and given.get("type", "").lower() == "image":
        yield "img-src", given.get("src", ""), PICTURE
    for word in given.get("rel", "").lower().split() if name == "link" else ():
        if word in LINKED:
            directive, what = LINKED[word]
            yield directive, given.get("href", ""), what


def _candidates(srcset: str) -> Iterator[str]:
    for candidate in srcset.split(","):
        yield from candidate.split()[:1]


def _is_handled(given: Mapping[str, str]) -> bool:
    """Whether a script stands in an attribute, such as `onclick`."""
    if given.get("href", "").lower().startswith("javascript:"):
        return True
    return any(HANDLER.fullmatch(name) for name in given)


def _is_run(given: Mapping[str, str]) -> bool:
    """Whether a browser heeds a script element: any other type is data (HTML, 4.12.1)."""
    kind = given.get("type", "").strip().lower()
    return "javascript" in kind or "ecmascript" in kind or kind in HEEDED


def _way_out(directive: str, url: str) -> str:
    source = "'self'"
    if FOREIGN.match(url):
        host = url.split("/")[2]
        if directive == "frame-src":
            return f"Allow it in config.yaml: embeds: {{allow: [{host}]}}."
        if url.lower().startswith("http:"):
            return "Write https: instead of http:, if the other site has it."
        source = f"https://{host}"
    return way_to_allow(directive, source)


def way_to_allow(directive: str, source: str) -> str:
    """What to write so that a source is allowed, and all stays so that was allowed before."""
    return (
        "Allow it in config.yaml: under content_security_policy write the policy of _headers, "
        f"with {source} in its {directive}."
    )
