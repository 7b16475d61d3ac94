"""Preview servers: how starts and saves are timed."""

import sys
from pathlib import Path

import pytest

from benchmarks import previews
from benchmarks.generators import Generator
from benchmarks.metering import CommandFailedError
from benchmarks.workspace import workspace

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Linux tells of its processes")

# Every page shows all stories, as they are at that moment.
SERVER = """
import http.server, pathlib, sys
class Everything(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        texts = [file.read_bytes() for file in pathlib.Path(sys.argv[1]).rglob("*.md")]
        self.wfile.write(b"<h1 <article " + b"".join(texts))
http.server.HTTPServer(("127.0.0.1", int(sys.argv[2])), Everything).serve_forever()
"""


def served_by(site: Path, code: str) -> Generator:
    return Generator(
        name="fake",
        title="Fake",
        site=site,
        stories="stories",
        version=lambda: "1",
        build=lambda *_: (),
        serve=lambda site, port: (sys.executable, "-c", code, str(site), str(port)),
    )


def test_every_start_and_save_is_timed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(previews, "SETTLE", 0.05)
    with workspace([served_by(tmp_path, SERVER)], 5, 1) as space:
        found = previews.measure_preview(
            space.contenders[0], space.paths, starts=1, edits=2, seed=1
        )
    figures = found.figures()
    assert tuple(figures) == previews.CASES
    assert [len(times) for _, times in found.seconds] == [1, 1, 2, 2, 2]
    assert all(0 < (figures[case].seconds or 0) < 30 for case in previews.CASES[:-1])
    assert (figures["memory"].memory_mb or 0) > 1


def test_a_server_that_ends_is_an_error(tmp_path: Path) -> None:
    with (
        workspace([served_by(tmp_path, "raise SystemExit('no layouts')")], 2, 1) as space,
        pytest.raises(CommandFailedError, match="no layouts"),
    ):
        previews.measure_preview(space.contenders[0], space.paths, starts=1, edits=1, seed=1)
