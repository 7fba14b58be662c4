"""Case files: text in, negotiation out, or every problem at once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from winset.case.build import build
from winset.case.compose import compose
from winset.case.problems import Problems
from winset.case.text import CaseText, decode, read
from winset.model.negotiation import Negotiation


def load(path: str | Path) -> Negotiation:
    """Return the negotiation that a case file describes.

    Parameters
    ----------
    path : str or Path
        The file, as the user names it; errors and the result name it likewise.

    Raises
    ------
    InputError
        With every problem found, each with its place, in the order of the file.
    """
    return _negotiation(read(Path(path), str(path)))


def load_text(text: str | bytes, file: str = "<text>") -> Negotiation:
    """Return the negotiation that the text of a case file describes.

    Parameters
    ----------
    text : str or bytes
        The text; bytes have to be UTF-8.
    file : str
        Name for error messages.

    Raises
    ------
    InputError
        As `load`.
    """
    return _negotiation(decode(text, file))


def _negotiation(text: CaseText) -> Negotiation:
    problems = Problems(text)
    return replace(build(compose(text, problems), problems), file=text.file)
