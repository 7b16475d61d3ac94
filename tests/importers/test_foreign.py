"""Front matter of other generators: read whatever it is, told where it is broken."""

import pytest

from generator.importers.foreign import read_data, split_foreign, texts_of, typed


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: A\ntags: [x, y]\n---\nBody\n",
        "---\ntitle: A\ntags:\n- x\n- y\n---\nBody\n",
        '+++\ntitle = "A"\ntags = ["x", "y"]\n+++\nBody\n',
        '{"title": "A", "tags": ["x", "y"]}\nBody\n',
        "\ufeff---\r\ntitle: A\r\ntags: [x, y]\r\n---\r\nBody\r\n",
    ],
)
def test_every_language_of_settings_is_one(text: str) -> None:
    found = split_foreign(text.encode())
    assert (found.values, found.body, found.fault) == (
        {"title": "A", "tags": ["x", "y"]},
        "Body\n",
        "",
    )


def test_anchors_merges_and_keys_told_twice_are_read() -> None:
    found = split_foreign(b"---\na: &a {x: 1}\nb: {<<: *a, y: 2}\nc: 1\nc: 2\n---\n")
    assert found.values["b"] == {"x": "1", "y": "2"}
    assert found.values["c"] == "2"


def test_what_is_broken_is_read_line_by_line_and_told() -> None:
    found = split_foreign(b"---\ntitle: a: b\ndate: 2014-01-01\n---\nBody")
    assert found.values["date"] == "2014-01-01"
    assert found.fault
    assert found.body == "Body"


def test_a_bomb_of_anchors_is_given_up() -> None:
    levels = "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12))
    found = split_foreign(f"---\na0: &a0 [x]\n{levels}---\n".encode())
    assert "more values" in found.fault


def test_types_are_those_that_a_value_looks_like_unless_it_is_quoted() -> None:
    found = split_foreign(b"---\na: true\nb: 12\nc: 'true'\nd: 1.10\ne: no\n---\n")
    assert [typed(value) for value in found.values.values()] == [True, 12, "true", 1.1, "no"]


def test_lists_of_texts_come_in_many_shapes() -> None:
    assert texts_of("a, b", split=",") == ("a", "b")
    assert texts_of([["a", "b"], "c", {"name": "d"}, None]) == ("a", "b", "c", "d")
    assert texts_of({"name": "Ann"}) == ("Ann",)


@pytest.mark.parametrize("suffix", [".yml", ".json", ".toml"])
def test_broken_data_is_told(suffix: str) -> None:
    assert read_data(b"{[", suffix)[1]
