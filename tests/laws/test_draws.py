"""Laws of draws: draw d depends on the seed and on d, and lies in what the file allows."""

from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from support.imprecise import imprecise_case
from winset.errors import InputError
from winset.model.draws import Draws
from winset.model.judgement import Weights
from winset.model.sampling import draw
from winset.model.weightset import WeightSet

CASE = imprecise_case()
TOTAL = 60
WHOLE = {seed: draw(CASE, seed, 0, TOTAL) for seed in (0, 12_345)}


def arrays(draws: Draws) -> list[np.ndarray]:
    return [draws.rows, *draws.terms, draws.constant, *draws.adds, draws.reservation, *draws.meant]


@given(st.sampled_from(sorted(WHOLE)), st.sets(st.integers(1, TOTAL - 1), max_size=6))
@settings(max_examples=40, deadline=None)
def test_any_chunking_gives_the_same_bits(seed, cuts):
    edges = [0, *sorted(cuts), TOTAL]
    chunks = [draw(CASE, seed, begin, end) for begin, end in pairwise(edges)]
    for account, whole in enumerate(WHOLE[seed]):
        parts = [arrays(chunk[account]) for chunk in chunks]
        for position, array in enumerate(arrays(whole)):
            assert np.array_equal(np.concatenate([part[position] for part in parts]), array)


@st.composite
def weights(draw_from):
    """Any bounds, any weak order, on a coarse grid so that degenerate sets are common."""
    count = draw_from(st.integers(1, 6))
    lower, upper = [], []
    for _ in range(count):
        low, high = sorted(draw_from(st.tuples(st.integers(0, 20), st.integers(0, 20))))
        lower.append(low / 20)
        upper.append(high / 20)
    groups = None
    if draw_from(st.booleans()):
        order = draw_from(st.permutations(range(count)))
        cuts = sorted(draw_from(st.sets(st.integers(1, count), max_size=count)) | {count})
        groups = tuple(tuple(order[begin:end]) for begin, end in pairwise([0, *cuts]))
    return Weights("w", tuple(lower), tuple(upper), groups)


@given(weights(), st.integers(0, 3))
@settings(max_examples=150, deadline=None)
def test_weights_lie_in_their_set(judgement, seed):
    try:
        known = WeightSet.of(judgement, 1.0)
    except InputError:
        return
    rows = np.arange(seed, 40, 3)
    drawn = np.vstack([known.sample(seed, rows), known.centre()[None, :]])
    assert np.abs(drawn.sum(axis=1) - 1).max() < 1e-9
    assert (drawn >= np.array(judgement.lower) - 1e-9).all()
    assert (drawn <= np.array(judgement.upper) + 1e-9).all()
    for above, below in pairwise(judgement.groups or ()):
        assert (drawn[:, list(above)].min(axis=1) >= drawn[:, list(below)].max(axis=1) - 1e-9).all()
    for group in judgement.groups or ():
        assert np.ptp(drawn[:, list(group)], axis=1).max() == 0
    assert np.array_equal(known.sample(seed, rows[4:5]), drawn[4:5])
