"""Files for tags and authors whose names alone would make no address, or that of another.

Old generators let `José` and `Jose` share a list, or gave each one of its own. Broadsheet never
takes two names for one by itself, so the later of them gets a file of another name.
"""

from collections.abc import Iterator

from generator.importers.old_site import OldText, State, TextKind
from generator.model.frozen import freeze_map
from generator.model.tag_keys import tag_key
from generator.model.values import replace
from generator.read.slugs import is_reserved, slugify

LISTS = (("tags", TextKind.TAG, "title"), ("authors", TextKind.AUTHOR, "name"))


class TermFiles:
    """Learns the names in an old site's texts, and tells the files that they need."""

    def __init__(self) -> None:
        self._labels: dict[str, dict[str, str]] = {key: {} for key, _, _ in LISTS}
        self._keys: dict[TextKind, set[str]] = {kind: set() for _, kind, _ in LISTS}
        self._slugs: dict[TextKind, set[str]] = {kind: set() for _, kind, _ in LISTS}

    def add(self, text: OldText) -> None:
        """Learn the names in a text, and those that a file of its own has."""
        if text.state is State.LEFT_OUT:
            return
        if text.kind in self._slugs:
            slug = text.name.removesuffix(".md").rpartition("/")[2]
            self._slugs[text.kind].add(slug)
            aliases = text.head.get("aliases")
            named = (slug, text.head.text("title"), text.head.text("name"))
            others = map(str, aliases) if isinstance(aliases, tuple) else ()
            self._keys[text.kind].update(tag_key(one) for one in (*named, *others) if one)
        for key, _, _ in LISTS:
            found = text.head.get(key)
            for label in found if isinstance(found, tuple) else ():
                if isinstance(label, str) and tag_key(label):
                    self._labels[key].setdefault(tag_key(label), label)

    def texts(self, language: str) -> Iterator[OldText]:
        """A file for each name that needs one; the site is in this language."""
        for list_key, kind, name_key in LISTS:
            taken = set(self._slugs[kind])
            for key, label in self._labels[list_key].items():
                if key in self._keys[kind]:
                    continue
                slug = slugify(label, language)
                if slug and not is_reserved(slug) and slug not in taken:
                    taken.add(slug)
                    continue
                slug = _free(slug or kind.removesuffix("s"), taken)
                taken.add(slug)
                head = freeze_map({name_key: label})
                yield OldText("", kind, f"content/{kind}/{slug}.md", head, "")


def in_some_section(text: OldText) -> OldText:
    """A text whose section has an address; a name that makes none is a tag of it instead."""
    section = text.head.text("section")
    if not section or slugify(section):
        return text
    head: dict[object, object] = dict(text.head.items_)
    del head["section"]
    tags = head.get("tags")
    head["tags"] = (*(tags if isinstance(tags, tuple) else ()), section)
    return replace(text, head=freeze_map(head))


def _free(slug: str, taken: set[str]) -> str:
    number = 2
    while f"{slug}-{number}" in taken:
        number += 1
    return f"{slug}-{number}"
