from generator.model.problems import Place, Severity
from generator.read.source_spans import KeyPath, SpanFault, Stretch, span_in, stretch_of

TEXT = "title: Storm\ntags: War, Kursk\n"


def test_a_spot_names_line_column_and_the_whole_line() -> None:
    start = TEXT.index("War")
    span = span_in(TEXT, start, start + 3, path="a.md", first_line=2)
    assert (span.place, span.excerpt, span.width) == (Place("a.md", 3, 7), "tags: War, Kursk", 3)


def test_a_spot_ends_with_its_first_line() -> None:
    span = span_in(TEXT, 7, len(TEXT), path="a.md")
    assert (span.excerpt, span.width) == ("title: Storm", 5)


def test_a_spot_beyond_the_end_is_at_the_end() -> None:
    assert span_in("ab", 99, 100, path="a.md").place == Place("a.md", 1, 3)


def test_a_carriage_return_is_no_part_of_the_shown_line() -> None:
    assert span_in("a: 1\r\nb: 2\r\n", 6, 7, path="a").excerpt == "b: 2"


def test_a_spot_narrows_to_one_of_several_tags() -> None:
    start = TEXT.index("War")
    span = span_in(TEXT, start, len(TEXT), path="a.md").within("Kursk")
    assert (span.place, span.width) == (Place("a.md", 2, 12), 5)


def test_a_spot_does_not_narrow_to_what_is_outside_it() -> None:
    span = span_in(TEXT, TEXT.index("War"), TEXT.index(","), path="a.md")
    assert span.within("tags") == span.within("") == span


def test_problems_carry_the_spot() -> None:
    span = span_in(TEXT, 0, 5, path="a.md")
    error, warning = span.error("m", "h"), span.warning("m")
    assert (error.place, error.excerpt, error.width) == (span.place, span.excerpt, span.width)
    assert (error.message, error.hint, error.severity) == ("m", "h", Severity.ERROR)
    assert (warning.hint, warning.severity) == ("", Severity.WARNING)


def test_a_slip_is_a_problem_in_its_place() -> None:
    problem = SpanFault(13, 17, "no", "yes").problem(TEXT, "a.md", 2)
    assert (problem.place, problem.width, problem.hint) == (Place("a.md", 3, 1), 4, "yes")


def test_a_missing_value_is_shown_at_the_key_around_it() -> None:
    stretches: dict[KeyPath, Stretch] = {
        ("image",): Stretch(8, 20, 0, 5),
        ("image", "src"): Stretch(12, 12, 8, 11),
    }
    assert stretch_of(stretches, ("image",)) == (8, 20)
    assert stretch_of(stretches, ("image",), of_key=True) == (0, 5)
    assert stretch_of(stretches, ("image", "src")) == (8, 11)
    assert stretch_of(stretches, ("image", "alt", 3)) == (0, 5)
    assert stretch_of(stretches, ("title",)) is None


def test_an_item_of_a_list_is_shown_itself_even_when_its_key_is_asked_for() -> None:
    stretches: dict[KeyPath, Stretch] = {("tags",): Stretch(6, 9, 0, 4), ("tags", 0): Stretch(6, 9)}
    assert stretch_of(stretches, ("tags", 0), of_key=True) == (6, 9)
