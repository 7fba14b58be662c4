"""Picture: what the agreements most often acceptable are worth to each party."""

from __future__ import annotations

from collections.abc import Iterator

import plotly.graph_objects as go

from winset.findings.answer import Analysis
from winset.findings.zone import Agreement, UtilityRange
from winset.report.figures.style import BLUE, GRID, axis, height, label, picture, rows_axis
from winset.report.view import names, scales
from winset.report.words import share, utility_range

SHOWN = 5


def acceptability(analysis: Analysis, shown: int = SHOWN) -> go.Figure:
    """Return, for the best agreements, each party's mean utility (dot) and its 5 to 95 percent range (bar).

    Parameters
    ----------
    analysis : Analysis
    shown : int
        How many agreements.
    """
    agreements = analysis.agreements.agreements[:shown]
    rows = list(_rows(agreements))
    who, scale = names(analysis.negotiation), scales(analysis.negotiation)
    ticks = [label(who[row]) if isinstance(row, str) else _heading(row, agreements) for row, _ in rows]
    figure = picture("What the agreements most often acceptable are worth to each party", height(ticks))
    for place, (row, _) in enumerate(rows):
        if not isinstance(row, str) and place:
            figure.add_hline(y=place - 0.5, line={"color": GRID, "width": 1})
    drawn = [(place, row, found) for place, (row, found) in enumerate(rows) if isinstance(row, str) and found]
    figure.add_trace(
        go.Scatter(
            x=[found.mean for _, _, found in drawn],
            y=[place for place, _, _ in drawn],
            mode="markers",
            marker={"size": 9, "color": BLUE},
            error_x=_bars([found for _, _, found in drawn]),
            text=[
                f"{label(who[row])}: {utility_range(found.mean, found.low, found.high, scale[row])}"
                for _, row, found in drawn
            ],
            hoverinfo="text",
        )
    )
    figure.update_xaxes(axis("utility", **_limits(set(scale.values()))))
    figure.update_yaxes(rows_axis(ticks))
    return figure


def _rows(agreements: tuple[Agreement, ...]) -> Iterator[tuple[str | int, UtilityRange | None]]:
    """Yield a row for each agreement, by its place, and one below it for each party."""
    for place, agreement in enumerate(agreements):
        yield place, None
        yield from agreement.utilities.items()


def _heading(place: int, agreements: tuple[Agreement, ...]) -> str:
    agreement = agreements[place]
    return f"<b>{place + 1}: in {share(agreement.acceptability, agreement.standard_error)}</b>"


def _bars(ranges: list[UtilityRange]) -> dict[str, object]:
    return {
        "type": "data",
        "symmetric": False,
        "array": [found.high - found.mean for found in ranges],
        "arrayminus": [found.mean - found.low for found in ranges],
        "color": BLUE,
        "thickness": 2,
        "width": 0,
    }


def _limits(scales_used: set[str]) -> dict[str, object]:
    return {"range": [-0.02, 1.02]} if scales_used == {"unit"} else {}
