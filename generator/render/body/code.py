"""Fenced code: taken out of the text before anything else, coloured by Pygments."""

import html
import re
from collections.abc import Callable
from functools import cached_property

from markdown.preprocessors import Preprocessor

from generator.model.fences import CodeFence, code_fences
from generator.render.body.attributes import parse_items, refuse
from generator.render.body.job import BodyMarkdown

LANGUAGE = re.compile(r"\.?([\w#.+-]+)")
BRACES = re.compile(r"\{(.*)\}")
TAB = 4


class FencedCode(Preprocessor):
    """Puts each fenced block's HTML aside, and leaves a placeholder in the text."""

    md: BodyMarkdown

    def run(self, lines: list[str]) -> list[str]:
        """Take the lines, tabs expanded; give them back with a placeholder for each block."""
        if self.md.has_nothing_for("```", "~~~"):
            return lines
        kept: list[str] = []
        done = 0
        for fence in code_fences(lines):
            if fence.last < 0:
                hint = "Close it with the same marks on a line of their own."
                self.md.job.warning("this code is never closed", hint, line=fence.first)
                continue
            kept += lines[done : fence.first]
            code = "\n".join(
                line_without(line, fence.indent) for line in lines[fence.first + 1 : fence.last]
            )
            placeholder = self.md.htmlStash.store(self._block(fence, code))
            depth = -(-fence.indent // TAB) * TAB if fence.in_list else 0
            kept += ("", " " * depth + placeholder, "")
            done = fence.last + 1
        return [*kept, *lines[done:]]

    def _block(self, fence: CodeFence, code: str) -> str:
        language, attributes = self._described(fence.info)
        classes = " ".join(("highlight", *attributes.pop("class", "").split()))
        chosen = "".join(f' {name}="{html.escape(value)}"' for name, value in attributes.items())
        code_class = f' class="language-{html.escape(language)}"' if language else ""
        plain = html.escape(code + "\n" if code else "", quote=False)
        coloured = language and self.md.options.highlight and self._highlight(code, language)
        return (
            f'<pre class="{html.escape(classes)}"{chosen} tabindex="0">'
            f"<code{code_class}>{coloured or plain}</code></pre>"
        )

    @cached_property
    def _highlight(self) -> Callable[[str, str], str]:
        from generator.render.body.highlighting import Highlighter  # noqa: PLC0415 - start-up time

        return Highlighter().highlight

    def _described(self, info: str) -> tuple[str, dict[str, str]]:
        """The language and the attributes after an opening fence: `python` or `{.python #id}`."""
        braces = BRACES.fullmatch(info)
        if not braces:
            language = LANGUAGE.match(info)
            return (language[1] if language else ""), {}
        classes: list[str] = []
        attributes: dict[str, str] = {}
        for name, value in parse_items(braces[1]):
            if name == "class":
                classes.append(value)
            elif name == "id":
                attributes["id"] = value
            else:
                refuse(name, self.md.job)
        attributes["class"] = " ".join(classes[1:])
        return (classes[0] if classes else ""), attributes


def line_without(line: str, indent: int) -> str:
    """The line without as many leading spaces as its fence has, as far as it has them."""
    leading = len(line) - len(line.lstrip(" "))
    return line[min(indent, leading) :]
