"""Parties: preferences, BATNA, red lines, constituencies."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from winset.model.issues import Clause, Outcome
from winset.model.judgement import Basis, Number, Values, Weights


@dataclass(frozen=True, slots=True)
class Interaction:
    """An amount added to a party's utility where the outcome matches a clause."""

    when: Clause
    adds: Number


@dataclass(frozen=True, slots=True)
class Preferences:
    """Additive preferences with interaction terms.

    ``U(o) = sum_i w_i v_i(o_i) + sum over interactions that match o of adds``; on the unit scale ``U`` is then
    mapped so that the worst outcome of the whole space has utility 0 and the best 1 (links and red lines are
    disregarded for this, so that lifting one never changes a utility).

    Attributes
    ----------
    weights : Weights
    values : tuple of Values
        Axis [I].
    interactions : tuple of Interaction
    scale : {"unit", "peer"}
        "peer" keeps the sum as it is: the scale of the file that it was imported from.
    """

    weights: Weights
    values: tuple[Values, ...]
    interactions: tuple[Interaction, ...] = ()
    scale: Literal["unit", "peer"] = "unit"


@dataclass(frozen=True, slots=True)
class Batna:
    """A party's best alternative to a negotiated agreement, and its utility (the reservation value).

    Attributes
    ----------
    value : Number or None
        The reservation value, on the party's utility scale. None exactly when `equals` is given.
    equals : tuple of int, or None
        The outcome that the party regards as worth the same as its alternative.
    what : str or None
        The course of action, in words.
    basis : Basis
    """

    value: Number | None
    equals: Outcome | None = None
    what: str | None = None
    basis: Basis = field(default_factory=Basis)

    def __post_init__(self) -> None:
        if (self.value is None) == (self.equals is None):
            raise ValueError("a BATNA has either a value or an outcome that it equals")


@dataclass(frozen=True, slots=True)
class RedLine:
    """Terms that a party says it will not sign at any price.

    Attributes
    ----------
    id : str
        Unique within the party.
    never : Clause
        What is ruled out.
    firmness : Number
        Chance that it is meant, in [0, 1].
    what : str or None
        The line in words, for readers.
    basis : Basis
    statements : tuple of str
        Ids of the statements in which the line was drawn.
    """

    id: str
    never: Clause
    firmness: Number
    what: str | None = None
    basis: Basis = field(default_factory=Basis)
    statements: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Constituency:
    """A body at home whose acceptance a party's agreement needs or seeks.

    Attributes
    ----------
    id, name : str
        Identifier and the name that readers see.
    kind : str or None
        Free text, such as "parliament" or "coalition partner".
    veto : bool
        Whether the constituency alone can stop ratification.
    votes : float
        Its weight where the party ratifies by quota.
    accepts_above : Number
        The utility, by its own preferences, from which it accepts.
    preferences : Preferences or None
        Its own preferences; None where the file says nothing of them.
    red_lines : tuple of RedLine
    basis : Basis
    """

    id: str
    name: str
    accepts_above: Number
    kind: str | None = None
    veto: bool = False
    votes: float = 1.0
    preferences: Preferences | None = None
    red_lines: tuple[RedLine, ...] = ()
    basis: Basis = field(default_factory=Basis)


@dataclass(frozen=True, slots=True)
class Party:
    """Someone whose consent the agreement rule may need.

    Attributes
    ----------
    id, name : str
        Identifier in the case file, and the name that readers see.
    preferences : Preferences
    batna : Batna
    red_lines : tuple of RedLine
    constituencies : tuple of Constituency
    ratifies : float or None
        Votes of its constituencies that ratify, besides every veto; None where vetoes alone decide.
    discount : Number or None
        Discount factor per unit of normalised time, in (0, 1].
    """

    id: str
    name: str
    preferences: Preferences
    batna: Batna
    red_lines: tuple[RedLine, ...] = ()
    constituencies: tuple[Constituency, ...] = ()
    ratifies: float | None = None
    discount: Number | None = None
