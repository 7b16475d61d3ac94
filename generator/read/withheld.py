"""What holds a text back, in the words of other generators and of people.

Jekyll writes `published: false`, Hugo `build: {render: never}`, Pelican and Nikola `status: draft`,
WordPress `status: private`, Eleventy `permalink: false`, Zola `render: false`. What is plain is
obeyed; what is not is an error, since a text that gets out cannot be called back.
"""

from collections.abc import Mapping
from difflib import get_close_matches
from functools import lru_cache

from generator.model.options import FALSE, TRUE
from generator.model.values import frozen
from generator.read.plain_yaml import Value

HOLDING = ("draft", "embargo", "expires")
"""The keys of a story that keep readers from it."""
EMBARGO = (
    *("publish", "publish_at", "publish_date", "publish_on", "publish_from", "publish_after"),
    *("pubdate", "embargoed", "embargo_until", "embargoed_until", "embargo_date", "hold_until"),
)
EXPIRES = (
    *("expiry", "expiry_date", "expire", "expired", "expire_at", "expires_at", "expires_on"),
    *("expiration", "expiration_date", "unpublish", "unpublish_at", "unpublish_on"),
    *("unpublish_date", "valid_until"),
)
HELD_ALSO = dict.fromkeys(EMBARGO, "embargo") | dict.fromkeys(EXPIRES, "expires")
"""Other names of the keys that hold a text back, as a file may write them."""
HIDES_WHEN_TRUE = frozenset({"private", "unpublished", "isdraft", "headless"})
HIDES_WHEN_FALSE = frozenset({"published", "publish", "render", "permalink", "url"})
STATES = frozenset({"status", "poststatus", "visibility"})
SHOWS = frozenset({"publish", "published", "public", "live", "final", "visible", "inherit"})
HIDES = frozenset(
    {"draft", "private", "pending", "hidden", "trash", "auto-draft", "unpublished", "archived"}
)
NEVER = frozenset({"never", "link"}) | FALSE
DOUBTED = frozenset({"hidden", "unlisted", "password", "protected"})
"""What others understand in different ways."""
MOST_SHOWN = 60
LIKENESS = 0.82
"""How alike a key is to one that holds a text back (1.0: equal) for it to be meant for one."""


@frozen
class Switch:
    """What a key that is no option says: `is_known`, whether it `hides` the text, or a `fault`."""

    is_known: bool = False
    hides: bool = False
    fault: str = ""


NOTHING, SHOWN, HIDDEN = Switch(), Switch(is_known=True), Switch(is_known=True, hides=True)


@lru_cache(maxsize=4096)
def bare(key: str) -> str:
    """A key as it is compared: capitals, hyphens and underscores tell no two apart."""
    return key.lower().replace("_", "").replace("-", "").replace(" ", "")


def switch_of(key: str, value: Value) -> Switch:
    """What a key says of whether its text is published."""
    name = bare(key)
    if name == "build" and isinstance(value, Mapping):
        name, value = "render", value.get("render")
    if not isinstance(value, str) or not value.strip():
        return NOTHING
    word = value.strip().lower()
    if name in STATES:
        return _state(key, word)
    if name in DOUBTED and word not in FALSE:
        return Switch(fault=f'"{key}" hides nothing here')
    if name in HIDES_WHEN_TRUE | HIDES_WHEN_FALSE:
        return _flag(key, name, word)
    return NOTHING


def _state(key: str, word: str) -> Switch:
    if word in SHOWS | HIDES:
        return HIDDEN if word in HIDES else SHOWN
    return Switch(fault=f'unknown {key.lower()}: "{word[:MOST_SHOWN]}"')


def _flag(key: str, name: str, word: str) -> Switch:
    if name == "render" and word in NEVER:
        return HIDDEN
    if word in TRUE | FALSE:
        return HIDDEN if (word in TRUE) == (name in HIDES_WHEN_TRUE) else SHOWN
    return (
        Switch(fault=f'"{key}" is neither true nor false') if name in HIDES_WHEN_TRUE else NOTHING
    )


@lru_cache(maxsize=256)
def meant_to_hold(key: str) -> str:
    """The key that holds a text back for which another is likely a slip; "" for none."""
    names = {bare(name): name for name in HOLDING} | {"publishdate": "embargo"}
    close = get_close_matches(bare(key), names, n=1, cutoff=LIKENESS)
    return names[close[0]] if close else ""
