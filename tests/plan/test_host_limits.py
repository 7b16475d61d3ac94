"""What a host would leave out is told before the upload."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from generator.build import BuildOptions, build
from generator.model.article import SourceFile
from generator.model.config import Config
from generator.model.deploying import TargetOptions
from generator.model.hosts import Host
from generator.plan.host_limits import (
    too_large_files,
    too_many_files,
    too_many_headers,
    too_many_redirects,
)
from tests.support.sites import MakeSite

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
CLOUDFLARE = Config(host=Host.CLOUDFLARE)


def test_so_many_files_are_told_of_with_what_to_switch_off() -> None:
    assert too_many_files(20_000, CLOUDFLARE) == ()
    [found] = too_many_files(20_001, CLOUDFLARE)
    assert found.message == "20,001 files: Cloudflare Pages takes 20,000"
    assert "tag_feeds" in found.hint
    assert not found.is_error
    assert too_many_files(10**9, Config(host=Host.NGINX)) == ()


def test_without_a_host_the_usual_ones_count() -> None:
    text = "/a/ /b/ 301\n" * 2_001
    assert [found.message for found in too_many_redirects(text, Config())] == [
        "_redirects has 2,001 lines: Cloudflare Pages reads 2,000",
        "_redirects has 2,001 lines: GitLab Pages reads 1,000",
    ]


@pytest.mark.parametrize(
    ("to", "hosts"),
    [
        (["cloudflare:paper"], ["Cloudflare Pages"]),
        (["git+ssh://git@gitlab.com/paper/site.git#pages"], ["GitLab Pages"]),
        (["cloudflare:paper", "file:///srv/trial"], ["Cloudflare Pages"]),
        (["s3://paper"], []),
        (["ssh://paper@quay.news/srv/paper"], []),
        (["git+https://git.quay.news/site.git#pages"], ["Cloudflare Pages", "GitLab Pages"]),
    ],
)
def test_without_a_host_those_count_that_the_site_is_deployed_to(
    to: list[str], hosts: list[str]
) -> None:
    config = Config(deploy=tuple(TargetOptions(name=str(n), to=each) for n, each in enumerate(to)))
    found = too_many_redirects("/a/ /b/ 301\n" * 2_001, config)
    assert [one.message.partition(": ")[2].partition(" reads")[0] for one in found] == hosts
    named = Config(host=Host.NETLIFY, deploy=config.deploy)
    assert too_many_redirects("/a/ /b/ 301\n" * 2_001, named) == ()


def test_a_list_may_be_too_long_in_bytes_or_in_one_line() -> None:
    gitlab = Config(host=Host.GITLAB)
    text = f"/{'a' * 700}/ /b/ 301\n" * 95
    [found] = too_many_redirects(text, gitlab)
    assert found.message == f"_redirects has {len(text):,} bytes: GitLab Pages reads 65,536"
    [found] = too_many_redirects(f"/{'a' * 1_000} /b/ 301\n", CLOUDFLARE)
    assert (
        found.message == "_redirects has a line of 1,009 characters: Cloudflare Pages reads 1,000"
    )


@pytest.mark.parametrize("pattern", ["/old/{}/*", "/{}/:year/:slug", "/a{}*"])
def test_rules_for_many_addresses_have_a_limit_of_their_own(pattern: str) -> None:
    text = "".join(f"{pattern.format(n)} /a/:splat 301\n" for n in range(101))
    [found] = too_many_redirects(text, CLOUDFLARE)
    assert found.message == "_redirects has 101 patterns: Cloudflare Pages reads 100"
    plain = "".join(f"/old/{n}/ https://a.example/:x* 301\n" for n in range(2_000))
    assert too_many_redirects(plain + "/b/* /a/ 301\n", CLOUDFLARE) == ()


def test_long_header_lines_and_many_rules_are_told() -> None:
    assert too_many_headers("/*\n  X: y\n" * 100, CLOUDFLARE) == ()
    text = f"/*\n  Content-Security-Policy: {'x' * 2_000}\n" + "/a\n  X: y\n" * 100
    assert [found.message for found in too_many_headers(text, CLOUDFLARE)] == [
        "_headers has a line of 2,025 characters: Cloudflare Pages reads 2,000",
        "_headers has 101 rules: Cloudflare Pages reads 100",
    ]


@pytest.mark.parametrize(("host", "count"), [(Host.CLOUDFLARE, 1), (Host.GITHUB, 0), (Host.ANY, 1)])
def test_a_file_that_is_too_large_is_told_by_its_path(host: Host, count: int) -> None:
    film = SourceFile("static/film.mp4", 30_000_000, "0")
    small = SourceFile("static/map.pdf", 20_000_000, "1")
    found = dict(too_large_files([film, small], Config(host=host)))
    assert [len(told) for told in found.values()] == [1] * count
    for [told] in found.values():
        assert told.place.path == "static/film.mp4"
        assert told.message.startswith("30,000,000 bytes: Cloudflare Pages takes files of")


def test_a_build_tells_it_and_a_later_one_takes_it_back(make_site: MakeSite) -> None:
    aliases = "\n".join(f"- /2019/story-{number:04}/" for number in range(1_100))
    site = make_site(
        f"""
-- config.yaml --
title: Gazette
base_url: https://gazette.example/
outputs: {{redirect_pages: false}}
content_security_policy: "default-src 'none'; frame-src {" ".join(["https://e.example"] * 120)}"
-- content/articles/one.md --
---
title: One
date: 2026-03-01
aliases:
{aliases}
---
Text.
"""
    )
    assert messages(site) == [
        "_headers has a line of 2,214 characters: Cloudflare Pages reads 2,000",
        "_redirects has 2,200 lines: Cloudflare Pages reads 2,000",
        "_redirects has 2,200 lines: GitLab Pages reads 1,000",
        "_redirects has 89,100 bytes: GitLab Pages reads 65,536",
    ]
    make_site("-- content/articles/one.md --\n---\ntitle: One\ndate: 2026-03-01\n---\nText.\n")
    assert len(messages(site)) == 1


def messages(site: Path) -> list[str]:
    """What a build warns of."""
    return [problem.message for problem in build(BuildOptions(site, NOW)).problems]
