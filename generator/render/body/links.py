"""Links and pictures in a body's tree: where they lead, and whether they may."""

from urllib.parse import unquote
from xml.etree.ElementTree import Element

from generator.markdown.document import Leaf, Link
from generator.model.addresses import web_url
from generator.model.body import ResolvedTarget, template_hint
from generator.model.entities import decoded
from generator.model.problems import Severity
from generator.model.values import replace
from generator.render.body.addresses import is_outside, refused_scheme
from generator.render.body.job import Job
from generator.render.body.pictures import show

NO_LINK = ResolvedTarget("", "")
ADDRESS_HINT = "Write it between the round brackets."
CHECKED_HINT = "Write the address as [text](address), without spaces."
PICTURE_HINT = "Say between the brackets what it shows: ![two boats at the quay](boats.jpg)"


class LinkEditor:
    """Puts the resolved addresses into the links and pictures of one body."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._resolved = {resolved.target: resolved for resolved in job.body.resolved}
        self._links = {link.element: link for link in job.document.links}
        self._fragments: list[Link] = []

    def edit_link(self, element: Element) -> None:
        """Make a link lead where it should; one that must not lead anywhere loses its `href`."""
        written = element.get("href", "")
        link = self._link_of(element, written)
        if not written:
            element.attrib.pop("href", None)
            self._job.about_link(link, "a link without an address", ADDRESS_HINT)
            return
        if written[0] == "#":
            self._fragments.append(link)
            return
        resolved = self.lookup(link)
        if resolved is NO_LINK or (resolved and not resolved.url):
            del element.attrib["href"]
        elif resolved:
            element.set("href", resolved.url.replace("&", "&amp;"))
        else:
            element.set("href", web_url(written))
            if self._job.body.is_paid and is_outside(link.target.strip()):
                # As Google's "Qualify your outbound links to Google" asks of advertisements.
                element.set("rel", f"{element.get('rel', '')} sponsored".strip())

    def _link_of(self, element: Element, written: str) -> Link:
        """What is known of a link; one that an extension made stands nowhere in the text."""
        found = self._links.get(element)
        return found or Link(decoded(written), Leaf(element, "", 0), 0, element)

    def edit_picture(self, element: Element) -> None:
        """Make a picture show what it should, or else only its alternative text."""
        written = element.get("src", "")
        link = self._link_of(element, written)
        if not written:
            self._job.about_link(link, "a picture without an address", ADDRESS_HINT)
        resolved = self.lookup(link) if written else NO_LINK
        alt = element.get("alt", "")
        if resolved is NO_LINK or (resolved and not resolved.url):
            # What it shows and its caption stay: readers shall lose the picture alone.
            words, tail = [alt, element.get("title", "")], element.tail
            element.clear()
            element.tag, element.tail = "span", tail
            element.text = " – ".join(filter(str.strip, words))  # noqa: RUF001 - a dash
            return
        if resolved and resolved.picture:
            self._job.pictures[element] = resolved.picture
            show(element, resolved.picture)
        elif resolved:
            element.set("src", resolved.url.replace("&", "&amp;"))
            if resolved.width and resolved.height:
                element.set("width", str(resolved.width))
                element.set("height", str(resolved.height))
        else:
            element.set("src", web_url(written))
        shown = element if element.tag == "img" else element[-1]
        shown.set("loading", "lazy")
        if not alt.strip():
            self._job.about_link(link, "a picture without a text", PICTURE_HINT)

    def check_fragments(self) -> None:
        """Warn of links to places on this page that are not there; all ids must be known."""
        known = {*self._job.ids, *self._job.raw_ids}
        for link in self._fragments:
            target = link.target.strip()
            name = target[1:]
            if name and name.lower() != "top" and not {name, unquote(name)} & known:
                hint = "Link to a heading's id, or set one: ## Heading {#name}"
                self._job.about_link(link, f'no "{target}" on this page', hint)

    def lookup(self, link: Link) -> ResolvedTarget | None:
        """Where a target leads; None to leave it as it is, NO_LINK where it must not lead."""
        target = link.target.strip()
        refused = refused_scheme(target)
        if refused:
            hint = "Link to a page, or begin with https:, mailto: or tel:"
            message = f'links may not begin with "{refused}:"'
            self._job.about_link(link, message, hint, Severity.ERROR)
            return NO_LINK
        resolved = self._resolved.get(target) or self._without_fragment(target)
        if resolved is None:
            if not is_outside(target) and target[:1] not in "#?":
                message = f'nobody has checked where "{target}" leads'
                self._job.about_link(link, message, template_hint(target) or CHECKED_HINT)
            return None
        if resolved.fault:
            self._job.about_link(
                link,
                resolved.fault,
                resolved.hint,
                Severity.WARNING if resolved.may_be_dead else Severity.ERROR,
                is_dead=True,
            )
            return NO_LINK
        return resolved

    def _without_fragment(self, target: str) -> ResolvedTarget | None:
        """The same place resolved without its fragment, the fragment put back."""
        path, hash_mark, fragment = target.partition("#")
        found = self._resolved.get(path) if hash_mark and path else None
        if found is None or found.fault or not found.url:
            return found
        url = f"{found.url}#{fragment}"
        return replace(found, target=target, url=url)
