"""Parties and their judgements as plain documents, in the order of keys that a case file has."""

from __future__ import annotations

from typing import Any

from winset.model.issues import Clause, Issue, Space
from winset.model.judgement import Basis, Groups, Number, Values, Weights
from winset.model.party import Batna, Constituency, Interaction, Party, Preferences, RedLine


def present(**fields: Any) -> dict[str, Any]:
    """Return the fields that are not None."""
    return {name: value for name, value in fields.items() if value is not None}


def basis_document(basis: Basis) -> dict[str, Any]:
    """Return the source and the reasoning, as far as they are stated."""
    return present(source=basis.source, because=basis.because)


def number_document(number: Number) -> Any:
    """Return a number, an interval, either with its basis, or None where the file is silent."""
    basis = basis_document(number.basis)
    if not number.stated:
        return {"value": "unknown", **basis} if basis else None
    bounds = _bounds(number.low, number.high)
    return {"value": bounds, **basis} if basis else bounds


def clause_document(clause: Clause, space: Space) -> dict[str, Any]:
    """Return a clause: for each issue an option, a list of options, or the ends of an interval of numbers.

    Raises
    ------
    ValueError
        When the numbers of an issue are not all those between two of them.
    """
    return {space.issues[index].name: _options(space.issues[index], options) for index, options in clause.terms}


def _options(issue: Issue, options: tuple[int, ...]) -> Any:
    if len(options) == 1:
        return issue.options[options[0]]
    if not issue.numeric:
        return [issue.options[option] for option in options]
    if options != tuple(range(options[0], options[-1] + 1)):
        raise ValueError(f"a clause on {issue.name!r} whose numbers are no interval")
    return [issue.options[options[0]], issue.options[options[-1]]]


def party_document(party: Party, space: Space) -> dict[str, Any]:
    """Return all that a case file says of a party."""
    document = present(
        name=party.name,
        scale="peer" if party.preferences.scale == "peer" else None,
        batna=_batna(party.batna, space),
    )
    document |= _preferences(party.preferences, space)
    document |= _red_lines(party.red_lines, space)
    if party.constituencies:
        document["constituencies"] = {body.id: _constituency(body, space) for body in party.constituencies}
    discount = None if party.discount is None else number_document(party.discount)
    return document | present(ratifies=_tidy(party.ratifies), discount=discount)


def _batna(batna: Batna, space: Space) -> dict[str, Any] | None:
    document = present(what=batna.what)
    if batna.equals is not None:
        document["value"] = {"equals": space.terms(batna.equals)}
    elif batna.value is not None and batna.value.stated:
        document["value"] = _bounds(batna.value.low, batna.value.high)
    return document | basis_document(batna.basis) or None


def _preferences(preferences: Preferences, space: Space) -> dict[str, Any]:
    unit = preferences.scale == "unit"
    document = present(weights=_weights(preferences.weights, space, unit=unit))
    values = {
        issue.name: _values(row, issue, unit=unit)
        for issue, row in zip(space.issues, preferences.values, strict=True)
    }
    if stated := present(**values):
        document["values"] = stated
    if preferences.interactions:
        document["interactions"] = [_interaction(item, space) for item in preferences.interactions]
    return document


def _weights(weights: Weights, space: Space, *, unit: bool) -> dict[str, Any] | None:
    if not weights.stated:
        return basis_document(weights.basis) or None
    bounds = {
        name: (low, high) for name, low, high in zip(space.names, weights.lower, weights.upper, strict=True)
    }
    if weights.groups is None:
        return _table(bounds, unit=unit) | basis_document(weights.basis)
    document: dict[str, Any] = {"ranking": _ranking(weights.groups, space.names)}
    if narrowed := {name: _bounds(*pair) for name, pair in bounds.items() if pair != (0.0, 1.0)}:
        document["bounds"] = narrowed
    return document | basis_document(weights.basis)


def _values(values: Values, issue: Issue, *, unit: bool) -> dict[str, Any] | None:
    if not values.stated:
        return basis_document(values.basis) or None
    pairs = list(zip(values.lower, values.upper, strict=True))
    basis = basis_document(values.basis)
    if values.points is not None:
        places = [_tidy(point) for point in values.points]
        return {"points": {at: _bounds(*pair) for at, pair in zip(places, pairs, strict=True)}} | basis
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
    bounds = [(0.0, 1.0)] * size
    for option in groups[-1]:
        bounds[option] = (0.0, 0.0)
    for option in groups[0]:
        bounds[option] = (1.0, 1.0) if len(groups) > 1 else (0.5, 0.5)
    return bounds


def _table(bounds: dict[Any, tuple[float, float]], *, unit: bool) -> dict[Any, Any]:
    """Return bounds by name; [0, 1] says nothing on the unit scale and is left out beside anything else."""
    narrowed = {name: pair for name, pair in bounds.items() if not unit or pair != (0.0, 1.0)}
    return {name: _bounds(*pair) for name, pair in (narrowed or bounds).items()}


def _ranking(groups: Groups, names: tuple[Any, ...]) -> list[Any]:
    return [names[group[0]] if len(group) == 1 else [names[item] for item in group] for group in groups]


def _interaction(interaction: Interaction, space: Space) -> dict[str, Any]:
    amount = interaction.adds
    adds = _bounds(amount.low, amount.high) if amount.stated else "unknown"
    return {"when": clause_document(interaction.when, space), "adds": adds} | basis_document(amount.basis)


def _red_lines(lines: tuple[RedLine, ...], space: Space) -> dict[str, Any]:
    if not lines:
        return {}
    return {
        "red_lines": [
            {"id": line.id, "never": clause_document(line.never, space)}
            | present(firmness=number_document(line.firmness), what=line.what)
            | basis_document(line.basis)
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
        accepts_above=number_document(body.accepts_above),
    )
    if body.preferences is not None:
        document |= _preferences(body.preferences, space)
    return document | _red_lines(body.red_lines, space) | basis_document(body.basis)


def _bounds(low: float, high: float) -> Any:
    return _tidy(low) if low == high else [_tidy(low), _tidy(high)]


def _tidy(number: float | None) -> int | float | None:
    """Return an integer where that is the same number with fewer digits."""
    if number is None or not float(number).is_integer() or abs(number) >= 1e15:
        return number
    return int(number)
