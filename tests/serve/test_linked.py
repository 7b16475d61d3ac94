"""Linked: which links a change elsewhere concerns, and what is to be watched for it."""

from pathlib import Path

import pytest

from generator.serve.linked import linked

WATCHED = ("content", "static")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for name in ("content/articles", "content/pages", "shared/2024", "static"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "shared/photo.jpg").touch()
    return tmp_path


def link(site: Path, path: str, target: str) -> str:
    (site / path).symlink_to(site / target)
    return path


def test_an_event_in_a_linked_folder_is_one_at_each_of_its_links(site: Path) -> None:
    links = [link(site, f"content/articles/{name}", "shared") for name in ("a", "b")]
    found = linked(site, links, WATCHED)
    assert found.places == {"shared": True}
    at = [f"{name}/2024/x.md" for name in links]
    assert list(found.changed("shared/2024/x.md")) == at
    assert list(found.changed("shared")) == links
    assert not list(found.changed("shared2/x.md"))
    assert not list(found.changed("content/articles/x.md"))


def test_a_folder_that_is_watched_anyway_is_no_place(site: Path) -> None:
    found = linked(site, [link(site, "content/articles/a", "content/pages")], WATCHED)
    assert not found.places
    assert list(found.changed("content/pages/x.md")) == ["content/articles/a/x.md"]


def test_of_a_linked_file_its_folder_is_watched_and_nothing_below(site: Path) -> None:
    found = linked(site, [link(site, "static/a.jpg", "shared/photo.jpg")], WATCHED)
    assert found.places == {"shared": False}
    assert list(found.changed("shared/photo.jpg")) == ["static/a.jpg"]
    assert not list(found.changed("shared/other.jpg"))


def test_a_folder_of_which_all_counts_and_a_file_in_it_are_one_place(site: Path) -> None:
    links = [link(site, "content/articles/a", "shared")]
    links.append(link(site, "static/a.jpg", "shared/photo.jpg"))
    assert linked(site, links, WATCHED).places == {"shared": True}


def test_what_is_missing_is_waited_for_where_it_would_be(site: Path) -> None:
    found = linked(site, [link(site, "static/a", "shared/later")], WATCHED)
    assert found.places == {"shared": False}
    assert list(found.changed("shared/later")) == ["static/a"]


def test_a_link_out_of_the_site_is_nobodys_concern(site: Path) -> None:
    (site / "static/out").symlink_to(site.parent)
    found = linked(site, ["static/out"], WATCHED)
    assert not found.places
    assert not found.targets


def test_a_watched_folder_that_is_a_link_itself_is_known_by_its_name(site: Path) -> None:
    (site / "texts/pages").mkdir(parents=True)
    (site / "content/pages").rmdir()
    (site / "content/articles").rmdir()
    (site / "content").rmdir()
    (site / "content").symlink_to("texts")
    found = linked(site, [link(site, "static/a", "texts/pages")], WATCHED)
    assert not found.places
    assert list(found.changed("content/pages/x.txt")) == ["static/a/x.txt"]
