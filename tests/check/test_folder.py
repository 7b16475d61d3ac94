import pytest

from generator.check.folder import Destination, PublishedFolder
from generator.model.addresses import Base

PATHS = frozenset({"index.html", "a/index.html", "a/b c.png", "feed.xml", "Київ/index.html"})
NEWS = PublishedFolder(Base.parse("https://example.org/news/"), PATHS)


@pytest.mark.parametrize(
    ("path", "url"),
    [
        ("index.html", "https://example.org/news/"),
        ("a/index.html", "https://example.org/news/a/"),
        ("a/b c.png", "https://example.org/news/a/b%20c.png"),
    ],
)
def test_a_file_has_an_absolute_url(path: str, url: str) -> None:
    assert NEWS.url(path) == url


@pytest.mark.parametrize(
    ("address", "path", "fragment"),
    [
        ("", "a/index.html", ""),
        ("#x", "a/index.html", "x"),
        ("?page=2", "a/index.html", ""),
        ("b%20c.png", "a/b c.png", ""),
        ("../", "index.html", ""),
        ("/news/#%78", "index.html", "x"),
        ("/news", "index.html", ""),
        ("/news/a/index.html", "a/index.html", ""),
        ("https://EXAMPLE.org/news/feed.xml", "feed.xml", ""),
        ("//example.org/news/feed.xml", "feed.xml", ""),
        ("/news/%D0%9A%D0%B8%D1%97%D0%B2/", "Київ/index.html", ""),
        ("/news/Київ/", "Київ/index.html", ""),
    ],
)
def test_an_address_leads_to_a_file(address: str, path: str, fragment: str) -> None:
    destination = NEWS.lead(address, "https://example.org/news/a/")
    assert destination == Destination(path, fragment)


@pytest.mark.parametrize(
    ("address", "elsewhere"),
    [
        ("https://example.com/a#b", "https://example.com/a"),
        ("//example.com/a?b=c", "https://example.com/a?b=c"),
        ("mailto:a@example.org", ""),
        ("data:,x", ""),
    ],
)
def test_what_leads_to_no_file_has_no_fault(address: str, elsewhere: str) -> None:
    assert NEWS.lead(address, "https://example.org/news/") == Destination(elsewhere=elsewhere)


@pytest.mark.parametrize(
    ("address", "fault", "hint"),
    [
        ("/a/", "leads out of the site, which lives under /news/", "/news/a/"),
        ("../../", "leads out of the site, which lives under /news/", ""),
        ("/news/gone/", "leads nowhere", "Correct the address"),
        ("/news/A/", "leads nowhere", "There is /news/a/: mind capitals"),
        ("/news/feed.xml/", "leads nowhere", "There is /news/feed.xml: mind capitals"),
        ("/news/a//", "leads nowhere", ""),
        ("/news/a", "lacks the slash at its end", "Write /news/a/"),
    ],
)
def test_an_address_that_leads_nowhere_has_a_fault_and_a_hint(
    address: str, fault: str, hint: str
) -> None:
    destination = NEWS.lead(address, "https://example.org/news/a/")
    assert destination.fault == fault
    assert hint in destination.hint
