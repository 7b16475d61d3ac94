"""A picture of cost against the archive's size: SVG that is readable in light and in dark."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from math import ceil, floor, log10

WIDTH, HEIGHT = 410, 350
LEFT, RIGHT, TOP, BOTTOM = 66, 136, 66, 62
LINE = 19
"""Names of lines stand at least so far apart."""

STYLE = """
  svg { --paper: #ffffff; --ink: #1f2328; --faint: #d0d7de; --first: #0757ba; --second: #b03a09; }
  @media (prefers-color-scheme: dark) {
    svg { --paper: #0d1117; --ink: #e6edf3; --faint: #3d444d; --first: #79b8ff; --second: #ffa077; }
  }
  .paper { fill: var(--paper); }
  text { fill: var(--ink); font: 15px system-ui, sans-serif; }
  .title { font-weight: 600; font-size: 17px; }
  .rule { stroke: var(--faint); }
  .line { fill: none; stroke-width: 2.5; }
  .first .line { stroke: var(--first); } .first .mark, .first text { fill: var(--first); }
  .second .line { stroke: var(--second); stroke-dasharray: 7 5; }
  .second .mark, .second text { fill: var(--second); }
"""


@dataclass(frozen=True, slots=True)
class Series:
    """One line: a name and its points, the size of the archive and the cost."""

    name: str
    points: tuple[tuple[int, float], ...]


@dataclass(frozen=True, slots=True)
class Panel:
    """One drawing: a title, the unit of cost, and at most two lines."""

    title: str
    unit: str
    series: tuple[Series, ...]


@dataclass(frozen=True, slots=True)
class Scale:
    """From values to places, in steps of ten."""

    low: int
    high: int
    start: float
    end: float

    @classmethod
    def over(cls, values: Sequence[float], start: float, end: float) -> "Scale":
        """The whole powers of ten round some values, laid between two places."""
        low, high = floor(log10(min(values))), ceil(log10(max(values)))
        return cls(low, max(high, low + 1), start, end)

    def place(self, value: float) -> float:
        """Where a value goes."""
        share = (log10(value) - self.low) / (self.high - self.low)
        return round(self.start + share * (self.end - self.start), 1)

    @property
    def ticks(self) -> tuple[float, ...]:
        """The powers of ten that get a line."""
        return tuple(10.0**power for power in range(self.low, self.high + 1))


def draw(panels: Sequence[Panel], title: str, description: str) -> str:
    """Panels side by side, with a title and a description for those who cannot see them."""
    width = WIDTH * len(panels)
    body = "\n".join(
        f'<g transform="translate({number * WIDTH} 0)">{"".join(_panel(panel))}</g>'
        for number, panel in enumerate(panels)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {HEIGHT}" role="img"'
        f' aria-labelledby="t d">\n<title id="t">{escape(title)}</title>\n'
        f'<desc id="d">{escape(description)}</desc>\n<style>{STYLE}</style>\n'
        f'<rect class="paper" width="{width}" height="{HEIGHT}"/>\n{body}\n</svg>\n'
    )


def _panel(panel: Panel) -> Iterator[str]:
    points = [point for series in panel.series for point in series.points]
    across = Scale.over([size for size, _ in points], LEFT, WIDTH - RIGHT)
    up = Scale.over([cost for _, cost in points], HEIGHT - BOTTOM, TOP)
    yield _text(LEFT, 24, panel.title, css="title")
    yield _text(LEFT, 43, panel.unit)
    for tick in across.ticks:
        x = across.place(tick)
        yield f'<path class="rule" d="M{x} {TOP}V{HEIGHT - BOTTOM}"/>'
        yield _text(x, HEIGHT - BOTTOM + 20, f"{tick:,.0f}", anchor="middle")
    for tick in up.ticks:
        y = up.place(tick)
        yield f'<path class="rule" d="M{LEFT} {y}H{WIDTH - RIGHT}"/>'
        yield _text(LEFT - 8, y + 5, f"{tick:,g}", anchor="end")
    yield _text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 16, "stories in the archive", anchor="middle")
    heights = _apart([up.place(series.points[-1][1]) for series in panel.series])
    for css, series, y in zip(("first", "second"), panel.series, heights, strict=False):
        cost = float(f"{series.points[-1][1]:.3g}")
        name = _text(across.place(series.points[-1][0]) + 11, y + 5, f"{series.name} {cost:,g}")
        yield f'<g class="{css}">{"".join(_series(series, across, up, css))}{name}</g>'


def _apart(heights: list[float]) -> list[float]:
    """The same heights, two that are too near to each other moved apart."""
    if len(heights) == 1:
        return heights
    push = max(0.0, LINE - (max(heights) - min(heights))) / 2
    lowest = heights.index(max(heights))
    return [y + push if place == lowest else y - push for place, y in enumerate(heights)]


def _series(series: Series, across: Scale, up: Scale, css: str) -> Iterator[str]:
    places = [(across.place(size), up.place(cost)) for size, cost in series.points]
    yield f'<path class="line" d="M{" L".join(f"{x} {y}" for x, y in places)}"/>'
    for x, y in places:
        if css == "first":
            yield f'<circle class="mark" cx="{x}" cy="{y}" r="5"/>'
        else:
            yield f'<rect class="mark" x="{x - 4.5:.1f}" y="{y - 4.5:.1f}" width="9" height="9"/>'


def _text(x: float, y: float, text: str, *, anchor: str = "start", css: str = "") -> str:
    named = f' class="{css}"' if css else ""
    return f'<text x="{x}" y="{y}" text-anchor="{anchor}"{named}>{escape(text)}</text>'
