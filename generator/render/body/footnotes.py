"""Footnotes: numbered in the order of reading, with ways there and back that say what they are."""

import re
from xml.etree.ElementTree import Element, SubElement

from generator.markdown.document import Fault, Note
from generator.render.body.job import Job

LABEL_SPACE = re.compile(r"\s+")
BACK = "&#8617;&#xFE0E;"
SPACE = "&#160;"


def add_footnotes(root: Element, job: Job) -> None:
    """Number the marks in a tree, and put the notes at its end, those without marks last."""
    notes = job.document.notes
    numbers: dict[str, int] = {}
    times: dict[str, int] = {}
    pending = [root]
    while pending:  # a note may refer to further notes
        for mark in list(pending.pop(0).iter("sup")):
            label = mark.attrib.pop("note", "")
            if label not in notes:
                continue
            if label not in numbers:
                numbers[label] = len(numbers) + 1
                pending.append(notes[label].element)
            times[label] = times.get(label, 0) + 1
            _fill_mark(mark, label, numbers[label], times[label])
    order = [*numbers, *(label for label in notes if label not in numbers)]
    division = SubElement(root, "div", {"class": "footnote", "role": "doc-endnotes"})
    SubElement(division, "hr")
    listed = SubElement(division, "ol")
    for number, label in enumerate(order, 1):
        note = notes[label]
        note.element.set("id", f"fn:{_name(label)}")
        listed.append(note.element)
        if label in numbers:
            _add_ways_back(note, number, times[label], job.labels.back)
        else:
            _tell_unused(note, job)


def _name(label: str) -> str:
    """A label as part of an id, which must not hold white space."""
    return LABEL_SPACE.sub("-", label)


def _fill_mark(mark: Element, label: str, number: int, time: int) -> None:
    again = str(time) if time > 1 else ""
    mark.set("id", f"fnref{again}:{_name(label)}")
    link = SubElement(mark, "a", {"class": "footnote-ref", "href": f"#fn:{_name(label)}"})
    link.text = str(number)


def _add_ways_back(note: Note, number: int, times: int, label: str) -> None:
    element = note.element
    last = element[-1] if len(element) else None
    if last is None or last.tag != "p":
        last = SubElement(element, "p")
    elif len(last):
        last[-1].tail = (last[-1].tail or "") + SPACE
    else:
        last.text = (last.text or "") + SPACE
    for time in range(1, times + 1):
        again = str(time) if time > 1 else ""
        which = f"{number}-{time}" if time > 1 else str(number)
        back = SubElement(last, "a", {"class": "footnote-backref", "role": "doc-backlink"})
        back.set("href", f"#fnref{again}:{_name(note.label)}")
        back.set("aria-label", f"{label} {which}")
        back.text = BACK
        if time < times:
            back.tail = " "


def _tell_unused(note: Note, job: Job) -> None:
    line = job.document.lines[note.line]
    sign = f"[^{note.label}]"
    message = f"nothing refers to the footnote {sign}"
    fault = Fault(note.line, max(line.find(sign), 0), message, "Refer to it, or take it out.")
    job.faults.append(fault)
