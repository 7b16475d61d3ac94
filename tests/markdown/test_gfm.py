"""What GitHub adds to Markdown comes out as GitHub's own parser has it."""

from collections.abc import Callable

import cmarkgfm
import pytest
from cmarkgfm.cmark import Options

from generator.model.body import RenderedBody

EXTENSIONS = ["table", "strikethrough", "autolink", "tasklist"]

TABLES = [
    "| port | sails |\n| --- | --- |\n| Moss | 7:30 |",
    "Port | Sails\n:-: | ---:\nMoss | 7:30",
    "| a\\|b |\n| - |\n| `c\\|d` **e\\|f** |",
    "| a | b |\n| - | - |\n| c | d |\n> e",
    "| a | b |\n| - | - |\n| c | d |\ne\n\nf",
    "| a | b |\n| - |\n| c |",
    "| a | b |\n| - | - |\n| c |\n| d | e | f |",
    "| a | b |\n| - | - |",
    "Results:\n| a | b |\n| - | - |\nc | d",
    "| a | b |\n\n| - | - |",
    "|a|\n|-|\n\n| b |\n--- |\n",
    "| a | b |\n| - | - |\n| \\\\ | `\\\\` |\n| \\_ | `\\_` |\n| \\| | `\\|` |",
    "| a || b |\n|-|-|-|\n|***(c)***|",
    "> | a |\n> |---|\n> | 1 |\n| 2 |",
    "- | a |\n  |---|\n  | 1 |\n- x",
    "| a |\n|---|\n| 1 |\n# b\n\n| a |\n|---|\n| 1 |\n- c\n\n| a |\n|---|\n| 1 |\n```\nd\n```",
    "| [a][b] |\n|---|\n| ![c][b] |\n\n[b]: https://e.example/",
    "| a | 漢 |\n|---|---|\n| 1. b | <br> |",
]
STRIKES = [
    "~~12~~ 13 boats, ~one~ of them",
    "A ~~strike\n\nends~~ with its paragraph.",
    "~~~not~~~ this, ~~nor this~ one",
    "a ~b ~ c~ d ~ e~",
    "~~*a* **b**~~ *~~c~~* ~~[d](https://e.example/)~~",
]
TASKS = [
    "- [ ] bell\n- [x] pier\n- [X] roof",
    "- [x] a\n  - [ ] b\n    - [x] c\n- [ ] d",
    "1. [ ] a\n2. [x] b",
    "- [@] a\n- [] b\n- [x]\n- [x]c",
]
ADDRESSES = [
    "www.e.example",
    "See www.e.example/a-b_c. And (www.e.example/a_(b)), www.e.example/a?b=(c))+d",
    "www.e.example/?a=b&c=d www.e.example/?a=b&c;",
    "www.e.example/a<b https://e.example\n\nftp://e.example/a, http://e.example/?!",
    '"https://e.example" and *http://e.example/* (https://e.example/a)',
    "tips@e.example, a+b@c-d.example. not a@b, nor a@b.example_ nor a@b.example-",
    "a.b-c_d@e.example and _a@b.example_",
    "mailto:a@b.example mailto:a_b@c.example/ xmpp:a@b.example.",
    "[a@b.example](https://e.example/) and <a@b.example> and [x https://e.example y]",
    "![https://e.example/a](https://e.example/b) `https://e.example/c`",
    "xhttps://e.example https://a_b.example https://a_b.c.example www.a_b",
    "**https://e.example/a*b** ~~www.e.example~~ https://e.example/&amp;a",
    "https://e.example/ü https://e.example/🍄 http://localhost:8000/a",
    "| a@b.example | www.e.example |\n|---|---|\n| https://e.example | c |",
]


@pytest.mark.parametrize("text", [*TABLES, *STRIKES, *TASKS, *ADDRESSES])
def test_it_comes_out_as_githubs_parser_has_it(
    text: str, render: Callable[[str], RenderedBody], tree_of: Callable[[str], list[object]]
) -> None:
    theirs = cmarkgfm.markdown_to_html_with_extensions(
        text, options=Options.CMARK_OPT_UNSAFE, extensions=EXTENSIONS
    )
    assert tree_of(render(text).html) == tree_of(theirs)
