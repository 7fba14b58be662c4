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
