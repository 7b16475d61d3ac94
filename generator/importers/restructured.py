"""reStructuredText, as Pelican and Nikola have it, to plain HTML, and its fields.

docutils reads it; nothing is fetched, and no file is read but those that `include` names within
the old project. What docutils does not know is named, and what stands in it is kept.
"""

import os
import re
from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path
from typing import Any, ClassVar

from docutils import nodes
from docutils.frontend import get_default_settings
from docutils.parsers.rst import Directive, Parser, directives, roles
from docutils.parsers.rst.languages import en
from docutils.parsers.rst.states import Inliner
from docutils.readers.standalone import Reader
from docutils.utils import new_document
from docutils.writers.html5_polyglot import Writer

from generator.importers.players import PLAYERS, player_html
from generator.importers.restructured_html import PlainTranslator
from generator.model.values import frozen

DIRECTIVE = re.compile(
    r"^[ \t]*\.\.[ \t]+(?:\|[^|\n]+\|[ \t]+)?([A-Za-z][\w.:+-]*)[ \t]?::", re.MULTILINE
)
ROLE = re.compile(
    r"(?<![\w.:+-]):([A-Za-z][\w.+-]*+(?::[\w.+-]++)*+):`"
    r"|`:([A-Za-z][\w.+-]*+(?::[\w.+-]++)*+):"
)
CODE = ("code", "code-block", "sourcecode", "code-include")
TITLED = re.compile(r"([^<]++)<([^<>]++)>")
EXPLAINED = re.compile(r"([^()]++)\(([^()]++)\)")
"""Pelican's role for abbreviations: `HTML (Hyper Text)`."""
MOST_INCLUDES = 50
MOST_INCLUDED = 1_000_000
"""Bytes of a file that `include` brings in."""
SETTINGS: Mapping[str, object] = {
    "file_insertion_enabled": False,
    "raw_enabled": True,
    "halt_level": 6,
    "report_level": 6,
    "initial_header_level": 2,
    "syntax_highlight": "none",
    "math_output": "LaTeX",
    "embed_stylesheet": False,
    "stylesheet_path": None,
    "stylesheet": None,
    "smart_quotes": False,
    "_disable_config": True,
    "input_encoding": "unicode",
    "section_self_link": False,
    "line_length_limit": 1_000_000,
}


@frozen
class RestructuredText:
    """A text of reStructuredText: its title, its fields in order, and its body as HTML.

    `fields` have each its text and its HTML. `unknown` names directives and roles that mean
    nothing here; what stood in them is in the HTML all the same.
    """

    title: str
    fields: tuple[tuple[str, str, str], ...]
    html: str
    unknown: tuple[str, ...] = ()


def read_restructured(
    text: str, *, source: Path, root: Path, takes_title: bool = True
) -> RestructuredText:
    """Read a text; `source` is its file, `root` the folder that `include` may not leave.

    With `takes_title` a title that stands alone at the top is the document's and not in the HTML.
    """
    _make_known(text)
    settings = get_default_settings(Parser, Reader, Writer)
    for name, value in SETTINGS.items():
        setattr(settings, name, value)
    settings.doctitle_xform = takes_title
    settings.docinfo_xform = takes_title
    unknown: list[str] = []
    settings.old_site = (os.path.realpath(root), unknown)
    document = new_document(str(source), settings)
    Parser().parse(text, document)
    _transform(document)
    fields = tuple(_fields(document)) if takes_title else ()
    title = str(document.get("title", "")) if takes_title else ""
    return RestructuredText(title, fields, _html_of(document), tuple(dict.fromkeys(unknown)))


def _transform(document: nodes.document) -> None:
    """Do what docutils does to a tree before it is written: titles, notes, references."""
    for transform in (*Reader().get_transforms(), *Parser().get_transforms()):
        document.transformer.add_transform(transform)
    for transform in Writer().get_transforms():
        document.transformer.add_transform(transform)
    document.transformer.apply_transforms()


def _html_of(document: nodes.document) -> str:
    translator = PlainTranslator(document)
    document.walkabout(translator)
    return "".join(map(str, translator.body)).strip()


def _fields(document: nodes.document) -> Iterator[tuple[str, str, str]]:
    """The fields at the top: names in small letters, each with its text and its HTML."""
    for docinfo in list(document.findall(nodes.docinfo)):
        for field in docinfo.children:
            if isinstance(field, nodes.field):
                name, body = field.children
                yield name.astext().lower(), body.astext(), _html_within(body, document)
            elif isinstance(field, nodes.authors):
                text = ";".join(author.astext() for author in field.children)
                yield "authors", text, escape(text)
            else:
                yield type(field).__name__, field.astext(), escape(field.astext())


def _html_within(body: nodes.Node, document: nodes.document) -> str:
    translator = PlainTranslator(document)
    for child in body.children:
        child.walkabout(translator)
    return "".join(map(str, translator.body)).strip()


class AnyOptions(dict[str, Any]):
    """Options of a directive of which any is taken, as a text."""

    def __bool__(self) -> bool:
        return True

    def __getitem__(self, key: str) -> Any:  # noqa: ANN401 - docutils' own type
        return directives.unchanged


class Lenient(Directive):
    """A directive that takes whatever is written."""

    has_content = True
    optional_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar[Any] = AnyOptions()

    def nested(self) -> list[nodes.Node]:
        """What stands below the directive, read."""
        holder = nodes.Element()
        self.state.nested_parse(self.content, self.content_offset, holder)
        return list(holder.children)


class Unknown(Lenient):
    """A directive that means nothing here: named, and what stands in it is kept."""

    def run(self) -> list[nodes.Node]:  # noqa: D102 - as there
        self.state.document.settings.old_site[1].append(self.name)
        return self.nested()


class CodeBlock(Lenient):
    """Code, with any options."""

    def run(self) -> list[nodes.Node]:  # noqa: D102 - as there
        lines = [*self.content]
        if self.arguments and "\n" in self.arguments[0]:
            language, _, rest = self.arguments[0].partition("\n")
            lines = [*rest.split("\n"), *lines]
        else:
            language = self.arguments[0] if self.arguments else ""
        text = "\n".join(lines)
        classes = ["code", *re.findall(r"[\w+#-]+", language)[:1]]
        return [nodes.literal_block(text, text, classes=classes)]


class Player(Lenient):
    """A film, or sound, on another site."""

    def run(self) -> list[nodes.Node]:  # noqa: D102 - as there
        name = "".join(self.arguments).split("\n")[0].strip() or "".join(self.content[:1])
        html = player_html(self.name.lower(), name)
        return [nodes.raw("", html, format="html")] if html else self.nested()


class Thumbnail(Lenient):
    """A small picture that leads to the large one: here the large one."""

    def run(self) -> list[nodes.Node]:  # noqa: D102 - as there
        image = nodes.image(uri="".join(self.arguments).strip(), alt=self.options.get("alt", ""))
        within = self.nested()
        return (
            [nodes.figure("", image, nodes.caption("", "", *within[0].children))]
            if (within and isinstance(within[0], nodes.paragraph))
            else [image]
        )


class Include(Lenient):
    """Another text of the old project, read in its place."""

    def run(self) -> list[nodes.Node]:  # noqa: D102 - as there
        root, unknown = self.state.document.settings.old_site
        named = "".join(self.arguments).strip()
        source = Path(str(self.state.document.current_source or self.state.document["source"]))
        file = os.path.realpath(source.parent / named)
        seen = self.state.document.settings.__dict__.setdefault("included", [])
        is_ours = file.startswith(root + os.sep) and os.path.isfile(file)  # noqa: PTH113 - text
        if not is_ours or len(seen) > MOST_INCLUDES or Path(file).stat().st_size > MOST_INCLUDED:
            unknown.append(f"include {named}")
            return []
        seen.append(file)
        text = Path(file).read_text(encoding="utf-8", errors="replace")
        if "literal" in self.options or "code" in self.options:
            return [nodes.literal_block(text, text, classes=["code"])]
        _make_known(text)
        self.state_machine.insert_input(text.splitlines(), file)
        return []


class Listing(Lenient):
    """A program in the old site's folder of such, shown whole below a link to its file."""

    def run(self) -> list[nodes.Node]:  # noqa: D102 - as there
        root, unknown = self.state.document.settings.old_site
        name = " ".join(self.arguments).split()[0] if self.arguments else ""
        folder = os.path.realpath(Path(root, "listings"))
        file = os.path.realpath(Path(folder, name))
        is_ours = file.startswith(folder + os.sep) and os.path.isfile(file)  # noqa: PTH113 - text
        if not is_ours or Path(file).stat().st_size > MOST_INCLUDED:
            unknown.append(f"listing {name}")
            return []
        text = Path(file).read_text(encoding="utf-8", errors="replace")
        link = nodes.reference(name, name, refuri=f"/listings/{name}")
        code = nodes.literal_block(text, text, classes=["code", Path(file).suffix[1:]])
        return [nodes.paragraph("", "", link), code]


class Slides(Lenient):
    """Pictures that were shown one after another."""

    def run(self) -> list[nodes.Node]:  # noqa: D102 - as there
        lines = (line.strip() for line in self.content)
        return [nodes.image(uri=line, alt="") for line in lines if line and " " not in line]


class Media(Lenient):
    """Whatever an address on another site was shown as: a player, or a link to it."""

    def run(self) -> list[nodes.Node]:  # noqa: D102 - as there
        shown: list[nodes.Node] = []
        for address in (*" ".join(self.arguments).split(), *map(str.strip, self.content)):
            known = [name for name in ("youtube", "vimeo") if name in address]
            service = known[0] if known else "youtube" if "youtu.be" in address else ""
            if html := player_html(service, address):
                shown.append(nodes.raw("", html, format="html"))
            elif address:
                shown.append(nodes.paragraph("", "", nodes.reference("", address, refuri=address)))
        return shown


class Dynamic(Lenient):
    """What a program drew anew whenever the site was built: named, and left out."""

    def run(self) -> list[nodes.Node]:  # noqa: D102 - as there
        self.state.document.settings.old_site[1].append(self.name)
        return []


class Nothing(Lenient):
    """A directive for the old site's own machinery: nothing of it was seen."""

    def run(self) -> list[nodes.Node]:  # noqa: D102 - as there
        return []


def _unknown_role(
    name: str,
    rawtext: str,
    text: str,
    _lineno: int,
    inliner: Inliner,
    _options: object = None,
    _content: object = None,
) -> tuple[list[Any], list[Any]]:
    """A role that means nothing here: its text."""
    if name.lower() == "doc":
        return [_doc_link(rawtext, text)], []
    if name.lower() == "abbr" and (meant := EXPLAINED.fullmatch(text.strip())):
        html = f'<abbr title="{escape(meant[2])}">{escape(meant[1].strip(), quote=False)}</abbr>'
        return [nodes.raw(rawtext, html, format="html")], []
    if name.lower() != "kbd":
        inliner.document.settings.old_site[1].append(f"role {name}")
    titled = TITLED.fullmatch(text)
    return [nodes.inline(rawtext, titled[1].rstrip() if titled else text)], []


def _doc_link(rawtext: str, text: str) -> nodes.Node:
    """Nikola's link to a post by its slug: `title <slug>`."""
    found = TITLED.fullmatch(text.strip())
    title, slug = (found[1].rstrip(), found[2]) if found else (text, text)
    return nodes.reference(rawtext, title, refuri=f"link://slug/{slug.strip()}")


DEFINED = frozenset(("raw", "code", "math", "pep-reference", "rfc-reference", "target"))
"""Roles that docutils knows by names that its language has no words for."""
OWN: Mapping[str, type[Directive]] = {
    **dict.fromkeys(CODE, CodeBlock),
    **dict.fromkeys(PLAYERS, Player),
    "thumbnail": Thumbnail,
    "include": Include,
    "listing": Listing,
    "slides": Slides,
    "media": Media,
    **dict.fromkeys(("chart", "post-list"), Dynamic),
    **dict.fromkeys(("contents-hidden", "highlight", "index", "default-role"), Nothing),
}


def _make_known(text: str) -> None:
    """Have docutils know every directive and role that a text names.

    docutils keeps one list for all texts, so that what is put there stays.
    """
    for name, directive in OWN.items():
        directives.register_directive(name, directive)
    for match in DIRECTIVE.finditer(text):
        name = match[1].lower()
        if name not in OWN and name not in en.directives:
            directives.register_directive(name, Unknown)
    for match in ROLE.finditer(text):
        name = (match[1] or match[2]).lower()
        if name not in en.roles and name not in DEFINED:
            roles.register_canonical_role(name, _unknown_role)
