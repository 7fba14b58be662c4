"""Open judgements in words, for readers of a finding."""

from __future__ import annotations

from winset.model.issues import Space
from winset.model.judged import Judged
from winset.model.judgement import Values, Weights
from winset.model.party import RedLine


def in_words(judged: Judged, space: Space) -> str:
    """Return what is judged, with whom it is about: ``whether East means “no boundary along the road”``."""
    party, about = judged.party, judged.about
    if isinstance(about, RedLine):
        return f"whether {party.name} means “{about.what or f'never {about.never.describe(space)}'}”"
    if isinstance(about, Weights):
        return f"how much each issue matters to {party.name}"
    if judged.issue is not None:
        return f"what the options of {judged.issue.name} are worth to {party.name}"
    if judged.when is not None:
        return f"what it adds for {party.name} that {judged.when.describe(space)}"
    alternative = f" ({party.batna.what})" if party.batna.what else ""
    return f"what no agreement is worth to {party.name}{alternative}"


def column_names(judged: Judged, space: Space) -> tuple[str, ...]:
    """Return what each column of `Judged.drawn` is of; one empty text where there is only one number."""
    about, issue = judged.about, judged.issue
    if isinstance(about, Weights):
        return space.names
    if isinstance(about, Values) and issue is not None:
        if about.points is not None:
            return tuple(f"{point:g}" for point in about.points)
        return tuple(issue.label(option) for option in range(len(issue.options)))
    return ("",)
