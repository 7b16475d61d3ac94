"""A tiny paper that was built, and a bucket and an SSH server on this machine."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

from tests.support.buckets import Bucket, bucket_server, everybody_may_read
from tests.support.commands import run
from tests.support.servers import Login, ssh_server
from tests.support.sites import MakeSite

PAPER = """
-- config.yaml --
title: The Quay
base_url: https://quay.news/
deploy:
  live: {to}
-- content/articles/ferry.md --
---
title: Ferry sails again
date: 2026-11-01
---
It sails.
-- content/articles/harbour.md --
---
title: Harbour dredged
date: 2026-11-02
---
It is deep.
"""
JSON = {"Content-Type": "application/json"}
BuiltPaper = Callable[..., Path]


@pytest.fixture
def built_paper(make_site: MakeSite) -> BuiltPaper:
    """A function that makes and builds a paper whose target is `to`, and answers its folder."""

    def make(to: object, more: str = "") -> Path:
        site = make_site(PAPER.replace("{to}", str(to)) + more)
        assert run("build", "--site", site, "--quiet").exit_code == 0
        return site

    return make


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    """The address of an S3 server in this process, without buckets."""
    with bucket_server() as url:
        yield url


@pytest.fixture
def bucket(s3: str, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Bucket:
    """An empty bucket, and an environment that may write to it."""
    name = f"paper{abs(hash(request.node.nodeid))}"
    for variable in [name for name in os.environ if name.startswith("AWS_")]:
        monkeypatch.delenv(variable)
    monkeypatch.setenv("AWS_ENDPOINT_URL", s3)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIATESTSONLY")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "not-to-be-seen-anywhere")
    for address, data in ((name, b""), (f"{name}?policy", everybody_may_read(name))):
        asked = Request(f"{s3}/{address}", data, JSON, method="PUT")  # noqa: S310 - on loopback
        with urlopen(asked, timeout=60):  # noqa: S310 - on loopback
            pass
    return Bucket(s3, name)


@pytest.fixture(scope="module")
def login(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Login]:
    """An SSH server that lets us in, and an environment in which rsync finds the way."""
    with (
        ssh_server(tmp_path_factory.mktemp("sshd")) as login,
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setenv("RSYNC_RSH", login.rsh)
        yield login
