"""Hostile texts in every field of every file: they are shown as they are, and do nothing."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree as ET

import feedparser
import pytest

from generator.build import BuildOptions, build
from generator.model.line_text import as_line
from generator.model.problems import Problem, SiteError
from generator.model.tag_keys import invisible_characters
from tests.support.demo import NOW, Pages, parse_pages
from tests.support.photos import photograph, put, saved

pytestmark = pytest.mark.slow

ESCAPED = re.compile(r"(?<!\\)\\u([0-9a-f]{4})")
ADDRESSES = ("href", "src", "poster", "data", "action", "formaction", "cite", "srcset", "ping")
# All that the theme makes of texts without raw HTML.
ELEMENTS = {
    *("html", "head", "meta", "title", "link", "script", "body", "header", "nav", "main", "footer"),
    *("article", "section", "aside", "h1", "h2", "h3", "p", "ul", "li", "div", "pre", "code"),
    *("figure", "img", "figcaption", "a", "span", "bdi", "time", "data"),
}
PICTURE = "no picture at all; its name is what counts"
CONFIG = """\
title: Hostile
base_url: https://hostile.example/
footer: []
navigation: [{title: Front, url: /}]
feeds: {items: 500, full_text: true}
page_size: 500
outputs: {section_feeds: false, tag_feeds: false, author_feeds: false}
"""
HOSTILE_CONFIG = """\
title: TEXT
tagline: TEXT
description: TEXT
base_url: https://hostile.example/
organization: {name: TEXT, founded: TEXT, email: TEXT, mission: /about/}
navigation: [{title: TEXT, url: /}]
footer: [{title: TEXT, url: /about/}]
titles: {tags: TEXT, authors: TEXT, archive: TEXT, not_found: TEXT}
extra: {text: TEXT}
"""
STORY = """\
---
title: LINE
seo_title: LINE
short_title: LINE
summary: LINE
kicker: LABEL
dateline: LINE
location: LINE
id: TEXT
date: 2025-01-01
section: sNUMBER
tags: [TAGGED]
authors: [aNUMBER]
image: {src: /p.png, alt: LINE, caption: LINE, credit: LINE}
extra: {text: TEXT}
---
Text.

~~~~~~
PLAIN
~~~~~~
"""
SITE = {
    "articles/sNUMBER.md": STORY,
    "articles/by/bNUMBER.md": "---\ntitle: LINE\ndate: 2024-01-01\nbyline: LINE\n---\n",
    "sections/sNUMBER.md": "---\ntitle: LINE\ndescription: LINE\n---\n",
    "tags/tNUMBER.md": "---\ntitle: LABEL\ndescription: LINE\n---\n",
    "authors/aNUMBER.md": "---\nname: LABEL\nrole: LINE\ndescription: LINE\n---\n",
    "pages/pNUMBER.md": "---\ntitle: LINE\nseo_title: LINE\nsummary: LINE\n---\n",
}


def payloads() -> list[str]:
    text = (Path(__file__).parent / "hostile.txt").read_text("utf-8")
    plain = ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    return plain.encode("utf-16", "surrogatepass").decode("utf-16").split("\n")[:-1]


def quoted(text: str) -> str:
    """A text as YAML takes it between double quotes."""
    escapes = {ord(c): f"\\u{ord(c):04x}" for c in "\u2028\u2029\ufeff\x85"}
    return json.dumps(text, ensure_ascii=False).translate(escapes)


def written(template: str, number: int, text: str) -> str:
    """A file with the text in each of its fields, written so that it shows as it is.

    Names of tags and people may not hide marks.
    """
    seen = "hidden" if invisible_characters(text) else text
    label = f"{seen} n{number}"
    fields = {
        "NUMBER": str(number),
        "PLAIN": text,
        "TAGGED": quoted(label.replace("&", "&amp;")),
        "LABEL": quoted(as_line(label)),
        "LINE": quoted(as_line(text)),
        "TEXT": quoted(text),
    }
    for name, value in fields.items():
        template = template.replace(name, value)
    return template


SHOWN_ALL_THE_SAME = ("this means nothing here, ", "readers see this ", "readers would see this ")


def is_of_more(problem: Problem) -> bool:
    """Whether something is told beside signs that do nothing and are shown as they stand."""
    return not problem.message.startswith(SHOWN_ALL_THE_SAME)


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = tmp_path_factory.mktemp("hostile")
    files = {"config.yaml": CONFIG}
    for number, text in enumerate(payloads()):
        for path, template in SITE.items():
            path = f"content/{path.replace('NUMBER', str(number))}"  # noqa: PLW2901 - shorter
            files[path] = written(template, number, text)
    write(site, files)
    put(site, "static/p.png", saved(photograph((9, 6)), "PNG"))
    report = build(BuildOptions(site, NOW, workers=0))
    assert not any(map(is_of_more, report.problems))
    return report.output


@pytest.fixture(scope="module")
def pages(output: Path) -> Pages:
    return parse_pages(output)


def write(site: Path, files: Mapping[str, str]) -> None:
    for path, text in files.items():
        file = site / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode())


def in_one_line(text: str) -> str:
    return " ".join(text.split())


def shown(element: ET.Element | None) -> str:
    return in_one_line("".join(element.itertext())) if element is not None else ""


def with_class(page: ET.Element, name: str) -> ET.Element:
    return next(e for e in page.iter() if name in e.get("class", "").split())


def meta(page: ET.Element, name: str) -> str:
    found = page.find(f".//meta[@property='{name}']")
    found = page.find(f".//meta[@name='{name}']") if found is None else found
    return in_one_line(found.get("content", "")) if found is not None else ""


def faults(page: ET.Element) -> Iterator[str]:
    """What a page does that no text may make it do."""
    for element in page.iter():
        if element.tag not in ELEMENTS:
            yield f"<{element.tag}>"
        if element.tag == "script" and element.get("type") != "application/ld+json":
            yield "a script"
        for name, value in element.items():
            if name.startswith("on") or name in ("style", "srcdoc", "http-equiv"):
                yield f"{name}={value}"
            elif name in ADDRESSES:
                parts = urlsplit(value)
                if parts.netloc not in ("", "hostile.example") or parts.scheme not in ("", "https"):
                    yield f"{name}={value}"


def test_there_are_many_hostile_texts() -> None:
    texts = payloads()
    assert len(set(texts)) == len(texts) > 120


def test_no_page_does_what_a_text_says(pages: Pages) -> None:
    assert len(pages) > 5 * len(payloads())
    assert {path: found for path, page in pages.items() if (found := [*faults(page)])} == {}


def test_a_story_shows_its_texts_as_they_are(pages: Pages) -> None:
    for number, text in enumerate(payloads()):
        page = pages[f"s{number}/2025/01/s{number}/index.html"]
        line = in_one_line(text)
        assert shown(with_class(page, "headline")) == line
        assert shown(with_class(page, "standfirst")) == line
        assert shown(with_class(page, "dateline")) == f"{line} —"
        assert shown(with_class(page, "kicker")).startswith(f"{line} ")
        assert shown(with_class(page, "kicker")).endswith(f" n{number}")
        figure = with_class(page, "lead-picture")
        assert [shown(span) for span in figure.iter("span")] == [line, line]
        assert [in_one_line(image.get("alt", "")) for image in figure.iter("img")] == [line]
        for name in ("og:title", "og:description", "description", "og:image:alt"):
            assert meta(page, name) == line, name
        assert line in shown(page.find(".//title"))
        assert with_class(page, "prose").findtext(".//code", "").strip("\n") == text
        assert f"n{number}" in shown(with_class(page, "p-category"))
        (data,) = page.iter("script")
        story = json.loads(data.text or "")["@graph"][0]
        assert (story["headline"], story["description"]) == (line, line)


@pytest.mark.parametrize(
    ("pattern", "name"),
    [
        ("news/2024/01/b{}", "byline"),
        ("s{}", "title"),
        ("s{}", "standfirst"),
        ("tags/t{}", "standfirst"),
        ("authors/a{}", "role"),
        ("p{}", "headline"),
        ("p{}", "standfirst"),
    ],
)
def test_other_pages_show_theirs(pattern: str, name: str, pages: Pages) -> None:
    for number, text in enumerate(payloads()):
        page = pages[f"{pattern.format(number)}/index.html"]
        assert shown(with_class(page, name)) == in_one_line(text)


def test_feeds_carry_them_as_they_are(output: Path) -> None:
    expected = {in_one_line(text) for text in payloads()}
    rss = feedparser.parse((output / "feed.xml").read_bytes(), sanitize_html=False)
    atom = feedparser.parse((output / "atom.xml").read_bytes(), sanitize_html=False)
    assert not rss.bozo
    assert not atom.bozo
    root = ET.fromstring((output / "feed.xml").read_bytes())  # noqa: S314 - our own
    assert {in_one_line(item.findtext("title", "")) for item in root.iter("item")} == expected
    items = json.loads((output / "feed.json").read_text("utf-8"))["items"]
    assert {in_one_line(item["title"]) for item in items} == expected
    assert len(rss.entries) == len(atom.entries) == len(items) == 2 * len(payloads())


def test_all_xml_is_well_formed(output: Path) -> None:
    for file in output.rglob("*.xml"):
        assert ET.fromstring(file.read_bytes()) is not None  # noqa: S314 - our own


def test_texts_that_are_not_escaped_are_no_way_in_either(tmp_path: Path) -> None:
    files = {"config.yaml": CONFIG}
    for number, text in enumerate(payloads()):
        story = STORY.replace("LINE", quoted(text)).replace("LABEL", quoted(f"{text} n{number}"))
        files[f"content/articles/s{number}.md"] = written(story, number, text)
    write(tmp_path, files)
    put(tmp_path, "static/p.png", saved(photograph((9, 6)), "PNG"))
    report = build(BuildOptions(tmp_path, NOW, keep_going=True, workers=0))
    assert {problem.message for problem in filter(is_of_more, report.problems)} == {
        "a picture without a text",
        "an HTML tag in a text is left out",
        "no words in the title",
    }
    pages = parse_pages(report.output)
    assert len(pages) > len(payloads())
    marks = {"em", "strong", "code"}
    found = {path: [*faults(page)] for path, page in pages.items()}
    assert {fault for every in found.values() for fault in every} <= {f"<{m}>" for m in marks}


def test_the_configuration_is_no_way_in(tmp_path: Path) -> None:
    text = in_one_line(" ".join(payloads()))
    story = "---\ntitle: A\ndate: 2025-01-01\ntags: b\nauthor: c\n---\n"
    write(
        tmp_path,
        {
            "config.yaml": HOSTILE_CONFIG.replace("TEXT", quoted(text)),
            "content/pages/about.md": "---\ntitle: About\n---\n",
            "content/articles/a.md": story,
        },
    )
    report = build(BuildOptions(tmp_path, NOW, workers=0))
    assert report.problems == ()
    pages = parse_pages(report.output)
    assert {path: found for path, page in pages.items() if (found := [*faults(page)])} == {}
    assert all(shown(with_class(page, "nameplate")) == text for page in pages.values())
    for path in ("tags/index.html", "authors/index.html", "archive/index.html", "404.html"):
        assert shown(with_class(pages[path], "title")) == text
    assert ET.parse(report.output / "feed.xml").findtext(".//channel/title") == text  # noqa: S314


SCRIPTS = (
    "javascript:tarrow(1)",
    "JavaScript:tarrow(2)",
    "javascript&colon;tarrow(3)",
    "&#106;avascript:tarrow(4)",
    "&#x6A;avascript:tarrow(5)",
    "java&Tab;script:tarrow(6)",
    "java&NewLine;script:tarrow(7)",
    "\u0001javascript:tarrow(8)",
    "vbscript:tarrow(9)",
    "data:text/html,tarrow(10)",
    "DATA:text/html;base64,dGFycm93",
    "data:image/svg+xml;base64,PHN2Zz4=",
    "jAvAsCrIpT&#58;tarrow(12)",
    "\\javascript:tarrow(13)",
    "blob:https://evil.example/tarrow",
    "filesystem:https://evil.example/tarrow",
    "view-source:javascript:tarrow(14)",
)
PLACES = {
    "link": "[boo]({})",
    "angled link": "[boo](<{}>)",
    "picture": "![boo]({})",
    "reference": "[boo][x]\n\n[x]: {}",
    "titled": '[boo]({} "title")',
    "in a heading": "# [boo]({})",
    "in a table": "a | b\n--|--\n[boo]({}) | c",
}


@pytest.mark.parametrize("place", PLACES)
def test_an_address_that_runs_is_refused(place: str, tmp_path: Path) -> None:
    story = "---\ntitle: A\ndate: 2025-01-01\n---\n"
    texts = (story + PLACES[place].format(url) for url in SCRIPTS)
    files = {f"content/articles/s{number}.md": text for number, text in enumerate(texts)}
    write(tmp_path, {"config.yaml": "title: T\n", **files})
    report = build(BuildOptions(tmp_path, NOW, keep_going=True, workers=0))
    assert {problem.place.path for problem in report.problems if problem.is_error} == set(files)
    published = [*(report.output / "news").rglob("s*/index.html")]
    # With a backslash in front it is a file that is not there: its link goes, its story stays.
    assert {page.parent.name for page in published} <= {"s13"}
    assert not any("tarrow" in page.read_text("utf-8") for page in published)


SETTINGS = {
    "articles": "title: A\ndate: 2025-01-01\nimage: TEXT",
    "articles/more": "title: A\ndate: 2025-01-01\nimage: {src: TEXT, alt: a}",
    "articles/old": "title: A\ndate: 2025-01-01\naliases: [TEXT]",
    "articles/own": "title: A\ndate: 2025-01-01\nurl: TEXT",
    "authors": "name: A\nlinks: [TEXT]",
    "pages": "title: A\nimage: TEXT",
}


@pytest.mark.parametrize("place", SETTINGS)
def test_a_setting_that_runs_is_refused(place: str, tmp_path: Path) -> None:
    plain = (url for url in SCRIPTS if "&" not in url)  # entities mean something in HTML only
    settings = (SETTINGS[place].replace("TEXT", quoted(url)) for url in plain)
    files = {f"content/{place}/s{n}.md": f"---\n{text}\n---\n" for n, text in enumerate(settings)}
    write(tmp_path, {"config.yaml": "title: T\n", **files})
    report = build(BuildOptions(tmp_path, NOW, keep_going=True, workers=0))
    assert {problem.place.path for problem in report.problems if problem.is_error} == set(files)


CONFIGURED = (
    "navigation: [{title: A, url: TEXT}]",
    "footer: [{title: A, url: TEXT}]",
    "default_image: TEXT",
    "organization: {logo: TEXT}",
    "organization: {same_as: [TEXT]}",
    "organization: {ownership: TEXT}",
    "base_url: TEXT",
)


@pytest.mark.parametrize("option", CONFIGURED)
def test_an_option_that_runs_is_refused(option: str, tmp_path: Path) -> None:
    for url in SCRIPTS[::4]:
        write(tmp_path, {"config.yaml": f"title: T\n{option.replace('TEXT', quoted(url))}\n"})
        with pytest.raises(SiteError):
            build(BuildOptions(tmp_path, NOW, workers=0))


FILE_NAMES = (
    '"><img src=x onerror=tarrow(1)>.svg',
    "a' onmouseover='tarrow(2).svg",
    'a"onload="tarrow(3).svg',
    "{{7*7}}{% x %}.svg",
    "<script>.svg",
    "a b  c.svg",
    "a&amp;b&lt;.svg",
    "%3Cb%3E%2e%2e.svg",
    "#part?query=1.svg",
    "-->]]>.svg",
    "'';!--=&{()}.svg",
    "back\\slash.svg",
    "Ü\u0301й\U0001f600.svg",
)


def test_a_files_name_is_no_way_in(tmp_path: Path) -> None:
    files = {"config.yaml": CONFIG}
    for number, name in enumerate(FILE_NAMES):
        settings = f"title: A\ndate: 2025-01-01\nimage: {{src: {quoted(name)}, alt: a}}"
        files[f"content/articles/{number}/index.md"] = f"---\n{settings}\n---\n"
        files[f"content/articles/{number}/{name}"] = PICTURE
        files[f"static/{name}"] = PICTURE
    write(tmp_path, files)
    report = build(BuildOptions(tmp_path, NOW, workers=0))
    assert [problem for problem in report.problems if problem.is_error] == []
    pages = parse_pages(report.output)
    assert {path: found for path, page in pages.items() if (found := [*faults(page)])} == {}
    for number, name in enumerate(FILE_NAMES):
        page = pages[f"news/2025/01/{number}/index.html"]
        (source,) = (image.get("src", "") for image in page.iter("img"))
        assert (report.output / unquote(source)[1:]).read_text() == PICTURE, name
        assert (report.output / name).read_text() == PICTURE
