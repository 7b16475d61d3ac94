"""Buckets as stores: S3 and all that speak it, Azure, Google.

Who may write is told by the environment or the machine's own login, as each provider has it:
`AWS_ACCESS_KEY_ID`, `AZURE_STORAGE_ACCOUNT_KEY`, `GOOGLE_APPLICATION_CREDENTIALS` and their kind.
`AWS_ENDPOINT_URL` names a service other than Amazon's; without TLS only one of this machine.
"""

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from types import MappingProxyType
from urllib.parse import quote, urlsplit

from generator.deploy.redaction import without_secrets
from generator.deploy.release import Entry
from generator.deploy.store import PRIVATE, Held, MovedError
from generator.deploy.target import DeployError
from generator.model.deploying import Destination, Means
from generator.model.problems import HinderedError

try:
    import obstore
    from obstore.exceptions import (
        AlreadyExistsError,
        BaseError,
        NotFoundError,
        PermissionDeniedError,
        PreconditionError,
        UnauthenticatedError,
    )
    from obstore.store import ObjectStore, from_url
except ImportError as error:
    raise HinderedError(
        "buckets need a library that is not installed",
        'Install it: python3 -m pip install "broadsheet[deploy]"',
    ) from error

MISSING = (NotFoundError, FileNotFoundError)
"""obstore raises Python's own error for what is not there."""
BETWEEN = "\n"
"""Between the two parts of what stands for a version."""
MD5 = re.compile(r"[0-9a-f]{32}")
STATUS = re.compile(r"status(?: code)?: ([45][0-9]{2})\b")
MACHINE_LOGIN = re.compile(
    r"credential|169\.254\.|/latest/(?:api|meta-data)|/metadata/identity|computeMetadata"
    r"|metadata\.google|invalid_grant",
    re.IGNORECASE,
)
"""What the libraries say where no variable holds a key, and the machine has no login either."""
UNREACHED = re.compile(r"connect|dns|error sending request|network")
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
ENDPOINTS: Mapping[str, str] = MappingProxyType(
    {Means.S3: "AWS_ENDPOINT_URL", Means.AZURE: "AZURE_STORAGE_ENDPOINT"}
)
TIMEOUT, CONNECT_TIMEOUT = timedelta(seconds=60), timedelta(seconds=10)
TRIES = 5
LONGEST = timedelta(minutes=3)
FIRST_PAUSE, LAST_PAUSE = timedelta(milliseconds=250), timedelta(seconds=15)


def open_cloud(destination: Destination) -> "CloudStore":
    """The bucket or container, and the prefix in it."""
    place, below = destination.place, quote(destination.below)
    variable = ENDPOINTS.get(destination.means, "")
    url = urlsplit(os.environ.get(variable, ""))
    if url.scheme == "http" and url.hostname not in LOOPBACK:
        hint = f"Write https:// in {variable}: only a service of this machine does without."
        raise DeployError(f"{url.hostname} would be asked without encryption", hint)
    with _told(place):
        store = from_url(
            f"{destination.means}://{place}/{below}",
            client_options={
                "timeout": TIMEOUT,
                "connect_timeout": CONNECT_TIMEOUT,
                "allow_http": url.hostname in LOOPBACK,
            },
            retry_config={
                "max_retries": TRIES,
                "retry_timeout": LONGEST,
                "backoff": {"init_backoff": FIRST_PAUSE, "max_backoff": LAST_PAUSE, "base": 2},
            },
        )
    return CloudStore(store, place)


class CloudStore:
    """A bucket; `name` is what people are told."""

    side_by_side = 16

    def __init__(self, store: ObjectStore, name: str) -> None:
        self._store, self._name = store, name

    def read(self, path: str) -> Held | None:
        """What is held under a name."""
        with _told(self._name):
            try:
                found = obstore.get(self._store, path)
                data = bytes(found.bytes())
            except MISSING as error:
                if "NoSuchBucket" in str(error):
                    raise
                return None
        return Held(data, _token(found.meta["e_tag"], found.meta["version"]))

    def size(self, path: str) -> int | None:
        """How many bytes are held under a name."""
        with _told(self._name):
            try:
                return obstore.head(self._store, path)["size"]
            except MISSING:
                return None

    def span(self, path: str, start: int, end: int) -> bytes:
        """Some of the bytes that are held under a name."""
        with _told(self._name):
            return bytes(obstore.get_range(self._store, path, start=start, end=end))

    def put(self, path: str, data: bytes | Path, entry: Entry) -> None:
        """Put a file with its type and its cache rule; a large one in parts, seen when whole."""
        headers = {"Content-Type": entry.type, "Cache-Control": entry.cache}
        if entry.encoding:
            headers["Content-Encoding"] = entry.encoding
        with _told(self._name):
            obstore.put(self._store, path, data, attributes=headers)

    def swap(self, path: str, data: bytes, version: str | None) -> str:
        """Put with a condition (`If-Match`, `If-None-Match`; at Google a number of generation)."""
        e_tag, _, generation = (version or "").partition(BETWEEN)
        with _told(self._name):
            try:
                done = obstore.put(
                    self._store,
                    path,
                    data,
                    attributes={"Content-Type": PRIVATE.type, "Cache-Control": PRIVATE.cache},
                    mode="create"
                    if version is None
                    else {"e_tag": e_tag, "version": generation}
                    if generation
                    else {"e_tag": e_tag},
                )
            except (AlreadyExistsError, PreconditionError):
                raise MovedError from None
        return _token(done["e_tag"], done["version"])

    def delete(self, paths: Sequence[str]) -> None:
        """Delete, a thousand in a request where the provider can."""
        with _told(self._name):
            try:
                obstore.delete(self._store, list(paths))
            except MISSING:  # some say so of a file that is gone already
                for path in paths:
                    self._delete_one(path)

    def _delete_one(self, path: str) -> None:
        try:
            obstore.delete(self._store, path)
        except MISSING:
            return

    def marks(self) -> Mapping[str, str]:
        """Every name; an ETag that is an MD5 tells what it holds (S3 without multipart or KMS)."""
        found = {}
        with _told(self._name):
            for some in obstore.list(self._store, chunk_size=1000):
                for meta in some:
                    mark = (meta["e_tag"] or "").strip('"')
                    found[meta["path"]] = mark if MD5.fullmatch(mark) else ""
        return found


def _token(e_tag: str | None, generation: str | None) -> str:
    """What stands for a version, whichever of the two the provider compares."""
    return f"{e_tag or ''}{BETWEEN}{generation or ''}"


@contextmanager
def _told(name: str) -> Iterator[None]:
    """What went wrong, in a sentence: the libraries' own texts hold addresses and whole answers."""
    try:
        yield
    except (PermissionDeniedError, UnauthenticatedError):
        hint = "Check the keys in the environment, and what they may do there."
        raise DeployError(f"{name} does not let us write", hint) from None
    except MISSING:
        raise DeployError(f"there is no bucket {name}", "Make it, or check its name.") from None
    except (BaseError, ValueError) as error:
        raise _explained(name, without_secrets(str(error))) from None


def _explained(name: str, text: str) -> DeployError:
    again = "Deploy again later: the next run finishes what is not done."
    lowered = text.lower()
    if MACHINE_LOGIN.search(text):
        hint = "Set the provider's variables in the environment, or log this machine in."
        return DeployError(f"there are no keys for {name}", hint)
    status = STATUS.search(text)
    if status:
        return DeployError(f"{name} answers with status {status[1]}", again)
    if "timed out" in lowered or "timedout" in lowered:
        return DeployError(f"{name} takes too long to answer", again)
    if UNREACHED.search(lowered):
        return DeployError(f"{name} cannot be reached", f"Check the network. {again}")
    return DeployError(f"{name} does not answer as it should", again)
