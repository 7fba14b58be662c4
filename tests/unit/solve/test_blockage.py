from __future__ import annotations

import numpy as np
import pytest

from support.build import negotiation_of, party_of, preferences_of, random_negotiation, space_of
from support.slow_blockers import by_all_subsets, minimal
from support.slow_zone import random_dispute, random_rule
from winset.findings.demands import Demand
from winset.model.draws import Draws
from winset.model.issues import Clause
from winset.model.negotiation import Negotiation
from winset.model.rule import Condition, Rule
from winset.model.sampling import central, draw
from winset.solve import blockage as module
from winset.solve.blockage import Blockage, TooMany, blockage_of, coalition_bound, standing_demands


def check(negotiation: Negotiation, draws: Draws) -> Blockage:
    found = blockage_of(negotiation, draws)
    assert isinstance(found, Blockage)
    assert found.complete
    relaxations, conflicts = by_all_subsets(negotiation, draws)
    assert found.blocked == (frozenset() not in relaxations)
    if not found.blocked:
        assert found.relaxations == found.conflicts == ()
        return found
    assert {frozenset(each) for each in found.relaxations} == relaxations
    assert len(found.relaxations) == len(relaxations)
    # Where nothing opens the zone, not even the empty set of demands can stand: there is no conflict to name.
    assert {frozenset(each) for each in found.conflicts} == conflicts - {frozenset()}
    assert len(found.conflicts) == len(conflicts - {frozenset()})
    return found


@pytest.mark.parametrize("seed", range(300))
def test_blockage_equals_all_subsets_of_demands(seed: int) -> None:
    negotiation = random_dispute(np.random.default_rng(seed), accounts=1)
    (draws,) = draw(negotiation, seed, 0, 1)
    draws.reservation[:] += 0.35  # so that most cases are blocked
    check(negotiation, draws)


def test_most_random_cases_are_blocked_and_some_are_not() -> None:
    blocked = []
    for seed in range(60):
        negotiation = random_dispute(np.random.default_rng(seed), accounts=1)
        (draws,) = draw(negotiation, seed, 0, 1)
        draws.reservation[:] += 0.35
        found = blockage_of(negotiation, draws)
        assert isinstance(found, Blockage)
        blocked.append(found.blocked)
    assert 20 < sum(blocked) < 55


@pytest.mark.parametrize("cells", [1, 4, 11])
def test_blocks_change_nothing(cells: int, monkeypatch: pytest.MonkeyPatch) -> None:
    original = module.blocks
    monkeypatch.setattr(module, "blocks", lambda space: original(space, cells))
    for seed in range(20):
        negotiation = random_dispute(np.random.default_rng(1000 + seed), accounts=1)
        (draws,) = draw(negotiation, seed, 0, 1)
        draws.reservation[:] += 0.35
        check(negotiation, draws)


def orchard() -> Negotiation:
    """East rules out the road; West wants the road or nothing, unless in a truce."""
    space = space_of(2, 2)  # boundary: river a, road b; instrument: truce a, treaty b
    east = party_of(
        "east",
        preferences_of("east", [0.5, 0.5], [[1.0, 0.0], [0.0, 1.0]]),
        0.4,
        {"road": (Clause.of({0: [1]}), 1.0), "bluff": (Clause(), 0.2)},
    )
    west = party_of("west", preferences_of("west", [0.8, 0.2], [[0.0, 1.0], [0.0, 1.0]]), 0.5)
    return negotiation_of(space, [east, west])


def test_a_red_line_against_an_alternative() -> None:
    negotiation = orchard()
    found = check(negotiation, central(negotiation, negotiation.accounts[0]))
    road, batna = Demand("east", "red_line", "road"), Demand("west", "batna")
    assert found.conflicts == ((road, batna),)
    assert found.relaxations == ((road,), (batna,))


def test_a_line_that_is_a_bluff_does_not_stand() -> None:
    negotiation = orchard()
    standing = standing_demands(negotiation, central(negotiation, negotiation.accounts[0]))
    assert [demand.key for demand in standing] == ["batna:east", "red_line:east.road", "batna:west"]


def test_a_quota_can_do_without_the_party_that_refuses() -> None:
    space = space_of(2)
    parties = [
        party_of(name, preferences_of(name, [1.0], [[0.0, 1.0]]), 0.5, {"no": (Clause.of({0: [1]}), firm)})
        for name, firm in (("a", 0.0), ("b", 1.0), ("c", 1.0))
    ]
    negotiation = negotiation_of(space, parties, rule=Rule("quota", ("a", "b", "c"), quota=2))
    found = check(negotiation, central(negotiation, negotiation.accounts[0]))
    # a is content with b; b or c has to give way, or two alternatives have to.
    lifted = {frozenset(demand.key for demand in each) for each in found.relaxations}
    assert frozenset({"red_line:b.no"}) in lifted
    assert frozenset({"red_line:c.no"}) in lifted
    assert frozenset({"batna:a", "batna:b"}) in lifted


def test_nothing_opens_what_links_close() -> None:
    party = party_of("a", preferences_of("a", [1.0], [[0.0, 1.0]]), 0.5)
    negotiation = negotiation_of(space_of(2), [party], links=[Clause()])
    found = check(negotiation, central(negotiation, negotiation.accounts[0]))
    assert found == Blockage(blocked=True)


def test_forty_demands_over_a_million_outcomes() -> None:
    rng = np.random.default_rng(3)
    negotiation = random_negotiation(rng, parties=4, sizes=[10] * 6, links=2, red_lines=9, digits=3)
    (draws,) = draw(negotiation, 0, 0, 1)
    for meant in draws.meant:
        meant[:] = True
    draws.reservation[:] += 0.2
    found = blockage_of(negotiation, draws)
    assert isinstance(found, Blockage)
    assert found.blocked
    standing = standing_demands(negotiation, draws)
    assert len(standing) == 40
    # Every conflict meets every relaxation, and neither list holds a superset of another member.
    relaxations = [frozenset(each) for each in found.relaxations]
    conflicts = [frozenset(each) for each in found.conflicts]
    assert all(one & other for one in relaxations for other in conflicts)
    assert minimal(relaxations) == set(relaxations)


def test_limits_are_answers_not_errors() -> None:
    large = random_negotiation(np.random.default_rng(0), sizes=[10] * 7, links=0)
    found = blockage_of(large, central(large, large.accounts[0]))
    assert isinstance(found, TooMany)
    assert "4,000,000" in found.reason
    lines = {f"line{n}": (Clause.of({0: [n % 2]}), 1.0) for n in range(64)}
    many = negotiation_of(space_of(2), [party_of("a", preferences_of("a", [1.0], [[0.0, 1.0]]), 0.5, lines)])
    found = blockage_of(many, central(many, many.accounts[0]))
    assert isinstance(found, TooMany)
    assert found.reason.startswith("65 demands")
    names = [f"p{n}" for n in range(24)]
    parties = [party_of(name, preferences_of(name, [1.0], [[0.0, 1.0]]), 0.5) for name in names]
    wide = negotiation_of(space_of(2), parties, rule=Rule("quota", tuple(names), quota=12))
    found = blockage_of(wide, central(wide, wide.accounts[0]))
    assert isinstance(found, TooMany)
    assert "coalitions" in found.reason


def test_coalition_bound_is_a_bound() -> None:
    assert coalition_bound(Rule("quota", tuple("abcdef"), quota=3)) == 20
    nested = Rule("all", (Rule("any", ("a", "b")), Rule("any", ("c", "d", "e"))))
    assert coalition_bound(nested) == 6
    when = Rule("all", ("a",), when=(Condition(Clause(), Rule("any", ("b", "c"))),))
    assert coalition_bound(when) == 2
    space = space_of(3, 2)
    for seed in range(100):
        rule = random_rule(np.random.default_rng(seed), space, ("a", "b", "c", "d"), depth=2)
        for holding in (frozenset[Clause](), frozenset(rule.conditions())):
            assert len(rule.coalitions(holding)) <= coalition_bound(rule)
