"""The configuration and the theme as the preview goes by them: as they last were sound."""

from collections.abc import Iterable
from pathlib import Path

from generator.live.hints import Hints
from generator.model.problems import Place, Problem
from generator.read.config import NAME, NoSiteError, read_config
from generator.read.layouts import Theme, read_theme
from generator.read.walk import walked

FOLDER = "layouts"


class Sources:
    """What decides how the site is made, beside its texts. Raises NoSiteError at first."""

    def __init__(self, site: Path) -> None:
        self._site = site
        self.config, self._config_faults = read_config(site)
        self.theme, self._theme_faults = read_theme(site, *self._asked)

    @property
    def _asked(self) -> tuple[str, str]:
        """What the configuration asks of a theme: its language, and the face of headlines."""
        return self.config.language, self.config.fonts.display

    @property
    def links(self) -> tuple[str, ...]:
        """The symbolic links among the layouts, and the configuration where it is one."""
        own = (NAME,) if (self._site / NAME).is_symlink() else ()
        return (*own, *walked(self._site, FOLDER).links)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong in the files of both, as they stand now."""
        return (*self._config_faults, *self._theme_faults)

    def look(self, hints: Hints) -> frozenset[str] | None:
        """See what has changed, and take it in; None when nothing has, not even a Problem."""
        before = (self.config, self.theme, self.problems)
        changed: set[str] = set()
        asked = self._asked
        if hints is None or NAME in hints:
            changed |= self._look_at_config()
        is_hinted = hints is None or any(hint.split("/")[0] == FOLDER for hint in hints)
        if is_hinted or asked != self._asked:
            changed |= self._look_at_theme()
        return frozenset(changed) if (self.config, self.theme, self.problems) != before else None

    def _look_at_config(self) -> set[str]:
        try:
            config, self._config_faults = read_config(self._site)
        except NoSiteError:
            hint = "Put it back: the preview goes by what it said last."
            self._config_faults = (Problem(Place(NAME), "is no longer there", hint),)
            return {NAME}
        if _are_errors(self._config_faults) or config == self.config:
            return {NAME} if _are_errors(self._config_faults) else set()
        self.config = config
        return {NAME}

    def _look_at_theme(self) -> set[str]:
        theme, self._theme_faults = read_theme(self._site, *self._asked)
        if _are_errors(self._theme_faults):
            return {problem.place.path for problem in self._theme_faults}
        changed = _files(theme) ^ _files(self.theme)
        self.theme = theme
        return {path for path, _ in changed}


def _files(theme: Theme) -> set[tuple[str, str]]:
    """Every file of a theme, with what tells its content."""
    layouts = {(file.place, file.text) for file in (*theme.own, *theme.built_in)}
    return layouts | {(f"{FOLDER}/{file.name}", file.digest) for file in theme.files}


def _are_errors(problems: Iterable[Problem]) -> bool:
    return any(problem.is_error for problem in problems)
