"""kramdown's own ways in Markdown (kramdown.gettalong.org), as the dialect that we read."""

import re

FENCE = re.compile(r"[ ]{0,3}(`{3,}|~{3,})")
ATTRIBUTES = re.compile(r"(?<!\\)\{:(?![:/])\s*([^{}\n]*)\}")
FIT = re.compile(r"[.#][\w:-]+")
LIST_OF_CONTENTS = re.compile(
    r"^[ ]{0,3}(?:[*+-]|\d+\.)[ \t]+[^\n]*\n[ ]{0,3}\{:toc[^}]*\}[ \t]*$\n?", re.MULTILINE
)
CONTENTS = re.compile(r"^[ ]{0,3}\{:toc[^}]*\}[ \t]*$\n?", re.MULTILINE)
DEFINITION = re.compile(r"^[ ]{0,3}\{:[\w-]+:[^}\n]*\}[ \t]*$\n?", re.MULTILINE)
COMMENT = re.compile(r"\{::comment[^}]*\}.*?\{:/(?:comment)?\}|\{::comment[^}]*/\}", re.DOTALL)
UNCHANGED = re.compile(r"\{::nomarkdown[^}]*\}(.*?)\{:/(?:nomarkdown)?\}", re.DOTALL)
OTHER = re.compile(r"\{::[\w-]+[^}]*/?\}|\{:/[\w-]*\}")
END_OF_BLOCK = re.compile(r"^\^[ \t]*$", re.MULTILINE)
SPACED = re.compile(r"\]\(([^()<>\s\"']+(?: [^()<>\s\"']+)+)(\s+\"[^\"\n]*\")?\)")
ROW = re.compile(r"[ ]{0,3}\|.*\|?[ \t]*$")
RULE = re.compile(r"[ ]{0,3}\|?[ \t]*:?-+:?[ \t]*(?:[|+][ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")


def without_kramdown(text: str) -> str:
    """A kramdown text in our dialect. What stands in code is left as it is."""
    text = UNCHANGED.sub(r"\1", COMMENT.sub("", text)) if "{::" in text else text
    if "{:toc" in text:
        text = CONTENTS.sub("", LIST_OF_CONTENTS.sub("", text))
    if not ("{:" in text or "|" in text or "](" in text or "\n^" in text):
        return text
    made: list[str] = []
    for part, is_code in parts_of(text):
        made.append(part if is_code else _converted(part))
    return "".join(made)


def parts_of(text: str) -> list[tuple[str, bool]]:
    """A text in parts, those between fences told apart as code."""
    parts: list[tuple[str, bool]] = []
    lines: list[str] = []
    fence = ""
    for line in text.splitlines(keepends=True):
        match = FENCE.match(line)
        if not fence and match:
            parts.append(("".join(lines), False))
            lines, fence = [line], match[1]
        elif fence and match and match[1][0] == fence[0] and len(match[1]) >= len(fence):
            parts.append(("".join((*lines, line)), True))
            lines, fence = [], ""
        else:
            lines.append(line)
    return [*parts, ("".join(lines), bool(fence))]


def _converted(text: str) -> str:
    if "{:" in text:
        text = OTHER.sub("", DEFINITION.sub("", text))
        text = ATTRIBUTES.sub(_fitting, text)
    text = END_OF_BLOCK.sub("", text)
    text = SPACED.sub(lambda match: f"](<{match[1]}>{match[2] or ''})", text)
    return _with_table_heads(text) if "|" in text else text


def _fitting(match: re.Match[str]) -> str:
    """The attributes that we have: an id and classes; the others are about looks, and go."""
    kept = FIT.findall(re.sub(r"[\w-]+=(\"[^\"]*\"|'[^']*')", "", match[1]))
    return "{" + " ".join(kept) + "}" if kept else ""


def _with_table_heads(text: str) -> str:
    """A text in which every table has a head, if an empty one: without it, it would be none."""
    lines = text.split("\n")
    made: list[str] = []
    for number, line in enumerate(lines):
        before = lines[number - 1] if number else ""
        after = lines[number + 1] if number + 1 < len(lines) else ""
        starts = ROW.match(line) and not before.strip() and not RULE.match(line)
        if starts and ROW.match(after) and not RULE.match(after):
            cells = line.strip().strip("|").count("|") + 1
            made += ["|" + " |" * cells, "|" + "---|" * cells]
        made.append(line)
    return "\n".join(made)
