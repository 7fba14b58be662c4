"""Draws of a negotiation: precise models that are consistent with what the file says, and the central reading.

Draw d takes an account by credence, then makes every imprecise judgement of that account precise. It depends on
the seed and on d alone: not on how many draws are taken, in what chunks, or by which process. Each judgement
has random numbers of its own, named after its path, so that changing one leaves the draws of the others.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import numpy as np

from winset.model.draws import BoolArray, Draws, FloatArray, IntArray
from winset.model.issues import Space
from winset.model.judgement import Number, Weights
from winset.model.negotiation import Account, Negotiation
from winset.model.party import Batna
from winset.model.readings import CentralReading, Reading, SampledReading
from winset.model.scale import Utility, utility
from winset.model.streams import uniforms

_ACCOUNT = "account"
_CREDENCES = "accounts.credence"


def draw(negotiation: Negotiation, seed: int, start: int, stop: int) -> tuple[Draws, ...]:
    """Return the draws start to stop - 1, by account.

    Parameters
    ----------
    negotiation : Negotiation
    seed : int
        Any non-negative integer.
    start, stop : int
        Range of draws, ``0 <= start <= stop``.

    Returns
    -------
    tuple of Draws
        One entry for each account, in file order; an account that no draw took has an entry without rows.

    Raises
    ------
    ValueError
        When the range is not one.
    InputError
        E901 to E904, when a judgement leaves nothing to draw from or the limits of `winset.model.tolerances`
        are passed.
    """
    if not 0 <= start <= stop:
        raise ValueError(f"draws {start} to {stop} are not a range")
    taken = _accounts_taken(negotiation.accounts, seed, start, stop)
    return tuple(
        _read(negotiation.space, account, SampledReading(seed, start + np.flatnonzero(taken == number)))
        for number, account in enumerate(negotiation.accounts)
    )


def central(negotiation: Negotiation, account: Account) -> Draws:
    """Return the central reading of an account, as one draw with the number 0.

    Weights are rank-order centroids or midpoints, numbers and values midpoints or mean order statistics, and
    red lines are meant where the midpoint of their firmness is at least one half. Where nothing is known of an
    issue's values, its options are all equal.
    """
    return _read(negotiation.space, account, CentralReading())


def _accounts_taken(accounts: Sequence[Account], seed: int, start: int, stop: int) -> IntArray:
    """Return the index of the account that each draw takes, [D]."""
    if len(accounts) == 1:
        return np.zeros(stop - start, dtype=np.int64)
    rows = np.arange(start, stop, dtype=np.int64)
    stated = Weights(
        _CREDENCES,
        tuple(account.credence.low for account in accounts),
        tuple(account.credence.high for account in accounts),
    )
    up_to = np.add.accumulate(SampledReading(seed, rows).weights(stated), axis=1)
    chance = uniforms(seed, _ACCOUNT, start, stop) * up_to[:, -1:]
    return np.asarray((chance >= up_to[:, :-1]).sum(axis=1))


def _read(space: Space, account: Account, reading: Reading) -> Draws:
    """Return the draws of one account under a reading."""
    models = [utility(space, party.preferences, reading) for party in account.parties]
    return Draws(
        account=account,
        rows=reading.rows,
        terms=tuple(
            np.stack([model.terms[issue] for model in models], axis=1) for issue in range(len(space.issues))
        ),
        constant=np.stack([model.constant for model in models], axis=1),
        adds=tuple(model.adds for model in models),
        reservation=np.stack(
            [
                _reservation(party.batna, model, reading)
                for party, model in zip(account.parties, models, strict=True)
            ],
            axis=1,
        ),
        meant=tuple(
            _columns([reading.meant(line) for line in party.red_lines], len(reading.rows))
            for party in account.parties
        ),
    )


def _reservation(batna: Batna, model: Utility, reading: Reading) -> FloatArray:
    """Return the reservation value, [D]."""
    if batna.equals is not None:
        return model.of(batna.equals)
    return reading.number(cast(Number, batna.value))


def _columns(columns: Sequence[BoolArray], rows: int) -> BoolArray:
    """Return the columns side by side, [D, R]; a table without columns where there are none."""
    return np.stack(columns, axis=1) if columns else np.empty((rows, 0), dtype=np.bool_)
