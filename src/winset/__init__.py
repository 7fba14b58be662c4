"""Winset: is there a deal, and what blocks it; would it be ratified; would it last; what gets there.

>>> import winset
>>> case = winset.load("manhattan-lot")
>>> answer = winset.analyse(case, draws=500, seed=0)
>>> answer.zone.draws
500

Names are loaded when first used: importing winset loads neither NumPy nor a plotting library.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from winset._version import VERSION as __version__

if TYPE_CHECKING:
    from winset.analysis.context import Limits
    from winset.errors import InputError, LimitReached, Problem, WinsetError
    from winset.findings.answer import Analysis
    from winset.findings.difference import Difference
    from winset.model.negotiation import Negotiation
    from winset.workflow import Answer, analyse, diff, import_case, load, shipped_cases

__all__ = [
    "Analysis",
    "Answer",
    "Difference",
    "InputError",
    "LimitReached",
    "Limits",
    "Negotiation",
    "Problem",
    "WinsetError",
    "__version__",
    "analyse",
    "diff",
    "import_case",
    "load",
    "shipped_cases",
]

_HOME = {
    "Analysis": "winset.findings.answer",
    "Answer": "winset.workflow",
    "Difference": "winset.findings.difference",
    "InputError": "winset.errors",
    "LimitReached": "winset.errors",
    "Limits": "winset.analysis.context",
    "Negotiation": "winset.model.negotiation",
    "Problem": "winset.errors",
    "WinsetError": "winset.errors",
    "analyse": "winset.workflow",
    "diff": "winset.workflow",
    "import_case": "winset.workflow",
    "load": "winset.workflow",
    "shipped_cases": "winset.workflow",
}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'winset' has no attribute {name!r}")
    return getattr(importlib.import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
