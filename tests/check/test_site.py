import os
import subprocess
from pathlib import Path

import pytest

from generator.check.site import check_site
from generator.model.problems import Problem

BASE = "https://example.org/"


def page(body: str = "", *, head: str = "", h1: str = "<h1>Harbour</h1>") -> str:
    return f"""<!doctype html>
<html lang="en">
<head><title>Harbour</title>{head}</head>
<body>
{h1}
{body}
</body>
</html>
"""


def publish(folder: Path, files: dict[str, str | bytes]) -> None:
    for path, content in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)


def check(
    folder: Path, files: dict[str, str | bytes], *, base_url: str = BASE
) -> tuple[Problem, ...]:
    publish(folder, {"index.html": page(), **files})
    return check_site(folder, base_url=base_url)


def told(problems: tuple[Problem, ...]) -> list[str]:
    return [f"{problem.severity}: {problem.place}: {problem.message}" for problem in problems]


def one(problems: tuple[Problem, ...]) -> Problem:
    assert len(problems) == 1, told(problems)
    return problems[0]


def of_body(folder: Path, body: str) -> tuple[Problem, ...]:
    return check(folder, {"index.html": page(body)})


def test_a_sound_site_has_no_problems(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "index.html": page(
            '<a href="/world/">World</a> <a href="world/a%20b.png?big">picture</a>'
            '<img src="world/a%20b.png" alt="" srcset="/world/a%20b.png 2x, world/a%20b.png 3x">'
            '<a href="https://example.org/world/#top">top</a> <a href="#">here</a>'
            '<a href="/world/#kursk">Kursk</a> <a href="mailto:a@example.org">post</a>'
            '<a href="https://elsewhere.example/no">other site</a>'
            '<h2 id="news">News</h2><h3>More</h3><h2>Last</h2><a href="#news">news</a>',
            head='<link rel="canonical" href="https://example.org/">'
            '<link rel="stylesheet" href="/css/site.css"><link rel="icon" href="icon.svg">',
        ),
        "world/index.html": page('<p id="kursk">Kursk</p><a href="../#news">home</a>'),
        "world/a b.png": b"",
        "css/site.css": '@import "more.css"; a { background: url("../world/a b.png") }',
        "css/more.css": "",
        "icon.svg": "<svg/>",
        "robots.txt": "",
    }
    assert told(check(tmp_path, files)) == []


def test_a_folder_without_pages_is_an_error(tmp_path: Path) -> None:
    problem = one(check_site(tmp_path, base_url=BASE))
    assert problem.message == "no page in this folder"
    assert problem.is_error


def test_a_dead_link_is_an_error_with_its_place_and_line(tmp_path: Path) -> None:
    problem = one(of_body(tmp_path, '<p>\n  <a href="/gone/">gone</a>'))
    assert told((problem,)) == ['error: index.html:7:3: link leads nowhere: "/gone/"']
    assert problem.excerpt == '  <a href="/gone/">gone</a>'


def test_the_tag_at_fault_is_marked_in_its_line(tmp_path: Path) -> None:
    problem = one(of_body(tmp_path, '<p>See <a href="/gone/">gone</a>'))
    assert problem.excerpt[problem.place.column - 1 :][: problem.width] == '<a href="/gone/">'


def test_an_endless_line_is_not_shown(tmp_path: Path) -> None:
    problem = one(of_body(tmp_path, f'<a href="/gone/">{"gone " * 200}</a>'))
    assert not problem.excerpt


@pytest.mark.parametrize(
    ("markup", "what"),
    [
        ('<img src="/x.png" alt="">', "picture"),
        ('<img srcset="/index.html 1x, /x.png 2x" alt="">', "picture"),
        ('<picture><source srcset="x.png, /index.html 2x"></picture>', "picture"),
        ('<link rel="preload stylesheet" href="/x.css">', "style sheet"),
        ('<link rel="shortcut icon" href="/x.ico">', "icon"),
        ('<link rel="alternate" href="/x.xml">', "link"),
        ('<script src="/x.js"></script>', "script"),
        ('<video poster="/x.png" src="/index.html"></video>', "picture"),
        ('<iframe src="/x/" title="x"></iframe>', "page in a frame"),
        ('<object data="/x.pdf"></object>', "file"),
        ('<map><area href="/x/" alt="x"></map>', "link"),
        ('<form action="/x/"></form>', "form's target"),
        ('<svg><use xlink:href="/x.svg#a"/></svg>', "picture"),
        ('<p style="background: url(/x.png)"></p>', "file in a style sheet"),
        ("<style>p { background: url('/x.png') }</style>", "file in a style sheet"),
        ('<meta property="og:image" content="https://example.org/x.png">', "picture for sharing"),
        ('<meta name="twitter:image" content="/x.png">', "picture for sharing"),
    ],
)
def test_everything_a_page_names_must_be_there(tmp_path: Path, markup: str, what: str) -> None:
    problem = one(of_body(tmp_path, markup))
    assert problem.message.startswith(f"{what} leads nowhere: ")
    assert problem.is_error
    assert problem.place.line == 6


@pytest.mark.parametrize(
    "markup",
    [
        '<link rel="preconnect" href="/cdn">',
        '<a name="x">no link</a>',
        '<a href="tel:+380440000000">call</a>',
        '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" alt="">',
        '<p style="filter: url(#blur)"></p>',
        '<form action=""></form>',
        "<!-- <a href='/gone/'>x</a> -->",
        '<script>"<a href=/gone/>"</script>',
        '<meta http-equiv="refresh" content="300">',
        '<a href="//elsewhere.example/x">x</a>',
    ],
)
def test_what_leads_to_no_file_of_the_site_is_left_alone(tmp_path: Path, markup: str) -> None:
    assert told(of_body(tmp_path, markup)) == []


def test_a_relative_address_counts_from_its_page(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"a/b/index.html": page('<a href="../c/">c</a>')}
    assert one(check(tmp_path, files)).message == 'link leads nowhere: "../c/"'
    assert told(check(tmp_path, {**files, "a/c/index.html": page()})) == []


def test_a_relative_address_counts_from_the_base_element(tmp_path: Path) -> None:
    body = '<a href="b/">b</a>'
    files: dict[str, str | bytes] = {
        "index.html": page(body, head='<base href="/a/">'),
        "a/b/index.html": page(),
    }
    assert told(check(tmp_path, files)) == []


def test_an_absolute_address_on_the_own_origin_is_internal(tmp_path: Path) -> None:
    body = '<a href="HTTPS://Example.org:443/x/">x</a> <a href="http://example.org/y/">y</a>'
    assert [p.message.split()[0] for p in of_body(tmp_path, body)] == ["link", "link"]


def test_a_port_makes_another_site(tmp_path: Path) -> None:
    assert told(of_body(tmp_path, '<a href="https://example.org:8443/x/">x</a>')) == []


def test_every_link_lives_under_the_base_path(tmp_path: Path) -> None:
    body = '<a href="/news/">home</a> <a href="/other/">other</a> <a href="/newspaper/">p</a>'
    problems = check(tmp_path, {"index.html": page(body)}, base_url="https://example.org/news/")
    assert [problem.message for problem in problems] == [
        'link leads out of the site, which lives under /news/: "/other/"',
        'link leads out of the site, which lives under /news/: "/newspaper/"',
    ]
    assert problems[0].hint == "Write /news/other/ if you mean this site's page."


def test_a_page_without_its_last_slash_is_a_warning(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "index.html": page('<a href="/world#kursk">world</a>'),
        "world/index.html": page('<p id="kursk"></p>'),
    }
    problem = one(check(tmp_path, files))
    assert problem.message == 'link lacks the slash at its end: "/world#kursk"'
    assert not problem.is_error


def test_capitals_matter_and_the_hint_says_so(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"world/index.html": page('<a href="/World/">w</a>')}
    assert one(check(tmp_path, files)).hint.startswith("There is /world/: mind capitals")


@pytest.mark.parametrize(
    ("url", "fault"),
    [
        ("javascript:alert(1)", "is a script"),
        (" JavaScript:alert(1)", "is a script"),
        ("https://[::1/", "is no address"),
        ("https://example.org:port/", "is no address"),
    ],
)
def test_what_is_no_address_is_an_error(tmp_path: Path, url: str, fault: str) -> None:
    problem = one(of_body(tmp_path, f'<a href="{url}">x</a>'))
    assert problem.message == f'link {fault}: "{url.strip()}"'
    assert problem.is_error


def test_an_empty_address_is_a_warning(tmp_path: Path) -> None:
    problem = one(of_body(tmp_path, '<img src="" alt="">'))
    assert told((problem,)) == ["warning: index.html:6:1: picture without an address"]


def test_a_dead_fragment_is_a_warning_on_any_page(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "index.html": page('<a href="#here">a</a> <a href="/b/#there">b</a>'),
        "b/index.html": page('<a href="/#here">a</a> <a name="there"></a>'),
    }
    assert told(check(tmp_path, files)) == [
        'warning: b/index.html:6:1: link leads to no part of its page: "/#here"',
        'warning: index.html:6:1: link leads to no part of its page: "#here"',
    ]


def test_a_fragment_is_compared_decoded(tmp_path: Path) -> None:
    body = '<p id="Курськ"></p><a href="#%D0%9A%D1%83%D1%80%D1%81%D1%8C%D0%BA">x</a>'
    assert told(of_body(tmp_path, body)) == []


def test_fragments_that_are_no_ids_are_left_alone(tmp_path: Path) -> None:
    body = (
        '<a href="#:~:text=Harbour">text</a> <a href="#Top">top</a> <a href="/a.pdf#page=2">pdf</a>'
    )
    files: dict[str, str | bytes] = {"index.html": page(body), "a.pdf": b"%PDF"}
    assert told(check(tmp_path, files)) == []


@pytest.mark.parametrize(
    ("h1", "body", "message"),
    [
        ("", "", "no h1 heading"),
        ("<h1>A</h1>", "<h1>B</h1>", "a second h1 heading"),
        ("<h1>A</h1>", "<h2>B</h2><h4>C</h4>", "h2 is followed by h4"),
        ("<h1>A</h1>", "<h3>B</h3>", "h1 is followed by h3"),
    ],
)
def test_headings_are_one_h1_and_no_level_is_skipped(
    tmp_path: Path, h1: str, body: str, message: str
) -> None:
    problem = one(check(tmp_path, {"index.html": page(body, h1=h1)}))
    assert problem.message == message
    assert not problem.is_error


def test_a_frame_needs_a_title(tmp_path: Path) -> None:
    frames = '<iframe src="/" title="Votes"></iframe><iframe src="/" title=" "></iframe>'
    problem = one(of_body(tmp_path, frames))
    assert told((problem,)) == ['warning: index.html:6:40: a frame without a title: "/"']


def test_a_picture_needs_an_alt_text_even_if_empty(tmp_path: Path) -> None:
    problem = one(of_body(tmp_path, '<img src="/index.html"><img src="/index.html" alt>'))
    assert told((problem,)) == ['warning: index.html:6:1: no alt text: "/index.html"']


def test_an_id_is_used_once_in_a_page(tmp_path: Path) -> None:
    problem = one(of_body(tmp_path, '<p id="a"></p>\n<p id="a"></p>'))
    assert told((problem,)) == ['warning: index.html:7:1: id "a" is used twice']
    assert problem.hint.startswith("It is also on line 6")


def test_a_page_says_its_language(tmp_path: Path) -> None:
    for html in ("<html>", '<html lang="">', ""):
        source = page().replace('<html lang="en">', html)
        assert one(check(tmp_path, {"index.html": source})).message == "no language"


def test_a_page_has_a_title_of_its_own(tmp_path: Path) -> None:
    drawing = "<svg><title>A drawing</title></svg>"
    for title in ("", "<title> </title>", drawing):
        source = page().replace("<title>Harbour</title>", title)
        assert one(check(tmp_path, {"index.html": source})).message == "no title"


def test_structured_data_is_json(tmp_path: Path) -> None:
    block = '<script type="application/ld+json">\n{"a": "</b>",\n%s}</script>'
    assert told(of_body(tmp_path, block % '"b": 1')) == []
    problem = one(of_body(tmp_path, block % "oops"))
    assert str(problem.place) == "index.html:8"
    assert problem.message.startswith("structured data is not JSON: ")
    assert problem.is_error


def test_structured_data_nested_without_end_is_no_crash(tmp_path: Path) -> None:
    block = f'<script type="application/ld+json">{"[" * 200_000}</script>'
    assert one(of_body(tmp_path, block)).message.endswith("nested too deeply")


def test_two_indexable_pages_do_not_share_a_canonical_address(tmp_path: Path) -> None:
    canonical = '<link rel="canonical" href="https://example.org/">'
    same: dict[str, str | bytes] = {"index.html": page(head=canonical)}
    problem = one(check(tmp_path, {**same, "a/index.html": page(head=canonical)}))
    assert problem.message == "canonical address is also that of a/index.html"
    hidden = canonical + '<meta name="robots" content="follow, NoIndex">'
    assert told(check(tmp_path, {**same, "a/index.html": page(head=hidden)})) == []


def test_a_canonical_address_must_be_there(tmp_path: Path) -> None:
    head = '<link rel="canonical" href="https://example.org/gone/">'
    problem = one(check(tmp_path, {"index.html": page(head=head)}))
    assert problem.message == 'canonical address leads nowhere: "https://example.org/gone/"'


@pytest.mark.parametrize("content", ["0; url=/new/", "0;URL='/new/'", "5 , /new/"])
def test_a_redirect_leads_to_a_page_and_needs_no_heading(tmp_path: Path, content: str) -> None:
    old = f'<title>Moved</title><meta http-equiv="Refresh" content="{content}">'
    problem = one(check(tmp_path, {"old/index.html": old}))
    assert problem.message == 'redirect leads nowhere: "/new/"'
    assert told(check(tmp_path, {"old/index.html": old, "new/index.html": page()})) == []


def test_a_style_sheet_counts_from_its_own_place(tmp_path: Path) -> None:
    css = "/* url(no.png) */\np { background:\n  url( 'no.png' ) }"
    problem = one(check(tmp_path, {"css/site.css": css, "no.png": b""}))
    assert told((problem,)) == [
        'error: css/site.css:3:3: file in a style sheet leads nowhere: "no.png"'
    ]


def test_a_page_that_is_not_utf_8_is_told_with_its_line(tmp_path: Path) -> None:
    problem = one(check(tmp_path, {"a.html": page("caf\xe9").encode("latin-1")}))
    assert told((problem,)) == ["error: a.html:6: not UTF-8"]


def test_html_that_breaks_the_parser_is_a_problem(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "index.html": page('<a href="/b/#x">x</a>'),
        "b/index.html": page("<![oops[ x ]]> <a href='/gone/'>x</a>"),
    }
    problems = check(tmp_path, files)
    assert "b/index.html" in {problem.place.path for problem in problems}


def test_a_file_that_cannot_be_read_is_a_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(tmp_path, {"index.html": page(), "lost.html": page()})
    read_bytes = Path.read_bytes

    def refused(file: Path) -> bytes:
        if file.name == "lost.html":
            raise PermissionError(13, "Permission denied")
        return read_bytes(file)

    monkeypatch.setattr(Path, "read_bytes", refused)
    problem = one(check_site(tmp_path, base_url=BASE))
    assert problem.message == "cannot be read: Permission denied"


def test_a_fault_of_the_layout_is_told_once(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        f"{number:02}/index.html": page('<a href="/gone/">x</a>') for number in range(11)
    }
    problem = one(check(tmp_path, files))
    assert problem.message == 'link leads nowhere: "/gone/" (11 times)'
    assert problem.place.path == "00/index.html"


def test_progress_is_told(tmp_path: Path) -> None:
    publish(tmp_path, {"index.html": page(), "a.css": "", "b.png": b""})
    steps: list[tuple[int, int]] = []
    check_site(tmp_path, base_url=BASE, progress=lambda done, all_: steps.append((done, all_)))
    assert steps == [(1, 3), (2, 3), (3, 3)]


ODD_ZONE = "Thu, 15 Aug 2024 14:30:00 +99999999999"
MALFORMED: dict[str, tuple[str, str | bytes]] = {
    "a base that is no address": ("a.html", page(head='<base href="http://[">')),
    "a link that is no address": ("a.html", page('<a href="http://[">x</a>')),
    "a canonical that is none": ("a.html", page(head='<link rel=canonical href="http://[">')),
    "an endless reference": ("a.html", page(f'<a href="&#{"1" * 5000}">x</a>')),
    "an endless hexadecimal": ("a.html", page(f'<a title="&#x{"f" * 5000};">x</a>')),
    "an endless title": ("a.html", page().replace("Harbour", f"&#{'9' * 5000};", 1)),
    "an endless number": (
        "a.html",
        page(f'<script type="application/ld+json">{{"a":{"9" * 5000}}}</script>'),
    ),
    "a deep list": (
        "a.html",
        page(f'<script type="application/ld+json">{"[" * 100_000}</script>'),
    ),
    "an endless number in a feed": (
        "feed.json",
        f'{{"version":"https://jsonfeed.org/version/1.1","title":"a","items":[{"9" * 5000}]}}',
    ),
    "a deep feed": ("feed.json", "[" * 100_000),
    "an unknown encoding": ("feed.xml", '<?xml version="1.0" encoding="x-nope"?><rss/>'),
    "an encoding of many bytes": ("feed.xml", '<?xml version="1.0" encoding="utf-7"?><rss/>'),
    "an empty encoding": ("feed.xml", '<?xml version="1.0" encoding=""?><rss/>'),
    "a date of many digits": (
        "feed.xml",
        f"<rss><channel><item><pubDate>{'1' * 5000}</pubDate></item></channel></rss>",
    ),
    "a zone of many digits": (
        "feed.xml",
        f"<rss><channel><item><pubDate>{ODD_ZONE}</pubDate></item></channel></rss>",
    ),
    "a deep XML": ("feed.xml", "<a>" * 10_000 + "</a>" * 10_000),
    "NUL": ("a.html", "<p id=\0>\0</p>"),
    "bytes": ("a.html", bytes(range(256))),
    "only an end": ("a.html", "</"),
    "a style that never ends": ("a.html", "<style>url("),
    "a refresh of spaces": (
        "a.html",
        f'<meta http-equiv="refresh" content="{" " * 5000}\n{" " * 5000}">',
    ),
}


@pytest.mark.parametrize("name", MALFORMED)
def test_whatever_is_published_is_checked_to_the_end(name: str, tmp_path: Path) -> None:
    path, content = MALFORMED[name]
    problems = check(tmp_path, {path: content, "z.html": page('<a href="/nowhere/">x</a>')})
    assert 'error: z.html:6:1: link leads nowhere: "/nowhere/"' in told(problems)


def test_a_file_name_that_is_not_utf_8_is_told(tmp_path: Path) -> None:
    publish(tmp_path, {"index.html": page()})
    try:
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.html")).write_text(page())
    except OSError:
        pytest.skip("this file system takes no such names")
    problem = one(check_site(tmp_path, base_url=BASE))
    assert (problem.place.path, problem.message) == (
        "caf\\xe9.html",
        "a file name that is not UTF-8",
    )
    assert str(problem).encode()


def test_folders_may_be_as_deep_as_the_system_has_them(tmp_path: Path) -> None:
    publish(tmp_path, {"index.html": page()})
    here = os.open(tmp_path, os.O_RDONLY)
    for _ in range(1_200):  # deeper than a name may be long in one piece
        os.mkdir("d", dir_fd=here)
        below = os.open("d", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = below
    os.close(here)
    assert check_site(tmp_path, base_url=BASE) == ()
    subprocess.run(["rm", "-rf", str(tmp_path / "d")], check=True)


@pytest.mark.parametrize("name", ["pipe.html", "pipe", "feed.json", "a.css", "a.xml", "a.jpg"])
@pytest.mark.parametrize("kind", ["pipe", "endless", "link"])
def test_what_is_no_plain_file_is_named_and_never_read(
    tmp_path: Path, name: str, kind: str
) -> None:
    publish(tmp_path, {"index.html": page()})
    if kind == "pipe":
        os.mkfifo(tmp_path / name)
    else:
        (tmp_path / name).symlink_to("/dev/zero" if kind == "endless" else "index.html")
    problem = one(check_site(tmp_path, base_url=BASE))
    assert problem.is_error
    assert (problem.place.path, problem.message) == (name, "is no plain file")


@pytest.mark.parametrize("target", ["here", ".", "nowhere"])
def test_a_link_is_named_wherever_it_leads(tmp_path: Path, target: str) -> None:
    publish(tmp_path, {"index.html": page()})
    (tmp_path / "here").symlink_to(target)
    problem = one(check_site(tmp_path, base_url=BASE))
    assert (problem.place.path, problem.message) == ("here", "is no plain file")


def test_a_page_larger_than_any_is_named_and_not_read(tmp_path: Path) -> None:
    publish(tmp_path, {"index.html": page()})
    with (tmp_path / "large.html").open("wb") as file:
        file.truncate(1 << 40)
    problem = one(check_site(tmp_path, base_url=BASE))
    assert (problem.place.path, problem.message) == ("large.html", "1,099,511,627,776 bytes")


@pytest.mark.parametrize("own", [".git", ".svn", ".hg"])
def test_a_repository_in_the_published_folder_is_none_of_its_files(
    tmp_path: Path, own: str
) -> None:
    publish(tmp_path, {"index.html": page(), f"{own}/broken.html": "<p", f"{own}/a.xml": "<"})
    os.mkfifo(tmp_path / own / "pipe")
    assert check_site(tmp_path, base_url=BASE) == ()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("google1234abcd.html", "google-site-verification: google1234abcd.html"),
        ("yandex_12ab34cd.html", "<html><head></head><body>Verification: 12ab34cd</body></html>"),
        ("pinterest-1a2b3.html", '<meta name="p:domain_verify" content="1a2b3"/>'),
        ("naver1a2b3c.html", "naver-site-verification: naver1a2b3c.html"),
        ("baidu_verify_code-Ab1.html", "d41d8cd98f00"),
        ("BingSiteAuth.xml", '<?xml version="1.0"?>\n<users><user>1A2B</user></users>'),
    ],
)
def test_a_file_by_which_somebody_knows_whose_a_site_is_stays_as_it_is(
    tmp_path: Path, name: str, text: str
) -> None:
    assert not check(tmp_path, {name: text})
    if name.endswith(".html"):
        assert told(check(tmp_path, {name: "<p>A page of my own</p>"}))
