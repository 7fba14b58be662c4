"""Picture: which demands cannot stand together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import plotly.graph_objects as go

from winset.findings.answer import Analysis
from winset.findings.demands import Demand, demands_of
from winset.report.figures.style import BLUE, GREY, GRID, HOVER_WIDTH, axis, height, label, picture, rows_axis
from winset.report.view import names
from winset.report.words import clean

SHOWN: Final = 30
"""Conflicts that are drawn; of more, the smallest."""


def conflicts(analysis: Analysis, shown: int = SHOWN) -> go.Figure:
    """Return the demands against the conflicts of the central reading: a dot where a demand is part of one.

    An agreement takes that every column loses a dot. Filled are the dots of the demands that the first
    relaxation, the cheapest, lifts.
    """
    found = analysis.blockers
    drawn = found.conflicts[:shown]
    involved = {demand for conflict in drawn for demand in conflict}
    rows = [demand for demand in demands_of(analysis.negotiation) if demand in involved]
    lifted = found.relaxations[0] if found.relaxations else ()
    which = "cheapest" if any(found.prices) else "first"
    texts = [_words(analysis, demand) for demand in rows]
    ticks = [label(text) for text in texts]
    figure = picture("Demands that cannot stand together", height(ticks))
    for column, conflict in enumerate(drawn, start=1):
        places = [rows.index(demand) for demand in conflict]
        figure.add_shape(
            type="line",
            x0=column,
            x1=column,
            y0=min(places),
            y1=max(places),
            line={"color": GRID, "width": 2},
            layer="below",
        )
    for filled in (True, False):
        cells = [
            (column, row)
            for column, conflict in enumerate(drawn, start=1)
            for row, demand in enumerate(rows)
            if demand in conflict and (demand in lifted) == filled
        ]
        if cells:
            name = f"lifted by the {which} way out" if filled else "part of the conflict"
            figure.add_trace(_dots(cells, texts, name, filled=filled))
    figure.update_layout(showlegend=True, legend={"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom"})
    of = f", the smallest {shown:,} of {len(found.conflicts):,}" if len(drawn) < len(found.conflicts) else ""
    figure.update_xaxes(
        axis(
            f"conflicts{of}",
            range=[0.4, len(drawn) + 0.6],
            dtick=max(1, len(drawn) // 8),
            tick0=1,
            showgrid=False,
        )
    )
    figure.update_yaxes(rows_axis(ticks))
    return figure


def _words(analysis: Analysis, demand: Demand) -> str:
    """Return ``East village: no boundary along the road``."""
    words = demand.describe(analysis.negotiation, analysis.blockers.account)
    return f"{names(analysis.negotiation)[demand.party]}: {clean(words)}"


def _dots(cells: Sequence[tuple[int, int]], texts: Sequence[str], name: str, *, filled: bool) -> go.Scatter:
    """Return the dots of the demands that are lifted, or of those that are not."""
    return go.Scatter(
        x=[column for column, _ in cells],
        y=[row for _, row in cells],
        mode="markers",
        name=name,
        marker={
            "size": 11,
            "symbol": "circle" if filled else "circle-open",
            "color": BLUE if filled else GREY,
            "line": {"width": 1 if filled else 2},
        },
        text=[f"conflict {column}<br>{label(texts[row], HOVER_WIDTH)}" for column, row in cells],
        hoverinfo="text",
    )
