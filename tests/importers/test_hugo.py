"""Hugo's projects: what is read, by Hugo's rules, and what readers had of it."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from generator.importers.hugo import HugoSite, open_site, recognises
from generator.importers.hugo_config import NoHugoError
from generator.importers.old_site import CURLED, ImportAsked, OldText, State, TextKind
from generator.model.line_text import line_text
from tests.support.sites import write_site

NOW = datetime(2026, 6, 1, tzinfo=UTC)
CONFIG = '-- hugo.toml --\ntitle = "The Gazette"\nbaseURL = "https://gazette.example/"\n'
STORY = "-- content/news/flood.md --\n---\ntitle: The flood\ndate: 2014-03-05\n---\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return tmp_path / "old"


def opened(project: Path, text: str, config: str = CONFIG) -> HugoSite:
    return open_site([write_site(project, config + text)], ImportAsked(now=NOW))


def texts(project: Path, text: str, config: str = CONFIG) -> list[OldText]:
    return list(opened(project, text, config).texts())


def only(project: Path, text: str, config: str = CONFIG) -> OldText:
    [found] = texts(project, text, config)
    return found


def body(project: Path, text: str, config: str = CONFIG) -> str:
    return only(project, STORY + text, config).body.strip()


def test_a_story_has_its_section_and_its_place(project: Path) -> None:
    story = only(project, STORY)
    assert (story.kind, story.name, story.addresses) == (
        TextKind.ARTICLE,
        "news/flood",
        ("/news/flood/",),
    )
    assert dict(story.head.items_) == {
        "title": "The flood",
        "date": "2014-03-05",
        "section": "news",
    }


@pytest.mark.parametrize(
    ("settings", "address"),
    [
        ('[permalinks]\nnews = "/:year/:month/:day/:slug/"', "/2014/03/05/the-flood/"),
        ('[permalinks]\nnews = "/:year/:filename/"', "/2014/flood/"),
        ('[permalinks.page]\nnews = "/:sections/:monthname/:title"', "/news/march/the-flood/"),
        ("uglyURLs = true", "/news/flood.html"),
        ('[uglyURLs]\nnews = true\n[permalinks]\nnews = ":year/:slug/"', "/2014/the-flood.html"),
    ],
)
def test_a_configuration_decides_the_address(project: Path, settings: str, address: str) -> None:
    assert only(project, STORY, CONFIG + settings + "\n").addresses == (address,)


@pytest.mark.parametrize(
    ("line", "address"),
    [
        ("slug: High Water", "/news/high-water/"),
        ("url: /Old/Flood.html", "/Old/Flood.html"),
        ("url: old/flood", "/old/flood/"),
    ],
)
def test_a_story_may_say_its_address(project: Path, line: str, address: str) -> None:
    text = STORY.replace("date:", f"{line}\ndate:")
    assert only(project, text).addresses == (address,)


def test_aliases_are_old_addresses(project: Path) -> None:
    text = STORY.replace("date:", "aliases: [/a/, b]\ndate:")
    assert only(project, text).addresses == ("/news/flood/", "/a/", "/news/b/")


@pytest.mark.parametrize(
    "line",
    [
        "draft: true",
        "draft: tru",
        "headless: true",
        "build: {render: never}",
        "_build: {render: false}",
        "status: draft",
        "private: true",
    ],
)
def test_what_nobody_saw_is_a_draft(project: Path, line: str) -> None:
    story = only(project, STORY.replace("date:", f"{line}\ndate:"))
    assert story.state is State.DRAFT
    assert story.reason


def test_what_comes_later_and_what_has_ended_says_so(project: Path) -> None:
    head = only(project, STORY.replace("date:", "publishDate: 2030-01-02\ndate:")).head
    assert head["embargo"] == "2030-01-02"


def test_one_story_that_has_expired_keeps_its_date(project: Path) -> None:
    other = STORY.replace("flood", "storm")
    third = STORY.replace("flood", "gale")
    first, *_ = texts(
        project, STORY.replace("date:", "expiryDate: 2015-01-01\ndate:") + other + third
    )
    assert first.head["expires"] == "2015-01-01"


def test_a_site_of_which_most_has_expired_was_built_with_it(project: Path) -> None:
    site = opened(project, STORY.replace("date:", "expiryDate: 2015-01-01\ndate:"))
    [story] = site.texts()
    assert "expires" not in story.head
    assert any("buildExpired" in remark.hint for remark in site.remarks())


def test_toml_and_json_are_read(project: Path) -> None:
    toml = '-- content/news/a.md --\n+++\ntitle = "A"\ndate = 2014-01-02T10:00:00Z\n+++\nText\n'
    json = '-- content/news/b.md --\n{"title": "B", "date": "2014-01-02", "tags": ["x"]}\nText\n'
    first, second = texts(project, toml + json)
    assert (first.head["date"], first.body) == ("2014-01-02 10:00:00", "Text\n")
    assert (second.head["tags"], second.body) == (("x",), "Text\n")


def test_a_day_stays_the_day_in_every_zone(project: Path) -> None:
    config = CONFIG + 'timeZone = "America/Los_Angeles"\n'
    story = only(project, STORY.replace("2014-03-05", "2014-03-05T00:00:00Z"), config)
    assert story.head["date"] == "2014-03-05"


def test_what_a_folder_cascades_its_texts_inherit(project: Path) -> None:
    text = (
        "-- content/news/_index.md --\n---\ntitle: News\ncascade: {author: Ann Lee}\n---\n" + STORY
    )
    section, story = texts(project, text)
    assert (section.kind, section.name) == (TextKind.SECTION, "news")
    assert story.head["authors"] == ("Ann Lee",)


def test_a_bundle_takes_its_files_along(project: Path) -> None:
    text = STORY.replace("flood.md", "flood/index.md") + "-- content/news/flood/a.jpg --\nx\n"
    story = only(project, text)
    assert (story.name, story.addresses) == ("news/flood/index", ("/news/flood/",))
    assert [file.target for file in story.files] == ["content/articles/news/flood/a.jpg"]


def test_files_of_static_are_published_as_they_are(project: Path) -> None:
    site = opened(project, STORY + "-- static/images/a.png --\nx\n")
    list(site.texts())
    assert [file.target for file in site.files()] == ["static/images/a.png"]


def test_a_page_outside_the_sections_is_a_page(project: Path) -> None:
    page = only(project, "-- content/about.md --\n---\ntitle: About us\n---\nWe are.\n")
    assert (page.kind, page.name, page.addresses) == (TextKind.PAGE, "about", ("/about/",))


def test_taxonomies_become_sections_tags_and_authors(project: Path) -> None:
    text = STORY.replace("date:", "categories: [World, Sea]\ntags: [Ferry]\nauthor: Bo Ek\ndate:")
    site = opened(project, text)
    [story] = site.texts()
    assert story.head["section"] == "World"
    assert story.head["tags"] == ("Sea", "Ferry")
    assert story.head["authors"] == ("Bo Ek",)
    redirects = {old: new for old, new, _ in site.settings().redirects}
    assert redirects["/categories/world/"] == "/world/"
    assert redirects["/categories/sea/"] == "/tags/sea/"
    assert redirects["/tags/ferry/index.xml"] == "/tags/ferry/feed.xml"


def test_a_summary_has_the_emphasis_that_its_writer_gave_it(project: Path) -> None:
    told = "description: '**It** rose &amp; <em>fell</em>'\ndate:"
    summary = only(project, STORY.replace("date:", told)).head.text("summary")
    assert line_text(summary).html == "<strong>It</strong> rose &amp; <em>fell</em>"


def test_keys_without_a_meaning_are_kept_with_their_types(project: Path) -> None:
    head = only(project, STORY.replace("date:", "toc: true\nversion: '1.10'\ndate:")).head
    assert dict(head["extra"].items_) == {"toc": True, "version": "1.10"}  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("told", "is_curled"),
    [
        ("", True),
        ("[markup.goldmark.extensions]\ntypographer = false\n", False),
        ("[markup.goldmark.extensions.typographer]\ndisable = true\n", False),
        ("[markup.goldmark.extensions.typographer]\ndisable = false\n", True),
    ],
)
def test_quotes_are_curled_as_hugo_did(project: Path, told: str, is_curled: bool) -> None:
    settings = opened(project, STORY, CONFIG + told).settings()
    assert (settings.options == CURLED) is is_curled


def test_the_configuration_is_told_in_our_words(project: Path) -> None:
    more = '[permalinks]\nnews = "/:year/:slug/"\n[[menus.main]]\nname = "About"\nurl = "/about/"\n'
    site = opened(project, STORY, CONFIG + more)
    list(site.texts())
    settings = site.settings()
    assert (settings.title, settings.base_url) == ("The Gazette", "https://gazette.example/")
    assert settings.navigation == (("About", "/about/"),)
    assert settings.address_patterns == ("/:year/:slug/",)


@pytest.mark.parametrize(
    ("written", "becomes"),
    [
        (
            '{{< figure src="/a.jpg" alt="A boat" caption="At dusk" >}}',
            '![A boat](/a.jpg "At dusk")',
        ),
        ('[there]({{< ref "flood.md" >}})', "[there](/news/flood/)"),
        ('[there]({{< relref "/news/flood#end" >}})', "[there](/news/flood/#end)"),
        ("{{< highlight go >}}\nx := 1\n{{< /highlight >}}", "```go\nx := 1\n```"),
        (
            '{{< tweet user="gazette" id="12" >}}',
            "[Post by @gazette](https://twitter.com/gazette/status/12)",
        ),
        ('{{< param "title" >}}', "The flood"),
        ("{{< rawhtml >}}<b>x</b>{{< /rawhtml >}}", "<b>x</b>"),
        ("a <!--more--> b", "a <!--more--> b"),
        ("<!--more-->\nb", "b"),
        ("`{{</* figure */>}}`", "`{{< figure >}}`"),
        ("Write {{</* figure */>}} there", "Write `{{< figure >}}` there"),
        ("The value {{ .Title }}", "The value `{{ .Title }}`"),
    ],
)
def test_hugos_own_shortcodes_are_converted(project: Path, written: str, becomes: str) -> None:
    assert body(project, written) == becomes


def test_emoji_are_characters_where_hugo_made_them_such(project: Path) -> None:
    assert body(project, "Done :tada:") == "Done :tada:"
    site = opened(project, STORY + "Done :tada:", CONFIG + "enableEmoji = true\n")
    assert [text.body.strip() for text in site.texts()] == ["Done 🎉"]


def test_films_play_in_frames(project: Path) -> None:
    assert 'src="https://www.youtube-nocookie.com/embed/abc123DEF"' in body(
        project, "{{< youtube abc123DEF >}}"
    )
    assert "player.vimeo.com/video/123456" in body(project, "{{< vimeo 123456 >}}")


def test_a_shortcode_of_the_project_is_expanded_from_its_layout(project: Path) -> None:
    layout = (
        "-- layouts/shortcodes/box.html --\n"
        '<div class="box {{ .Get "kind" | default "plain" }}">\n'
        '{{ with .Get "title" }}<h3>{{ . }}</h3>{{ end }}\n\n{{ .Inner | markdownify }}\n</div>\n'
    )
    written = '{{< box title="Facts & figures" >}}Eight *metres*.{{< /box >}}\n'
    assert body(project, written + layout) == (
        '<div class="box plain">\n<h3>Facts &amp; figures</h3>\nEight <em>metres</em>.\n</div>'
    )


def test_what_nobody_knows_keeps_its_words_and_is_told(project: Path) -> None:
    site = opened(project, STORY + 'Before\n\n{{< chart title="Votes" data="x.csv" >}}\n\nBehind\n')
    [story] = site.texts()
    assert story.body.split() == ["Before", "Votes", "Behind"]
    assert any('shortcode "chart"' in remark.kind for remark in site.remarks())


def test_a_layout_that_does_more_is_told(project: Path) -> None:
    layout = "-- layouts/shortcodes/latest.html --\n{{ range .Site.RegularPages }}x{{ end }}\n"
    site = opened(project, STORY + "{{< latest >}}\n" + layout)
    [story] = site.texts()
    assert "{{" not in story.body
    assert any("does more" in remark.kind for remark in site.remarks())


LAYOUTS = """\
-- layouts/partials/card.html --
<b>{{ .title }}</b>{{ return "no" | printf "%s-card" }}
-- layouts/shortcodes/card.html --
{{ partial "card" (dict "title" (.Get 0)) }}
-- layouts/shortcodes/page.html --
{{ with site.GetPage (.Get 0) }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}
-- layouts/shortcodes/word.html --
{{ i18n "hello" }} {{ .Page.Date.Format "2006" }} {{ site.Data.crew.cook }}
-- layouts/shortcodes/asset.html --
{{ with resources.Get (.Get 0) }}{{ $it := .Resize "9x" -}}
<img src="{{ $it.RelPermalink }}" width="{{ $it.Width }}" alt="">{{ end }}
-- layouts/shortcodes/own.html --
{{ with .Page.Resources.GetMatch (.Get 0) }}<img src="{{ .RelPermalink }}" alt="">{{ end }}
-- i18n/en.toml --
[hello]
other = "Good day"
-- data/crew.yaml --
cook: Ann
-- assets/img/map.png --
x
-- content/news/flood/far.png --
x
"""


@pytest.mark.parametrize(
    ("written", "becomes"),
    [
        ('{{< card "A" >}}', "no-card"),
        ('See {{< page "/news/flood" >}}.', 'See <a href="/news/flood/">The flood</a>.'),
        ("{{< word >}}", "Good day 2014 Ann"),
        ('{{< asset "img/map.png" >}}', '<img src="/img/map.png" alt="">'),
        ('{{< asset "img/none.png" >}}', ""),
        ('{{< own "f*.png" >}}', '<img src="far.png" alt="">'),
    ],
)
def test_a_layout_may_ask_pages_files_words_and_partials(
    project: Path, written: str, becomes: str
) -> None:
    story = STORY.replace("flood.md", "flood/index.md") + written + "\n"
    site = opened(project, story + LAYOUTS)
    [made] = site.texts()
    assert made.body.strip().replace("\n", " ") == becomes
    copied = [file.target for file in site.files()]
    assert copied == (["static/img/map.png"] if "map" in becomes else [])


def test_relative_links_lead_where_they_led(project: Path) -> None:
    assert body(project, "[x](../storm/) ![y](img/a.png)") == (
        "[x](/news/storm/) ![y](/news/flood/img/a.png)"
    )


def test_other_languages_are_texts_of_their_own(project: Path) -> None:
    config = CONFIG + '[languages.en]\n[languages.fr]\ncontentDir = "content.fr"\n'
    text = STORY + STORY.replace("content/", "content.fr/").replace("The flood", "La crue")
    english, french = texts(project, text, config)
    assert "lang" not in english.head
    assert (french.head["lang"], french.addresses) == ("fr", ("/fr/news/flood/",))


def test_languages_are_told_by_the_names_of_files(project: Path) -> None:
    config = CONFIG + "[languages.en]\n[languages.fr]\n[languages.de]\ndisabled = true\n"
    named = [STORY.replace("flood.md", name) for name in ("flood.fr.md", "flood.de.md", "v1.2.md")]
    found = {one.addresses[0]: one for one in texts(project, STORY + "".join(named), config)}
    assert set(found) == {"/news/flood/", "/fr/news/flood/", "/news/v1.2/"}
    french = found["/fr/news/flood/"]
    assert (french.name, french.head["lang"]) == ("fr/news/flood", "fr")
    assert french.source == "content/news/flood.fr.md"


def test_a_bundle_shares_its_files_among_its_languages(project: Path) -> None:
    config = CONFIG + "[languages.en]\n[languages.fr]\n"
    files = [STORY.replace("flood.md", f"flood/index{code}.md") for code in ("", ".fr")]
    more = "-- content/news/flood/a.png --\nx\n-- content/news/flood/b.fr.png --\nx\n"
    french, english = texts(project, "".join(files) + more, config)
    assert [one.target for one in english.files] == ["content/articles/news/flood/a.png"]
    assert [one.target.rpartition("/")[2] for one in french.files] == ["a.png", "b.fr.png"]


def test_a_reference_leads_to_the_same_language_first(project: Path) -> None:
    config = CONFIG + "[languages.en]\n[languages.fr]\n"
    text = STORY + STORY.replace("flood.md", "flood.fr.md")
    refers = STORY.replace("flood.md", "rain.fr.md") + '[x]({{< ref "flood.md" >}})\n'
    found = {one.name: one.body.strip() for one in texts(project, text + refers, config)}
    assert found["fr/news/rain"] == "[x](/fr/news/flood/)"


def test_a_mounted_folder_is_the_content(project: Path) -> None:
    config = CONFIG + '[[module.mounts]]\nsource = "site/texts"\ntarget = "content"\n'
    story = only(project, STORY.replace("content/", "site/texts/"), config)
    assert story.addresses == ("/news/flood/",)


def test_files_that_the_site_ignores_are_no_texts(project: Path) -> None:
    config = CONFIG + "ignoreFiles = ['README.*\\.md$', '[']\n"
    assert only(project, STORY + STORY.replace("flood.md", "README-de.md"), config).name


@pytest.mark.parametrize(
    ("target", "is_meant"),
    [
        ('path = "/{news,blog}/**"', True),
        ('path = "/blog/**"', False),
        ('kind = "{page,section}"', True),
        ('kind = "section"', False),
        ('lang = "de"', False),
        ('environment = "production"', True),
    ],
)
def test_a_cascade_of_the_site_reaches_those_it_means(
    project: Path, target: str, is_meant: bool
) -> None:
    config = CONFIG + f'[[cascade]]\nkicker = "Water"\n[cascade._target]\n{target}\n'
    assert ("kicker" in only(project, STORY, config).head) == is_meant


def test_older_pages_of_lists_lead_on(project: Path) -> None:
    config = CONFIG + "[pagination]\npagerSize = 2\n"
    many = [STORY.replace("flood.md", f"flood{number}.md") for number in range(5)]
    site = opened(project, "".join(many), config)
    list(site.texts())
    led = {old: new for old, new, _ in site.settings().redirects if "page" in old}
    assert led == {
        "/page/2/": "/archive/",  # five stories stand on one page here
        "/page/3/": "/archive/",
        "/news/page/2/": "/news/",
        "/news/page/3/": "/news/",
    }


def test_only_folders_with_an_index_are_sections_of_addresses(project: Path) -> None:
    config = CONFIG + '[permalinks.page]\nnews = "/:sections[1:]/:filename/"\n'
    deep = STORY.replace("news/flood", "news/sea/deep/flood")
    index = "-- content/news/sea/_index.md --\n---\ntitle: Sea\n---\n"
    assert only(project, deep, config).addresses == ("/flood/",)
    story = texts(project / "b", deep + index, config)[-1]
    assert story.addresses == ("/sea/flood/",)


def test_a_list_stands_where_its_pattern_says(project: Path) -> None:
    config = CONFIG + '[permalinks.section]\nnews = "/nachrichten/"\n'
    index = only(project, "-- content/news/_index.md --\n---\ntitle: News\n---\n", config)
    assert (index.kind, index.addresses) == (TextKind.SECTION, ("/nachrichten/",))


def test_lists_of_each_language_lead_to_ours(project: Path) -> None:
    config = CONFIG + "[languages.en]\n[languages.fr]\n"
    text = STORY.replace("date:", "tags: [Ferry, C#]\ncategories: [Water]\ndate:")
    site = opened(project, text.replace("flood.md", "flood.fr.md"), config)
    list(site.texts())
    led = {old: new for old, new, _ in site.settings().redirects}
    assert led["/fr/tags/ferry/"] == "/tags/ferry/"
    assert led["/fr/categories/water/"] == "/water/"
    assert led["/fr/"] == led["/fr/news/"] == led["/en/"] == "/"
    assert led["/fr/tags/"] == led["/categories/"] == "/tags/"
    assert not any("#" in old for old in led)


def test_a_project_is_recognised(project: Path) -> None:
    assert recognises(write_site(project, CONFIG + STORY))
    assert not recognises(project / "content")
    with pytest.raises(NoHugoError):
        open_site([project / "content"], ImportAsked())


@pytest.mark.parametrize(
    "text",
    [
        "-- content/news/flood.md --\n---\ntitle: a: b: c\n\tdate\n---\n",
        "-- content/news/flood.md --\n---\ntitle: open\n",
        '-- content/news/flood.md --\n+++\ntitle = "\n+++\n',
        "-- content/news/flood.md --\n{broken\n",
        "-- content/news/flood.md --\n---\na: &a [*a]\n---\n",
        '-- content/news/flood.md --\n---\ntitle: x\n---\n{{< a "{{< b >}}\n',
        "-- content/news/flood.md --\n---\ntitle: [a, b]\ndate: {x: 1}\ntags: {y: [z]}\n---\n",
    ],
)
def test_broken_texts_are_told_and_nothing_stops(project: Path, text: str) -> None:
    assert len(texts(project, text)) == 1
