"""Parties, their BATNAs, red lines and constituencies, from the file to the model."""

from __future__ import annotations

from collections.abc import Sequence

from winset.case.nodes import Place
from winset.case.numbers import UNIT, Frame, Limits, number
from winset.case.schema import (
    BatnaEntry,
    ConstituencyEntry,
    InteractionEntry,
    OutcomeEntry,
    PartyEntry,
    PreferencesEntry,
    RedLineEntry,
)
from winset.case.scope import Scope
from winset.case.values import values
from winset.case.weights import weights
from winset.model.issues import Clause
from winset.model.judgement import Basis
from winset.model.party import Batna, Constituency, Interaction, Party, Preferences, RedLine


def title_of(id_: str) -> str:
    """Return an identifier as readers may see it: ``as-east-tells-it`` is "as east tells it"."""
    return id_.replace("-", " ").replace("_", " ").strip() or id_


def party(id_: str, entry: PartyEntry, place: Place, scope: Scope) -> Party:
    """Return a party; note whatever is wrong with it.

    Notes
    -----
    E021 a number without limits that is unknown, E034 an unknown statement, E035 an id twice, E065 more votes
    than there are; and what `weights`, `values`, `number` and `Scope` note.
    """
    frame = Frame(scope, entry.scale or "unit", Basis())
    constituencies = tuple(
        _constituency(key, part, place.at("constituencies", key), frame)
        for key, part in (entry.constituencies or {}).items()
    )
    votes = sum(constituency.votes for constituency in constituencies)
    bodies = place.at("constituencies")
    whole = not any(at.damaged for at in (bodies, *(bodies.at(key) for key in entry.constituencies or {})))
    if entry.ratifies is not None and entry.ratifies > votes and whole:
        message, found = "nothing could be ratified: there are not as many votes", f"{entry.ratifies:g}"
        scope.problems.add(place.at("ratifies"), "E065", message, found=found, allowed=f"0 to {votes:g}")
    discount = None
    if entry.discount is not None:
        discount = number(entry.discount, place.at("discount"), scope, UNIT, Basis())
    return Party(
        id=id_,
        name=entry.name or title_of(id_),
        preferences=_preferences(entry, place, frame),
        batna=_batna(entry.batna, place.at("batna"), frame),
        red_lines=_red_lines(entry.red_lines or (), place.at("red_lines"), frame),
        constituencies=constituencies,
        ratifies=entry.ratifies,
        discount=discount,
    )


def _preferences(entry: PreferencesEntry, place: Place, frame: Frame) -> Preferences:
    given = entry.values or {}
    for name in given:
        frame.scope.issue(name, place.at("values", name).by_key())
    return Preferences(
        weights=weights(entry.weights, place.at("weights"), frame),
        values=tuple(
            values(given.get(name), place.at("values", name), known, frame)
            for name, known in frame.scope.issues.items()
        ),
        interactions=tuple(
            _interaction(part, place.at("interactions", index), frame)
            for index, part in enumerate(entry.interactions or ())
        ),
        scale=frame.scale,
    )


def _interaction(entry: InteractionEntry, place: Place, frame: Frame) -> Interaction:
    scope = frame.scope
    when = scope.clause(entry.when, place.at("when"), may_be_empty=True)
    basis = scope.basis(entry, place, frame.basis)
    return Interaction(when or Clause(), number(entry.adds, place.at("adds"), scope, Limits(), basis))


def _batna(entry: BatnaEntry | None, place: Place, frame: Frame) -> Batna:
    scope, at = frame.scope, place.at("value")
    basis = scope.basis(entry, place, frame.basis)
    what = entry.what if entry is not None else None
    worth = entry.value if entry is not None else None
    if not isinstance(worth, OutcomeEntry):
        return Batna(number(worth, at, scope, frame.utilities, basis), what=what, basis=basis)
    outcome = scope.outcome(worth.equals, at.at("equals"))
    basis = scope.basis(worth, at, basis)
    if outcome is None:
        return Batna(number(None, at, scope, UNIT, basis))  # a stand-in: the problem is noted
    return Batna(None, outcome, what, basis)


def _red_lines(entries: Sequence[RedLineEntry], place: Place, frame: Frame) -> tuple[RedLine, ...]:
    scope = frame.scope
    made: list[RedLine] = []
    seen: set[str] = set()
    for index, entry in enumerate(entries):
        at = place.at(index)
        if entry.id in seen:
            scope.problems.add(at.at("id"), "E035", "the id is used twice", found=entry.id)
        seen.add(entry.id)
        for position, statement in enumerate(entry.statements or ()):
            if statement not in scope.statements:
                spot, valid = at.at("statements", position), tuple(scope.statements)
                scope.problems.add(spot, "E034", "there is no such statement", found=statement, valid=valid)
        basis = scope.basis(entry, at, frame.basis)
        made.append(
            RedLine(
                id=entry.id,
                never=scope.clause(entry.never, at.at("never")) or Clause(),
                firmness=number(entry.firmness, at.at("firmness"), scope, UNIT, basis),
                what=entry.what,
                basis=basis,
                statements=tuple(entry.statements or ()),
            )
        )
    return tuple(made)


def _constituency(id_: str, entry: ConstituencyEntry, place: Place, frame: Frame) -> Constituency:
    scope = frame.scope
    basis = scope.basis(entry, place)
    own = Frame(scope, frame.scale, basis)
    silent = entry.weights is None and not entry.values and not entry.interactions
    return Constituency(
        id=id_,
        name=entry.name or title_of(id_),
        accepts_above=number(entry.accepts_above, place.at("accepts_above"), scope, own.utilities, basis),
        kind=entry.kind,
        veto=bool(entry.veto),
        votes=1.0 if entry.votes is None else entry.votes,
        preferences=None if silent else _preferences(entry, place, own),
        red_lines=_red_lines(entry.red_lines or (), place.at("red_lines"), own),
        basis=basis,
    )
