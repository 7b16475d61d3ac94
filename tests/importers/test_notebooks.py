import base64
import json

import pytest

from generator.importers.notebooks import read_notebook

PICTURE = base64.b64encode(b"picture").decode()


def test_results_are_shown_in_their_richest_form() -> None:
    outputs = [
        {"output_type": "stream", "text": ["a\n", "b\n"]},
        {"data": {"text/html": "<b>3</b>\n\n<i>4</i>", "text/plain": "3"}},
        {"data": {"image/png": PICTURE, "text/plain": "<Figure>"}},
        {"output_type": "error", "traceback": ["\x1b[31mNo\x1b[0m"]},
    ]
    text = json.dumps(
        {
            "metadata": {"kernelspec": {"language": "julia"}},
            "cells": [{"cell_type": "code", "source": ["x\n", "`````"], "outputs": outputs}],
        }
    )
    found = read_notebook(text, "/notebooks/tide")
    assert found is not None
    assert found.markdown == (
        "``````julia\nx\n`````\n``````\n\n```\na\nb\n```\n\n<b>3</b>\n<i>4</i>\n\n"
        "![](/notebooks/tide/picture-1.png)\n\n```\nNo\n```\n"
    )
    assert [(one.target, one.data) for one in found.files] == [
        ("static/notebooks/tide/picture-1.png", b"picture")
    ]


def test_notebooks_of_old_and_attached_pictures_are_read() -> None:
    cells = [
        {"cell_type": "heading", "level": 3, "source": ["Tides"]},
        {"cell_type": "code", "input": "x", "outputs": [{"png": PICTURE}, {"text": ["2"]}]},
        {
            "cell_type": "markdown",
            "source": "![a](attachment:a.png)",
            "attachments": {"a.png": {"image/png": PICTURE}},
        },
    ]
    found = read_notebook(json.dumps({"worksheets": [{"cells": cells}]}), "n")
    assert found is not None
    assert found.markdown == (
        "### Tides\n\n```python\nx\n```\n\n![](/n/picture-1.png)\n\n```\n2\n```\n\n"
        "![a](/n/picture-2.png)\n"
    )


def test_a_first_cell_of_settings_is_no_text() -> None:
    first = {"cell_type": "markdown", "source": "- Title: The tide\n- date: 2014-03-05"}
    rest = {"cell_type": "markdown", "source": "- one\n- two"}
    found = read_notebook(json.dumps({"cells": [first, rest]}), "n")
    assert found is not None
    assert found.settings == {"title": "The tide", "date": "2014-03-05"}
    assert found.markdown == "- one\n- two\n"


@pytest.mark.parametrize(
    "text",
    [
        *("", "[]", "{", "{}", '{"cells": 1}', '{"worksheets": [1]}', "[" * 100_000),
        '{"cells": [1, {"cell_type": "code", "outputs": [1, {"data": {"image/png": "x"}}]}]}',
    ],
)
def test_what_is_no_notebook_is_no_traceback(text: str) -> None:
    found = read_notebook(text, "n")
    assert found is None or not found.files
