"""Every judgement that an account leaves open, by path, and what the draws made of it.

A judgement's random numbers are addressed by its path, so that the values that went into the draws can be had
again at any time, judgement by judgement, without keeping them.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from typing import assert_never

from winset.model.draws import FloatArray
from winset.model.issues import Clause, Issue, Space
from winset.model.judgement import Number, Values, Weights
from winset.model.negotiation import Account
from winset.model.party import Party, RedLine
from winset.model.readings import SampledReading, ordered_numbers


@dataclass(frozen=True, slots=True)
class Judged:
    """A judgement that draws have to make precise.

    Attributes
    ----------
    party : Party
        Whom it is about.
    about : Number, Weights, Values or RedLine
        A number is a reservation value, or what an interaction adds. Of a red line it is open whether it is
        meant.
    issue : Issue or None
        Whose options the values are for.
    when : Clause or None
        Of the interaction that the number belongs to.
    """

    party: Party
    about: Number | Weights | Values | RedLine
    issue: Issue | None = None
    when: Clause | None = None

    @property
    def path(self) -> str:
        """Place in the case file; of a red line, that of its firmness."""
        return self.about.firmness.path if isinstance(self.about, RedLine) else self.about.path

    @property
    def stated(self) -> Hashable:
        """What the file says, without words and sources: equal where accounts say the same."""
        about = self.about
        if isinstance(about, Number):
            return about.low, about.high, self.when
        if isinstance(about, RedLine):
            return about.never, about.firmness.low, about.firmness.high
        bounds = about.lower, about.upper, about.groups
        return (*bounds, about.total if isinstance(about, Weights) else (about.points, about.stated))

    def drawn(self, reading: SampledReading) -> FloatArray:
        """Return what the reading's draws made of it, [D, C].

        One column for a number; 1 or 0 for a red line that is meant or not; a column for each issue of weights,
        and for each option or stated point of values.
        """
        about = self.about
        if isinstance(about, Number):
            return reading.number(about)[:, None]
        if isinstance(about, Weights):
            return reading.weights(about)
        if isinstance(about, RedLine):
            return reading.meant(about)[:, None].astype(float)
        if isinstance(about, Values):
            if about.points is not None or self.issue is None:
                return ordered_numbers(about, reading.seed, reading.rows)
            return reading.values(about, self.issue)
        assert_never(about)


def judgements(space: Space, account: Account) -> tuple[Judged, ...]:
    """Return what an account leaves open of what draws are made of: by party, in the order of the file.

    Judgements that no draw depends on (constituencies, discounts) and exact ones are left out; so are red lines
    that are surely meant or surely not.
    """
    return tuple(judged for party in account.parties for judged in _of_party(space, party))


def _of_party(space: Space, party: Party) -> Iterator[Judged]:
    batna, preferences = party.batna.value, party.preferences
    if batna is not None and not batna.exact:
        yield Judged(party, batna)
    if not preferences.weights.exact:
        yield Judged(party, preferences.weights)
    for issue, values in zip(space.issues, preferences.values, strict=True):
        if not values.exact:
            yield Judged(party, values, issue=issue)
    for interaction in preferences.interactions:
        if not interaction.adds.exact:
            yield Judged(party, interaction.adds, when=interaction.when)
    for line in party.red_lines:
        if not (line.firmness.exact and line.firmness.low in (0.0, 1.0)):
            yield Judged(party, line)
