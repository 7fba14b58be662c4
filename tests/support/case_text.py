"""Small case files for tests of the reader; ``‸`` marks where a problem is expected."""

from __future__ import annotations

from winset.case.load import load_text
from winset.errors import InputError, Problem
from winset.model.negotiation import Negotiation

MARK = "‸"

SECTIONS = {
    "winset": "winset: 1",
    "case": "case: tiny",
    "title": "title: Tiny",
    "sources": "sources: {minutes: {title: Minutes}}",
    "statements": "statements: {said: {by: east}}",
    "issues": (
        "issues:\n"
        "  boundary: {options: [river, ridge, road], ordered: true}\n"
        "  water: {range: [0, 100], step: 5, unit: percent}\n"
        "  form: {options: [truce, treaty]}"
    ),
    "parties": "parties:\n  east: {name: East}\n  west: {name: West}",
}


def case(**sections: str) -> str:
    """Return a case file with these sections in place of, or after, the usual ones."""
    return "\n".join({**SECTIONS, **sections}.values()) + "\n"


def party(text: str) -> str:
    """Return a case file whose first party says this."""
    return case(parties=f"parties:\n  east: {text}\n  west: {{}}")


def read(text: str) -> Negotiation:
    return load_text(text, "tiny.yaml")


def problems_of(text: str | bytes) -> tuple[Problem, ...]:
    """Return the problems of a text that must have some."""
    try:
        load_text(text, "tiny.yaml")
    except InputError as error:
        return error.problems
    raise AssertionError("no problem was found")


def marked(text: str) -> tuple[str, int, int]:
    """Return the text without its mark, and the line and column of the mark."""
    before, mark, after = text.partition(MARK)
    assert mark
    assert MARK not in after
    return before + after, before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
