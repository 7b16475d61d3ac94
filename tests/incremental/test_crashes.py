"""A build that is killed, or fails, at any of its changes: what stands then, and after the next."""

import errno
import os
import re
import resource
import shutil
import signal
import traceback
from collections.abc import Callable
from itertools import count
from typing import Any

import pytest

from generator.publish.guard import open_output
from generator.publish.journal import NAME
from generator.publish.staging import staging_folder
from generator.stages import building
from tests.support.newsroom import Newsroom, tree
from tests.support.publishing import is_change, tell_of_changes

Work = Callable[[], object]
ASSET = re.compile(r'(?:href|src)="/(assets/[^"]+)"')
ENDS = {10: "done", 11: "killed", 12: "failed", 13: "never reached"}
"""How a process ended, by its exit code: `failed` with an error of the machine's."""
FEW_OUTPUTS = (
    "{archive: false, authors: false, atom: false, json_feed: false, section_feeds: false,"
    " tag_feeds: false, sitemap: false, news_sitemap: false, not_found: false, robots: false,"
    " headers_file: false, redirects_file: false, nojekyll: false}"
)

ROTATIONS = {
    "killed": (0,),
    "failed": (errno.ENOSPC, errno.EIO, errno.EACCES),
    "failed otherwise": (errno.EIO, errno.EACCES, errno.ENOSPC),
    "failed the third way": (errno.EACCES, errno.ENOSPC, errno.EIO),
}
TRIED = list(ROTATIONS)[: 4 if os.environ.get("BROADSHEET_SOAK_RESULTS") else 2]
"""The others are for `make soak`."""


def write_first(room: Newsroom) -> None:
    room.configure("outputs", FEW_OUTPUTS)
    room.configure("sections", "[news]")
    room.write("content/tags/ferry.md", "---\ntitle: Ferry\n---\n")
    room.draw("static/logo.svg", 1)
    room.change(0, "image", "{src: /logo.svg, alt: Ours}")
    for number in range(4):
        room.change(number, "section", "news")


def edit_a_story(room: Newsroom) -> None:
    room.change(1, "title", "Another")
    room.append(1, "More.")


def change_what_all_pages_show(room: Newsroom) -> None:
    room.configure("title", "Large")
    room.write("layouts/site.css", "body { color: black }")
    room.draw("static/logo.svg", 2)


def delete_much(room: Newsroom) -> None:
    room.delete(3)
    room.delete(2)
    (room.site / "static/logo.svg").unlink()
    room.change(0, "image", "")
    (room.site / "content/tags/ferry.md").unlink()


SCENES: dict[str, Callable[[Newsroom], None] | None] = {
    "clean": None,
    "part": edit_a_story,
    "whole": change_what_all_pages_show,
    "deleting": delete_much,
}


@pytest.fixture(params=SCENES)
def scene(
    request: pytest.FixtureRequest, make_newsroom: Callable[[], Newsroom]
) -> tuple[str, Newsroom]:
    """A newsroom with something to build, beside what was built before."""
    room = make_newsroom()
    write_first(room)
    edit = SCENES[request.param]
    if edit:
        room.build_here()
        edit(room)
    return request.param, room


def in_another_process(work: Work) -> str:
    """Do work in a process of its own; tells how that ended."""
    pid = os.fork()
    if pid:
        code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        return ENDS.get(code, f"code {code}")
    code = 1
    try:
        work()
        code = 10
    except OSError:
        code = 12
    except BaseException:  # noqa: BLE001 - whatever it is, the parent must not go on twice
        traceback.print_exc()
    finally:
        os._exit(code)


def spoil(at: int, code: int) -> Callable[[], bool]:
    """From now on let the `at`-th change of the disk end this process, or fail with a code.

    Answers a function that tells whether there have been so many.
    """
    seen = 0

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal seen
        if is_change(event, arguments):
            seen += 1
            if seen == at:
                if not code:
                    os._exit(11)
                raise OSError(code, os.strerror(code))

    tell_of_changes(hook)
    return lambda: seen >= at


class Sweep:
    """One build, done again and again from the same beginning, and spoiled each time."""

    def __init__(self, room: Newsroom) -> None:
        self.room = room
        self.begin = room.root / "begin"
        room.site.rename(self.begin)
        self.before = tree(self.begin / "public")
        shutil.copytree(self.begin, room.site)
        self.after = room.clean_outcome()
        self.reset()

    def reset(self) -> None:
        shutil.rmtree(self.room.site, ignore_errors=True)
        shutil.copytree(self.begin, self.room.site)

    def look(self, ended: str) -> None:
        """What stands after a build that ended so, and after the next one."""
        room, output = self.room, self.room.output
        self.every_page_has_its_assets()
        published = self.after[2]
        has_begun = (staging_folder(output, room.site) / NAME).exists()
        if not has_begun:
            assert tree(output) in (self.before, published)
        open_output(output, room.site).abandon()
        found = tree(output)
        assert (
            found == published
            if has_begun or ended == "done"
            else found
            in (
                self.before,
                published,
            )
        )
        assert room.outcome(room.site) == self.after
        self.nothing_is_left_behind()
        self.reset()

    def every_page_has_its_assets(self) -> None:
        """At no time does a page name an asset that is not there."""
        for page in self.room.output.rglob("*.html"):
            named = ASSET.findall(page.read_text("utf-8"))
            assert named
            assert all((self.room.output / name).exists() for name in named)

    def nothing_is_left_behind(self) -> None:
        room = self.room
        assert not staging_folder(room.output, room.site).exists()
        names = sorted(file.name for file in room.state.iterdir())
        kinds = {"code", "lock", "published", "reasons", "record", "texts"}
        assert {name.partition("-")[0].partition(".")[0] for name in names} <= kinds
        assert not [name for name in names if name.endswith(("-journal", "-wal", ".new"))]


@pytest.mark.slow
@pytest.mark.parametrize("codes", [ROTATIONS[name] for name in TRIED], ids=TRIED)
def test_spoiled_at_any_change_a_build_leaves_the_old_site_or_the_new_one(
    scene: tuple[str, Newsroom], codes: tuple[int, ...]
) -> None:
    """The n-th change fails with the n-th code, and so round."""
    _, room = scene
    sweep = Sweep(room)
    for at in count(1):

        def work() -> None:
            is_reached = spoil(at, codes[at % len(codes)])  # noqa: B023 - done at once
            room.build_here()
            if not is_reached():
                os._exit(13)

        ended = in_another_process(work)
        if ended == "never reached":
            break
        assert ended in ("killed", "done", "failed"), at
        sweep.look(ended)
    assert at > 30


@pytest.mark.parametrize("is_killed", [True, False])
def test_a_disk_that_takes_so_many_bytes_a_file_spoils_no_build(
    scene: tuple[str, Newsroom], *, is_killed: bool
) -> None:
    """What SQLite writes fails here too, as on a disk that is full."""
    sweep = Sweep(scene[1])
    for most in (0, 1, 60, 500, 2000, 4096, 8192, 12_288, 16_384, 20_480, 24_576, 32_768, 50_000):

        def work() -> None:
            signal.signal(signal.SIGXFSZ, signal.SIG_DFL if is_killed else signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))  # noqa: B023 - done at once
            sweep.room.build_here()

        ended = in_another_process(work)
        spoiled = (f"code {-signal.SIGXFSZ}",) if is_killed else ("failed",)
        assert ended in ("done", *spoiled), most
        sweep.look(ended)
    assert ended == "done"


def test_the_scenes_are_what_they_are_called(
    scene: tuple[str, Newsroom], monkeypatch: pytest.MonkeyPatch
) -> None:
    name, room = scene
    parts: list[object] = []
    build_since = building.build_since

    def noting(*given: Any) -> Any:  # noqa: ANN401 - as it is
        parts.append(build_since(*given))
        return parts[-1]

    monkeypatch.setattr(building, "build_since", noting)
    changes = room.build_here().changes
    assert any(parts) == (name in ("part", "deleting"))
    assert bool(changes.deleted) == (name in ("whole", "deleting"))
    assert bool(changes.changed) == (name != "clean")


def test_a_full_disk_is_an_error_of_the_machine_s_whoever_writes(
    make_newsroom: Callable[[], Newsroom],
) -> None:
    room = make_newsroom()
    write_first(room)
    room.build_here()
    change_what_all_pages_show(room)

    def work() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192))
        room.build_here()

    assert in_another_process(work) == "failed"


def test_a_build_that_is_killed_early_leaves_nothing_that_the_next_does_not_clean(
    room: Newsroom,
) -> None:
    for at in range(1, 15):
        (room.state / "code.json").unlink()

        def work() -> None:
            spoil(at, 0)  # noqa: B023 - done at once
            room.build_here()

        in_another_process(work)
        room.build_here()
        assert [file.name for file in room.state.glob("code*")] == ["code.json"]
