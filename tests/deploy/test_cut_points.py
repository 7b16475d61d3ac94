"""A deploy is cut after any request, on real S3 servers, while readers look; the next finishes."""

import os
import random
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest

from generator.deploy.cloud_store import CloudStore, open_cloud
from generator.deploy.release import Entry
from generator.deploy.store import Held, Store
from generator.deploy.store_target import OURS, StoreTarget
from generator.deploy.target import DeployError
from generator.model.deploying import destination_of
from tests.support.buckets import (
    ACCESS_KEY,
    SECRET_KEY,
    Bucket,
    bucket_server,
    make_bucket,
    seaweed,
)
from tests.support.deploying import ELSEWHERE, NOON, CutError, Files, deploy_files
from tests.support.editions import edition, lacking_in

pytestmark = pytest.mark.slow
CUTS = max(6, int(os.environ.get("BROADSHEET_CUTS", "150")) // 25)


class CutStore:
    """A store that is cut off at a request; `is_late`: that one still comes through."""

    side_by_side = 1

    def __init__(self, store: Store) -> None:
        self._store, self.requests, self.cut, self.is_late = store, 0, 0, False

    def _count(self) -> bool:
        """Count a request, and tell whether its answer is lost."""
        self.requests += 1
        if self.cut and (
            self.requests > self.cut or (self.requests == self.cut and not self.is_late)
        ):
            raise CutError
        return self.requests == self.cut

    def read(self, path: str) -> Held | None:
        self._count()
        return self._store.read(path)

    def size(self, path: str) -> int | None:
        self._count()
        return self._store.size(path)

    def span(self, path: str, start: int, end: int) -> bytes:
        self._count()
        return self._store.span(path, start, end)

    def put(self, path: str, data: bytes | Path, entry: Entry) -> None:
        is_lost = self._count()
        self._store.put(path, data, entry)
        if is_lost:
            raise CutError

    def swap(self, path: str, data: bytes, version: str | None) -> str:
        is_lost = self._count()
        done = self._store.swap(path, data, version)
        if is_lost:
            raise CutError
        return done

    def delete(self, paths: Sequence[str]) -> None:
        is_lost = self._count()
        self._store.delete(paths)
        if is_lost:
            raise CutError

    def marks(self) -> Mapping[str, str]:
        self._count()
        return self._store.marks()


@pytest.fixture(scope="module", params=["moto", "seaweedfs"])
def server(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    start = bucket_server() if request.param == "moto" else seaweed(tmp_path_factory.mktemp("s3"))
    with start as url, pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ENDPOINT_URL", url)
        patch.setenv("AWS_ACCESS_KEY_ID", ACCESS_KEY)
        patch.setenv("AWS_SECRET_ACCESS_KEY", SECRET_KEY)
        patch.delenv("AWS_SESSION_TOKEN", raising=False)
        yield url


@pytest.fixture
def bucket(server: str, request: pytest.FixtureRequest) -> Bucket:
    return make_bucket(server, f"paper{abs(hash(request.node.nodeid)) % 10**12}")


def target(store: Store) -> StoreTarget:
    return StoreTarget(store, ELSEWHERE, clock=lambda: NOON)


def site_in(store: CloudStore) -> dict[str, bytes]:
    """What readers find."""
    names = [name for name in store.marks() if not name.startswith(OURS)]
    return {name: held.data for name in names if (held := store.read(name))}


def test_no_page_lacks_its_assets_wherever_a_deploy_is_cut(bucket: Bucket) -> None:
    chosen = random.Random(7)  # noqa: S311 - a draw of cut points
    store = open_cloud(destination_of(f"s3://{bucket.name}"))
    before: Files = edition(b"a", 4)
    deploy_files(target(store), before)
    for number in range(CUTS):
        wanted = edition(b"%d" % number, chosen.randint(2, 6), number)
        cut = CutStore(store)
        cut.cut, cut.is_late = chosen.randint(3, 12), chosen.random() < 0.5
        with pytest.raises((CutError, DeployError)):
            deploy_files(target(cut), wanted)
        assert lacking_in(site_in(store)) == []
        deploy_files(target(store), wanted)
        found = site_in(store)
        assert {path: found.get(path) for path in wanted} == wanted
        assert lacking_in(found) == []
    expected = wanted.keys() | {name for name in found if name.startswith("assets/")}
    assert found.keys() == expected
