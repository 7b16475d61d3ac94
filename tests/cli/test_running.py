"""Commands as people run them: what they print, what they change, and how they are stopped."""

import json
import os
import re
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.cli import progress
from tests.support.commands import assert_clean, run, state

pytestmark = pytest.mark.slow

ARTICLES = "content/articles"


def write_story(site: Path, body: str = "Text.", name: str = "x") -> None:
    text = f"---\ntitle: A\ndate: 2025-01-01\n---\n{body}\n"
    (site / ARTICLES / f"{name}.md").write_text(text, encoding="utf-8")


def write_faulty_story(site: Path, name: str = "x") -> None:
    (site / ARTICLES / f"{name}.md").write_text("---\ntitle: A\n---\n", encoding="utf-8")


def leftovers(site: Path) -> list[str]:
    return [path.name for path in site.iterdir() if path.name.startswith(".public")]


def child(
    *words: str, cwd: Path, allow: Callable[[], None] | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "generator", *words],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        preexec_fn=allow,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def as_anybody() -> None:
    """Let permissions bind, even on root: without the capabilities to pass over them."""
    import ctypes  # noqa: PLC0415 - on Linux only

    drop, read_anything, search_anywhere = 24, 1, 2
    libc = ctypes.CDLL(None)
    for capability in (read_anything, search_anywhere):
        libc.prctl(drop, capability, 0, 0, 0)


on_linux = pytest.mark.skipif(sys.platform != "linux", reason="asks Linux for capabilities")


@on_linux
@pytest.mark.parametrize(
    ("path", "told"),
    [
        (f"{ARTICLES}/first.md", f"{ARTICLES}/first.md: error: cannot be read: Permission"),
        (ARTICLES, f"{ARTICLES}: error: cannot be read: Permission"),
        ("content", "content: error: cannot be read: Permission"),
        ("static", "static: error: cannot be read: Permission"),
        ("layouts", "layouts: error: cannot be read: Permission"),
        ("layouts/a.html", "layouts/a.html: error: cannot be read: Permission"),
        ("config.yaml", "config.yaml: error: cannot be read: Permission"),
    ],
)
def test_no_permission_to_read_is_a_problem(site: Path, path: str, told: str) -> None:
    for folder in ("static", "layouts"):
        (site / folder).mkdir()
    (site / "layouts/a.html").touch()
    before = state(site / "public")
    mode = (site / path).stat().st_mode
    (site / path).chmod(0)
    result = child("build", cwd=site, allow=as_anybody)
    (site / path).chmod(stat.S_IMODE(mode))
    assert (result.returncode, result.stdout) == (1, "")
    assert told in result.stderr
    assert_clean(result, site)
    assert state(site / "public") == before


@on_linux
@pytest.mark.parametrize("path", ["public", "public/news/2025/01", ".", ".broadsheet"])
def test_no_permission_to_write_is_the_machines_failure(site: Path, path: str) -> None:
    before = state(site / "public")
    write_story(site)
    (site / path).chmod(0o555)
    result = child("build", "--quiet", cwd=site, allow=as_anybody)
    (site / path).chmod(0o755)
    assert (result.returncode, result.stdout) == (3, "")
    assert result.stderr.startswith("broadsheet: the machine failed: Permission denied")
    assert_clean(result, site)
    assert run("build", "--quiet", "--site", site).output == ""
    assert before.keys() < state(site / "public").keys()
    assert leftovers(site) == []


def no_large_files() -> None:
    import resource  # noqa: PLC0415 - not on every system

    resource.setrlimit(resource.RLIMIT_FSIZE, (1500, 1500))


@pytest.mark.skipif(os.name != "posix", reason="asks POSIX for a limit")
def test_a_file_that_cannot_be_written_is_the_machines_failure(site: Path) -> None:
    before = state(site / "public")
    write_story(site, "word " * 1000)
    result = child("build", "--json", cwd=site, allow=no_large_files)
    assert result.returncode == 3
    assert "broadsheet: the machine failed: File too large" in result.stderr
    (problem,) = json.loads(result.stdout)["problems"]
    assert problem["message"].startswith("the machine failed: File too large")
    assert_clean(result, site)
    assert state(site / "public") == before
    assert leftovers(site) == []


FULL_DISK = """
set -e
mount -t tmpfs -o size=2m none disk
cp -r site disk/site && cd disk/site
sums() { find public -type f -exec sha256sum {} + | sort; }
sums > ../before
printf -- '---\\ntitle: Big\\ndate: 2025-01-02\\n---\\n%0200000d\\n' 0 > content/articles/big.md
dd if=/dev/zero of=../filler bs=1k 2>/dev/null || true
"$PYTHON" -m generator build && exit 99 || echo "exit $?"
sums | cmp - ../before && echo same
ls -A | grep staging || echo "no staging"
rm ../filler
"$PYTHON" -m generator build --quiet && echo built
"""


@on_linux
def test_a_full_disk_is_the_machines_failure(site: Path) -> None:
    (site.parent / "disk").mkdir()
    apart = ["unshare", "--mount", *(["--map-root-user"] if os.geteuid() else [])]
    if subprocess.run([*apart, "true"], capture_output=True, check=False).returncode:
        pytest.skip("may not mount anything on this machine")
    result = subprocess.run(
        [*apart, "sh", "-c", FULL_DISK],
        cwd=site.parent,
        env={
            **os.environ,
            "PYTHON": sys.executable,
            "PYTHONPATH": str(Path(__file__).parents[2]),
            "PYTHONDONTWRITEBYTECODE": "1",
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert result.stdout.split("\n")[:-1] == ["exit 3", "same", "no staging", "built"], result
    assert "the machine failed: No space left on device" in result.stderr
    assert_clean(result, site)


def started(site: Path, *words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "generator", "build", *words],
        cwd=site,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize(
    ("number", "told"), [(signal.SIGINT, "\nStopped.\n"), (signal.SIGTERM, "")]
)
@pytest.mark.parametrize("workers", ["0", "2"])
def test_a_build_that_is_stopped_leaves_the_old_site(
    site: Path, number: signal.Signals, told: str, workers: str
) -> None:
    before = state(site / "public")
    body = "Text *with* marks and [a link](first.md).\n\n" * 300
    for day in range(120):
        write_story(site, body, f"s{day}")
    process = started(site, "--workers", workers)
    deadline = time.monotonic() + 30
    while not leftovers(site) and time.monotonic() < deadline:
        time.sleep(0.005)
    process.send_signal(number)
    stdout, stderr = process.communicate(timeout=30)
    assert (process.returncode, stdout) == (128 + number, "")
    assert stderr.endswith(told)
    assert "Traceback" not in stderr
    assert leftovers(site) == []
    assert state(site / "public") == before


def test_a_pipe_that_nobody_reads_is_no_traceback(site: Path) -> None:
    process = started(site, "--json")
    assert process.stdout
    process.stdout.close()
    process.stdout = None
    _, stderr = process.communicate(timeout=30)
    assert (process.returncode, stderr) == (141, "")


def test_problems_that_nobody_reads_are_no_traceback(site: Path) -> None:
    write_faulty_story(site)
    process = started(site)
    assert process.stderr
    process.stderr.close()
    process.stderr = None
    stdout, _ = process.communicate(timeout=30)
    assert (process.returncode, stdout) == (1, "")  # the site is no better for it


def test_a_terminal_that_knows_few_letters_is_no_traceback(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_faulty_story(site, "Київ")
    monkeypatch.setenv("PYTHONIOENCODING", "latin-1")
    result = child("new", "tag", "Київ", cwd=site)
    assert (result.returncode, result.stderr) == (0, "")
    result = child("build", cwd=site)
    assert result.returncode == 1
    assert "\\u041a\\u0438\\u0457\\u0432.md:1:1: error: no date" in result.stderr


def test_a_build_says_what_it_did_and_what_to_do_next(site: Path) -> None:
    write_story(site)
    text = "---\ntitle: Later\ndate: 2025-01-01\nembargo: 2026-02-01T08:00Z\n---\n"
    (site / ARTICLES / "later.md").write_text(text, encoding="utf-8")
    result = run("build", "--site", site, "--now", "2026-01-15")
    assert (result.exit_code, result.stderr) == (0, "")
    first, second, left_out, third, fourth = result.stdout.splitlines()
    assert first.startswith("Built 2 articles into 12 files in ")
    assert re.fullmatch(r"  \S*public: 1 new, \d+ changed, \d+ as before", second)
    assert left_out == "  Left out: 1 story held back until later."
    assert third == "  Build again at 2026-02-01 08:00:00 UTC: the site changes then."
    assert fourth.startswith("  Look at it: python3 -m http.server --bind 127.0.0.1 --directory ")


@pytest.mark.parametrize("words", [["--quiet"], ["-q"]])
def test_quiet_is_silent_when_all_is_well(site: Path, words: list[str]) -> None:
    write_story(site)
    assert run("build", "--site", site, *words).output == ""
    assert (site / "public/news/2025/01/x/index.html").exists()


def test_quiet_tells_problems(site: Path) -> None:
    write_faulty_story(site)
    assert "error: no date" in run("build", "--site", site, "--quiet").stderr


def test_json_is_one_object_of_what_was_done(site: Path) -> None:
    write_story(site)
    (site / ARTICLES / "first.md").unlink()
    later = "---\ntitle: [\n---\n".replace("[", "Later")
    later = later.replace("\n---\n", "\ndate: 2025-01-01\nembargo: 2026-02-01\nlayout: x\n---\n", 1)
    (site / ARTICLES / "later.md").write_text(later, encoding="utf-8")
    result = run("build", "--site", site, "--json", "--now", "2026-01-15")
    told = json.loads(result.stdout)
    assert list(told) == [
        *("articles", "outputs", "written", "unchanged", "deleted", "changes", "problems"),
        *("left_out", "next_change", "seconds"),
    ]
    changes = told["changes"]
    assert list(changes) == ["added", "changed", "deleted"]
    assert (told["articles"], result.exit_code) == (1, 0)
    assert changes["added"] == ["news/2025/01/x/index.html"]
    assert "news/2025/01/first/index.html" in changes["deleted"]
    assert told["written"] == len(changes["added"]) + len(changes["changed"])
    assert told["deleted"] == len(changes["deleted"])
    assert told["outputs"] == told["written"] + told["unchanged"]
    assert told["next_change"] == "2026-02-01T00:00:00+00:00"
    assert told["left_out"] == [
        {
            "path": "content/articles/later.md",
            "title": "Later",
            "state": "scheduled",
            "reason": "held back until 2026-02-01 00:00 UTC",
            "until": "2026-02-01T00:00:00+00:00",
        }
    ]
    assert told["seconds"] > 0
    assert told["problems"] == [
        {
            "path": "content/articles/later.md",
            "line": 5,
            "column": 1,
            "severity": "warning",
            "message": 'unknown key "layout"',
            "hint": 'Take it out, or write it under "extra:" to hand it to your layouts.',
        }
    ]


def is_published(site: Path, name: str) -> bool:
    return (site / f"public/news/2025/01/{name}/index.html").exists()


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2025-01-01T00:00:00Z", True),
        ("2024-12-31T23:59:59Z", False),
        ("2024-12-31", False),
        ("2025-01-01 02:00 +02:00", True),
    ],
)
def test_now_is_the_instant_of_the_whole_build(site: Path, now: str, expected: bool) -> None:
    assert run("build", "--site", site, "--now", now).exit_code == 0
    assert is_published(site, "first") is expected


def test_now_without_a_zone_is_the_sites(site: Path) -> None:
    with (site / "config.yaml").open("a", encoding="utf-8") as config:
        config.write("timezone: Pacific/Auckland\n")
    assert run("build", "--site", site, "--now", "2025-01-01").exit_code == 0
    assert is_published(site, "first")


@pytest.mark.parametrize("now", ["soon", "2024-02-30", "12:00", "1e9", "0", "tomorrow"])
def test_now_that_is_no_instant_is_wrong_usage(site: Path, now: str) -> None:
    result = run("build", "--site", site, "--now", now)
    assert result.exit_code == 2
    assert f'Invalid value for --now: not a date: "{now}"' in result.stderr


def test_source_date_epoch_stands_in_for_now(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1735689599")
    run("build", "--site", site)
    assert not is_published(site, "first")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1735689600")
    run("build", "--site", site)
    assert is_published(site, "first")
    run("build", "--site", site, "--now", "2024-01-01")
    assert not is_published(site, "first")


@pytest.mark.parametrize("epoch", ["soon", "1.5", "9" * 30, "-" + "9" * 30])
def test_a_source_date_epoch_that_is_none_is_wrong_usage(
    site: Path, epoch: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    result = run("build", "--site", site)
    assert result.exit_code == 2
    assert "Invalid value for SOURCE_DATE_EPOCH" in result.stderr


def test_an_empty_source_date_epoch_is_none(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "")
    assert run("build", "--site", site).exit_code == 0


def test_another_base_url_changes_every_link(site: Path) -> None:
    run("build", "--site", site, "--base-url", "https://x.org/a/b/", "--quiet")
    assert 'href="/a/b/news/2025/01/first/"' in (site / "public/index.html").read_text("utf-8")


def test_drafts_are_published_only_when_asked_for(site: Path) -> None:
    text = "---\ntitle: A\ndate: 2025-01-01\ndraft: true\n---\n"
    (site / ARTICLES / "x.md").write_text(text, encoding="utf-8")
    run("build", "--site", site, "--drafts")
    assert is_published(site, "x")
    run("build", "--site", site)
    assert not is_published(site, "x")


def test_the_site_round_this_folder_is_built(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_story(site)
    monkeypatch.chdir(site / ARTICLES)
    result = run("build")
    assert result.exit_code == 0
    assert "  ../../public: 1 new" in result.stdout
    assert is_published(site, "x")


def test_another_output_stands_by_itself(site: Path, tmp_path: Path) -> None:
    result = run("build", "--site", site, "--output", tmp_path / "else where")
    assert result.exit_code == 0
    assert f"--directory '{tmp_path / 'else where'}'" in result.stdout
    assert (tmp_path / "else where/index.html").exists()
    assert is_published(site, "first")


def test_clean_writes_every_file_anew(site: Path) -> None:
    told = json.loads(run("build", "--site", site, "--json", "--now", "2026-01-15").stdout)
    assert (told["written"], told["unchanged"]) == (0, told["outputs"])
    words = ("--json", "--clean", "--now", "2026-01-15")
    told = json.loads(run("build", "--site", site, *words).stdout)
    assert (told["written"], told["unchanged"]) == (told["outputs"], 0)


def test_a_new_file_is_begun_and_its_path_printed(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(site.parent)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1735689600")
    result = run("new", "article", "Ferry: to run again?", "--section", "World", "--site", "site")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "site/content/articles/2025/ferry-to-run-again.md\n"
    assert "section: World" in Path(result.stdout.strip()).read_text("utf-8")
    assert run("build", "--site", "site").exit_code == 0


@pytest.mark.parametrize("kind", ["page", "tag", "section", "author"])
def test_every_kind_can_be_begun_and_builds(
    site: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(site / "content")
    result = run("new", kind, "Ferry")
    assert result.stdout == f"{kind}s/ferry.md\n"
    assert run("build").exit_code == 0
    again = run("new", kind, "Ferry")
    assert (again.exit_code, again.stdout) == (2, "")
    assert "is there already.\nChoose another title.\n" in again.stderr


def test_a_new_file_is_named_in_the_sites_language(site: Path) -> None:
    with (site / "config.yaml").open("a", encoding="utf-8") as config:
        config.write("language: ru\n")
    assert run("new", "tag", "Гоголь", "--site", site).stdout.endswith("/gogol.md\n")


def test_only_an_article_has_a_section(site: Path) -> None:
    result = run("new", "page", "A", "--section", "World", "--site", site)
    assert result.exit_code == 2
    assert "only an article has a section" in result.stderr


def test_a_configuration_with_faults_stops_every_command(site: Path) -> None:
    (site / "config.yaml").write_text("titel: A", encoding="utf-8")
    for words in (["new", "tag", "A"], ["check"], ["import", "wire", site / "config.yaml"]):
        result = run(*words, "--site", site)
        assert result.exit_code == 1
        assert "Nothing was published" not in result.stderr
        assert "\n2 errors.\n" in result.stderr


def test_a_new_site_builds_at_once_and_passes_its_check(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("init", "my site", "--title", "The *Gazette*: news")
    assert result.stdout.endswith("files in my site.\nNext: broadsheet build --site 'my site'\n")
    assert run("build", "--site", "my site").exit_code == 0
    assert "The *Gazette*: news" in (tmp_path / "my site/public/index.html").read_text("utf-8")
    checked = run("check", "--site", "my site")
    assert checked.exit_code == 0
    assert re.fullmatch(r"Checked my site/public in \d+\.\d s: all is well\.\n", checked.stdout)


def test_a_folder_with_something_in_it_is_not_made_a_site(site: Path) -> None:
    before = state(site)
    result = run("init", site)
    assert (result.exit_code, result.stdout) == (2, "")
    assert state(site) == before


def test_check_tells_what_is_broken_in_the_published_site(site: Path) -> None:
    page = site / "public/news/2025/01/first/index.html"
    page.write_bytes(page.read_bytes().replace(b"</main>", b'<a href="/gone/">gone</a></main>'))
    result = run("check", "--site", site)
    assert result.exit_code == 1
    assert "/gone/" in result.stderr
    told = json.loads(run("check", "--site", site, "--json").stdout)
    assert list(told) == ["problems"]
    assert told["problems"][0]["path"] == "news/2025/01/first/index.html"


def test_check_of_a_site_that_was_never_built_says_so(site: Path, tmp_path: Path) -> None:
    result = run("check", "--site", site, "--output", tmp_path / "nothing")
    assert result.exit_code == 1
    assert "broadsheet build" in result.stderr
    assert str(tmp_path) not in result.stderr


def test_wire_copy_is_imported_and_told(site: Path, tmp_path: Path) -> None:
    copy = tmp_path / "kursk.txt"
    copy.write_text("Ferry sails\n\nIt *sails*.\n\n    Ferry, Harbour\n", encoding="utf-8")
    words = ("--site", site, "--date", "2025-01-03", "--section", "world")
    result = run("import", "wire", copy, *words)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "content/articles/2025/ferry-sails.md" in result.stdout
    assert "  headline: Ferry sails\n  1 paragraph, tags: Ferry, Harbour\n" in result.stdout
    assert result.stdout.endswith("\nImported 1 story from 1 file.\n")
    assert run("build", "--site", site).exit_code == 0
    again = run("import", "wire", copy, *words, "--json")
    told = json.loads(again.stdout)
    assert list(told) == ["stories", "problems"]
    assert (again.exit_code, told["stories"], len(told["problems"])) == (1, [], 1)


def test_another_story_of_a_headline_is_named_after_its_day_and_told(
    site: Path, tmp_path: Path
) -> None:
    for day, wind in ((3, "North"), (10, "South")):
        copy = tmp_path / f"{day}.txt"
        copy.write_text(f"Forecast\n\n{wind} wind.\n", encoding="utf-8")
        result = run("import", "wire", copy, "--site", site, "--date", f"2025-01-{day:02}")
        assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("content/articles/2025/forecast-2025-01-10.md  from ")
    first = "content/articles/2025/forecast.md"
    assert f"\n  not the story of this headline in {first}\n" in result.stdout
    build = run("build", "--site", site)
    assert (build.exit_code, build.stderr) == (0, "")


def test_where_addresses_tell_no_year_an_import_keeps_them_apart(
    site: Path, tmp_path: Path
) -> None:
    with (site / "config.yaml").open("a", encoding="utf-8") as config:
        config.write("\npermalink: /:section/:slug/\n")
    for day, wind in (("2024-12-27", "North"), ("2025-01-03", "South")):
        copy = tmp_path / f"{day}.txt"
        copy.write_text(f"Forecast\n\n{wind} wind.\n", encoding="utf-8")
        assert run("import", "wire", copy, "--site", site, "--date", day).exit_code == 0
    assert (site / "content/articles/2025/forecast-2025-01-03.md").exists()
    assert run("build", "--site", site).exit_code == 0


def test_an_import_and_a_check_tell_how_far_they_are(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "QUIET_SECONDS", 0)
    for name in ("A", "B"):
        (tmp_path / f"{name}.txt").write_text(f"{name}\n\nIt sails.\n", encoding="utf-8")
    words = ("import", "wire", tmp_path / "A.txt", tmp_path / "B.txt", "--site", site)
    assert run(*words).stderr == "Importing: 1 of 2\n"
    assert run("check", "--site", site).stderr.startswith("Checking: 1 of ")
    for option in ("--quiet", "--json"):
        assert "Checking:" not in run("check", "--site", site, option).stderr


def test_an_import_counts_the_files_that_made_no_story(site: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("A\n\nIt sails.\n", encoding="utf-8")
    (tmp_path / "b.txt").write_text("\n", encoding="utf-8")
    result = run("import", "wire", tmp_path / "a.txt", tmp_path / "b.txt", "--site", site)
    assert result.exit_code == 1
    assert result.stdout.endswith("\nImported 1 story from 2 files.\n")


def test_an_import_with_a_date_that_is_none_is_wrong_usage(site: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("A\n\nB.\n", encoding="utf-8")
    words = ("import", "wire", tmp_path / "a.txt", "--site", site, "--date", "soon", "--json")
    result = run(*words)
    assert result.exit_code == 2
    assert list(json.loads(result.stdout)) == ["stories", "problems"]
    assert "Invalid value for --date" in result.stderr


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("", "config.yaml: warning: no base_url"),
        (
            "base_url: http://localhost:8000/",
            "config.yaml:2:11: warning: base_url is a placeholder",
        ),
        ("base_url: https://example.org/news/", "config.yaml:2:11: warning: base_url is a placeh"),
        ("base_url: https://gazette.example.org/", ""),
        ("base_url: https://gazette.example/", ""),
    ],
)
def test_a_site_without_an_address_of_its_own_is_told_of(site: Path, line: str, told: str) -> None:
    (site / "config.yaml").write_text(f"title: Tiny\n{line}\n", encoding="utf-8")
    result = run("build", "--site", site)
    assert result.exit_code == 0
    assert result.stderr.startswith(told) if told else result.stderr == ""
    problems = json.loads(run("build", "--site", site, "--json").stdout)["problems"]
    assert len(problems) == bool(told)
    assert run("build", "--site", site, "--base-url", "https://a.example/").stderr == ""
