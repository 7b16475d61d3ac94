"""Invented prose: words, sentences and blocks of Markdown in the proportions of news text.

The words mean nothing, so no generator gains from knowing a language; they follow Zipf's law,
as words do. Everything is drawn from a given `Random`, so the same seed gives the same text.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from random import Random

ONSETS = ("b", "d", "f", "g", "h", "k", "l", "m", "n", "r", "s", "t", "v", "")
VOWELS = ("a", "e", "i", "o", "u")
CODAS = ("", "", "n", "r", "s", "l")
WORDS = 6000

MARKS = {"none": 70, "quotation": 12, "link": 8, "emphasis": 8, "code": 1, "entity": 1}
"""Of a hundred sentences, how many have a mark of each kind."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """Names in order of their popularity; the first is drawn most."""

    names: tuple[str, ...]
    cumulative: tuple[float, ...]

    @classmethod
    def of(cls, names: Sequence[str], flatness: int) -> "Ranked":
        """Popularity is 1 / (rank + flatness): Zipf's law, its head cut off."""
        shares = (1 / (rank + flatness) for rank in range(len(names)))
        return cls(tuple(names), tuple(accumulate(shares)))

    def draw(self, chance: Random, count: int) -> list[str]:
        """So many names, with repetitions."""
        return chance.choices(self.names, cum_weights=self.cumulative, k=count)


@dataclass(frozen=True, slots=True)
class Prose:
    """A language, and the people who are quoted in it."""

    words: Ranked
    speakers: tuple[str, ...]

    def phrase(self, chance: Random, count: int) -> str:
        """So many words, the first with a capital."""
        return " ".join(self.words.draw(chance, count)).capitalize()

    def sentence(self, chance: Random) -> str:
        """8 to 26 words, one in three with a quotation, a link, emphasis or the like."""
        words = self.words.draw(chance, chance.randint(8, 26))
        words[0] = words[0].capitalize()
        place = chance.randint(1, len(words) - 3)
        kind = chance.choices(tuple(MARKS), tuple(MARKS.values()))[0]
        if kind == "quotation":
            return f"“{' '.join(words)},” said **{chance.choice(self.speakers)}**."
        if kind == "link":
            words[place] = f"[{words[place]} {words[place + 1]}](https://example.org/{words[-1]})"
        elif kind == "emphasis":
            words[place] = f"*{words[place]}*"
        elif kind == "code":
            words[place] = f"`{words[place]}`"
        elif kind == "entity":
            words[place] += " R&amp;D &"
        return " ".join(words) + "."

    def paragraph(self, chance: Random) -> str:
        """Two to four sentences."""
        return " ".join(self.sentence(chance) for _ in range(chance.randint(2, 4)))

    def body(self, chance: Random) -> str:
        """A whole story: 6 to 12 paragraphs, some followed by another kind of block."""
        blocks = []
        for _ in range(chance.randint(6, 12)):
            blocks.append(self.paragraph(chance))
            mark = chance.random()
            for limit, block in BLOCKS:
                if mark < limit:
                    blocks.append(block(self, chance))
                    break
        return "\n\n".join(blocks) + "\n"


def _heading(prose: Prose, chance: Random) -> str:
    return "## " + prose.phrase(chance, 4)


def _quotation(prose: Prose, chance: Random) -> str:
    return f"> {prose.sentence(chance)} {prose.sentence(chance)}"


def _list(prose: Prose, chance: Random) -> str:
    return "\n".join("- " + prose.phrase(chance, 9) for _ in range(4))


def _table(prose: Prose, chance: Random) -> str:
    head, *rows = (" | ".join(prose.words.draw(chance, 3)) for _ in range(5))
    return "\n".join(f"| {row} |" for row in (head, "--- | --- | ---", *rows))


BLOCKS: tuple[tuple[float, Callable[[Prose, Random], str]], ...] = (
    (0.10, _heading),
    (0.20, _quotation),
    (0.26, _list),
    (0.28, _table),
)
"""What may follow a paragraph, and below which draw between 0 and 1 it does."""


def invent_words(chance: Random) -> tuple[str, ...]:
    """A vocabulary without repetitions, of one to three syllables each."""
    words: dict[str, None] = {}
    while len(words) < WORDS:
        syllables = range(chance.randint(1, 3))
        words["".join(map(chance.choice, (ONSETS, VOWELS, CODAS) * len(syllables)))] = None
    return tuple(words)
