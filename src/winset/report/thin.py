"""Showing some of many."""

from __future__ import annotations


def evenly(number_of: int, most: int) -> list[int]:
    """Return at most that many evenly spaced places of `number_of`, the first and the last among them."""
    if number_of <= most:
        return list(range(number_of))
    return [round(k * (number_of - 1) / (most - 1)) for k in range(most)]
