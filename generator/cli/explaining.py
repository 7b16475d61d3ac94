"""Running `why`: from what was asked to what there is to tell, and to words."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NoReturn

import click

from generator.cli import console
from generator.cli.asked import config_of, instant
from generator.cli.failures import exit_codes
from generator.cli.stopping import PROBLEMS
from generator.model.problems import Place, Problem
from generator.model.values import frozen
from generator.read.config import find_site
from generator.why.answers import Answer, Question, explain
from generator.why.finding import UnknownAddressError

FEW = 5
"""Stories, layouts or feeds that are named; of the others it is told how many there are."""


@frozen
class WhyRequest:
    """What `why` was asked, as typed."""

    page: str
    site: Path | None
    output: Path | None
    base_url: str
    now: str
    drafts: bool


def explain_page(asked: WhyRequest, *, as_json: bool) -> None:
    """Tell all there is to tell of a page; exit code 1 when there is none."""
    with exit_codes(as_json=console.problems_json if as_json else None):
        site = asked.site or find_site(Path.cwd())
        config = config_of(site, asked.base_url)
        now = instant(asked.now, config.timezone)
        question = Question(asked.page, site, now, asked.output, asked.base_url, asked.drafts)
        try:
            answer = explain(question)
        except UnknownAddressError as error:
            _tell_unknown(error, as_json=as_json)
        if as_json:
            click.echo(_json(answer))
        else:
            for line in _lines(answer):
                click.echo(console.visible(line))


def _tell_unknown(error: UnknownAddressError, *, as_json: bool) -> NoReturn:
    if as_json:
        click.echo(console.problems_json([Problem(Place(""), error.message, error.hint)]))
    told = console.visible(error.message)
    click.echo(f"{click.style('broadsheet:', bold=True)} {told}.", err=True)
    click.echo(console.visible(error.hint), err=True)
    sys.exit(PROBLEMS)


def _lines(answer: Answer) -> Iterator[str]:
    """An answer as people read it."""
    yield f"{answer.url}  ({answer.path})"
    if answer.source:
        yield f"  made from    {answer.source}"
    if answer.layouts:
        yield f"  layout       {_some(answer.layouts)}"
    if answer.stories:
        stories = console.plural(len(answer.stories), "story", "stories")
        yield f"  shows        {stories}: {_some(answer.stories)}"
    if answer.feeds:
        yield f"  announces    {_some(answer.feeds)}"
    if answer.fingerprint:
        parts = [f"{part} {digest[:12]}" for part, digest in answer.fingerprint if digest]
        yield f"  fingerprint  {', '.join(parts)}"
    yield f"  last made    {_rebuilt(answer)}"
    yield f"  now          {_state(answer)}"


def _some(names: Sequence[str]) -> str:
    more = len(names) - FEW
    shown = ", ".join(names[:FEW])
    return f"{shown} and {more:,} more" if more > 0 else shown


def _rebuilt(answer: Answer) -> str:
    if not answer.is_built:
        return "never: this site has not been built into this folder yet"
    if not answer.is_published:
        return "never"
    if answer.rebuilt is None:
        return "not known: nothing about it was kept"
    return f"{console.instant_text(answer.rebuilt)}: {answer.reason}"


def _state(answer: Answer) -> str:
    if not answer.stale:
        return "as it should be"
    return (
        f"to be made anew: {answer.stale}" if answer.is_published else f"{answer.stale}: build it"
    )


def _json(answer: Answer) -> str:
    return console.json_text(
        path=answer.path,
        url=answer.url,
        source=answer.source or None,
        layouts=answer.layouts,
        stories=answer.stories,
        feeds=answer.feeds,
        fingerprint=dict(answer.fingerprint),
        built=answer.is_built,
        published=answer.is_published,
        rebuilt=answer.rebuilt.isoformat() if answer.rebuilt else None,
        reason=answer.reason or None,
        stale=answer.stale or None,
    )
