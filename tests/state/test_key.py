"""The key is this account's alone, and never in the site."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from generator.state.key import VARIABLE, WeakKeyError, key_folder, key_of
from generator.state.seal import seal_of


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An account's folder for state, with no key in it yet."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "home"))
    return tmp_path / "home" / "broadsheet"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "site").mkdir()
    return tmp_path / "site"


def test_a_key_is_made_at_first_and_kept_for_this_account_alone(home: Path, site: Path) -> None:
    first = key_of(site)
    assert first.is_lasting
    assert len(first.secret) == 32
    assert key_of(site) == first
    assert stat.S_IMODE((home / "key").stat().st_mode) == 0o600
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    assert [file.name for file in home.iterdir()] == ["key"]


def test_processes_that_make_it_at_once_agree(home: Path, site: Path, checkout: Path) -> None:
    code = (
        "from pathlib import Path; from generator.state.key import key_of\n"
        f"print(key_of(Path({str(site)!r})).secret.hex())"
    )
    environment = {**os.environ, "PYTHONPATH": str(checkout)}
    running = [
        subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, env=environment)
        for _ in range(4)
    ]
    found = {process.communicate(timeout=60)[0] for process in running}
    assert found == {f"{key_of(site).secret.hex()}\n".encode()}
    assert home.exists()


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o666])
def test_a_key_that_others_could_read_is_replaced(home: Path, site: Path, mode: int) -> None:
    first = key_of(site)
    (home / "key").chmod(mode)
    second = key_of(site)
    assert second.is_lasting
    assert second != first


@pytest.mark.parametrize("content", [b"", b"short", b"x" * 33])
def test_a_file_that_is_no_key_is_replaced(home: Path, site: Path, content: bytes) -> None:
    key_of(site)
    (home / "key").write_bytes(content)
    assert key_of(site).is_lasting
    assert len((home / "key").read_bytes()) == 32


def test_a_link_in_place_of_the_key_is_not_followed(home: Path, site: Path, tmp_path: Path) -> None:
    home.mkdir(parents=True)
    known = tmp_path / "known"
    known.write_bytes(b"k" * 32)
    known.chmod(0o600)
    (home / "key").symlink_to(known)
    assert key_of(site).secret != b"k" * 32
    assert not key_of(site).is_lasting


def test_a_key_in_the_site_is_no_key(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A repository could carry it; some build services make the checkout the home folder."""
    monkeypatch.setenv("XDG_STATE_HOME", str(site / ".local/state"))
    folder = site / ".local/state/broadsheet"
    folder.mkdir(parents=True)
    (folder / "key").write_bytes(b"k" * 32)
    (folder / "key").chmod(0o600)
    key = key_of(site)
    assert key.secret != b"k" * 32
    assert not key.is_lasting
    assert key_of(site) == key


def test_where_no_key_can_be_kept_there_is_one_for_this_process(
    home: Path, site: Path, checkout: Path
) -> None:
    home.parent.write_text("no folder")
    key = key_of(site)
    assert not key.is_lasting
    assert key_of(site) == key
    code = (
        "from pathlib import Path; from generator.state.key import key_of\n"
        f"print(key_of(Path({str(site)!r})).secret.hex())"
    )
    environment = {**os.environ, "PYTHONPATH": str(checkout)}
    words = [sys.executable, "-c", code]
    other = subprocess.run(words, capture_output=True, env=environment, check=True, text=True)
    assert other.stdout.strip() != key.secret.hex()


def test_the_environment_can_give_it(
    home: Path, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "sixteen letters!")
    key = key_of(site)
    assert key.is_lasting
    assert not home.exists()
    monkeypatch.setenv(VARIABLE, "sixteen letters?")
    assert key_of(site) != key
    monkeypatch.setenv(VARIABLE, "too short")
    with pytest.raises(WeakKeyError, match="fewer than 16 characters"):
        key_of(site)


def test_a_folder_that_is_not_absolute_is_ignored(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", "here")
    monkeypatch.setenv("HOME", "/home/ann")
    assert key_folder() == Path("/home/ann/.local/state/broadsheet")


@pytest.mark.parametrize("home", ["", "here", "./"])
def test_a_home_that_is_nowhere_has_no_key(home: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_STATE_HOME", raising=False)
    monkeypatch.setenv("HOME", home)
    assert key_folder() is None


@pytest.mark.usefixtures("home")
def test_what_was_sealed_as_one_thing_is_nothing_as_another(site: Path) -> None:
    seal = seal_of(site, "texts")
    mark = seal.of("a", b"b")
    assert seal.fits(mark, "a", b"b")
    assert seal.fits(mark.hex(), "a", "b")
    for parts in (("ab",), ("a", "b", ""), ("a", "c"), ("b", "a"), ()):
        assert not seal.fits(mark, *parts)
    assert not seal_of(site, "manifest").fits(mark, "a", "b")
    assert not seal.within("rows").fits(mark, "a", "b")
    assert not seal.fits("\udc80", "a", "b")


@pytest.mark.usefixtures("home")
def test_no_key_is_ever_shown(site: Path) -> None:
    key, seal = key_of(site), seal_of(site, "texts")
    assert (repr(key), repr(seal)) == ("Key(...)", "Seal(...)")
