"""Case files: text in, negotiation out, or every problem at once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from winset.case.aside import lifted
from winset.case.build import build
from winset.case.compose import compose
from winset.case.overrides import AS_WRITTEN, WhatIf, read_changes
from winset.case.problems import Problems
from winset.case.save import to_yaml
from winset.case.text import CaseText, decode, read
from winset.model.negotiation import Negotiation


def load(path: str | Path, what_if: WhatIf = AS_WRITTEN) -> Negotiation:
    """Return the negotiation that a case file describes.

    Parameters
    ----------
    path : str or Path
        The file, as the user names it; errors and the result name it likewise.
    what_if : WhatIf, optional
        What is supposed instead of what the file says.

    Raises
    ------
    InputError
        With every problem found, each with its place, in the order of the file.
    """
    return _negotiation(read(Path(path), str(path)), what_if)


def load_text(text: str | bytes, file: str = "<text>", what_if: WhatIf = AS_WRITTEN) -> Negotiation:
    """Return the negotiation that the text of a case file describes.

    Parameters
    ----------
    text : str or bytes
        The text; bytes have to be UTF-8.
    file : str
        Name for error messages.
    what_if : WhatIf, optional
        What is supposed instead of what the text says.

    Raises
    ------
    InputError
        As `load`.
    """
    return _negotiation(decode(text, file), what_if)


def supposing(negotiation: Negotiation, what_if: WhatIf) -> Negotiation:
    """Return the negotiation with what is supposed: written out as a case file, and read with the changes.

    Raises
    ------
    InputError
        As `load`.
    """
    if not what_if:
        return negotiation
    return replace(load_text(to_yaml(negotiation), negotiation.id, what_if), file=negotiation.file)


def _negotiation(text: CaseText, what_if: WhatIf) -> Negotiation:
    overrides = read_changes(what_if.changes, text)
    problems = Problems(text, overrides.texts)
    made = lifted(build(compose(text, problems), problems, overrides), what_if.without)
    return replace(made, file=text.file, changes=what_if.texts)
