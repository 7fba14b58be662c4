"""Picture: the Pareto frontier, seen by two parties."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from winset.findings.answer import Analysis
from winset.findings.frontier import FrontierFinding, FrontierPoint, SolutionsFinding
from winset.model.issues import Outcome
from winset.model.negotiation import Negotiation
from winset.report.figures.style import BLUE, GREY, HOVER_WIDTH, INK, axis, label, picture
from winset.report.thin import evenly
from winset.report.view import finding, names, terms, utilities
from winset.report.words import listing

MAX_POINTS = 2_000
HOVER_TERMS = 12
"""Issues that are named when a reader points at an outcome."""


def frontier(analysis: Analysis, x: str, y: str, *, max_points: int = MAX_POINTS) -> go.Figure:
    """Return the frontier's outcomes by the utilities of two parties.

    Parameters
    ----------
    analysis : Analysis
    x, y : str
        Ids of the parties on the horizontal and the vertical axis.
    max_points : int
        Of more points, evenly spaced ones are drawn (and every solution); the axis title says so.

    Returns
    -------
    plotly Figure
        Full dots lie in the zone, hollow ones do not; dashed lines are reservation values; diamonds are the
        bargaining solutions. With more than two parties the frontier is that of all of them, so that an
        outcome may look dominated in the picture of two.
    """
    found = analysis.frontier
    points = [found.points[place] for place in evenly(len(found.points), max_points)]
    who = names(analysis.negotiation)
    figure = picture(f"The Pareto frontier as {who[x]} and {who[y]} see it", 560)
    for inside in (False, True):
        chosen = [point for point in points if point.in_zone is inside]
        figure.add_trace(_dots(chosen, (x, y), analysis.negotiation, inside=inside))
    _mark_reservations(figure, found, (x, y))
    _mark_solutions(figure, analysis, (x, y))
    drawn = (
        "" if len(points) == len(found.points) else f"<br>{len(points):,} of {len(found.points):,} points drawn"
    )
    figure.update_xaxes(axis(f"utility of {label(who[x], HOVER_WIDTH // 2)}{drawn}"))
    figure.update_yaxes(axis(f"utility of {label(who[y], HOVER_WIDTH // 2)}"))
    figure.update_layout(
        margin={"t": figure.layout.margin.t + 26},
        showlegend=True,
        legend={"orientation": "h", "y": 1, "yanchor": "bottom", "x": 0, "font": {"size": 12}},
    )
    return figure


def _dots(
    points: Sequence[FrontierPoint], pair: tuple[str, str], negotiation: Negotiation, *, inside: bool
) -> go.Scatter:
    return go.Scatter(
        x=[point.utilities[pair[0]] for point in points],
        y=[point.utilities[pair[1]] for point in points],
        mode="markers",
        name="in the zone" if inside else "outside the zone",
        marker={
            "size": 7,
            "symbol": "circle" if inside else "circle-open",
            "color": BLUE if inside else GREY,
            "line": {"width": 1 if inside else 1.3},
        },
        text=[_hover(negotiation, point.outcome, utilities(negotiation, point.utilities)) for point in points],
        hoverinfo="text",
    )


def _hover(negotiation: Negotiation, outcome: Outcome, worth: Sequence[tuple[str, str]]) -> str:
    """Return terms and utilities, a line each."""
    all_terms = terms(negotiation, outcome)
    lines = [label(f"{term.issue}: {term.option}", HOVER_WIDTH) for term in all_terms[:HOVER_TERMS]]
    if len(all_terms) > HOVER_TERMS:
        lines.append(f"and {len(all_terms) - HOVER_TERMS} more issues")
    lines += [label(f"{name} {figure}", HOVER_WIDTH) for name, figure in worth]
    return "<br>".join(lines)


def _mark_reservations(figure: go.Figure, found: FrontierFinding, pair: tuple[str, str]) -> None:
    line = {"color": GREY, "dash": "dash", "width": 1.3}
    font = {"size": 11, "color": GREY}
    if pair[0] in found.reservation:
        figure.add_vline(x=found.reservation[pair[0]], line=line)
        figure.add_annotation(
            x=found.reservation[pair[0]],
            y=0,
            yref="paper",
            yanchor="bottom",
            xanchor="left",
            textangle=-90,
            text="its BATNA",
            showarrow=False,
            font=font,
        )
    if pair[1] in found.reservation:
        figure.add_hline(y=found.reservation[pair[1]], line=line)
        figure.add_annotation(
            y=found.reservation[pair[1]],
            x=0,
            xref="paper",
            xanchor="left",
            yanchor="bottom",
            text="its BATNA",
            showarrow=False,
            font=font,
        )


def _mark_solutions(figure: go.Figure, analysis: Analysis, pair: tuple[str, str]) -> None:
    """Draw the bargaining solutions; those that pick the same outcome share a mark."""
    found = finding(analysis, "solutions", SolutionsFinding)
    picked: dict[tuple[float, float], list[str]] = {}
    texts = {}
    for name, solution in found.named() if found is not None else ():
        if solution is not None:
            place = (solution.utilities[pair[0]], solution.utilities[pair[1]])
            picked.setdefault(place, []).append(name)
            texts[place] = _hover(
                analysis.negotiation, solution.outcome, utilities(analysis.negotiation, solution.utilities)
            )
    if not picked:
        return
    sides = ("top right", "bottom left", "middle right", "middle left")
    figure.add_trace(
        go.Scatter(
            x=[x for x, _ in picked],
            y=[y for _, y in picked],
            mode="markers+text",
            name="bargaining solution",
            marker={"size": 13, "symbol": "diamond-open", "color": INK, "line": {"width": 2}},
            text=[label(listing(named), HOVER_WIDTH) for named in picked.values()],
            textposition=[sides[k % len(sides)] for k in range(len(picked))],
            textfont={"size": 12},
            hovertext=[f"{listing(picked[place])}<br>{texts[place]}" for place in picked],
            hoverinfo="text",
            cliponaxis=False,
        )
    )
