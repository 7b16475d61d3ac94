from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.article import Article, ArticleType, Image
from generator.model.config import Config, MarkdownGroup
from generator.model.frozen import FrozenMap
from generator.model.problems import MOST_TOLD, Problem, Severity
from generator.model.recordings import Clip
from generator.model.values import fields as fields_of
from generator.model.values import replace
from generator.model.written_addresses import written_address
from generator.read.articles import ALSO, KNOWN, read_article

CONFIG = replace(Config(), timezone=ZoneInfo("Europe/Kyiv"))
PATH = "content/articles/2024/ferry.md"
SECTIONS = frozenset({"world", "harbour"})
MINIMAL = "title: Ferry\ndate: 2024-08-15"


def read(
    front: str, path: str = PATH, config: Config = CONFIG
) -> tuple[Article | None, tuple[Problem, ...]]:
    return read_article(path, f"---\n{front}\n---\nText.\n".encode(), config, SECTIONS)


def article(front: str, path: str = PATH, config: Config = CONFIG) -> Article:
    found, problems = read(front, path, config)
    assert found is not None, problems
    assert not problems
    return found


def with_key(line: str) -> Article:
    return article(f"{MINIMAL}\n{line}")


def problem(front: str, path: str = PATH) -> Problem:
    _, (found,) = read(front, path)
    return found


def test_two_lines_are_enough() -> None:
    found = article(MINIMAL)
    assert (found.title, found.slug, found.section) == ("Ferry", "ferry", "news")
    assert found.address == "/news/2024/08/ferry/"
    assert found.id == "news/2024/08/ferry"
    assert (found.type, found.language, found.image) == (ArticleType.NEWS, "", None)
    assert found.source.facts.opening == "Text."


def test_the_opening_is_kept_only_where_no_summary_was_written() -> None:
    assert article(f"{MINIMAL}\nsummary: ''").source.facts.opening == "Text."
    assert article(f"{MINIMAL}\nsummary: It sails.").source.facts.opening == ""
    assert article(f"{MINIMAL}\ndescription: It sails.").source.facts.opening == ""


def test_an_endless_address_is_told_with_its_place() -> None:
    found = problem(f"{MINIMAL}\nurl: /{'abc/' * 1_250}")
    assert (found.place.path, found.place.line) == (PATH, 4)
    assert found.message == "an address of more than 500 characters"


def test_a_file_with_endless_faults_tells_the_first_and_counts_the_others() -> None:
    found, problems = read("\n".join([MINIMAL, *(f"k{n}: 1" for n in range(3_000))]))
    assert found is not None
    assert len(problems) == MOST_TOLD + 1
    assert problems[-1].message == "2,500 more problems"
    assert problems[-1].severity is Severity.WARNING


def test_authors_have_a_number_at_which_it_is_told() -> None:
    names = ", ".join(f"Person {chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(101))
    assert problem(f"{MINIMAL}\nauthors: {names}").message == "101 authors"


# One line for each key, and what it becomes. A key that is not here fails the test below.
VALUES = {
    "title": ("title", "A storm", "title", "A storm"),
    "date": ("date", "2024-08-15T08:00Z", "date", datetime(2024, 8, 15, 8, tzinfo=UTC)),
    "updated": ("updated", "2024-08-16T08:00Z", "updated", datetime(2024, 8, 16, 8, tzinfo=UTC)),
    "tags": ("tags", "[Kursk]", "tags", ("Kursk",)),
    "section": ("section", "World", "section", "world"),
    "authors": ("authors", "[Mara Quill, Robin Hale]", "authors", ("Mara Quill", "Robin Hale")),
    "byline": ("byline", "Our staff", "byline", "Our staff"),
    "summary": ("summary", "It sails.", "summary", "It sails."),
    "slug": ("slug", "other", "slug", "other"),
    "url": ("url", "/special/", "address", "/special/"),
    "aliases": ("aliases", "[/old/]", "aliases", ("/old/",)),
    "image": ("image", "{src: a.jpg, alt: A}", "image", Image("a.jpg", "A")),
    "audio": ("audio", "{src: a.mp3, episode: 2}", "audio", Clip("a.mp3", episode=2)),
    "video": ("video", "a.mp4", "video", Clip("a.mp4")),
    "kicker": ("kicker", "Transport", "kicker", "Transport"),
    "dateline": ("dateline", "HARBOUR", "dateline", "HARBOUR"),
    "location": ("location", "The quay", "location", "The quay"),
    "seo_title": ("seo_title", "Ferries", "seo_title", "Ferries"),
    "short_title": ("short_title", "Ferries", "short_title", "Ferries"),
    "type": ("type", "Opinion", "type", ArticleType.OPINION),
    "lang": ("lang", "pt-BR", "language", "pt-BR"),
    "draft": ("draft", "true", "draft", True),
    "embargo": ("embargo", "2024-08-16T08:00Z", "embargo", datetime(2024, 8, 16, 8, tzinfo=UTC)),
    "expires": ("expires", "2024-08-16T08:00Z", "expires", datetime(2024, 8, 16, 8, tzinfo=UTC)),
    "noindex": ("noindex", "true", "noindex", True),
    "feed_exclude": ("feed_exclude", "true", "feed_exclude", True),
    "pinned": ("pinned", "true", "pinned", True),
    "weight": ("weight", "-2", "weight", -2),
    "related": ("related", "[storm, /articles/a.md]", "related", ("storm", "/articles/a.md")),
    "id": ("id", "tag:x.org,2024:1", "id", "tag:x.org,2024:1"),
    "extra": ("extra", "{stars: 4}", "extra", FrozenMap((("stars", 4),))),
}
RESERVED = {"series", "corrections", "comments"}


def value_of(found: Article, name: str) -> object:
    value = getattr(found, name)
    return tuple(n.label for n in value) if name in ("tags", "authors") else value


@pytest.mark.parametrize("key", KNOWN)
def test_every_key_is_read(key: str) -> None:
    if key in RESERVED:
        found, [problem] = read(f"{MINIMAL}\n{key}: [whatever, {{a: b}}]")
        assert found is not None
        assert found == replace(article(MINIMAL), source=found.source)
        assert problem.message == f'"{key}" does nothing yet'
        return
    name, written, field, expected = VALUES[key]
    lines = {"title": "Ferry", "date": "2024-08-15"} | {name: written}
    found = article("\n".join(f"{key}: {value}" for key, value in lines.items()))
    assert value_of(found, field) == expected


@pytest.mark.parametrize(("other", "key"), ALSO.items())
def test_every_other_name_of_a_key_means_the_key(other: str, key: str) -> None:
    name, written, field, expected = VALUES[key]
    lines = {"title": "Ferry", "date": "2024-08-15"} | {name: written}
    del lines[name]
    found = article("\n".join(f"{k}: {v}" for k, v in {**lines, other: written}.items()))
    assert value_of(found, field) == expected


def test_every_field_of_an_article_can_be_set() -> None:
    made_of_others = {"source", "day_only", "updated_day_only", "section_label", "emphasis"}
    settable = {field for _, _, field, _ in VALUES.values()}
    assert {field.name for field in fields_of(Article)} == settable | made_of_others


def test_toml_is_read_alike() -> None:
    data = (
        b'+++\ntitle = "Ferry"\ndate = 2024-08-15T08:00:00Z\ntags = ["No", "1.10"]\ndraft = true\n'
        b"weight = 3\n[extra]\nstars = 4\nopen = true\n"
        b"[image]\nsrc = 'a.jpg'\nalt = 'A'\n+++\nText.\n"
    )
    found, problems = read_article(PATH, data, CONFIG, SECTIONS)
    assert found is not None
    assert not problems
    assert found.date == datetime(2024, 8, 15, 8, tzinfo=UTC)
    assert [tag.label for tag in found.tags] == ["No", "1.10"]
    assert (found.draft, found.weight, found.image) == (True, 3, Image("a.jpg", "A"))
    assert dict(found.extra) == {"stars": 4, "open": True}


@pytest.mark.parametrize(
    ("date", "day_only"),
    [("2024-08-15", True), ("2024-08-15 09:30", False), ("2013-05-01 14:22:08 -0400", False)],
)
def test_a_day_is_told_from_an_instant(date: str, day_only: bool) -> None:
    assert article(f"title: a\ndate: {date}").day_only is day_only


def test_a_time_without_a_zone_is_the_sites() -> None:
    found = article("title: a\ndate: 2024-08-15 09:30")
    assert found.date.astimezone(UTC) == datetime(2024, 8, 15, 6, 30, tzinfo=UTC)
    assert (found.date.utcoffset(), found.date.tzname()) == (timedelta(hours=3), "EEST")


@pytest.mark.parametrize(
    "path",
    [
        "content/articles/2024-08-15-ferry.md",
        "content/articles/a/2024-08-15-ferry.markdown",
        "content/articles/2024-08-15-ferry/index.md",
        "content/articles/2024-08-15 ferry.md",
        "content/articles/2024-08-15_ferry.md",
    ],
)
def test_the_date_may_stand_in_the_files_name(path: str) -> None:
    found = article("title: a", path)
    assert (f"{found.date:%Y-%m-%d}", found.day_only, found.slug) == ("2024-08-15", True, "ferry")


def test_a_date_in_the_front_matter_counts_before_the_name() -> None:
    found = article("title: a\ndate: 2024-09-01", "content/articles/2024-08-15-ferry.md")
    assert (found.address, found.slug) == ("/news/2024/09/ferry/", "ferry")


def test_a_date_in_the_name_that_is_none_is_told() -> None:
    found, problems = read("title: a", "content/articles/2024-02-30-ferry.md")
    assert found is None
    assert [p.message for p in problems] == ['not a date: "2024-02-30"']


def test_a_story_without_a_date_is_an_error() -> None:
    assert problem("title: a").message == "no date"
    assert problem("title: a\ndate:").message == "no date"


@pytest.mark.parametrize("title", ["", "title:", 'title: ""', "title: '  '"])
def test_a_story_without_a_title_is_an_error(title: str) -> None:
    found = problem(f"{title}\ndate: 2024-08-15")
    assert (found.message, found.is_error) == ("no title", True)


def test_what_is_updated_before_it_is_published_is_not_updated() -> None:
    found = with_key("updated: 2024-08-14")
    assert found.updated == found.date


@pytest.mark.parametrize("length", [110, 111])
def test_a_headline_over_110_characters_is_doubted(length: int) -> None:
    found, problems = read(f"title: {'ї' * length}\ndate: 2024-08-15")
    assert found is not None
    expected = [] if length == 110 else [(Severity.WARNING, "the headline has 111 characters")]
    assert [(p.severity, p.message) for p in problems] == expected


def test_a_short_title_makes_up_for_a_long_headline() -> None:
    assert article(f"title: {'a' * 200}\ndate: 2024-08-15\nshort_title: A").short_title == "A"


@pytest.mark.parametrize(
    ("path", "section"),
    [
        ("content/articles/world/2024/a.md", "world"),
        ("content/articles/World/a.md", "world"),
        ("content/articles/2024/world/a.md", "news"),
        ("content/articles/sport/a.md", "news"),
        ("content/articles/world.md", "news"),
        ("content/articles/world/index.md", "world"),
    ],
)
def test_a_folder_gives_the_section_only_when_it_is_one(path: str, section: str) -> None:
    assert article(MINIMAL, path).section == section


@pytest.mark.parametrize(
    ("line", "section"),
    [
        ("section: Sport", "sport"),
        ("section: [Sport, World]", "sport"),
        ("section: Arts, Books", "arts-books"),
        ("category: Sport", "sport"),
        ("category: Arts, Books", "arts-books"),
        ("categories: [Sport, World]", "sport"),
        ("categories: Sport, World", "sport"),
        ("categories:\n  - Sport\n  - World", "sport"),
        ("categories: []", "world"),
        ("section: Світ", "svit"),
    ],
)
def test_a_section_that_is_written_counts_before_the_folder(line: str, section: str) -> None:
    config = replace(CONFIG, language="uk")
    path = "content/articles/world/a.md"
    assert article(f"{MINIMAL}\n{line}", path, config).section == section


@pytest.mark.parametrize(
    ("lines", "label"),
    [
        ("section:  Наука та  космос ", "Наука та космос"),
        ("category: Інше", "Інше"),
        ("categories: [Sport, World]", "Sport"),
        ("section: world", "world"),
        ("section:", ""),
        ("kicker: News", ""),
    ],
)
def test_a_section_keeps_the_name_that_the_file_gives_it(lines: str, label: str) -> None:
    path = "content/articles/world/a.md"
    assert article(f"{MINIMAL}\n{lines}", path).section_label == label


def test_a_section_without_letters_is_an_error() -> None:
    assert "section" in problem(f"{MINIMAL}\nsection: '***'").message


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("ferry.md", "ferry"),
        ("Ferry to Run.md", "ferry-to-run"),
        ("ferry_to_run.md", "ferry_to_run"),
        ("2024-08-15-ferry.md", "ferry"),
        ("2024-08-15-2024-in-review.md", "2024-in-review"),
        ("2024-08-15.md", "2024-08-15"),
        ("2024-13-15-ferry.md", "2024-13-15-ferry"),
        ("harbour/index.md", "harbour"),
        ("harbour/index.markdown", "harbour"),
        ("Поромник.md", "poromnyk"),
        ("北京.md", "bei-jing"),
        ("ferry.v2.md", "ferry.v2"),
    ],
)
def test_the_slug_comes_from_the_name(name: str, slug: str) -> None:
    config = replace(CONFIG, language="uk")
    assert article(MINIMAL, f"content/articles/{name}", config).slug == slug


def test_a_slug_follows_the_storys_own_language() -> None:
    path = "content/articles/Гоголь.md"
    slugs = {lang: article(f"{MINIMAL}\nlang: {lang}", path).slug for lang in ("uk", "ru", "be")}
    assert slugs == {"uk": "hohol", "ru": "gogol", "be": "hohol"}


def test_a_slug_by_hand_keeps_its_date() -> None:
    assert with_key("slug: 2024-08-15-ferry").slug == "2024-08-15-ferry"


@pytest.mark.parametrize("name", ["page", "con", "---", "…"])
def test_a_name_that_makes_no_address_is_an_error(name: str) -> None:
    assert "address" in problem(MINIMAL, f"content/articles/{name}.md").message


@pytest.mark.parametrize("name", ["page", "---"])
def test_a_url_makes_up_for_such_a_name(name: str) -> None:
    found = article(f"{MINIMAL}\nurl: /a/", f"content/articles/{name}.md")
    assert found.address == "/a/"


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("/a/b/", "/a/b/"),
        ("/a/b", "/a/b/"),
        ("a", "/a/"),
        ("/", "/"),
        ("/2013/05/01/x.html", "/2013/05/01/x.html"),
        ("/old/page.php", "/old/page.php"),
        ("/2020/02/index.html", "/2020/02/"),
        ("/2019/Old_Story--~x/", "/2019/Old_Story--~x/"),
        ("/%d1%97/", "/ї/"),
        ("/ї", "/ї/"),
    ],
)
def test_a_url_is_the_whole_address(url: str, address: str) -> None:
    assert with_key(f"url: {url}").address == address


@pytest.mark.parametrize(
    "url",
    [
        *("/a b/", "/a//b/", "/../a/", "/a/./b/", "/.git/", "/a?b=c", "/a#b", "/%41?/"),
        *("https://x.org/a/", "/:year/:slug/", "\\a", f"/{'a' * 201}/", "/a./"),
    ],
)
def test_a_url_that_is_no_address_is_told_as_it_was_written(url: str) -> None:
    found = problem(f"{MINIMAL}\nurl: '{url}'")
    assert found.place.line == 4
    assert url in found.message or "200 characters" in found.message


def test_authors_may_be_one_text_but_an_author_may_have_a_comma() -> None:
    assert [n.label for n in with_key("authors: A Ba, C Da").authors] == ["A Ba", "C Da"]
    assert [n.label for n in with_key("author: Ba, A").authors] == ["Ba, A"]
    assert [n.label for n in with_key("author: [A Ba, C Da]").authors] == ["A Ba", "C Da"]


def test_names_are_spelled_in_the_sites_language() -> None:
    config = replace(CONFIG, language="ru")
    found = article(f"{MINIMAL}\ntags: [Горький]\nauthor: Горький", PATH, config)
    assert found.tags[0].slug == found.authors[0].slug == "gorkii"


@pytest.mark.parametrize("kind", list(ArticleType))
def test_every_type_is_known(kind: ArticleType) -> None:
    assert with_key(f"type: {kind.upper()}").type is kind


def test_an_unknown_type_counts_as_news_and_the_nearest_is_named() -> None:
    found, (doubt,) = read(f"{MINIMAL}\ntype: opinon")
    assert found is not None
    assert found.type is ArticleType.NEWS
    assert (doubt.message, doubt.severity) == ('unknown type: "opinon"', Severity.WARNING)
    assert doubt.hint == 'It counts as news. Did you mean "opinion"?'
    assert doubt.place.line == 4


@pytest.mark.parametrize("kind", ["post", "blog", "page", "link"])
def test_a_layouts_name_as_the_type_counts_as_news(kind: str) -> None:
    found, (doubt,) = read(f"{MINIMAL}\ntype: {kind}")
    assert found is not None
    assert found.type is ArticleType.NEWS
    assert doubt.hint.startswith("It counts as news. Take it out")


@pytest.mark.parametrize(
    "line",
    [
        *("type: Advertorial", "type: sponsored-content", "type: ad", "type: Anzeige"),
        *("type: реклама", "sponsored: true", "is_sponsored: yes", "advertorial: Acme Boots"),
        "type: news\nSponsored-Content: true",
    ],
)
def test_a_paid_story_is_one_in_any_words(line: str) -> None:
    found, problems = read(f"{MINIMAL}\n{line}")
    assert found is not None
    assert (found.type, problems) == (ArticleType.SPONSORED, ())


@pytest.mark.parametrize("line", ["sponsored: false", "advertorial: no", "advertorial:"])
def test_a_story_that_is_not_paid_is_news(line: str) -> None:
    found, problems = read(f"{MINIMAL}\n{line}")
    assert found is not None
    assert (found.type, problems) == (ArticleType.NEWS, ())


def test_a_headline_is_text_and_its_emphasis_is_kept_apart() -> None:
    found, problems = read(
        'title: "Q&amp;A: the *Ann*&#8217;s return"\ndate: 2024-08-15\n'
        "summary: '**No**, said &ldquo;it&rdquo;'\nshort_title: '*Ann*'\n"
        "kicker: 'Arts &amp; *Culture*'\nsection: Arts &amp; Culture\ntags: R&amp;D; Peace"
    )
    assert found is not None
    assert (found.title, found.summary) == ("Q&A: the Ann\u2019s return", "No, said “it”")
    assert (found.short_title, found.kicker) == ("Ann", "Arts & Culture")
    assert found.emphasis.text("title") == "Q&amp;A: the <em>Ann</em>\u2019s return"
    assert found.emphasis.text("summary") == "<strong>No</strong>, said “it”"
    assert (found.section_label, found.section) == ("Arts & Culture", "arts-culture")
    assert [tag.label for tag in found.tags] == ["R&D", "Peace"]
    assert [problem.message for problem in problems] == ['read as 2 entries, with ";" between them']


@pytest.mark.parametrize("title", ["<b></b>", "'![](a.jpg)'", "'&nbsp;'", "<!-- later -->"])
def test_a_title_without_words_is_an_error(title: str) -> None:
    found, problems = read(f"title: {title}\ndate: 2024-08-15")
    assert found is None
    assert "no words in the title" in [problem.message for problem in problems]


def test_html_tags_in_texts_are_told_once_a_file() -> None:
    found, (doubt,) = read(
        "title: A <b>storm</b>\ndate: 2024-08-15\nsummary: <p>It <em>blew</em>.</p>"
    )
    assert found is not None
    assert (found.title, found.summary) == ("A storm", "It blew.")
    assert doubt.message == "an HTML tag in a text is left out"
    assert (doubt.severity, doubt.place.line, doubt.place.column) == (Severity.WARNING, 2, 10)


def test_words_struck_out_in_a_line_of_text_are_told() -> None:
    found, (doubt,) = read(
        "title: Storm took ~~12~~ 13 boats\ndate: 2024-08-15\nkicker: 1 ~ 2 ~~ 3"
    )
    assert found is not None
    assert found.title == "Storm took ~~12~~ 13 boats"
    assert doubt.message == "readers see these signs as they stand: ~~"
    assert (doubt.severity, doubt.place.line, doubt.place.column) == (Severity.WARNING, 2, 19)


@pytest.mark.parametrize("code", ["english", "e", "en_GB", "uk-", "<b>"])
def test_a_language_that_is_none_is_an_error(code: str) -> None:
    assert problem(f"{MINIMAL}\nlang: {code}").message == f'not a language: "{code}"'


def test_extra_values_have_types_and_are_frozen() -> None:
    found = with_key(
        "extra:\n  stars: 4\n  ratio: 1.5\n  open: yes\n  seen: true\n  none:\n  day: 2024-08-15\n"
        '  text: "4"\n  list: [1, {a: b}]'
    )
    assert dict(found.extra) == {
        "stars": 4,
        "ratio": 1.5,
        "open": "yes",
        "seen": True,
        "none": None,
        "day": "2024-08-15",
        "text": "4",
        "list": (1, FrozenMap((("a", "b"),))),
    }
    assert hash(found)


@pytest.mark.parametrize("value", ["[a]", "text", "7"])
def test_extra_is_a_mapping(value: str) -> None:
    assert problem(f"{MINIMAL}\nextra: {value}").message == "not a mapping"


def test_the_identity_is_the_address_and_does_not_follow_the_file() -> None:
    assert article(MINIMAL, "content/articles/a/b.markdown").id == "news/2024/08/b"
    assert article(MINIMAL, "content/articles/c/d/b/index.md").id == "news/2024/08/b"
    assert article(f"{MINIMAL}\nurl: /old/Story.html").id == "old/Story.html"
    assert article(f"{MINIMAL}\nid: mine").id == "mine"


def test_all_faults_of_a_file_are_told_at_once() -> None:
    _, problems = read(
        "date: never\ndraft: maybe\nweight: ten\nimage: {}\ntype: x\nlang: y\nurl: Z?"
    )
    assert len(problems) == 8


def test_a_warning_does_not_take_the_story_away() -> None:
    found, problems = read(f"{MINIMAL}\nlayout: post")
    assert found is not None
    assert [p.severity for p in problems] == [Severity.WARNING]


@given(
    st.text(st.characters(codec="utf-8", exclude_characters="/\0"), min_size=1, max_size=40),
    st.sampled_from(["en", "uk", "zh"]),
)
def test_every_address_can_stand_in_a_url_and_on_a_disk(name: str, language: str) -> None:
    path = f"content/articles/{name}.md"
    found, problems = read_article(
        path,
        b"---\ntitle: a\ndate: 2024-08-15\n---\n",
        replace(CONFIG, language=language),
        SECTIONS,
    )
    assert (found is None) == any(p.is_error for p in problems)
    assert found is None or written_address(found.address, CONFIG.base) == (found.address, "")


@given(st.binary(max_size=200))
def test_no_bytes_bring_it_down(data: bytes) -> None:
    for head in (b"", b"---\n", b"+++\n"):
        found, problems = read_article(PATH, head + data, CONFIG, SECTIONS)
        assert found or problems


@pytest.mark.parametrize(
    ("written", "is_draft"),
    [
        ("published: false", True),
        ("published: False\ndraft: false", True),
        ("published: no", True),
        ("published: true", False),
        ("published: true\ndraft: true", True),
    ],
)
def test_jekyll_s_switch_keeps_a_story_back_and_is_no_date(written: str, is_draft: bool) -> None:
    found = with_key(written)
    assert (found.draft, found.date.day) == (is_draft, 15)


def test_a_date_may_still_be_written_as_published() -> None:
    found = article("title: Ferry\npublished: 2024-08-15")
    assert (found.date.year, found.draft) == (2024, False)


def test_another_generator_s_pattern_is_told_from_a_slip_of_an_address() -> None:
    found = problem(f"{MINIMAL}\npermalink: /:categories/:title.html")
    assert found.hint == "A pattern stands once for all, in config.yaml: take this line out."


@pytest.mark.parametrize(
    ("front", "language", "title", "summary"),
    [
        ("", "en", "The \u201cbig\u201d storm \u2013 \u201990s", "It\u2019s *over*"),
        ("lang: uk", "en", "The \u00abbig\u00bb storm \u2013 \u201990s", "It\u2019s *over*"),
        ("lang: de", "en", "The \u201ebig\u201c storm \u2013 \u201990s", "It\u2019s *over*"),
        ("lang: en", "uk", "The \u201cbig\u201d storm \u2013 \u201990s", "It\u2019s *over*"),
    ],
)
def test_quotes_of_a_headline_are_curled_as_those_of_its_text(
    front: str, language: str, title: str, summary: str
) -> None:
    config = replace(CONFIG, language=language, markdown=MarkdownGroup(smart_quotes=True))
    head = 'title: The "big" storm -- \'90s\nsummary: "It\'s *over*"\ndate: 2024-08-15'
    text = f"---\n{head}\n{front}\n---\n".encode()
    article, _ = read_article("content/articles/a.md", text, config, frozenset())
    assert article is not None
    assert article.title == title
    assert article.emphasis.text("summary") == summary.replace("*over*", "<em>over</em>")
