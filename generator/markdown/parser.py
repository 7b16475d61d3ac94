"""Markdown, read: CommonMark 0.31.2 and GFM, with what Broadsheet has beyond them."""

from xml.etree.ElementTree import Element, SubElement

from generator.markdown.blocks import BlockParser
from generator.markdown.document import Document, Leaf, Options
from generator.markdown.foreign import find_foreign, signs_held, tell_of_html
from generator.markdown.html_checks import HtmlChecker
from generator.markdown.patterns import TASK
from generator.markdown.spans import SpanParser

EVERYTHING = Options()


def cleaned(text: str) -> str:
    """A text as `parse` takes it: no byte order mark, LF as line end, NUL shown as U+FFFD.

    STX and ETX, which Python-Markdown uses as marks, are left out.
    """
    text = text.removeprefix("\ufeff")
    # To look first takes a fifth of the time that replacing nothing does.
    if "\x02" in text or "\x03" in text:
        text = text.replace("\x02", "").replace("\x03", "")
    if "\0" in text:
        text = text.replace("\0", "\ufffd")
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def parse(text: str, options: Options = EVERYTHING) -> Document:
    """Read a text, its lines ending with LF, without STX, ETX and NUL.

    Takes time in proportion to the text, whatever is in it, and never fails.
    """
    blocks = BlockParser(text)
    blocks.parse()
    document = blocks.document
    spans = SpanParser(text, document, blocks.references, options)
    joined: list[Element] = []
    has_braces = "{" in text
    held = signs_held(text)
    for leaf in blocks.leaves:
        if leaf.list is not None:
            _read_in_item(leaf, spans, joined)
        else:
            spans.read(leaf)
        if spans.state.has_shortcode or (held and any(map(leaf.text.__contains__, held))):
            spans.state.has_shortcode = False
            if not (options.links_only or _is_shown(leaf, document)):
                find_foreign(leaf.text, leaf, document, spans.state.hidden)
    if has_braces and document.raw and not options.links_only:
        tell_of_html(document)
    if joined:
        _join(document.root, set(joined))
    if document.raw and not options.links_only:
        HtmlChecker(document).run()
    return document


def parse_html(text: str, options: Options = EVERYTHING) -> Document:
    """A text that is HTML already, and stays as it is: one block of raw HTML.

    Its links and what is wrong in it are found as those of raw HTML in Markdown are.
    """
    document = Document(text.split("\n"), Element("div"))
    block = SubElement(document.root, "p")
    block.text = document.put_aside(text, Leaf(block, text, 0), 0)
    document.raw_blocks.add(0)
    if not options.links_only:
        if "{" in text:
            tell_of_html(document)
        HtmlChecker(document, is_markdown=False).run()
    return document


def _is_shown(leaf: Leaf, document: Document) -> bool:
    """Whether signs of templates are meant to be seen in a leaf."""
    return any(first < leaf.line < last for first, last in document.shown)


def _read_in_item(leaf: Leaf, spans: SpanParser, joined: list[Element]) -> None:
    """Read a paragraph of a list's item, which is none where the list's items stand close."""
    state = leaf.list
    paragraph = leaf.element
    task = TASK.match(leaf.text) if leaf.text[:1] == "[" else None
    if task:
        leaf.text = leaf.text[task.end() :]
    spans.read(leaf)
    if task:
        box = Element("input", {"type": "checkbox", "disabled": "disabled"})
        if task[1] != " ":
            box.set("checked", "checked")
        box.tail, paragraph.text = paragraph.text, None
        paragraph.insert(0, box)
    if state is not None and not state.loose:
        joined.append(paragraph)


def _join(root: Element, paragraphs: set[Element]) -> None:
    """Put the content of paragraphs in the place of these."""
    for parent in list(root.iter()):
        if parent.tag in ("li", "dd") and any(child in paragraphs for child in parent):
            _join_in(parent, paragraphs)


def _join_in(parent: Element, paragraphs: set[Element]) -> None:
    children: list[Element] = []
    for child in parent:
        if child not in paragraphs:
            children.append(child)
            continue
        _add_text(parent, children, child.text)
        children += child
    parent[:] = children


def _add_text(parent: Element, children: list[Element], text: str | None) -> None:
    if not text:
        return
    if children:
        children[-1].tail = (children[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text
