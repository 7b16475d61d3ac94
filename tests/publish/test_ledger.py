"""Whose the files are, though the manifest is damaged."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.publish.guard import open_output
from generator.publish.ledger import extend_ledger, ledger_path, read_ledger, write_ledger
from generator.publish.manifest import Published
from generator.publish.store import ledger_seal, manifest_path, seal_path
from generator.publish.transaction import Changes
from generator.state.seal import Seal
from tests.support.publishing import Files, files_below, run, sound

OLD = {"index.html": "old", "a/index.html": "a", "b/index.html": "gone", "c.css": "c"}
NEW = {"index.html": "new", "a/index.html": "a", "d/index.html": "added", "c.css": "c"}
SEAL = Seal(b"a key of these tests")
FILES = {"a é\n": Published("", 0, "of a"), "b/c": Published("", 0, "of c")}


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """A ledger of FILES that ends in the state `one`."""
    path = tmp_path / "published-x.ledger"
    write_ledger(path, FILES, "one", SEAL)
    return path


def test_a_ledger_tells_which_files_are_ours_and_what_they_were_made_from(ledger: Path) -> None:
    assert read_ledger(ledger, SEAL) == {"a é\n": "of a", "b/c": "of c"}
    write_ledger(ledger, {}, "two", SEAL)
    assert read_ledger(ledger, SEAL) == {}
    assert read_ledger(ledger.with_name("none"), SEAL) is None


def test_changes_are_added(ledger: Path) -> None:
    before = ledger.read_bytes()
    more = {"b/c": Published("", 0, "of another"), "d": Published("", 0)}
    assert extend_ledger(
        ledger, more.items(), ["a é\n", "unknown"], before="one", after="two", seal=SEAL
    )
    assert read_ledger(ledger, SEAL) == {"b/c": "of another", "d": ""}
    assert ledger.read_bytes().startswith(before)


def test_nothing_is_added_to_another_state_or_to_a_damaged_ledger(ledger: Path) -> None:
    assert not extend_ledger(ledger, [], ["b/c"], before="none", after="two", seal=SEAL)
    whole = ledger.read_bytes()
    for length in range(len(whole)):
        ledger.write_bytes(whole[:length])
        assert not extend_ledger(ledger, [], ["b/c"], before="one", after="two", seal=SEAL)
        assert ledger.read_bytes() == whole[:length]
    ledger.unlink()
    assert not extend_ledger(ledger, [], ["b/c"], before="one", after="two", seal=SEAL)


def test_a_ledger_that_is_not_whole_is_none(ledger: Path) -> None:
    whole = ledger.read_bytes()
    for length in range(len(whole) - 1):
        ledger.write_bytes(whole[:length])
        assert read_ledger(ledger, SEAL) is None
    for place in range(8 * len(whole) - 8):
        bad = bytearray(whole)
        bad[place // 8] ^= 1 << (place % 8)
        ledger.write_bytes(bad)
        assert read_ledger(ledger, SEAL) is None


@pytest.mark.parametrize("path", ["../x", "/etc/passwd", "a//b", ""])
def test_a_ledger_that_leads_outside_is_none(ledger: Path, path: str) -> None:
    write_ledger(ledger, {path: Published("", 0)}, "one", SEAL)
    assert read_ledger(ledger, SEAL) is None


rows = st.dictionaries(st.text("ab/é", min_size=1, max_size=3), st.sampled_from(["", "s"]))
sane = rows.map(lambda d: {f"x{path.replace('/', 'y')}": source for path, source in d.items()})


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=st.lists(st.tuples(sane, sane), max_size=4))
def test_after_any_changes_it_tells_what_is_left(
    ledger: Path, changes: list[tuple[Files, Files]]
) -> None:
    expected: Files = {}
    write_ledger(ledger, {}, "0", SEAL)
    for number, (more, gone) in enumerate(changes):
        files = {path: Published("", 0, source) for path, source in more.items()}
        left = gone.keys() - more.keys()
        extend_ledger(
            ledger, files.items(), left, before=str(number), after=str(number + 1), seal=SEAL
        )
        expected = {path: expected[path] for path in expected.keys() - left} | more
    assert read_ledger(ledger, SEAL) == expected


# What it is for


def damage(file: Path, place: float, kind: str) -> None:
    """Cut a file short at a part of its length, flip a bit there, or throw it away."""
    data = file.read_bytes()
    number = int(place * (len(data) - 1))
    if kind == "cut":
        file.write_bytes(data[:number])
    elif kind == "flip":
        flipped = bytes([data[number] ^ (1 << number % 8)])
        file.write_bytes(data[:number] + flipped + data[number + 1 :])
    else:
        file.unlink()


@settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(
    which=st.sampled_from([manifest_path, seal_path, ledger_path]),
    place=st.floats(0, 1),
    kind=st.sampled_from(["cut", "flip", "throw away"]),
    partial=st.booleans(),
)
def test_whichever_file_is_damaged_the_next_run_makes_what_a_clean_one_would(
    *,
    tmp_path_factory: pytest.TempPathFactory,
    which: Callable[..., Path],
    place: float,
    kind: str,
    partial: bool,
) -> None:
    site = tmp_path_factory.mktemp("site")
    output = site / "public"
    run(site, output, {"index.html": "first", "c.css": "c"})
    run(site, output, OLD, partial=partial)
    (output / "mine.txt").write_text("mine")
    stored = manifest_path(site, output)
    damage(stored if which is manifest_path else which(stored), place, kind)
    transaction = open_output(output, site)
    assert not transaction.is_adopting
    if which is not seal_path:  # which is a seal of both
        assert transaction.was_damaged == (which is manifest_path)
    run(site, output, NEW)
    assert files_below(output) == NEW | {"mine.txt": "mine"}
    assert run(site, output, NEW) == Changes(unchanged=4)
    assert not open_output(output, site).was_damaged


def test_a_damaged_ledger_is_written_anew_at_once(site: Path, output: Path) -> None:
    run(site, output, OLD)
    stored = manifest_path(site, output)
    ledger = ledger_path(stored)
    good = ledger.read_bytes()
    for text in (b"", b"damaged\n", good[:20] + b"?" + good[21:], None):
        ledger.write_bytes(text) if text is not None else ledger.unlink()
        assert not open_output(output, site).was_damaged
        assert read_ledger(ledger, ledger_seal(stored)) == {
            path: f"source of {path}" for path in OLD
        }
        assert sound(site, output) == OLD


def test_a_ledger_does_not_grow_for_ever(site: Path, output: Path) -> None:
    run(site, output, {str(number): "x" for number in range(40)})
    ledger = ledger_path(manifest_path(site, output))
    sizes = []
    for number in range(40):
        run(site, output, {str(n): f"{number}" for n in range(40)}, partial=True)
        sizes.append(ledger.stat().st_size)
    assert max(sizes) < 50_000
    assert sizes[-1] < max(sizes)


def test_what_was_made_from_a_broken_source_is_kept_after_damage(site: Path, output: Path) -> None:
    run(site, output, OLD)
    manifest_path(site, output).write_bytes(b"")
    with open_output(output, site) as transaction:
        transaction.put("index.html", b"new")
        assert transaction.keep("source of a/index.html") == 1
        transaction.commit()
    assert files_below(output) == {"index.html": "new", "a/index.html": "a"}
    assert open_output(output, site).stands_whole()


def test_without_manifest_and_ledger_a_site_is_adopted_as_it_is_or_refused(
    site: Path, output: Path
) -> None:
    run(site, output, OLD)
    shutil.rmtree(site / ".broadsheet")
    transaction = open_output(output, site)
    assert transaction.is_adopting
    assert not transaction.was_damaged
