from generator.importers.kept_markdown import MarkdownKeeper, reads_alike
from generator.importers.python_markdown import PythonMarkdown


def test_a_text_that_reads_alike_stays_as_it_was_written() -> None:
    source = "The *river* rose.\n\n- a\n- b\n"
    kept = MarkdownKeeper().kept(source, PythonMarkdown().html(source))
    assert (kept.markdown, kept.is_as_written) == (source, True)


def test_one_that_reads_otherwise_is_made_of_its_html() -> None:
    source = "A paragraph\n1. which is no list\n\nand `code`.\n"
    seen = PythonMarkdown().html(source)
    keeper = MarkdownKeeper()
    kept = keeper.kept(source, seen)
    assert not kept.is_as_written
    assert reads_alike(seen, keeper.shown(kept.markdown))


def test_lost_words_links_pictures_and_code_are_noticed() -> None:
    assert not reads_alike("<p>a b</p>", "<p>a</p>")
    assert not reads_alike('<p><a href="/x">a</a></p>', "<p>a</p>")
    assert not reads_alike('<p><img src="/x">a</p>', "<p>a</p>")
    assert not reads_alike("<pre>a  b</pre>", "<pre>a b</pre>")
    assert not reads_alike("<ul><li>a</li></ul>", "<p>a</p>")
    assert reads_alike("<p><b>a</b></p>", "<p><strong>a</strong></p>")
