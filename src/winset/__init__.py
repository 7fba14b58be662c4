"""Winset: is there a deal, and what blocks it; would it be ratified; would it last; what gets there."""

from __future__ import annotations

from winset._version import VERSION as __version__

__all__ = ["__version__"]
