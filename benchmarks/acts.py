"""What a newsroom does all day, one act after another: what each costs beside Hugo's build."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from random import Random

from benchmarks import edits
from benchmarks.builds import Tell
from benchmarks.generators import Generator
from benchmarks.metering import metered
from benchmarks.results import Figures
from benchmarks.workspace import Contender, Workspace, changed

HELD_HOURS = 2
"""An embargo is set so many hours ahead, and has passed an hour later."""
ABOUT = "../pages/about.md"
# One dot: what counts is that a picture is new.
DOT = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360f8cf500f00038601805a347d6b0000000049454e44ae426082"
)


class WrongPageError(Exception):
    """A page is missing, or stands, after an act that should have had the opposite outcome."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A page of the published folder, and whether it must stand after an act."""

    path: str
    stands: bool = True


@dataclass(slots=True)
class Newsroom:
    """A site, and what people do to it; each act tells by which page one sees that it is done."""

    contender: Contender
    stories: list[str]
    chance: Random
    number: int = 0
    hour: int = 0
    held: str = ""
    explainer: str = field(init=False)

    def __post_init__(self) -> None:
        self.write(ABOUT, "---\ntitle: About\n---\nWho we are.\n")
        first = edits.tag_address(self.contender.read(self.stories[0])).split("/")[2]
        self.explainer = f"../tags/{first}.md"
        self.write(self.explainer, f"---\ntitle: {first.title()}\n---\nWhat it is.\n")

    @property
    def now(self) -> str:
        """The instant of the next build."""
        return f"2026-02-{1 + self.hour // 24:02}T{self.hour % 24:02}:00:00Z"

    def write(self, path: str, text: str) -> None:
        """Save a file; its path is below the folder of stories."""
        self.contender.write(path, text)

    def any_story(self) -> str:
        """The path of some story that was there from the start."""
        return self.chance.choice(self.stories)

    def page_of(self, path: str) -> str:
        """The published file of a story."""
        text = self.contender.read(path)
        section, date, slug = (edits.field(text, key) for key in ("section", "date", "slug"))
        return f"{section}/{date[:4]}/{date[5:7]}/{slug}/index.html"

    def changed(self, path: str, pattern: str, new: str) -> Outcome:
        """A story in which the first place that fits a pattern has become something else."""
        text = self.contender.read(path)
        after = re.sub(pattern, lambda _found: new, text, count=1, flags=re.MULTILINE)
        if after == text:
            raise LookupError(f"{path}: nothing fits {pattern}")
        self.write(path, after)
        return Outcome(self.page_of(path))

    def fresh(self, head: str = "", **fields: str) -> str:
        """A new story with further lines of front matter, and other values for some."""
        story = edits.next_story(
            self.contender.read(self.any_story()), f"Act {self.number}", self.number
        )
        text = story.text.replace("---\n", f"---\n{head}", 1)
        for key, value in fields.items():
            text = re.sub(rf"^{key}: .*$", f"{key}: {value}", text, count=1, flags=re.MULTILINE)
        self.write(story.path, text)
        self.number += 1
        return story.path


def _nothing(_room: Newsroom) -> Outcome:
    return Outcome("index.html")


def _body_corrected(room: Newsroom) -> Outcome:
    return room.changed(room.any_story(), r"\Z", "\nOne word more.\n")


def _headline_changed(room: Newsroom) -> Outcome:
    room.number += 1
    return room.changed(room.any_story(), r"^title: .*$", f'title: "Another {room.number}"')


def _known_tags(room: Newsroom) -> Outcome:
    return Outcome(room.page_of(room.fresh()))


def _new_tag(room: Newsroom) -> Outcome:
    number = room.number
    room.fresh(tags=f'["Never Seen {number}"]')
    return Outcome(f"tags/never-seen-{number}/index.html")


def _new_author(room: Newsroom) -> Outcome:
    number = room.number
    room.fresh(authors=f'["New Hand {number}"]')
    return Outcome(f"authors/new-hand-{number}/index.html")


def _draft_saved(room: Newsroom) -> Outcome:
    room.held = room.fresh("draft: true\n")
    return Outcome(room.page_of(room.held), stands=False)


def _draft_saved_again(room: Newsroom) -> Outcome:
    return replace(room.changed(room.held, r"\Z", "\nA line more.\n"), stands=False)


def _draft_published(room: Newsroom) -> Outcome:
    return room.changed(room.held, r"^draft: true\n", "")


def _embargo_set(room: Newsroom) -> Outcome:
    hour = room.hour + HELD_HOURS
    room.held = room.fresh(f"embargo: 2026-02-{1 + hour // 24:02}T{hour % 24:02}:00:00Z\n")
    return Outcome(room.page_of(room.held), stands=False)


def _embargo_passes(room: Newsroom) -> Outcome:
    room.hour += HELD_HOURS + 1
    return Outcome(room.page_of(room.held))


def _old_address(room: Newsroom) -> Outcome:
    room.number += 1
    room.changed(room.any_story(), r"\A---\n", f"---\naliases: [/was/here/{room.number}/]\n")
    return Outcome(f"was/here/{room.number}/index.html")


def _deleted(room: Newsroom) -> Outcome:
    path = room.any_story()
    gone = Outcome(room.page_of(path), stands=False)
    room.stories.remove(path)
    (room.contender.stories / path).unlink()
    return gone


def _other_section(room: Newsroom) -> Outcome:
    path = room.any_story()
    was = edits.field(room.contender.read(path), "section")
    return room.changed(path, r"^section: .*$", f"section: {'war' if was == 'tech' else 'tech'}")


def _tag_taken_away(room: Newsroom) -> Outcome:
    several = r'^tags: \["[^"]*", '
    path = room.any_story()
    while not re.search(several, room.contender.read(path), re.MULTILINE):
        path = room.any_story()
    return room.changed(path, several, "tags: [")


def _page_corrected(room: Newsroom) -> Outcome:
    room.write(ABOUT, room.contender.read(ABOUT) + "\nA sentence more.\n")
    return Outcome("about/index.html")


def _explainer_corrected(room: Newsroom) -> Outcome:
    room.write(room.explainer, room.contender.read(room.explainer) + "\nA sentence more.\n")
    return Outcome("index.html")


def _picture(room: Newsroom) -> Outcome:
    name = f"dot-{room.number}.png"
    path = room.fresh(f"image: {{src: {name}, alt: A dot}}\n")
    (room.contender.stories / path).with_name(name).write_bytes(DOT)
    return Outcome(room.page_of(path))


ACTS: dict[str, Callable[[Newsroom], Outcome]] = {
    "nothing": _nothing,
    "body corrected": _body_corrected,
    "headline changed": _headline_changed,
    "story with known tags": _known_tags,
    "story with a new tag": _new_tag,
    "story by a new author": _new_author,
    "draft saved": _draft_saved,
    "draft saved again": _draft_saved_again,
    "draft published": _draft_published,
    "embargo set": _embargo_set,
    "embargo passes": _embargo_passes,
    "old address added": _old_address,
    "story deleted": _deleted,
    "story to another section": _other_section,
    "tag taken away": _tag_taken_away,
    "standing page corrected": _page_corrected,
    "explainer corrected": _explainer_corrected,
    "story with a picture": _picture,
}


def measure_acts(
    space: Workspace, rounds: int, seed: int, tell: Tell
) -> Iterator[tuple[str, Generator, Figures]]:
    """Each act so many times: the act, whose figures they are, what it took.

    The first contender does it; each other one builds its site once in a round, as it does
    whatever has changed. Raises WrongPageError for an act that did not do what it should.
    """
    ours, *others = space.contenders
    room = Newsroom(ours, list(space.paths), Random(f"{seed} acts"))
    _built(ours, room.now)
    for number in range(rounds):
        wholes = [(other.generator, _built(other)) for other in others]
        for name, act in ACTS.items():
            outcome = act(room)
            yield name, ours.generator, _built(ours, room.now)
            if (ours.output / outcome.path).exists() != outcome.stands:
                raise WrongPageError(f"{name}: {outcome.path}")
            yield from ((name, generator, whole) for generator, whole in wholes)
        tell(f"acts, round {number + 1} of {rounds}")


def _built(contender: Contender, now: str = "") -> Figures:
    before = contender.published()
    command = contender.generator.build(contender.site, contender.output)
    cost = metered((*command, "--now", now) if now else command, contender.site)
    files = changed(before, contender.published())
    return Figures(cost.seconds, cost.cpu_seconds, cost.memory_mb, files)
