"""Credit is written into a file as it is read out of it, however long a field is."""

from hypothesis import example, given
from hypothesis import strategies as st

from generator.pictures.credit import LONGEST, Credit, credit_in_iptc, iptc_of, plain

WORDS = st.builds(
    lambda length, end: "a" * length + end,
    st.sampled_from([0, LONGEST - 10, LONGEST - 1, LONGEST]),
    st.text(max_size=20),
)


@given(WORDS)
@example("a" * (LONGEST - 1) + " b")
def test_a_field_is_one_line_that_stays_as_it_is(text: str) -> None:
    line = plain(text)
    assert line.isprintable()
    assert line == line.strip()
    assert len(line) <= LONGEST
    assert plain(line) == line


@given(WORDS, WORDS, WORDS)
def test_what_is_written_is_read_again(creator: str, line: str, rights: str) -> None:
    credit = Credit(plain(creator), plain(line), plain(rights))
    assert credit_in_iptc(iptc_of(credit)) == credit
