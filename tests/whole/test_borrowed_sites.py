"""A site that somebody else made: building it changes output and state, and nothing else."""

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.build import BuildOptions, BuildReport, build
from generator.model.problems import HinderedError, SiteError
from generator.model.values import replace
from generator.publish.guard import RefusedError
from generator.publish.journal import Journal
from generator.publish.manifest import About, Published
from generator.publish.staging import staging_folder
from generator.publish.store import manifest_path, write_manifest
from generator.publish.transaction import OccupiedError
from generator.read import newsroom
from generator.state.seal import Seal

NOW = datetime(2026, 1, 15, 12, tzinfo=UTC)
STORY = "---\ntitle: {title}\ndate: 2026-01-0{day}\n---\nIt sails.\n"
ELSEWHERE = Seal(b"the key of somebody else")


def make_site(folder: Path) -> Path:
    for path, text in {
        "config.yaml": "title: Tiny\nbase_url: https://tiny.example/\n",
        "content/articles/a.md": STORY.format(title="First", day=1),
        "content/articles/b.md": STORY.format(title="Second", day=2),
        "content/articles/draft.md": "---\ntitle: Secret\ndate: 2026-01-03\ndraft: true\n---\n",
        "static/note.txt": "note",
    }.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    return folder


def built(site: Path, output: Path | None = None) -> BuildReport:
    return build(BuildOptions(site, NOW, output))


def shape(folder: Path, besides: tuple[str, ...] = ()) -> dict[str, tuple[int, object]]:
    """All that is in a folder, links not followed: kinds, texts and targets."""
    found: dict[str, tuple[int, object]] = {}
    for root, folders, files in os.walk(folder):
        inside = Path(root).relative_to(folder)
        if inside == Path():
            folders[:] = [name for name in folders if name not in besides]
        for name in {*folders, *files} - ({*besides} if inside == Path() else set()):
            path = Path(root) / name
            mode = path.lstat().st_mode
            content: object = None
            if path.is_symlink():
                content = str(path.readlink())
            elif path.is_file():
                content = path.read_bytes()
            found[(inside / name).as_posix()] = mode, content
    return found


def forged_journal(folder: Path, victim: Path) -> None:
    """What a killed run leaves, if it had moved files over those of somebody."""
    for name in ("0", "1", "site"):
        (folder / name).mkdir(exist_ok=True) if name == "site" else (folder / name).write_text(
            "evil"
        )
    moves = (("0", "away/keys"), ("1", "index.html"))
    rows = {path: Published("0" * 32, 4) for _, path in moves}
    journal = Journal(moves, ("away/keys", "mine.txt"), rows, About("new", "", 2, 1))
    journal.store(folder, ELSEWHERE)
    assert victim.exists()


NAMES = (
    *(".broadsheet", "public", "public/away", "public/index.html", "public/2026"),
    *(".public.staging", ".public.staging/journal", ".public.staging/0", ".public.staging.new"),
    *("{staging}", "{staging}/journal", "{staging}/journal.new", "{staging}/1", "{staging}/site"),
    *(".broadsheet/lock", ".broadsheet/texts.db", ".broadsheet/texts.db-journal"),
    *(".broadsheet/code.json", ".broadsheet/code.json.new", ".broadsheet/{manifest}.db"),
    *(".broadsheet/{manifest}.seal", ".broadsheet/{manifest}.seal.new"),
    *(".broadsheet/{manifest}.ledger", ".broadsheet/{manifest}.ledger.new"),
    *(".broadsheet/{manifest}.db.new", ".broadsheet/{manifest}.db-journal"),
    *(".broadsheet/{record}.db", ".broadsheet/{record}.seal", ".broadsheet/{reasons}.db"),
    *("static/away", "static/away.txt", "content/articles/away.md", "content/away", "layouts"),
)
KINDS = (
    "file",
    "folder",
    "link to a file",
    "link to a folder",
    "link to nothing",
    "pipe",
    "second",
)


def plant(site: Path, victim: Path, name: str, kind: str) -> None:
    """Put something into a site, where nothing of that name is yet."""
    place = site / name
    if os.path.lexists(place):
        return
    with suppress(FileExistsError, NotADirectoryError):
        place.parent.mkdir(parents=True, exist_ok=True)
        match kind:
            case "file":
                place.write_bytes(b"somebody's own")
            case "folder":
                place.mkdir()
                if "staging" in name:
                    forged_journal(place, victim)
            case "link to a file":
                place.symlink_to(victim / "keys")
            case "link to a folder":
                place.symlink_to(victim)
            case "link to nothing":
                place.symlink_to(victim / "not yet")
            case "pipe":
                os.mkfifo(place)
            case "second":
                os.link(victim / "keys", place)


@settings(max_examples=120)
@given(st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(KINDS)), min_size=1, max_size=5))
def test_whatever_lies_in_a_site_nothing_changes_but_output_and_state(
    tmp_path_factory: pytest.TempPathFactory, planted: list[tuple[str, str]]
) -> None:
    world = tmp_path_factory.mktemp("world")
    site, victim = make_site(world / "site"), world / "victim"
    (victim / "deep").mkdir(parents=True)
    for name in ("keys", "journal", "1", "index.html", "deep/mine.txt"):
        (victim / name).write_text("mine")
    manifest = manifest_path(site, site / "public").stem
    number = manifest.partition("-")[2]
    names = {
        "staging": staging_folder(site / "public", site).name,
        "manifest": manifest,
        "record": f"record-{number}",
        "reasons": f"reasons-{number}",
    }
    for name, kind in planted:
        plant(site, victim, name.format(**names), kind)
    own = ("public", ".broadsheet", names["staging"])
    before = shape(victim), shape(site, own), os.path.lexists(site / "public")
    for _ in range(2):
        with suppress(HinderedError, SiteError, OccupiedError, OSError):
            built(site)
    assert (shape(victim), shape(site, own)) == before[:2]
    assert {path.name for path in world.iterdir()} == {"site", "victim"}
    shutil.rmtree(world)


@pytest.mark.parametrize("name", ["lock", "texts.db", "code.json.new", "{manifest}.seal.new"])
def test_a_link_in_the_state_folder_is_taken_out_and_not_followed(
    tmp_path: Path, name: str
) -> None:
    site, keys = make_site(tmp_path / "site"), tmp_path / "keys"
    keys.write_text("mine")
    (site / ".broadsheet").mkdir()
    stored = name.format(manifest=manifest_path(site, site / "public").stem)
    (site / ".broadsheet" / stored).symlink_to(keys)
    built(site)
    assert keys.read_text() == "mine"
    assert not (site / ".broadsheet" / stored).is_symlink()
    assert (site / "public" / "note.txt").exists()


def test_a_staging_folder_that_a_repository_carries_is_left_alone(tmp_path: Path) -> None:
    """Its journal moved files over whatever a link in `public/` led to."""
    site, victim = make_site(tmp_path / "site"), tmp_path / "victim"
    victim.mkdir()
    (victim / "keys").write_text("mine")
    (site / "public").mkdir()
    (site / "public" / "away").symlink_to(victim)
    (site / ".public.staging").mkdir()
    forged_journal(site / ".public.staging", victim)
    before = shape(site / ".public.staging")
    with pytest.raises(RefusedError):
        built(site)
    assert (victim / "keys").read_text() == "mine"
    assert shape(site / ".public.staging") == before


def test_an_output_folder_that_is_a_link_out_of_the_site_must_be_named(tmp_path: Path) -> None:
    site, victim = make_site(tmp_path / "site"), tmp_path / "victim"
    victim.mkdir()
    (site / "public").symlink_to(victim)
    with pytest.raises(RefusedError, match="leads out of the site"):
        built(site)
    assert shape(victim) == {}
    built(site, site / "public")
    assert (victim / "note.txt").read_text() == "note"


# State that somebody else wrote


@pytest.fixture
def other_account(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Callable[[], None]:
    """A function that lets everything after it be done by another account."""

    def change() -> None:
        monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("other")))

    return change


def rewritten(site: Path) -> None:
    """Rewrite the rows of two texts, as somebody may who can send a folder."""
    with sqlite3.connect(site / ".broadsheet/texts.db") as store:
        store.execute("UPDATE files SET value = replace(value, 'First', 'Forged')")
        store.execute("UPDATE files SET value = replace(value, 'true', 'false')")
    store.close()


def clone(site: Path, place: Path) -> Path:
    """A fresh checkout with the state restored, and nothing published."""
    shutil.copytree(site, place, symlinks=True)
    shutil.rmtree(place / "public")
    return place


def test_texts_that_somebody_rewrote_in_the_state_are_read_anew(tmp_path: Path) -> None:
    site = make_site(tmp_path / "site")
    built(site)
    place = clone(site, tmp_path / "clone")
    rewritten(place)
    report = built(place)
    assert report.was_damaged
    assert shape(place / "public") == shape(site / "public")


def test_the_state_of_another_account_is_dropped_whoever_made_it(
    tmp_path: Path, other_account: Callable[[], None]
) -> None:
    site = make_site(tmp_path / "site")
    built(site)
    place = clone(site, tmp_path / "clone")
    other_account()
    assert built(place).was_damaged
    assert shape(place / "public") == shape(site / "public")
    assert not built(place).was_damaged


def test_a_manifest_that_somebody_else_wrote_makes_no_file_ours(
    tmp_path: Path, other_account: Callable[[], None]
) -> None:
    site = make_site(tmp_path / "site")
    (site / "public").mkdir()
    (site / "public" / "mine.txt").write_text("mine")
    stored = manifest_path(site, site / "public")
    write_manifest(stored, {"mine.txt": Published("0" * 32, 4)}, About("a", "", 1, 0))
    other_account()
    with pytest.raises(RefusedError, match="did not publish"):
        built(site)
    assert (site / "public" / "mine.txt").read_text() == "mine"


def test_a_manifest_of_another_output_folder_makes_no_file_ours(tmp_path: Path) -> None:
    site = make_site(tmp_path / "site")
    built(site, site / "beta")
    (site / "public").mkdir()
    (site / "public" / "note.txt").write_text("mine")
    beta, public = (manifest_path(site, site / name) for name in ("beta", "public"))
    for ending in (".db", ".seal", ".ledger"):
        shutil.copy(beta.with_suffix(ending), public.with_suffix(ending))
    with pytest.raises(RefusedError, match="did not publish"):
        built(site)
    assert (site / "public" / "note.txt").read_text() == "mine"


def test_state_that_travels_is_believed_with_the_same_key(
    tmp_path: Path, other_account: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a build service restores it into a fresh checkout: nothing is read again."""
    monkeypatch.setenv("BROADSHEET_STATE_KEY", "a key for tests, which is no secret")
    site = make_site(tmp_path / "site")
    built(site)
    place = tmp_path / "checkout"
    shutil.copytree(site, place)
    other_account()

    def read(*_: object) -> None:
        raise AssertionError("a text was read again")

    with monkeypatch.context() as patch:
        patch.setattr(newsroom, "_read", read)
        report = built(place)
    assert not report.was_damaged
    assert report.changes == replace(report.changes, added=(), changed=(), deleted=())
    monkeypatch.setenv("BROADSHEET_STATE_KEY", "another key for tests, no secret")
    monkeypatch.setattr(newsroom, "_read", read)
    with pytest.raises(AssertionError):
        built(place)


# Links within the site


@pytest.mark.parametrize(
    ("link", "target"),
    [
        ("static/c", "../.git"),
        ("static/c", "../.env"),
        ("static/c.md", "../content/articles/draft.md"),
        ("static/c.md", "../content/articles/a.md"),
        ("static/c", "../content/articles"),
        ("static/c.jpg", "../content/articles/hidden.jpg"),
        ("content/articles/c.jpg", "hidden.jpg"),
        ("config.yaml", "../elsewhere.yaml"),
        ("config.yaml", ".env"),
    ],
)
def test_a_link_to_what_is_not_published_itself_publishes_nothing(
    tmp_path: Path, link: str, target: str
) -> None:
    site = make_site(tmp_path / "site")
    (site / ".git").mkdir()
    (site / ".git" / "config").write_text("secret")
    (site / ".env").write_text("title: secret")
    (tmp_path / "elsewhere.yaml").write_text("title: secret")
    (site / "content/articles/hidden.jpg").write_text("secret")
    (site / "content/articles/c.md").write_text(
        "---\ntitle: C\ndate: 2026-01-04\n---\n"
        + ("![x](c.jpg)\n" if link.endswith("articles/c.jpg") else "")
    )
    (site / link).unlink(missing_ok=True)
    (site / link).symlink_to(target)
    with pytest.raises(SiteError) as raised:
        built(site)
    errors = [problem for problem in raised.value.problems if problem.is_error]
    assert errors
    assert all("is a link" in problem.message for problem in errors)
    assert all(problem.place.path.startswith(link) for problem in errors)
    assert not (site / "public").exists()


def test_a_link_to_what_is_published_itself_publishes_it(tmp_path: Path) -> None:
    site = make_site(tmp_path / "site")
    (site / "static/c.txt").symlink_to("note.txt")
    (site / "content/articles/p.jpg").write_text("a picture")
    (site / "content/articles/q.jpg").symlink_to("p.jpg")
    story = site / "content/articles/c.md"
    both = "---\ntitle: C\ndate: 2026-01-04\n---\n![p](p.jpg) ![q](q.jpg)\n"
    story.write_text(both)
    built(site)
    assert (site / "public/c.txt").read_text() == "note"
    (site / "content/articles/d.md").write_text(both.replace("title: C", "title: D"))
    built(site)
    for path in ("content/articles/c.md", "content/articles/d.md"):
        (site / path).write_text(both.replace("![p](p.jpg) ", ""))
    with pytest.raises(SiteError, match="is not published itself"):
        built(site)
