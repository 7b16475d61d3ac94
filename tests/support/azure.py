"""A container on loopback that answers as Azure's Blob service is documented to.

It has what the library of our uploads asks: blobs with entity tags and conditions on them, large
ones in blocks, deletions alone and in batches, and lists in pages.
"""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import ClassVar
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

from tests.support.hosts import part_of, serving

MODIFIED = "Mon, 30 Nov 2026 12:00:00 GMT"
PAGE = 20
"""Names on a page of a list: few, so that there is more than one."""
BATCHED = re.compile(rb"^DELETE (\S+) HTTP/1\.1\r$", re.MULTILINE)
BLOCK = re.compile(rb"<(?:Latest|Uncommitted)>([^<]+)</")
BOUNDARY = "batchresponse_of_this_test"
Headers = dict[str, str]


@dataclass
class Blob:
    """What is held under a name; the names of its headers are in lower case."""

    data: bytes
    mark: str
    headers: Headers


@dataclass
class AzureContainer:
    """What is held, by name, and the requests that there were: method, name and query."""

    name: str
    url: str = ""
    held: dict[str, Blob] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    _blocks: dict[str, bytes] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _marks: int = 0

    def put(self, name: str, data: bytes, headers: Headers) -> int:
        """The status of a put, on its conditions."""
        with self._lock:
            there = self.held.get(name)
            if headers.get("if-none-match") == "*" and there:
                return 409
            wanted = headers.get("if-match")
            if wanted and (there is None or there.mark != wanted):
                return 412
            self._marks += 1
            self.held[name] = Blob(data, f'"0x{self._marks:X}"', headers)
            return 201

    def put_block(self, number: str, data: bytes) -> int:
        """Keep a part of a large blob."""
        self._blocks[number] = data
        return 201

    def put_block_list(self, name: str, listed: bytes, headers: Headers) -> int:
        """Make a blob of the parts that a list names, in its order."""
        parts = [self._blocks[number.decode()] for number in BLOCK.findall(listed)]
        return self.put(name, b"".join(parts), headers)

    def listed(self, prefix: str, marker: str) -> bytes:
        """A page of names, and where the next one begins."""
        names = sorted(name for name in self.held if name.startswith(prefix) and name >= marker)
        blobs = "".join(
            f"<Blob><Name>{escape(name)}</Name><Properties><Last-Modified>{MODIFIED}"
            f"</Last-Modified><Etag>{escape(self.held[name].mark)}</Etag><Content-Length>"
            f"{len(self.held[name].data)}</Content-Length><Content-Type>"
            f"{escape(self.held[name].headers['x-ms-blob-content-type'])}</Content-Type>"
            "</Properties></Blob>"
            for name in names[:PAGE]
        )
        following = escape("".join(names[PAGE : PAGE + 1]))
        whole = f"<Blobs>{blobs}</Blobs><NextMarker>{following}</NextMarker>"
        return f"<EnumerationResults>{whole}</EnumerationResults>".encode()

    def delete_batch(self, wanted: bytes) -> bytes:
        """The answer to a batch of deletions: a status for each."""
        parts = []
        for number, path in enumerate(BATCHED.findall(wanted)):
            there = self.held.pop(self.named(path.decode()), None)
            said = "202 Accepted" if there else "404 The specified blob does not exist."
            head = f"Content-Type: application/http\r\nContent-ID: {number}\r\n\r\n"
            parts.append(f"--{BOUNDARY}\r\n{head}HTTP/1.1 {said}\r\nServer: this\r\n\r\n\r\n")
        return "".join((*parts, f"--{BOUNDARY}--\r\n")).encode()

    def named(self, path: str) -> str:
        """The name of a blob at a path of the service."""
        return unquote(path.partition("?")[0]).removeprefix(f"/{self.name}").lstrip("/")


class Handler(BaseHTTPRequestHandler):
    """Answers whoever has the key."""

    protocol_version = "HTTP/1.1"
    container: ClassVar[AzureContainer]

    def _asked(self) -> tuple[str, dict[str, str], bytes, Headers]:
        """The name, query, body and headers of a request."""
        query = {key: values[0] for key, values in parse_qs(urlsplit(self.path).query).items()}
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = {key.lower(): value for key, value in self.headers.items()}
        assert headers["authorization"].startswith("SharedKey ")
        name = self.container.named(self.path)
        self.container.asked.append(f"{self.command} {name or query.get('comp', '')}")
        return name, query, body, headers

    def _say(self, status: int, body: bytes = b"", **more: str) -> None:
        self.send_response(status)
        for header, value in {"Last-Modified": MODIFIED, **more}.items():
            self.send_header(header, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def do_PUT(self) -> None:
        name, query, body, headers = self._asked()
        if query.get("comp") == "block":
            status = self.container.put_block(query["blockid"], body)
        elif query.get("comp") == "blocklist":
            status = self.container.put_block_list(name, body, headers)
        else:
            assert headers["x-ms-blob-type"] == "BlockBlob"
            status = self.container.put(name, body, headers)
        blob = self.container.held.get(name)
        self._say(status, ETag=blob.mark if blob else "")

    def do_GET(self) -> None:
        name, query, _, _ = self._asked()
        if query.get("comp") == "list":
            page = self.container.listed(query.get("prefix", ""), query.get("marker", ""))
            self._say(200, page)
        elif blob := self.container.held.get(name):
            status, part, more = part_of(blob.data, self.headers.get("Range", ""))
            self._say(status, part, ETag=blob.mark, **more)
        else:
            self._say(404)

    do_HEAD = do_GET  # noqa: N815 - as http.server has it

    def do_DELETE(self) -> None:
        self._say(202 if self.container.held.pop(self._asked()[0], None) else 404)

    def do_POST(self) -> None:
        _, query, body, _ = self._asked()
        assert query["comp"] == "batch"
        kind = {"Content-Type": f"multipart/mixed; boundary={BOUNDARY}"}
        self._say(202, self.container.delete_batch(body), **kind)

    def log_message(self, *_: object) -> None:
        """Quiet."""


@contextmanager
def azure_container(name: str) -> Iterator[AzureContainer]:
    """A container of this name that is there until the end of the block."""
    container = AzureContainer(name)
    with serving(type("Answering", (Handler,), {"container": container})) as container.url:
        yield container
