"""Picture: what each demand costs."""

from __future__ import annotations

import plotly.graph_objects as go

from winset.findings.answer import Analysis
from winset.report.figures.style import (
    BLUE,
    GREY,
    height,
    label,
    percent_axis,
    picture,
    rows_axis,
)
from winset.report.obstacles import obstacles


def lifts(analysis: Analysis) -> go.Figure:
    """Return, for each demand that makes a difference, how often there is a zone with and without it.

    The dashed line is the probability with all demands, a dot that without one; bars reach two standard errors
    to either side.
    """
    found = obstacles(analysis)
    pairs = list(zip(found.rows, analysis.blockers.lift, strict=True))[: found.shown]
    names = [f"{row.party}: {row.what}" for row, _ in pairs]
    ticks = [label(name) for name in names]
    figure = picture("How often there would be a zone if one demand were lifted", height(ticks))
    base = analysis.zone.probability or 0.0
    for place, (_, lift) in enumerate(pairs):
        figure.add_shape(
            type="line",
            x0=base,
            x1=lift.probability_without,
            y0=place,
            y1=place,
            line={"color": GREY, "width": 2},
        )
    figure.add_vline(x=base, line={"color": GREY, "dash": "dash", "width": 1.5})
    figure.add_annotation(
        x=base, y=1, yref="paper", yanchor="bottom", text="as it stands", showarrow=False, font={"size": 12}
    )
    figure.add_trace(
        go.Scatter(
            x=[lift.probability_without for _, lift in pairs],
            y=list(range(len(pairs))),
            mode="markers",
            marker={"size": 11, "color": BLUE},
            error_x={
                "type": "data",
                "array": [2 * (lift.standard_error or 0.0) for _, lift in pairs],
                "color": BLUE,
                "thickness": 1.5,
            },
            text=[f"{label(name, 60)}<br>{row.change}" for name, (row, _) in zip(names, pairs, strict=True)],
            hoverinfo="text",
        )
    )
    figure.update_xaxes(percent_axis("readings with a zone"))
    figure.update_yaxes(rows_axis(ticks))
    return figure
