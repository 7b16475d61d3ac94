"""Netlify, as its documentation says that it answers."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from tests.deploy.conftest import BuiltPaper
from tests.support.commands import run
from tests.support.hosts import Asked, Host, host

TOKEN = "nfp_not-to-be-seen"  # noqa: S105 - nobody's


class Site:
    """A site at Netlify: deploys by ID, and the contents that it has."""

    def __init__(self) -> None:
        self.deploys: dict[str, dict[str, object]] = {}
        self.files: dict[str, dict[str, str]] = {}
        self.contents: dict[str, bytes] = {}
        self.live = ""

    def reply(self, asked: Asked) -> tuple[int, object]:
        if asked.headers.get("Authorization") != f"Bearer {TOKEN}":
            return 401, {}
        found = self._found(asked)
        return (404, {}) if found is None else (200, found)

    def _found(self, asked: Asked) -> object:
        parts = urlsplit(asked.path)
        found: object = None
        match asked.method, unquote(parts.path).strip("/").split("/"):
            case "GET", ["sites", "quay.netlify.app"]:
                found = {"published_deploy": {"id": self.live} if self.live else None}
            case "GET", ["sites", "quay.netlify.app", "deploys"]:
                found = list(reversed(self.deploys.values()))
            case "POST", ["sites", "quay.netlify.app", "deploys"]:
                found = self._begin(asked.json["files"], parse_qs(parts.query)["title"][0])
            case "GET", ["deploys", number]:
                found = self._state(number)
            case "PUT", ["deploys", _, "files", *_]:
                self.contents[hashlib.sha1(asked.body).hexdigest()] = asked.body  # noqa: S324 - theirs
                found = {}
            case "POST", ["sites", "quay.netlify.app", "deploys", number, "restore"]:
                self.live = number
                found = {}
        return found

    def _begin(self, files: dict[str, str], title: str) -> dict[str, object]:
        number = f"d{len(self.deploys)}"
        required = sorted({each for each in files.values() if each not in self.contents})
        self.files[number] = files
        self.deploys[number] = {"id": number, "title": title, "state": "preparing"}
        self.deploys[number]["required"] = required
        return self.deploys[number]

    def _state(self, number: str) -> dict[str, object]:
        deploy = self.deploys[number]
        if deploy["state"] == "preparing":
            deploy["state"] = "prepared"
        if all(each in self.contents for each in self.files[number].values()):
            if deploy["state"] != "ready":
                self.live = number
            deploy["state"] = "ready"
        return deploy

    @property
    def seen(self) -> dict[str, bytes]:
        """What readers find."""
        files = self.files[self.live].items()
        return {path.removeprefix("/"): self.contents[each] for path, each in files}


@pytest.fixture
def there() -> Site:
    return Site()


@pytest.fixture
def netlify(there: Site, monkeypatch: pytest.MonkeyPatch) -> Iterator[Host]:
    with host(there.reply) as served:
        monkeypatch.setenv("NETLIFY_API_URL", served.url)
        monkeypatch.setenv("NETLIFY_AUTH_TOKEN", TOKEN)
        yield served


def readable(site: Path) -> dict[str, bytes]:
    top = site / "public"
    return {f.relative_to(top).as_posix(): f.read_bytes() for f in top.rglob("*") if f.is_file()}


def test_a_site_is_brought_and_only_what_is_lacking_is_sent(
    built_paper: BuiltPaper, there: Site, netlify: Host
) -> None:
    site = built_paper("netlify:quay")
    result = run("deploy", "--site", site)
    assert result.exit_code == 0, result.output
    assert there.seen == readable(site)
    story = site / "content/articles/ferry.md"
    story.write_text(story.read_text("utf-8") + "And back.\n", "utf-8")
    run("build", "--site", site, "--quiet")
    netlify.asked.clear()
    assert run("deploy", "--site", site).exit_code == 0
    assert there.seen == readable(site)
    sent = [line for line in netlify.lines() if line.startswith("PUT")]
    assert 0 < len(sent) < len(there.seen) / 2
    assert "up to date" in run("deploy", "--site", site).output


def test_an_earlier_deploy_is_restored(built_paper: BuiltPaper, there: Site, netlify: Host) -> None:
    site = built_paper("netlify:quay")
    run("deploy", "--site", site)
    first = readable(site)
    (site / "content/articles/ferry.md").unlink()
    run("build", "--allow-lost", "--site", site, "--quiet")
    run("deploy", "--site", site)
    assert run("rollback", "--site", site).exit_code == 0
    assert there.seen == first
    assert run("deploy", "--list", "--site", site).output.splitlines()[0].startswith("*    1")
    assert netlify.asked


def test_a_token_that_is_refused_or_not_there_is_told_and_never_shown(
    built_paper: BuiltPaper, netlify: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = built_paper("netlify:quay")
    monkeypatch.setenv("NETLIFY_AUTH_TOKEN", "another-secret")
    result = run("deploy", "--site", site)
    assert (result.exit_code, "does not let us in" in result.output) == (3, True)
    assert "another-secret" not in result.output
    monkeypatch.delenv("NETLIFY_AUTH_TOKEN")
    assert "NETLIFY_AUTH_TOKEN is not set" in run("deploy", "--site", site).output
    assert netlify.asked
