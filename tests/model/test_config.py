"""The configuration."""

import pickle
from zoneinfo import ZoneInfo

import pytest

from generator.model.addresses import Base
from generator.model.base_urls import base_url_fault
from generator.model.body import MarkdownOptions
from generator.model.config import (
    Config,
    NavigationEntry,
    SectionOptions,
    link_fault,
)
from generator.model.options import option_rows


def parse(**values: object) -> tuple[Config, list[tuple[tuple[str | int, ...], str]]]:
    config, faults = Config.parse({"title": "The Gazette", **values})
    assert all(fault.hint for fault in faults)
    return config, [(fault.keys, fault.message) for fault in faults]


def test_a_title_is_enough() -> None:
    assert parse() == (Config(title="The Gazette"), [])


@pytest.mark.parametrize("values", [None, {}, {"title": None}])
def test_without_a_title_there_is_a_fault(values: object) -> None:
    config, [fault] = Config.parse(values)
    assert (fault.keys, fault.message) == ((), "no title")
    assert config == Config()


def test_groups_lists_and_shorthand_are_read() -> None:
    config, faults = parse(
        sections=["World", "Sport"],
        timezone="Europe/Kyiv",
        navigation=[{"title": "Home", "url": "/"}],
        markdown={"smart_quotes": "yes", "time_limit": "2.5"},
        outputs={"atom": "no"},
        extra={"a": "b"},
    )
    assert faults == []
    assert config.sections == SectionOptions(("World", "Sport"))
    assert config.timezone == ZoneInfo("Europe/Kyiv")
    assert config.navigation == (NavigationEntry("Home", "/"),)
    assert config.markdown.options() == MarkdownOptions(smart_quotes=True, time_limit=2.5)
    assert (config.outputs.atom, config.outputs.rss) == (False, True)
    assert config.extra["a"] == "b"


@pytest.mark.parametrize(
    ("url", "base"),
    [
        ("https://example.org", Base("https://example.org", "")),
        ("https://example.org/", Base("https://example.org", "")),
        ("http://localhost:8000/", Base("http://localhost:8000", "")),
        ("https://example.org/news/", Base("https://example.org", "/news")),
        ("https://example.org/a/b", Base("https://example.org", "/a/b")),
        ("http://[::1]:8000/", Base("http://[::1]:8000", "")),
        ("HTTPS://Example.ORG/News/", Base("https://example.org", "/News")),
        ("https://новини.укр/", Base("https://xn--b1amarcd.xn--j1amh", "")),
        ("https://example.org/caf%C3%A9/", Base("https://example.org", "/café")),
    ],
)
def test_a_base_url_may_have_a_path(url: str, base: Base) -> None:
    config, faults = parse(base_url=url)
    assert faults == []
    assert config.base == base


@pytest.mark.parametrize(
    "url",
    [
        "",
        "example.org",
        "/news/",
        "//example.org/",
        "ftp://example.org/",
        "https://",
        "https:///news/",
        "https://example.org:port/",
        "https://example.org:99999/",
        "https://example.org/?q",
        "https://example.org/#top",
        "https://user@example.org/",
        "https://user:secret@example.org/",
        "https://exa mple.org/",
        "https://example.org/a b/",
        "https://example.org//news/",
        "https://example.org/../news/",
        "https://example.org/./",
        "https://example.org/%2e%2e/",
        "https://example.org\\@evil.example/",
        "https://example.org/a\\b/",
        'https://example.org"/',
        "https://[::1/",
        "https://..example/",
        f"https://{'ü' * 80}.example/",
    ],
)
def test_what_is_no_base_url_is_a_fault_and_keeps_the_default(url: str) -> None:
    config, faults = parse(base_url=url)
    assert faults == [(("base_url",), f'not a web address: "{url}"')]
    assert config.base_url == Config().base_url
    assert base_url_fault(url)


@pytest.mark.parametrize("host", ["a b/é", "https://old.example/", "old..example", "a@old.example"])
def test_ids_begin_with_a_host(host: str) -> None:
    config, faults = parse(feeds={"identity": host})
    assert faults == [(("feeds", "identity"), f'not a host: "{host}"')]
    assert config.feeds.identity == ""


def test_a_host_of_frames_may_be_in_any_script() -> None:
    config, faults = parse(embeds={"allow": ["*.новини.укр"]})
    assert faults == []
    assert config.policy.allows("frame-src", "https://тв.новини.укр/1", "https://paper.example")
    assert "https://*.xn--b1amarcd.xn--j1amh" in str(config.policy)


@pytest.mark.parametrize("pattern", ["/:year/", "/:slug/:foo/", ":slug/", "/:Slug/", "/a b/:slug/"])
def test_a_faulty_permalink_keeps_the_default(pattern: str) -> None:
    config, [(keys, message)] = parse(permalink=pattern)
    assert keys == ("permalink",)
    assert message
    assert config.permalink == Config().permalink


@pytest.mark.parametrize("language", ["", "e", "english", "uk_UA", "pt-", "en US"])
def test_what_is_no_language_is_a_fault(language: str) -> None:
    config, [(keys, _)] = parse(language=language)
    assert (keys, config.language) == (("language",), "en")


@pytest.mark.parametrize("language", ["uk", "pt-BR", "sr-Latn", "zh-Hant-TW", "yue"])
def test_a_language_tag_is_taken(language: str) -> None:
    config, faults = parse(language=language)
    assert (config.language, faults) == (language, [])


@pytest.mark.parametrize(
    ("values", "keys"),
    [
        ({"page_size": "0"}, ("page_size",)),
        ({"markdown": {"time_limit": "0"}}, ("markdown", "time_limit")),
        ({"related": "-1"}, ("related",)),
        ({"timezone": "Mars"}, ("timezone",)),
        ({"navigation": [{"title": "A", "url": "/"}, {"title": "B"}]}, ("navigation", 1)),
        ({"footer": [{"title": "", "url": "/"}]}, ("footer", 0, "title")),
        ({"footer": [{"title": "A", "url": "javascript:a()"}]}, ("footer", 0, "url")),
        ({"front": "4"}, ("front",)),
    ],
)
def test_other_faults_are_placed(values: dict[str, object], keys: tuple[str | int, ...]) -> None:
    _, faults = parse(**values)
    assert [found for found, _ in faults] == [keys]


@pytest.mark.parametrize(
    ("url", "is_allowed"),
    [
        ("/about/", True),
        ("about/?a=b:c#d:e", True),
        ("https://example.org/", True),
        ("MAILTO:a@b.c", True),
        ("tel:+1", True),
        ("JavaScript:alert(1)", False),
        (" javascript:alert(1)", False),
        ("java\nscript:alert(1)", False),
        ("data:text/html,x", False),
        (":", False),
    ],
)
def test_links_of_the_configuration_have_a_harmless_scheme(url: str, is_allowed: bool) -> None:
    assert (link_fault(url) == "") == is_allowed


def test_a_configuration_can_be_compared_hashed_and_sent_away() -> None:
    config, _ = parse(sections=["a"], extra={"a": ["b"]}, timezone="Europe/Kyiv")
    assert pickle.loads(pickle.dumps(config)) == config  # noqa: S301 - our own bytes
    assert hash(config) == hash(
        parse(sections=["a"], extra={"a": ["b"]}, timezone="Europe/Kyiv")[0]
    )


def test_every_option_has_an_explanation_of_one_line() -> None:
    for row in option_rows(Config):
        assert row.doc.endswith(".")
        assert "\n" not in row.doc
        assert "|" not in row.doc
