"""The elements of HTML, by how a browser reads their tags (HTML Living Standard, 13.1 and 13.2)."""


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


VOID = _names("""
    area base basefont bgsound br col embed frame hr img input keygen link meta param source
    track wbr
""")
"""They have no end tag (13.1.2)."""

END_MAY_MISS = _names("""
    caption colgroup dd dt li optgroup option p rb rp rt rtc tbody td tfoot th thead tr
""")
"""Their end tag may be left out (13.1.2.4)."""

PARTS = _names("""
    caption col colgroup dd dt li optgroup option tbody td tfoot th thead tr
""")
"""They are parts of a list or table, and nothing outside it: browsers drop most of them."""

WHOLES = _names("""
    datalist dl menu ol select table ul
""")

FORMATTING = _names("""
    a b big code em font i nobr s small strike strong tt u
""")
"""What is left open among them goes on in all that follows (13.2.4.3)."""

RAW_TEXT = _names("""
    iframe noembed noframes plaintext script style textarea title xmp
""")
"""All that follows them is text, up to their end tag (13.2.5)."""

NOT_IN_BODY = _names("""
    base body frame frameset head html plaintext title
""")
"""They have no place within an article's text."""

SPECIAL = _names("""
    address applet article aside blockquote button center dd details dialog dir div dl dt
    fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup iframe li listing
    main marquee menu nav noscript object ol pre search section select summary table tbody td
    template textarea tfoot th thead tr ul
""")
"""An end tag of theirs closes what the page around has open (13.2.4.2)."""

FOREIGN = _names("""
    math svg
""")
"""Within them tags are XML's."""

INTEGRATION = _names("""
    annotation-xml desc foreignobject mi mn mo ms mtext title
""")
"""Within them, in SVG and MathML, HTML is HTML again (13.2.6)."""

BREAKS_OUT = _names("""
    b big blockquote body br center code dd div dl dt em embed h1 h2 h3 h4 h5 h6 head hr i img li
    listing menu meta nobr ol p pre ruby s small span strike strong sub sup table tt u ul var
""")
"""They end the SVG or MathML that they stand in (13.2.6.5)."""

FURTHER = _names("""
    abbr acronym audio bdi bdo blink canvas cite data datalist del dfn image ins kbd label
    legend map mark menuitem meter output picture portal progress q ruby samp selectedcontent
    slot spacer span sub sup time var video
""")

KNOWN = VOID.union(END_MAY_MISS, FORMATTING, RAW_TEXT, NOT_IN_BODY, SPECIAL, FOREIGN, FURTHER)
"""All elements of HTML, old ones too."""
