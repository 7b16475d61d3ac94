"""What other sites show: figures whose frames ask nobody before a click."""

import re
from html import unescape

import html5lib
import pytest

from generator.model.body import Body, BodyFacts, Embedding, MarkdownOptions, RenderedBody
from generator.model.config import Config
from generator.render.markdown import MarkdownRenderer
from generator.render.standalone import standalone_html

CONFIG, _ = Config.parse({"title": "Gazette", "base_url": "https://paper.example.net/"})
OPTIONS = CONFIG.body_options


def rendered(text: str, options: MarkdownOptions = OPTIONS) -> RenderedBody:
    return MarkdownRenderer(options).render(Body("a.md", "digest", BodyFacts()), text)


def waiting(html: str) -> str:
    """The page that stands in the frame before the click."""
    found = re.search(r' srcdoc="([^"]*)"', html)
    assert found
    return unescape(found[1])


@pytest.mark.parametrize(
    "text",
    [
        "https://youtu.be/abc",
        "<https://youtu.be/abc>",
        "[The *storm*](https://youtu.be/abc)",
        "[![Waves & wind](https://paper.example.net/w.jpg)](https://youtu.be/abc)",
        '<iframe src="https://www.youtube.com/embed/abc" width="560" height="315"></iframe>',
        "<IFRAME SRC='//www.youtube.com/embed/abc'></IFRAME>",
        "https://datawrapper.dwcdn.net/abcde/1/",
        "https://open.spotify.com/track/abc",
    ],
)
def test_nothing_is_asked_of_another_site_before_a_click(text: str) -> None:
    result = rendered(text)
    assert result.problems == ()
    html = result.html
    assert html.startswith('<figure class="embed embed-')
    assert " src=" not in html
    inside = waiting(html)
    assert re.findall(r"(?:src|action|data)=", inside) == []
    assert all(
        url.startswith("https://paper") for url in re.findall(r'<image href="([^"]*)', inside)
    )
    assert len(re.findall(r'<a href="https://', inside)) == 1
    assert "style" not in inside
    html5lib.HTMLParser(strict=True).parse(inside.replace("<body", "</head><body"))


def test_a_figure_has_a_title_and_the_way_to_the_page() -> None:
    html = rendered('[The "storm" & we](https://youtu.be/abc)').html
    assert 'title="YouTube: The &quot;storm&quot; &amp; we"' in html
    assert '<figcaption><a href="https://youtu.be/abc">The "storm" &amp; we</a>' in html
    assert 'aria-label="Show: YouTube: The &quot;storm&quot; &amp; we"' in waiting(html)


def test_a_link_in_a_sentence_stays_one() -> None:
    html = rendered("See https://youtu.be/abc now.").html
    assert html == '<p>See <a href="https://youtu.be/abc">https://youtu.be/abc</a> now.</p>'


def test_a_linked_picture_is_the_poster() -> None:
    html = rendered("[![Waves](https://paper.example.net/w.jpg)](https://youtu.be/abc)").html
    assert '<image href="https://paper.example.net/w.jpg" width="160"' in waiting(html)
    assert "<img" not in html
    assert ">Waves</a></figcaption>" in html


def test_frames_of_the_site_itself_stay_as_they_are() -> None:
    text = '<iframe src="/graphics/" title="Ours"></iframe>'
    result = rendered(text)
    assert (result.html, result.problems) == (text, ())


def test_a_frame_within_other_html_waits_too() -> None:
    html = rendered('<div><iframe src="https://vimeo.com/1"></iframe> and</div>').html
    assert html.startswith('<div><iframe allow="')
    assert html.endswith("</iframe> and</div>")
    assert "https://player.vimeo.com/video/1?dnt=1" in waiting(html)


@pytest.mark.parametrize(
    ("size", "shape"), [("9 16", "tall"), ("560 315", "wide"), ("0 x", "wide")]
)
def test_the_shape_follows_width_and_height(size: str, shape: str) -> None:
    width, height = size.split()
    html = rendered(
        f'<iframe src="https://vimeo.example/1" width="{width}" height="{height}"></iframe>'
    ).html
    assert f'class="frame frame-{shape}"' in html


def test_players_can_stand_in_the_page_from_the_start() -> None:
    options = MarkdownOptions(embedding=Embedding(is_direct=True))
    html = rendered("https://youtu.be/abc", options).html
    assert ' src="https://www.youtube-nocookie.com/embed/abc"' in html
    assert "srcdoc" not in html


def test_servers_anywhere_are_shown_only_where_they_are_allowed() -> None:
    post = "https://news.social/@a/112"
    assert rendered(post).html == f'<p><a href="{post}">{post}</a></p>'
    allowing, _ = Config.parse({"title": "G", "embeds": {"allow": ["news.social"]}})
    html = rendered(post, allowing.body_options).html
    assert f"{post}/embed" in waiting(html)


def test_feeds_get_the_link() -> None:
    html = rendered("[The storm](https://youtu.be/abc)").html
    told = standalone_html(html, "https://paper.example.net/a/")
    assert "iframe" not in told
    assert '<a href="https://youtu.be/abc">The storm</a>' in told


def test_many_frames_that_never_end_take_linear_time() -> None:
    text = "<div>" + "<iframe src='https://a.example/'>" * 20_000 + "</div>"
    assert rendered(text).html


WARNINGS = [
    ('<iframe src="https://a.example/1"></iframe>', "frame", "embeds: {allow: [a.example]}"),
    (
        '<script src="https://a.example/w.js"></script>',
        "script",
        "https://a.example in its script-src",
    ),
    ("<script>\nx()\n</script>", "script", "a file under static/"),
    ('<object data="/paper.pdf">Paper</object>', "object", "'self' in its object-src"),
    ('<p style="color:red">x</p>', "style", "layouts/own.css"),
    ('<form action="https://a.example/"><button>Go</button></form>', "form", "form-action"),
    ("![x](http://a.example/a.jpg)", "picture", "https: instead of http:"),
    ('<img src="http://a.example/a.jpg" alt="x">', "picture", "https: instead of http:"),
    ('<video src="http://a.example/a.mp4"></video>', "film", "https: instead of http:"),
    ('<video poster="http://a.example/a.png"></video>', "picture", "https: instead of http:"),
    ('<img srcset="/a.png, http://a.example/b.png 2x" alt="x">', "picture", "https: instead"),
    ('<picture><source srcset="http://a.example/a.webp"></picture>', "picture", "https: instead"),
    ('<p onclick="x()">x</p>', "script", "a file under static/"),
    ('<a href="javascript:x()">x</a>', "script", "a file under static/"),
    (
        '<button formaction="https://a.example/">Go</button>',
        "form",
        "https://a.example in its form-action",
    ),
    ('<input type="image" src="http://a.example/a.png" alt="Go">', "picture", "https: instead"),
    ('<iframe style="width: 9em" src="/news/" title="x"></iframe>', "style", "layouts/own.css"),
    ('<track src="http://a.example/a.vtt">', "subtitles", "https: instead of http:"),
    ('<svg><image href="http://a.example/a.png"/></svg>', "picture", "https: instead of http:"),
    ('<script type="importmap">{}</script>', "script", "a file under static/"),
    (
        '<table background="http://a.example/a.png"><tr><td>x</td></tr></table>',
        "picture",
        "https: instead of http:",
    ),
]


@pytest.mark.parametrize(("text", "what", "hint"), WARNINGS)
def test_what_the_policy_forbids_is_told_with_its_line(text: str, what: str, hint: str) -> None:
    (problem,) = rendered(f"First.\n\n{text}\n").problems
    assert problem.message == f"the site's policy keeps this {what} from readers"
    assert hint in problem.hint
    assert problem.place.line == 3
    assert not problem.is_error


@pytest.mark.parametrize("text", [text for text, _, _ in WARNINGS])
def test_a_site_that_sends_no_policy_forbids_nothing(text: str) -> None:
    assert rendered(text, MarkdownOptions()).problems == ()


@pytest.mark.parametrize(
    "text",
    [
        '<!-- <script src="https://a.example/w.js"></script> -->',
        '<script type="application/json">{"a": 1}</script>',
    ],
)
def test_what_no_browser_asks_for_is_nobodys_loss(text: str) -> None:
    assert rendered(f"First.\n\n{text}\n").problems == ()


def test_one_cause_is_told_once_in_a_text() -> None:
    assert len(rendered('<p style="a">x</p>\n\n' * 5).problems) == 1


def test_texts_to_compare_have_links_and_frames_as_written() -> None:
    options = MarkdownOptions(embedding=Embedding(as_written=True))
    frame = '<iframe src="https://www.youtube.com/embed/abcdefghijk"></iframe>'
    html = rendered(f"https://vimeo.com/1\n\n{frame}", options).html
    assert html.split("\n") == [
        '<p><a href="https://vimeo.com/1">https://vimeo.com/1</a></p>',
        frame,
    ]
