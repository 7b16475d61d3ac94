"""Texts in Org, as Hugo reads them."""

import pytest

from generator.importers.org_text import split_org

HEAD = "#+TITLE: The flood\n#+DATE: <2014-03-05 Wed>\n#+TAGS[]: river rain\n#+draft: true\n\n"


def test_settings_stand_in_lines_at_the_top() -> None:
    found = split_org(HEAD + "Text\n")
    assert found.values == {
        "title": "The flood",
        "date": "2014-03-05",
        "tags": ["river", "rain"],
        "draft": "true",
    }
    assert (found.body, found.line) == ("Text\n", 6)


@pytest.mark.parametrize(
    ("written", "becomes"),
    [
        ("* One :tag:\n** TODO Two", "## One\n### Two"),
        (
            "*bold* /it/ =v= ~c~ +s+ _u_ a/b/c",
            "**bold** *it* `v` `c` ~~s~~ <u>u</u> a/b/c",
        ),
        (
            "[[https://x.y][a /b/]] [[/c.png]] [[file:d.org]]",
            "[a *b*](https://x.y) ![](/c.png) [d.org](d.org)",
        ),
        ("Note[fn:1].\n[fn:1] Said.", "Note[^1].\n[^1]: Said."),
        ("| a | b |\n|---+---|\n| 1 | 2 |", "| a | b |\n|---|---|\n| 1 | 2 |"),
        ("- term :: what\n- other", "- **term**: what\n- other"),
        ("#+BEGIN_QUOTE\nWet.\n#+END_QUOTE", "\n> Wet.\n"),
        ("#+begin_src go\nx := 1\n#+end_src", "\n```go\nx := 1\n```\n"),
        ("#+BEGIN_EXPORT html\n<b>x</b>\n#+END_EXPORT", "\n<b>x</b>\n"),
        (": shown\n: so", "\n```\nshown\nso\n```\n"),
        (":PROPERTIES:\n:ID: 1\n:END:\nText\n# note\n#+ATTR: x\n-----", "Text\n---"),
        ("#+BEGIN_SRC\nnever closed", "\n```\nnever closed\n```\n"),
    ],
)
def test_org_becomes_markdown(written: str, becomes: str) -> None:
    assert split_org(written).body == becomes
