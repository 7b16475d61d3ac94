"""The words of a task are the label of its box, on a page."""

from markupsafe import Markup

from generator.render.tasks import with_labels

DONE, OPEN = (f'<input {state}disabled type="checkbox">' for state in ("checked ", ""))


def test_the_words_of_a_task_are_its_label() -> None:
    body = f"<ul>\n<li>{DONE} the <em>pier</em></li>\n<li>{OPEN} bell</li>\n</ul>"
    assert with_labels(Markup(body)) == (  # noqa: S704 - as pages have it
        f"<ul>\n<li><label>{DONE} the <em>pier</em></label></li>\n"
        f"<li><label>{OPEN} bell</label></li>\n</ul>"
    )


def test_what_follows_the_words_is_no_part_of_the_label() -> None:
    inner = f"<ul>\n<li>{OPEN} laid</li>\n</ul>"
    body = f"<li>{OPEN} blocks\n{inner}</li><li>\n<p>{DONE} wall</p>\n<p>More.</p></li>"
    assert with_labels(body) == (
        f"<li><label>{OPEN} blocks</label>\n<ul>\n<li><label>{OPEN} laid</label></li>\n</ul></li>"
        f"<li>\n<p><label>{DONE} wall</label></p>\n<p>More.</p></li>"
    )


def test_other_boxes_stay_as_they_are() -> None:
    for body in ("<p>It rained.</p>", f"<p>{OPEN} x</p>", '<li><input type="checkbox"> y</li>'):
        assert with_labels(body) == body
