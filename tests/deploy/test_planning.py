"""Plans: what is brought in which order, and what goes when."""

from collections.abc import Mapping
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from generator.deploy.planning import GRACE, Plan, planned
from generator.deploy.release import FORMAT, Entry, Note, Release, entries_of
from generator.model.digests import content_digest
from tests.support.deploying import NOON, Files, lacking

STYLE = "assets/site.{}.css"


def asset(content: bytes) -> str:
    return STYLE.format(content_digest(content)[:10])


def release(files: Files, leaving: Mapping[str, object] | None = None) -> Release:
    described = ((path, content_digest(data), len(data)) for path, data in files.items())
    note = Note(1, NOON, "mara", "")
    return Release(FORMAT, note, "", entries_of(described), dict(leaving or {}))  # type: ignore[arg-type]


def wanted(files: Files) -> Mapping[str, Entry]:
    return release(files).files


def page(*names: str) -> bytes:
    return " ".join(f"needs:{name}" for name in names).encode()


@st.composite
def sites(draw: st.DrawFn) -> dict[str, bytes]:
    """A site whose pages need assets of changing content, and pictures of changing names."""
    styles = draw(st.lists(st.sampled_from([b"a", b"b", b"c"]), max_size=2, unique=True))
    files = {asset(style): style for style in styles}
    pictures = draw(st.lists(st.sampled_from(["p/1.jpg", "p/2.jpg"]), unique=True))
    files |= {picture: draw(st.sampled_from([b"x", b"y"])) for picture in pictures}
    names = sorted(files)
    paths = st.sampled_from(
        ["index.html", "a/index.html", "n/2026/01/b/index.html", "tags/c/index.html", "404.html"]
    )
    for path in draw(st.lists(paths, unique=True)):
        needs = draw(st.lists(st.sampled_from(names), unique=True)) if names else []
        files[path] = page(*needs) + draw(st.sampled_from([b"", b" more"]))
    if draw(st.booleans()):
        files["feed.xml"] = b"<rss/>"
    return files


def steps(plan: Plan) -> list[tuple[str, str]]:
    return [("put", p) for p in plan.uploads] + [("delete", p) for p in plan.deletions]


@given(sites(), sites())
def test_after_any_prefix_of_the_requests_no_page_lacks_its_assets(
    before: dict[str, bytes], after: dict[str, bytes]
) -> None:
    plan = planned(release(before), wanted(after), NOON)
    standing = dict(before)
    for what, path in steps(plan):
        if what == "put":
            standing[path] = after[path]
        else:
            del standing[path]
        assert lacking(standing) == []
    assert {path: standing[path] for path in after} == after
    assert standing.keys() - after.keys() == plan.leaving.keys()


@given(sites(), sites(), sites(), st.data())
def test_a_run_that_was_cut_short_is_finished_by_the_next_whatever_it_brings(
    before: dict[str, bytes], begun: dict[str, bytes], after: dict[str, bytes], data: st.DataObject
) -> None:
    first = steps(planned(release(before), wanted(begun), NOON))
    standing = dict(before)
    for what, path in first[: data.draw(st.integers(0, len(first)))]:
        standing.pop(path) if what == "delete" else standing.update({path: begun[path]})
    old = release(before).files
    doubtful = {p for p, e in wanted(begun).items() if not e.is_like(old.get(p))}
    doubtful |= before.keys() - begun.keys()
    plan = planned(release(before), wanted(after), NOON, doubtful)
    for what, path in steps(plan):
        standing.pop(path, None) if what == "delete" else standing.update({path: after[path]})
        assert lacking(standing) == []
    assert {path: standing[path] for path in after} == after
    assert standing.keys() - after.keys() <= plan.leaving.keys()


def test_the_same_site_needs_nothing() -> None:
    files = {"index.html": b"front", asset(b"a"): b"a"}
    assert planned(release(files), wanted(files), NOON).is_empty


def test_assets_come_first_then_pages_listings_feeds_and_host_files() -> None:
    files = dict.fromkeys(
        ["_headers", "feed.xml", "index.html", "n/2026/01/b/index.html", "p/1.jpg", asset(b"a")],
        b"a",
    )
    assert planned(None, wanted(files), NOON).waves == (
        (asset(b"a"), "p/1.jpg"),
        ("n/2026/01/b/index.html",),
        ("index.html",),
        ("feed.xml",),
        ("_headers",),
    )


def test_a_page_goes_at_once_and_an_asset_after_a_day() -> None:
    before = release({"a/index.html": b"a", asset(b"a"): b"a", "index.html": b"i"})
    plan = planned(before, wanted({"index.html": b"i"}), NOON)
    assert plan.deletions == ("a/index.html",)
    assert plan.leaving == {asset(b"a"): NOON + GRACE}


def test_an_asset_that_has_waited_for_a_day_goes() -> None:
    before = release({"index.html": b"i"}, {asset(b"a"): NOON})
    early = planned(before, wanted({"index.html": b"i"}), NOON - timedelta(seconds=1))
    late = planned(before, wanted({"index.html": b"i"}), NOON)
    assert (early.deletions, late.deletions) == ((), (asset(b"a"),))


def test_an_asset_that_is_needed_again_stays() -> None:
    before = release({"index.html": b"i"}, {asset(b"a"): NOON})
    plan = planned(before, wanted({"index.html": b"i", asset(b"a"): b"a"}), NOON)
    assert (plan.deletions, plan.leaving) == ((), {})


def test_deletions_run_against_the_order_of_uploads() -> None:
    before = release(
        dict.fromkeys(["p/1.jpg", "n/a/index.html", "feed.xml", "tags/b/index.html"], b"x")
    )
    assert planned(before, {}, NOON).deletions == (
        "feed.xml",
        "tags/b/index.html",
        "n/a/index.html",
        "p/1.jpg",
    )
