"""Draw a domain's frontier against the points that its organisers list, for docs/explanation/nonlinear.md.

``python tools/draw_nonlinear.py FOLDER PICTURE.svg``: the folder holds a domain of two parties, and in
``pareto.xml`` lines of two utilities.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from winset.analysis import frontier
from winset.analysis.context import Context
from winset.case.formats import read

Point = tuple[float, float]

WIDTH, HEIGHT, MARGIN = 640, 420, 56
STYLE = """
  text { font: 13px sans-serif; fill: #6B737D }
  .axis { stroke: #6B737D; stroke-width: 1; fill: none }
  .grid { stroke: #6B737D; stroke-opacity: .25 }
  .ours { fill: #0072B2 }
  .theirs { fill: none; stroke: #D55E00; stroke-width: 1.6 }
"""


def main(folder: Path, picture: Path) -> None:
    """Write the picture of the domain in the folder."""
    negotiation = read(folder)
    found = frontier.run(Context(negotiation, 1, 0, negotiation.leading_account))
    ours = [tuple(point.utilities.values()) for point in found.points]
    lines = (folder / "pareto.xml").read_text(encoding="utf-8").split("\n")
    theirs = [tuple(float(number) for number in line.split(",")) for line in lines if line.strip()]
    picture.parent.mkdir(parents=True, exist_ok=True)
    picture.write_text(svg(folder.name, ours, theirs), encoding="utf-8")


def svg(name: str, ours: list[Point], theirs: list[Point]) -> str:
    """Return the picture; both axes show the range of all points, to the next twentieth."""
    ranges = [span(point[axis] for point in (*ours, *theirs)) for axis in (0, 1)]

    def place(point: Point) -> Point:
        (left, right), (bottom, top) = ranges
        x = MARGIN + (point[0] - left) / (right - left) * (WIDTH - 2 * MARGIN)
        y = HEIGHT - MARGIN - (point[1] - bottom) / (top - bottom) * (HEIGHT - 2 * MARGIN)
        return round(x, 1), round(y, 1)

    parts = [*axes(ranges, place)]
    for x, y in map(place, theirs):
        parts.append(f'<circle class="theirs" cx="{x}" cy="{y}" r="5.5"/>')
    for x, y in map(place, ours):
        parts.append(f'<circle class="ours" cx="{x}" cy="{y}" r="3.2"/>')
    x = MARGIN + 20
    y = HEIGHT - MARGIN - 40
    parts += [
        f'<circle class="ours" cx="{x}" cy="{y}" r="3.2"/><text x="{x + 12}" y="{y + 4}">exact frontier</text>',
        f'<circle class="theirs" cx="{x}" cy="{y + 20}" r="5.5"/>'
        f'<text x="{x + 12}" y="{y + 24}">points listed with the domain</text>',
    ]
    title = f"{name}: {len(ours)} points of the exact frontier and {len(theirs)} listed points"
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img">'
    return "\n".join([head, f"<title>{title}</title>", f"<style>{STYLE}</style>", *parts, "</svg>", ""])


def axes(ranges: list[Point], place: object) -> Iterable[str]:
    """Yield lines and labels at every tenth."""
    (left, right), (bottom, top) = ranges
    assert callable(place)
    for axis, (low, high) in enumerate(ranges):
        for tick in (number / 10 for number in range(30) if low <= number / 10 <= high):
            if axis == 0:
                (x, y), (x2, y2) = place((tick, bottom)), place((tick, top))
                label = f'<text x="{x}" y="{y + 18}" text-anchor="middle">{tick:.1f}</text>'
            else:
                (x, y), (x2, y2) = place((left, tick)), place((right, tick))
                label = f'<text x="{x - 8}" y="{y + 4}" text-anchor="end">{tick:.1f}</text>'
            yield f'<line class="grid" x1="{x}" y1="{y}" x2="{x2}" y2="{y2}"/>{label}'
    yield f'<text x="{WIDTH / 2}" y="{HEIGHT - 14}" text-anchor="middle">utility of the first party</text>'
    yield f'<text x="16" y="{HEIGHT / 2}" text-anchor="middle" transform="rotate(-90 16 {HEIGHT / 2})">'
    yield "utility of the second party</text>"


def span(values: Iterable[float]) -> Point:
    """Return the range, to the next twentieth."""
    numbers = list(values)
    return int(min(numbers) * 20 - 0.2) / 20, int(max(numbers) * 20 + 1.2) / 20


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
