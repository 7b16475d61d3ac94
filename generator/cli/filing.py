"""The section that a new story is filed under, asked for before anything is written."""

from pathlib import Path

import click

from generator.model.config import Config
from generator.read.slugs import slugify


def section_of(text: str, site: Path, config: Config) -> str:
    """The section that `--section` names.

    One that a closed list lacks is wrong usage: a draft filed under it would be refused only on
    the day that it is to be published.
    """
    if not text or not config.sections.closed:
        return text
    written = {file.stem for file in (site / "content/sections").glob("*.m*")}
    listed = {slugify(name, config.language) for name in config.sections.names}
    if slugify(text, config.language) not in listed | written:
        names = ", ".join(config.sections.names)
        message = f'no section "{text}". The sections are: {names}.'
        raise click.BadParameter(message, param_hint="--section")
    return text
