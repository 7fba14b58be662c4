"""The demands of one precise model as a question to exact search: which of them can outcomes meet together?

Sets of demands are bit masks over those that stand: bit n is demand n.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from winset.findings.demands import Demand
from winset.model.draws import BoolArray, Draws
from winset.model.issues import Clause
from winset.model.negotiation import Negotiation
from winset.model.rule import Rule
from winset.model.tolerances import GRID, UTILITY_TOLERANCE
from winset.solve.blockage import standing_demands
from winset.solve.constraints import always_needed
from winset.solve.grid import GridModel, on_grid
from winset.solve.requirements import Requirements, clause_requirement, utility_requirement

TIE = int(UTILITY_TOLERANCE / GRID)
"""`UTILITY_TOLERANCE` in multiples of the grid."""


@dataclass(frozen=True)
class Question:
    """The demands that stand in one precise model, in integers.

    Attributes
    ----------
    model : GridModel
        Its forbidden clauses are the links. Interactions that always match are part of the constant.
    rule : Rule
    party_ids : tuple of str
        Axis [P].
    reservation : tuple of int
        In multiples of the grid. Axis [P].
    standing : tuple of Demand
    lines : dict of Demand to Clause
        What the red lines among them rule out.
    firmness : dict of Demand to float
        Of the same red lines: midpoints.
    """

    model: GridModel
    rule: Rule
    party_ids: tuple[str, ...]
    reservation: tuple[int, ...]
    standing: tuple[Demand, ...]
    lines: dict[Demand, Clause]
    firmness: dict[Demand, float]

    @cached_property
    def everything(self) -> int:
        """The set of all demands that stand."""
        return (1 << len(self.standing)) - 1

    @cached_property
    def unanimous(self) -> bool:
        """Whether the rule asks for the same parties' consent whatever the terms."""
        return set(always_needed(self.rule)) == set(self.rule.parties())

    @cached_property
    def additive(self) -> bool:
        """Whether every demand is an additive requirement that all outcomes have to meet."""
        return self.unanimous and not self.model.interactions

    @cached_property
    def needed(self) -> tuple[int, ...]:
        """Parties whose consent is needed whatever the terms."""
        return tuple(self.party_ids.index(party) for party in always_needed(self.rule))

    @cached_property
    def requirements(self) -> Requirements:
        """Every demand that stands, then every link, as additive requirements."""
        parts = [self._requirement(demand) for demand in self.standing]
        parts += [clause_requirement(self.model, clause) for clause in self.model.forbidden]
        return Requirements.all(self.model.sizes, parts)

    def kept(self, demands: int) -> list[int]:
        """Return the rows of `requirements` that a set of demands and the links are."""
        links = range(len(self.standing), len(self.standing) + len(self.model.forbidden))
        return [*places(demands), *links]

    def party(self, demand: Demand) -> int:
        """Return the place of a demand's owner among the parties."""
        return self.party_ids.index(demand.party)

    def least(self, party: int) -> int:
        """Return the least utility, in multiples of the grid, with which a party does as well as without."""
        return self.reservation[party] - TIE

    def violated(self, outcome: Sequence[int]) -> int:
        """Return the demands that an outcome violates: exact."""
        utilities = self.model.utilities(outcome)
        mask = 0
        for number, demand in enumerate(self.standing):
            line = self.lines.get(demand)
            party = self.party(demand)
            broken = utilities[party] < self.least(party) if line is None else line.matches(outcome)
            mask |= int(broken) << number
        return mask

    def correction(self, outcome: Sequence[int], kept: int = 0) -> int | None:
        """Return demands whose lifting makes an agreement of an outcome, none of them to be kept: exact.

        Of the parties that can be done without, the first are; where all are needed, these are the demands that
        the outcome violates. None where no such lifting does, or a link forbids the outcome.
        """
        if self.model.forbids(outcome):
            return None
        violated = self.violated(outcome)
        owned = self.owned
        consenting = {party for party in self.rule.parties() if not violated & kept & owned[party]}
        if not self.rule.passes(frozenset(consenting), outcome):
            return None
        for party in sorted(consenting):
            without = frozenset(consenting - {party})
            if violated & owned[party] and self.rule.passes(without, outcome):
                consenting.discard(party)
        return violated & sum(owned[party] for party in consenting)

    @cached_property
    def owned(self) -> dict[str, int]:
        """Each party's demands."""
        return {
            party: sum(1 << number for number, demand in enumerate(self.standing) if demand.party == party)
            for party in self.rule.parties()
        }

    def mask(self, demands: Sequence[Demand]) -> int:
        """Return demands as a set."""
        return sum(1 << self.standing.index(demand) for demand in demands)

    def members(self, demands: int) -> tuple[Demand, ...]:
        """Return the demands of a set, in order."""
        return tuple(self.standing[place] for place in places(demands))

    def _requirement(self, demand: Demand) -> Requirements:
        line, party = self.lines.get(demand), self.party(demand)
        if line is not None:
            return clause_requirement(self.model, line)
        return utility_requirement(self.model, party, self.least(party))


def question_of(negotiation: Negotiation, draws: Draws) -> Question:
    """Return the demands that stand in the first of the draws.

    Raises
    ------
    InputError
        E910 when utilities are too large for exact search.
    """
    links = tuple(link.never for link in negotiation.links)
    standing = standing_demands(negotiation, draws)
    red_lines = {
        Demand(party.id, "red_line", line.id): line
        for party in draws.account.parties
        for line in party.red_lines
    }
    lines = {demand: red_lines[demand] for demand in standing if demand in red_lines}
    return Question(
        model=_folded(on_grid(draws, 0, links)),
        rule=draws.account.rule,
        party_ids=tuple(party.id for party in draws.account.parties),
        reservation=tuple(round(float(value) / GRID) for value in draws.reservation[0]),
        standing=standing,
        lines={demand: line.never for demand, line in lines.items()},
        firmness={demand: line.firmness.midpoint for demand, line in lines.items()},
    )


def places(demands: int) -> Iterator[int]:
    """Yield the places of the demands in a set, ascending."""
    while demands:
        lowest = demands & -demands
        yield lowest.bit_length() - 1
        demands ^= lowest


def _folded(model: GridModel) -> GridModel:
    """Return the model with the interactions that always match, or add nothing, taken out."""
    constant = model.constant.copy()
    for interaction in model.interactions:
        if not interaction.when.terms:
            constant[interaction.party] += interaction.adds
    kept = tuple(one for one in model.interactions if one.when.terms and one.adds)
    return replace(model, constant=constant, interactions=kept)


def masks_of(broken: BoolArray) -> list[int]:
    """Return each distinct row of booleans as a set, bit n for column n."""
    packed = np.packbits(np.unique(broken, axis=0), axis=1, bitorder="little")
    return [int.from_bytes(row.tobytes(), "little") for row in packed]
