"""A site of so many stories, and the tasks of rendering it."""

import pickle
from datetime import UTC, datetime
from pathlib import Path

from generator.model.outputs import FileCopy
from generator.plan.arrange import arrange
from generator.plan.plan import Plan
from generator.read.config import read_config
from generator.read.layouts import read_theme
from generator.read.newsroom import read_newsroom
from generator.stages.tasks import RenderSetup, SentTask

NOW = datetime(2026, 1, 15, 12, tzinfo=UTC)
STORY = """\
---
title: Ferry {number} to run again
date: 2025-{month:02}-{day:02}
tags: [Ferry, Harbour {tag}]
authors: [Mara Quill]
---
The *ferry* number {number} sails again, [as before](story-{before}.md).

"It sails," said the captain.
"""


def story(number: int) -> str:
    return STORY.format(
        number=number,
        month=number % 12 + 1,
        day=number % 28 + 1,
        tag=number % 7,
        before=max(number - 1, 0),
    )


def write_stories(folder: Path, stories: int) -> Path:
    """A site of so many stories, with every output switched on that is on by default."""
    articles = folder / "content" / "articles"
    articles.mkdir(parents=True)
    (folder / "config.yaml").write_text("title: Harbour News\n", "utf-8")
    for number in range(stories):
        (articles / f"story-{number}.md").write_text(story(number), "utf-8")
    return folder


def tasks_of(site: Path, chunk: int = 8) -> list[SentTask]:
    """Rendering all of a site, a few outputs at a time."""
    config, _ = read_config(site)
    theme, _ = read_theme(site, config.language)
    newsroom, _ = read_newsroom(site, config)
    plan = Plan(arrange(newsroom, config, NOW, drafts=False)[0], config, theme.files)
    options = config.body_options
    setup = pickle.dumps(RenderSetup(plan.frame, theme.own, theme.built_in, options, ""))
    outputs = [output for output in plan.outputs if not isinstance(output.value, FileCopy)]
    starts = range(0, len(outputs), chunk)
    chunks = [tuple(outputs[start : start + chunk]) for start in starts]
    return [SentTask(setup, site, some, *(("",) * len(some),) * 2) for some in chunks]
