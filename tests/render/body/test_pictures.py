"""Pictures in a text: widths and formats, captions, what must not be cut off, galleries."""

import pytest

from generator.model.body import Body, BodyFacts, MarkdownOptions, RenderedBody, ResolvedTarget
from generator.model.pictures import Picture, Variants
from generator.render.markdown import MarkdownRenderer

WEBP = Variants("image/webp", "/w-480.webp 480w, /w-800.webp 800w")
AVIF = Variants("image/avif", "/w-480.avif 480w")
BOAT = Picture("/a/boat.jpg", width=800, height=600, variants=(WEBP,))


def rendered(text: str, picture: Picture = BOAT) -> RenderedBody:
    resolved = ResolvedTarget("boat.jpg", "/a/boat.jpg", 800, 600, picture=picture)
    body = Body("content/articles/a.md", "0", BodyFacts(), (resolved,))
    return MarkdownRenderer(MarkdownOptions()).render(body, text)


def html(text: str, picture: Picture = BOAT) -> str:
    made = rendered(text, picture)
    assert not made.problems
    return made.html


def test_one_format_needs_no_element_of_its_own() -> None:
    assert html("![A boat](boat.jpg)") == (
        '<figure><img alt="A boat" height="600" loading="lazy" '
        'sizes="(min-width: 46rem) 42rem, 100vw" src="/a/boat.jpg" '
        'srcset="/w-480.webp 480w, /w-800.webp 800w" width="800"></figure>'
    )


def test_the_best_of_more_formats_comes_first() -> None:
    picture = Picture("/a/boat.jpg", width=800, height=600, variants=(AVIF, WEBP))
    made = html('Words ![A boat](boat.jpg "Title") go on.', picture)
    assert made.startswith('<p>Words <picture><source sizes="')
    assert made.count("<source") == 1
    assert '<source sizes="(min-width: 46rem) 42rem, 100vw" srcset="/w-480.avif 480w"' in made
    assert made.endswith("</picture> go on.</p>")


@pytest.mark.parametrize("variants", [(WEBP,), (AVIF, WEBP)])
def test_a_title_is_the_caption_of_a_picture_alone(variants: tuple[Variants, ...]) -> None:
    picture = Picture("/a/boat.jpg", width=800, height=600, variants=variants)
    made = html('![A boat](boat.jpg "At the quay")', picture)
    assert made.startswith("<figure>")
    assert made.endswith("<figcaption>At the quay</figcaption></figure>")
    assert "title=" not in made


def test_what_a_file_says_stands_below_where_the_text_says_nothing() -> None:
    told = Picture("/a/boat.jpg", caption="From the file", credit="Priya Nair")
    own = html('![A boat](boat.jpg "Own words")', told)
    assert '<figcaption>Own words <span class="credit">Priya Nair</span></figcaption>' in own
    assert "<figcaption>From the file <span" in html("![A boat](boat.jpg)", told)


@pytest.mark.parametrize(
    ("written", "classes"),
    [
        ("{focus=left-top}", "focus-x0 focus-y0"),
        ("{focus=0.8,0.5}", "focus-x3"),
        ('{.wide focus="right"}', "wide focus-x4"),
    ],
)
def test_what_must_not_be_cut_off_becomes_a_class(written: str, classes: str) -> None:
    assert f'class="{classes}"' in html(f"![A boat](boat.jpg){written}")


def test_a_focus_that_is_none_is_told() -> None:
    (problem,) = rendered("![A boat](boat.jpg){focus=somewhere}").problems
    assert 'not a place in a picture: "somewhere"' in problem.message


@pytest.mark.parametrize("wrong", ["0.3,1.4", '"somewhere else"'])
def test_a_focus_that_is_none_is_told_at_its_own_line(wrong: str) -> None:
    text = f"![A boat](boat.jpg){{focus=left}}\n\n![A boat](boat.jpg){{focus={wrong}}}"
    (problem,) = rendered(text).problems
    assert (problem.place.line, problem.place.column) == (3, 21)


GALLERY = """\
- ![A boat](boat.jpg "One")
- ![A boat](boat.jpg){focus=right}
{.gallery}
"""


def test_a_list_of_pictures_is_a_gallery() -> None:
    upright = Picture("/a/boat.jpg", width=600, height=800, variants=(WEBP,), focus="focus-y1")
    made = html(GALLERY, upright)
    assert made.startswith('<ul class="gallery">\n<li>')
    assert made.count("<figure>") == made.count("<li>") == 2
    assert "<figcaption>One</figcaption>" in made
    assert made.count('class="focus-y1"') == 1
    assert made.count('class="focus-x4"') == 1
    assert made.count('sizes="(min-width: 40rem) 22rem, 50vw"') == 2


def test_a_gallery_with_space_between_its_pictures_is_the_same() -> None:
    upright = Picture("/a/boat.jpg", width=600, height=800, variants=(WEBP,), focus="focus-y1")
    spaced = html(GALLERY.replace("\n- ", "\n\n- "), upright)
    assert spaced.count("<figure>") == 2
    assert spaced.count('class="focus-y1"') == 1
    assert spaced.count('sizes="(min-width: 40rem) 22rem, 50vw"') == 2


def test_other_lists_stay_lists() -> None:
    assert "<figure>" not in html("- ![A boat](boat.jpg)\n- words\n")
    mixed = html("- ![A boat](boat.jpg)\n- words\n{.gallery}\n")
    assert mixed.count("<figure>") == 1
    assert "<li>words</li>" in mixed
