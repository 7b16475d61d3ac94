import os
import time
from datetime import UTC, timedelta, timezone
from pathlib import Path

import pytest

from generator.importers.writing import ImportReport, import_wire
from generator.read.front_matter import FrontMatter, split_front_matter

COPY = "Ferry aground\n\nNobody was hurt, *said* the mayor.\n\n   Ferries, Harbour\n\nComments\n"


def bring_in(
    site: Path, *files: Path, date: str | None = "2024-08-15", section: str | None = None
) -> ImportReport:
    return import_wire(files, site, date=date, section=section, zone=UTC)


def told(report: ImportReport) -> list[str]:
    assert all(problem.hint for problem in report.problems)
    return [f"{problem.severity}: {problem.message}" for problem in report.problems]


def file_of(folder: Path, name: str, text: str | bytes = COPY) -> Path:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return file


def files_in(site: Path) -> list[str]:
    return sorted(p.relative_to(site).as_posix() for p in site.rglob("*") if p.is_file())


def article(site: Path, path: str) -> FrontMatter:
    read = split_front_matter((site / path).read_bytes(), path=path)
    assert isinstance(read, FrontMatter)
    return read


def test_copy_becomes_an_article_in_the_folder_of_its_year(tmp_path: Path) -> None:
    source, site = file_of(tmp_path, "wire.txt"), tmp_path / "site"
    report = bring_in(site, source, section="world")
    assert told(report) == []
    assert files_in(site) == ["content/articles/2024/ferry-aground.md"]
    found = article(site, "content/articles/2024/ferry-aground.md")
    assert found.values == {
        "title": "Ferry aground",
        "date": "2024-08-15",
        "section": "world",
        "tags": ["Ferries", "Harbour"],
    }
    assert found.body == "\nNobody was hurt, \\*said\\* the mayor.\n"


def test_the_report_tells_what_was_taken_for_what(tmp_path: Path) -> None:
    source = file_of(tmp_path, "wire.txt")
    (imported,) = bring_in(tmp_path / "site", source).stories
    assert imported.source == source.as_posix()
    assert imported.target == "content/articles/2024/ferry-aground.md"
    assert imported.encoding == "utf-8"
    assert imported.story.tags == ("Ferries", "Harbour")
    assert imported.story.dropped == ("Comments",)


def test_without_a_date_the_time_of_the_file_counts_in_the_site_s_zone(tmp_path: Path) -> None:
    source, site = file_of(tmp_path, "wire.txt"), tmp_path / "site"
    os.utime(source, (0, 1_704_060_000))  # 2023-12-31 22:00:00 UTC
    kyiv = timezone(timedelta(hours=2))
    import_wire([source], site, date=None, section=None, zone=kyiv)
    found = article(site, "content/articles/2024/ferry-aground.md")
    assert found.values["date"] == "2024-01-01 00:00:00+02:00"


@pytest.mark.parametrize("date", ["soon", "2024-02-30", "15.8.2024", ""])
def test_a_date_that_is_none_is_a_problem_and_nothing_is_written(tmp_path: Path, date: str) -> None:
    source, site = file_of(tmp_path, "wire.txt"), tmp_path / "site"
    report = bring_in(site, source, date=date)
    assert [str(problem.place) for problem in report.problems] == ["--date"]
    assert files_in(site) == []


@pytest.mark.parametrize("date", ["2024/08/15", "2024-08-15T14:30:00+03:00", "2024-08-15 14:30"])
def test_a_date_may_be_written_as_in_front_matter(tmp_path: Path, date: str) -> None:
    report = bring_in(tmp_path / "site", file_of(tmp_path, "wire.txt"), date=date)
    assert told(report) == []
    assert article(tmp_path / "site", report.stories[0].target).values["date"] == date


def test_an_article_that_is_there_is_never_touched(tmp_path: Path) -> None:
    source, site = file_of(tmp_path, "wire.txt"), tmp_path / "site"
    mine = file_of(site, "content/articles/2024/ferry-aground.md", "mine")
    report = bring_in(site, source)
    assert told(report) == [
        "error: there is an article already: content/articles/2024/ferry-aground.md"
    ]
    assert report.stories == ()
    assert mine.read_text() == "mine"
    assert files_in(site) == ["content/articles/2024/ferry-aground.md"]


FORECAST = "Weather forecast\n\nThe wind is {}.\n\nThis comes from the harbour office.\n"
IN_2024 = "content/articles/2024"


def test_two_stories_with_one_headline_are_filed_apart(tmp_path: Path) -> None:
    site = tmp_path / "site"
    winds = ("north", "south", "west")
    files = [file_of(tmp_path, f"in/{n}.txt", FORECAST.format(w)) for n, w in enumerate(winds)]
    report = bring_in(site, tmp_path / "in")
    assert told(report) == []
    assert [(story.source, story.target) for story in report.stories] == [
        (files[0].as_posix(), f"{IN_2024}/weather-forecast.md"),
        (files[1].as_posix(), f"{IN_2024}/weather-forecast-2024-08-15.md"),
        (files[2].as_posix(), f"{IN_2024}/weather-forecast-2024-08-15-2.md"),
    ]
    assert {story.namesake for story in report.stories} == {"", f"{IN_2024}/weather-forecast.md"}
    again = bring_in(site, tmp_path / "in")
    assert told(again) == [
        f"error: there is an article already: {story.target}" for story in report.stories
    ]
    assert len(files_in(site)) == 3


def test_next_week_s_story_of_a_headline_gets_its_day_in_its_name(tmp_path: Path) -> None:
    site = tmp_path / "site"
    for day, wind in (("2024-08-15", "north"), ("2024-08-22", "south"), ("2025-01-02", "west")):
        copy = file_of(tmp_path, "wire.txt", FORECAST.format(wind))
        assert told(bring_in(site, copy, date=day)) == []
    assert files_in(site) == [
        f"{IN_2024}/weather-forecast-2024-08-22.md",
        f"{IN_2024}/weather-forecast.md",
        "content/articles/2025/weather-forecast.md",
    ]
    # The file of the first is gone: the second is found under its own name all the same.
    (site / f"{IN_2024}/weather-forecast.md").unlink()
    copy = file_of(tmp_path, "wire.txt", FORECAST.format("south"))
    assert told(bring_in(site, copy, date="2024-08-22")) == [
        f"error: there is an article already: {IN_2024}/weather-forecast-2024-08-22.md"
    ]


def test_where_addresses_tell_no_year_a_name_is_taken_for_good(tmp_path: Path) -> None:
    site, targets = tmp_path / "site", []
    for day, wind in (("2024-12-30", "north"), ("2025-01-02", "west"), ("2025-01-02", "west")):
        copy = file_of(tmp_path, "wire.txt", FORECAST.format(wind))
        report = import_wire([copy], site, date=day, section=None, zone=UTC, is_by_year=False)
        targets += [story.target for story in report.stories]
    assert targets == [
        f"{IN_2024}/weather-forecast.md",
        "content/articles/2025/weather-forecast-2025-01-02.md",
    ]


def test_the_same_story_twice_in_one_import_is_written_once(tmp_path: Path) -> None:
    first, second = file_of(tmp_path, "a.txt"), file_of(tmp_path, "b.txt", f"\n\n{COPY}")
    report = bring_in(tmp_path / "site", first, second)
    assert [story.source for story in report.stories] == [first.as_posix()]
    target = f"{IN_2024}/ferry-aground.md"
    assert told(report) == [f"error: the same story as {first.as_posix()}, which is now {target}"]
    assert [str(problem.place) for problem in report.problems] == [second.as_posix()]


@pytest.mark.parametrize(
    ("date", "edit"),
    [
        ("2024-08-15", ("The wind is north.", "The wind turned at noon.")),
        ("2024-08-16", ("The sea is calm.", "The sea was calm.\n\nNobody was hurt.")),
        ("2024-08-16", ("The wind is north.", "The wind\nis  north.")),
    ],
)
def test_a_story_that_was_worked_on_is_not_brought_in_again(
    tmp_path: Path, date: str, edit: tuple[str, str]
) -> None:
    site = tmp_path / "site"
    copy = file_of(tmp_path, "a.txt", FORECAST.format("north") + "\nThe sea is calm.\n")
    assert told(bring_in(site, copy)) == []
    written = site / IN_2024 / "weather-forecast.md"
    edited = written.read_text("utf-8").replace(*edit)
    written.write_text(edited, "utf-8")
    # A day later as by the clock of a file that was copied; the first, a rewrite of the same day.
    text = FORECAST.format("south") if date == "2024-08-15" else copy.read_text("utf-8")
    report = bring_in(site, file_of(tmp_path, "a.txt", text), date=date)
    assert told(report) == [f"error: there is an article already: {IN_2024}/weather-forecast.md"]
    assert written.read_text("utf-8") == edited
    assert len(files_in(site)) == 1


def test_what_stands_under_the_name_and_cannot_be_read_is_left_alone(tmp_path: Path) -> None:
    site = tmp_path / "site"
    (site / IN_2024 / "ferry-aground.md").mkdir(parents=True)
    report = bring_in(site, file_of(tmp_path, "wire.txt"))
    assert told(report) == [f"error: there is an article already: {IN_2024}/ferry-aground.md"]
    assert files_in(site) == []


def test_one_bad_file_does_not_keep_the_others_out(tmp_path: Path) -> None:
    files = [
        file_of(tmp_path, "a.txt", ""),
        file_of(tmp_path, "b.txt", b"\0"),
        tmp_path / "none.txt",
        file_of(tmp_path, "d.txt"),
    ]
    report = bring_in(tmp_path / "site", *files)
    assert told(report) == [
        "error: nothing in this file",
        "error: not a text file",
        "error: no such file",
    ]
    assert len(report.stories) == 1
    assert not report.is_cut_short


@pytest.mark.parametrize("headline", ["Index", "***", "Page", "Con"])
def test_a_headline_that_gives_no_name_is_a_problem(tmp_path: Path, headline: str) -> None:
    report = bring_in(tmp_path / "site", file_of(tmp_path, "a.txt", f"{headline}\n\nText."))
    assert told(report) == [f'error: no file can be named after the headline "{headline}"']
    assert files_in(tmp_path / "site") == []


def test_copy_in_windows_1252_is_read_with_a_warning(tmp_path: Path) -> None:
    source = file_of(tmp_path, "a.txt", "Caf\xe9 “open”\n\nAt last – it is.".encode("cp1252"))  # noqa: RUF001 - a dash of that encoding
    report = bring_in(tmp_path / "site", source)
    assert told(report) == ["warning: not UTF-8: read as Windows-1252"]
    assert article(tmp_path / "site", report.stories[0].target).values["title"] == "Caf\xe9 “open”"


def test_a_headline_without_text_is_written_with_a_warning(tmp_path: Path) -> None:
    report = bring_in(tmp_path / "site", file_of(tmp_path, "a.txt", "URGENT: Ferry aground"))
    assert told(report) == ["warning: a headline and no text"]
    assert report.stories[0].target == "content/articles/2024/urgent-ferry-aground.md"


def test_headlines_come_back_as_they_were(tmp_path: Path) -> None:
    headlines = (
        "2024",
        "no",
        "A: b # c",
        "'Yes', \"no\"",
        "- dash",
        "{x}",
        "«Так» 10\u00a0%",
        "#1",
    )
    files = [
        file_of(tmp_path, f"{number}.txt", f"{headline}\n\nText.")
        for number, headline in enumerate(headlines)
    ]
    report = bring_in(tmp_path / "site", *files)
    assert told(report) == []
    titles = [article(tmp_path / "site", story.target).values["title"] for story in report.stories]
    assert tuple(titles) == headlines


def test_a_file_in_the_way_of_the_folder_cuts_the_import_short(tmp_path: Path) -> None:
    site = tmp_path / "site"
    file_of(site, "content/articles", "in the way")
    report = bring_in(site, file_of(tmp_path, "a.txt"), file_of(tmp_path, "b.txt", "B\n\nB."))
    assert report.is_cut_short
    assert report.stories == ()
    (said,) = told(report)
    assert said.startswith("error: cannot write content/articles/2024/ferry-aground.md: ")


def test_a_full_disk_leaves_no_part_of_a_story(tmp_path: Path) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("this machine has no /dev/full")
    site = tmp_path / "site"
    partial = site / f"content/articles/2024/.ferry-aground.md.{os.getpid()}.partial"
    partial.parent.mkdir(parents=True)
    partial.symlink_to(full)
    report = bring_in(site, file_of(tmp_path, "a.txt"))
    assert told(report) == [
        "error: cannot write content/articles/2024/ferry-aground.md: No space left on device"
    ]
    assert files_in(site) == []
    assert not partial.is_symlink()


def test_without_hard_links_nothing_is_overwritten_either(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_names: Path) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "link", refuse)
    source, site = file_of(tmp_path, "a.txt"), tmp_path / "site"
    assert told(bring_in(site, source)) == []
    written = (site / "content/articles/2024/ferry-aground.md").read_text()
    assert "Nobody was hurt" in written
    source.write_text("Ferry aground\n\nOther text.")
    assert told(bring_in(site, source)) == [
        "error: there is an article already: content/articles/2024/ferry-aground.md"
    ]
    assert files_in(site) == ["content/articles/2024/ferry-aground.md"]
    assert (site / "content/articles/2024/ferry-aground.md").read_text() == written


def test_a_folder_of_1_000_files_is_a_matter_of_moments(tmp_path: Path) -> None:
    for number in range(1_000):
        file_of(tmp_path, f"wire/{number % 10}/{number}.txt", f"Story {number}\n\n{COPY}")
    began = time.process_time()
    report = bring_in(tmp_path / "site", tmp_path / "wire")
    assert len(report.stories) == 1_000
    assert time.process_time() - began < 20
