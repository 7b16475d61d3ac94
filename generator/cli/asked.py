"""What every command asks of what was typed: the site's configuration, and an instant."""

import os
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from generator.model.base_urls import base_url_fault
from generator.model.config import Config
from generator.model.values import told_in
from generator.read.config import load_config
from generator.read.dates import DateError, parse_date

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
SECONDS = re.compile(r"\s*[-+]?[0-9]{1,20}\s*")
MOST_SHOWN = 40


def config_of(site: Path, base_url: str = "") -> Config:
    """The site's configuration, with another `base_url` if one was asked for."""
    if base_url and (fault := base_url_fault(base_url)):
        hint = "Write the whole address, such as https://example.org/news/."
        raise click.BadParameter(f"{fault}. {hint}", param_hint="--base-url")
    return load_config(site, base_url)[0]


def instant(text: str, zone: ZoneInfo) -> datetime:
    """The instant that `--now` names, else SOURCE_DATE_EPOCH, else this one; in the site's zone.

    SOURCE_DATE_EPOCH counts seconds, as reproducible-builds.org specifies it.
    """
    if text:
        return instant_of(text, zone, "--now")
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        return told_in(datetime.now(UTC), zone)
    if not SECONDS.fullmatch(epoch):
        raise click.BadParameter(
            f'not a number of seconds: "{epoch[:MOST_SHOWN]}"', param_hint="SOURCE_DATE_EPOCH"
        )
    try:
        return told_in(EPOCH + timedelta(seconds=int(epoch)), zone)
    except OverflowError:
        raise click.BadParameter(
            f"{epoch} seconds lie outside the years 1 to 9999", param_hint="SOURCE_DATE_EPOCH"
        ) from None


def instant_of(text: str, zone: ZoneInfo, option: str) -> datetime:
    """The instant that an option's text names."""
    found = parse_date(text, zone)
    if isinstance(found, DateError):
        raise click.BadParameter(f"{found.message}. {found.hint}", param_hint=option)
    return found.instant
