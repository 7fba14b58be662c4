"""Finds the analyses: every module of this package that defines ``ANALYSIS``."""

from __future__ import annotations

import importlib
import pkgutil

import winset.analysis
from winset.analysis.step import AnalysisStep


def analyses() -> dict[str, AnalysisStep]:
    """Return every analysis by name, in report order."""
    steps = []
    for module in pkgutil.iter_modules(winset.analysis.__path__, "winset.analysis."):
        step = getattr(importlib.import_module(module.name), "ANALYSIS", None)
        if isinstance(step, AnalysisStep):
            steps.append(step)
    return {step.name: step for step in sorted(steps, key=lambda step: (step.order, step.name))}
