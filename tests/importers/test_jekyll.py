"""Jekyll's projects: what is read, by Jekyll's rules, and what readers had of it."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from generator.importers.jekyll import JekyllSite, open_site, recognises
from generator.importers.jekyll_content import NoJekyllError
from generator.importers.old_site import ImportAsked, OldText, State, TextKind, as_head
from tests.support.sites import write_site

NOW = datetime(2026, 6, 1, tzinfo=UTC)
CONFIG = "-- _config.yml --\ntitle: The Gazette\nurl: https://gazette.example\nbaseurl: /paper\n"
POST = "-- _posts/2014-03-05-The-flood.md --\n---\ntitle: The flood\n---\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return tmp_path / "old"


def opened(project: Path, text: str, config: str = CONFIG) -> JekyllSite:
    return open_site([write_site(project, config + text)], ImportAsked(now=NOW))


def texts(project: Path, text: str, config: str = CONFIG) -> list[OldText]:
    return list(opened(project, text, config).texts())


def only(project: Path, text: str, config: str = CONFIG) -> OldText:
    [found] = texts(project, text, config)
    return found


def body(project: Path, text: str) -> str:
    return texts(project, POST + text)[-1].body.strip()


def with_line(line: str) -> str:
    return POST.replace("title:", f"{line}\ntitle:")


@pytest.mark.parametrize(
    ("permalink", "address"),
    [
        ("", "/2014/03/05/The-flood.html"),
        ("permalink: pretty\n", "/2014/03/05/The-flood/"),
        ("permalink: none\n", "/The-flood.html"),
        ("permalink: ordinal\n", "/2014/064/The-flood.html"),
        ("permalink: /:year/:month/:title\n", "/2014/03/The-flood"),
        ("permalink: /news/:short_year/:i_month/:slug:output_ext\n", "/news/14/3/the-flood.html"),
    ],
)
def test_the_permalink_decides_the_address(project: Path, permalink: str, address: str) -> None:
    assert only(project, POST, CONFIG + permalink).addresses[0] == address


def test_categories_are_of_the_folders_and_of_the_head(project: Path) -> None:
    story = only(project, "-- sea/_posts/2014-03-05-a.md --\n---\ncategories: World news\n---\n")
    assert story.addresses == ("/sea/world/news/2014/03/05/a.html",)
    assert (story.head["section"], story.head["tags"]) == ("sea", ("World", "news"))


def test_a_picture_keeps_all_that_is_said_of_it(project: Path) -> None:
    line = "image: {path: /boats.jpg, alt: Two boats, caption: At dusk, credit: Ann Lee}"
    picture = only(project, with_line(line) + "-- boats.jpg --\nx\n").head["image"]
    said = {"src": "/boats.jpg", "alt": "Two boats", "caption": "At dusk", "credit": "Ann Lee"}
    assert picture == as_head(said)


@pytest.mark.parametrize(
    ("line", "address"),
    [
        ("permalink: /Old/Flood.html", "/Old/Flood.html"),
        ("permalink: /:year/:title/", "/2014/The-flood/"),
        ("slug: High-Water", "/2014/03/05/High-Water.html"),
        ("date: 2014-04-01 10:00", "/2014/04/01/The-flood.html"),
        ("date: 2014-03-05 04:00:00 +1500", "/2014/03/04/The-flood.html"),
    ],
)
def test_a_post_may_say_its_address(project: Path, line: str, address: str) -> None:
    assert only(project, with_line(line)).addresses[0] == address


def test_days_are_told_by_the_sites_clocks(project: Path) -> None:
    config = CONFIG + "timezone: America/New_York\n"
    story = only(project, with_line("date: 2014-03-06 02:00:00 +0000"), config)
    assert story.addresses == ("/2014/03/05/The-flood.html",)
    assert story.head["date"] == "2014-03-05 21:00:00"


@pytest.mark.parametrize(
    "line", ["published: false", "draft: true", "hidden: true", "status: private", "published: 2x"]
)
def test_what_nobody_saw_is_a_draft(project: Path, line: str) -> None:
    assert only(project, with_line(line)).state is State.DRAFT


def test_the_folder_of_drafts_holds_drafts(project: Path) -> None:
    story = only(project, "-- _drafts/idea.md --\n---\ntitle: Idea\n---\n")
    assert (story.kind, story.state, story.name) == (TextKind.ARTICLE, State.DRAFT, "idea")


def test_pages_stand_where_their_files_lie(project: Path) -> None:
    page = only(project, "-- about/team.md --\n---\ntitle: Team\n---\nWe are.\n")
    assert (page.kind, page.name) == (TextKind.PAGE, "about/team")
    assert page.addresses == ("/about/team.html",)


def test_defaults_are_inherited_and_the_closest_counts(project: Path) -> None:
    config = (
        CONFIG + "defaults:\n- scope: {path: ''}\n  values: {author: Ann Lee, published: false}\n"
        "- scope: {path: '', type: posts}\n  values: {published: true}\n"
    )
    story = only(project, POST, config)
    assert (story.head["authors"], story.state) == (("Ann Lee",), State.PUBLIC)


def test_collections_have_pages_where_they_say_so(project: Path) -> None:
    config = CONFIG + "collections:\n  guides: {output: true}\n  notes: {output: false}\n"
    text = "-- _guides/a.md --\n---\ntitle: A\n---\n-- _notes/b.md --\n---\ntitle: B\n---\n"
    guide, note = texts(project, text, config)
    assert (guide.kind, guide.addresses[0]) == (TextKind.PAGE, "/guides/a.html")
    assert note.state is State.LEFT_OUT


def test_files_without_a_head_are_published_as_they_are(project: Path) -> None:
    site = opened(
        project, POST + "-- assets/a.png --\nx\n-- README.md --\nhello\n-- Gemfile --\nx\n"
    )
    list(site.texts())
    assert [file.target for file in site.files()] == ["static/assets/a.png"]


def test_lists_are_made_anew_and_lead_there(project: Path) -> None:
    config = CONFIG + "jekyll-archives: {enabled: all, permalinks: {tag: '/tag/:name/'}}\n"
    page = "-- blog.html --\n---\n---\n{% for post in site.posts %}x{% endfor %}\n"
    site = opened(project, with_line("tags: [Ferry]\ncategory: Sea") + page, config)
    story, listing = sorted(site.texts(), key=lambda text: text.kind)
    assert story.state is State.PUBLIC
    assert listing.state is State.LEFT_OUT
    redirects = {old: new for old, new, _ in site.settings().redirects}
    assert redirects == {
        "/blog.html": "/archive/",
        "/tag/ferry/": "/tags/ferry/",
        "/category/sea/": "/sea/",
        "/2014/": "/archive/2014/",
        "/2014/03/": "/archive/2014/03/",
        "/2014/03/05/": "/archive/2014/03/",
    }


def test_the_configuration_is_told_in_our_words(project: Path) -> None:
    settings = opened(project, POST).settings()
    assert (settings.title, settings.base_url) == ("The Gazette", "https://gazette.example/paper")
    assert settings.address_patterns == ("/:section/:year/:month/:day/:slug.html",)


@pytest.mark.parametrize(
    ("written", "becomes"),
    [
        ("{{ site.title }} & {{ page.title }}", "The Gazette & The flood"),
        ("[x]({{ site.baseurl }}/a.png)", "[x](/a.png)"),
        ("[x]({{ '/about/' | relative_url }})", "[x](/about/)"),
        ("[x]({% post_url 2014-03-05-The-flood %})", "[x](/2014/03/05/The-flood.html)"),
        ("[x]({% link _posts/2014-03-05-The-flood.md %})", "[x](/2014/03/05/The-flood.html)"),
        ("{% assign a = 'b' %}{{ a | upcase }}", "B"),
        ("{% raw %}{{ x }}{% endraw %}", "`{{ x }}`"),
        ("{% highlight ruby %}\nputs 1\n{% endhighlight %}", "```ruby\nputs 1\n```"),
        ("{% comment %}secret{% endcomment %}a", "a"),
        ('*Text*{: .wide target="_blank"}', "*Text*{.wide}"),
        ('[x](/a){:target="_blank"}', "[x](/a)"),
        ("* TOC\n{:toc}\n\ntext", "text"),
        ("{::comment}secret{:/comment}a", "a"),
        ("[x](/my file.pdf)", "[x](</my file.pdf>)"),
        ("[x](/paper/about/)", "[x](/about/)"),
        ("![a](b.png)", "![a](/2014/03/05/b.png)"),
        ('[caption id="x"]![a](/b.png) At dusk[/caption]', '![a](/b.png "At dusk")'),
    ],
)
def test_bodies_become_our_markdown(project: Path, written: str, becomes: str) -> None:
    assert body(project, written + "\n") == becomes


def test_an_include_of_the_project_is_expanded(project: Path) -> None:
    include = (
        "-- _includes/figure.html --\n"
        '<figure><img src="{{ include.src }}" alt="{{ include.alt }}">'
        "{% if include.caption %}<figcaption>{{ include.caption }}</figcaption>{% endif %}"
        "</figure>\n"
    )
    written = "{% include figure.html src=\"/a.jpg\" alt='Boat' caption=page.title %}\n"
    assert body(project, written + include) == (
        '<figure><img src="/a.jpg" alt="Boat"><figcaption>The flood</figcaption></figure>'
    )


def test_what_nobody_knows_keeps_its_words_and_is_told(project: Path) -> None:
    site = opened(
        project, POST + 'a\n\n{% chart title="Votes" %}\n\n{% include gone.html text="b" %}\n'
    )
    [story] = site.texts()
    assert story.body.split() == ["a", "Votes", "b"]
    kinds = [remark.kind for remark in site.remarks()]
    assert any('"chart"' in kind for kind in kinds)
    assert any('"gone.html"' in kind for kind in kinds)


def test_no_include_leads_out_of_the_project(project: Path) -> None:
    (project.parent / "secret").write_text("secret")
    site = opened(project, POST + "a {% include ../../secret %}\n")
    [story] = site.texts()
    assert "secret" not in story.body.replace("../../secret", "")


def test_a_post_in_html_becomes_markdown(project: Path) -> None:
    text = "-- _posts/2014-03-05-a.html --\n---\ntitle: A\n---\n<p>The <b>river</b> rose.</p>\n"
    assert only(project, text).body.strip() == "The **river** rose."


def test_a_project_is_recognised(project: Path) -> None:
    assert recognises(write_site(project, CONFIG + POST))
    with pytest.raises(NoJekyllError):
        open_site([project / "_posts"], ImportAsked())


@pytest.mark.parametrize(
    "text",
    [
        "-- _posts/2014-03-05-a.md --\n---\ntitle: a: b: c\n\tx\n---\n{% if x\n",
        "-- _posts/2014-03-05-a.md --\n---\ntitle: open\n",
        "-- _posts/2014-03-05-a.md --\n{{ x | }} {% for %} {% endfor %}\n",
        "-- _posts/2014-99-99-a.md --\n---\ndate: x\n---\n{% for i in (1..9999999) %}{% endfor %}",
        "-- _posts/2014-03-05-a.md --\n---\ntitle: {a: b}\ntags: {c: d}\ncategories: 12\n---\n",
    ],
)
def test_broken_texts_are_told_and_nothing_stops(project: Path, text: str) -> None:
    assert len(texts(project, text)) == 1


@pytest.mark.parametrize(
    ("written", "becomes"),
    [
        ('{% img left /a.jpg 300 200 "A boat" %}', "![A boat](/a.jpg)"),
        ("{% blockquote Ann, Diary %}\nWet.\n{% endblockquote %}", "> Wet.\n>\n> — Ann, Diary"),
        ('{% pullquote %}It {" rained "} on.{% endpullquote %}', "It  rained  on."),
        ("{% codeblock Sum lang:go %}\n1+1\n{% endcodeblock %}", "Sum\n\n```go\n1+1\n```"),
        ('{% figure caption:"At noon" %}\nx\n{% endfigure %}', "At noon\n\nx"),
        ("{% include_relative part.md %}", "A part."),
        ("{% for one in site.data.crew %}{{ one.name }}.{% endfor %}", "Ann.Bo."),
    ],
)
def test_tags_of_plug_ins_and_data_are_worked_out(
    project: Path, written: str, becomes: str
) -> None:
    more = "-- _posts/part.md --\nA part.\n-- _data/crew.csv --\nname,role\nAnn,cook\nBo,mate\n"
    story = texts(project, POST + written + "\n" + more)[0]
    assert story.body.strip() == becomes


def test_a_tag_may_have_an_end_in_one_text_and_none_in_another(project: Path) -> None:
    first = POST + "{% box words here %}\n"
    second = POST.replace("The-flood", "b") + "{% box %}in it{% endbox %} behind\n"
    bodies = {one.name: one.body.split() for one in texts(project, first + second)}
    assert bodies["2014-03-05-b"] == ["in", "it", "behind"]


def test_signs_of_liquid_that_is_broken_reach_nobody(project: Path) -> None:
    story = only(
        project, POST + "Before {% if x %} there {{ site.title }}\n\n{{ open end\n\nLast\n"
    )
    assert "{" not in story.body
    assert story.body.split() == ["Before", "there", "open", "end", "Last"]


@pytest.mark.parametrize(
    ("name", "permalink", "address"),
    [
        ("_docs/A-Doc.md", "", "/docs/A-Doc.html"),
        ("_docs/sub/2015-02-03-Made it.md", "", "/docs/sub/2015-02-03-Made it.html"),
        ("_docs/2015-02-03-Made it.md", "/m/:name/", "/m/2015-02-03-made-it/"),
        ("_docs/sub/2015-02-03-a.md", "/m/:path/", "/m/sub/2015-02-03-a/"),
        ("_docs/2015-02-03-a.md", "/:year/:title/", "/2015/a/"),
    ],
)
def test_a_text_of_a_collection_stands_by_its_path(
    project: Path, name: str, permalink: str, address: str
) -> None:
    told = f", permalink: {permalink}" if permalink else ""
    config = CONFIG + f"collections: {{docs: {{output: true{told}}}}}\n"
    assert only(project, f"-- {name} --\n---\ntitle: A\n---\n", config).addresses[0] == address


def test_a_file_among_the_posts_without_a_date_is_none(project: Path) -> None:
    story = only(project, POST.replace("2014-03-05-The-flood", "part"))
    assert (story.state, "no post" in story.reason) == (State.LEFT_OUT, True)


def test_a_file_among_the_posts_with_a_date_of_its_own_is_one_and_told(project: Path) -> None:
    text = with_line("date: 2014-03-05").replace("2014-03-05-The-flood.md", "06-06-part.md")
    site = opened(project, text)
    [story] = site.texts()
    assert (story.state, story.addresses[0]) == (State.PUBLIC, "/2014/03/05/06-06-part.html")
    assert any("its name has no date" in remark.kind for remark in site.remarks())


def test_older_pages_of_the_list_lead_to_the_archive(project: Path) -> None:
    config = CONFIG + "paginate: 2\npaginate_path: /news/p:num/\n"
    many = [POST.replace("The-flood", f"flood{number}") for number in range(5)]
    site = opened(project, "".join(many), config)
    list(site.texts())
    led = [(old, new) for old, new, _ in site.settings().redirects if "/p" in old]
    assert led == [("/news/p2/", "/archive/"), ("/news/p3/", "/archive/")]


@pytest.mark.parametrize(
    ("markdown", "becomes"),
    [("kramdown", "<div>\n*a*\n</div>"), ("CommonMarkGhPages", "<div>\n\n*a*\n\n</div>")],
)
def test_blocks_of_html_end_as_the_sites_markdown_ends_them(
    project: Path, markdown: str, becomes: str
) -> None:
    config = CONFIG + f"markdown: {markdown}\n"
    assert only(project, POST + "<div>\n\n*a*\n\n</div>\n", config).body.strip() == becomes


def test_a_draft_has_the_date_of_its_file(project: Path) -> None:
    story = only(project, "-- _drafts/soon.md --\n---\ntitle: Soon\n---\n")
    assert story.state is State.DRAFT
    assert story.head["date"]


def test_emoji_are_characters_where_a_plug_in_made_them_such(project: Path) -> None:
    assert (
        only(project, POST + "Done :tada:", CONFIG + "plugins: [jemoji]\n").body.strip()
        == "Done 🎉"
    )
