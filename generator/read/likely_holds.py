"""Keys that nobody listed, but whose words say that they may hold a text back.

`embargo-time`, `published_on`, `hide_post` or `not_ready` are in no program's documentation, and
still somebody meant them. A key counts that is made of nothing but such words and small change
(`post`, `date`, `until`): `hide_title` is about a title. It is an error, never a guess.
"""

import posixpath
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from generator.model.late_patterns import late_pattern
from generator.model.options import FALSE, TRUE
from generator.read.dates import ParsedDate, date_from_name, parse_date
from generator.read.front_matter import FrontMatter
from generator.read.plain_yaml import Value

FROM = frozenset(
    {"embargo", "embargoed", "publish", "published", "publishing", "publication", "pub"}
    | {"release", "released", "live", "visible", "available", "schedule", "scheduled"}
    | {"held", "hold", "valid", "sperrfrist", "sperre", "freigabe", "veröffentlichung"}
    | {"эмбарго", "ембарго", "публикация", "публікація", "опубликовать", "опублікувати"}
)
UNTIL = frozenset(
    {"expiry", "expire", "expires", "expired", "expiration", "unpublish", "unpublished"}
    | {"depublish", "depublished", "withdraw", "withdrawn", "remove", "removed", "removal"}
    | {"retire", "retired", "delete", "deleted", "trash", "trashed", "takedown", "offline"}
)
HIDING = frozenset(
    {"embargo", "embargoed", "unpublished", "unpublish", "withheld", "private", "draft", "hold"}
    | {"held", "hide", "hidden", "unlist", "unlisted", "trash", "trashed", "deleted", "removed"}
    | {"retired", "withdrawn", "spiked", "killed", "pending", "wip", "exclude", "excluded", "skip"}
    | {"disable", "disabled", "internal", "progress", "withdraw", "unfinished", "expired"}
)
SHOWING = frozenset(
    {"publish", "published", "public", "publishable", "ready", "approved", "cleared", "released"}
    | {"show", "visible", "enable", "enabled", "active", "listed", "online", "render", "rendered"}
    | {"build", "available"}
)
NOT = frozenset({"not", "no", "never", "dont", "non"})
_SMALL = frozenset(
    {"is", "to", "be", "for", "on", "in", "at", "by", "under", "it", "this", "the", "and", "me"}
    | {"post", "page", "article", "story", "item", "entry", "text", "all", "site", "web"}
    | {"website", "publication", "publishing", "publish", "release", "build", "public", "readers"}
    | {"now", "yet", "still", "only", "flag", "status", "state", "online"}
)
_OF_TIME = _SMALL | {
    *("date", "time", "datetime", "day", "until", "till", "from", "after", "before", "up", "down"),
    *("start", "starts", "end", "ends", "begin", "begins", "utc", "gmt", "go", "first", "bis"),
}
YES = frozenset(
    {"1", "y", "x", "t", "ja", "oui", "sí", "si", "sì", "sim", "да", "так", "tak", "igen", "ano"}
    | {"áno", "evet", "kyllä", "joo", "はい", "是", "예", "네", "نعم", "כן", "da"}
)
"""What people write for true where a program expects just that."""
NO = frozenset({"0", "n", "f", "never", "nope", "nein", "non", "nej", "não", "нет", "ні", "nie"})
_BETWEEN = late_pattern(r"(?<=[a-z0-9])(?=[A-Z])|[^\w]+|_+")
_YEAR = late_pattern(r"(?<![0-9])(?:19|20|21)[0-9]{2}(?![0-9])")
_DAY = late_pattern(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def likely_hold(key: str, value: Value, date: Value) -> bool:
    """Whether a key that is none of ours may hold its text back; `date` is the text's own."""
    if isinstance(value, Mapping | list) or not value:
        return False
    word, words = value.strip().lower(), words_of(key)
    if word in TRUE | YES:
        return _is_of(words, HIDING, _SMALL) or _is_of(words - NOT, SHOWING, _SMALL, words & NOT)
    if word in FALSE | NO:
        return not words & NOT and len(words) > 1 and _is_of(words, SHOWING, _SMALL)
    if not _YEAR.search(word):
        return False
    return _is_of(words, UNTIL, _OF_TIME) or (_is_of_coming(key) and _is_after(word, date))


def own_date(front: FrontMatter) -> Value:
    """The date that a file gives its text, under the key for it or in its name."""
    return front.values.get("date") or date_from_name(posixpath.basename(front.path))[0]


def said_since(front: FrontMatter, zone: ZoneInfo) -> datetime | None:
    """From when on a text is to be seen, as a file says whose kind of text knows no such day."""
    said = (text for key, text in front.values.items() if key == "date" or _is_of_coming(key))
    found = (parse_date(text, zone) for text in said if isinstance(text, str))
    return max((one.instant for one in found if isinstance(one, ParsedDate)), default=None)


def _is_of_coming(key: str) -> bool:
    return _is_of(words_of(key), FROM, _OF_TIME)


@lru_cache(maxsize=1024)
def words_of(key: str) -> frozenset[str]:
    """The words that a key is made of: those of `embargoEnds` or `hold_until`."""
    return frozenset(word.lower() for word in _BETWEEN.split(key) if word)


def _is_of(
    words: frozenset[str],
    meant: frozenset[str],
    small: frozenset[str],
    needed: frozenset[str] | None = None,
) -> bool:
    """Whether words are those that are meant, and small change; none if what is needed lacks."""
    return needed != frozenset() and bool(words & meant) and words <= meant | small


def _is_after(word: str, date: Value) -> bool:
    """Whether a time is later than a text's own date, as far as a glance can tell."""
    own = date.strip() if isinstance(date, str) else ""
    if _DAY.match(word) and _DAY.match(own):
        return word[:10] > own[:10]
    year, own_year = _YEAR.search(word), _YEAR.search(own)
    return bool(year and own_year and year[0] > own_year[0])
