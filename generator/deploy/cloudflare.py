"""Cloudflare Pages as a target: its own tool, Wrangler, uploads; its documented interface lists.

The upload itself is not documented, so Wrangler does it (`npm install -g wrangler`). Cloudflare
swaps releases at once and keeps earlier ones. CLOUDFLARE_API_TOKEN and CLOUDFLARE_ACCOUNT_ID let
us in. A release's own line stands in the deployment's commit message.
"""

import os
import shutil
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

from generator.deploy.release import Deployer, Note, utc_now
from generator.deploy.target import Delivery, DeployError, Live, Tell
from generator.deploy.tools import run_tool
from generator.deploy.web import ask_json, entries, secret
from generator.model.values import from_json, replace, to_json

API = "https://api.cloudflare.com/client/v4"
BRANCH = "main"
"""What Pages takes for production, unless the project says otherwise."""
MARK = "Broadsheet "


class Cloudflare:
    """Deploys to a Pages project."""

    def __init__(
        self, project: str, who: Deployer, *, clock: Callable[[], datetime] = utc_now
    ) -> None:
        self._project, self._who, self._clock = project, who, clock
        self._live: Note | None = None

    def look(self, tree: str, *, is_wary: bool = False) -> Live:
        """What is live; which files Pages has, it keeps to itself."""
        notes = self.releases()
        self._live = notes[0] if notes else None
        is_current = self._live is not None and self._live.tree == tree and not is_wary
        return Live(self._live, is_current=is_current)

    def releases(self) -> Sequence[Note]:
        """The deployments of ours, the live one first."""
        answer = self._json("GET", "")
        result = answer.get("result") if isinstance(answer, dict) else None
        live = _text(result, "canonical_deployment", "id")
        listed = self._json("GET", "/deployments?env=production&per_page=25")
        deployments = entries(listed.get("result") if isinstance(listed, dict) else None)
        ours = [note for each in deployments if (note := _note_of(each))]
        return sorted(ours, key=lambda note: note.record != live)

    def publish(self, delivery: Delivery) -> Note:
        """Let Wrangler upload a folder that holds what was built, and nothing else."""
        number = self._live.number + 1 if self._live else 1
        note = delivery.note(number, self._clock(), self._who.by)
        secret("CLOUDFLARE_API_TOKEN")
        with TemporaryDirectory(prefix="broadsheet-") as folder:
            for path, entry in delivery.files.items():
                file = Path(folder, path)
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(delivery.source.read(path, entry))
            words = ["pages", "deploy", folder, f"--project-name={self._project}"]
            words += [f"--branch={BRANCH}", "--commit-dirty=true"]
            words += [f"--commit-message={MARK}{to_json(note).decode()}"]
            run_tool([*_wrangler(), *words])
        delivery.tell("upload", len(delivery.files), len(delivery.files))
        return note

    def restore(self, note: Note, tell: Tell) -> Note:
        """Let Pages show an earlier deployment again."""
        self._json("POST", f"/deployments/{quote(note.record)}/rollback")
        tell("upload", 1, 1)
        return replace(note, restored=note.number)

    def _json(self, method: str, path: str) -> object:
        api = os.environ.get("CLOUDFLARE_API_BASE_URL", "").rstrip("/") or API
        account = quote(secret("CLOUDFLARE_ACCOUNT_ID"))
        url = f"{api}/accounts/{account}/pages/projects/{quote(self._project)}{path}"
        login = {"Authorization": f"Bearer {secret('CLOUDFLARE_API_TOKEN')}"}
        return ask_json(method, url, headers=login)


def _wrangler() -> list[str]:
    """Wrangler, or npx with one that the project has."""
    if shutil.which("wrangler"):
        return ["wrangler"]
    if shutil.which("npx"):
        return ["npx", "--no-install", "wrangler"]
    hint = "Install it: npm install -g wrangler"
    raise DeployError("Wrangler, Cloudflare's own tool, is not installed", hint)


def _text(value: object, *keys: str) -> str:
    """The text below some keys of a JSON value; empty for none."""
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value if isinstance(value, str) else ""


def _note_of(deployment: object) -> Note | None:
    message = _text(deployment, "deployment_trigger", "metadata", "commit_message")
    if _text(deployment, "latest_stage", "status") == "success" and message.startswith(MARK):
        with suppress(ValueError):
            note = from_json(Note, message.removeprefix(MARK).encode(), UTC)
            return replace(note, record=_text(deployment, "id"))
    return None
