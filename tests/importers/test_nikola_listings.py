"""The lists of a Nikola site, and where they lead now."""

from pathlib import Path

from generator.importers.nikola_listings import Names, listing_redirects
from generator.importers.nikola_settings import NikolaSettings

NAMES = Names(("Sea",), ("News/Local",), ("Ann Lee",), ("2014/03",), stories=5)


def led(folder: Path, settings: str) -> dict[str, str]:
    (folder / "conf.py").write_text(settings)
    return {old: new for old, new, _ in listing_redirects(NikolaSettings(folder), NAMES)}


def test_each_language_had_lists_and_feeds_of_its_own(tmp_path: Path) -> None:
    found = led(tmp_path, "TRANSLATIONS = {'en': '', 'de': './de'}")
    assert found["/categories/sea/"] == found["/de/categories/sea/"] == "/tags/sea/"
    assert found["/de/rss.xml"] == "/feed.xml"
    assert found["/de/archive.html"] == "/archive/"


def test_indexes_and_months_lead_on_from_where_they_were(tmp_path: Path) -> None:
    settings = "TAGS_INDEX_PATH = 'topics.html'\nARCHIVE_PATH = 'old'\nAUTHOR_PATH = 'by'\n"
    found = led(tmp_path, settings)
    assert found["/topics.html"] == "/tags/"
    assert found["/by/"] == "/authors/"
    assert found["/old/2014/"] == "/archive/2014/"
    assert found["/old/2014/03/"] == "/archive/2014/03/"


def test_a_category_within_another_has_both_in_its_address(tmp_path: Path) -> None:
    levels = "CATEGORY_ALLOW_HIERARCHIES = True\n"
    assert "/categories/cat_news/local/" in led(tmp_path, levels)
    assert "/categories/cat_news-local.html" in led(tmp_path, levels + "PRETTY_URLS = False\n")
    flat = "CATEGORY_OUTPUT_FLAT_HIERARCHY = True\n"
    assert "/categories/cat_local/" in led(tmp_path, levels + flat)
