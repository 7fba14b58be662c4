"""Picture: the probability of a zone, by account and overall."""

from __future__ import annotations

import plotly.graph_objects as go

from winset.findings.answer import Analysis
from winset.report.figures.style import BLUE, height, label, percent_axis, picture, rows_axis
from winset.report.words import share


def zone_by_account(analysis: Analysis) -> go.Figure:
    """Return a dot for each account and one for all draws; bars reach two standard errors to either side.

    Accounts that no draw took are left out.
    """
    zone = analysis.zone
    parts = [(part.title, part.probability, part.standard_error) for part in zone.by_account]
    rows = [
        (title, p, e or 0.0)
        for title, p, e in [*parts, ("all readings", zone.probability, zone.standard_error)]
        if p is not None
    ]
    ticks = [label(title) for title, _, _ in rows]
    figure = picture("How often some agreement is acceptable, by account", height(ticks))
    figure.add_trace(
        go.Scatter(
            x=[p for _, p, _ in rows],
            y=list(range(len(rows))),
            mode="markers",
            marker={"size": 11, "color": BLUE, "symbol": ["circle"] * (len(rows) - 1) + ["diamond"]},
            error_x={"type": "data", "array": [2 * e for _, _, e in rows], "color": BLUE, "thickness": 1.5},
            text=[f"{label(title)}: {share(p, e)}" for title, p, e in rows],
            hoverinfo="text",
        )
    )
    figure.update_xaxes(percent_axis("readings with a zone"))
    figure.update_yaxes(rows_axis(ticks))
    return figure
