"""A bucket on loopback that answers as Google's XML API is documented to.

The emulators that there are do not answer what the library of our uploads asks. Here is what it
needs: objects with generations (`x-goog-generation`), conditions on them
(`x-goog-if-generation-match`), deletions, and lists.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from urllib.parse import unquote, urlsplit
from xml.sax.saxutils import escape

from tests.support.hosts import part_of, serving

MODIFIED = "Mon, 30 Nov 2026 12:00:00 GMT"


@dataclass
class GoogleBucket:
    """What is held: of each name its bytes, generation and headers."""

    url: str = ""
    held: dict[str, tuple[bytes, int, dict[str, str]]] = field(default_factory=dict)
    generation: int = 0

    def put(self, name: str, data: bytes, headers: dict[str, str]) -> int:
        """The status of a put; a condition names the generation that is there, 0 for none."""
        wanted = headers.get("x-goog-if-generation-match")
        if wanted is not None and int(wanted) != self.held.get(name, (b"", 0, {}))[1]:
            return 412
        self.generation += 1
        self.held[name] = data, self.generation, headers
        return 200

    def listed(self) -> bytes:
        """Every object, on one page."""
        entries = "".join(
            f"<Contents><Key>{escape(name)}</Key><LastModified>2026-11-30T12:00:00.000Z"
            f'</LastModified><ETag>"{hashlib.md5(data, usedforsecurity=False).hexdigest()}"</ETag>'
            f"<Size>{len(data)}</Size></Contents>"
            for name, (data, _, _) in sorted(self.held.items())
        )
        whole = f"<IsTruncated>false</IsTruncated>{entries}"
        return f"<ListBucketResult>{whole}</ListBucketResult>".encode()


@contextmanager
def google_bucket(name: str) -> Iterator[GoogleBucket]:
    """A bucket of this name that is there until the end of the block."""
    bucket = GoogleBucket()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _say(self, status: int, body: bytes = b"", generation: int = 0, **more: str) -> None:
            self.send_response(status)
            mark = hashlib.md5(body, usedforsecurity=False).hexdigest()
            said = {"Content-Length": str(len(body)), "ETag": f'"{mark}"', **more}
            said |= {"Last-Modified": MODIFIED, "x-goog-generation": str(generation)}
            for header, value in said.items():
                self.send_header(header, value)
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        @property
        def _name(self) -> str:
            return unquote(urlsplit(self.path).path).removeprefix(f"/{name}").lstrip("/")

        def do_PUT(self) -> None:
            data = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            headers = {key.lower(): value for key, value in self.headers.items()}
            self._say(bucket.put(self._name, data, headers), b"", bucket.generation)

        def do_GET(self) -> None:
            if not self._name:
                self._say(200, bucket.listed())
                return
            data, generation, _ = bucket.held.get(self._name, (b"", 0, {}))
            status, part, more = part_of(data, self.headers.get("Range", ""))
            self._say(status if generation else 404, part, generation, **more)

        do_HEAD = do_GET  # noqa: N815 - as http.server has it

        def do_DELETE(self) -> None:
            self._say(204 if bucket.held.pop(self._name, None) else 404)

        def log_message(self, *_: object) -> None:
            """Quiet."""

    with serving(Handler) as bucket.url:
        yield bucket
