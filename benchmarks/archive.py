"""A newspaper's archive, invented: Markdown stories with front matter that every generator reads.

Ten years of stories in 8 sections by 60 authors, some 580 words each. There is a tag for every
20 stories; how often each is used follows Zipf's law. The same count and seed give the same
bytes on every machine.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from random import Random

from benchmarks.prose import Prose, Ranked, invent_words

SECTIONS = ("world", "politics", "war", "economy", "culture", "sport", "opinion", "tech")
FIRST_DAY = datetime(2015, 1, 1, 6, 0)  # noqa: DTZ001 - written with a Z below
SPAN = timedelta(days=3650)
AUTHORS = 60
STORIES_PER_TAG = 20
FEWEST_TAGS = 50


@dataclass(frozen=True, slots=True)
class Story:
    """One file of the archive: its path below the folder of stories, and its text."""

    path: str
    text: str


@dataclass(frozen=True)
class Archive:
    """So many stories; each can be written without the others."""

    count: int
    seed: int = 1

    @cached_property
    def prose(self) -> Prose:
        """The language that all stories are written in."""
        chance = Random(f"{self.seed} words")
        words = Ranked.of(invent_words(chance), 3)
        names = (" ".join(chance.sample(words.names, 2)).title() for _ in range(AUTHORS))
        return Prose(words, tuple(names))

    @cached_property
    def tags(self) -> Ranked:
        """The tags, the most used first."""
        chance = Random(f"{self.seed} tags")
        names: dict[str, None] = {}
        while len(names) < max(FEWEST_TAGS, self.count // STORIES_PER_TAG):
            words = chance.choices(self.prose.words.names, k=chance.randint(1, 3))
            names[" ".join(words).title()] = None
        return Ranked.of(tuple(names), 2)

    def story(self, number: int) -> Story:
        """The story of this number; 0 is the oldest."""
        chance = Random(f"{self.seed} story {number}")
        date = FIRST_DAY + SPAN * number / self.count
        title = self.prose.phrase(chance, chance.randint(6, 11))
        slug = f"{title.lower().replace(' ', '-')[:60].strip('-')}-{number}"
        section = chance.choice(SECTIONS)
        tags = dict.fromkeys(self.tags.draw(chance, chance.randint(2, 6)))
        quoted = ", ".join(f'"{tag}"' for tag in tags)
        front_matter = (
            f'title: "{title}"',
            f"date: {date:%Y-%m-%dT%H:%M:%S}Z",
            f"slug: {slug}",
            f'authors: ["{chance.choice(self.prose.speakers)}"]',
            f"section: {section}",
            f'summary: "{self.prose.phrase(chance, 18)}."',
            f"tags: [{quoted}]",
        )
        text = "\n".join(("---", *front_matter, "---", self.prose.body(chance)))
        return Story(f"{section}/{date:%Y}/{slug}.md", text)

    def stories(self) -> Iterator[Story]:
        """Every story, from the oldest."""
        return map(self.story, range(self.count))

    def write(self, folder: Path) -> tuple[str, ...]:
        """Write every story into a folder; gives their paths below it, from the oldest."""
        paths = []
        for story in self.stories():
            file = folder / story.path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(story.text, "utf-8", newline="\n")
            paths.append(story.path)
        return tuple(paths)
