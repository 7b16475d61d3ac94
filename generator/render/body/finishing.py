"""The last walk over a body's tree: what a page needs beyond plain Markdown."""

import re
from collections.abc import Set as AbstractSet
from xml.etree.ElementTree import Element

from markdown.treeprocessors import Treeprocessor

from generator.model.addresses import SENDABLE
from generator.render.body.addresses import WEB
from generator.render.body.attributes import HEADINGS
from generator.render.body.embeds import embed_frames, embed_link
from generator.render.body.forbidden import warn_of_forbidden
from generator.render.body.headings import Ids, levels_below_title, slug_of
from generator.render.body.html_addresses import as_sent
from generator.render.body.job import Job, JobMarkdown
from generator.render.body.links import LinkEditor
from generator.render.body.paid_links import as_paid
from generator.render.body.pictures import LISTS, finish_gallery, finish_lone_picture
from generator.render.body.tables import TableNames, wrap_table

RAW_ID = re.compile(
    r"""<(?:[a-z][^<>]*?\sid|a\s(?:[^<>]*?\s)?name)\s*=\s*
        (?:"([^"<>]+)"|'([^'<>]+)'|([^\s"'=<>`]+))""",
    re.IGNORECASE | re.VERBOSE,
)


class Finishing(Treeprocessor):
    """Finishes headings, links, pictures, tables and quotations, in place."""

    md: JobMarkdown

    def run(self, root: Element) -> None:
        """Walk the tree. Runs last, when escapes have been undone."""
        job = self.md.job
        elements = list(root.iter())
        tags = {element.tag for element in elements}
        headings = [] if HEADINGS.isdisjoint(tags) else _of(elements, HEADINGS)
        _finish_ids(job, elements, headings)
        if "a" in tags or "img" in tags:
            _finish_links(job, elements)
        if "a" in tags and not job.embedding.as_written:
            for paragraph in _with_one_child(elements):
                embed_link(paragraph, job)
        if job.document.raw or "img" in tags:
            warn_of_forbidden(job, _of(elements, {"img"}))
        if job.document.raw:
            _finish_raw(job)
        if "img" in tags:
            for paragraph in _with_one_child(elements):
                finish_lone_picture(paragraph, job)
            for gallery in _of(elements, LISTS):
                finish_gallery(gallery, job)
        if "table" in tags:
            _finish_tables(job, elements)


def _of(elements: list[Element], tags: AbstractSet[str]) -> list[Element]:
    return [element for element in elements if element.tag in tags]


def _with_one_child(elements: list[Element]) -> list[Element]:
    """The paragraphs in which something may stand alone."""
    return [element for element in elements if element.tag == "p" and len(element) == 1]


def _finish_raw(job: Job) -> None:
    raw = job.document.raw
    if not job.embedding.as_written:
        embed_frames(job)
        raw[:] = map(as_sent, raw)
    if job.body.is_paid:
        raw[:] = map(as_paid, raw)


def _finish_links(job: Job, elements: list[Element]) -> None:
    pictures = _of(elements, {"img"})
    # Most links lead to other sites, by URLs that need no encoding: they stay as they are, but in
    # a story that somebody has paid for.
    links = [
        element
        for element in elements
        if element.tag == "a" and (job.body.is_paid or not _is_at_rest(element.get("href", "")))
    ]
    if pictures or links:
        editor = LinkEditor(job)
        for picture in pictures:
            editor.edit_picture(picture)
        for link in links:
            editor.edit_link(link)
        editor.check_fragments()


def _is_at_rest(href: str) -> bool:
    return href.startswith(WEB) and SENDABLE(href) is not None


def _finish_ids(job: Job, elements: list[Element], headings: list[Element]) -> None:
    """Give headings their level and an id, and note all ids; one used twice is renamed."""
    ids = Ids()
    text = job.text
    own = "{" in text or "<" in text or job.document.notes  # only these bring ids of their own
    if own:
        job.raw_ids += _raw_ids(job.document.raw)
        ids = Ids(job.raw_ids)
        for element in elements:
            if name := element.get("id"):
                _take(job, name, element, ids)
    levels = levels_below_title(int(heading.tag[1]) for heading in headings)
    for heading, level in zip(headings, levels, strict=True):
        heading.tag = f"h{level}"
        if not heading.get("id"):
            shown = heading.text or "" if not len(heading) else "".join(heading.itertext())
            heading.set("id", ids.take(slug_of(job.plain(shown))))
    of_all = elements if own else headings
    job.ids += (name for element in of_all if (name := element.get("id")))


def _take(job: Job, name: str, element: Element, ids: Ids) -> None:
    """Note the id of an element; if something else has it, give another one, and warn."""
    if name in ids:
        hint = "Give each its own: a link can lead to one place only."
        job.warning(f'the id "{name}" is used twice', hint, f"#{name}")
    element.set("id", ids.take(name))


def _raw_ids(raw: list[str]) -> list[str]:
    """The ids in raw HTML, and the names of anchors, which links may lead to as well."""
    found = (RAW_ID.finditer(html) for html in raw if "=" in html)
    return [match[match.lastindex or 1] for matches in found for match in matches]


def _finish_tables(job: Job, elements: list[Element]) -> None:
    """Put each table in a region that scrolls by keyboard, named by the heading above it."""
    names = TableNames(job.labels.table)
    for element in elements:
        if element.tag in HEADINGS:
            names.pass_heading(job.plain("".join(element.itertext())))
        elif element.tag == "table":
            wrap_table(element, names.take())
