from generator.check.tally import MOST_PLACES, Tally
from generator.model.problems import Place, Problem, Severity, warning


def pages(number: int, message: str = "dead") -> list[Problem]:
    return [Problem(Place(f"{page:03}.html"), message, "Mend it.") for page in range(number)]


def test_a_fault_in_few_places_is_told_in_each() -> None:
    tally = Tally()
    tally.add(pages(MOST_PLACES))
    assert tally.problems() == tuple(pages(MOST_PLACES))


def test_a_fault_in_many_places_is_told_once_with_their_number() -> None:
    tally = Tally()
    tally.add(pages(1_234))
    (problem,) = tally.problems()
    assert problem == Problem(Place("000.html"), "dead (1,234 times)", "Mend it.")


def test_other_faults_are_counted_apart_and_all_come_in_order() -> None:
    tally = Tally()
    tally.add(pages(2, "b"))
    tally.add(pages(MOST_PLACES + 1, "a"))
    tally.add([warning(Place("000.html"), "a", "Mend it.")])
    assert [(str(p.place), p.message, p.severity) for p in tally.problems()] == [
        ("000.html", "a (11 times)", Severity.ERROR),
        ("000.html", "b", Severity.ERROR),
        ("000.html", "a", Severity.WARNING),
        ("001.html", "b", Severity.ERROR),
    ]
