"""Pictures in a body's tree: in all their widths and formats, as figures, and in galleries."""

from xml.etree.ElementTree import Element, SubElement

from generator.model.pictures import Picture
from generator.render.body.job import Job

COLUMN = "(min-width: 46rem) 42rem, 100vw"
"""How wide the theme shows a picture in a text, as `sizes` of HTML says it."""
GALLERY = "(min-width: 40rem) 22rem, 50vw"
PICTURES = frozenset({"img", "picture"})
LISTS = frozenset({"ul", "ol"})


def show(element: Element, picture: Picture, sizes: str = COLUMN) -> None:
    """Make an `img` show a picture of the site; more than one format makes it a `picture`."""
    element.set("src", _attribute(picture.url))
    if picture.width and picture.height:
        element.set("width", str(picture.width))
        element.set("height", str(picture.height))
    if not picture.variants:
        return
    *better, known = picture.variants
    element.set("srcset", _attribute(known.srcset))
    element.set("sizes", sizes)
    if better:
        shown = Element("img", dict(element.attrib))
        tail = element.tail
        element.clear()
        element.tag, element.tail = "picture", tail
        for one in better:
            what = {"type": one.media_type, "srcset": _attribute(one.srcset), "sizes": sizes}
            SubElement(element, "source", what)
        element.append(shown)


def _attribute(url: str) -> str:
    return url.replace("&", "&amp;")


def finish_lone_picture(block: Element, job: Job) -> None:
    """Make a figure of a block that holds one picture only, linked or not."""
    content = lone_picture(block)
    if content is not None:
        block.tag = "figure"
        _caption(block, content, job)


def lone_picture(block: Element) -> Element | None:
    """The picture of a block that holds nothing else, but for its caption."""
    content: Element | None = only_child(block)
    if content is None and block.tag == "figure" and len(block):
        content = block[0]
    if content is not None and content.tag == "a":
        content = only_child(content)
    return content if content is not None and content.tag in PICTURES else None


def _caption(figure: Element, content: Element, job: Job) -> None:
    """Move the title below a picture; what its file says stands there where nobody else says."""
    known = job.pictures.get(content)
    shown = content if content.tag == "img" else content[-1]
    title = job.curled(shown.attrib.pop("title", ""))
    caption, credit = title or (known.caption if known else ""), known.credit if known else ""
    if not (caption or credit):
        return
    below = SubElement(figure, "figcaption")
    below.text = caption
    if credit:
        below.text = f"{caption} " if caption else ""
        SubElement(below, "span", {"class": "credit"}).text = credit


def finish_gallery(gallery: Element, job: Job) -> None:
    """Make figures of the pictures in a list of class `gallery`, each cut as its focus says."""
    if gallery.tag not in LISTS or "gallery" not in gallery.get("class", "").split():
        return
    for item in gallery:
        paragraph = only_child(item)
        holder = item if paragraph is None or paragraph.tag not in {"p", "figure"} else paragraph
        content = lone_picture(holder)
        if content is None:
            continue
        if holder is item:
            holder = _within(item)
        if holder.tag == "p":
            holder.tag = "figure"
            _caption(holder, content, job)
        _fit(content, job)


def _within(item: Element) -> Element:
    """All that a list's item holds, in a paragraph of its own."""
    paragraph = Element("p")
    paragraph.text, item.text = item.text, None
    for child in list(item):
        item.remove(child)
        paragraph.append(child)
    item.append(paragraph)
    return paragraph


def _fit(content: Element, job: Job) -> None:
    """Let a picture say how wide a gallery shows it, and what of it must not be cut off."""
    known = job.pictures.get(content)
    for element in content.iter():
        if element.get("sizes"):
            element.set("sizes", GALLERY)
        written = element.get("class", "")
        if element.tag == "img" and known and known.focus and "focus-" not in written:
            element.set("class", f"{written} {known.focus}".strip())


def only_child(element: Element) -> Element | None:
    """The child of an element that holds nothing else."""
    if len(element) != 1 or (element.text and element.text.strip()):
        return None
    child = element[0]
    return None if child.tail and child.tail.strip() else child
