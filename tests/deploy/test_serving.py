"""How files are served: type, cache rule and order by what they are."""

import pytest

from generator.deploy.serving import Wave, cache_rule_of, is_fingerprinted, type_of, wave_of

DIGEST = "0123456789abcdef" * 2


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("index.html", "text/html; charset=utf-8"),
        ("feed.xml", "application/rss+xml; charset=utf-8"),
        ("tags/a/atom.xml", "application/atom+xml; charset=utf-8"),
        ("feed.json", "application/feed+json"),
        ("sitemap.xml", "application/xml; charset=utf-8"),
        ("assets/site.0123456789.css", "text/css; charset=utf-8"),
        ("a/LEAD.JPG", "image/jpeg"),
        ("a/b.webp", "image/webp"),
        ("_headers", "text/plain; charset=utf-8"),
        ("robots.txt", "text/plain; charset=utf-8"),
        ("a/noextension", "application/octet-stream"),
        ("a/b.unheard", "application/octet-stream"),
    ],
)
def test_each_file_has_its_type(path: str, expected: str) -> None:
    assert type_of(path) == expected


@pytest.mark.parametrize(
    ("path", "wave"),
    [
        ("news/2026/11/ferry/lead.jpg", Wave.FILES),
        ("search/a.json", Wave.FILES),
        ("news/2026/11/ferry/index.html", Wave.PAGES),
        ("about/team/index.html", Wave.PAGES),
        ("index.html", Wave.LISTINGS),
        ("news/index.html", Wave.LISTINGS),
        ("news/page/3/index.html", Wave.LISTINGS),
        ("tags/ferry/index.html", Wave.LISTINGS),
        ("archive/2026/11/index.html", Wave.LISTINGS),
        ("tags/ferry/feed.json", Wave.FEEDS),
        ("sitemaps/2026-11.xml", Wave.FEEDS),
        ("404.html", Wave.HOST),
        ("_redirects", Wave.HOST),
    ],
)
def test_each_file_has_its_wave(path: str, wave: Wave) -> None:
    assert wave_of(path) is wave


def test_a_year_is_for_names_that_tell_the_content_alone() -> None:
    assert is_fingerprinted("assets/site.0123456789.css", DIGEST)
    assert not is_fingerprinted("assets/site.9876543210.css", DIGEST)
    assert not is_fingerprinted("assets/report.20241101.pdf", DIGEST)
    assert not is_fingerprinted("news/site.0123456789.css", DIGEST)
    assert "max-age=31536000" in cache_rule_of("assets/site.0123456789.css", DIGEST)


def test_fronts_are_kept_for_minutes_and_pictures_for_an_hour() -> None:
    rules = [cache_rule_of(p, DIGEST) for p in ("index.html", "n/2026/a/index.html", "a/p.jpg")]
    assert rules == ["public, max-age=120", "public, max-age=300", "public, max-age=3600"]
