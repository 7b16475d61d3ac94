from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.problems import Problem, Severity
from generator.read.fields import FIT, Fields
from generator.read.front_matter import FrontMatter, dump_front_matter, split_front_matter
from generator.read.images import read_image
from generator.read.names import read_names

KNOWN = ("title", "tags", "authors", "date", "draft", "weight", "image", "slug", "extra")
ALSO = {"topics": "tags", "keywords": "tags", "author": "authors"}
UTC = ZoneInfo("UTC")


def fields_of(text: str) -> Fields:
    front = split_front_matter(f"---\n{text}\n---\n".encode(), path="content/articles/a.md")
    assert isinstance(front, FrontMatter), front
    return Fields(front, KNOWN, ALSO)


def only_problem(fields: Fields) -> Problem:
    (problem,) = fields.problems
    return problem


def labels(text: str, *, split: bool = True) -> list[str]:
    names = read_names(fields_of(text), "tags", "en", split=split)
    return [name.label for name in names]


@pytest.mark.parametrize("value", ["", " ", "null", "~", '""', '"  "', "|\n\n"])
def test_an_empty_value_counts_as_missing(value: str) -> None:
    fields = fields_of(f"title: {value}")
    assert (fields.text("title") == "") != fields.has("title")
    assert not fields.problems


def test_null_and_tilde_are_words_where_a_text_is_asked_for() -> None:
    assert fields_of("title: null").text("title") in ("null", "")


@pytest.mark.parametrize("word", ["no", "2024", "1.10", "on", "0x10", "12:30", "2024-08-15"])
def test_a_text_is_what_stands_in_the_file(word: str) -> None:
    assert fields_of(f"title: {word}").text("title") == word


def test_a_text_over_several_lines_is_one_line() -> None:
    assert fields_of("title: >\n  One\n  two.\n").text("title") == "One two."


def test_a_list_is_no_text() -> None:
    fields = fields_of("title: [a]")
    assert fields.text("title") == ""
    assert only_problem(fields).message == '"title" is not a text'


@pytest.mark.parametrize(
    ("word", "meaning"),
    [("true", True), ("Yes", True), ("ON", True), ("false", False), ("no", False), ("Off", False)],
)
def test_true_and_false_have_several_words(word: str, meaning: bool) -> None:
    fields = fields_of(f"draft: {word}")
    assert fields.flag("draft") is meaning
    assert not fields.problems


def test_what_is_neither_true_nor_false_is_told() -> None:
    fields = fields_of("draft: maybe")
    assert fields.flag("draft") is False
    assert only_problem(fields).message == 'not true or false: "maybe"'


@pytest.mark.parametrize(("word", "number"), [("10", 10), ("-3", -3), ("+7", 7), ("007", 7)])
def test_whole_numbers_are_read(word: str, number: int) -> None:
    assert fields_of(f"weight: {word}").number("weight") == number


@pytest.mark.parametrize("word", ["1.5", "1_000", "ten", "1e3", "٣", "9" * 5000])
def test_what_is_no_whole_number_is_told_in_one_short_line(word: str) -> None:
    fields = fields_of(f"weight: {word}")
    assert fields.number("weight") == 0
    assert len(only_problem(fields).message) < 100


def test_an_instant_is_in_the_sites_zone() -> None:
    kyiv = ZoneInfo("Europe/Kyiv")
    moment = fields_of("date: 2024-08-15T08:00Z").moment("date", kyiv)
    assert moment == datetime(2024, 8, 15, 11, tzinfo=kyiv)
    assert fields_of("title: a").moment("date", kyiv) is None


def test_a_date_that_is_none_is_told_at_the_value() -> None:
    fields = fields_of("date: 2024-02-30")
    assert fields.instant("date", UTC) is None
    problem = only_problem(fields)
    assert (problem.place.line, problem.place.column, problem.width) == (2, 7, 10)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("tags: [War, Kursk]", ["War", "Kursk"]),
        ("tags:\n  - War\n  - Kursk", ["War", "Kursk"]),
        ("tags:\n- War\n- Kursk", ["War", "Kursk"]),
        ("tags: War, Kursk", ["War", "Kursk"]),
        ("tags: War,Kursk,", ["War", "Kursk"]),
        ("tags: War", ["War"]),
        ("tags:", []),
        ("tags: []", []),
        ('tags: ""', []),
        ('tags: [War, "", " "]', ["War"]),
        ("tags: [2024, 1.10, no]", ["2024", "1.10", "no"]),
        ("tags: 2024", ["2024"]),
        ("tags: [War, WAR, war]", ["War"]),
        ("tags: [open source, Open-Source]", ["open source"]),
        ("tags: [C, C++, C#]", ["C", "C++", "C#"]),
        ("tags: [War  in   Ukraine]", ["War in Ukraine"]),
        ('tags: ["Kyiv, Ukraine"]', ["Kyiv, Ukraine"]),
        ("topics: [War]", ["War"]),
        ("keywords: War, Kursk", ["War", "Kursk"]),
    ],
)
def test_tags_in_the_wild(written: str, expected: list[str]) -> None:
    assert labels(written) == expected


def test_a_comma_may_be_part_of_a_name() -> None:
    assert labels("tags: Smith, John", split=False) == ["Smith, John"]


@pytest.mark.parametrize("written", ["tags: {a: b}", "tags:\n  a: b"])
def test_a_mapping_is_no_list(written: str) -> None:
    fields = fields_of(written)
    assert fields.texts("tags", split=True) == ()
    assert only_problem(fields).message == '"tags" is not a list'


def test_an_entry_that_is_no_text_is_told_in_its_line() -> None:
    fields = fields_of("tags:\n  - War\n  - [Kursk]")
    assert fields.texts("tags", split=True) == ("War",)
    assert only_problem(fields).place.line == 4


def test_names_have_the_key_and_slug_of_their_label() -> None:
    (name,) = read_names(fields_of("tags: [Open-Source]"), "tags", "en", split=True)
    assert (name.label, name.key, name.slug) == ("Open-Source", "open source", "open-source")


@pytest.mark.parametrize(
    ("written", "line", "column"),
    [
        ("tags:\n  - War\n  - 'Kur\u200bsk'", 4, 6),
        ("tags: War, Kur\u200bsk", 2, 12),
        ("tags: [War, Kur\u200bsk]", 2, 13),
    ],
)
def test_an_invisible_character_in_a_tag_is_an_error_at_that_tag(
    written: str, line: int, column: int
) -> None:
    fields = fields_of(written)
    assert [name.label for name in read_names(fields, "tags", "en", split=True)] == ["War"]
    problem = only_problem(fields)
    assert (problem.place.line, problem.is_error) == (line, True)
    assert problem.place.column == column
    assert problem.message == "an invisible character: U+200B ZERO WIDTH SPACE"


def test_joiners_of_persian_words_are_no_fault() -> None:
    word = "\u0645\u06cc\u200c\u0634\u0648\u062f"
    assert labels(f"tags: [{word}]") == [word]


def test_a_word_of_two_alphabets_is_doubted() -> None:
    fields = fields_of("tags: [War, Кyiv]")  # noqa: RUF001 - the first letter is Cyrillic: the point
    assert len(read_names(fields, "tags", "en", split=True)) == 2
    assert only_problem(fields).severity is Severity.WARNING
    assert only_problem(fields).place.column == 13


def test_an_unknown_key_is_doubted_and_the_nearest_named() -> None:
    problem = only_problem(fields_of("titel: a"))
    assert (problem.severity, problem.message) == (Severity.WARNING, 'unknown key "titel"')
    assert problem.hint == 'Did you mean "title"?'
    assert (problem.place.line, problem.place.column, problem.width) == (2, 1, 5)


@pytest.mark.parametrize("key", ["layout", "math", "x" * 5000])
def test_a_key_like_no_other_is_not_compared(key: str) -> None:
    problem = only_problem(fields_of(f"? {key}\n: a"))
    assert "Did you mean" not in problem.hint
    assert "extra:" in problem.hint
    assert len(problem.message) < 100


@pytest.mark.parametrize("key", ["TITLE", "Title"])
def test_a_key_may_be_written_with_capitals(key: str) -> None:
    fields = fields_of(f"{key}: a")
    assert (fields.line("title"), fields.problems) == ("a", [])


@pytest.mark.parametrize(
    "lines", [("tags: [Own]", "topics: [Other]"), ("topics: [Other]", "tags: [Own]")]
)
def test_a_keys_own_name_counts_before_its_other_names(lines: tuple[str, str]) -> None:
    fields = fields_of("\n".join(lines))
    assert fields.texts("tags", split=True) == ("Own",)
    assert only_problem(fields).message == '"topics" means the same as "tags"'


def test_an_empty_own_name_leaves_the_place_to_the_other() -> None:
    fields = fields_of("tags:\ntopics: [Other]")
    assert fields.texts("tags", split=True) == ("Other",)
    assert fields.written("tags") == "topics"
    assert not fields.problems


def test_a_fault_is_shown_at_the_key_that_was_written() -> None:
    fields = fields_of("title: a\ntopics: {a: b}")
    fields.texts("tags", split=True)
    assert only_problem(fields).place.line == 3


@pytest.mark.parametrize(
    ("slug", "expected"),
    [
        ("ferry-to-run", "ferry-to-run"),
        ("ferry_to_run", "ferry_to_run"),
        ("v1.2", "v1.2"),
        ("2024", "2024"),
        ("x" * 200, "x" * 200),
        ("Ferry to Run", "ferry-to-run"),
        ("x" * 201, "x" * 80),
        ("-a", "a"),
        ("a.", "a"),
        (".hidden", "dot-hidden"),
        ("a/b", "a-b"),
        ("..", ""),
        ("Їжак", "yizhak"),
    ],
)
def test_a_slug_that_can_stand_stays_and_others_are_made_fit(slug: str, expected: str) -> None:
    fields = fields_of(f"slug: {slug}")
    assert fields.slug("slug", "unused", "uk") == expected
    assert bool(fields.problems) == (expected == "")


@pytest.mark.parametrize("slug", ["page", "Page", "con", "nul"])
def test_reserved_slugs_are_refused(slug: str) -> None:
    fields = fields_of(f"slug: {slug}")
    fields.slug("slug", "unused", "en")
    assert "reserved" in only_problem(fields).message
    assert only_problem(fields).place.line == 2


def test_a_name_without_letters_gives_no_slug_unless_none_is_needed() -> None:
    fields = fields_of("title: a")
    assert fields.slug("slug", "---", "en", is_needed=False) == ""
    assert not fields.problems
    assert fields.slug("slug", "---", "en") == ""
    assert only_problem(fields).message == 'no address can be made from "---"'
    assert only_problem(fields).hint.startswith('Add "slug: "')


@given(st.text(max_size=60), st.sampled_from(["en", "uk", "ru", "ar", "zh"]))
def test_a_slug_is_fit_for_an_address_or_a_problem(name: str, language: str) -> None:
    fields = fields_of("title: a")
    slug = fields.slug("slug", name, language)
    assert FIT.fullmatch(slug) or fields.problems


VALUE = st.recursive(
    st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from([*KNOWN, *ALSO, "src", "other"]), VALUE, max_size=6))
def test_whatever_is_written_each_fault_knows_its_line(values: dict[str, object]) -> None:
    front = split_front_matter(
        dump_front_matter(values).encode(),  # type: ignore[arg-type] # texts, lists and mappings
        path="content/articles/a.md",
    )
    if not isinstance(front, FrontMatter):  # what may stand in no text is told there
        return
    fields = Fields(front, KNOWN, ALSO)
    fields.text("title")
    read_names(fields, "tags", "en", split=True)
    read_names(fields, "authors", "en", split=False)
    fields.instant("date", UTC)
    fields.flag("draft")
    fields.number("weight")
    read_image(fields, "image")
    fields.slug("slug", "a", "en")
    assert all(problem.place.line >= 1 and problem.hint for problem in fields.problems)
