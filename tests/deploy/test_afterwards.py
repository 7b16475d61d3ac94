"""After a deploy: purging, telling, and looking at what readers get."""

from datetime import UTC, datetime

import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from generator.deploy import patience
from generator.deploy.afterwards import Deployed, afterwards, purged
from generator.deploy.cdn import signed
from generator.deploy.release import entries_of
from generator.model.addresses import Base
from generator.model.deploying import TargetOptions
from generator.model.digests import content_digest
from tests.support.hosts import Asked, host

PAPER = "https://quay.news/"


@pytest.fixture(autouse=True)
def _keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience.patiently, "__defaults__", (patience.PAUSES, lambda _: None))
    monkeypatch.setenv("CLOUDFLARE_API_TOKEN", "cf-not-to-be-seen")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIATESTSONLY")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "not-to-be-seen-anywhere")
    monkeypatch.delenv("AWS_SESSION_TOKEN", raising=False)


def deployed(*brought: str, gone: tuple[str, ...] = (), url: str = PAPER) -> Deployed:
    files = entries_of((path, content_digest(path.encode()), 1) for path in brought)
    return Deployed(Base.parse(url), files, brought, gone)


def fine(_: Asked) -> tuple[int, object]:
    return 200, {"success": True}


def test_without_an_option_nobody_is_told_anything() -> None:
    assert afterwards(deployed("index.html"), TargetOptions()) == ()


def test_cloudflare_is_purged_of_what_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    with host(fine) as served:
        monkeypatch.setenv("CLOUDFLARE_API_BASE_URL", served.url)
        options = TargetOptions(cdn="cloudflare:zone1")
        assert afterwards(deployed("a/index.html", gone=("b.jpg",)), options) == ()
    (asked,) = served.asked
    assert (asked.method, asked.path) == ("POST", "/zones/zone1/purge_cache")
    assert asked.json == {"files": [f"{PAPER}a/", f"{PAPER}b.jpg"]}
    assert asked.headers["Authorization"] == "Bearer cf-not-to-be-seen"


def test_cloudflare_is_purged_of_everything_when_much_changed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with host(fine) as served:
        monkeypatch.setenv("CLOUDFLARE_API_BASE_URL", served.url)
        many = deployed(*(f"{n}/index.html" for n in range(31)))
        afterwards(many, TargetOptions(cdn="cloudflare:zone1"))
    assert served.asked[0].json == {"purge_everything": True}


@pytest.mark.parametrize(("count", "paths"), [(2, 4), (20, 1)])
def test_cloudfront_is_purged_by_paths_or_of_all(
    count: int, paths: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    with host(fine) as served:
        monkeypatch.setenv("AWS_ENDPOINT_URL_CLOUDFRONT", served.url)
        some = deployed(*(f"{n}/index.html" for n in range(count)), url=f"{PAPER}news/")
        assert afterwards(some, TargetOptions(cdn="cloudfront:E1")) == ()
    (asked,) = served.asked
    assert asked.path == "/2020-05-31/distribution/E1/invalidation"
    assert asked.body.count(b"<Path>") == paths
    assert b"<Path>/news/" in asked.body
    assert f"<Quantity>{paths}</Quantity>".encode() in asked.body


def test_requests_are_signed_as_amazons_own_library_signs_them() -> None:
    now = datetime(2026, 11, 30, 12, 0, tzinfo=UTC)
    url = "https://cloudfront.amazonaws.com/2020-05-31/distribution/E1/invalidation"
    ours = signed(url, b"<a/>", now)
    request = AWSRequest("POST", url, {"content-type": "text/xml"}, b"<a/>")
    request.context["timestamp"] = ours["x-amz-date"]
    theirs = SigV4Auth(
        Credentials("AKIATESTSONLY", "not-to-be-seen-anywhere"), "cloudfront", "us-east-1"
    )
    request.headers["X-Amz-Date"] = ours["x-amz-date"]
    request.headers["host"] = "cloudfront.amazonaws.com"
    text = theirs.string_to_sign(request, theirs.canonical_request(request))
    assert ours["Authorization"].endswith(theirs.signature(text, request))


def test_a_purge_that_fails_is_a_warning_without_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    with host(lambda _: (403, {})) as served:
        monkeypatch.setenv("CLOUDFLARE_API_BASE_URL", served.url)
        (problem,) = afterwards(deployed("index.html"), TargetOptions(cdn="cloudflare:zone1"))
    assert problem.message.startswith("the CDN was not purged: ")
    assert not problem.is_error
    assert "not-to-be-seen" not in repr(problem)


def test_search_engines_are_told_of_pages_that_changed() -> None:
    some = deployed("a/index.html", "feed.xml", gone=("b/index.html",))
    with host(fine) as served:
        assert afterwards(some, TargetOptions(indexnow="abc123"), index_now=served.url) == ()
    assert served.asked[0].json == {
        "host": "quay.news",
        "key": "abc123",
        "keyLocation": f"{PAPER}abc123.txt",
        "urlList": [f"{PAPER}a/", f"{PAPER}b/"],
    }


def test_a_hub_is_told_of_feeds_that_changed() -> None:
    with host(fine) as served:
        some = deployed("index.html", "feed.xml", "sitemap.xml")
        assert afterwards(some, TargetOptions(websub=served.url)) == ()
    (asked,) = served.asked
    assert b"hub.mode=publish&hub.url=https%3A%2F%2Fquay.news%2Ffeed.xml" in asked.body


def test_pages_that_readers_get_as_they_were_brought_are_fine() -> None:
    with host(lambda _: (200, b"index.html")) as served:
        some = deployed("index.html", url=f"{served.url}/")
        assert afterwards(some, TargetOptions(compare=5)) == ()


def test_a_page_that_readers_get_otherwise_is_told() -> None:
    with host(lambda _: (200, b"an older page")) as served:
        some = deployed("a/index.html", "b/index.html", url=f"{served.url}/")
        problems = afterwards(some, TargetOptions(compare=1))
    assert [problem.message for problem in problems] == [
        f"readers get another page at {served.url}/a/"
    ]


def test_after_a_rollback_all_is_purged(monkeypatch: pytest.MonkeyPatch) -> None:
    with host(fine) as served:
        monkeypatch.setenv("CLOUDFLARE_API_BASE_URL", served.url)
        monkeypatch.setenv("AWS_ENDPOINT_URL_CLOUDFRONT", served.url)
        assert purged(TargetOptions(cdn="cloudflare:zone1"), Base.parse(PAPER)) == ()
        assert purged(TargetOptions(cdn="cloudfront:E1"), Base.parse(PAPER)) == ()
    assert served.asked[0].json == {"purge_everything": True}
    assert b"<Items><Path>/*</Path></Items>" in served.asked[1].body
