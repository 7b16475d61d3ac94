"""What is wrong in a line of text, such as a headline: signs that do nothing there."""

from collections.abc import Iterator

from generator.model.late_patterns import late_pattern
from generator.model.line_text import LineText

TAG_HINT = "Take it out; *emphasis* and **strong** may stand here. For a < write &lt;."
STRUCK = late_pattern(r"~~(?=\S)[^~]*+~~")
STRUCK_HINT = "Nothing can be struck out here: write what is so now, and say in the body what was."


def line_faults(line: LineText, written: str) -> Iterator[tuple[str, str, str]]:
    """Each doubt about a line, given what is read of it: the sign, what to say, what to do."""
    if line.tags:
        yield line.tags[0], "an HTML tag in a text is left out", TAG_HINT
    if "~~" in written and (found := STRUCK.search(written)):
        yield found[0], "readers see these signs as they stand: ~~", STRUCK_HINT
