"""The last walk over a body's tree: what a page needs beyond plain Markdown."""

import re
from xml.etree.ElementTree import Element, SubElement

from markdown.treeprocessors import Treeprocessor

from generator.render.body.attributes import HEADINGS
from generator.render.body.footnotes import finish_footnotes
from generator.render.body.headings import Ids, levels_below_title, slug_of
from generator.render.body.job import BodyMarkdown, Job
from generator.render.body.links import LinkEditor
from generator.render.body.tables import TableNames

RAW_ID = re.compile(
    r"""<(?:[a-z][^<>]*?\sid|a\s(?:[^<>]*?\s)?name)\s*=\s*
        (?:"([^"<>]+)"|'([^'<>]+)'|([^\s"'=<>`]+))""",
    re.IGNORECASE | re.VERBOSE,
)
ALIGNED = frozenset({"left", "center", "right"})


class Finishing(Treeprocessor):
    """Finishes headings, links, pictures, tables, code and footnotes, in place."""

    md: BodyMarkdown

    def run(self, root: Element) -> None:
        """Walk the tree. Runs last, when escapes have been undone."""
        finish_footnotes(root, self.md)
        elements = list(root.iter())
        by_tag: dict[str, list[Element]] = {}
        for element in elements:
            by_tag.setdefault(element.tag, []).append(element)
        headings = [element for element in elements if element.tag in HEADINGS]
        self._finish_ids(elements, headings)
        links = LinkEditor(self.md)
        for picture in by_tag.get("img", ()):
            links.edit_picture(picture)
        for link in by_tag.get("a", ()):
            links.edit_link(link)
        links.check_fragments()
        for paragraph in by_tag.get("p", ()) if "img" in by_tag else ():
            finish_lone_picture(paragraph, self.md.job)
        for block in by_tag.get("pre", ()):
            block.set("tabindex", "0")
        if "table" in by_tag:
            self._finish_tables(elements)

    def _finish_ids(self, elements: list[Element], headings: list[Element]) -> None:
        """Give headings their level and an id, and note all ids; one used twice is renamed."""
        job = self.md.job
        ids = Ids()
        if not self.md.has_nothing_for("{", "<", "[^"):  # only these bring ids of their own
            job.raw_ids += self._raw_ids()
            ids = Ids(job.raw_ids)
            for element in elements:
                if name := element.get("id"):
                    self._take(name, element, ids)
        levels = levels_below_title(int(heading.tag[1]) for heading in headings)
        for heading, level in zip(headings, levels, strict=True):
            heading.tag = f"h{level}"
            if not heading.get("id"):
                text = self.md.plain("".join(heading.itertext()))
                heading.set("id", ids.take(slug_of(text)))
        job.ids += (name for element in elements if (name := element.get("id")))

    def _take(self, name: str, element: Element, ids: Ids) -> None:
        """Note the id of an element; if something else has it, give another one, and warn."""
        if name in ids:
            hint = "Give each its own: a link can lead to one place only."
            self.md.job.warning(f'the id "{name}" is used twice', hint, f"#{name}")
        element.set("id", ids.take(name))

    def _raw_ids(self) -> list[str]:
        """The ids in raw HTML, and the names of anchors, which links may lead to as well."""
        stash = self.md.htmlStash.rawHtmlBlocks
        found = (RAW_ID.finditer(html) for html in stash if isinstance(html, str) and "=" in html)
        return [match[match.lastindex or 1] for matches in found for match in matches]

    def _finish_tables(self, elements: list[Element]) -> None:
        """Put each table in a region that scrolls by keyboard, named by the heading above it."""
        names = TableNames(self.md.job.labels.table)
        for element in elements:
            if element.tag in HEADINGS:
                names.pass_heading(self.md.plain("".join(element.itertext())))
            elif element.tag == "table":
                _wrap_table(element, names.take())


def finish_lone_picture(paragraph: Element, job: Job) -> None:
    """Make a figure of a paragraph that holds one picture only, linked or not."""
    content: Element | None = only_child(paragraph)
    if content is not None and content.tag == "a":
        content = only_child(content)
    if content is None or content.tag != "img":
        return
    paragraph.tag = "figure"
    title = content.attrib.pop("title", "")
    if title:
        caption = SubElement(paragraph, "figcaption")
        caption.text = job.curled(title)


def only_child(element: Element) -> Element | None:
    """The child of an element that holds nothing else."""
    if len(element) != 1 or (element.text and element.text.strip()):
        return None
    child = element[0]
    return None if child.tail and child.tail.strip() else child


def _wrap_table(table: Element, label: str) -> None:
    """Move a table into a new element within, and make a region of what it was."""
    inner = Element("table", table.attrib)
    inner.text, inner.tail = table.text, "\n"
    inner.extend(table)
    tail = table.tail
    table.clear()
    table.tag, table.text, table.tail = "div", "\n", tail
    table.attrib.update({"class": "table", "role": "region", "tabindex": "0", "aria-label": label})
    table.append(inner)
    for row in inner.iter("tr"):
        for cell in row:
            _finish_cell(cell)
    for cell in inner.iterfind("thead/tr/th"):
        cell.set("scope", "col")


def _finish_cell(cell: Element) -> None:
    """Align by class, since a strict Content-Security-Policy forbids inline styles."""
    alignment = cell.attrib.pop("align", "")
    if alignment in ALIGNED:
        cell.set("class", f"{cell.get('class', '')} align-{alignment}".strip())
