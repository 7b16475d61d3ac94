"""Pages that would be empty, and sites that would: neither is published by accident."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from generator.model.left_out import State
from generator.model.outputs import Output
from generator.model.plan import Slot
from generator.model.problems import Place, Problem, SiteError
from generator.model.site import Site
from generator.plan.visibility import left_out
from generator.publish.guard import ALL_THE_SAME, RefusedError, guard_shrinking
from generator.stages.job import Job


def guard_pages(
    job: Job, site: Site, slots: Iterable[Slot | Output], problems: Iterable[Problem] = ()
) -> None:
    """Stop a build that would publish empty pages, or far fewer than before, unless it is meant.

    Raises SiteError for pages of 0 bytes, with an error in the layout that made them or in the
    file that they copy; RefusedError for a `site` that shrinks. `slots` are what was rendered,
    `problems` the warnings that come along.
    """
    if job.allow_shrink:
        return
    pages = job.transaction.pages()
    empty = frozenset(pages.empty)
    faults = tuple(_faults([slot for slot in slots if empty and slot.path in empty], job))
    if faults:
        raise SiteError((*problems, *faults))
    try:
        guard_shrinking(pages)
    except RefusedError as error:
        hint = _about_the_clock(site, job.now)
        raise RefusedError(
            error.message, f"{hint} {ALL_THE_SAME}" if hint else error.hint
        ) from None


def _about_the_clock(site: Site, now: datetime) -> str:
    """What to say of a site that shrinks, if stories are held back: a clock may be wrong."""
    later = sum(text.state is State.SCHEDULED for text in left_out(site))
    if not later:
        return ""
    held = "1 story is" if later == 1 else f"{later:,} stories are"
    return f"{held} held back as of {now:%Y-%m-%d %H:%M %Z}: is that the right time?"


def _faults(empty: Iterable[Slot | Output], job: Job) -> Iterable[Problem]:
    """A Problem for each layout, or each copied file, that leaves pages empty."""
    place_of = {layout.name: layout.place for layout in (*job.theme.built_in, *job.theme.own)}
    by_place: dict[str, list[Slot | Output]] = defaultdict(list)
    for slot in empty:
        by_place[place_of.get(slot.layout, slot.source)].append(slot)
    for place, slots in by_place.items():
        yield Problem(Place(place), _message(slots), _hint(slots[0].layout, job))


def _message(slots: Sequence[Slot | Output]) -> str:
    first, more = slots[0], len(slots) - 1
    made_of = f", made of {first.source}" if first.layout and first.source else ""
    others = f" (and so for {more:,} more page{'s' * (more > 1)})" if more else ""
    return f"leaves a page empty: {first.path}{made_of}{others}"


def _hint(layout: str, job: Job) -> str:
    has_own = layout in {built_in.name for built_in in job.theme.built_in}
    delete = "or delete it: the theme has one of that name." if has_own else "or delete it."
    return f"Let it hold something, {delete} {ALL_THE_SAME}"
