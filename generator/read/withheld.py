"""What holds a text back, in the words of other generators and of people.

Jekyll writes `published: false`, Hugo `build: {render: never}`, Pelican and Nikola `status: draft`,
WordPress `status: private`, Eleventy `permalink: false`, Zola `render: false`. What is plain is
obeyed; what is not is an error, since a text that gets out cannot be called back.
"""

from collections.abc import Mapping
from difflib import get_close_matches
from functools import lru_cache

from generator.model.late_patterns import late_pattern
from generator.model.options import FALSE, TRUE
from generator.model.values import frozen
from generator.read.likely_holds import YES, likely_hold
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
FROM = (
    *("scheduled", "scheduledat", "scheduledfor", "scheduledate", "scheduleddate", "golive"),
    *("goliveat", "golivedate", "goliveon", "liveat", "livefrom", "notbefore", "visiblefrom"),
    *("availablefrom", "showfrom", "showafter", "hiddenuntil", "helduntil", "publicfrom"),
    *("releaseat", "releaseon", "publishtime", "publishdatetime", "publishup", "publishedfrom"),
    *("publishstart", "embargotill", "embargoends", "embargoend", "sperrfrist", "sperrefrist"),
)
UNTIL = (
    *("expiredate", "expireon", "expiresdate", "expirytime", "notafter", "validto", "validtill"),
    *("validthrough", "visibleuntil", "availableuntil", "showuntil", "publishuntil", "publishto"),
    *("publishdown", "publishend", "publicuntil", "liveuntil", "hideafter", "hideat", "hideon"),
    *("hidefrom", "removeat", "removeon", "removeafter", "takedown", "takedownat", "takedowndate"),
    *("takedownon", "deleteat", "deleteafter", "sunset", "sunsetdate", "depublish", "depublishat"),
)
RARELY = dict.fromkeys(FROM, "embargo") | dict.fromkeys(UNTIL, "expires")
"""Names for the same that few files have, as they are compared."""
MAYBE_FROM = frozenset({"release", "releasedate", "released"})
"""A film has one of these too: it may hold a text back if it is later than the text's own date."""
STRICT = frozenset({"private", "unpublished", "isdraft", "headless"})
HIDES_WHEN_TRUE = STRICT | {
    *("isprivate", "notpublished", "nopublish", "donotpublish", "dontpublish", "withheld"),
    *("notforpublication", "hold", "onhold", "wip", "workinprogress", "unfinished", "trashed"),
    *("entwurf", "brouillon", "borrador", "bozza", "rascunho", "utkast", "kladde", "udkast"),
    *("luonnos", "szkic", "taslak", "koncept", "concept", "ciorna", "ciornă", "osnutek", "nacrt"),
    *("piszkozat", "vázlat", "mustand", "juodraštis", "esborrany", "nháp", "πρόχειρο", "чернетка"),
    *(
        "черновик",
        "чернова",
        "чарнавік",
        "нацрт",
        "草稿",
        "下書き",
        "초안",
        "مسودة",
        "پیش‌نویس",
        "טיוטה",
    ),
}
HIDES_WHEN_FALSE = frozenset(
    {"published", "publish", "render", "permalink", "url", "public", "ispublic", "ispublished"}
    | {"visible", "isvisible", "online", "output", "enabled"}
)
STATES = frozenset({"status", "poststatus", "visibility"})
MAYBE_STATES = frozenset(
    {"state", "stage", "phase", "workflow", "workflowstate", "workflowstatus", "workflowstage"}
    | {"moderationstatus", "moderationstate", "publishingstatus", "contentstatus", "draftstatus"}
    | {"editorialstatus", "editorialstate", "reviewstatus", "articlestatus", "pagestatus"}
    | {"publishstatus", "publicationstatus", "publicationstate", "posttype", "type", "layout"}
)
"""Keys that may mean something else: only a word that hides counts under them."""
SHOWS = frozenset({"publish", "published", "public", "live", "final", "visible", "inherit"})
HIDES = frozenset(
    {"draft", "private", "pending", "hidden", "trash", "auto-draft", "unpublished", "archived"}
)
MAYBE_HIDES = frozenset({"draft", "drafts", "private", "unpublished", "trash", "wip", "embargoed"})
NEVER = frozenset({"never", "link"}) | FALSE
WORDS_OF_ALL = frozenset({"type", "posttype", "layout", "phase", "stage"})
"""Those of them that have too many other meanings for more than a draft to count."""
WAITS = frozenset(
    {"pending", "hidden", "future", "scheduled", "on hold", "held", "spiked", "killed", "retired"}
    | {"in review", "review", "in-review", "in_review", "needs review", "needs-review"}
    | {"needs_review", "deleted", "embargo", "withdrawn", "unapproved", "not published"}
)
"""Words that may say under such a key that a text waits, or is gone."""
DOUBTED = frozenset({"hidden", "unlisted", "password", "protected", "postpassword"})
"""What others understand in different ways."""
DOUBTED_WHEN_TRUE = frozenset(
    {"ishidden", "hide", "exclude", "excluded", "ignore", "ignored", "skip", "internal", "secret"}
    | {"confidential", "membersonly", "subscribersonly", "loginrequired", "restricted", "archived"}
    | {"excludefromcollections", "eleventyexcludefromcollections", "deleted", "offline"}
)
DOUBTED_WHEN_FALSE = frozenset(
    {"show", "shown", "listed", "approved", "ready", "cleared", "active", "available"}
)
FOR_SOME = frozenset({"members", "paid", "subscribers", "private", "restricted", "internal"})
"""Words under `access` for whom alone a text is."""
DAY = late_pattern(r"\d{4}-\d{2}-\d{2}")
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
    if name == "build":
        name, value = "render", _inner(value, "render")
    if isinstance(value, list) and len(value) == 1 and name in STATES:
        [value] = value
    if not isinstance(value, str) or not value.strip():
        return NOTHING
    word = value.strip().lower()
    if name in STATES:
        return _state(key, word)
    if name in MAYBE_STATES and word in MAYBE_HIDES:
        return HIDDEN
    if _is_doubted(name, word):
        return Switch(fault=f'"{key}" hides nothing here')
    if name in HIDES_WHEN_TRUE | HIDES_WHEN_FALSE:
        return _flag(key, name, word)
    return NOTHING


def _inner(value: Value, name: str) -> Value:
    """What stands in a mapping under a name in any spelling; a value that is none, as it is."""
    if not isinstance(value, Mapping):
        return value
    return next((value[key] for key in value if bare(key) == name), None)


def _state(key: str, word: str) -> Switch:
    if word in SHOWS | HIDES:
        return HIDDEN if word in HIDES else SHOWN
    return Switch(fault=f'unknown {key.lower()}: "{word[:MOST_SHOWN]}"')


def _is_doubted(name: str, word: str) -> bool:
    """Whether others may hide a text by what a key says, and others again do not."""
    return (
        (name in DOUBTED and word not in FALSE)
        or (name in DOUBTED_WHEN_TRUE and word in TRUE)
        or (name in DOUBTED_WHEN_FALSE and word in FALSE)
        or (name == "access" and word in FOR_SOME)
        or (name in MAYBE_STATES - WORDS_OF_ALL and word in WAITS)
    )


def _flag(key: str, name: str, word: str) -> Switch:
    if name == "render" and word in NEVER:
        return HIDDEN
    if word in TRUE | FALSE:
        return HIDDEN if (word in TRUE) == (name in HIDES_WHEN_TRUE) else SHOWN
    is_doubted = name in STRICT or (name in HIDES_WHEN_TRUE and word in YES)
    return Switch(fault=f'"{key}" is neither true nor false') if is_doubted else NOTHING


def holding(key: str, value: Value, date: Value, shown: str) -> str:
    """What is wrong with a key that would hold its text back if it were known there; "" if nothing.

    `date` is the text's own, `shown` the key as a message has it.
    """
    name = rarely(key) or next((n for n in (*HOLDING, *HELD_ALSO) if bare(n) == bare(key)), "")
    likely = f'"{shown}" may hold the text back elsewhere' if likely_hold(key, value, date) else ""
    if isinstance(value, str) and (not value.strip() or value.strip().lower() in FALSE):
        return likely
    if _is_later(key, value, date):
        return f'"{shown}" is later than the date: is it "embargo"?'
    if name:
        return f'"{shown}" does nothing on this kind of text'
    if meant := meant_to_hold(key):
        return f'unknown key "{shown}": is it "{meant}"?'
    return likely


def rarely(key: str) -> str:
    """The key that a name which few files have means; "" for none."""
    return RARELY.get(bare(key), "")


def _is_later(key: str, value: Value, date: Value) -> bool:
    """Whether a key may hold a text back, since its day is later than the text's own."""
    if bare(key) not in MAYBE_FROM or not (isinstance(value, str) and isinstance(date, str)):
        return False
    return bool(DAY.match(value)) and value[:10] > date[:10]


@lru_cache(maxsize=256)
def meant_to_hold(key: str) -> str:
    """The key that holds a text back for which another is likely a slip; "" for none."""
    names, written = {bare(name): name for name in HOLDING} | {"publishdate": "embargo"}, bare(key)
    turned = (name for name in names if sorted(name) == sorted(written))  # two letters swapped
    close = get_close_matches(written, names, n=1, cutoff=LIKENESS) or [*turned]
    return names[close[0]] if close else ""
