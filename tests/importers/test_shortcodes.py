"""Shortcodes in a text: found, paired, and replaced from the inside out."""

import time

import pytest

from generator.importers.shortcodes import Shortcode, replaced


def shown(text: str) -> str:
    def replacer(code: Shortcode) -> str:
        inner = "" if code.inner is None else f"|{code.inner}"
        return f"[{code.name} {code.positional} {dict(code.named)}{inner}]"

    return replaced(text, replacer)


@pytest.mark.parametrize(
    ("text", "becomes"),
    [
        ("a {{< x >}} b", "a [x () {}] b"),
        ('{{< x "a b" c >}}', "[x ('a b', 'c') {}]"),
        ('{{% x k="v \\"w\\"" l=`m` %}}', "[x () {'k': 'v \"w\"', 'l': 'm'}]"),
        ("{{< x >}}in{{< /x >}}", "[x () {}|in]"),
        ("{{< x >}}a{{< y >}}b{{< /y >}}{{< /x >}}", "[x () {}|a[y () {}|b]]"),
        ("{{< x />}}b", "[x () {}]b"),
        ("{{</* x */>}}", "{{< x >}}"),
        ("`{{</* x */>}}`", "`{{< x >}}`"),
        ('```\n{{%/* x a="b" */%}}\n```', '```\n{{% x a="b" %}}\n```'),
        ("{{< a {{< b >}}", "{{< a [b () {}]"),
        ('{{< a "x {{< b >}} y" >}}', "[a ('x {{< b >}} y',) {}]"),
        ("{{< /x >}} alone", " alone"),
        ("{{< broken", "{{< broken"),
        ("{{ .Title }}", "{{ .Title }}"),
    ],
)
def test_shortcodes_are_found_and_paired(text: str, becomes: str) -> None:
    assert shown(text) == becomes


def test_a_block_is_set_apart_from_the_text_around_it() -> None:
    assert replaced("a\n{{< x >}}\nb", lambda _: "<div></div>") == "a\n\n<div></div>\n\nb"


@pytest.mark.parametrize("text", ["{{< x " * 3000, '{{< x "' * 3000, "{{< x >}}" * 3000])
def test_hostile_texts_take_no_longer_than_their_length(text: str) -> None:
    before = time.process_time()
    replaced(text, lambda _: "")
    assert time.process_time() - before < 5
