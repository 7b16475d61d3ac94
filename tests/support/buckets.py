"""An S3 server on loopback, and a bucket in it as readers see it."""

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPResponse
from threading import Thread
from typing import Any
from urllib.parse import quote
from urllib.request import urlopen
from xml.etree import ElementTree as ET

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import make_server

NAMESPACE = "{http://s3.amazonaws.com/doc/2006-03-01/}"


@contextmanager
def bucket_server() -> Iterator[str]:
    """An S3 server in this process; its address."""
    logger = logging.getLogger("werkzeug")
    level = logger.level
    logger.setLevel(logging.ERROR)
    application = DomainDispatcherApplication(create_backend_app)
    server = make_server("127.0.0.1", 0, application, threaded=True)
    serving = Thread(target=server.serve_forever, daemon=True)
    serving.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        serving.join()
        server.server_close()
        logger.setLevel(level)


def everybody_may_read(name: str) -> bytes:
    """The policy of a bucket that holds a web site."""
    may = {"Effect": "Allow", "Principal": "*", "Action": ["s3:GetObject", "s3:ListBucket"]}
    names = [f"arn:aws:s3:::{name}", f"arn:aws:s3:::{name}/*"]
    return json.dumps({"Version": "2012-10-17", "Statement": [may | {"Resource": names}]}).encode()


@dataclass(frozen=True)
class Bucket:
    """A bucket that anybody may read."""

    server: str
    name: str

    def get(self, path: str) -> tuple[bytes, Any]:
        """A file and its headers."""
        address = f"{self.server}/{self.name}/{quote(path)}"
        with urlopen(address, timeout=60) as answer:  # noqa: S310 - on loopback
            assert isinstance(answer, HTTPResponse)
            return answer.read(), answer.headers

    def names(self) -> set[str]:
        """Everything in it, up to a thousand."""
        address = f"{self.server}/{self.name}?list-type=2"
        with urlopen(address, timeout=60) as answer:  # noqa: S310 - on loopback
            tree = ET.fromstring(answer.read())  # noqa: S314 - our own server's
        return {key.text or "" for key in tree.iter(f"{NAMESPACE}Key")}
