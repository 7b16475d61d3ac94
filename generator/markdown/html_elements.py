"""The elements of HTML, by how a browser reads their tags (HTML Living Standard, 13.1 and 13.2)."""

VOID = frozenset(
    "area base basefont bgsound br col embed frame hr img input keygen link meta param source track"
    " wbr".split()
)
"""They have no end tag (13.1.2)."""

END_MAY_MISS = frozenset(
    "caption colgroup dd dt li optgroup option p rb rp rt rtc tbody td tfoot th thead tr".split()
)
"""Their end tag may be left out (13.1.2.4)."""

FORMATTING = frozenset("a b big code em font i nobr s small strike strong tt u".split())
"""What is left open among them goes on in all that follows (13.2.4.3)."""

RAW_TEXT = frozenset(
    "iframe noembed noframes plaintext script style textarea title xmp".split()
)
"""All that follows them is text, up to their end tag (13.2.5)."""

NOT_IN_BODY = frozenset("base body frame frameset head html plaintext title".split())
"""They have no place within an article's text."""

SPECIAL = frozenset(
    "address applet article aside blockquote button center dd details dialog dir div dl dt fieldset"
    " figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup iframe li listing main marquee"
    " menu nav noscript object ol pre search section select summary table tbody td template"
    " textarea tfoot th thead tr ul".split()
)
"""An end tag of theirs closes what the page around has open (13.2.4.2)."""

FOREIGN = frozenset({"svg", "math"})
"""Within them tags are XML's."""

KNOWN = frozenset(
    VOID
    | END_MAY_MISS
    | FORMATTING
    | RAW_TEXT
    | NOT_IN_BODY
    | SPECIAL
    | FOREIGN
    | frozenset(
        "abbr acronym audio bdi bdo blink canvas cite data datalist del dfn image ins kbd label"
        " legend map mark menuitem meter output picture progress q ruby samp slot spacer span sub"
        " sup time var video portal selectedcontent".split()
    )
)
"""All elements of HTML, old ones too."""
