"""Players: what a link to a film, a sound, a post or a chart elsewhere can be shown as."""

import re
from urllib.parse import quote

from generator.model.late_patterns import late_pattern
from generator.model.values import frozen

WIDE, CHART, TALL, LOW, POST = "wide", "chart", "tall", "low", "post"
"""Shapes of frames: 16 by 9, 4 by 3, 9 by 16, as high as a sound's controls, as a post."""


@frozen
class Player:
    """What plays or shows an address.

    `url` is the address for a frame, `page` the one for people, `shape` one of the five. `name` is
    the service's own.
    """

    name: str
    url: str
    page: str
    shape: str = WIDE

    @property
    def host(self) -> str:
        """The host that the frame is asked from."""
        return self.url.split("/")[2]


@frozen
class _Service:
    """A service: what its addresses look like, and its players' host. `begin` starts by itself."""

    name: str
    host: str
    pattern: str
    frame: str
    shape: str = WIDE
    begin: str = ""


_ID = r"(?P<id>[\w-]++)"
_SERVICES = (
    _Service(
        "YouTube",
        "www.youtube-nocookie.com",
        r"(?:(?:www\.|m\.)?youtube\.com/(?:watch\?(?:(?!v=)[^#&]*+&)*+v=|live/|embed/)|youtu\.be/"
        r"|www\.youtube-nocookie\.com/embed/)" + _ID,
        "/embed/{id}",
        begin="?autoplay=1",
    ),
    _Service(
        "YouTube",
        "www.youtube-nocookie.com",
        r"(?:www\.|m\.)?youtube\.com/shorts/" + _ID,
        "/embed/{id}",
        TALL,
        "?autoplay=1",
    ),
    _Service(
        "Vimeo",
        "player.vimeo.com",
        r"(?:www\.|player\.)?vimeo\.com/(?:video/|channels/\w++/)?(?P<id>\d++)",
        "/video/{id}?dnt=1",
        begin="&autoplay=1",
    ),
    _Service(
        "Datawrapper",
        "datawrapper.dwcdn.net",
        r"(?:datawrapper\.dwcdn\.net|www\.datawrapper\.de/_)/(?P<id>\w{5})(?:/\d*+)?",
        "/{id}/",
        CHART,
    ),
    _Service(
        "Flourish",
        "flo.uri.sh",
        r"(?:public\.flourish\.studio|flo\.uri\.sh)/(?P<kind>visualisation|story)/(?P<id>\d++)",
        "/{kind}/{id}/embed",
        CHART,
    ),
    _Service(
        "SoundCloud",
        "w.soundcloud.com",
        r"(?P<id>(?:www\.)?soundcloud\.com/[\w-]++/(?:sets/)?[\w-]++)",
        "/player/?url=https%3A//{id}",
        LOW,
        "&auto_play=true",
    ),
    _Service(
        "Spotify",
        "open.spotify.com",
        r"open\.spotify\.com/(?:embed/)?(?P<kind>track|album|playlist|episode|show)/" + _ID,
        "/embed/{kind}/{id}",
        LOW,
    ),
    _Service(
        "X",
        "platform.twitter.com",
        r"(?:www\.|mobile\.)?(?:x|twitter)\.com/\w++/status/(?P<id>\d++)",
        "/embed/Tweet.html?dnt=true&id={id}",
        POST,
    ),
    _Service(
        "Bluesky",
        "embed.bsky.app",
        r"bsky\.app/profile/(?P<did>did:[\w:.-]++)/post/" + _ID,
        "/embed/{did}/app.bsky.feed.post/{id}",
        POST,
    ),
    _Service(
        "Instagram",
        "www.instagram.com",
        r"(?:www\.)?instagram\.com/(?:[\w.]++/)?(?P<kind>p|reel|tv)/" + _ID,
        "/{kind}/{id}/embed/",
        POST,
    ),
    _Service(
        "TikTok",
        "www.tiktok.com",
        r"(?:www\.)?tiktok\.com/@[\w.-]++/video/(?P<id>\d++)",
        "/embed/v2/{id}",
        TALL,
    ),
)
HOSTS = tuple(dict.fromkeys(service.host for service in _SERVICES))
"""The hosts of all players that are known, in order."""
# Every server has its own host: only those that a site allows are shown in a frame.
_MASTODON = late_pattern(
    r"https://(?P<host>[\w.-]+)/@[\w.-]+(?:@[\w.-]+)?/(?P<id>\d+)/?(?:[?#].*)?"
)
_START = late_pattern(r"[?&#](?:t|start)=(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s?)?(?:&|#|\Z)")
_HERE = re.compile(r"https?://", re.IGNORECASE)


def _pattern(service: _Service) -> re.Pattern[str]:
    return late_pattern(rf"https?://{service.pattern}/?(?:[?#&]\S*+)?", re.IGNORECASE)


_PATTERNS = tuple(map(_pattern, _SERVICES))


def player_of(address: str, *, begins: bool = True) -> Player | None:
    """The player for an address, if one is known; it begins to play unless told otherwise."""
    if not _HERE.match(address):
        return None
    for number, service in enumerate(_SERVICES):
        if found := _PATTERNS[number].fullmatch(address):
            parts = {name: quote(part, safe=":/") for name, part in found.groupdict().items()}
            url = f"https://{service.host}{service.frame.format(**parts)}"
            url += service.begin if begins else ""
            return Player(service.name, url + _start(service, address, url), address, service.shape)
    post = _MASTODON.fullmatch(address)
    if post:
        page = address.partition("?")[0].partition("#")[0].rstrip("/")
        return Player(post["host"], f"{page}/embed", address, POST)
    return None


def _start(service: _Service, address: str, url: str) -> str:
    """Where in a film it begins, as the address says."""
    found = _START.search(address) if service.name == "YouTube" else None
    if not found:
        return ""
    hours, minutes, rest = (int(part or 0) for part in found.groups())
    seconds = hours * 3600 + minutes * 60 + rest
    return f"{'&' if '?' in url else '?'}start={seconds}" if seconds else ""
