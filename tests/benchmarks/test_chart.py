"""The picture of cost against size."""

from xml.etree import ElementTree as ET

from benchmarks.chart import LINE, Panel, Scale, Series, draw

PANEL = Panel(
    "Everything new",
    "seconds",
    (
        Series("Broadsheet", ((1000, 0.5), (10_000, 4.0), (100_000, 41.0))),
        Series("Hugo & co", ((1000, 0.7), (10_000, 5.0), (100_000, 62.0))),
    ),
)


def texts(picture: str) -> list[str]:
    root = ET.fromstring(picture)  # noqa: S314 - our own
    return [element.text or "" for element in root.iter("{http://www.w3.org/2000/svg}text")]


def test_the_picture_has_a_title_and_a_description_for_those_who_cannot_see_it() -> None:
    root = ET.fromstring(draw([PANEL], "Cost", "41 s at 100,000"))  # noqa: S314 - our own
    spoken = {element.get("id"): element.text for element in root if element.get("id")}
    assert spoken == {"t": "Cost", "d": "41 s at 100,000"}
    assert root.get("aria-labelledby") == "t d"


def test_axes_and_lines_are_labelled() -> None:
    found = texts(draw([PANEL], "", ""))
    assert {"1,000", "10,000", "100,000", "0.1", "1", "10", "100"} <= set(found)
    assert {"Everything new", "seconds", "stories in the archive"} <= set(found)
    assert {"Broadsheet 41", "Hugo & co 62"} <= set(found)


def test_the_picture_is_readable_in_light_and_in_dark() -> None:
    assert "prefers-color-scheme: dark" in draw([PANEL], "", "")


def test_lines_differ_by_more_than_colour() -> None:
    picture = draw([PANEL], "", "")
    assert picture.count("<circle") == picture.count('<rect class="mark"') == 3
    assert "stroke-dasharray" in picture


def test_a_single_size_is_a_picture_too() -> None:
    single = Panel("One", "s", (Series("Broadsheet", ((1000, 10.0),)),))
    assert "Broadsheet 10" in texts(draw([single], "", ""))


def test_a_scale_reaches_round_its_values_in_steps_of_ten() -> None:
    scale = Scale.over([0.5, 62], 300.0, 0.0)
    assert scale.ticks == (0.1, 1.0, 10.0, 100.0)
    assert [scale.place(tick) for tick in scale.ticks] == [300.0, 200.0, 100.0, 0.0]


def test_names_of_lines_that_end_together_stand_apart() -> None:
    both = tuple(Series(name, ((1000, 5.0), (10_000, 50.0))) for name in ("One", "Two"))
    root = ET.fromstring(draw([Panel("", "", both)], "", ""))  # noqa: S314 - our own
    heights = {
        (element.text or "").split()[0]: float(element.get("y", "0"))
        for element in root.iter("{http://www.w3.org/2000/svg}text")
        if (element.text or "").startswith(("One", "Two"))
    }
    assert abs(heights["One"] - heights["Two"]) >= LINE
