"""Podcasts in the front matter of sections and tags."""

import re
from typing import Any

from generator.model.entities import decoded
from generator.model.options import FALSE, TRUE, did_you_mean
from generator.model.podcasts import PARENTS, Podcast, ShowType
from generator.model.problems import shown
from generator.read.fields import Fields
from generator.read.plain_yaml import Value

KEY = "podcast"
LINES = ("title", "description", "author", "owner", "email", "copyright")
FLAGS = ("explicit", "complete")
KEYS = ("image", "category", *LINES, "type", *FLAGS, "moved_to", "items")
ALSO = {"categories": "category", "artwork": "image", "new_feed_url": "moved_to"}
IN_STATIC = re.compile(r"/(?!/)|https?://", re.IGNORECASE)
ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
NUMBER = re.compile(r"[1-9][0-9]{0,4}")


def read_podcast(fields: Fields, description: str) -> Podcast | None:
    """The show under `podcast`; None when it is missing, or faulty.

    `description` is that of the section or tag, which stands for the show's own.
    """
    value = fields.value(KEY)
    if value is None:
        return None
    if not isinstance(value, dict):
        hint = "Write podcast: {image: /show.jpg, category: Daily News}."
        fields.fault(KEY, "a podcast without a picture and a category", hint)
        return None
    parts = _parts(fields, value)
    told: dict[str, Any] = {name: _line(fields, name, parts.get(name)) for name in LINES}
    told |= {name: _flag(fields, name, parts.get(name)) for name in FLAGS}
    told |= {"image": _image(fields, parts), "categories": _categories(fields, parts)}
    told |= {"type": _type(fields, parts), "moved_to": _moved(fields, parts)}
    if not (told["description"] or description):
        hint = "Add description: and a sentence on what the show is about. Directories ask for it."
        fields.fault(KEY, "a podcast without a description", hint)
    if told["email"] and not ADDRESS.fullmatch(told["email"]):
        message = f'not a mail address: "{shown(told["email"])}"'
        fields.fault(KEY, message, "Write one such as radio@example.org.", "email")
    if items := _line(fields, "items", parts.get("items")):
        if not NUMBER.fullmatch(items):
            fields.fault(KEY, f'not a number: "{shown(items)}"', "Write one such as 300.", "items")
            return None
        told["items"] = int(items)
    return Podcast(**told) if told["image"] and told["categories"] else None


def _parts(fields: Fields, value: dict[str, Value]) -> dict[str, Value]:
    parts: dict[str, Value] = {}
    for name, part in value.items():
        own = ALSO.get(name, name)
        if own not in KEYS:
            hint = did_you_mean(str(name), list(KEYS))
            fields.doubt_key(fields.written(KEY), f'unknown key "{shown(name)}"', hint, name)
        elif part is not None:
            parts.setdefault(own, part)
    return parts


def _line(fields: Fields, name: str, value: Value) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        fields.fault(KEY, f'"{name}" is not a text', "Write one line of text.", name)
        return ""
    return fields.seen(KEY, " ".join(value.split()), name).plain


def _flag(fields: Fields, name: str, value: Value) -> bool:
    word = _line(fields, name, value).lower()
    if word and word not in TRUE and word not in FALSE:
        message = f'not true or false: "{shown(word)}"'
        fields.fault(KEY, message, 'Write "true" or "false".', name)
    return word in TRUE


def _image(fields: Fields, parts: dict[str, Value]) -> str:
    image = parts.get("image")
    if not isinstance(image, str) or not image.strip():
        hint = "Add image: /show.jpg, a square JPEG or PNG of 1,400 to 3,000 pixels under static/."
        fields.fault(KEY, "a podcast without a picture", hint)
        return ""
    if not IN_STATIC.match(image.strip()):
        hint = "Put it under static/, and begin its path with a slash: /show.jpg."
        fields.fault(KEY, f'not a path from static/: "{shown(image)}"', hint, "image")
        return ""
    return image.strip()


def _categories(fields: Fields, parts: dict[str, Value]) -> tuple[str, ...]:
    """The categories; of `News > Daily News` the inner one, which names the outer."""
    value = parts.get("category")
    written = [value] if isinstance(value, str) else value if isinstance(value, list) else []
    names = {name.lower(): name for name in PARENTS}
    found: list[str] = []
    for one in written:
        text = decoded(one).rpartition(">")[2].strip() if isinstance(one, str) else ""
        if name := names.get(" ".join(text.lower().replace(" and ", " & ").split())):
            found.append(name)
        else:
            hint = did_you_mean(text, list(PARENTS)) or "Write one of Apple's: News, Politics …"
            fields.fault(KEY, f'unknown category: "{shown(text)}"', hint, "category")
    if not written:
        hint = "Add category: Daily News, or another of Apple's categories."
        fields.fault(KEY, "a podcast without a category", hint)
    return tuple(found)


def _type(fields: Fields, parts: dict[str, Value]) -> ShowType:
    word = _line(fields, "type", parts.get("type")).lower()
    if word and word not in [*ShowType]:
        hint = "Write episodic (the newest first) or serial (the oldest first)."
        fields.fault(KEY, f'unknown type of a podcast: "{shown(word)}"', hint, "type")
        return ShowType.EPISODIC
    return ShowType(word or ShowType.EPISODIC)


def _moved(fields: Fields, parts: dict[str, Value]) -> str:
    address = _line(fields, "moved_to", parts.get("moved_to"))
    if address and not address.lower().startswith(("https://", "http://")):
        message = f'not a web address: "{shown(address)}"'
        fields.fault(KEY, message, "Write the new feed's whole address.", "moved_to")
    return address
