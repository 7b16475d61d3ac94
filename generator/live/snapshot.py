"""A snapshot: the site as it stands between two changes. Immutable; the next one replaces it."""

from datetime import datetime

from generator.live.planned import SitePlan
from generator.model.body import MarkdownOptions
from generator.model.cards import Link
from generator.model.config import Config
from generator.model.outputs import Frame
from generator.model.problems import Problem
from generator.model.values import frozen
from generator.plan.fingerprints import Fingerprints
from generator.read.layouts import Theme
from generator.render.outputs import Renderer
from generator.render.templates import Layouts
from generator.stages.version import code_version

STYLE = ".css"


@frozen
class Look:
    """How pages are made: the layouts, the frame, and what renders with them.

    `problems` are the faults of the layouts. `prints` tell whether a page can have
    changed.
    """

    theme: Theme
    frame: Frame
    options: MarkdownOptions
    layouts: Layouts
    problems: tuple[Problem, ...]
    renderer: Renderer
    prints: Fingerprints

    @property
    def styles(self) -> tuple[Link, ...]:
        """The theme's style sheets: their names, and their URLs, which tell their content."""
        return tuple(link for link in self.frame.assets if link.title.endswith(STYLE))


@frozen
class Snapshot:
    """Everything that answering needs, made from one state of the disk.

    `sound` is the last look whose layouts had no fault, if there was one. `found` is what is
    wrong in single files; `in_plan` what is wrong with the plan as a whole, as it was when that
    was last `checked`. `problems` are all of them in order, each with its place.
    """

    config: Config
    planned: SitePlan
    look: Look
    sound: Look | None
    found: tuple[Problem, ...]
    in_plan: tuple[Problem, ...]
    is_checked: bool
    problems: tuple[Problem, ...]
    now: datetime


def make_look(planned: SitePlan, theme: Theme, before: Look | None) -> Look:
    """How pages are made from now on; what is as before is taken over, compiled layouts first."""
    wanted, frame = planned.wanted, planned.frame
    options = wanted.config.body_options
    if before and (before.theme, before.frame, before.options) == (theme, frame, options):
        return before
    if before and (before.theme.own, before.theme.built_in) == (theme.own, theme.built_in):
        layouts = before.layouts
    else:
        layouts = Layouts(theme.own, theme.built_in)
    if before and before.layouts is layouts and before.options == options:
        problems = before.problems
    else:
        # At the start, the built-in theme alone is taken to be sound: looking takes a while.
        # Which layouts a site's own kinds of page are made with, only their pages tell.
        made_with = None if wanted.kinds.pages else ()
        is_asked = before or theme.own
        problems = layouts.check(made_with, options.embedding) if is_asked else ()
    rendering = f"{code_version()} {options!r}"
    return Look(
        theme=theme,
        frame=frame,
        options=options,
        layouts=layouts,
        problems=problems,
        renderer=Renderer(frame, layouts, options),
        prints=Fingerprints(frame, rendering, layouts.digest),
    )
