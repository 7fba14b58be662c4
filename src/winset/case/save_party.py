"""Parties and their judgements as plain documents, in the order of keys that a case file has.

A judgement rests on what its own entry says or, where that says nothing, on what the enclosing entry says; what
the enclosing entry says is therefore not repeated.
"""

from __future__ import annotations

from typing import Any, Final

from winset.case.save_terms import clause_document, present
from winset.model.issues import Issue, Space
from winset.model.judgement import Basis, Groups, Number, Values, Weights
from winset.model.party import Batna, Constituency, Interaction, Party, Preferences, RedLine

_NOTHING: Final = Basis()
_UNKNOWN: Final = "unknown"
_ANYTHING: Final = (0.0, 1.0)


def basis_document(basis: Basis, enclosing: Basis = _NOTHING) -> dict[str, Any]:
    """Return the source and the reasoning, unless they are those of the enclosing entry."""
    return {} if basis == enclosing else present(source=basis.source, because=basis.because)


def number_document(number: Number, enclosing: Basis = _NOTHING) -> Any:
    """Return a number, an interval, either with its basis, or None where the file is silent."""
    bounds = _bounds(number.low, number.high) if number.stated else _UNKNOWN
    if basis := basis_document(number.basis, enclosing):
        return {"value": bounds, **basis}
    return bounds if number.stated else None


def party_document(party: Party, space: Space) -> dict[str, Any]:
    """Return all that a case file says of a party."""
    document = present(
        name=party.name,
        scale="peer" if party.preferences.scale == "peer" else None,
        batna=_batna(party.batna, space),
    )
    document |= _preferences(party.preferences, space, _NOTHING)
    document |= _red_lines(party.red_lines, space, _NOTHING)
    if party.constituencies:
        document["constituencies"] = {body.id: _constituency(body, space) for body in party.constituencies}
    discount = None if party.discount is None else number_document(party.discount)
    return document | present(ratifies=_tidy(party.ratifies), discount=discount)


def _batna(batna: Batna, space: Space) -> dict[str, Any] | None:
    document = present(what=batna.what)
    if batna.equals is not None:
        document["value"] = {"equals": space.terms(batna.equals)}
    elif batna.value is not None:
        document |= present(value=number_document(batna.value, batna.basis))
    return document | basis_document(batna.basis) or None


def _preferences(preferences: Preferences, space: Space, enclosing: Basis) -> dict[str, Any]:
    unit = preferences.scale == "unit"
    document = present(weights=_weights(preferences.weights, space, enclosing, unit=unit))
    values = {
        issue.name: _values(row, issue, enclosing, unit=unit)
        for issue, row in zip(space.issues, preferences.values, strict=True)
    }
    if stated := present(**values):
        document["values"] = stated
    if preferences.interactions:
        document["interactions"] = [_interaction(item, space, enclosing) for item in preferences.interactions]
    return document


def _weights(weights: Weights, space: Space, enclosing: Basis, *, unit: bool) -> dict[str, Any] | None:
    basis = basis_document(weights.basis, enclosing)
    if not weights.stated:
        return basis or None
    pairs = zip(weights.lower, weights.upper, strict=True)
    bounds = dict(zip(space.names, pairs, strict=True))
    if weights.groups is None:
        return _table(bounds, unit=unit) | basis
    document: dict[str, Any] = {"ranking": _ranking(weights.groups, space.names)}
    if narrowed := {name: _bounds(*pair) for name, pair in bounds.items() if pair != _ANYTHING}:
        document["bounds"] = narrowed
    return document | basis


def _values(values: Values, issue: Issue, enclosing: Basis, *, unit: bool) -> dict[Any, Any] | None:
    basis = basis_document(values.basis, enclosing)
    pairs = list(zip(values.lower, values.upper, strict=True))
    if values.points is not None:
        places = [_tidy(point) for point in values.points]
        written = [_bounds(*pair) if values.stated else _UNKNOWN for pair in pairs]
        return {"points": dict(zip(places, written, strict=True))} | basis
    if not values.stated:
        return basis or None
    if values.groups is None:
        return _table(dict(zip(issue.options, pairs, strict=True)), unit=unit) | basis
    document: dict[str, Any] = {"ranking": _ranking(values.groups, issue.options)}
    pinned = _pinned(values.groups, len(pairs))
    narrowed = {
        option: _bounds(*pair)
        for option, pair, default in zip(issue.options, pairs, pinned, strict=True)
        if pair != default
    }
    return document | ({"bounds": narrowed} if narrowed else {}) | basis


def _pinned(groups: Groups, size: int) -> list[tuple[float, float]]:
    """Return the bounds that a ranking of values implies: its best at 1, its worst at 0, all tied at 1/2."""
    bounds = [_ANYTHING] * size
    for option in groups[-1]:
        bounds[option] = (0.0, 0.0)
    for option in groups[0]:
        bounds[option] = (1.0, 1.0) if len(groups) > 1 else (0.5, 0.5)
    return bounds


def _table(bounds: dict[Any, tuple[float, float]], *, unit: bool) -> dict[Any, Any]:
    """Return bounds by name; [0, 1] says nothing on the unit scale and is left out beside anything else."""
    narrowed = {name: pair for name, pair in bounds.items() if not unit or pair != _ANYTHING}
    return {name: _bounds(*pair) for name, pair in (narrowed or bounds).items()}


def _ranking(groups: Groups, names: tuple[Any, ...]) -> list[Any]:
    return [names[group[0]] if len(group) == 1 else [names[item] for item in group] for group in groups]


def _interaction(interaction: Interaction, space: Space, enclosing: Basis) -> dict[str, Any]:
    amount = interaction.adds
    adds = _bounds(amount.low, amount.high)
    when = clause_document(interaction.when, space)
    return {"when": when, "adds": adds} | basis_document(amount.basis, enclosing)


def _red_lines(lines: tuple[RedLine, ...], space: Space, enclosing: Basis) -> dict[str, Any]:
    if not lines:
        return {}
    return {
        "red_lines": [
            {"id": line.id, "never": clause_document(line.never, space)}
            | present(firmness=number_document(line.firmness, line.basis), what=line.what)
            | basis_document(line.basis, enclosing)
            | ({"statements": list(line.statements)} if line.statements else {})
            for line in lines
        ]
    }


def _constituency(body: Constituency, space: Space) -> dict[str, Any]:
    document = present(
        name=body.name,
        kind=body.kind,
        veto=True if body.veto else None,
        votes=_tidy(body.votes) if body.votes != 1.0 else None,
        accepts_above=number_document(body.accepts_above, body.basis),
    )
    if body.preferences is not None:
        # Preferences of its own of which nothing is known are not the same as none.
        preferences = _preferences(body.preferences, space, body.basis)
        document |= preferences or {"values": {space.names[0]: _UNKNOWN}}
    return document | _red_lines(body.red_lines, space, body.basis) | basis_document(body.basis)


def _bounds(low: float, high: float) -> Any:
    return _tidy(low) if low == high else [_tidy(low), _tidy(high)]


def _tidy(number: float | None) -> int | float | None:
    """Return an integer where that is the same number with fewer digits."""
    if number is None or not float(number).is_integer() or abs(number) >= 1e15:
        return number
    return int(number)
