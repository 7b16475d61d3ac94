import pytest

from generator.importers.python_markdown import PythonMarkdown, in_commonmark, split_meta


def test_meta_lines_and_the_text_below() -> None:
    meta, body = split_meta("Title: The flood\nTags: a,\n    b\n\nThe river.\n")
    assert meta == {"title": ["The flood"], "tags": ["a,", "b"]}
    assert body.strip() == "The river."


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("a\n\n    :::python\n    b\n\nc\n", "a\n\n```python\nb\n```\n\nc\n"),
        ("    #!bash\n    b\n", "```bash\nb\n```\n\n"),
        ("#Heading\n", "# Heading\n"),
        ("#hash in a `#b`\n", "# hash in a `#b`\n"),
        ("```\n#a\n[TOC]\n```\n", "```\n#a\n[TOC]\n```\n"),
        ("[TOC]\n\na\n", "\na\n"),
        (
            "<center>\n![a](b.png)\n</center>\n",
            '<center>\n<img src="b.png" alt="a">\n</center>\n',
        ),
    ],
)
def test_what_commonmark_writes_otherwise(theirs: str, ours: str) -> None:
    assert in_commonmark(theirs) == ours


def test_extensions_from_elsewhere_are_named() -> None:
    found = PythonMarkdown(["markdown.extensions.toc", "mdx_video"])
    assert found.unknown == ("mdx_video",)
    assert found.html("# A\n") == '<h1 id="a">A</h1>'
