"""What is wrong in a line of text, such as a headline: signs that do nothing there."""

from collections.abc import Iterator

from generator.markdown.attributes import trailing_list
from generator.markdown.foreign import COMMENT, OPENERS_OR_ESCAPES, brief, signs, signs_held
from generator.model.late_patterns import late_pattern
from generator.model.line_text import LineText

TAG_HINT = "Take it out; *emphasis* and **strong** may stand here. For a < write &lt;."
STRUCK = late_pattern(r"~~(?=\S)[^~]*+~~")
STRUCK_HINT = "Nothing can be struck out here: write what is so now, and say in the body what was."
STARS = late_pattern(r"(?<![^\W\u2e80-\uffff])\*\*(?:(?=\S)[^*]++|[ ][^*]++(?<=[ ]))\*\*")
STARS_HINT = "Take them out, or let them touch whole words: **words**."
CODE = late_pattern(r"`[^`]*+`")
NOTE_MARK = late_pattern(r"(?<!\\)\[\^[^\[\]\s]++\](?!\()")
NOTE_HINT = "Take it out: a footnote can be referred to in the body alone."
SIGN_HINT = "Take it out, or write what it stood for; for it to be shown, make it `code`."
TWICE = late_pattern(
    r"(?<!\\)&amp;(#[0-9]{2,5}|#[xX][0-9a-fA-F]{2,5}|amp|lt|gt|quot|apos|nbsp|[lr][ds]quo|[mn]dash"
    r"|hellip);"
)
TWICE_HINT = "It is written twice over: write {} for the character itself."

Told = tuple[str, str, str]
"""The sign, what to say, what to do."""


def line_faults(line: LineText, written: str) -> Iterator[Told]:
    """Each doubt about a line, given what is read of it."""
    if line.tags:
        yield line.tags[0], "an HTML tag in a text is left out", TAG_HINT
    if "~~" in written and (found := STRUCK.search(written)):
        yield found[0], "readers see these signs as they stand: ~~", STRUCK_HINT
    if "**" in line.plain and (found := STARS.search(written)) and found[0] in line.plain:
        yield found[0], "readers see these signs as they stand: **", STARS_HINT
    if "&amp;" in written and (found := TWICE.search(written)):
        hint = TWICE_HINT.format(f"&{found[1]};")
        yield found[0], f"readers see this as it stands: &{found[1]};", hint
    if "[" in written or signs_held(written):
        yield from _foreign(CODE.sub("", written) if "`" in written else written)


def _foreign(written: str) -> Iterator[Told]:
    """The first sign of another program, and the first mark of a footnote."""
    if braces := trailing_list(written):
        message = f"this means nothing here, and is shown as it stands: {braces[0]}"
        yield braces[0], message, "Take it out: a line takes no attributes."
        return
    if note := NOTE_MARK.search(written):
        yield note[0], f"readers see this as it stands: {note[0]}", NOTE_HINT
    for _, sign in signs(written, OPENERS_OR_ESCAPES):
        if COMMENT.match(sign):
            yield sign, f"readers would see this note: {brief(sign)}", "Take it out."
        else:
            message = f"this means nothing here, and is shown as it stands: {brief(sign)}"
            yield sign, message, SIGN_HINT
        return
