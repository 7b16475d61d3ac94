# ruff: noqa: RUF001 - signs and digits that look like others

import pytest

from generator.importers.copy_blocks import block_texts

PROSE = (
    "The ferry that links the two sides of the harbour ran aground on",
    "Tuesday at noon, with nobody hurt, the coast guard said. It was",
    "floated off again at high tide, an officer said by telephone on",
    "Wednesday.",
)


@pytest.mark.parametrize(
    "lines",
    [
        PROSE,
        PROSE[:2],
        ("The fer-", "ry ran  aground", "at noon."),
        ("It ran", "aground in", "2024. After that", "it sailed"),
        ("The minister travelled to", "Kyiv, Ukraine"),
        (
            "Der Rat der Stadt entschied am Dienstag in seiner Sitzung im",
            "Rathaus, dass die Fähre bleibt.",
        ),
        (
            "The lifeboat was launched at ten, said the coxswain, and all",
            "Who were aboard came home.",
        ),
        ("土曜日に渡し船の運航が再開され、", "嵐の後で初めて", "島の住民が"),
    ],
)
def test_wrapped_prose_is_one_line(lines: tuple[str, ...]) -> None:
    assert block_texts(lines) == [" ".join(lines)]


@pytest.mark.parametrize(
    "lines",
    [
        ("Moss 2 Bergen 1", "Oslo 0 Tromso 0"),
        ("Results:", "Moss 2 Bergen 1"),
        ("Group A", "Moss 2 Bergen 1", "Oslo 0 Tromso 0"),
        ("Harbour board", "The Quay", "Port Tarrow"),
        ("Москва 2 Минск 1", "Киев 0 Львов 0"),
        ("القاهرة ٢ الجيزة ١", "طنطا ٠ أسوان ٠"),
        (
            "Moss FK 2 (Hansen 12, Berg 45) Bergen IL 1 (Olsen 80)",
            "Oslo 0 Tromso 0",
            "Hamar 3 (Lie 3, Lie 30, Vik 90) Bodo 2",
        ),
        (
            "Best actor in a leading part: Lena Holt, for The Boat That Would Not",
            "Best film: Foghorn",
            "Best music: Ann Lee and the Harbour Band of Port Tarrow",
            "Best song: Low Water",
        ),
        ("— We will sail on Saturday, she said.", "— We will not, he said."),
        ("• Founded in 1951", "• Carries 200 people"),
        ("1. Rosenborg 12 pts", "2. Brann 10 pts"),
        ("1) first", "2) second"),
        ("(1) first", "(2) second"),
        ("A. First", "B. Second"),
        ("i. first", "ii. second", "iii. third"),
        ("-- one", "-- two"),
        ("・一つ目", "・二つ目"),
        ("① 一つ目", "② 二つ目"),
        ("１．一つ目", "２．二つ目"),
    ],
)
def test_lines_that_stand_for_themselves_stay_lines(lines: tuple[str, ...]) -> None:
    assert block_texts(lines) == ["\n".join(lines)]


@pytest.mark.parametrize(
    ("lines", "are_lines"),
    [
        (("Q: Who pays?", "A: The county."), True),
        (("Tel: 22 33 44", "Mail: desk@paper.example"), True),
        (("Writing by Ann Lee", "Editing by Bo Ek"), True),
        (('"We will sail,"', "she said."), False),
        ((PROSE[0], "Monday."), False),
        (("The Harbour Board, which has run the ferry since the year 1951,", "Agreed."), False),
    ],
)
def test_lines_that_end_where_a_word_would_have_fitted_stay_lines(
    lines: tuple[str, ...], *, are_lines: bool
) -> None:
    assert block_texts(lines, width=75) == [("\n" if are_lines else " ").join(lines)]


def test_what_stands_above_a_list_is_a_paragraph_and_items_may_be_wrapped() -> None:
    lines = (*PROSE, "- the weather", "- the workers, which is", "  on holiday")
    assert block_texts(lines) == [
        " ".join(PROSE),
        "- the weather\n- the workers, which is on holiday",
    ]
    assert block_texts(("FACTS:", "- One", "- Two")) == ["FACTS:", "- One\n- Two"]


def test_a_table_keeps_its_cells_apart() -> None:
    assert block_texts(("Team   P   W", "Moss   3   2", "Bodo \t 3\t1")) == [
        "Team\tP\tW\nMoss\t3\t2\nBodo\t3\t1"
    ]
