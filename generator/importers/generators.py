"""Which old sites can be imported, and where their importers stand.

To add one: a line in MODULES, and a module with `open_site(paths, asked) -> OldSite` and
`recognises(path) -> bool`.
"""

from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from types import ModuleType

from generator.importers.old_site import ImportAsked, OldSite
from generator.model.problems import HinderedError

MODULES = ("hugo", "jekyll", "eleventy", "pelican", "nikola", "wordpress", "ghost")
"""Names of generators and of their modules, those with the surest marks first."""
AUTO = "auto"

Opener = Callable[[Sequence[Path], ImportAsked], OldSite]
Recogniser = Callable[[Path], bool]


class UnknownSourceError(HinderedError):
    """Nothing that can be imported."""


def open_old_site(name: str, paths: Sequence[Path], asked: ImportAsked) -> OldSite:
    """Open an old site of a generator for reading.

    Raises UnknownSourceError where there is no importer, what the importer raises where the site
    is broken.
    """
    importer = _importer(name)
    if importer is None:
        raise UnknownSourceError(f"{name} cannot be imported yet", "Export it as another kind.")
    opener: Opener = importer.open_site
    return opener(paths, asked)


def recognised(paths: Sequence[Path]) -> str:
    """The generator that all these paths belong to."""
    for name in MODULES:
        importer = _importer(name)
        if importer is None:
            continue
        recogniser: Recogniser = importer.recognises
        if all(map(recogniser, paths)):
            return name
    shown = ", ".join(path.name or str(path) for path in paths)
    hint = f"Name the generator instead of auto: {', '.join(MODULES)}."
    raise UnknownSourceError(f"nobody knows what {shown} is", hint)


def _importer(name: str) -> ModuleType | None:
    """An importer's module, loaded when it is asked for: some load parsers."""
    try:
        return import_module(f"generator.importers.{name}")
    except ModuleNotFoundError as error:
        if error.name != f"generator.importers.{name}":
            raise
        return None
