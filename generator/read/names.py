"""Names in front matter: tags and authors, each once, whatever its spelling."""

from functools import lru_cache

from generator.markdown.curling import curled
from generator.model.article import Name
from generator.model.problems import shown
from generator.model.tag_keys import invisible_characters, mixed_script_word, tag_key
from generator.read.fields import Fields
from generator.read.list_slips import BETWEEN, entries_of_person
from generator.read.slugs import slugify
from generator.read.source_spans import SourceSpan


def read_names(
    fields: Fields, key: str, language: str, *, split: bool, people: bool = False
) -> tuple[Name, ...]:
    """A list of tags or authors (`people`), each once, whatever its spelling.

    `language` is the site's, by which slugs are made and quotes curled.
    """
    found: dict[str, Name] = {}
    for number, text in fields.entries(key, split=split, people=people):
        label = _person(fields, key, text) if people else text
        name, unseen, mixed = _looked_at(label, language, bool(fields.quotes))
        if unseen:
            message = f"an invisible character: {unseen}"
            span = _span_of_name(fields, key, number, label)
            fields.problems.append(span.error(message, "Type the name anew."))
            continue
        if mixed:
            message = f'"{shown(mixed)}" mixes letters of two alphabets that look alike'
            span = _span_of_name(fields, key, number, label)
            fields.problems.append(span.warning(message, "Type the name anew in one alphabet."))
        found.setdefault(name.key, name)
    return tuple(found.values())


def _person(fields: Fields, key: str, name: str) -> str:
    if name[:2].lower() != "by" and not BETWEEN.search(name):
        return name
    read = entries_of_person(name)
    fields.doubt(key, read)
    return read.entries[0]


def _span_of_name(fields: Fields, key: str, number: int, label: str) -> SourceSpan:
    is_list = isinstance(fields.value(key), list)
    return fields.span(key, *([number] if is_list else [])).within(label)


@lru_cache(maxsize=16_384)  # each name stands in many files: looked at once, kept once
def _looked_at(label: str, language: str, has_smart_quotes: bool) -> tuple[Name, str, str]:
    """A name, with the first invisible character in it, and a word that mixes alphabets."""
    seen = curled(label, language) if has_smart_quotes else label
    name = Name(seen, tag_key(label), slugify(label, language))
    return name, next(iter(invisible_characters(label)), ""), mixed_script_word(label)
