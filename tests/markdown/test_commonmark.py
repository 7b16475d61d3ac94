"""The specification's own examples come out as it has them, but for those named here.

`make unit` fetches the specification from npm; it is not ours to copy.
"""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from generator.model.body import RenderedBody

SPECIFICATION = Path(".venv/commonmark-spec-0.31.2/package/spec.txt")
EXAMPLE = re.compile(r"^`{32} example[^\n]*\n(.*?)^\.\n(.*?)^`{32}$", re.MULTILINE | re.DOTALL)
EXAMPLES = 652

DIFFERENT = {
    201: "<bar> among words is no HTML element: readers see it",
    491: "<foo bar> among words is no HTML element: readers see it",
    602: "GFM makes a link of an address in prose",
    608: "GFM makes a link of an address in prose",
    611: "GFM makes a link of an address in prose",
    612: "GFM makes a link of a mail address in prose",
}
"""Examples that differ, by their number, and why; docs/writing.md tells writers of them."""


def examples(checkout: Path) -> Iterator[tuple[int, str, str]]:
    file = checkout / SPECIFICATION
    if not file.exists() and not os.environ.get("CI"):
        pytest.skip("needs the CommonMark specification: make unit fetches it with npm")
    text = file.read_text("utf-8").replace("→", "\t")
    for number, found in enumerate(EXAMPLE.finditer(text), 1):
        yield number, found[1], found[2]


def test_every_example_of_the_specification_but_the_named_comes_out_right(
    checkout: Path,
    render: Callable[[str], RenderedBody],
    tree_of: Callable[[str], list[object]],
) -> None:
    wrong = []
    count = 0
    for number, text, html in examples(checkout):
        count += 1
        if tree_of(render(text).html) != tree_of(html):
            wrong.append(number)
    assert count == EXAMPLES
    assert wrong == list(DIFFERENT)


def test_each_difference_is_told_to_writers(checkout: Path) -> None:
    document = (checkout / "docs/writing.md").read_text("utf-8")
    for number in DIFFERENT:
        assert re.search(rf"\b{number}\b", document), number
