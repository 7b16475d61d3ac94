"""Old addresses of a whole site lead on: by lists, by aliases of every kind, at every host."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from generator.build import BuildOptions, BuildReport, build
from generator.live.site import LiveOptions, LiveSite
from generator.model.problems import SiteError
from tests.support.sites import MakeSite

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
ONE = """
    -- config.yaml --
    title: Gazette
    base_url: https://gazette.example/
    timezone: UTC
    sections: [news]
    -- content/articles/one.md --
    ---
    title: One
    date: 2026-03-01 09:30
    tags: [Ferry]
    authors: [Mara Quill]
    ---
    Text.
"""
STORY = "/news/2026/03/one/"
BASE = "base_url: https://gazette.example/"


def built(site: Path) -> BuildReport:
    return build(BuildOptions(site, NOW))


def told(site: Path) -> list[tuple[str, int, str]]:
    """The errors that stop a build: path, line and message."""
    with pytest.raises(SiteError) as caught:
        built(site)
    return [(p.place.path, p.place.line, p.message) for p in caught.value.problems]


def configure(site: Path, more: str) -> None:
    """Add options to a site's configuration."""
    file = site / "config.yaml"
    file.write_text(f"{file.read_text()}{more}\n")


def leads(site: Path, path: str) -> str:
    """Where the page at an old address leads."""
    page = (site / "public" / path).read_text()
    return page.partition("url=")[2].partition('"')[0]


def test_a_list_leads_old_addresses_on(make_site: MakeSite) -> None:
    site = make_site(ONE)
    make_site(
        f"""
        -- redirects.csv --
        from,to,status
        /2019/Old_One.html,{STORY}
        /shop,https://shop.example/a b,302
        /news/feed,/news/feed.xml
        /left/,,410
        """
    )
    built(site)
    assert leads(site, "2019/Old_One.html") == STORY
    assert leads(site, "shop/index.html") == "https://shop.example/a%20b"
    assert not (site / "public/left").exists()
    lines = (site / "public/_redirects").read_text().splitlines()
    assert f"/2019/Old_One.html {STORY} 301" in lines
    assert "/shop/ https://shop.example/a%20b 302" in lines


def test_what_is_wrong_in_a_list_is_told_with_file_and_line(make_site: MakeSite) -> None:
    site = make_site(ONE)
    make_site(
        f"""
        -- redirects.csv --
        from,to
        {STORY},/news/
        /a/,/b/
        /b/,/a/
        /c/,/nowhere/
        /d/,/news/
        /d/,/archive/
        /e/*,/news/
        """
    )
    assert told(site) == [
        ("redirects.csv", 2, f'the old address "{STORY}" is in use: content/articles/one.md'),
        ("redirects.csv", 3, "a redirect that leads round in a circle: /a/ -> /b/ -> /a/"),
        ("redirects.csv", 4, "a redirect that leads round in a circle: /b/ -> /a/ -> /b/"),
        ("redirects.csv", 5, 'there is nothing at "/nowhere/"'),
        ("redirects.csv", 6, 'the old address "/d/" is claimed by redirects.csv:7 too'),
        ("redirects.csv", 8, '"/e/*" holds "*"'),
    ]


def test_a_chain_leads_straight_to_its_end_with_a_word(make_site: MakeSite) -> None:
    site = make_site(ONE)
    make_site(f"-- redirects.yaml --\n/a/: /b/\n/b/: {STORY}#end\n")
    [found] = built(site).problems
    assert (found.place.path, found.place.line, found.is_error) == ("redirects.yaml", 1, False)
    assert found.message == f"a redirect that leads to a redirect: /a/ -> /b/ -> {STORY}"
    assert leads(site, "a/index.html") == f"{STORY}#end"


def test_another_program_may_answer_where_a_list_leads(make_site: MakeSite) -> None:
    site = make_site(ONE)
    configure(site, "links: {elsewhere: [/shop/]}")
    make_site("-- redirects.csv --\n/a/,/shop/boots/\n")
    built(site)
    assert leads(site, "a/index.html") == "/shop/boots/"


def test_sections_tags_and_authors_have_old_addresses(make_site: MakeSite) -> None:
    site = make_site(ONE)
    make_site(
        """
        -- content/sections/news.md --
        ---
        title: News
        aliases: [/latest/]
        ---
        -- content/tags/ferry.md --
        ---
        title: Ferry
        aliases: [Boats, /tag/ferry]
        ---
        -- content/authors/mara-quill.md --
        ---
        name: Mara Quill
        aliases: [m-quill, /staff/mara.html]
        ---
        """
    )
    built(site)
    assert leads(site, "latest/index.html") == "/news/"
    assert leads(site, "tags/boats/index.html") == leads(site, "tag/ferry/index.html")
    assert leads(site, "authors/m-quill/index.html") == "/authors/mara-quill/"
    assert leads(site, "staff/mara.html") == "/authors/mara-quill/"
    assert "/latest/feed.xml /news/feed.xml 301" in (site / "public/_redirects").read_text()


def test_addresses_with_a_query_lead_on_where_the_host_can(make_site: MakeSite) -> None:
    site = make_site(ONE)
    make_site(f"-- redirects.csv --\n/?p=12&x=1,{STORY}\n")
    [found] = built(site).problems
    assert found.message == "an address with a query: no page can stand there"
    configure(site, "host: netlify\nredirect_maps: [nginx, caddy, apache]")
    assert built(site).problems == ()
    public = site / "public"
    assert (public / "_redirects").read_text() == f"/ p=12 x=1 {STORY} 301\n"
    assert f'"/?p=12&x=1" "301 {STORY}";' in (public / "redirects.nginx.conf").read_text()
    assert "query p=12 x=1" in (public / "redirects.caddy").read_text()
    assert 'QUERY_STRING} "^p=12' in (public / ".htaccess").read_text()


def test_a_site_s_own_files_for_hosts_win_or_come_first(make_site: MakeSite) -> None:
    site = make_site(ONE)
    (site / "content/articles/one.md").write_text(
        "---\ntitle: One\ndate: 2026-03-01\naliases: [/old/]\n---\nText.\n"
    )
    make_site(
        """
        -- static/_redirects --
        /live https://live.gazette.example/ 302
        -- static/_headers --
        /*
          Referrer-Policy: no-referrer
        -- static/robots.txt --
        User-agent: Greedy
        Disallow: /
        -- static/404.html --
        <p>Ours.</p>
        -- static/.nojekyll --
        ours
        """
    )
    report = built(site)
    assert report.problems == ()
    public = site / "public"
    assert (public / "_redirects").read_text() == (
        "/live https://live.gazette.example/ 302\n/old/ /news/2026/03/one/ 301\n"
    )
    headers = (public / "_headers").read_text()
    assert headers.startswith("/*\n  Referrer-Policy: no-referrer\n\n/*\n  Content-Security-Policy")
    assert headers.count("Referrer-Policy") == 1
    assert (public / "robots.txt").read_text() == (
        "User-agent: Greedy\nDisallow: /\n\n"
        "Sitemap: https://gazette.example/sitemap.xml\n"
        "Sitemap: https://gazette.example/news-sitemap.xml\n"
    )
    for name in ("404.html", ".nojekyll"):
        assert (public / name).read_bytes() == (site / "static" / name).read_bytes()


@pytest.mark.parametrize(
    ("config", "robots"),
    [
        ("", "User-agent: *\nSitemap: https://gazette.example/mine.xml\n"),
        ("outputs: {robots: false}\n", "User-agent: *\nDisallow: /\n"),
        ("outputs: {sitemap: false, news_sitemap: false}\n", "User-agent: *\nDisallow: /\n"),
        ("base_url: https://gazette.example/paper/", "User-agent: *\nDisallow: /\n"),
    ],
)
def test_a_site_s_own_robots_file_stays_where_ours_has_nothing_to_add(
    make_site: MakeSite, config: str, robots: str
) -> None:
    site = make_site(ONE.replace(BASE, config) if config.startswith("base_url") else ONE)
    configure(site, "" if config.startswith("base_url") else config)
    make_site(f"-- static/robots.txt --\n{robots}")
    built(site)
    assert (site / "public/robots.txt").read_text() == robots


def test_a_change_of_any_of_these_is_as_a_clean_build(make_site: MakeSite) -> None:
    site = make_site(ONE)
    changes = (
        f"-- redirects.csv --\n/a/,{STORY}\n/b/,/files/x.txt\n-- static/files/x.txt --\nx\n",
        "-- redirects.csv --\n/b/,/files/x.txt\n/c/,/tags/ferry/\n-- static/robots.txt --\nours\n",
        "-- static/_redirects --\n/live /news/\n-- static/_headers --\n/*\n  X: y\n",
        "-- static/404.html --\nours\n-- static/_redirects --\n/live / 302\n",
    )
    for change in changes:
        make_site(change)
        built(site)
        assert seen(site / "public") == clean(site)
    for path in ("static/robots.txt", "static/404.html", "static/_redirects", "redirects.csv"):
        (site / path).unlink()
        built(site)
        assert seen(site / "public") == clean(site)


def test_a_list_is_checked_again_when_what_it_leads_to_goes(make_site: MakeSite) -> None:
    site = make_site(ONE)
    make_site(ONE.replace("one.md", "two.md").replace("tags: [Ferry]", "slug: two"))
    make_site("-- redirects.csv --\n/a/,/news/2026/03/two/\n/b/,/tags/ferry/\n")
    built(site)
    (site / "content/articles/two.md").unlink()
    assert told(site) == [("redirects.csv", 1, 'there is nothing at "/news/2026/03/two/"')]
    make_site("-- redirects.csv --\n/b/,/tags/ferry/\n")
    built(site)
    make_site(ONE.replace("tags: [Ferry]", "tags: [Boat]"))
    assert told(site) == [("redirects.csv", 1, 'there is nothing at "/tags/ferry/"')]


def seen(folder: Path) -> dict[str, bytes]:
    files = (file for file in folder.rglob("*") if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


def clean(site: Path) -> dict[str, bytes]:
    """What a build of everything makes of a site, elsewhere."""
    aside = site.parent / "aside"
    build(BuildOptions(site, NOW, output=aside, clean=True))
    return seen(aside)


@pytest.mark.parametrize("name", ["redirects.csv", "redirects.yaml"])
@pytest.mark.parametrize("odd", ["link", "device", "pipe", "folder"])
def test_what_is_no_list_in_place_of_one_stops_the_build(
    make_site: MakeSite, name: str, odd: str
) -> None:
    site = make_site(ONE)
    built(site)
    place = site / name
    if odd == "link":
        (site / "rows").write_text("from,to\n/old/,/\n")
        place.symlink_to("rows")
    elif odd == "device":
        place.symlink_to("/dev/zero")
    elif odd == "pipe":
        os.mkfifo(place)
    else:
        place.mkdir()
    assert told(site) == [(name, 0, "is a link, or no file")]
    live = LiveSite(site, LiveOptions(now=NOW))
    assert [problem.place.path for problem in live.problems] == [name]


def test_the_preview_sees_at_once_that_a_list_is_none_any_more(make_site: MakeSite) -> None:
    site = make_site(ONE)
    file = site / "redirects.csv"
    file.write_text("from,to\n/old/,/\n")
    live = LiveSite(site, LiveOptions(now=NOW))
    file.unlink()
    file.mkdir()
    live.refresh(frozenset({"redirects.csv"}))
    assert [problem.message for problem in live.problems] == ["is a link, or no file"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "latin-1"])
def test_a_ledger_that_an_editor_saved_in_another_encoding_stops_the_build(
    make_site: MakeSite, encoding: str
) -> None:
    site = make_site(ONE)
    file = site / "addresses.txt"
    text = "# Caf\u00e9\n/news/2026/03/one/\tstory\tcontent/articles/one.md\n"
    file.write_bytes(text.encode(encoding))
    assert told(site) == [("addresses.txt", 0, "is not UTF-8 text")]
    file.write_text(text)
    built(site)
