"""The answer in a notebook's cell: a few lines and two tables, no script."""

from __future__ import annotations

from winset.findings.answer import Analysis
from winset.report.templating import environment
from winset.report.view import view


def notebook(analysis: Analysis) -> str:
    """Return a piece of HTML without scripts, styles or links; every text of the case is escaped."""
    said = view(analysis)
    rows = said.obstacles.rows[: said.obstacles.shown]
    return environment().get_template("notebook.html.j2").render(said=said, obstacles=rows)
