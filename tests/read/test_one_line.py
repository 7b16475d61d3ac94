import pytest

from generator.read.one_line import in_one_line


@pytest.mark.parametrize(
    ("text", "source", "expected"),
    [
        ("one\n two", "title: |\n one\n  two", "one two"),
        ("初めて\n島の住民", "title: |\n  初めて\n  島の住民", "初めて島の住民"),
        ("初めて 島の住民が", "title: 初めて\n  島の住民が", "初めて島の住民が"),
        ("東京 大阪", "title: 東京 大阪", "東京 大阪"),
        ("東京 大阪", "title: 東京\n  大阪", "東京大阪"),
        ("初めて……\n“島”", "title: |\n  初めて……\n  “島”", "初めて……“島”"),
        ("東京 Osaka", "title: 東京\n  Osaka", "東京 Osaka"),
        ("서울 부산", "title: 서울\n  부산", "서울 부산"),
    ],
)
def test_the_end_of_a_line_between_han_is_no_space(text: str, source: str, expected: str) -> None:
    assert in_one_line(text, source) == expected


def test_each_of_many_spaces_is_looked_at() -> None:
    assert in_one_line("嵐 " * 50, "嵐\n" * 50) == "嵐" * 50
