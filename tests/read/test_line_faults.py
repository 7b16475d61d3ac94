"""Signs that do nothing in a headline, summary or caption are told of."""

import pytest

from generator.model.line_text import line_text
from generator.read.line_faults import line_faults


def told(written: str) -> list[tuple[str, str]]:
    return [(sign, message) for sign, message, _ in line_faults(line_text(written), written)]


NO_MEANING = "this means nothing here, and is shown as it stands: "


@pytest.mark.parametrize(
    ("written", "sign", "message"),
    [
        ("<b>Ferry</b> sails", "<b>", "an HTML tag in a text is left out"),
        ("~~12~~ 13 boats", "~~12~~", "readers see these signs as they stand: ~~"),
        ("**「潮」**の", "**「潮」**", "readers see these signs as they stand: **"),
        ("** Ferry ** sails", "** Ferry **", "readers see these signs as they stand: **"),
        ("Q&amp;amp;A", "&amp;amp;", "readers see this as it stands: &amp;"),
        ("It&amp;#8217;s on", "&amp;#8217;", "readers see this as it stands: &#8217;"),
        ("Ferry sails[^1]", "[^1]", "readers see this as it stands: [^1]"),
        ("{{ page.title }}", "{{ page.title }}", f"{NO_MEANING}{{{{ page.title }}}}"),
        ("{% include a %} b", "{% include a %}", f"{NO_MEANING}{{% include a %}}"),
        ("[caption id=1] b", "[caption id=1]", f"{NO_MEANING}[caption id=1]"),
        ("The [[ferry]] sails", "[[ferry]]", f"{NO_MEANING}[[ferry]]"),
        ("Ferry sails :boat:", ":boat:", f"{NO_MEANING}:boat:"),
        ("Ferry sails {#ferry}", "{#ferry}", f"{NO_MEANING}{{#ferry}}"),
        ("Ferry %%hold%% sails", "%%hold%%", "readers would see this note: %%hold%%"),
    ],
)
def test_a_sign_that_readers_see_is_told_with_its_place(
    written: str, sign: str, message: str
) -> None:
    assert told(written) == [(sign, message)]


@pytest.mark.parametrize(
    "written",
    [
        "f**k, f**k and ж**л, ж**л",
        "**All** of *it*",
        "Q&amp;A: what&#8217;s next",
        r"Q\&amp;A",
        "[Updated] Ferry: 10:30, C++ and C++",
        "`{{ x }}` and `[[y]]`",
        r"\[[ferry]] and \{{ x }}",
        "[Ferry](https://e.example/) sails",
        "100%% sure, a == b",
    ],
)
def test_what_has_a_meaning_or_is_meant_is_left_alone(written: str) -> None:
    assert told(written) == []
