"""Markdown as Eleventy's markdown-it has it, with the plug-ins that projects add, in our words."""

import re

FENCE = re.compile(r"\s{0,3}(`{3,}|~{3,})")
INDENT = re.compile(r" {4}| {0,3}\t")
CONTENTS = re.compile(r"\[\[toc\]\]|\$\{toc\}|\[toc\]|@\[toc\]", re.IGNORECASE)
CONTAINER = re.compile(r"[ ]{0,3}:{3,}+[ \t]*+(?P<name>[\w-]*+)(?P<title>[^\n]*+)")
BEHIND_HTML = re.compile(r"(?<=>)\{[.#][^{}\n]*+\}(?=[ \t]*+$)")
"""Attributes of a block that ends with an element: their looks stay behind."""
TITLED = frozenset({"note", "tip", "info", "warning", "danger", "caution", "important"})


def in_our_markdown(text: str) -> str:
    """A text in which indented HTML is HTML, containers are elements, and no contents are listed.

    Eleventy has no code by indents. `::: note` and `:::` enclose a part of the text.
    """
    lines: list[str] = []
    before, fence, opened = "", "", 0
    for line in text.split("\n"):
        stripped = line.strip()
        if mark := FENCE.match(line):
            fence = "" if fence and stripped.startswith(fence) else fence or mark[1]
        if fence or mark:
            lines.append(line)
        elif container := CONTAINER.fullmatch(line):
            made, opened = _container(container, opened)
            lines += made
        elif not CONTENTS.fullmatch(stripped):
            is_html = stripped.startswith("<") and (before.startswith("<") or before.endswith(">"))
            shown = stripped if is_html and INDENT.match(line) else line
            lines.append(BEHIND_HTML.sub("", shown) if ">{" in shown else shown)
        before = stripped or before
    return "\n".join((*lines, *("\n</div>" for _ in range(opened))))


def _container(match: re.Match[str], opened: int) -> tuple[list[str], int]:
    """The lines that a mark of a container stands for, and how many are open behind it."""
    if not match["name"]:
        return (["", "</div>", ""], opened - 1) if opened else ([], 0)
    title = match["title"].strip("{}[]: \t") if match["name"] in TITLED else ""
    shown = [f"**{title}**", ""] if title else []
    return ["", f'<div class="{match["name"]}">', "", *shown], opened + 1
