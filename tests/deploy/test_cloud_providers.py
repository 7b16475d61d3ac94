"""Azure's and Google's buckets, on servers of ours that answer as their documentation says."""

import json
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.deploy import cloud_store
from generator.deploy.cloud_store import CloudStore, open_cloud
from generator.deploy.release import Entry
from generator.deploy.store import MovedError
from generator.deploy.target import DeployError
from generator.model.deploying import Means, destination_of
from tests.deploy.conftest import BuiltPaper
from tests.support.azure import azure_container
from tests.support.commands import run
from tests.support.google import google_bucket
from tests.support.hosts import host
from tests.support.sites import bytes_below

pytestmark = pytest.mark.slow
PAGE = Entry("", 0, "text/html; charset=utf-8", "public, max-age=300")


def test_azure_is_asked_for_the_container_with_conditions_types_and_cache_rules(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As Azure's documentation has it; the service itself is not on this machine."""
    with host(lambda asked: (404, b"") if asked.method == "GET" else (403, b"")) as served:
        monkeypatch.setenv("AZURE_STORAGE_ENDPOINT", served.url)
        monkeypatch.setenv("AZURE_STORAGE_ACCOUNT_NAME", "paper")
        monkeypatch.setenv("AZURE_STORAGE_ACCOUNT_KEY", b64encode(b"k" * 32).decode())
        store = open_cloud(destination_of("az://site/the%20news"))
        assert store.read("live") is None
        with pytest.raises(DeployError, match="does not let us write"):
            store.put("index.html", b"1", PAGE)
        with pytest.raises(DeployError, match="does not let us write"):
            store.swap("live", b"1", None)
    _, page, pointer = served.asked
    assert page.path == "/site/the%20news/index.html"
    assert page.headers["x-ms-blob-content-type"] == "text/html; charset=utf-8"
    assert page.headers["x-ms-blob-cache-control"] == "public, max-age=300"
    assert pointer.headers["if-none-match"] == "*"


def assert_goes_out_and_back(site: Path, found: Callable[[], dict[str, bytes]]) -> None:
    """Two releases come, a third deploy finds nothing to do, and a rollback goes back."""
    story = site / "content/articles/ferry.md"
    for more in ("", "And back.\n"):
        story.write_text(story.read_text("utf-8") + more, "utf-8")
        assert run("build", "--site", site, "--quiet").exit_code == 0
        result = run("deploy", "--site", site)
        assert result.exit_code == 0, result.output
        assert found() == bytes_below(site / "public")
    assert "up to date" in run("deploy", "--site", site).output
    assert run("rollback", "--site", site).exit_code == 0
    assert b"And back." not in found()["news/2026/11/ferry/index.html"]


def assert_swaps_once(store: CloudStore) -> None:
    """Of two who replace one version of the pointer, the second is told."""
    held = store.read(".broadsheet/live.json")
    assert held is not None
    store.swap(".broadsheet/live.json", held.data, held.version)
    with pytest.raises(MovedError):
        store.swap(".broadsheet/live.json", held.data, held.version)


def test_azure_keeps_a_release_by_the_tag_of_an_entity(
    built_paper: BuiltPaper, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As Azure's documentation has it; the service itself is not on this machine."""
    with azure_container("paper") as there:
        monkeypatch.setenv("AZURE_STORAGE_ENDPOINT", there.url)
        monkeypatch.setenv("AZURE_STORAGE_ACCOUNT_NAME", "paper")
        monkeypatch.setenv("AZURE_STORAGE_ACCOUNT_KEY", b64encode(b"k" * 32).decode())
        site = built_paper("az://paper/news")

        def found() -> dict[str, bytes]:
            return {
                name.removeprefix("news/"): blob.data
                for name, blob in there.held.items()
                if "/.broadsheet/" not in name
            }

        assert_goes_out_and_back(site, found)
        page = there.held["news/index.html"].headers
        assert page["x-ms-blob-content-type"] == "text/html; charset=utf-8"
        assert page["x-ms-blob-cache-control"] == "public, max-age=120"
        store = open_cloud(destination_of("az://paper/news"))
        assert_swaps_once(store)
        assert store.marks().keys() == {name.removeprefix("news/") for name in there.held}
        store.delete(["index.html", "not/there.html", "feed.xml"])
        assert not {"news/index.html", "news/feed.xml"} & there.held.keys()
        film = bytes(range(256)) * 40_000  # ten megabytes come in parts
        store.put("film.mp4", film, PAGE)
        assert there.held["news/film.mp4"].data == film


def test_google_keeps_a_release_by_the_number_of_a_generation(
    built_paper: BuiltPaper, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As Google's documentation has it; the service itself is not on this machine."""
    with google_bucket("paper") as there:
        account = {"gcs_base_url": there.url, "disable_oauth": True}
        account |= dict.fromkeys(("client_email", "private_key", "private_key_id"), "")
        monkeypatch.setenv("GOOGLE_SERVICE_ACCOUNT_KEY", json.dumps(account))
        monkeypatch.setenv("GOOGLE_IS_HERE", there.url)
        monkeypatch.setattr(cloud_store, "ENDPOINTS", {Means.GOOGLE: "GOOGLE_IS_HERE"})
        site = built_paper("gs://paper/news")

        def found() -> dict[str, bytes]:
            return {
                name.removeprefix("news/"): held[0]
                for name, held in there.held.items()
                if "/.broadsheet/" not in name
            }

        assert_goes_out_and_back(site, found)
        page = there.held["news/index.html"][2]
        assert page["content-type"] == "text/html; charset=utf-8"
        assert page["cache-control"] == "public, max-age=120"
        assert_swaps_once(open_cloud(destination_of("gs://paper/news")))
