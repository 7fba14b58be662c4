"""Draws: precise models of the negotiation that are consistent with what the file says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from winset.model.negotiation import Account

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]
IntArray = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Draws:
    """Precise models under one account. Axes: D draws, P parties, I issues, K options.

    The utility of outcome o for party p in draw d is, added left to right,
    ``terms[0][d, p, o[0]] + terms[1][d, p, o[1]] + ... + constant[d, p]`` and then ``adds[p][d, t]`` for every
    interaction t of the party whose clause matches o.

    Attributes
    ----------
    account : Account
        The account that these draws took; holds the clauses of interactions and red lines.
    rows : int array, [D]
        Numbers of the draws, ascending.
    terms : tuple of float array, [I] of [D, P, K]
        What each option contributes to each party's utility, on the scale of that utility.
    constant : float array, [D, P]
    adds : tuple of float array, [P] of [D, T]
        What each of the party's interactions adds, on the scale of its utility.
    reservation : float array, [D, P]
        Reservation values.
    meant : tuple of bool array, [P] of [D, R]
        Whether each of the party's red lines is meant.
    """

    account: Account
    rows: IntArray
    terms: tuple[FloatArray, ...]
    constant: FloatArray
    adds: tuple[FloatArray, ...]
    reservation: FloatArray
    meant: tuple[BoolArray, ...]

    @property
    def count(self) -> int:
        """Number of draws D."""
        return len(self.rows)

    def take(self, selection: slice | IntArray) -> Draws:
        """Return the draws that a slice (as views) or positions (as copies) select."""
        return Draws(
            account=self.account,
            rows=self.rows[selection],
            terms=tuple(term[selection] for term in self.terms),
            constant=self.constant[selection],
            adds=tuple(added[selection] for added in self.adds),
            reservation=self.reservation[selection],
            meant=tuple(meant[selection] for meant in self.meant),
        )

    @classmethod
    def joined(cls, pieces: Sequence[Draws]) -> Draws:
        """Return draws of one account, in order, as one."""
        if len(pieces) == 1:
            return pieces[0]

        def columns(name: str) -> tuple[Any, ...]:
            return tuple(map(np.concatenate, zip(*(getattr(piece, name) for piece in pieces), strict=True)))

        return cls(
            account=pieces[0].account,
            rows=np.concatenate([piece.rows for piece in pieces]),
            terms=columns("terms"),
            constant=np.concatenate([piece.constant for piece in pieces]),
            adds=columns("adds"),
            reservation=np.concatenate([piece.reservation for piece in pieces]),
            meant=columns("meant"),
        )
