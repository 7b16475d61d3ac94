import time

import html5lib
import markdown
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.importers.wire import Breaks, WireStory, parse_wire, story_markdown

STORY = """Lukashenko says talks are overdue

The ruler of Belarus told state media that the war was “not needed by anyone”.

He blamed unnamed officials in the West (but gave no names

"Is Kursk no such breach?" a journalist asked

   War in Ukraine, Kursk, Lukashenko

Comments
"""

PROSE = "The harbour council met on Tuesday."


def copy(*lines: str) -> str:
    return "\n".join(lines)


def test_a_story_as_agencies_send_it() -> None:
    assert parse_wire(STORY) == WireStory(
        headline="Lukashenko says talks are overdue",
        paragraphs=(
            "The ruler of Belarus told state media that the war was “not needed by anyone”.",
            "He blamed unnamed officials in the West (but gave no names",
            '"Is Kursk no such breach?" a journalist asked',
        ),
        tags=("War in Ukraine", "Kursk", "Lukashenko"),
        dropped=("Comments",),
        breaks=Breaks.BLANK_LINES,
    )


@pytest.mark.parametrize(
    "text",
    [
        "\ufeff" + STORY,
        STORY.replace("\n", "\r\n"),
        STORY.replace("\n", "\r"),
        STORY.replace("\n\n", "\n\u00a0 \t\n"),
        "\n\n  " + STORY + "\n\n\x1a",
        STORY.replace("\n\n", "\u2029"),
        STORY.replace("\n\n", "\n\n\f"),
        STORY.replace("   War", "\tWar"),
        STORY.replace("   War", "\u00a0War"),
        STORY.replace("   War", "War"),
        STORY.replace("\n\n   War", "\n   War"),
        STORY.replace("War in Ukraine,", "#War in Ukraine ,"),
        STORY.replace("   War", "Tags: War"),
        STORY.replace("Lukashenko\n\nComments", "Lukashenko, kursk\nComments"),
    ],
)
def test_the_same_story_in_other_clothes(text: str) -> None:
    assert parse_wire(text) == parse_wire(STORY)


@pytest.mark.parametrize("text", ["", "\n \t\n", "\ufeff", "\f\n\x00"])
def test_blank_copy_has_no_headline(text: str) -> None:
    assert parse_wire(text) == WireStory("")


def test_a_headline_alone_is_a_story_without_text() -> None:
    assert parse_wire("URGENT: Ferry aground\n") == WireStory("URGENT: Ferry aground")


def test_lines_of_a_paragraph_are_joined_as_they_are() -> None:
    story = parse_wire(copy("Ferry", "", "The fer-", "ry ran  aground", " at noon.", "", "Nobody."))
    assert story.paragraphs == ("The fer- ry ran  aground at noon.", "Nobody.")


def test_tabs_in_a_line_are_spaces_and_hard_spaces_stay() -> None:
    story = parse_wire("Tide\ttable\n\nHigh \t 10\u00a0000 mm, it said.\n")
    assert story.headline == "Tide table"
    assert story.paragraphs == ("High 10\u00a0000 mm, it said.",)


def test_control_characters_are_dropped_and_page_breaks_break_the_line() -> None:
    story = parse_wire("Ferry\n\nIt ran\x02 aground\n\fat noon.\f\nAll\x7f safe.\n\nSo far.")
    assert story.paragraphs == ("It ran aground at noon. All safe.", "So far.")


def test_copy_without_blank_lines_has_a_paragraph_per_line() -> None:
    story = parse_wire(copy("Ferry aground", PROSE, "“All are safe”, he said", "No more."))
    assert story.paragraphs == (PROSE, "“All are safe”, he said", "No more.")
    assert story.breaks is Breaks.LINES


def test_tags_end_copy_with_a_paragraph_per_line() -> None:
    story = parse_wire(copy("Ferry aground", PROSE, "All are safe.", "Harbour, Ferries", "Share"))
    assert story.paragraphs == (PROSE, "All are safe.")
    assert story.tags == ("Harbour", "Ferries")
    assert story.dropped == ("Share",)


WRAPPED = (
    "The ferry that links the two sides of the harbour ran aground on",
    "Tuesday at noon, with nobody hurt, the coast guard said. It was",
    "floated off again at high tide, an officer said by telephone on",
    "Wednesday.",
)


def test_hard_wrapped_copy_without_blank_lines_is_one_paragraph() -> None:
    assert parse_wire(copy("Ferry aground", "", *WRAPPED)).paragraphs == (" ".join(WRAPPED),)


def test_indented_first_lines_begin_paragraphs() -> None:
    story = parse_wire(copy("Ferry", f"   {WRAPPED[0]}", *WRAPPED[1:], "   Nobody was", "hurt."))
    assert story.paragraphs == (" ".join(WRAPPED), "Nobody was hurt.")
    assert story.breaks is Breaks.INDENTS


def test_tags_end_copy_with_indented_first_lines() -> None:
    story = parse_wire(copy("Ferry", f"  {WRAPPED[0]}", *WRAPPED[1:], "  Harbour, Ferries"))
    assert story.tags == ("Harbour", "Ferries")


@pytest.mark.parametrize(
    ("line", "tags"),
    [
        ("War in Ukraine, Kursk, Lukashenko", ("War in Ukraine", "Kursk", "Lukashenko")),
        ("war in ukraine, kursk", ("war in ukraine", "kursk")),
        ("Kursk,Lukashenko", ("Kursk", "Lukashenko")),
        ("Climate change, Budget 2024, 5G", ("Climate change", "Budget 2024", "5G")),
        ("United Nations Security Council, Iran", ("United Nations Security Council", "Iran")),
        ("Bank of the West Indies, Rates", ("Bank of the West Indies", "Rates")),
        ("Ukraine, U.S.", ("Ukraine", "U.S.")),
        ("Kursk, KURSK, Belarus", ("Kursk", "Belarus")),
        ("Україна, Курськ", ("Україна", "Курськ")),
        ("أوكرانيا، كورسك", ("أوكرانيا", "كورسك")),
        ("烏克蘭、俄羅斯", ("烏克蘭", "俄羅斯")),
        ("Topics: kursk", ("kursk",)),
        ("    Lukashenko", ("Lukashenko",)),
        ("    Cost of living crisis, inflation", ("Cost of living crisis", "inflation")),
    ],
)
def test_a_last_line_of_names_is_tags(line: str, tags: tuple[str, ...]) -> None:
    story = parse_wire(copy("Headline", "", PROSE, "", line))
    assert story.tags == tags
    assert story.paragraphs == (PROSE,)


@pytest.mark.parametrize(
    "line",
    [
        "He left, she stayed.",
        "He left, she stayed",
        "He died in Kyiv, Ukraine",
        "The talks go on in Geneva, Switzerland",
        "Smith, 45, lives in London with his wife and a dog",
        "“Yes, No”",
        "- Reuters, AFP",
        "(Reporting by Ann, Editing by Bob)",
        "Kursk",
        "Ukraine, Russia, who knows?",
        "Ukraine, , Russia",
        "Ukraine, Russia,",
        "Kursk, " * 20 + "Kursk",
        "Topics: why did it come to this, after all that was said",
        "    He had nothing more to say that day, it seemed to all who heard him",
    ],
)
def test_a_last_paragraph_is_not_taken_for_tags(line: str) -> None:
    story = parse_wire(copy("Headline", "", PROSE, "", line, "", "Comments"))
    assert story.tags == ()
    assert story.paragraphs == (PROSE, line.strip())


def test_the_last_line_of_a_wrapped_paragraph_is_not_taken_for_tags() -> None:
    lines = ("The minister had gone on holiday to the", "city of", "Kyiv, Ukraine")
    assert parse_wire(copy("Headline", "", PROSE, "", *lines)).tags == ()
    assert parse_wire(copy("Headline", "", "The minister travelled to", "Kyiv, Ukraine")).tags == ()


def test_copy_whose_paragraphs_are_all_indented_keeps_its_last_one() -> None:
    story = parse_wire(copy("Headline", "", "   One.", "", "   Two", "", "   Three"))
    assert story.paragraphs == ("One.", "Two", "Three")


def test_the_only_paragraph_is_not_taken_for_tags() -> None:
    assert parse_wire("Headline\n\n   Kursk, Lukashenko\n").paragraphs == ("Kursk, Lukashenko",)


@pytest.mark.parametrize(
    "line",
    [
        *(
            "Comments",
            "comment",
            "0 Comments",
            "1,204 comments",
            "Comments (12)",
            "No comments yet",
        ),
        *("Comments:", "Comments: 12", "Comments 3", "Add a comment", "View all comments"),
        *("Коментарі", "Комментарии", "Kommentare", "التعليقات"),
        *("Leave a comment", "Share", "Share this", "SHARE THIS ARTICLE", "Print", "Read more"),
        *("Advertisement", "  Advertisement  ", "E-mail", "-30-", "###", "ENDS", "(ends)"),
    ],
)
def test_page_furniture_at_the_end_is_dropped(line: str) -> None:
    story = parse_wire(copy("Headline", "", PROSE, "", line, "", "Print"))
    assert story.paragraphs == (PROSE,)
    assert story.dropped == (line.strip(), "Print")


@pytest.mark.parametrize(
    "line",
    [
        "No comment",
        "Comments: none",
        "Add comments",
        "Share the burden",
        "Comments were rare.",
        "Print is not dead",
        "12",
    ],
)
def test_text_that_resembles_furniture_stays(line: str) -> None:
    assert parse_wire(copy("Headline", "", PROSE, "", line)).paragraphs == (PROSE, line)


def test_furniture_above_the_text_s_end_stays() -> None:
    story = parse_wire(copy("Headline", "", "Comments", "", PROSE))
    assert story.paragraphs == ("Comments", PROSE)


def test_furniture_on_both_sides_of_the_tags_is_dropped_in_its_order() -> None:
    story = parse_wire(copy("Headline", PROSE, "Share this", "", "Kursk, Belarus", "", "Comments"))
    assert story.tags == ("Kursk", "Belarus")
    assert story.dropped == ("Share this", "Comments")


def front_matter_and_body(text: str) -> tuple[dict[str, object], str]:
    opening, block, body = text.split("---\n", 2)
    assert not opening
    return yaml.safe_load(block), body


def test_the_file_of_a_story() -> None:
    story = WireStory("Ferry: “aground”", ("# One", "Two"), ("Kursk", "no"))
    text = story_markdown(story, date="2024-08-15", section="world")
    values, body = front_matter_and_body(text)
    assert {key: str(value) for key, value in values.items()} == {
        "title": "Ferry: “aground”",
        "date": "2024-08-15",
        "section": "world",
        "tags": "['Kursk', 'no']",
    }
    assert body == "\n\\# One\n\nTwo\n"


def test_a_headline_shows_as_it_was_sent() -> None:
    text = story_markdown(
        WireStory("Star *wins* <b>& Q&amp;A", (), ("R&amp;D",)), date="2024-08-15", section=""
    )
    values, _ = front_matter_and_body(text)
    assert values["title"] == r"Star \*wins\* \<b>\& Q\&amp;A"
    assert values["tags"] == ["R&amp;amp;D"]


def test_what_a_story_lacks_is_left_out() -> None:
    values, body = front_matter_and_body(story_markdown(WireStory("A"), date="2024", section=""))
    assert sorted(values) == ["date", "title"]
    assert body == ""


LEAGUE = """Saturday results

The league went on at the weekend.

Moss 2 Bergen 1
Oslo 0 Tromso 0
Hamar 3 Bodo 2

FACTS:
- Founded in 1951
- Carries 200 people
- Sails to Horten

1. Rosenborg 12 pts
2. Brann 10 pts
"""


def test_results_fact_boxes_and_tables_keep_their_lines() -> None:
    story = parse_wire(LEAGUE)
    assert story.paragraphs == (
        "The league went on at the weekend.",
        "Moss 2 Bergen 1\nOslo 0 Tromso 0\nHamar 3 Bodo 2",
        "FACTS:",
        "- Founded in 1951\n- Carries 200 people\n- Sails to Horten",
        "1. Rosenborg 12 pts\n2. Brann 10 pts",
    )
    _, body = front_matter_and_body(story_markdown(story, date="2026-03-01", section=""))
    assert body.split("\n\n")[1] == "Moss 2 Bergen 1  \nOslo 0 Tromso 0  \nHamar 3 Bodo 2"


def test_a_list_of_one_item_stands_below_its_title() -> None:
    assert parse_wire(copy("A", "", "FACTS:", "- Founded in 1951")).paragraphs == (
        "FACTS:",
        "- Founded in 1951",
    )


@pytest.mark.parametrize(
    "header",
    [
        "BC-SOC--Results,0123",
        "US--Ferry Aground,123",
        "dpa 0123 4 sp 182",
        "bdt0123 4 pl 182 dpa 0456",
        "AFP0123 4 WLD",
        "Fussball/Bundesliga/Ergebnisse/",
        "ZCZC ABC123",
        "Eds: Updates with the score.",
        "Hinweis an die Redaktionen: Aktualisiert.",
        "К сведению редакций: добавлены детали",  # noqa: RUF001 - a Cyrillic letter
    ],
)
def test_what_stands_above_the_headline_for_desks_is_dropped(header: str) -> None:
    story = parse_wire(copy(header, "", "Ferry aground", header, "", PROSE))
    assert (story.headline, story.paragraphs) == ("Ferry aground", (PROSE,))
    assert story.dropped == ((header,) * 2)


@pytest.mark.parametrize(
    "headline",
    ["URGENT: Ferry aground", "AP Moller 2026", "US, UK sign deal, 2026", "AC/DC", "Ferry: note"],
)
def test_a_headline_that_resembles_a_header_is_one(headline: str) -> None:
    assert parse_wire(copy(headline, "", PROSE)).headline == headline


def test_a_header_alone_is_the_headline() -> None:
    assert parse_wire("BC-SOC--Results,0123\n").headline == "BC-SOC--Results,0123"


@pytest.mark.parametrize(
    "line",
    [
        "* * * * Die folgenden Informationen sind nicht zur Veröffentlichung bestimmt",
        "(Not for publication)",
        "IKKE FOR PUBLISERING",
        "— не для публикации —",
    ],
)
def test_what_is_not_for_publication_is_dropped(line: str) -> None:
    story = parse_wire(copy("Ferry", "", PROSE, "", line, "- Author: Ann Lee, +47 12345678"))
    assert story.paragraphs == (PROSE,)
    assert story.dropped == (line, "- Author: Ann Lee, +47 12345678")


def test_prose_about_what_was_not_for_publication_stays() -> None:
    said = "The report was not for publication, the mayor said."
    assert parse_wire(copy("Ferry", "", PROSE, "", said)).paragraphs == (PROSE, said)


@pytest.mark.parametrize("line", ["-0-", "NNNN", "(END)", "Ende", "AP-WF-03-01-26 1830GMT"])
def test_signs_of_the_end_are_dropped(line: str) -> None:
    assert parse_wire(copy("Ferry", "", PROSE, "", line)).dropped == (line,)


@pytest.mark.parametrize(
    "copy",
    [
        "BC-" + "A" * 100_000,
        "BC-A" + " a" * 50_000,
        "dpa 0123" + " a" * 50_000,
        "a" + "/a" * 50_000,
        "a\n\n" + "(not " * 30_000,
        "a\n\n" + "Eds: b\n" * 30_000,
        "a\n\nb" + " " * 100_000 + "c",
        "a\n\nComments" + " " * 50_000 + "x",
        "Comments" + " " * 50_000 + "x\n\na",
        "a\n\nb\n\nc, d" + " " * 100_000 + "e",
        "a\n\n" + "\t " * 50_000 + "x",
        "a\n\n" + " \f" * 50_000 + "x",
        "a\n\n" + "- " * 50_000,
        "a\n\n" + "- b\n" * 30_000,
        "a\n\n" + "1. b\n" * 30_000,
        "a\n\n" + "B\tc\n" * 30_000,
        "a\n\n1" + ",1" * 50_000 + " comment",
    ],
    ids=lambda copy: repr(copy[:20]),
)
def test_any_copy_takes_time_in_proportion_to_its_length(copy: str) -> None:
    start = time.process_time()
    story_markdown(parse_wire(copy), date="2026-03-01", section="")
    assert time.process_time() - start < 5


words = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=12)
sentences = st.lists(words, min_size=3, max_size=12).map(lambda found: " ".join(found) + ".")


@settings(max_examples=100, deadline=None)
@given(headline=words, paragraphs=st.lists(sentences, min_size=1, max_size=5))
def test_copy_comes_through_word_for_word(headline: str, paragraphs: list[str]) -> None:
    story = parse_wire("\n\n".join((headline, *paragraphs)))
    assert story == WireStory(headline, tuple(paragraphs), breaks=story.breaks)
    _, body = front_matter_and_body(story_markdown(story, date="2024-08-15", section=""))
    html = html5lib.parseFragment(markdown.markdown(body), namespaceHTMLElements=False)
    assert ["".join(element.itertext()) for element in html] == paragraphs
