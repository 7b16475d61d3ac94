from pathlib import Path

import pytest

from generator.importers.eleventy import open_site, recognises
from generator.importers.old_site import OldText, State, TextKind
from generator.model.frozen import FrozenMap
from tests.support.old_sites import opened, remarked
from tests.support.sites import write_site

CONFIG = """
    -- .eleventy.js --
    module.exports = function (eleventyConfig) {
      eleventyConfig.addPassthroughCopy("src/img");
      eleventyConfig.addPassthroughCopy({ "src/static": "/" });
      eleventyConfig.addShortcode("note", (text, kind = "plain") =>
        `<p class="${kind}">${text}</p>`);
      eleventyConfig.addPairedShortcode("box", function (content, title) {
        return `<aside>
          ${title ? `<h3>${title}</h3>` : ""}
          ${content}
        </aside>`;
      });
      eleventyConfig.addShortcode("image", async function (src, alt, caption) {
        const made = await Image(src);
        return made;
      });
      eleventyConfig.addFilter("shout", (text) => `${text}!`);
      return { dir: { input: "src", data: "_data" } };
    };
"""


def texts(folder: Path, text: str) -> dict[str, OldText]:
    return opened(open_site, folder, CONFIG + text)[1]


def test_a_project_is_recognised_by_its_settings(tmp_path: Path) -> None:
    assert not recognises(tmp_path)
    assert recognises(write_site(tmp_path, CONFIG))


def test_a_story_with_the_data_of_its_folder(tmp_path: Path) -> None:
    found = texts(
        tmp_path,
        """
    -- src/posts/posts.json --
    {"tags": ["post"], "layout": "post.njk",
     "permalink": "/{{ page.date | date: '%Y/%m' }}/{{ title | slug }}/"}
    -- src/_data/authors.yml --
    ann:
      name: Ann Lee
    -- src/img/a.jpg --
    jpg
    -- src/posts/2014-03-05-flood.md --
    ---
    title: The Flood, Again
    tags: [river, post]
    author: ann
    excerpt: It rose.
    image: /img/a.jpg
    image_alt: The river
    mood: bad
    ---
    The *river* rose.
""",
    )
    flood = found["src/posts/2014-03-05-flood.md"]
    assert flood.kind is TextKind.ARTICLE
    assert flood.name == "2014-03-05-flood"
    assert flood.addresses == ("/2014/03/the-flood-again/",)
    assert dict(flood.head.items_) == {
        "title": "The Flood, Again",
        "date": "2014-03-05",
        "tags": ("river",),
        "authors": ("ann",),
        "summary": "It rose.",
        "slug": "flood",
        "image": FrozenMap((("src", "/img/a.jpg"), ("alt", "The river"))),
        "extra": FrozenMap((("mood", "bad"),)),
    }
    assert flood.body.strip() == "The *river* rose."
    assert found["author ann"].head == FrozenMap((("name", "Ann Lee"),))


@pytest.mark.parametrize(
    ("lines", "address"),
    [
        ("permalink: /kept/Here.html", "/kept/Here.html"),
        ("permalink: news/{{ page.fileSlug }}/index.html", "/news/flood/"),
        ('permalink: "/{{ title | slugify }}/"', "/the-flood/"),
        ("permalink: {build: /b/}", "/b/"),
        ("layout: x", "/posts/2014-03-05-flood/"),
        ("eleventyComputed: {permalink: '/c/{{ page.fileSlug }}/'}", "/c/flood/"),
    ],
)
def test_addresses_by_permalink_or_path(tmp_path: Path, lines: str, address: str) -> None:
    found = texts(
        tmp_path,
        f"\n    -- src/posts/2014-03-05-flood.md --\n    ---\n    title: The flood\n    {lines}\n"
        "    ---\n    B.\n",
    )
    assert found["src/posts/2014-03-05-flood.md"].addresses == (address,)


def test_an_address_that_a_program_makes_is_told_by_the_links(tmp_path: Path) -> None:
    links = " ".join(f"[x](/2014/03/0{day}/a{day}/)" for day in range(1, 5))
    stories = "".join(
        f"\n    -- src/posts/2014-03-0{day}-a{day}.md --\n    ---\n    title: A\n    ---\n"
        f"    {links}\n"
        for day in range(1, 6)
    )
    found = texts(tmp_path, stories)
    assert found["src/posts/2014-03-05-a5.md"].addresses == ("/2014/03/05/a5/",)


def test_a_function_for_the_permalink_that_only_fills_in(tmp_path: Path) -> None:
    found = texts(
        tmp_path,
        """
    -- src/posts/posts.11tydata.js --
    module.exports = {
      tags: "posts",
      eleventyComputed: { permalink: (data) => `/news/${data.page.fileSlug}/` },
    };
    -- src/posts/a.md --
    ---
    title: A
    date: 2014-03-05
    ---
    B.
""",
    )
    assert found["src/posts/a.md"].addresses == ("/news/a/",)


@pytest.mark.parametrize(
    ("lines", "state"),
    [
        ("draft: true", State.DRAFT),
        ("draft: false", State.PUBLIC),
        ("published: false", State.DRAFT),
        ("permalink: false", State.DRAFT),
        ("eleventyExcludeFromCollections: true", State.DRAFT),
        ("status: private", State.DRAFT),
        ("password: x", State.DRAFT),
        ("pagination: {data: collections.posts}", State.LEFT_OUT),
        ("permalink: /feed.xml", State.LEFT_OUT),
    ],
)
def test_who_saw_a_text(tmp_path: Path, lines: str, state: State) -> None:
    found = texts(
        tmp_path,
        f"\n    -- src/posts/2014-03-05-a.md --\n    ---\n    title: A\n    {lines}\n"
        "    ---\n    B.\n",
    )
    assert next(iter(found.values())).state is state


def body_of(folder: Path, body: str, more: str = "") -> str:
    head = "\n    -- src/posts/2014-03-05-a.md --\n    ---\n    title: A\n    name: Ann\n    ---\n"
    lines = "\n".join(f"    {line}" for line in body.split("\n"))
    return texts(folder, f"{more}{head}{lines}\n")["src/posts/2014-03-05-a.md"].body.strip()


@pytest.mark.parametrize(
    ("body", "made"),
    [
        ("{{ name }} of {{ title }}", "Ann of A"),
        ('[x]({{ "/b/" | url }})', "[x](/b/)"),
        ('{% note "Hi" %}', '<p class="plain">Hi</p>'),
        ('{% note "Hi", "loud" %}', '<p class="loud">Hi</p>'),
        ("{% note name %}", '<p class="plain">Ann</p>'),
        ('{% box "T" %}*in*{% endbox %}', "<aside>\n<h3>T</h3>\n*in*\n</aside>"),
        ("{{ name | shout }}", "Ann!"),
        ('{% image "/img/a.jpg", "The river" %}', '<img src="/img/a.jpg" alt="The river">'),
        ('{% image "/img/a.jpg", "R" %}\n*At noon*', '<img src="/img/a.jpg" alt="R">\n\n*At noon*'),
        ('a {% image "/img/a.jpg", "R" %}\nb', 'a <img src="/img/a.jpg" alt="R">\nb'),
        ("{% raw %}`{{ name }}`{% endraw %}", "`{{ name }}`"),
        ("{% if name %}yes{% else %}no{% endif %}", "yes"),
        ("a {% odd %} b", "a  b"),
        ("a {{ name | odd }} b", "a Ann b"),
        ('{% include "card.html", label: "Hi" %}', "<b>Hi</b>"),
        ("{% comment %}secret{% endcomment %}seen", "seen"),
    ],
)
def test_liquid_is_expanded(tmp_path: Path, body: str, made: str) -> None:
    include = "\n    -- src/_includes/card.html --\n    <b>{{ label }}</b>"
    assert body_of(tmp_path, body, include) == made


@pytest.mark.parametrize(
    ("body", "made"),
    [
        ("{{ name | upper }}{% set x = 1 %}{{ x }}", "ANN1"),
        ('{% include "part.njk" %}', "<b>Ann</b>"),
        ('{% from "m.njk" import hi %}{{ hi("Bo") }}', "<i>Bo</i>"),
        ("{{ page.date | date('yyyy') }}", "2014"),
        ("{{ missing.deeper }}here", "here"),
        ("{% for x in [1, 2] %}{{ x }}{% endfor %}", "12"),
    ],
)
def test_nunjucks_is_expanded(tmp_path: Path, body: str, made: str) -> None:
    more = """
    -- src/posts/posts.json --
    {"templateEngineOverride": "njk,md"}
    -- src/_includes/part.njk --
    <b>{{ name }}</b>
    -- src/_includes/m.njk --
    {% macro hi(who) %}<i>{{ who }}</i>{% endmacro %}
"""
    assert body_of(tmp_path, body, more) == made


@pytest.mark.parametrize(
    "body",
    [
        "{{ ''.__class__.__mro__ }}x",
        "{% for a in range(9999999) %}{% for b in range(9999999) %}{% endfor %}{% endfor %}x",
        '{% include "../../secret.html" %}x',
        "{{ unclosed x",
        "{% if %}{% for %}x",
    ],
)
def test_hostile_templates_reach_nothing(tmp_path: Path, body: str) -> None:
    (tmp_path / "secret.html").write_text("secret", "utf-8")
    more = '\n    -- src/posts/posts.json --\n    {"templateEngineOverride": "njk,md"}'
    made = body_of(tmp_path, body, more)
    assert "secret" not in made.replace("secret.html", "")
    assert "class" not in made.replace("__class__", "")


@pytest.mark.parametrize(
    ("engine", "body"),
    [
        ("njk", "{% set a = [1, 1] %}" + "{% set a = [a, a] %}" * 40 + "{{ a }}x"),
        ("njk", "{% set a = 'xy' %}" + "{% set a = a ~ a %}" * 40 + "{{ a }}x"),
        ("njk", "{{ 'x' * 10 ** 12 }}x"),
        ("liquid", "{% assign a = 'xy' %}" + "{% assign a = a | append: a %}" * 40 + "{{ a }}x"),
        ("liquid", "{% for a in (1..9999999999) reversed %}{{ a }}{% endfor %}x"),
    ],
)
def test_a_template_that_never_ends_is_left_out_and_named(
    tmp_path: Path, engine: str, body: str
) -> None:
    site, found = opened(
        open_site,
        tmp_path,
        CONFIG
        + f"""
    -- src/posts/2014-03-05-a.md --
    ---
    title: A
    templateEngineOverride: {engine},md
    ---
    {body}
""",
    )
    assert found["src/posts/2014-03-05-a.md"].body.strip() == "x"
    assert remarked(site) == ["a template that cannot be worked out was left out"]


def test_what_has_no_meaning_is_named_once_for_each_place(tmp_path: Path) -> None:
    site, _ = opened(
        open_site,
        tmp_path,
        CONFIG
        + """
    -- src/posts/2014-03-05-a.md --
    ---
    title: A
    ---
    {% odd "x" %}{% odd "y" %}{{ "z" | team_photo }}
""",
    )
    assert remarked(site) == [
        'the shortcode "odd" has no meaning here: its words stay',
        'the shortcode "odd" has no meaning here: its words stay',
        'the filter "team_photo" has no meaning here, and is left out',
    ]


def test_files_are_published_where_they_were(tmp_path: Path) -> None:
    site, found = opened(
        open_site,
        tmp_path,
        CONFIG
        + """
    -- src/img/a.jpg --
    jpg
    -- src/static/robots.txt --
    User-agent: *
    -- src/posts/plan.pdf --
    pdf
    -- src/posts/2014-03-05-a.md --
    ---
    title: A
    ---
    ![x](/img/a.jpg) [x](plan.pdf) [x](../b.md#y)
    -- src/b.md --
    ---
    title: B
    ---
    B.
""",
    )
    assert found["src/posts/2014-03-05-a.md"].body.strip() == (
        "![x](/img/a.jpg) [x](/posts/2014-03-05-a/plan.pdf) [x](/b/#y)"
    )
    assert [file.target for file in site.files()] == [
        *("static/img/a.jpg", "static/robots.txt"),
        "static/posts/2014-03-05-a/plan.pdf",
    ]


def test_listings_and_feeds_lead_to_ours(tmp_path: Path) -> None:
    site, found = opened(
        open_site,
        tmp_path,
        CONFIG
        + """
    -- src/_data/site.json --
    {"title": "The Gazette", "url": "https://gazette.example/", "language": "en"}
    -- src/blog.njk --
    ---
    title: All
    permalink: /blog/
    ---
    {% for post in collections.post %}{{ post.url }}{% endfor %}
    -- src/htaccess.njk --
    ---
    permalink: /blog/.htaccess
    ---
    DirectoryIndex index.html
    -- src/feed.njk --
    ---
    permalink: /feed/atom.xml
    ---
    <feed/>
    -- src/about.njk --
    ---
    title: About
    ---
    <p>We <em>are</em> {{ site.title }}.</p>
""",
    )
    settings = site.settings()
    assert settings.redirects == (("/blog/", "/", 301), ("/feed/atom.xml", "/atom.xml", 301))
    assert (settings.title, settings.base_url) == ("The Gazette", "https://gazette.example")
    about = found["src/about.njk"]
    assert (about.kind, about.addresses) == (TextKind.PAGE, ("/about/",))
    assert about.body.strip() == "We *are* The Gazette."
    assert found["src/htaccess.njk"].state is State.LEFT_OUT


def test_malformed_projects_are_no_traceback(tmp_path: Path) -> None:
    write_site(tmp_path, "\n    -- .eleventy.js --\n    module.exports = { dir: { input: ")
    (tmp_path / "_data").mkdir()
    (tmp_path / "_data" / "broken.json").write_text("{", "utf-8")
    (tmp_path / "a.md").write_bytes(b"---\ntitle: [\n---\n\xff\xfe {{ x | y: }} {% z %}")
    (tmp_path / "b.md").write_bytes(b"---\ntitle: B\ndate: never\npermalink: 3\n---\nC")
    site, found = opened(open_site, tmp_path, "")
    assert set(found) == {"a.md", "b.md"}
    assert list(site.files()) == []
