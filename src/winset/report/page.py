"""The answer as one self-contained HTML document that works offline."""

from __future__ import annotations

import html
import itertools
import json
from dataclasses import dataclass
from typing import Any, Final

import plotly.graph_objects as go
from markupsafe import Markup
from plotly.offline import get_plotlyjs

from winset.findings.answer import Analysis
from winset.findings.blockers import BlockersFinding
from winset.findings.frontier import FrontierFinding
from winset.findings.zone import AgreementsFinding, ZoneFinding
from winset.report import embed, pageview
from winset.report.figures import acceptability, conflicts, frontier, lifts, zone_by_account
from winset.report.figures.frontier import MAX_POINTS
from winset.report.figures.style import DARK
from winset.report.templating import asset, environment
from winset.report.view import View, finding, names, view
from winset.report.words import counted, sentence

POINTS_DRAWN: Final = 8_000
"""Points of the frontier in all pictures of pairs of parties together; keeps the page small."""

MAX_PAIRS: Final = 28
"""Pairs of parties that are drawn: every pair of up to eight parties; of more parties, the first pairs."""


_ABOVE: Final = 36  # pixels above a picture without a title: room for a legend or a note


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture on the page: what it shows, its height in pixels, and its data.

    `title` is how a reader chooses it among several; `alt` where those who cannot see it find the figures.
    """

    name: str
    title: str
    caption: str
    alt: str
    height: int
    json: Markup


def page(analysis: Analysis) -> str:
    """Return the report as one HTML document.

    Style, scripts and data are in the document; its content policy allows no others and no network. Every
    text of the case is escaped. The same analysis gives the same document, byte for byte.
    """
    said = view(analysis)
    scripts = (get_plotlyjs(), asset("page.js"))
    figures, pairs = _figures(analysis, said), _pairs(analysis)
    return (
        environment()
        .get_template("page.html.j2")
        .render(
            **_context(analysis, said),
            figures=figures,
            pairs=pairs,
            drawn=(*figures.values(), *pairs),
            palette=embed.data(json.dumps(DARK)),
            css=Markup(asset("page.css")),
            scripts=tuple(embed.script(source) for source in scripts),
            policy=embed.policy(scripts),
        )
    )


def _context(analysis: Analysis, said: View) -> dict[str, Any]:
    negotiation = analysis.negotiation
    found = finding(analysis, "frontier", FrontierFinding)
    size = len(found.points) if found is not None else 0
    solutions = analysis.findings.get("solutions")
    return {
        "said": said,
        "version": analysis.version,
        "bar": round(100 * (said.verdict.probability or 0.0), 1),
        "common": said.agreements[0].common if said.agreements else (),
        "parties_named": tuple(names(negotiation).values()),
        "demands": tuple(
            (row, tuple(pageview.support(basis, negotiation) for basis in row.bases))
            for row in said.obstacles.rows
        ),
        "glossary": pageview.glossary(analysis),
        "matrices": pageview.matrices(analysis),
        "red_lines": pageview.red_lines(negotiation),
        "links": pageview.links(negotiation),
        "points": pageview.frontier_rows(analysis),
        "frontier_size": size,
        "frontier_size_text": counted(size, "outcome"),
        "solution_references": solutions.provenance.references if solutions is not None else (),
        "assumed": sentence(said.assumed).rstrip("."),
        "groups": pageview.assumption_groups(negotiation),
        "statements": pageview.statement_rows(negotiation),
        "sources": pageview.source_rows(negotiation),
        "methods": pageview.methods(analysis),
    }


def _figures(analysis: Analysis, said: View) -> dict[str, Drawn]:
    """Return the pictures by name, those for which there is something to draw."""
    zone = finding(analysis, "zone", ZoneFinding)
    agreements = finding(analysis, "agreements", AgreementsFinding)
    blockers = finding(analysis, "blockers", BlockersFinding)
    figures = {}
    if zone is not None and zone.probability is not None:
        if len(zone.by_account) > 1:
            figures["zone"] = _drawn("zone", zone_by_account(analysis))
        if blockers is not None and said.obstacles.shown:
            figures["lifts"] = _drawn("lifts", lifts(analysis))
    if blockers is not None and len(blockers.conflicts) > 1:
        figures["conflicts"] = _drawn("conflicts", conflicts(analysis))
    if agreements is not None and agreements.agreements:
        figures["acceptability"] = _drawn("acceptability", acceptability(analysis))
    return figures


def _pairs(analysis: Analysis) -> tuple[Drawn, ...]:
    """Return the frontier as each pair of parties sees it."""
    found = finding(analysis, "frontier", FrontierFinding)
    if found is None or not found.points:
        return ()
    who = names(analysis.negotiation)
    pairs = list(itertools.islice(itertools.combinations(who, 2), MAX_PAIRS))
    most = max(2, POINTS_DRAWN // max(1, len(pairs)))
    return tuple(
        _drawn(
            f"frontier-{place}",
            frontier(analysis, x, y, max_points=min(most, MAX_POINTS)),
            title=f"{who[x]} and {who[y]}",
        )
        for place, (x, y) in enumerate(pairs, start=1)
    )


def _drawn(name: str, figure: go.Figure, title: str = "") -> Drawn:
    """Return a picture for the page, where its title is a caption that can break anywhere."""
    caption = html.unescape(str(figure.layout.title.text).replace("<br>", " "))
    above = _ABOVE if figure.layout.showlegend or figure.layout.annotations else 8
    height = int(figure.layout.height) - int(figure.layout.margin.t) + above
    figure.update_layout(title=None, height=height, margin={"t": above})
    alt = "The tables of this section hold the figures."
    return Drawn(name, title or caption, caption, alt, height, embed.data(figure.to_json()))
