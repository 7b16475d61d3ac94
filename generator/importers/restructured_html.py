"""docutils' tree as HTML without markup for looks: what a converter of HTML likes best."""

import re
from typing import Any

from docutils import nodes
from docutils.writers.html5_polyglot import HTMLTranslator

KEPT_CLASSES = re.compile(r"admonition.*|sidebar.*|language-.*")


class PlainTranslator(HTMLTranslator):
    """docutils' own translator, with fewer wrappers and classes.

    Headings stand by themselves, code names its language, and a list whose items are single
    lines has no paragraphs in it.
    """

    def starttag(  # noqa: D102 - as there
        self,
        node: nodes.Element,
        tagname: str,
        suffix: str = "\n",
        empty: bool = False,  # the overridden signature
        **attributes: Any,  # noqa: ANN401 - as above
    ) -> str:
        tag = str(super().starttag(node, tagname, suffix, empty, **attributes))
        return re.sub(r' (?:class|role)="([^"]*)"', _kept_classes, tag, count=2)

    def visit_section(self, node: nodes.Element) -> None:
        """A section is its heading, which has the section's name."""
        self.section_level += 1
        self.body.extend(f'<a id="{self.attval(name)}"></a>' for name in node["ids"][1:])

    def depart_section(self, _node: nodes.Element) -> None:
        """Nothing stands at its end."""
        self.section_level -= 1

    def section_title_tags(self, node: nodes.Element) -> tuple[str, str]:
        """The tags of a heading."""
        level = min(self.section_level + self.initial_header_level - 1, 6)
        names = node.parent["ids"][:1] if node.parent is not None else []
        ids = f' id="{self.attval(names[0])}"' if names else ""
        return f"<h{level}{ids}>", f"</h{level}>\n"

    def visit_subtitle(self, node: nodes.Element) -> None:
        """A second title is a heading like others."""
        self.body.append(self.starttag(node, "h2", ""))
        self.context.append("</h2>\n")
        self.in_document_title = 0

    def depart_subtitle(self, _node: nodes.Element) -> None:
        """The end of the heading."""
        self.body.append(self.context.pop())

    def visit_docinfo(self, _node: nodes.Element) -> None:
        """Fields are settings: readers do not see them."""
        raise nodes.SkipNode

    def visit_literal(self, node: nodes.Element) -> None:
        """Code within a line."""
        text = node.astext()
        if not isinstance(node.parent, nodes.literal_block):
            text = text.replace("\n", " ")
        self.body.append(f"<code>{self.encode(text)}</code>")
        raise nodes.SkipNode

    def visit_literal_block(self, node: nodes.Element) -> None:
        """Code on lines of its own."""
        known = [name for name in node["classes"] if name != "code"]
        if not node.rawsource and len(node.children) > 1:
            self.body.append("<pre>")  # a literal with markup in it
            return
        language = f' class="language-{self.attval(known[0])}"' if known else ""
        text = self.encode(node.astext())
        self.body.append(f"<pre><code{language}>{text}\n</code></pre>\n")
        raise nodes.SkipNode

    def depart_literal_block(self, _node: nodes.Element) -> None:
        """The end of a literal with markup in it."""
        self.body.append("</pre>\n")

    def visit_doctest_block(self, node: nodes.Element) -> None:
        """A conversation with Python is code."""
        text = self.encode(node.astext())
        self.body.append(f'<pre><code class="language-pycon">{text}\n</code></pre>\n')
        raise nodes.SkipNode

    def visit_paragraph(self, node: nodes.paragraph) -> None:
        """A paragraph; that of a list's short item is none."""
        if not _is_lone(node):
            super().visit_paragraph(node)

    def depart_paragraph(self, node: nodes.paragraph) -> None:
        """The end of a paragraph."""
        if not _is_lone(node):
            super().depart_paragraph(node)

    def visit_image(self, node: nodes.image) -> None:
        """A picture; its address is no description of it."""
        node.setdefault("alt", "")
        super().visit_image(node)

    def visit_topic(self, node: nodes.Element) -> None:
        """A table of contents is a list; other topics stand aside."""
        tag = "div" if "contents" in node["classes"] else "aside"
        self.body.append(f"<{tag}>\n")
        self.context.append(f"</{tag}>\n")

    def depart_topic(self, _node: nodes.Element) -> None:
        """Its end."""
        self.body.append(self.context.pop())

    def visit_problematic(self, _node: nodes.Element) -> None:
        """What docutils could not make out is text."""

    def depart_problematic(self, _node: nodes.Element) -> None:
        """Nothing stands at its end."""

    def visit_system_message(self, _node: nodes.Element) -> None:
        """Complaints of docutils are for people at work."""
        raise nodes.SkipNode

    def visit_line_block(self, node: nodes.Element) -> None:
        """Verse: lines with breaks between them."""
        lines: list[str] = []
        for line in node.children:
            mark = len(self.body)
            for child in line.children:
                child.walkabout(self)
            lines.append("".join(self.body[mark:]).strip())
            del self.body[mark:]
        inner = "<br>\n".join(lines)
        within = isinstance(node.parent, nodes.line_block)
        self.body.append(inner if within else f"<p>{inner}</p>\n")
        raise nodes.SkipNode

    def visit_footnote_reference(self, node: nodes.Element) -> None:
        """The number of a note, above the line."""
        ids = "".join(f' id="{self.attval(name)}"' for name in node["ids"][:1])
        href = self.attval(f"#{node.get('refid', '')}")
        self.body.append(f'<sup{ids}><a href="{href}">{self.encode(node.astext())}</a></sup>')
        raise nodes.SkipNode

    def visit_footnote(self, node: nodes.Element) -> None:
        """A note is an item of a list that leads back to its mark; with odd numbers a paragraph."""
        if not self._numbers_are_usual():
            self.visit_citation(node)
            return
        if not isinstance(node.previous_sibling(), nodes.footnote):
            self.body.append("<ol>\n")
        self.body.append(f'<li id="{self.attval(node["ids"][0])}">')

    def depart_footnote(self, node: nodes.Element) -> None:
        """The way back, and the end of the list."""
        if not self._numbers_are_usual():
            self.depart_citation(node)
            return
        back: list[str] = node.get("backrefs", [])
        for name in back[:1]:
            self.body.append(f'<a href="#{self.attval(name)}">\u21a9</a>')
        self.body.append("</li>\n")
        if not isinstance(node.next_node(descend=False, siblings=True), nodes.footnote):
            self.body.append("</ol>\n")

    def _numbers_are_usual(self) -> bool:
        """Whether notes are numbered from one, in the order in which the text refers to them."""
        marks = dict.fromkeys(
            mark.astext() for mark in self.document.findall(nodes.footnote_reference)
        )
        return [*marks] == [str(number) for number in range(1, len(marks) + 1)]

    def visit_citation(self, node: nodes.Element) -> None:
        """A citation is a paragraph with its name in front."""
        self.body.append(f'<div id="{self.attval(node["ids"][0])}">\n')

    def depart_citation(self, _node: nodes.Element) -> None:
        """Its end."""
        self.body.append("</div>\n")

    def visit_label(self, node: nodes.Element) -> None:
        """The name of a citation; that of a note is its number in the list."""
        if isinstance(node.parent, nodes.citation) or not self._numbers_are_usual():
            self.body.append(f"<p>[{self.encode(node.astext())}]</p>")
        raise nodes.SkipNode

    def visit_inline(self, node: nodes.Element) -> None:
        """Words with a role that looks give: only those that HTML has an element for count."""
        tags = [name for name in node["classes"] if name in self.supported_inline_tags]
        self.body.append(f"<{tags[0]}>" if tags else "")
        self.context.append(f"</{tags[0]}>" if tags else "")

    def depart_inline(self, _node: nodes.Element) -> None:
        """Their end."""
        self.body.append(self.context.pop())

    def unknown_visit(self, node: nodes.Node) -> None:
        """A node that nothing is known of: what is in it stands."""

    def unknown_departure(self, node: nodes.Node) -> None:
        """Nothing stands at its end."""


def _kept_classes(match: re.Match[str]) -> str:
    kept = [name for name in match[1].split() if KEPT_CLASSES.fullmatch(name)]
    return f' class="{" ".join(kept)}"' if kept and " class" in match[0] else ""


def _is_lone(node: nodes.Element) -> bool:
    """Whether a paragraph is all that its item of a list, definition or cell holds."""
    parent = node.parent
    if isinstance(parent, nodes.entry | nodes.definition | nodes.field_body):
        return len(parent) == 1
    if not isinstance(parent, nodes.list_item) or parent.index(node) > 0:
        return False
    lists = (nodes.bullet_list, nodes.enumerated_list)
    items = [item for item in parent.parent if isinstance(item, nodes.list_item)]
    return all(
        len(item) <= 1 or (len(item) == 2 and isinstance(item[1], lists))  # noqa: PLR2004 - and it
        for item in items
    )
