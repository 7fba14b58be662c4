"""The outcome space in blocks: runs of consecutive outcomes that are small spaces themselves.

Whatever is computed for a space can so be computed block by block, in bounded memory and within the cache.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

from winset.model.draws import Draws
from winset.model.issues import Clause, Space
from winset.model.negotiation import Account
from winset.model.tolerances import BLOCK_CELLS


@dataclass(frozen=True)
class Block:
    """The outcomes that take each issue's option from a range.

    Attributes
    ----------
    start : int
        Index, in the whole space, of the block's first outcome; the others follow without a gap.
    ranges : tuple of range
        Option indices by issue. Axis [I].
    space : Space
        The block as a space: option k of issue i is option ``ranges[i][k]`` of the whole space.
    """

    start: int
    ranges: tuple[range, ...]
    space: Space

    @property
    def outcomes(self) -> slice:
        """Where the block lies among the outcomes of the whole space."""
        return slice(self.start, self.start + self.space.size)

    def clause(self, clause: Clause) -> Clause:
        """Return the clause in the block's option indices; an issue without options left matches nothing."""
        return Clause(
            tuple(
                (
                    issue,
                    tuple(
                        option - self.ranges[issue].start for option in options if option in self.ranges[issue]
                    ),
                )
                for issue, options in clause.terms
            )
        )

    def draws(self, draws: Draws) -> Draws:
        """Return the draws restricted to the block, their interactions' clauses included; arrays are views."""
        return replace(
            draws,
            account=self._account(draws.account),
            terms=tuple(
                term[:, :, run.start : run.stop] for term, run in zip(draws.terms, self.ranges, strict=True)
            ),
        )

    def _account(self, account: Account) -> Account:
        """Return the account with interactions in the block's option indices; all else as it was."""
        return replace(
            account,
            parties=tuple(
                replace(
                    party,
                    preferences=replace(
                        party.preferences,
                        interactions=tuple(
                            replace(term, when=self.clause(term.when))
                            for term in party.preferences.interactions
                        ),
                    ),
                )
                for party in account.parties
            ),
        )


def blocks(space: Space, cells: int = BLOCK_CELLS) -> Iterator[Block]:
    """Yield blocks of at most `cells` outcomes that together make up the space, in index order.

    The last issues, as many as fit, are whole in every block; the issue before them is cut into ranges, and
    issues before that are fixed.
    """
    sizes = space.sizes
    whole = next(i for i in range(len(sizes) + 1) if math.prod(sizes[i:]) <= cells)
    tail = [range(size) for size in sizes[whole:]]
    if whole == 0:
        yield Block(0, tuple(tail), space)
        return
    width = max(1, cells // math.prod(sizes[whole:]))
    cut = [range(low, min(low + width, sizes[whole - 1])) for low in range(0, sizes[whole - 1], width)]
    fixed = [[range(option, option + 1) for option in range(size)] for size in sizes[: whole - 1]]
    start = 0
    for head in itertools.product(*fixed, cut):
        block = Block(start, (*head, *tail), _subspace(space, (*head, *tail)))
        start += block.space.size
        yield block


def _subspace(space: Space, ranges: tuple[range, ...]) -> Space:
    """Return the space that the ranges of options leave."""
    return Space(
        tuple(
            replace(issue, options=issue.options[run.start : run.stop], meanings=())
            for issue, run in zip(space.issues, ranges, strict=True)
        )
    )
