"""Players of films and sound on other sites, as HTML: what a shortcode for them stands for."""

import re
from collections.abc import Callable, Mapping
from html import escape
from urllib.parse import quote

from generator.importers.embedding import film, vimeo, youtube


def _dailymotion(name: str, title: str) -> str:
    address = f"https://www.dailymotion.com/embed/video/{quote(name)}"
    return film(address, title or "Dailymotion video")


def _soundcloud(name: str, title: str) -> str:
    track = quote(f"https://api.soundcloud.com/tracks/{name}", safe="")
    return film(f"https://w.soundcloud.com/player/?url={track}", title or "SoundCloud player")


def _gist(name: str, title: str) -> str:
    address = escape(f"https://gist.github.com/{quote(name)}")
    return f'<p><a href="{address}">{escape(title or address)}</a></p>'


def _speakerdeck(name: str, title: str) -> str:
    return film(f"https://speakerdeck.com/player/{quote(name)}", title or "Slides")


PLAYERS: Mapping[str, Callable[[str, str], str]] = {
    "youtube": youtube,
    "vimeo": vimeo,
    "dailymotion": _dailymotion,
    "soundcloud": _soundcloud,
    "gist": _gist,
    "speakerdeck": _speakerdeck,
}
IN_ADDRESS = re.compile(r"(?:v=|youtu\.be/|embed/|video/|vimeo\.com/|/)([\w-]+)/?(?:[?&#].*)?$")


def player_html(service: str, name: str, title: str = "") -> str:
    """The player of `name`, an id or a whole address; "" where the service is not known."""
    made = PLAYERS.get(service)
    if made is None or not name.strip():
        return ""
    name = name.strip()
    if (
        service not in ("gist", "youtube", "vimeo")
        and "/" in name
        and (found := IN_ADDRESS.search(name))
    ):
        name = found[1]
    player = made(name, title)
    address = escape(name)
    return player if player.startswith("<") else f'<a href="{address}">{escape(title or name)}</a>'
