"""Emoji that a text calls by name (`:tada:`), where its generator showed them.

Names are GitHub's. Most are what Unicode calls the character; the table has the usual others.
"""

import re
import unicodedata
from collections.abc import Mapping

from generator.importers.foreign_links import parts_of

NAME = re.compile(r"(?<![\w:/]):([a-z0-9_+-]{2,40}):(?![\w:])")
OTHERS: Mapping[str, str] = {
    **dict(zip(("+1", "thumbsup", "-1", "thumbsdown"), "👍👍👎👎", strict=True)),
    **dict(
        zip(("smile", "smiley", "grin", "grinning", "laughing", "joy"), "😄😃😁😀😆😂", strict=True)
    ),
    **dict(
        zip(("wink", "blush", "sunglasses", "heart_eyes", "thinking"), "😉😊😎😍🤔", strict=True)
    ),
    **dict(
        zip(("cry", "sob", "rage", "scream", "sweat_smile", "relaxed"), "😢😭😡😱😅☺", strict=True)
    ),
    **dict(zip(("slightly_smiling_face", "upside_down_face", "hugs"), "🙂🙃🤗", strict=True)),
    **dict(
        zip(
            ("clap", "pray", "wave", "muscle", "ok_hand", "raised_hands"),
            "👏🙏👋💪👌🙌",
            strict=True,
        )
    ),
    **dict(zip(("point_right", "point_left", "point_up", "point_down"), "👉👈☝👇", strict=True)),
    **dict(zip(("heart", "broken_heart", "blue_heart", "green_heart"), "❤💔💙💚", strict=True)),
    **dict(zip(("tada", "star", "star2", "sparkles", "boom", "zap"), "🎉⭐🌟✨💥⚡", strict=True)),
    **dict(zip(("fire", "100", "bulb", "memo", "pencil", "pencil2"), "🔥💯💡📝📝✏", strict=True)),
    **dict(zip(("warning", "exclamation", "question", "x", "bangbang"), "⚠❗❓❌‼", strict=True)),
    **dict(zip(("white_check_mark", "heavy_check_mark", "no_entry"), "✅✔⛔", strict=True)),
    **dict(zip(("bug", "lock", "key", "computer", "iphone", "email"), "🐛🔒🔑💻📱📧", strict=True)),
    **dict(zip(("beer", "beers", "coffee", "cake", "pizza", "ship"), "🍺🍻☕🍰🍕🚢", strict=True)),
    **dict(zip(("arrow_right", "arrow_left", "arrow_up", "arrow_down"), "➡⬅⬆⬇", strict=True)),
    **dict(zip(("link", "calendar", "date", "bell", "mag", "gift"), "🔗📆📅🔔🔍🎁", strict=True)),
    **dict(zip(("sunny", "cloud", "snowflake", "umbrella", "ocean"), "☀☁❄☔🌊", strict=True)),
    **dict(zip(("wrench", "gear", "rotating_light", "construction"), "🔧⚙🚨🚧", strict=True)),
    **dict(zip(("book", "books", "bookmark", "newspaper", "camera"), "📖📚🔖📰📷", strict=True)),
    **dict(zip(("dog", "cat", "whale", "penguin", "snake", "crab"), "🐶🐱🐳🐧🐍🦀", strict=True)),
    **dict(
        zip(
            ("sweat", "open_mouth", "cupid", "yum", "smirk", "flushed"), "😓😮💘😋😏😳", strict=True
        )
    ),
    **dict(zip(("confused", "worried", "sleeping", "relieved", "rofl"), "😕😟😴😌🤣", strict=True)),
    **dict(zip(("stuck_out_tongue", "stuck_out_tongue_winking_eye"), "😛😜", strict=True)),
    **dict(zip(("kissing_heart", "partying_face", "nerd_face"), "😘🥳🤓", strict=True)),
    **dict(zip(("checkered_flag", "earth_africa", "v", "facepalm"), "🏁🌍✌🤦", strict=True)),
}


def with_emoji(text: str) -> str:
    """A text with the characters that such names stand for; names in code stay."""
    if ":" not in text:
        return text
    return "".join(
        part if is_code else NAME.sub(lambda found: _character(found[1]) or found[0], part)
        for part, is_code in parts_of(text)
    )


def _character(name: str) -> str:
    """The character; "" for what is no emoji's name."""
    if name in OTHERS:
        return OTHERS[name]
    try:
        found = unicodedata.lookup(name.replace("_", " "))
    except KeyError:
        return ""
    return found if unicodedata.category(found) == "So" else ""
