"""The lines of the address ledger."""

from hypothesis import given
from hypothesis import strategies as st

from generator.model.address_ledger import (
    IDENTITY,
    LOST,
    MOVED,
    STORY,
    TAG,
    Departure,
    Stood,
    departures_in,
    ledger_line,
    ledger_of,
    parse_ledger,
)


def test_the_last_line_of_an_address_counts() -> None:
    text = (
        f"# Words.\n{IDENTITY}tag:e.example,2026:\n\n"
        "/a/\tstory\tcontent/articles/a.md\tabc\tmine\n/b/\ttag\tB\n"
        "/a/\tmoved\tcontent/articles/c.md\n"
    )
    entries, identity = parse_ledger(text)
    assert identity == "tag:e.example,2026:"
    assert entries == {
        "/b/": Stood(TAG, "B", line=5, first=5),
        "/a/": Stood(MOVED, "content/articles/c.md", line=6, first=4),
    }
    assert departures_in(entries) == (Departure("/a/", "content/articles/c.md", 4),)


def test_an_address_that_somebody_wrote_alone_counts_too() -> None:
    assert parse_ledger("/old/%D1%97/\nno address\n")[0] == {"/old/ї/": Stood("", line=1, first=1)}


def test_a_text_that_is_back_is_known_by_its_first_address() -> None:
    text = (
        "/a/\tstory\tx.md\n/a/\tmoved\tx.md\n/b/\tstory\tx.md\n/b/\tmoved\tx.md\n/a/\tstory\tx.md\n"
    )
    assert sorted(departures_in(parse_ledger(text)[0]), key=lambda one: one.line) == [
        Departure("/a/", "x.md", 1, is_back=True),
        Departure("/b/", "x.md", 3),
    ]


def test_messages_name_what_stood_there() -> None:
    assert str(Stood(STORY, "content/articles/a.md")) == "the story content/articles/a.md"
    assert str(Stood(TAG, "Ferry")) == 'the tag "Ferry"'
    assert str(Stood("")) == "a page"


def test_only_departures_and_the_identity_make_it_another_ledger() -> None:
    one = ledger_of([Departure("/a/", "b.md", 3)], "x")
    assert one.source == ledger_of([Departure("/a/", "b.md", 9)], "x").source
    assert one.source != ledger_of([], "x").source


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1)
PATHS = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), max_size=20)


@given(PATHS, st.sampled_from([STORY, TAG, MOVED, LOST]), WORDS, st.sampled_from(["", "1f"]))
def test_a_line_says_what_was_written(path: str, kind: str, what: str, digest: str) -> None:
    line = ledger_line(f"/{path}", Stood(kind, what, digest))
    assert line.count("\n") == 1
    [(address, stood)] = parse_ledger(line)[0].items()
    assert address == f"/{path}"
    assert (stood.kind, stood.what, stood.digest) == (kind, what, digest)


@given(st.text())
def test_no_ledger_brings_it_down(text: str) -> None:
    entries, _ = parse_ledger(text)
    assert all(address.startswith("/") for address in entries)
