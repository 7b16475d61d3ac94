# ruff: noqa: RUF001 - dashes and semicolons that look like others

import pytest

from generator.read.list_slips import entries_of_item, entries_of_person, entries_of_text


def entries(text: str, *, people: bool = False, splits: bool = True) -> tuple[str, ...]:
    return entries_of_text(text, text.split("\n"), splits=splits, people=people).entries


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("War, Peace", ("War", "Peace")),
        ("War in Ukraine", ("War in Ukraine",)),
        ("戦争、平和，船", ("戦争", "平和", "船")),
        ("حرب، سلام", ("حرب", "سلام")),
        ("C#, #1 hits, AC|DC", ("C#", "#1 hits", "AC|DC")),
        ("-5 degrees", ("-5 degrees",)),
        ("Covid - the years after", ("Covid - the years after",)),
    ],
)
def test_a_list_with_commas_needs_no_word(text: str, expected: tuple[str, ...]) -> None:
    found = entries_of_text(text, [text], splits=True, people=False)
    assert (found.entries, found.message) == (expected, "")


@pytest.mark.parametrize(
    "text",
    [
        "– War\n– Peace",
        "— War\n—Peace",
        "• War\n• Peace",
        "  -War\n  -Peace\n",
        "War\nPeace",
        "1. War\n2. Peace",
        "-War -Peace",
        "– War – Peace",
        "War; Peace",
        "War;Peace;",
        "War；Peace",
        "War؛ Peace",
        "War | Peace",
        "War • Peace",
        "#War #Peace",
    ],
)
def test_what_was_meant_for_a_list_is_one_and_told(text: str) -> None:
    found = entries_of_text(text, text.split("\n"), splits=True, people=False)
    assert found.entries == ("War", "Peace")
    assert found.message.startswith("read as 2 entries")
    assert found.hint


def test_addresses_on_lines_of_their_own_are_a_list() -> None:
    assert entries("/a/\n/b/", splits=False) == ("/a/", "/b/")
    assert entries("/a,b;c/", splits=False) == ("/a,b;c/",)


def test_a_number_that_counts_nothing_belongs_to_the_name() -> None:
    assert entries("1. FC Moss\n1. FC Brann") == ("1. FC Moss", "1. FC Brann")


def test_addresses_behind_hyphens_are_a_list_too() -> None:
    assert entries("-/a/\n-/b/", splits=False) == ("/a/", "/b/")


@pytest.mark.parametrize("text", ["Ann Lee, Oslo correspondent", "Ann Lee, staff writer, Bo Ek"])
def test_what_is_no_name_is_doubted(text: str) -> None:
    found = entries_of_text(text, [text], splits=True, people=True)
    assert found.message == f'"{text.split(", ")[1]}" is read as a person'


@pytest.mark.parametrize(
    "text", ["Ann Lee, Bo van der Ek", "Ann Lee, Bo de la Paz", "Ann Lee, 王伟"]
)
def test_a_name_with_small_letters_in_it_is_a_name(text: str) -> None:
    assert not entries_of_text(text, [text], splits=True, people=True).message


@pytest.mark.parametrize("name", ["Ann Lee <ann@e.example>", "Ann Lee (ann@e.example)"])
def test_a_mail_address_is_no_part_of_a_name(name: str) -> None:
    found = entries_of_person(name)
    assert found.entries == ("Ann Lee",)
    assert found.message == "a mail address is no part of a name"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ann Lee, Bo Ek, and Jo Roe", ("Ann Lee", "Bo Ek", "Jo Roe")),
        ("Ann Lee, M.D., and Bo Ek", ("Ann Lee, M.D.", "Bo Ek")),
        ("Ann Lee, Bo Ek, & Jo Roe", ("Ann Lee", "Bo Ek", "Jo Roe")),
        ("Smith, J., Lee, A. B.", ("Smith, J.", "Lee, A. B.")),
    ],
)
def test_nobody_is_made_of_a_word_or_of_initials(text: str, expected: tuple[str, ...]) -> None:
    found = entries_of_text(text, [text], splits=True, people=True)
    assert found.entries == expected
    assert found.message
    assert found.hint


def test_people_may_have_commas_in_their_names() -> None:
    assert entries("Lee, Ann; Ek, Bo", people=True) == ("Lee, Ann", "Ek, Bo")
    assert entries("John Smith, Jr.", people=True) == ("John Smith, Jr.",)
    assert entries("Jo Li, Ph.D., Bo Ek, III, Al Ng", people=True) == (
        "Jo Li, Ph.D.",
        "Bo Ek, III",
        "Al Ng",
    )
    assert entries("Junior, Srna, Ivy", people=True) == ("Junior", "Srna", "Ivy")


def test_a_last_and_a_first_name_are_read_as_two_people_and_told() -> None:
    found = entries_of_text("Lee, Ann", ["Lee, Ann"], splits=True, people=True)
    assert found.entries == ("Lee", "Ann")
    assert found.hint == "If that is one, write: Ann Lee"
    assert not entries_of_text("ann-lee, bo-ek", ["ann-lee, bo-ek"], splits=True, people=True).hint


def test_an_item_that_ran_on_over_the_next_line_is_two() -> None:
    source = "tags:\n- War\n  – Peace\n"
    assert entries_of_item("War – Peace", source).entries == ("War", "Peace")
    assert entries_of_item("War – Peace", "- War – Peace").entries == ("War – Peace",)


@pytest.mark.parametrize("word", ["and", "&", "/", "und", "et", "og", "та"])
def test_two_people_in_one_name_are_a_doubt(word: str) -> None:
    doubt = entries_of_person(f"Ann Lee {word} Bo Ek")
    assert doubt.entries == (f"Ann Lee {word} Bo Ek",)
    assert doubt.hint == "If they are more, write: [Ann Lee, Bo Ek]"
    assert entries_of_person("Marks and Spencer").message == ""
    assert entries_of_person("Ann Lee, Bo Ek, and Jo Li").hint.endswith("[Ann Lee, Bo Ek, Jo Li]")


def test_by_is_no_part_of_a_name() -> None:
    assert entries_of_person("By Ann Lee").entries == ("Ann Lee",)
    assert entries_of_person("Byron Ek").entries == ("Byron Ek",)
    assert entries_of_person("By Design").entries == ("By Design",)
