"""How a module declares an analysis."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from winset.analysis.context import Context
from winset.findings.base import Finding


def always(context: Context) -> bool:
    """Return True: the question can be asked of every negotiation."""
    return True


@dataclass(frozen=True, slots=True)
class AnalysisStep:
    """An analysis.

    Attributes
    ----------
    name : str
        Key of the finding in the JSON document.
    order : int
        Place in the report, ascending.
    question : str
        What it answers, for the manual.
    run : callable
        Computes the finding. Uses ``context.once(other.run)`` for another analysis's finding.
    applies : callable
        Whether there is anything to ask of this negotiation; where not, the document lacks the key.
    """

    name: str
    order: int
    question: str
    run: Callable[[Context], Finding]
    applies: Callable[[Context], bool] = always
