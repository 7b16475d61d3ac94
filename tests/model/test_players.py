"""Players: what addresses elsewhere can be shown as."""

import pytest

from generator.model.players import HOSTS, player_of

TUBE = "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?autoplay=1"


@pytest.mark.parametrize(
    ("address", "url"),
    [
        ("https://www.youtube.com/watch?v=dQw4w9WgXcQ", TUBE),
        ("https://m.youtube.com/watch?list=PL1&v=dQw4w9WgXcQ", TUBE),
        ("https://youtu.be/dQw4w9WgXcQ?t=1m5s", f"{TUBE}&start=65"),
        ("https://www.youtube.com/shorts/dQw4w9WgXcQ", TUBE),
        ("https://vimeo.com/76979871", "https://player.vimeo.com/video/76979871?dnt=1&autoplay=1"),
        ("https://www.datawrapper.de/_/abcde/", "https://datawrapper.dwcdn.net/abcde/"),
        (
            "https://public.flourish.studio/visualisation/123/",
            "https://flo.uri.sh/visualisation/123/embed",
        ),
        (
            "https://soundcloud.com/a-b/c-d",
            "https://w.soundcloud.com/player/?url=https%3A//soundcloud.com/a-b/c-d&auto_play=true",
        ),
        ("https://open.spotify.com/episode/x?si=1", "https://open.spotify.com/embed/episode/x"),
        (
            "https://twitter.com/a/status/12?s=20",
            "https://platform.twitter.com/embed/Tweet.html?dnt=true&id=12",
        ),
        ("https://news.social/@a/112", "https://news.social/@a/112/embed"),
        (
            "https://bsky.app/profile/did:plc:x/post/3k",
            "https://embed.bsky.app/embed/did:plc:x/app.bsky.feed.post/3k",
        ),
        ("https://www.instagram.com/reel/Cab_c/", "https://www.instagram.com/reel/Cab_c/embed/"),
        ("https://www.tiktok.com/@x.y/video/123", "https://www.tiktok.com/embed/v2/123"),
    ],
)
def test_an_address_has_its_player(address: str, url: str) -> None:
    player = player_of(address)
    assert player
    assert (player.url, player.page) == (url, address)


@pytest.mark.parametrize(
    "address",
    [
        "https://www.youtube.com/@channel",
        "https://www.youtube.com/",
        "https://x.com/a",
        "https://example.org/watch?v=abc",
        "https://youtube.com.example.org/watch?v=abc",
        "javascript:alert(1)//youtu.be/a",
        "/watch?v=abc",
        "",
    ],
)
def test_other_addresses_have_none(address: str) -> None:
    assert player_of(address) is None


def test_a_player_waits_where_it_is_told_to() -> None:
    player = player_of("https://youtu.be/abc", begins=False)
    assert player
    assert player.url == "https://www.youtube-nocookie.com/embed/abc"


def test_every_player_but_those_of_servers_anywhere_has_a_known_host() -> None:
    player = player_of("https://vimeo.com/1")
    assert player
    assert player.host in HOSTS
