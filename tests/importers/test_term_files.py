"""Names of tags and authors that need a file, so that each has an address of its own."""

from collections.abc import Sequence

import pytest

from generator.importers.old_site import OldText, State, TextKind
from generator.importers.term_files import TermFiles, in_some_section
from generator.model.frozen import freeze_map


def story(state: State = State.PUBLIC, **head: object) -> OldText:
    return OldText(
        "a",
        TextKind.ARTICLE,
        "content/articles/a.md",
        freeze_map(dict[object, object](head.items())),
        "",
        state,
    )


def files(*texts: OldText) -> list[tuple[str, str]]:
    terms = TermFiles()
    for text in texts:
        terms.add(text)
    found = terms.texts("en")
    return [(text.name, text.head.text("title") or text.head.text("name")) for text in found]


@pytest.mark.parametrize(
    ("names", "needed"),
    [
        (["José", "Jose"], [("content/tags/jose-2.md", "Jose")]),
        (["C", "C++", "C#", "c"], []),
        (["🎉"], [("content/tags/tag-2.md", "🎉")]),
        (["page"], [("content/tags/page-2.md", "page")]),
        (["Sea", "SEA", "sea"], []),
    ],
)
def test_a_tag_without_an_address_of_its_own_gets_a_file(
    names: Sequence[str], needed: list[tuple[str, str]]
) -> None:
    assert files(*(story(tags=(name,)) for name in names)) == needed


def test_an_author_who_has_a_file_needs_no_other() -> None:
    head = freeze_map({"name": "José"})
    written = OldText("j", TextKind.AUTHOR, "content/authors/jose.md", head, "")
    assert files(story(authors=("José", "Jose", "jose")), written) == []
    others = files(story(authors=("José", "Jose")), story(State.LEFT_OUT, authors=("🎉",)))
    assert others == [("content/authors/jose-2.md", "Jose")]


def test_a_section_without_an_address_is_a_tag_instead() -> None:
    assert dict(in_some_section(story(section="🎉", tags=("Sea",))).head) == {"tags": ("Sea", "🎉")}
    kept = story(section="Sea")
    assert in_some_section(kept) is kept
