"""Netlify as a target: its documented interface takes digests, and asks for the files it lacks.

Netlify swaps releases at once and keeps earlier ones by itself; this module asks it for both.
NETLIFY_AUTH_TOKEN lets us in. A release's own line stands in the deploy's title.
"""

import hashlib
import os
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

from generator.deploy.release import Deployer, Note, utc_now
from generator.deploy.target import Delivery, DeployError, Live, Tell
from generator.deploy.web import AGAIN, ask, ask_json, entries, secret, texts
from generator.model.values import from_json, replace, to_json

API = "https://api.netlify.com/api/v1"
SIDE_BY_SIDE = 8
LONGEST = timedelta(minutes=15)
"""How long Netlify may take to make a deploy of what it has."""
READY, FAILED = "ready", frozenset({"error", "rejected"})


class Netlify:
    """Deploys to a site, by its name (`paper.netlify.app`, `paper`) or its ID."""

    def __init__(
        self,
        site: str,
        who: Deployer,
        *,
        clock: Callable[[], datetime] = utc_now,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        name = site if "." in site or _is_id(site) else f"{site}.netlify.app"
        self._api = os.environ.get("NETLIFY_API_URL", "").rstrip("/") or API
        self._site = f"{self._api}/sites/{quote(name)}"
        self._who, self._clock, self._sleep = who, clock, sleep
        self._live: Note | None = None

    def look(self, tree: str, *, is_wary: bool = False) -> Live:
        """What is live; Netlify itself knows which files it has."""
        notes = self._notes()
        self._live = next(notes, None)
        is_current = self._live is not None and self._live.tree == tree and not is_wary
        return Live(self._live, is_current=is_current)

    def releases(self) -> Sequence[Note]:
        """What Netlify lists of ours."""
        return tuple(self._notes())

    def publish(self, delivery: Delivery) -> Note:
        """Tell the digests, send what is asked for, and wait until it is live."""
        read = delivery.source.read
        digests = {p: _sha1(read(p, entry)) for p, entry in delivery.files.items()}
        next_number = self._live.number + 1 if self._live else 1
        note = delivery.note(next_number, self._clock(), self._who.by)
        wanted = {"files": {f"/{path}": each for path, each in digests.items()}, "async": True}
        title = to_json(note).decode()
        deploy = self._json("POST", f"{self._site}/deploys?title={quote(title)}", wanted)
        number = texts(deploy).get("id", "")
        if not number:
            raise DeployError("Netlify answers with nonsense", AGAIN)
        deploy = self._wait(number, {"prepared", "uploading", "uploaded", READY})
        required = set(map(str, entries(deploy.get("required"))))
        lacking = [path for path, each in digests.items() if each in required]
        self._send(number, lacking, delivery)
        self._wait(number, {READY})
        return replace(note, record=number)

    def restore(self, note: Note, tell: Tell) -> Note:
        """Let Netlify show an earlier deploy again."""
        self._json("POST", f"{self._site}/deploys/{quote(note.record)}/restore")
        tell("upload", 1, 1)
        return replace(note, restored=note.number)

    def _send(self, number: str, paths: Sequence[str], delivery: Delivery) -> None:
        """Send files, each content once."""

        def send(path: str) -> None:
            data = delivery.source.read(path, delivery.files[path])
            url = f"{self._api}/deploys/{quote(number)}/files/{quote(path)}"
            ask("PUT", url, data, {**self._login, "Content-Type": "application/octet-stream"})

        once = list({delivery.files[path].digest: path for path in paths}.values())
        with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
            for done, _ in enumerate(pool.map(send, once), start=1):
                delivery.tell("upload", done, len(once))

    def _wait(self, number: str, states: set[str]) -> dict[str, object]:
        end = self._clock() + LONGEST
        pause = 0.25
        while True:
            found = self._json("GET", f"{self._api}/deploys/{quote(number)}")
            deploy = found if isinstance(found, dict) else {}
            state = str(deploy.get("state", ""))
            if state in states:
                return deploy
            if state in FAILED:
                hint = "Look at the deploy's log at Netlify."
                raise DeployError("Netlify could not make a deploy of it", hint)
            if self._clock() > end:
                raise DeployError("Netlify takes too long", AGAIN)
            self._sleep(pause)
            pause = min(pause * 1.5, 5.0)

    def _notes(self) -> Iterator[Note]:
        """The deploys of ours that can be shown, newest first; the live one is the first.

        After a rollback Netlify's live deploy is an older one: it is put first.
        """
        site = self._json("GET", self._site)
        published = site.get("published_deploy") if isinstance(site, dict) else None
        live = texts(published).get("id", "")
        listed = entries(self._json("GET", f"{self._site}/deploys?per_page=50"))
        ours = [note for deploy in listed if (note := _note_of(texts(deploy)))]
        yield from (note for note in ours if note.record == live)
        yield from (note for note in ours if note.record != live)

    @property
    def _login(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {secret('NETLIFY_AUTH_TOKEN')}"}

    def _json(self, method: str, url: str, value: object = None) -> object:
        return ask_json(method, url, value, self._login)


def _note_of(deploy: dict[str, str]) -> Note | None:
    if deploy.get("state") == READY:
        with suppress(ValueError):
            note = from_json(Note, deploy.get("title", "").encode(), UTC)
            return replace(note, record=deploy.get("id", ""))
    return None


def _is_id(site: str) -> bool:
    """Whether a site is named by Netlify's own ID, a UUID."""
    return len(site) == len("00000000-0000-0000-0000-000000000000") and site.count("-") == 4  # noqa: PLR2004 - a UUID's


def _sha1(data: bytes) -> str:
    return hashlib.sha1(data, usedforsecurity=False).hexdigest()
