"""Outcomes that meet some of the demands, as mixed-integer programs: for any rule and with interactions."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from winset.model.draws import IntArray
from winset.model.rule import Rule
from winset.solve.choice import Among, Best, Linear, Measure
from winset.solve.clock import Clock
from winset.solve.encode import Encoding, Row, Variable, encode
from winset.solve.question import Question, places

_RETRIES = 20  # outcomes that only the solver's tolerances let in, cut off one after the other
_NOTHING = Linear(np.zeros(0, dtype=np.int64), np.zeros(0))


@dataclass(slots=True)
class _Rows:
    """Rows and variables that are being put together; `free` is the column of the next variable."""

    free: int
    rows: list[Row]
    variables: list[Variable]

    def variable(self, low: float = 0.0) -> int:
        """Add a variable that is 0 or 1; return its column."""
        self.variables.append(Variable(low, 1.0, True))
        self.free += 1
        return self.free - 1

    def at_most(self, columns: Sequence[int] | IntArray, entries: Sequence[float], high: float) -> None:
        """Add the row ``entries @ x[columns] <= high``."""
        self.rows.append(
            Row(np.asarray(columns, dtype=np.int64), np.asarray(entries, dtype=np.float64), high=high)
        )


@dataclass(frozen=True)
class Permitted:
    """The outcomes that are agreements when only some demands stand.

    Attributes
    ----------
    question : Question
    clock : Clock, optional
    """

    question: Question
    clock: Clock | None = None

    @cached_property
    def encoding(self) -> Encoding:
        """The model in the solver's variables."""
        return encode(self.question.model)

    def any_with(self, demands: int) -> Best:
        """Return an outcome that is an agreement when these demands stand and all others are lifted."""
        return self.best_with(demands, _NOTHING)

    def best_with(self, demands: int, value: Linear, rows: Sequence[Row] = (), extra: int = 0) -> Best:
        """Return the one with the greatest value.

        Parameters
        ----------
        demands : int
        value : Linear
        rows : sequence of Row
            To be satisfied besides.
        extra : int
            Variables that are not negative, which value and rows use: the first after the encoding's.
        """
        among = self.among(demands, extra).where(rows)
        without: list[IntArray] = []
        for _ in range(_RETRIES):
            best = among.best(value, without)
            if best.outcome is None or self.question.correction(best.outcome.tolist(), demands) is not None:
                return best
            without.append(best.outcome)
        return Best(None, np.inf)

    def among(self, demands: int, extra: int = 0) -> Among:
        """Return the outcomes, and somewhat more, in which the rule passes with these demands."""
        parts = _Rows(self.encoding.size + extra, [], [Variable()] * extra)
        consent = {
            party: parts.variable(1.0 if party in self._always else 0.0)
            for party in self.question.rule.parties()
        }
        for place in places(demands):
            self._demand(place, consent, parts)
        parts.rows.append(
            Row(np.array([self._passes(self.question.rule, consent, parts)]), np.ones(1), low=1.0)
        )
        left = None if self.clock is None else self.clock.left()
        deadline = None if left is None else time.monotonic() + left
        return replace(Among(self.encoding, deadline), rows=tuple(parts.rows), variables=tuple(parts.variables))

    @cached_property
    def _always(self) -> frozenset[str]:
        return frozenset(self.question.party_ids[party] for party in self.question.needed)

    def _demand(self, place: int, consent: dict[str, int], parts: _Rows) -> None:
        """Add that a party consents only where a demand of its is met."""
        demand = self.question.standing[place]
        consents, line = consent[demand.party], self.question.lines.get(demand)
        if line is not None:
            columns = np.append(self.encoding.matching(line), consents)
            parts.at_most(columns, np.ones(len(columns)).tolist(), float(len(line.terms)))
            return
        party = self.question.party(demand)
        unit = round(1.0 / self.encoding.scale)
        gain = Measure(party, self.question.least(party), unit).linear(self.encoding)
        if demand.party in self._always:
            parts.rows.append(gain.at_least(0.0))
            return
        lowest = gain.constant + float(np.minimum(gain.entries, 0.0).sum())
        loose = Linear(
            np.append(gain.columns, consents), np.append(gain.entries, lowest), gain.constant - lowest
        )
        parts.rows.append(loose.at_least(0.0))

    def _passes(self, rule: Rule, consent: dict[str, int], parts: _Rows) -> int:
        """Add a variable that can be 1 only where the rule passes; return its column."""
        passes = parts.variable()
        votes = [
            consent[member] if isinstance(member, str) else self._passes(member, consent, parts)
            for member in rule.members
        ]
        parts.at_most([passes, *votes], [float(rule.needed), *[-1.0] * len(votes)], 0.0)
        for party in rule.veto:
            parts.at_most([passes, consent[party]], [1.0, -1.0], 0.0)
        for condition in rule.when:
            needs = self._passes(condition.needs, consent, parts)
            matching = self.encoding.matching(condition.terms)
            # passes + (terms that match - their number) <= 1 + needs - 1: binds only where all terms match
            parts.at_most(
                [passes, needs, *matching],
                [1.0, -1.0, *[1.0] * len(matching)],
                float(len(condition.terms.terms)),
            )
        return passes
