"""What begins and ends the blocks of a text, by CommonMark 0.31.2, chapter 4 and 5, and GFM."""

import re

from generator.model.late_patterns import late_pattern

QUOTE = late_pattern(r" {0,3}>( ?)")
ITEM = late_pattern(r"([*+-]|(\d{1,9})([.)]))(?= |\Z)")
RULE = late_pattern(r"(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})\Z")
HEADING = late_pattern(r"(#{1,6})(?=[ \t]|\Z)")
CLOSING_HASHES = late_pattern(r"(?:\A|[ \t])#+[ \t]*\Z")
UNDERLINE = late_pattern(r"(?:=+|-+)[ \t]*\Z")
FENCE = late_pattern(r"(`{3,}+)([^`]*)\Z|(~{3,}+)(.*)\Z", re.DOTALL)
FENCE_END = late_pattern(r" {0,3}(`{3,}+|~{3,}+)[ \t]*\Z")
RULE_OF_A_COLUMN = r"[ \t]*+:?-++:?[ \t]*+"
DELIMITER_ROW = late_pattern(rf"\|?{RULE_OF_A_COLUMN}(?:\|{RULE_OF_A_COLUMN})*+\|?[ \t]*+\Z")
NOTE = late_pattern(r"\[\^([^\[\]\n]+)\]:[ \t]*")
ABBREVIATION = late_pattern(r"\*\[([^\[\]\n]++)\][ ]?:(.*+)\Z")
DEFINITION = late_pattern(r":(?=( +))")
ATTRIBUTION = late_pattern(
    r"""(?:(?:\u2014|\u2015|--+)[ \t]*(?=[^\s-])(?=[^\w]*[^\W\d_])
      | \u2013[ \t]+(?=[^\W\d_])(?![a-z\u00df-\u00ff\u0430-\u045f])(?![^\n]*[.!?\u2026]\Z))
    (.{1,300})\Z""",
    re.VERBOSE,
)
"""The last line of a quotation that says whose words they are; behind a short dash a name."""
TASK = late_pattern(r"\[([ xX])\](?=\s+\S)")

HIGHLIGHT = late_pattern(r"\{%-?\s*highlight\s++([\w+#.-]++)[^%]*+%\}\s*+\Z")
HIGHLIGHT_END = late_pattern(r"\s*+\{%-?\s*+endhighlight\s*+-?%\}\s*+\Z")
RAW = late_pattern(r"\{%-?\s*(?:end)?(?:raw|verbatim)\s*-?%\}")

BLOCK_NAMES = (
    "address article aside base basefont blockquote body caption center col colgroup dd details"
    " dialog dir div dl dt fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6"
    " head header hr html iframe legend li link main menu menuitem nav noframes ol optgroup option"
    " p param search section summary table tbody td tfoot th thead title tr track ul"
)
"""Elements whose tags begin a block of HTML (CommonMark 0.31.2, 4.6, kind 6)."""

ATTRIBUTE = r"""\s++[a-zA-Z_:][\w.:-]*+(?:\s*+=\s*+(?:[^\s"'=<>`]++|'[^']*+'|"[^"]*+"))?"""
OPEN_TAG = rf"<[a-zA-Z][a-zA-Z0-9-]*+(?:{ATTRIBUTE})*+\s*+/?>"
CLOSING_TAG = r"</[a-zA-Z][a-zA-Z0-9-]*+\s*+>"
TAG = late_pattern(rf"{OPEN_TAG}|{CLOSING_TAG}", re.ASCII)
TAG_ALONE = late_pattern(rf"(?:{OPEN_TAG}|{CLOSING_TAG})[ \t]*\Z", re.ASCII)

HTML_STARTS = late_pattern(
    rf"""<(?: (?P<text>script|pre|style|textarea)(?=[\s>]|\Z)
            | (?P<comment>!--) | (?P<instruction>\?) | (?P<data>!\[CDATA\[)
            | (?P<declaration>![a-z])
            | (?P<block>/?(?:{BLOCK_NAMES.replace(" ", "|")})(?=\s|/?>|\Z)) )""",
    re.VERBOSE | re.IGNORECASE,
)
HTML_ENDS = {
    "text": late_pattern(r"</(?:script|pre|style|textarea)>", re.IGNORECASE),
    "comment": late_pattern(r"-->"),
    "instruction": late_pattern(r"\?>"),
    "data": late_pattern(r"\]\]>"),
    "declaration": late_pattern(r">"),
}
MARKDOWN_IN_HTML = late_pattern(
    r"""<([a-zA-Z][a-zA-Z0-9-]*)(?=\s)([^<>]*?)\smarkdown(?:\s*=\s*["']?(1|block|span)["']?)?
        (?=[\s>])([^<>]*)>""",
    re.VERBOSE,
)
SPAN_HOLDERS = frozenset(("address", "dd", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "legend"))
SPAN_HOLDERS |= {"li", "p", "summary", "td", "th"}
"""Elements in which `markdown="1"` means spans, not blocks (as in PHP Markdown Extra)."""

LEAD = late_pattern(r"[ \t>*+\-\d.)]*")


def without_lead_tabs(line: str) -> str:
    """The line with the tabs before its text made spaces, as many as reach the next stop of 4."""
    lead = LEAD.match(line)
    end = lead.end() if lead else 0
    if end == len(line):
        line = line.rstrip("\t")
    return line[:end].expandtabs(4) + line[end:] if "\t" in line[:end] else line


IN_BRACKETS = late_pattern(
    r"""/?(?:caption|embed|gallery|playlist)(?=[\s\]])
      | [Tt][Oo][Cc]\](?![\[:])
      | /[a-z][\w-]*+\]
      | [a-z][\w-]*+(?:\s++[\w-]++=(?:"[^"\]\n]*+"|'[^'\]\n]*+'|[\w.:/-]++))++\s*+/?\]
      | (?:youtube|vimeo|tweet|twitter|instagram|facebook|soundcloud|spotify|flickr|gist)
        \s++https?://[^\s\]]++\s*+\]
      | ![A-Za-z][\w-]*+\]
      | \[(?![0-9]++\])[^\[\]\n]++\]\](?!\()
    """,
    re.VERBOSE,
)
"""What a bracket holds that is none of Markdown's: shortcodes of WordPress, among them any that has
values or an end; a table of contents; a mark of GitHub's or Obsidian's alerts; a wiki's link."""
