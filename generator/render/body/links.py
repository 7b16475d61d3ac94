"""Links and pictures in a body's tree: where they lead, and whether they may."""

from urllib.parse import unquote
from xml.etree.ElementTree import Element

from markdown.util import AMP_SUBSTITUTE

from generator.model.body import ResolvedTarget, template_hint
from generator.model.entities import decoded
from generator.render.body.addresses import WEB, is_outside, refused_scheme
from generator.render.body.job import BodyMarkdown

NO_LINK = ResolvedTarget("", "")
ADDRESS_HINT = "Write it between the round brackets."
CHECKED_HINT = "Write the address as [text](address), without spaces."


class LinkEditor:
    """Puts the resolved addresses into the links and pictures of one body."""

    def __init__(self, md: BodyMarkdown) -> None:
        self._md, self._job = md, md.job
        self._resolved = {resolved.target: resolved for resolved in md.job.body.resolved}
        self._fragments: list[str] = []

    def edit_link(self, link: Element) -> None:
        """Make a link lead where it should; one that must not lead anywhere loses its `href`."""
        written = link.get("href")
        if not written:
            link.attrib.pop("href", None)
            self._job.warning("a link without an address", ADDRESS_HINT, "]()")
            return
        if written[0] == "#":
            self._fragments.append(written)
            return
        resolved = self._lookup(written)
        if resolved is NO_LINK or (resolved and not resolved.url):
            del link.attrib["href"]
        elif resolved:
            link.set("href", resolved.url.replace("&", "&amp;"))

    def quiet_address(self, written: str) -> str | None:
        """The address that a link gets, if there is one and nothing to tell of it; else None."""
        if written.startswith(WEB) and "&" not in written and "\x02" not in written:
            return written  # as nearly all are: what is below would find the same
        if written[0] == "#":
            return None
        findings = self._job.findings
        told = len(findings)
        resolved = self._lookup(written)
        if len(findings) > told:
            del findings[told:]
            return None
        return written if resolved is None else resolved.url.replace("&", "&amp;") or None

    def edit_picture(self, picture: Element) -> None:
        """Make a picture show what it should, or else only its alternative text."""
        written = picture.get("src", "")
        if not written:
            self._job.warning("a picture without an address", ADDRESS_HINT, "]()")
        resolved = self._lookup(written) if written else NO_LINK
        alt = picture.get("alt", "")
        if resolved is NO_LINK or (resolved and not resolved.url):
            tail = picture.tail
            picture.clear()
            picture.tag, picture.text, picture.tail = "span", alt, tail
            return
        if resolved:
            picture.set("src", resolved.url.replace("&", "&amp;"))
            if resolved.width and resolved.height:
                picture.set("width", str(resolved.width))
                picture.set("height", str(resolved.height))
        picture.set("loading", "lazy")
        if not alt.strip():
            hint = "Say between the brackets what it shows: ![two boats at the quay](boats.jpg)"
            message, target = "a picture without a text", self._as_read(written)
            self._job.warning(message, hint, target, is_target=True, behind="![](")

    def check_fragments(self) -> None:
        """Warn of links to places on this page that are not there; all ids must be known."""
        known = {*self._job.ids, *self._job.raw_ids}
        for written in self._fragments:
            target = self._as_read(written)
            name = target[1:]
            if name and name.lower() != "top" and not {name, unquote(name)} & known:
                hint = "Link to a heading's id, or set one: ## Heading {#name}"
                self._job.warning(f'no "{target}" on this page', hint, target, is_target=True)

    def _lookup(self, written: str) -> ResolvedTarget | None:
        """Where a target leads; None to leave it as it is, NO_LINK where it must not lead."""
        target = self._as_read(written)
        refused = refused_scheme(target)
        if refused:
            hint = "Link to a page, or begin with https:, mailto: or tel:"
            message = f'links may not begin with "{refused}:"'
            self._job.error(message, hint, target, is_target=True)
            return NO_LINK
        resolved = self._resolved.get(target) or self._without_fragment(target)
        if resolved is None:
            if not is_outside(target) and target[:1] not in "#?":
                message = f'nobody has checked where "{target}" leads'
                hint = template_hint(target) or CHECKED_HINT
                self._job.warning(message, hint, target, is_target=True)
            return None
        if resolved.fault:
            self._job.error(resolved.fault, resolved.hint, target, is_target=True)
            return NO_LINK
        return resolved

    def _without_fragment(self, target: str) -> ResolvedTarget | None:
        """The same place resolved without its fragment, the fragment put back."""
        path, hash_mark, fragment = target.partition("#")
        found = self._resolved.get(path) if hash_mark and path else None
        if found is None or found.fault or not found.url:
            return found
        url = f"{found.url}#{fragment}"
        return ResolvedTarget(target, url, found.width, found.height)

    def _as_read(self, written: str) -> str:
        """A target as the facts of a body name it, and as a browser would read it."""
        if "\x02" in written:
            written = self._md.raw(written.replace(AMP_SUBSTITUTE, "&"))
        return decoded(written).strip()
