"""Pictures, one function a file: the same in a notebook and on the page."""

from __future__ import annotations

from winset.report.figures.acceptability import acceptability
from winset.report.figures.conflicts import conflicts
from winset.report.figures.frontier import frontier
from winset.report.figures.lifts import lifts
from winset.report.figures.zone_by_account import zone_by_account

__all__ = ["acceptability", "conflicts", "frontier", "lifts", "zone_by_account"]
