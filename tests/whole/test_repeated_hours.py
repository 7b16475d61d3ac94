"""Time zones: instants count in the hour that the clocks repeat, and rules may change."""

from collections.abc import Callable, Iterator
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from zoneinfo import ZoneInfo, reset_tzpath

import pytest

from generator.build import BuildOptions, build
from tests.support.newsroom import tree

MakeSite = Callable[[str], Path]
# In Oslo 02:00 to 03:00 came twice on 2026-10-25: 00:00Z to 01:00Z, and 01:00Z to 02:00Z.
SITE = """
-- config.yaml --
title: Lab
base_url: https://lab.example/
timezone: Europe/Oslo
-- content/articles/anchor.md --
---
title: Anchor
date: 2026-03-01
---
x
-- content/articles/offer.md --
---
title: Offer
date: 2026-10-24
expires: 2026-10-25T00:40:00Z
---
x
-- content/articles/result.md --
---
title: Result
date: 2026-10-25T00:40:00Z
---
x
-- content/articles/verdict.md --
---
title: Verdict
date: 2026-10-24
embargo: 2026-10-25T01:30:00Z
---
x
-- content/articles/autumn.md --
---
title: Autumn
date: 2026-10-24T23:45:00Z
updated: 2026-10-25T01:15:00Z
---
Ninety minutes later.
-- content/articles/spring.md --
---
title: Spring
date: 2026-03-29T00:30:00Z
updated: 2026-03-29T01:15:00Z
---
Forty-five minutes later.
"""


@pytest.fixture
def zones(tmp_path: Path) -> Iterator[Path]:
    """A machine's time zones, for this test alone."""
    (tmp_path / "zones/Europe").mkdir(parents=True)
    reset_tzpath([str(tmp_path / "zones")])
    ZoneInfo.clear_cache()
    yield tmp_path / "zones"
    reset_tzpath()
    ZoneInfo.clear_cache()


def built(site: Path, now: str) -> set[str]:
    build(BuildOptions(site, datetime.fromisoformat(now), allow_shrink=True))
    names = {file.parent.name for file in (site / "public/news").rglob("index.html")}
    return names & {"offer", "result", "verdict"}


@pytest.mark.parametrize("is_clean", [True, False])
def test_stories_come_and_go_at_their_instants(make_site: MakeSite, *, is_clean: bool) -> None:
    site = make_site(SITE)
    if not is_clean:
        built(site, "2026-10-25T00:00:00+00:00")
    expected = {
        "00:35": {"offer"},
        "00:45": {"result"},
        "01:25": {"result"},
        "01:30": {"result", "verdict"},
        "03:00": {"result", "verdict"},
    }
    for clock, stories in expected.items():
        assert built(site, f"2026-10-25T{clock}:00+00:00") == stories


def test_the_next_change_is_the_next_instant(make_site: MakeSite) -> None:
    site = make_site(SITE)
    for now, change in (("00:35", "00:40"), ("00:45", "01:30")):
        options = BuildOptions(site, datetime.fromisoformat(f"2026-10-25T{now}:00+00:00"))
        found = build(options).next_change
        assert found == datetime.fromisoformat(f"2026-10-25T{change}:00+00:00")


def test_an_update_is_told_when_an_hour_has_truly_passed(make_site: MakeSite) -> None:
    site = make_site(SITE)
    built(site, "2026-10-26T00:00:00+00:00")
    autumn, spring = (
        next((site / "public").rglob(f"{name}/index.html")).read_text("utf-8")
        for name in ("autumn", "spring")
    )
    assert '"dateModified": "2026-10-25T02:15:00+01:00"' in autumn.replace('":"', '": "')
    assert "Updated" in autumn
    assert "Updated" not in spring


def test_other_rules_for_a_time_zone_change_what_they_change(
    make_site: MakeSite, zones: Path, tmp_path: Path
) -> None:
    rules = files("tzdata.zoneinfo")
    site, now = make_site(SITE), datetime.fromisoformat("2026-11-30T00:00:00+00:00")
    zone, output = zones / "Europe/Oslo", tmp_path / "clean"
    for place in ("Europe/Oslo", "Asia/Tokyo"):
        zone.write_bytes(rules.joinpath(place).read_bytes())
        ZoneInfo.clear_cache()
        built(site, now.isoformat())
    [result] = (site / "public").rglob("result/index.html")
    assert "2026-10-25T09:40:00+09:00" in result.read_text("utf-8")
    build(BuildOptions(site, now, output=output, clean=True))
    assert tree(site / "public") == tree(output)
