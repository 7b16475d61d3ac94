"""Pages that an Eleventy text makes of data, and the listings that it makes of texts."""

from pathlib import Path

from generator.importers.eleventy import open_site
from generator.importers.eleventy_paging import Paging, paging_of, parts_of
from generator.importers.old_site import State, TextKind
from tests.support.old_sites import opened, remarked

CREW = """
    -- eleventy.config.js --
    module.exports = function (eleventyConfig) { return { dir: { input: "src" } }; };
    -- src/_data/crew.json --
    [{"name": "Ann Lee", "slug": "ann", "boat": "Tern"},
     {"name": "Bo", "slug": "bo", "boat": "Gull"}]
"""
STORY = """
    -- src/posts/2014-03-0{day}-a{day}.md --
    ---
    title: A{day}
    tags: [{tags}]
    ---
    B.
"""


def test_each_piece_of_data_has_a_page_of_its_own(tmp_path: Path) -> None:
    page = """
    -- src/crew.njk --
    ---
    pagination: {data: crew, size: 1, alias: person}
    permalink: "/crew/{{ person.slug }}/"
    eleventyComputed:
      summary: "{{ person.name }} sails the {{ person.boat }}."
    ---
    <p>{{ person.name }}, page {{ pagination.pageNumber + 1 }}</p>
"""
    site, found = opened(open_site, tmp_path, CREW + page)
    ann, bo = found["src/crew.njk page 1"], found["src/crew.njk page 2"]
    assert (ann.kind, ann.addresses, ann.name) == (TextKind.PAGE, ("/crew/ann/",), "crew/ann")
    assert dict(bo.head) == {"title": "Bo", "summary": "Bo sails the Gull."}
    assert bo.body.strip() == "Bo, page 2"
    assert remarked(site) == []


def test_pages_without_a_permalink_are_numbered(tmp_path: Path) -> None:
    page = """
    -- src/boats.md --
    ---
    title: Boats
    pagination: {data: boats, size: 2}
    boats: [Tern, Gull, Skua]
    ---
    {% for boat in pagination.items %}{{ boat }} {% endfor %}
"""
    _, found = opened(open_site, tmp_path, CREW + page)
    assert {one.addresses: one.body.strip() for one in found.values()} == {
        ("/boats/",): "Tern Gull",
        ("/boats/1/",): "Skua",
    }


def test_pages_of_data_that_nobody_knows_are_named_as_lost(tmp_path: Path) -> None:
    page = (
        "\n    -- src/a.njk --\n    ---\n    pagination: {data: fetched, size: 1}\n    ---\n    A"
    )
    site, found = opened(open_site, tmp_path, CREW + page)
    assert found["src/a.njk"].state is State.LEFT_OUT
    assert [(one.kind, one.is_loss) for one in site.remarks()] == [
        ('pages of "fetched" were left out: no file of data has it', True)
    ]


def test_the_pages_of_a_listing_lead_to_ours(tmp_path: Path) -> None:
    more = """
    -- src/blog.njk --
    ---
    pagination: {data: collections.post, size: 2}
    permalink: >-
      /blog/{% if pagination.pageNumber %}page-{{ pagination.pageNumber + 1 }}/{% endif %}
    ---
    {% for post in pagination.items %}{{ post.url }}{% endfor %}
    -- src/tag.njk --
    ---
    pagination: {data: collections, size: 1, alias: tag, filter: [post]}
    permalink: "/about/{{ tag | slug }}/"
    ---
    {{ tag }}
"""
    stories = "".join(STORY.format(day=day, tags="post, Ice cream") for day in range(1, 6))
    site, _ = opened(open_site, tmp_path, CREW + stories + more)
    assert site.settings().redirects == (
        ("/blog/", "/", 301),
        ("/blog/page-2/", "/archive/", 301),
        ("/blog/page-3/", "/archive/", 301),
        ("/about/ice-cream/", "/tags/ice-cream/", 301),
    )


def test_data_is_paged_through_as_asked() -> None:
    told = {"data": "site.boats", "size": "1", "reverse": "true", "filter": ["b"], "alias": "boat"}
    paging = paging_of({"pagination": told})
    assert paging == Paging("site.boats", 1, "boat", is_reversed=True, left_out=("b",))
    boats = {"a": 1, "b": 2, "c": 3}
    pages = [*parts_of(paging, {"site": {"boats": boats}})]
    assert [(one.number, one.values["boat"]) for one in pages] == [(0, "c"), (1, "a")]
    assert paging_of({"pagination": {"size": 1}}) is None
    assert [*parts_of(paging, {"site": 3})] == []
