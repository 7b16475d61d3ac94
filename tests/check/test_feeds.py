import json
from pathlib import Path

import pytest

from generator.check.site import check_site
from generator.model.problems import Problem

PAGE = '<!doctype html><html lang="en"><title>A</title><h1>A</h1>'

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0">
<channel>
<title>Gazette</title>
<link>https://example.org/</link>
<description>News</description>
<item>
<title>A</title>
<link>https://example.org/a/</link>
<guid isPermaLink="false">tag:a</guid>
<pubDate>Thu, 15 Aug 2024 14:30:00 +0300</pubDate>
</item>
<item>
<title>B</title>
<guid isPermaLink="false">tag:b</guid>
</item>
</channel>
</rss>
"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom">
<id>tag:gazette</id>
<title>Gazette</title>
<updated>2024-08-15T14:30:00+03:00</updated>
<link rel="self" href="https://example.org/a/"/>
<entry>
<id>tag:a</id>
<title>A</title>
<updated>2024-08-15T11:30:00Z</updated>
<author><name>Ann</name></author>
</entry>
</feed>
"""

JSON = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "Gazette",
    "home_page_url": "https://example.org/",
    "items": [
        {
            "id": "tag:a",
            "url": "https://example.org/a/",
            "content_text": "",
            "date_published": "2024-08-15T14:30:00+03:00",
        }
    ],
}


def check(folder: Path, name: str, content: str | bytes) -> tuple[Problem, ...]:
    for page in ("index.html", "a/index.html"):
        (folder / page).parent.mkdir(exist_ok=True)
        (folder / page).write_text(PAGE)
    (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return check_site(folder, base_url="https://example.org/")


def faults(folder: Path, name: str, content: str | bytes) -> list[str]:
    problems = check(folder, name, content)
    assert all(problem.is_error and problem.hint for problem in problems)
    return [f"{problem.place}: {problem.message}" for problem in problems]


def test_sound_feeds_have_no_problems(tmp_path: Path) -> None:
    assert faults(tmp_path, "feed.xml", RSS) == []
    assert faults(tmp_path, "atom.xml", ATOM) == []
    assert faults(tmp_path, "feed.json", json.dumps(JSON)) == []


def test_other_xml_need_only_be_well_formed(tmp_path: Path) -> None:
    assert faults(tmp_path, "opensearch.xml", "<OpenSearchDescription/>") == []
    assert faults(tmp_path, "opensearch.xml", "<a>\n<b></a>") == [
        "opensearch.xml:2:6: not well-formed XML: mismatched tag"
    ]


def test_an_empty_file_is_no_xml(tmp_path: Path) -> None:
    assert faults(tmp_path, "feed.xml", "") == [
        "feed.xml:1:1: not well-formed XML: no element found"
    ]


@pytest.mark.parametrize(
    "doctype", ['<!DOCTYPE rss [<!ENTITY a "b">]>', '<!DOCTYPE rss SYSTEM "file:///etc/passwd">']
)
def test_a_document_type_is_refused(tmp_path: Path, doctype: str) -> None:
    source = RSS.replace("<rss", f"{doctype}\n<rss")
    assert faults(tmp_path, "feed.xml", source) == ["feed.xml:2: declares a DOCTYPE"]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("<title>Gazette</title>\n", "", "3: <channel> without <title>"),
        ("<link>https://example.org/</link>", "<link/>", "3: <channel> without <link>"),
        ("News", " ", "3: <channel> without <description>"),
        ("<title>A</title>", "", "7: <item> without <title>"),
        ('<guid isPermaLink="false">tag:b</guid>', "", "13: <item> without <guid>"),
        ("tag:b", "tag:a", '15: "tag:a" stands here twice'),
        ("org/a/<", "org/z/<", '9: address leads nowhere: "https://example.org/z/"'),
        ("https://example.org/a/", "/a/", '9: address is not absolute: "/a/"'),
        ("15 Aug 2024", "15 Aug 24", '11: not a date: "Thu, 15 Aug 24 14:30:00 +0300"'),
        ("15 Aug 2024", "15 серпня 2024", '11: not a date: "Thu, 15 серпня 2024 14:30:00 +0300"'),
        ("channel>", "canal>", None),
    ],
)
def test_what_rss_requires(tmp_path: Path, old: str, new: str, fault: str | None) -> None:
    expected = f"feed.xml:{fault or '2: an RSS feed without <channel>'}"
    assert faults(tmp_path, "feed.xml", RSS.replace(old, new)) == [expected]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("<id>tag:gazette</id>", "", "1: <feed> without <id>"),
        ("<title>Gazette</title>", "", "1: <feed> without <title>"),
        ("<updated>2024-08-15T14:30:00+03:00</updated>", "", "1: <feed> without <updated>"),
        ("<id>tag:a</id>", "<id/>", "6: <entry> without <id>"),
        ("<title>A</title>", "", "6: <entry> without <title>"),
        ("<updated>2024-08-15T11:30:00Z</updated>", "", "6: <entry> without <updated>"),
        ("<author><name>Ann</name></author>", "", "6: <entry> without <author>"),
        ("org/a/", "org/z/", '5: address leads nowhere: "https://example.org/z/"'),
        ("T11:30:00Z", " 11:30", '9: not a date: "2024-08-15 11:30"'),
        ("08-15T11", "02-30T11", '9: not a date: "2024-02-30T11:30:00Z"'),
    ],
)
def test_what_atom_requires(tmp_path: Path, old: str, new: str, fault: str) -> None:
    assert faults(tmp_path, "atom.xml", ATOM.replace(old, new)) == [f"atom.xml:{fault}"]


def test_atom_ids_are_unique(tmp_path: Path) -> None:
    entry = ATOM[ATOM.index("<entry>") : ATOM.index("</feed>")]
    assert faults(tmp_path, "atom.xml", ATOM.replace(entry, entry * 2)) == [
        'atom.xml:13: "tag:a" stands here twice'
    ]


def test_one_author_of_an_atom_feed_is_enough_for_all(tmp_path: Path) -> None:
    author = "<author><name>Ann</name></author>"
    source = ATOM.replace(author, "").replace("<entry>", author + "<entry>")
    assert faults(tmp_path, "atom.xml", source) == []


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"version": "1.1"}, "not a JSON Feed 1.1"),
        ({"title": None}, 'a JSON feed without "title"'),
        ({"items": None}, 'a JSON feed without "items"'),
        ({"feed_url": "/feed.json"}, 'address is not absolute: "/feed.json"'),
    ],
)
def test_what_a_json_feed_requires(tmp_path: Path, change: dict[str, object], fault: str) -> None:
    assert faults(tmp_path, "feed.json", json.dumps({**JSON, **change})) == [f"feed.json: {fault}"]


@pytest.mark.parametrize(
    ("item", "fault"),
    [
        ({"content_text": "x"}, 'item 1 without "id"'),
        ({"id": 7, "content_text": "x"}, 'item 1 without "id"'),
        ({"id": "7"}, 'item 1 without "content_html"'),
        (
            {"id": "7", "content_html": "", "url": "https://example.org/z/"},
            'address leads nowhere: "https://example.org/z/"',
        ),
        (
            {"id": "7", "content_html": "", "date_modified": "2024-08-15"},
            'not a date: "2024-08-15"',
        ),
    ],
)
def test_what_an_item_of_a_json_feed_requires(
    tmp_path: Path, item: dict[str, object], fault: str
) -> None:
    source = json.dumps({**JSON, "items": [item]})
    assert faults(tmp_path, "feed.json", source) == [f"feed.json: {fault}"]


def test_ids_in_a_json_feed_are_unique(tmp_path: Path) -> None:
    items = [{"id": "7", "content_text": "x"}] * 2
    source = json.dumps({**JSON, "items": items})
    assert faults(tmp_path, "feed.json", source) == ['feed.json: "7" stands here twice']


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("{\n oops}", "feed.json:2:2: not JSON: "),
        (b"\xff", "feed.json: not JSON in UTF-8"),
        ("[" * 100_000, "feed.json: not JSON in UTF-8"),
        ("[]", "feed.json: not a JSON Feed 1.1"),
        ('{"items": [3]}', "feed.json: not a JSON Feed 1.1"),
    ],
)
def test_what_is_no_json_is_a_problem(tmp_path: Path, source: str | bytes, fault: str) -> None:
    (told,) = faults(tmp_path, "feed.json", source)
    assert told.startswith(fault)
