import pytest

from generator.importers.jekyll_addresses import place_of_file


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("assets/a.png", "assets/a.png"),
        ("_people/a.png", "people/a.png"),
        ("all/_people/faces/a.png", "people/faces/a.png"),
        ("_notes/a.png", ""),
        ("_well-known/a.txt", "_well-known/a.txt"),
    ],
)
def test_a_file_of_a_collection_stands_where_the_collection_does(path: str, place: str) -> None:
    collections = {"people": {"output": "true"}, "notes": {"output": "false"}}
    assert place_of_file(path, collections) == place
