"""Files that hosts and crawlers look for."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.article import Newsroom, SourceFile
from generator.model.config import Config, OutputOptions
from generator.model.layouts import ThemeFile
from generator.model.outputs import TextFile
from generator.model.redirects import Redirect
from generator.model.values import replace
from generator.plan.host_files import HostFiles
from generator.plan.plan import Plan
from generator.plan.redirects import Redirects, redirects_file
from tests.support.planning import arranged, story

CONFIG = Config(base_url="https://example.org/")
BELOW = Config(base_url="https://example.org/news/")
REDIRECTS = (
    Redirect("/old/", "/world/a/", "content/articles/a.md"),
    Redirect("/курськ/", "/world/b/", "content/articles/b.md"),
    Redirect("/tags/x/feed.xml", "/tags/y/feed.xml", "content/tags/y.md"),
)
ASSETS = ("/assets/site.0123456789.css", "/assets/print.9876543210.css")
THEME = (
    ThemeFile("site.css", "0123456789abcdef", b""),
    ThemeFile("print.css", "9876543210abcdef", b""),
)
MOVED = Newsroom((story("a", aliases=("/old/",)),))


def files(
    config: Config = CONFIG, theme: tuple[ThemeFile, ...] = THEME, newsroom: Newsroom = MOVED
) -> dict[str, str]:
    """The files of a site for hosts, and the list of its redirects."""
    plan = Plan(arranged(newsroom, config)[0], config, theme, (HostFiles, Redirects))
    return {o.path: o.value.text for o in plan.outputs if isinstance(o.value, TextFile)}


def with_outputs(**switches: bool) -> Config:
    return replace(CONFIG, outputs=OutputOptions(**switches))


def rules(text: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """A `_headers` file as hosts read it: each pattern with its headers."""
    found: list[tuple[str, list[tuple[str, str]]]] = []
    for line in text.splitlines():
        if line.startswith("  "):
            name, _, value = line.strip().partition(": ")
            found[-1][1].append((name, value))
        elif line:
            found.append((line, []))
    return found


def headers_of(path: str, text: str) -> list[tuple[str, str]]:
    """All headers that a host sends for a path: those of every rule that matches."""
    return [
        header
        for pattern, headers in rules(text)
        if re.fullmatch(re.escape(pattern).replace(r"\*", ".*"), path)
        for header in headers
    ]


def test_robots_may_read_everything_and_find_the_sitemaps() -> None:
    assert files()["robots.txt"] == (
        "User-agent: *\nDisallow:\n\n"
        "Sitemap: https://example.org/sitemap.xml\n"
        "Sitemap: https://example.org/news-sitemap.xml\n"
    )
    without = files(with_outputs(sitemap=False, news_sitemap=False))
    assert without["robots.txt"] == "User-agent: *\nDisallow:\n"


def test_a_site_below_a_path_has_no_robots_file() -> None:
    assert "robots.txt" not in files(BELOW)


def test_redirects_are_for_good_and_percent_encoded() -> None:
    assert redirects_file(CONFIG, REDIRECTS) == (
        "/old/ /world/a/ 301\n"
        "/%D0%BA%D1%83%D1%80%D1%81%D1%8C%D0%BA/ /world/b/ 301\n"
        "/tags/x/feed.xml /tags/y/feed.xml 301\n"
    )
    assert redirects_file(BELOW, REDIRECTS).startswith("/news/old/ /news/world/a/ 301\n")


def test_without_redirect_pages_the_slash_does_not_matter() -> None:
    text = redirects_file(with_outputs(redirect_pages=False), REDIRECTS)
    assert text.startswith("/old/ /world/a/ 301\n/old /world/a/ 301\n")
    assert text.endswith("/tags/x/feed.xml /tags/y/feed.xml 301\n")


def test_without_redirect_pages_both_spellings_of_a_letter_lead_on() -> None:
    """RFC 3986, 6.2.2.1: `%d0` and `%D0` are equal, which not every host knows."""
    lines = redirects_file(with_outputs(redirect_pages=False), REDIRECTS).splitlines()
    old = "/%D0%BA%D1%83%D1%80%D1%81%D1%8C%D0%BA"
    for spelling in (old, old.lower()):
        assert f"{spelling} /world/b/ 301" in lines
        assert f"{spelling}/ /world/b/ 301" in lines
    assert len(lines) == len(set(lines))


def test_without_redirects_there_is_no_file() -> None:
    assert "_redirects" not in files(newsroom=Newsroom())


@pytest.mark.parametrize("config", [CONFIG, BELOW])
@pytest.mark.parametrize(
    ("path", "caching"),
    [
        ("/", None),
        ("/world/2024/08/kursk/", None),
        ("/feed.xml", "public, max-age=300"),
        ("/tags/kursk/feed.xml", "public, max-age=300"),
        ("/world/atom.xml", "public, max-age=300"),
        ("/feed.json", "public, max-age=300"),
        ("/sitemap.xml", "public, max-age=300"),
        ("/news-sitemap.xml", "public, max-age=300"),
        ("/sitemaps/2024-08.xml", "public, max-age=300"),
        (ASSETS[0], "public, max-age=31536000, immutable"),
        ("/assets/a-file-from-static.css", None),
    ],
)
def test_every_file_is_cached_by_one_rule_at_most(
    config: Config, path: str, caching: str | None
) -> None:
    sent = headers_of(config.base.path + path, files(config)["_headers"])
    assert len(sent) == len({name for name, _ in sent})
    assert dict(sent).get("Cache-Control") == caching
    assert dict(sent)["X-Content-Type-Options"] == "nosniff"
    assert dict(sent)["Content-Security-Policy"].startswith("default-src 'none'")


def test_patterns_are_percent_encoded_like_the_urls_they_stand_for() -> None:
    config = Config(base_url="https://example.org/новини/")
    patterns = [pattern for pattern, _ in rules(files(config)["_headers"])]
    assert patterns[0] == "/%D0%BD%D0%BE%D0%B2%D0%B8%D0%BD%D0%B8/*"
    assert all(pattern.isascii() for pattern in patterns)


def test_a_policy_over_several_lines_is_one_header() -> None:
    config = replace(CONFIG, content_security_policy="default-src 'self';\r\n  img-src *\n")
    sent = dict(headers_of("/", files(config)["_headers"]))
    assert sent["Content-Security-Policy"] == "default-src 'self'; img-src *"


def test_a_policy_can_be_left_out() -> None:
    sent = dict(headers_of("/", files(replace(CONFIG, content_security_policy=""))["_headers"]))
    assert "Content-Security-Policy" not in sent


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_no_policy_adds_a_rule_or_a_header(policy: str) -> None:
    config = replace(CONFIG, content_security_policy=f"x{policy}")
    text = files(config)["_headers"]
    assert [pattern for pattern, _ in rules(text)] == [
        pattern for pattern, _ in rules(files()["_headers"])
    ]
    assert len(headers_of("/", text)) == 4


def test_a_theme_of_many_files_stays_below_what_hosts_read() -> None:
    fonts = (ThemeFile("font.woff2", f"{n:010}", b"") for n in range(500))
    assert len(rules(files(theme=tuple(fonts))["_headers"])) < 100


def test_what_is_switched_off_is_not_written() -> None:
    off = {"robots", "redirects_file", "headers_file", "nojekyll"}
    assert files(with_outputs(**dict.fromkeys(off, False))) == {}
    assert set(files()) == {"robots.txt", "_redirects", "_headers", ".nojekyll"}


@pytest.mark.parametrize("name", ["app.js", "charts/votes.mjs"])
def test_own_scripts_may_run_where_a_site_has_some(name: str) -> None:
    script = SourceFile(f"static/{name}", 3, "digest")
    newsroom = replace(MOVED, files=(script,))
    assert "script-src 'self'" in files(newsroom=newsroom)["_headers"]
    assert "script-src" not in files()["_headers"]


def test_a_policy_of_the_newsrooms_own_is_sent_as_it_is() -> None:
    newsroom = replace(MOVED, files=(SourceFile("static/app.js", 3, "digest"),))
    own = replace(CONFIG, content_security_policy="default-src 'self'")
    assert (
        "Content-Security-Policy: default-src 'self'\n" in files(own, newsroom=newsroom)["_headers"]
    )
