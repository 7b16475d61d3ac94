"""What is made of a picture follows from its first bytes and the options alone."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from generator.model.addresses import Base
from generator.model.article import SourceFile
from generator.model.config import CropShape, PictureFormat, PictureOptions
from generator.model.pictures import Focus, PictureFile, Raster
from generator.plan.variants import NEAR, Recipe, name_of, widths_of

BASE = Base("https://paper.example", "/x")
PHOTO = Raster("JPEG", "abc")


def file(
    width: int, height: int, raster: Raster = PHOTO, path: str = "content/articles/p.jpg"
) -> SourceFile:
    return SourceFile(path, 1, "0", width, height, raster)


def recipe(**options: object) -> Recipe:
    return Recipe(PictureOptions(**options))  # type: ignore[arg-type]


@given(st.integers(1, 10_000), st.lists(st.integers(16, 4000), min_size=1, max_size=6))
def test_no_width_is_larger_than_the_picture_or_near_another(width: int, wanted: list[int]) -> None:
    found = widths_of(width, tuple(wanted))
    assert found
    assert max(found) == min(width, max(wanted))
    assert list(found) == sorted(set(found))
    for less, more in pairwise(found):
        assert less <= NEAR * more


def test_a_photograph_is_offered_in_three_widths_and_published_no_larger() -> None:
    made = recipe().shown(file(4032, 3024), "/news/a/p.jpg", BASE)
    assert made.url == "/x/news/a/p.jpg"
    assert (made.width, made.height) == (1280, 960)
    (variants,) = made.variants
    assert variants.media_type == "image/webp"
    assert [part.split()[1] for part in variants.srcset.split(", ")] == ["480w", "800w", "1280w"]
    assert "/x/assets/p/p-" in variants.srcset


def test_a_picture_under_static_stays_as_it_is_and_its_reduced_form_has_another_address() -> None:
    large = file(4032, 3024, path="static/p.jpg")
    assert recipe().own(large) is None
    made = recipe().shown(large, "/p.jpg", BASE)
    assert made.url.startswith("/x/assets/p/p-")
    assert made.url.endswith("-1280.jpg")
    assert made.url.removeprefix("/x/") in {output.path for output in recipe().outputs(large)}


def test_what_is_plain_and_small_is_published_as_it_is() -> None:
    assert recipe().own(file(1280, 800)) is None
    assert recipe().own(file(1281, 800)) is not None
    assert recipe().own(file(100, 80, Raster("JPEG", "abc", is_plain=False))) is not None


def test_more_than_one_format_comes_with_the_best_first() -> None:
    formats = (PictureFormat.AVIF, PictureFormat.WEBP, PictureFormat.JPEG)
    photo = recipe(formats=formats).shown(file(900, 600), "/p.jpg", BASE)
    assert [one.media_type for one in photo.variants] == ["image/avif", "image/webp", "image/jpeg"]
    clear = file(900, 600, Raster("PNG", "abc", has_alpha=True))
    shown = recipe(formats=formats).shown(clear, "/p.png", BASE)
    assert [one.media_type for one in shown.variants][-1] == "image/png"


def test_nothing_is_made_where_no_format_or_width_is_wanted() -> None:
    for none in (recipe(formats=()), recipe(widths=())):
        assert none.shown(file(900, 600), "/p.jpg", BASE).variants == ()


def test_what_moves_keeps_moving_unless_that_takes_too_much() -> None:
    moving = Raster("GIF", "abc", frames=12)
    made = [output.value for output in recipe().outputs(file(600, 400, moving))]
    renditions = [value.rendition for value in made if isinstance(value, PictureFile)]
    assert {rendition.format for rendition in renditions} == {"webp"}
    assert all(rendition.is_animated for rendition in renditions)
    assert not [*recipe().outputs(file(6000, 4000, moving))]


def test_a_drawing_and_an_unknown_file_have_no_variants() -> None:
    drawing = SourceFile("static/a.svg", 1, "0", 900, 600)
    shown = recipe().shown(drawing, "/a.svg", BASE)
    assert (shown.url, shown.width, shown.variants) == ("/x/a.svg", 900, ())


def test_crops_have_the_shapes_asked_for_and_are_never_enlarged() -> None:
    shapes = (CropShape.WIDE, CropShape.CLASSIC, CropShape.SQUARE)
    sizes = [(c.width, c.height) for c in recipe(crops=shapes).cut(file(4000, 3000), None, BASE)]
    assert sizes == [(1200, 675), (1200, 900), (1200, 1200)]
    (small,) = recipe().cut(file(800, 600), None, BASE)
    assert (small.width, small.height) == (800, 450)
    assert recipe().cut(file(200, 150), None, BASE) == ()


def box(width: int, height: int, focus: Focus | None) -> tuple[int, int, int, int]:
    ((_, made),) = recipe().crops(file(width, height), focus)
    return made.value.rendition.box


def test_a_crop_keeps_what_the_focus_names() -> None:
    assert box(3000, 4000, Focus(2, 0)) == (0, 0, 3000, 1688)
    assert box(3000, 4000, Focus(2, 4)) == (0, 2312, 3000, 1688)
    assert box(4000, 1000, Focus(4, 2)) == (2222, 0, 1778, 1000)


def test_without_a_focus_the_upper_part_of_an_upright_picture_stays() -> None:
    assert box(3000, 4000, None) == (0, 578, 3000, 1688)
    assert box(4000, 3000, None)[1] == 375


def test_another_focus_is_another_address() -> None:
    addresses = {
        made.address
        for focus in (None, Focus(0, 0), Focus(2, 2))
        for _, made in recipe().crops(file(3000, 4000), focus)
    }
    assert len(addresses) == 3


def test_another_recipe_is_another_address() -> None:
    keys = {
        recipe().key(file(9, 9)),
        recipe(quality=70).key(file(9, 9)),
        recipe(keep_credit=True).key(file(9, 9)),
        recipe().key(file(9, 9, Raster("JPEG", "abd"))),
    }
    assert len(keys) == 4
    assert recipe(widths=(100,)).key(file(9, 9)) in keys


def test_names_in_addresses_are_plain() -> None:
    assert name_of("content/a/Hafen Tür (2).JPG") == "hafen-tur-2"
    assert name_of("static/港.png") == "picture"
