"""Tasks of a list: on a page the words of each are the label of its box.

In a body they stand side by side, as GitHub's Markdown has it. Who hears a page needs to be told
which words a box belongs to (WCAG 2.2, 1.3.1).
"""

import re

from markupsafe import Markup

BOX = 'type="checkbox">'
_TASK = re.compile(
    r"""(<li>(?:\n?<p>)?)
        (<input\ (?:checked\ )?disabled\ type="checkbox">.*?)
        (?<!\s)(?=\s*+(?:</li>|</p>|<(?:ul|ol|dl|p|pre|blockquote|div|figure|table)\b|\Z))""",
    re.VERBOSE | re.DOTALL,
)


def with_labels(body: str) -> str:
    """The HTML of a body, the words of each task in its list a label."""
    if BOX not in body:
        return body
    return Markup(_TASK.sub(r"\1<label>\2</label>", str(body)))  # noqa: S704 - as `body` is
