"""Every tolerance and limit of the computation, each with its reason."""

from __future__ import annotations

from typing import Final

#: A party consents when its utility falls short of its reservation value by no more than this.
#: Utilities are sums of at most some hundred float64 terms of size one, so rounding stays below 1e-13; the
#: margin leaves room for judgements written with few digits and is far below any difference that matters.
UTILITY_TOLERANCE: Final = 1e-9

#: Exact search adds utilities as integer multiples of this grid, so that sums do not depend on their order
#: and ties are ties. 2**-40 is about 1e-12: a thousand times finer than `UTILITY_TOLERANCE`, and coarse enough
#: that a thousand issues of utility up to 2**13 (peers' scales reach some thousands) still fit into 64 bits.
GRID: Final = 2.0**-40

#: Weights, credences and the like have to add up to their total within this: three written digits of thirds
#: (0.333 three times) are off by 1e-3, and nothing that is off by more was meant to add up.
SUM_TOLERANCE: Final = 2e-3

#: Bounds that are apart by less than this are one number.
EQUAL_BOUNDS: Final = 1e-12

#: Outcome spaces up to this size are tabulated; larger ones are only searched. 4 million outcomes of four
#: parties are 128 MB of float64 for one draw.
TABULATION_LIMIT: Final = 4_000_000

#: Draws times outcomes times parties that `analyse` is willing to tabulate (about half a minute of one core).
TABULATION_BUDGET: Final = 20_000_000_000

#: Tables are computed in blocks of about this many cells (draws times outcomes): 1 MB of float64, which stays
#: in a processor's second-level cache, so that memory bounds neither time nor the size of the space.
BLOCK_CELLS: Final = 131_072

#: Draws that lie side by side in such a block; long enough a run for the processor's vector units.
DRAWS_TOGETHER: Final = 256

#: Steps of the search for minimal hitting sets before it stops and says so: some tenths of a second, and up to
#: about 10,000 conflicts, which no reader takes in.
HITTING_STEPS: Final = 20_000

#: Minimal coalitions of an agreement rule that are enumerated at most; a quota of 10 among 20 has 184,756.
COALITION_LIMIT: Final = 200_000

#: Ranks of a ranking with bounds of its own, beyond which no draw is taken: the exact table of its volumes
#: takes time with the cube of the ranks (some seconds here), and nobody states so many by judgement.
CHAIN_LIMIT: Final = 200

#: Entries of one table in the elimination that finds the extremes of a utility with interactions: 8 MB of
#: float64 a draw, beyond which a draw takes longer than a hundredth of a second.
EXTREMES_LIMIT: Final = 1_000_000

#: Partial outcomes that exact search holds at once: with a million, two parties and 100 issues take 1.7 GB in
#: all, and dropping the dominated ones of four parties takes up to 17 s. Two parties with 10^300 outcomes
#: (random additive preferences) stay below it.
ELIMINATION_LIMIT: Final = 1_000_000

#: Forbidden clauses that a rule and its red lines may make; finding those that others cover takes some three
#: seconds at this number.
CLAUSE_LIMIT: Final = 5_000
