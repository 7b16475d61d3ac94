"""Comments of an old site, kept as files of data: nobody's mail or IP address is among them."""

import json
from collections.abc import Sequence

from generator.importers.old_site import OldFile
from generator.model.values import frozen

KEYS = ("id", "parent", "author", "url", "date", "kind", "text")


@frozen
class OldComment:
    """A comment that readers saw. `parent` is what it answers, `kind` such as `comment`.

    `text` is HTML, `date` as the old site had it.
    """

    id: str
    parent: str
    author: str
    url: str
    date: str
    kind: str
    text: str


def comments_file(name: str, about: str, comments: Sequence[OldComment]) -> tuple[OldFile, ...]:
    """The file with the comments on a text, named `name`; none where nobody said anything.

    `about` is what the text is known by: its `id` in feeds, or its address.
    """
    if not comments:
        return ()
    listed = [{key: getattr(one, key) for key in KEYS} for one in comments]
    found = {"id": about, "comments": listed}
    data = json.dumps(found, ensure_ascii=False, indent=2) + "\n"
    place = "".join(sign for sign in name if sign.isalnum() or sign in "-_") or "0"
    return (OldFile(f"data/comments/{place}.json", data=data.encode("utf-8", "replace")),)
