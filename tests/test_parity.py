"""Parity: what an imported site has kept of the old one, and what it has lost."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from generator.build import BuildOptions
from generator.importers.hugo import open_site
from generator.importers.old_site import ImportAsked
from generator.importers.proof import Proof
from generator.importers.site_import import import_site
from generator.parity import NoEvidenceError, prove
from tests.support.sites import write_site

NOW = datetime(2026, 6, 1, tzinfo=UTC)
PROJECT = """\
-- hugo.toml --
title = "The Gazette"
baseURL = "https://gazette.example/"
[permalinks]
news = "/:year/:slug/"
-- content/news/flood.md --
---
title: The flood
date: 2014-03-05
slug: flood
aliases: [/old/flood/]
---
The river *rose*, as [told](/2014/gale/).
-- content/news/gale.md --
---
title: The gale
date: 2014-03-06
slug: gale
---
It blew.
-- content/news/idea.md --
---
title: An idea
date: 2014-03-07
draft: true
---
Not yet.
"""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    project = write_site(tmp_path / "old", PROJECT)
    old = open_site([project], ImportAsked(now=NOW))
    import_site(old, tmp_path / "site", roots=(project,), now=NOW)
    return tmp_path / "site"


def proof(site: Path, *urls: str) -> Proof:
    return prove(BuildOptions(site=site, now=NOW, workers=1), urls)


def test_an_import_that_nobody_touched_has_lost_nothing(site: Path) -> None:
    found = proof(site)
    assert not found.has_loss
    assert (found.published, dict(found.texts)) == (2, {"public": 2, "draft": 1})
    assert (found.words_there, found.words_lost) == (7, 0)
    assert dict(found.addresses) == {"same": 2, "redirected": 1, "gone on purpose": 1}


def test_the_site_itself_is_not_touched(site: Path) -> None:
    before = {file: file.stat().st_mtime_ns for file in site.rglob("*")}
    proof(site)
    assert {file: file.stat().st_mtime_ns for file in site.rglob("*")} == before


def test_words_that_are_gone_are_named(site: Path) -> None:
    file = site / "content/articles/news/gale.md"
    file.write_text(file.read_text().replace("It blew.", "It rained."))
    found = proof(site)
    assert found.words_lost == 1
    assert [(loss.source, loss.words) for loss in found.losses] == [
        ("content/news/gale.md", ("blew",))
    ]


def test_a_story_without_a_page_is_named_and_its_address_and_links(site: Path) -> None:
    (site / "content/articles/news/gale.md").unlink()
    found = proof(site)
    assert found.missing == ("content/news/gale.md",)
    assert [loss.address for loss in found.addresses_lost] == ["/2014/gale/"]
    assert found.links_lost == 1


def test_other_old_addresses_can_be_asked_after(site: Path) -> None:
    found = proof(site, "/2014/flood/", "/feed.xml", "/2009/nothing/")
    assert [loss.address for loss in found.addresses_lost] == ["/2009/nothing/"]


def test_an_address_that_no_page_can_have_is_named_with_the_reason(site: Path) -> None:
    found = proof(site, "/2009/a\\b/", "/2009/c#/")
    lost = [(loss.address, loss.reason) for loss in found.addresses_lost]
    assert lost == [("/2009/a\\b/", 'holds "\\"'), ("/2009/c#/", "")]


def test_a_site_that_nothing_was_imported_into_says_so(tmp_path: Path) -> None:
    write_site(tmp_path / "site", "-- config.yaml --\ntitle: A\n")
    with pytest.raises(NoEvidenceError):
        proof(tmp_path / "site")


def test_a_proof_can_be_read_by_machines(site: Path) -> None:
    from generator.cli.proving import proof_json  # noqa: PLC0415 - the command's own form

    found = json.loads(json.dumps(proof_json(proof(site))))
    assert found["lost"] is False
    assert found["words"]["lost"] == 0


def test_a_site_in_a_folder_of_its_host_has_all_addresses_too(tmp_path: Path) -> None:
    project = PROJECT.replace("gazette.example/", "gazette.example/paper/")
    project = project.replace("/old/flood/", "/old/flood.php")
    old = open_site([write_site(tmp_path / "old", project)], ImportAsked(now=NOW))
    import_site(old, tmp_path / "site", roots=(tmp_path / "old",), now=NOW)
    found = proof(tmp_path / "site", "/paper/2014/flood/", "/paper/old/flood.php", "/paper/void/")
    assert [loss.address for loss in found.addresses_lost] == ["/void/"]
