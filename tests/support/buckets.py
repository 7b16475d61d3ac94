"""An S3 server on loopback, and a bucket in it as readers see it."""

import json
import logging
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPResponse
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import quote
from urllib.request import urlopen
from xml.etree import ElementTree as ET

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import make_server

ACCESS_KEY, SECRET_KEY = "AKIATESTSONLY", "not-to-be-seen-anywhere"  # nobody's
LONGEST_START = 60.0
PATIENT = Config(retries={"max_attempts": 1}, s3={"addressing_style": "path"})
SERVERS = tuple(
    (server, kind) for server in ("master.", "volume.", "filer.", "s3.") for kind in ("", ".grpc")
)
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


@contextmanager
def seaweed(folder: Path) -> Iterator[str]:
    """A real S3 server in a process of its own, into which the keys of these tests may write."""
    everybody = {"name": "anonymous", "actions": ["Read", "List"]}
    keys = [{"accessKey": ACCESS_KEY, "secretKey": SECRET_KEY}]
    may = ["Admin", "Read", "Write", "List"]
    who = {"identities": [everybody, {"name": "desk", "credentials": keys, "actions": may}]}
    (folder / "s3.json").write_text(json.dumps(who), "utf-8")
    ports = dict(zip(SERVERS, free_ports(2 * len(SERVERS)), strict=False))
    words = [str(Path(sys.executable).parent / "weed"), "server", f"-dir={folder}", "-filer", "-s3"]
    words += ["-ip=127.0.0.1", "-ip.bind=127.0.0.1", f"-s3.config={folder}/s3.json"]
    words += ["-s3.port.iceberg=0", "-s3.port.lance=0"]  # two servers would want the same ones
    words += [f"-{server}port{kind}={port}" for (server, kind), port in ports.items()]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(words, stdout=log, stderr=log)
    url = f"http://127.0.0.1:{ports['s3.', '']}"
    try:
        _wait(url)
        yield url
    finally:
        server.kill()  # it does not end on a word within many seconds
        server.wait()


def free_ports(count: int) -> list[int]:
    """Ports that nobody listens at."""
    with ExitStack() as stack:
        free = [stack.enter_context(closing(socket.socket())) for _ in range(count)]
        for each in free:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in free]


def _wait(url: str) -> None:
    end = time.monotonic() + LONGEST_START
    while time.monotonic() < end:
        with suppress(OSError), urlopen(url, timeout=5):  # noqa: S310 - on loopback
            return
        time.sleep(0.1)
    raise AssertionError("the S3 server does not start")


def make_bucket(server: str, name: str) -> "Bucket":
    """A new bucket that everybody may read, whichever server it is."""
    store = boto3.client("s3", endpoint_url=server, region_name="us-east-1", config=PATIENT)
    end = time.monotonic() + LONGEST_START
    while True:
        try:
            store.create_bucket(Bucket=name)
            break
        except (BotoCoreError, ClientError):  # its parts are not all there yet
            if time.monotonic() > end:
                raise
            time.sleep(0.2)
    with suppress(ClientError):  # SeaweedFS goes by its own configuration
        store.put_bucket_policy(Bucket=name, Policy=everybody_may_read(name).decode())
    store.close()
    return Bucket(server, name)


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
