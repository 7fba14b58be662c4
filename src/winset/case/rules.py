"""The agreement rule, from the file to the model."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

from winset.case.nodes import Place
from winset.case.schema import RuleEntry
from winset.case.scope import Scope
from winset.model.issues import Clause
from winset.model.rule import Condition, Rule

COALITIONS_LIMIT: Final = 2_000
"""Sets of parties that may suffice: the analyses go through all of them."""

_WORK_LIMIT: Final = 1_000_000


def rule(entry: RuleEntry | None, place: Place, scope: Scope, parties: Sequence[str]) -> Rule:
    """Return the rule of a file, or that all parties have to consent.

    Notes
    -----
    E021 no form of rule, E029 two, E032 an unknown party, E035 a member twice, E042 no member, E062 a quota
    that the members cannot meet, E063 too many coalitions.
    """
    if entry is None:
        return Rule("all", tuple(parties))
    made = _rule(entry, place, scope, parties)
    if coalitions(made) > COALITIONS_LIMIT:
        message, allowed = "too many coalitions could agree under this rule", f"at most {COALITIONS_LIMIT:,}"
        scope.problems.add(place, "E063", message, allowed=allowed)
    return made


def _rule(entry: RuleEntry, place: Place, scope: Scope, parties: Sequence[str]) -> Rule:
    kinds: tuple[Literal["all", "any", "quota"], ...] = ("all", "any", "quota")
    forms = [form for form in kinds if getattr(entry, form) is not None]
    if not forms and place.damaged:
        return Rule("all", tuple(parties))
    if len(forms) != 1:
        code, message = (
            ("E029", "a rule has one form") if forms else ("E021", "the rule does not say who consents")
        )
        found = " and ".join(forms) or None
        scope.problems.add(place, code, message, found=found, allowed="all: [...], any: [...], or quota: n")
        return Rule("all", tuple(parties))
    if entry.of is not None and entry.quota is None:
        scope.problems.add(
            place.at("of").by_key(), "E029", "'of' goes with a quota", allowed=f"only '{forms[0]}'"
        )
    given = {"all": entry.all, "any": entry.any, "quota": entry.of}[forms[0]]
    key = "of" if entry.quota is not None else forms[0]
    members: tuple[str | Rule, ...] = tuple(parties)
    if given is not None:
        members = _members(given, place.at(key), scope, parties)
    quota = entry.quota or 0
    if entry.quota is not None and not 1 <= quota <= len(members):
        allowed = f"1 to {len(members)}, the number of members"
        scope.problems.add(
            place.at("quota"), "E062", "the quota cannot be met", found=str(quota), allowed=allowed
        )
    veto = tuple(entry.veto or ())
    _check_parties(veto, place.at("veto"), scope, parties)
    when = tuple(
        Condition(
            scope.clause(condition.terms, place.at("when", number, "terms")) or Clause(),
            _rule(condition.needs, place.at("when", number, "needs"), scope, parties),
        )
        for number, condition in enumerate(entry.when or ())
    )
    return Rule(forms[0], members, quota, veto, when)


def coalitions(rule_: Rule) -> int:
    """Return a bound on the number of sets of parties that suffice; one more than the limit where it is larger.

    With a_i ways to win member i, a quota k has at most e_k(a) of them, the k-th elementary symmetric
    polynomial; every condition multiplies by its own.
    """
    ways = [1 if isinstance(member, str) else coalitions(member) for member in rule_.members]
    sums = [1] + [0] * min(rule_.needed, len(ways))
    if len(ways) * len(sums) > _WORK_LIMIT:
        return COALITIONS_LIMIT + 1
    for way in ways:
        for chosen in range(len(sums) - 1, 0, -1):
            sums[chosen] = min(sums[chosen] + sums[chosen - 1] * way, COALITIONS_LIMIT + 1)
    found = sums[-1]
    for condition in rule_.when:
        found = min(found * max(1, coalitions(condition.needs)), COALITIONS_LIMIT + 1)
    return found


def _members(
    entries: Sequence[str | RuleEntry], place: Place, scope: Scope, parties: Sequence[str]
) -> tuple[str | Rule, ...]:
    if not entries and not place.damaged:
        scope.problems.add(place, "E042", "nobody is named", allowed="at least one party")
    named = [entry if isinstance(entry, str) else None for entry in entries]
    _check_parties(named, place, scope, parties)
    return tuple(
        entry if isinstance(entry, str) else _rule(entry, place.at(number), scope, parties)
        for number, entry in enumerate(entries)
    )


def _check_parties(names: Sequence[str | None], place: Place, scope: Scope, parties: Sequence[str]) -> None:
    """Note unknown and repeated parties; None stands for what is no party."""
    seen: set[str] = set()
    known = frozenset(parties)
    for number, name in enumerate(names):
        if name is None:
            continue
        if name not in known:
            at = place.at(number)
            scope.problems.add(at, "E032", "there is no such party", found=name, valid=parties)
        elif name in seen:
            scope.problems.add(place.at(number), "E035", "the party is named twice", found=name)
        seen.add(name)
