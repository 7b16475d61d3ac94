import time

import pytest

from generator.model.problems import Place, Severity
from generator.render.first_heading import without_headline

PATH = "content/articles/a.md"


@pytest.mark.parametrize(
    "heading",
    [
        "# Ferry & friends\n",
        "## Ferry &amp; *friends* ##\n",
        "# FERRY & FRIENDS {#top .wide}\n",
        "Ferry & friends\n===\n",
        "Ferry & friends\n-\n",
        "<h1 class='x'>Ferry &amp; <em>friends</em></h1>\n",
        "<!-- a\nnote -->\n\n# Ferry & friends\n",
        "\n\n# Ferry & friends",
    ],
)
def test_a_first_heading_that_is_the_headline_becomes_blank_lines(heading: str) -> None:
    text = f"{heading}\nThe story."
    found = without_headline(text, "Ferry & friends", PATH, 5)
    assert "riends" not in found.text
    assert found.text.endswith("The story.")
    assert found.text.count("\n") == text.count("\n")
    (problem,) = found.problems
    assert problem.severity is Severity.WARNING
    line = text.lower().split("ferry")[0].count("\n")
    assert problem.place == Place(PATH, 5 + line, 1)


@pytest.mark.parametrize(
    "text",
    [
        "# Ferry\n\nThe story.",
        "#Ferry & friends\n",
        "The story.\n\n# Ferry & friends\n",
        "Ferry & friends\n\nThe story.",
        "> # Ferry & friends\n",
        "    # Ferry & friends\n",
        "",
    ],
)
def test_every_other_text_stays(text: str) -> None:
    found = without_headline(text, "Ferry & friends", PATH, 1)
    assert (found.text, found.problems) == (text, ())


def test_quotation_marks_may_be_straight_or_curly() -> None:
    assert without_headline('# "It\'s on"\n', "“It\u2019s on”", PATH, 1).problems


@pytest.mark.parametrize("piece", ["\n", "<!--", "<!---->\n", "# ", "<h1>", " \n", "-", "a\n"])
def test_any_text_takes_time_in_proportion_to_its_length(piece: str) -> None:
    start = time.process_time()
    without_headline((piece * 1_000_000)[:1_000_000], "a", PATH, 1)
    assert time.process_time() - start < 2
