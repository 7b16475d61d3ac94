"""kramdown's own ways in Markdown (kramdown.gettalong.org), as the dialect that we read."""

import re

from generator.importers.kramdown_html import with_whole_blocks

FENCE = re.compile(r"[ ]{0,3}(`{3,}|~{3,})")
ATTRIBUTES = re.compile(r"(?<!\\)\{:(?![:/])([^{}\n]*+)\}")
FIT = re.compile(r"[.#][\w:-]+")
ITEM = re.compile(r"[ ]{0,3}(?:[*+-]|\d{1,9}\.)[ \t]")
CONTENTS = re.compile(r"[ ]{0,3}\{:toc[^{}]*+\}[ \t]*+$")
DEFINITION = re.compile(r"^[ ]{0,3}\{:[\w-]+:[^}\n]*\}[ \t]*$\n?", re.MULTILINE)
OTHER = re.compile(r"\{::[\w-]++[^{}\n]*+\}|\{:/[\w-]*+\}")
END_OF_BLOCK = re.compile(r"^\^[ \t]*$", re.MULTILINE)
SPACED = re.compile(r"\]\(([^()<>\s\"']+(?: [^()<>\s\"']+)+)(\s+\"[^\"\n]*\")?\)")
ROW = re.compile(r"[ ]{0,3}\|.*\|?[ \t]*$")
RULE = re.compile(
    r"[ ]{0,3}\|?+[ \t]*+:?+-++:?+[ \t]*+(?:[|+][ \t]*+:?+-++:?+[ \t]*+)*+\|?+[ \t]*+$"
)
CODE = re.compile(r"`[^`\n]++`")
BREAK = re.compile(r"(?<!\\)\\\\$", re.MULTILINE)
PIPE = re.compile(r"(?<!\\)\|")
TILDE = re.compile(r"(?<![~\\])~(?!~)")


def without_kramdown(text: str) -> str:
    """A kramdown text in our dialect. What stands in code is left as it is."""
    text = with_whole_blocks(_without_contents(_without_comments(text)))
    if not any(sign in text for sign in ("{:", "|", "](", "\n^", "\\\\\n", "~")):
        return text
    made: list[str] = []
    for part, is_code in _parted(text):
        made.append(part if is_code else _converted(part))
    return "".join(made)


def _without_comments(text: str) -> str:
    """A text without `{::comment}`, in which `{::nomarkdown}` is the HTML that it encloses."""
    made: list[str] = []
    at = 0
    while (start := text.find("{::", at)) >= 0:
        end = text.find("}", start)
        name = text[start + 3 : end].partition(" ")[0].strip("/")
        if end < 0 or name not in ("comment", "nomarkdown") or text[end - 1] == "/":
            is_gone = end >= 0 and name == "comment"
            made.append(text[at:start] if is_gone else text[at : start + 3])
            at = end + 1 if is_gone else start + 3
            continue
        close = text.find("{:/", end)
        stop = text.find("}", close)
        if close < 0 or stop < 0:
            break
        made += (text[at:start], text[end + 1 : close] if name == "nomarkdown" else "")
        at = stop + 1
    return "".join((*made, text[at:]))


def _without_contents(text: str) -> str:
    """A text without the place of its contents: `{:toc}`, and the item above it."""
    if "{:toc" not in text:
        return text
    made: list[str] = []
    for line in text.split("\n"):
        if not CONTENTS.match(line):
            made.append(line)
        elif made and ITEM.match(made[-1]):
            made.pop()
    return "\n".join(made)


def _parted(text: str) -> list[tuple[str, bool]]:
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
    text = BREAK.sub(r"\\", text) if "\\\\\n" in text else text
    text = _outside_code(text) if "~" in text else text
    text = SPACED.sub(lambda match: f"](<{match[1]}>{match[2] or ''})", text)
    return _with_table_heads(text) if "|" in text else text


def _outside_code(text: str) -> str:
    """A text in which a single `~` is one: kramdown strikes through between two of them."""
    made: list[str] = []
    at = 0
    for code in CODE.finditer(text):
        made += (TILDE.sub(_tilde, text[at : code.start()]), code[0])
        at = code.end()
    return "".join((*made, TILDE.sub(_tilde, text[at:])))


def _tilde(match: re.Match[str]) -> str:
    """A tilde that strikes nothing through; one in an address stays as it is."""
    before = match.string[max(0, match.start() - 1) : match.start()]
    return "~" if before in ("/", "(") else "\\~"


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
        # In a row, what stands between backticks is one cell.
        is_row = line.lstrip()[:1] == "|" and "`" in line
        made.append(CODE.sub(lambda code: PIPE.sub(r"\\|", code[0]), line) if is_row else line)
    return "\n".join(made)
