"""From the values in a file to frozen, typed options."""

from enum import StrEnum
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.frozen import EMPTY, FrozenMap
from generator.model.options import (
    OptionRow,
    did_you_mean,
    option,
    option_group,
    option_rows,
    options_of,
    parse_group,
)
from generator.model.problems import Fault


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


def even_fault(text: str) -> str:
    return "" if len(text) % 2 == 0 else f'odd: "{text}"'


@option_group
class Entry:
    title: str = option("", "A title.", required=True, hint="Write one.")
    url: str = option("/", "A URL.")


@option_group
class Inner:
    names: tuple[str, ...] = option((), "Some names.")
    closed: bool = option(default=False, doc="Whether.")


@option_group
class Group:
    text: str = option("usual", "A text.")
    even: str = option("even", "A text of an even length.", check=even_fault, hint="Add a letter.")
    flag: bool = option(default=False, doc="A flag.")
    count: int = option(20, "A count.", least=1)
    grade: int = option(5, "A grade.", most=10)
    share: float = option(0.5, "A share.")
    zone: ZoneInfo = option(ZoneInfo("UTC"), "A zone.")
    colour: Colour = option(Colour.RED, "A colour.")
    maybe: str | None = option(None, "A text or nothing.")
    extra: FrozenMap = option(EMPTY, "Anything.")
    names: tuple[str, ...] = option(("a", "b"), "Names.")
    numbers: tuple[int, ...] = option((), "Numbers.", least=1)
    entries: tuple[Entry, ...] = option((), "Entries.")
    inner: Inner = option(Inner(), "A group.", shorthand="names")


def faults(values: object) -> list[tuple[tuple[str | int, ...], str]]:
    found = parse_group(Group, values)[1]
    assert all(fault.hint for fault in found)
    return [(fault.keys, fault.message) for fault in found]


@pytest.mark.parametrize("values", [None, {}, dict.fromkeys(options_of(Group))])
def test_what_is_not_given_has_its_default(values: object) -> None:
    assert parse_group(Group, values) == (Group(), ())


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("text", "no", "no"),
        ("text", " spaced ", " spaced "),
        ("even", "four", "four"),
        *(("flag", word, True) for word in ("true", "True", "YES", "on", " true ")),
        *(("flag", word, False) for word in ("false", "No", "off")),
        ("count", "1", 1),
        ("count", " 42 ", 42),
        ("share", "2", 2.0),
        ("share", "1e-3", 0.001),
        ("zone", "Europe/Kyiv", ZoneInfo("Europe/Kyiv")),
        ("colour", "BLUE", Colour.BLUE),
        ("maybe", "text", "text"),
        ("extra", {"a": ["1", {"b": None}]}, FrozenMap((("a", ("1", FrozenMap((("b", None),)))),))),
        ("names", ["x", "y, z"], ("x", "y, z")),
        ("names", "x, y,,z ", ("x", "y", "z")),
        ("names", [], ()),
        ("numbers", ["1", "2"], (1, 2)),
        (
            "entries",
            [{"title": "A"}, {"title": "B", "url": "/b/"}],
            (Entry("A"), Entry("B", "/b/")),
        ),
        ("inner", {"closed": "yes"}, Inner(closed=True)),
        ("inner", ["x", "y"], Inner(("x", "y"))),
        ("inner", "x, y", Inner(("x", "y"))),
    ],
)
def test_a_value_is_read_as_its_type_says(name: str, value: object, expected: object) -> None:
    group, found = parse_group(Group, {name: value})
    assert found == ()
    assert getattr(group, name) == expected
    assert group == Group(**{name: expected})  # type: ignore[arg-type] # of that field's type


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ({"text": ["a"]}, (("text",), "not a text")),
        ({"text": {"a": "b"}}, (("text",), "not a text")),
        ({"even": "odd"}, (("even",), 'odd: "odd"')),
        ({"flag": "perhaps"}, (("flag",), 'not true or false: "perhaps"')),
        ({"flag": "1"}, (("flag",), 'not true or false: "1"')),
        ({"count": "many"}, (("count",), 'not a whole number: "many"')),
        ({"count": "1.5"}, (("count",), 'not a whole number: "1.5"')),
        ({"count": ["1"]}, (("count",), "not a whole number")),
        ({"count": "0"}, (("count",), "out of range: 0")),
        ({"count": "-3"}, (("count",), "out of range: -3")),
        ({"count": "99999999999"}, (("count",), "out of range: 99999999999")),
        ({"grade": "11"}, (("grade",), "out of range: 11")),
        ({"share": "nan"}, (("share",), "out of range: nan")),
        ({"share": "inf"}, (("share",), "out of range: inf")),
        ({"share": "half"}, (("share",), 'not a number: "half"')),
        ({"zone": "Europe/Atlantis"}, (("zone",), 'unknown time zone: "Europe/Atlantis"')),
        ({"zone": "../../etc/passwd"}, (("zone",), 'unknown time zone: "../../etc/passwd"')),
        ({"zone": "localtime"}, (("zone",), 'unknown time zone: "localtime"')),
        ({"zone": "Europe"}, (("zone",), 'unknown time zone: "Europe"')),
        ({"zone": ""}, (("zone",), 'unknown time zone: ""')),
        ({"colour": "bleu"}, (("colour",), 'unknown value: "bleu"')),
        ({"maybe": ["a"]}, (("maybe",), "not a text")),
        ({"extra": "a"}, (("extra",), "not a mapping")),
        ({"names": {"a": "b"}}, (("names",), "not a list")),
        ({"entries": "a"}, (("entries",), "not a list")),
        ({"inner": {"names": {}}}, (("inner", "names"), "not a list")),
        ({"inner": {"closed": "x"}}, (("inner", "closed"), 'not true or false: "x"')),
        ({"inner": {"x": "y"}}, (("inner", "x"), 'unknown option "x"')),
        ({"colr": "red"}, (("colr",), 'unknown option "colr"')),
        ("text", ((), "not a group of options")),
        (["text"], ((), "not a group of options")),
    ],
)
def test_a_faulty_value_is_told_and_keeps_its_default(
    values: object, found: tuple[tuple[str | int, ...], str]
) -> None:
    assert faults(values) == [found]
    assert parse_group(Group, values)[0] == Group()


def test_every_fault_is_told_at_once() -> None:
    values = {"flag": "x", "text": "kept", "count": "y", "nope": "", "inner": {"closed": "z"}}
    group, found = parse_group(Group, values)
    assert group == Group(text="kept")
    assert [fault.keys[-1] for fault in found] == ["flag", "count", "nope", "closed"]


def test_a_faulty_entry_of_a_list_is_told_by_its_number_and_left_out() -> None:
    group, found = parse_group(Group, {"numbers": ["1", "x", "0", "4"], "names": ["a", ["b"]]})
    assert (group.numbers, group.names) == ((1, 4), ("a",))
    assert [fault.keys for fault in found] == [("numbers", 1), ("numbers", 2), ("names", 1)]


def test_a_fault_in_shorthand_is_placed_where_it_stands() -> None:
    assert faults({"inner": ["a", ["b"]]}) == [(("inner", 1), "not a text")]
    assert parse_group(Group, {"inner": ["a", ["b"]]})[0].inner == Inner(("a",))


def test_what_is_required_must_be_there_and_not_blank() -> None:
    assert faults(
        {"entries": [{"url": "/a/"}, {"title": " "}, {"title": None}, {"title": "A"}]}
    ) == [
        (("entries", 0), "no title"),
        (("entries", 1, "title"), "is empty"),
        (("entries", 2), "no title"),
    ]
    assert parse_group(Entry, {"title": ""})[1] == (Fault(("title",), "is empty", "Write one."),)


def test_an_unknown_option_is_at_fault_by_its_key_and_asks_what_was_meant() -> None:
    [fault] = parse_group(Group, {"colur": "red"})[1]
    assert fault == Fault(
        ("colur",), 'unknown option "colur"', 'Did you mean "colour"?', on_key=True
    )


def test_a_name_that_is_like_none_is_answered_with_all() -> None:
    assert did_you_mean("zzz", ["b", "a"]) == "Known here: a, b."
    assert did_you_mean("tilte", ["title", "tiles"]) == 'Did you mean "title"?'


junk = st.recursive(
    st.none() | st.text(max_size=8) | st.sampled_from(["true", "7", "UTC", "red", "even"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from([*options_of(Group), "title", "url", "closed"]), inner, max_size=4
        )
    ),
    max_leaves=12,
)


@given(junk)
def test_whatever_a_file_holds_gives_a_whole_group(values: object) -> None:
    group, found = parse_group(Group, values)
    hash(group)
    assert all(fault.message for fault in found)
    assert isinstance(group.text, str)
    assert isinstance(group.flag, bool)
    assert group.count >= 1
    assert isinstance(group.colour, Colour)
    assert all(isinstance(name, str) for name in group.names)
    assert all(isinstance(entry, Entry) for entry in group.entries)


def test_options_are_listed_with_type_default_and_meaning() -> None:
    rows = {row.name: row for row in option_rows(Group)}
    assert rows["count"] == OptionRow("count", "whole number", "20", "A count.")
    assert rows["flag"] == OptionRow("flag", "true or false", "false", "A flag.")
    assert rows["zone"] == OptionRow("zone", "time zone", "UTC", "A zone.")
    assert rows["colour"] == OptionRow("colour", "red or blue", "red", "A colour.")
    assert rows["extra"] == OptionRow("extra", "mapping", "", "Anything.")
    assert rows["names"] == OptionRow("names", "list of text", "a, b", "Names.")
    assert rows["maybe"].type == "text"
    assert rows["entries"] == OptionRow("entries", "list of group", "", "Entries.")
    assert rows["entries[].title"] == OptionRow("entries[].title", "text", "", "A title.")
    assert rows["inner"] == OptionRow("inner", "group", "", "A group.")
    assert rows["inner.closed"] == OptionRow("inner.closed", "true or false", "false", "Whether.")
