"""YAML's errors of grammar in words that say what to do. libyaml and PyYAML word the same error differently."""

from __future__ import annotations

from typing import Final, NoReturn

import yaml

from winset.case.nodes import Place, Scalar
from winset.case.problems import Problems
from winset.case.text import CaseText, shorten

_HINTS: Final = (
    ("mapping values", "a second ':' here; text with a colon goes in quotes, and keys need equal indentation"),
    ("block sequence entries", "a list begins here where none can; check the indentation"),
    ("unexpected end of stream", "the quotes opened here are never closed"),
    ("expected ',' or", "a bracket or brace is not closed, or a comma is missing"),
    ("could not find expected ':'", "a key without ':'"),
    ("expected ':'", "a key without ':'"),
    ("expected key", "indented differently from the keys above"),
    ("expected '-' indicator", "a key among list items; check the indentation"),
    ("<block end>", "indented differently from the lines above"),
    ("cannot start any token", "this character cannot begin text; put the text in quotes"),
    ("unknown escape", "an unknown escape in double quotes; write \\\\ for a backslash or use single quotes"),
    ("node content", "something is missing here"),
    ("incompatible YAML document", "a version of YAML that is not supported"),
)


def explain(error: yaml.MarkedYAMLError, text: CaseText, problems: Problems) -> NoReturn:
    """Note an error of YAML's grammar and stop: nothing after it can be trusted.

    Raises
    ------
    InputError
        Always: E006, or E007 for a tab.
    """
    unclosed = "unexpected end of stream" in (error.problem or "")  # known only at the end of the file
    mark = error.context_mark if unclosed and error.context_mark else error.problem_mark
    line, column = (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)
    told = f"{error.problem or ''} {error.context or ''}"
    row = text.lines[line - 1] if line <= len(text.lines) else ""
    if "cannot start any token" in told and row[column - 1 : column] == "\t":
        message = "a tab cannot indent"
        problems.add(spot(line, column), "E007", message, found="a tab", allowed="spaces")
    else:
        hint = next((hint for part, hint in _HINTS if part in told), shorten(error.problem or "unreadable"))
        problems.add(spot(line, column), "E006", f"this is not YAML: {hint}")
    problems.stop()


def spot(line: int, column: int) -> Place:
    """Return the place at this position, for problems that concern no node."""
    return Place(Scalar(line, column, "", None))
