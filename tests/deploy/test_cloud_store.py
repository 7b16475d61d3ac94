"""Buckets, on a real S3 interface: types, cache rules, conditions, failures, secrets."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from socket import SHUT_RDWR, create_server, socket
from threading import Thread
from time import sleep

import pytest

from generator.deploy import cloud_store
from generator.deploy.cloud_store import open_cloud
from generator.deploy.release import Entry
from generator.deploy.store import MovedError
from generator.deploy.target import DeployError
from generator.model.deploying import destination_of
from tests.deploy.conftest import BuiltPaper
from tests.support.buckets import Bucket
from tests.support.commands import run
from tests.support.hosts import host
from tests.support.sites import bytes_below

pytestmark = pytest.mark.slow
PAGE = Entry("", 0, "text/html; charset=utf-8", "public, max-age=300")


def test_a_site_comes_into_the_bucket_below_its_prefix(
    built_paper: BuiltPaper, bucket: Bucket
) -> None:
    site = built_paper(f"s3://{bucket.name}/news")
    result = run("deploy", "--site", site)
    assert result.exit_code == 0, result.output
    found = {n for n in bucket.names() if not n.startswith("news/.broadsheet/")}
    assert found == {f"news/{path}" for path in bytes_below(site / "public")}
    page, headers = bucket.get("news/index.html")
    assert page == (site / "public/index.html").read_bytes()
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert headers["Cache-Control"] == "public, max-age=120"
    style = next(name for name in found if name.endswith(".css"))
    assert "immutable" in bucket.get(style)[1]["Cache-Control"]


def test_a_second_deploy_finds_nothing_to_do_and_a_rollback_brings_the_first_back(
    built_paper: BuiltPaper, bucket: Bucket
) -> None:
    site = built_paper(f"s3://{bucket.name}")
    first = bytes_below(site / "public")
    run("deploy", "--site", site)
    assert "up to date" in run("deploy", "--site", site).output
    story = site / "content/articles/ferry.md"
    story.write_text(story.read_text("utf-8") + "And back.\n", "utf-8")
    run("build", "--site", site, "--quiet")
    assert run("deploy", "--site", site).exit_code == 0
    assert b"And back" in bucket.get("news/2026/11/ferry/index.html")[0]
    assert run("rollback", "--site", site).exit_code == 0
    found = {n for n in bucket.names() if not n.startswith(".broadsheet/")}
    assert found == set(first)
    assert all(bucket.get(path)[0] == data for path, data in first.items())


def test_names_in_any_script_arrive_as_they_are(bucket: Bucket) -> None:
    store = open_cloud(destination_of(f"s3://{bucket.name}/a-b"))
    for name in ("50% #1.jpg", "é/ї.html", "a~[1]*.txt", "q'x\"y"):
        store.put(name, name.encode(), PAGE)
        assert bucket.get(f"a-b/{name}")[0] == name.encode()
        assert store.read(name) is not None
    assert len(store.marks()) == 4
    store.delete(list(store.marks()))
    assert not store.marks()


def test_a_version_is_swapped_once(bucket: Bucket) -> None:
    store = open_cloud(destination_of(f"s3://{bucket.name}"))
    first = store.swap("live", b"1", None)
    with pytest.raises(MovedError):
        store.swap("live", b"2", None)
    store.swap("live", b"2", first)
    with pytest.raises(MovedError):
        store.swap("live", b"3", first)
    held = store.read("live")
    assert held is not None
    assert held.data == b"2"


def test_compressed_texts_say_so(built_paper: BuiltPaper, bucket: Bucket) -> None:
    site = built_paper(f"{{to: s3://{bucket.name}, compress: true}}")
    run("deploy", "--site", site)
    page, headers = bucket.get("index.html")
    assert headers["Content-Encoding"] == "gzip"
    assert len(page) < (site / "public/index.html").stat().st_size


def test_a_bucket_that_is_not_there_is_named(built_paper: BuiltPaper, bucket: Bucket) -> None:
    site = built_paper(f"s3://{bucket.name}-other")
    result = run("deploy", "--site", site)
    assert result.exit_code == 3
    assert f"there is no bucket {bucket.name}-other" in result.output


def test_a_service_that_is_down_is_told_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIATESTSONLY")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "not-to-be-seen-anywhere")
    with pytest.raises(DeployError, match=r"^paper cannot be reached\. Check the network"):
        open_cloud(destination_of("s3://paper")).read("x")


def test_a_service_elsewhere_is_not_asked_without_encryption(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://bucket.example")
    with pytest.raises(DeployError, match=r"without encryption\. Write https:// in AWS_ENDPOINT"):
        open_cloud(destination_of("s3://paper"))


def test_a_machine_without_keys_and_without_a_login_is_told(
    bucket: Bucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    with host(lambda _: (403, b"")) as machine:  # where a machine of Amazon's tells its login
        monkeypatch.setenv("AWS_METADATA_ENDPOINT", machine.url)
        with pytest.raises(DeployError, match=r"no keys for .*\. Set the provider's variables"):
            open_cloud(destination_of(f"s3://{bucket.name}")).read("live")


def test_no_secret_stands_in_any_output_or_record(built_paper: BuiltPaper, bucket: Bucket) -> None:
    site = built_paper(f"s3://{bucket.name}")
    told = [run("deploy", "--site", site, "--json").output]
    told += [run("deploy", "--site", site, "--list").output]
    told += [bucket.get(name)[0].decode("latin-1") for name in bucket.names()]
    told += [path.read_text("latin-1") for path in Path(site).rglob("*") if path.is_file()]
    for secret in ("AKIATESTSONLY", "not-to-be-seen-anywhere"):
        assert not [text for text in told if secret in text]


@pytest.mark.parametrize("status", [500, 503, 429])
def test_a_service_that_is_busy_is_asked_again(
    status: int, bucket: Bucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = [(status, b""), (status, b"")]
    with host(lambda _: answers.pop() if answers else (200, b"held")) as served:
        monkeypatch.setenv("AWS_ENDPOINT_URL", served.url)
        store = open_cloud(destination_of(f"s3://{bucket.name}"))
        held = store.read("live")
    assert held is not None
    assert held.data == b"held"
    assert len(served.asked) == 3


def half(connection: socket) -> None:
    """An answer that ends in the middle."""
    connection.recv(65536)
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\nETag: x\r\n\r\n{")


def mute(connection: socket) -> None:
    """No answer at all, for longer than anybody waits."""
    connection.recv(65536)
    sleep(2)


@contextmanager
def answering(answer: Callable[[socket], None]) -> Iterator[str]:
    """A server that answers every connection so, and closes it."""
    listener = create_server(("127.0.0.1", 0))

    def serve() -> None:
        with suppress(OSError):
            while True:
                connection, _ = listener.accept()
                with connection:
                    answer(connection)

    serving = Thread(target=serve, daemon=True)
    serving.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        listener.shutdown(SHUT_RDWR)
        listener.close()
        serving.join()


@pytest.mark.parametrize(
    ("answer", "told"), [(half, "^paper does not answer|^paper cannot be"), (mute, "too long")]
)
def test_half_an_answer_and_none_are_told_in_a_sentence(
    answer: Callable[[socket], None], told: str, bucket: Bucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert bucket.name
    for name, least in (("TIMEOUT", 0.5), ("LONGEST", 1.0)):
        monkeypatch.setattr(cloud_store, name, timedelta(seconds=least))
    with answering(answer) as url:
        monkeypatch.setenv("AWS_ENDPOINT_URL", url)
        with pytest.raises(DeployError, match=told):
            open_cloud(destination_of("s3://paper")).read("live")


def test_keys_that_are_refused_are_told_in_a_sentence(
    bucket: Bucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    with host(lambda _: (403, b"<Error><Code>AccessDenied</Code></Error>")) as served:
        monkeypatch.setenv("AWS_ENDPOINT_URL", served.url)
        with pytest.raises(DeployError, match="does not let us write"):
            open_cloud(destination_of(f"s3://{bucket.name}")).put("a.html", b"1", PAGE)
