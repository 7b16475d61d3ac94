"""Who stands at which address of an old site."""

from generator.importers.claims import Claims
from generator.importers.old_site import OldText, TextKind
from generator.model.frozen import EMPTY


def text(kind: TextKind, address: str) -> OldText:
    return OldText("a.md", kind, "a", EMPTY, "", addresses=(address,))


def test_a_section_keeps_its_name_beside_its_own_text() -> None:
    claims = Claims()
    claims.gather(1, text(TextKind.SECTION, "/news/"))
    assert claims.section("news", "en") == "news"


def test_a_section_gives_way_to_a_page_and_to_what_every_site_has() -> None:
    claims = Claims()
    claims.gather(1, text(TextKind.PAGE, "/news/"))
    assert claims.section("news", "en") == "news stories"
    assert claims.section("Archive", "en") == "Archive stories"
