"""Pictures in front matter: a path or URL, or a mapping that says more of it."""

from generator.model.article import Image
from generator.model.options import did_you_mean
from generator.model.pictures import FOCUS_HINT, Focus, focus_of
from generator.model.problems import shown
from generator.read.fields import Fields

KEYS = ("src", "alt", "caption", "credit", "focus")


def read_image(fields: Fields, key: str, *, needs_alt: bool = True) -> Image | None:
    """A picture: its path or URL, or a mapping of `src`, `alt`, `caption`, `credit` and `focus`.

    One that `needs_alt` and has none is a warning, unless an empty one says that it adorns.
    """
    image, value = _image(fields, key), fields.value(key)
    is_adornment = isinstance(value, dict) and value.get("alt") == ""
    if image and needs_alt and not (image.alt or is_adornment):
        hint = f"Say what it shows: {key}: {{src: boats.jpg, alt: Two boats at the quay}}"
        fields.warn(key, "a picture without a text", hint)
    return image


def _image(fields: Fields, key: str) -> Image | None:
    value = fields.value(key)
    if value is None or isinstance(value, str):
        return Image(value.strip()) if value else None
    source = value.get("src") if isinstance(value, dict) else None
    if not isinstance(value, dict) or not isinstance(source, str) or not source.strip():
        hint = "Write a path, or a mapping with src, alt, caption and credit."
        fields.fault(key, "a picture without src", hint)
        return None
    parts: dict[str, str] = {}
    focus: Focus | None = None
    for name, part in value.items():
        if name not in KEYS:
            hint = did_you_mean(str(name), list(KEYS))
            fields.doubt_key(fields.written(key), f'unknown key "{shown(name)}"', hint, name)
        elif name == "focus":
            focus = focus_of(part)
            if part is not None and focus is None:
                fields.fault(
                    key, f'not a place in a picture: "{shown(str(part))}"', FOCUS_HINT, name
                )
        elif isinstance(part, str):
            line = fields.seen(key, " ".join(part.split()), name)
            parts[name] = line.plain
            if name == "caption":
                parts["caption_html"] = line.html
        elif part is not None:
            fields.fault(key, f'"{name}" is not a text', "Write one line of text.", name)
    return Image(**{**parts, "src": source.strip()}, focus=focus)
