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

#: Draws that are taken at a time: about a second of a large case, after which it is seen whether time is left.
SAMPLED_TOGETHER: Final = 4_096

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

#: Units that utilities may span where a floating-point solver is to tell them apart: at a hundred thousand,
#: what it allows itself (a millionth of a unit in every variable) adds up to a tenth of a unit.
UNIT_RANGE: Final = 100_000

#: Draws for each bin of a number by which an answer's dependence on it is estimated: 40 bins of 2,000 draws.
#: docs/explanation/influence.md compares other numbers.
DRAWS_PER_BIN: Final = 50

#: Draws for each term of a regression on several numbers: a fit of k terms follows k / D of the noise, here a
#: twentieth, which is taken off again.
DRAWS_PER_TERM: Final = 20

#: Draws that tell something of single judgements; fewer give no more than two bins of ten.
INFLUENCE_LEAST: Final = 20

#: Draws by which influence is estimated at most: the error of an index is then below a hundredth, and a hundred
#: judgements take some seconds.
INFLUENCE_MOST: Final = 50_000

#: A program's value this close to the proven bound, in the widest span of a utility, counts as the best. The
#: solver stops at 1.2e-10; variables that are whole but for its tolerance lift the bound by some 1e-9.
PROGRAM_TOLERANCE: Final = 1e-8

#: Rows of a program are wider by this, in the same unit, than what they ask; what is let in by it is cut off
#: again. With 1e-9, HiGHS 1.12 declared one in some thousand small programs with ties infeasible that were not.
PROGRAM_MARGIN: Final = 4e-6

#: Seconds in which bargaining solutions are looked for without the frontier, where no limit is given.
SOLUTIONS_SECONDS: Final = 60.0

#: Partial outcomes that the search for an outcome that meets additive requirements keeps at once, width after
#: width: few find what is easily found in milliseconds; the most take half a second and some 100 MB.
REQUIREMENT_WIDTHS: Final = (64, 4_096, 65_536)

#: Seconds in which blockers of a space too large to look at every outcome are looked for, and as many again for
#: prices and the least concession, where no limit is given.
BLOCKERS_SECONDS: Final = 60.0

#: Relaxations that are priced at most: with thousands of them, nobody reads on.
PRICED: Final = 200

#: Ways in which an agreement rule passes, up to which the least concession is sought: each takes a search of
#: its own, of up to some seconds.
CONCESSION_WAYS: Final = 256

#: Outcomes up to which the least concession is found by looking at each of them: some hundredths of a second,
#: where loading the solver alone takes half a second.
CONCESSION_TABLE: Final = 200_000
