"""The shipped cases: they load, they rest on something, and published numbers come out of them."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from winset.analysis import zone
from winset.analysis.context import Context
from winset.analysis.division import ANALYSIS as DIVISION
from winset.analysis.survey import Survey, survey
from winset.case.load import load
from winset.findings.division import DivisionFinding
from winset.model.judgement import Basis
from winset.model.negotiation import Account, Negotiation
from winset.model.party import Party

CASES = {path.stem: path for path in sorted(Path(str(files("winset.cases"))).glob("*.yaml"))}
IDS = sorted(CASES)
PUBLIC_RECORD = ("alaska-2025", "hanoi-2019", "phase-one-2020")
POINTS = ("camp-david-1978", "panama-1974")


@cache
def case(name: str) -> Negotiation:
    return load(CASES[name])


def context(name: str, draws: int = 400) -> Context:
    negotiation = case(name)
    return Context(negotiation, draws, 0, negotiation.leading_account)


def judgements(party: Party) -> Iterator[tuple[str, bool]]:
    """Yield every judgement's place and whether it rests on a source or on reasoning."""
    yield party.preferences.weights.path, bool(party.preferences.weights.basis)
    for values in party.preferences.values:
        yield values.path, bool(values.basis)
    for interaction in party.preferences.interactions:
        yield interaction.adds.path, bool(interaction.adds.basis)
    if party.batna.value is not None:
        yield party.batna.value.path, bool(party.batna.value.basis)
    for line in party.red_lines:
        yield f"{line.firmness.path} (the line)", bool(line.basis)
        yield line.firmness.path, bool(line.firmness.basis)


def bases(account: Account) -> Iterator[Basis]:
    yield account.basis
    for party in account.parties:
        yield party.batna.basis
        yield party.preferences.weights.basis
        yield from (values.basis for values in party.preferences.values)
        yield from (interaction.adds.basis for interaction in party.preferences.interactions)
        if party.batna.value is not None:
            yield party.batna.value.basis
        for line in party.red_lines:
            yield from (line.basis, line.firmness.basis)


def test_the_six_cases_are_shipped() -> None:
    assert {"alaska-2025", "hanoi-2019", "phase-one-2020", *POINTS, "manhattan-lot"} <= set(IDS)


@pytest.mark.parametrize("name", IDS)
def test_loads_under_its_own_name(name: str) -> None:
    negotiation = case(name)
    assert negotiation.id == name
    assert negotiation.title
    assert negotiation.about
    assert negotiation.as_of or name == "manhattan-lot"  # no real lot, no date


@pytest.mark.parametrize("name", IDS)
def test_every_judgement_has_a_source_or_a_reason(name: str) -> None:
    bare = {
        path
        for account in case(name).accounts
        for party in account.parties
        for path, grounded in judgements(party)
        if not grounded
    }
    assert bare == set()
    assert all(link.basis for link in case(name).links)


@pytest.mark.parametrize("name", PUBLIC_RECORD)
def test_every_account_says_whose_it_is_and_none_is_preferred(name: str) -> None:
    accounts = case(name).accounts
    assert len(accounts) >= 2
    assert all(account.basis.source and account.basis.because for account in accounts)
    assert all(account.credence.midpoint == pytest.approx(1 / len(accounts)) for account in accounts)


@pytest.mark.parametrize("name", PUBLIC_RECORD)
def test_accounts_differ_in_batnas_and_in_firmness(name: str) -> None:
    def summary(account: Account) -> tuple[tuple[object, ...], tuple[object, ...]]:
        batnas = tuple((p.batna.value.low, p.batna.value.high) for p in account.parties if p.batna.value)
        lines = tuple((r.firmness.low, r.firmness.high) for p in account.parties for r in p.red_lines)
        return batnas, lines

    for one, other in itertools.combinations(map(summary, case(name).accounts), 2):
        assert one[0] != other[0]
        assert one[1] != other[1]


@pytest.mark.parametrize("name", IDS)
def test_every_source_is_used(name: str) -> None:
    negotiation = case(name)
    used = {basis.source for account in negotiation.accounts for basis in bases(account)}
    used |= {statement.source for statement in negotiation.statements.values()}
    used |= {link.basis.source for link in negotiation.links}
    assert set(negotiation.sources) - used == set()


@pytest.mark.parametrize("name", PUBLIC_RECORD)
def test_statements_say_who_when_and_what(name: str) -> None:
    negotiation = case(name)
    assert negotiation.statements
    for statement in negotiation.statements.values():
        assert statement.by
        assert statement.date
        assert statement.source
        assert (statement.quote is None) != (statement.summary is None), statement.id
        assert negotiation.as_of is not None
        assert statement.date <= negotiation.as_of


@pytest.mark.parametrize("name", PUBLIC_RECORD)
def test_options_are_explained_to_readers(name: str) -> None:
    for issue in case(name).space.issues:
        assert issue.title, issue.name
        if not issue.numeric:
            assert all(issue.meanings), issue.name


@pytest.mark.parametrize("name", IDS)
def test_links_leave_every_option_and_every_red_line_something_to_say(name: str) -> None:
    negotiation = case(name)
    space = negotiation.space
    outcomes = [
        outcome
        for outcome in itertools.product(*map(range, space.sizes))
        if not any(link.never.matches(outcome) for link in negotiation.links)
    ]
    for issue, size in enumerate(space.sizes):
        assert {outcome[issue] for outcome in outcomes} == set(range(size)), space.names[issue]
    for party in negotiation.accounts[0].parties:
        for line in party.red_lines:
            broken = sum(line.never.matches(outcome) for outcome in outcomes)
            assert 0 < broken < len(outcomes), f"{party.id}.{line.id}"


@pytest.mark.parametrize("name", IDS)
def test_no_account_is_ruled_out_by_a_contradiction(name: str) -> None:
    finding = zone.run(context(name))
    for account in finding.by_account:
        assert account.probability is not None
        assert account.probability > 0, account.id


def test_alaska_is_of_a_size_that_people_can_read() -> None:
    space = case("alaska-2025").space
    assert 6 <= len(space.issues) <= 8
    assert all(3 <= size <= 5 for size in space.sizes)
    assert 1_000 <= space.size <= 30_000
    assert {"article", "american", "ukrainian", "russian"} == {a.id for a in case("alaska-2025").accounts}


def test_alaska_needs_guarantors_only_where_they_guarantee_or_lift_sanctions() -> None:
    negotiation = case("alaska-2025")
    rule = negotiation.accounts[0].rule
    terms = {
        "instrument": "interim-accord",
        "territory": "present-line",
        "recognition": "claims-kept",
        "guarantees": "neutral-force",
        "alliance": "deferred",
        "meeting": "agenda-first",
        "sanctions": "kept",
        "arms": "quiet-line",
    }
    warring = frozenset({"russia", "ukraine"})

    def passes(consenting: frozenset[str], **change: str) -> bool:
        return rule.passes(consenting, negotiation.space.find({**terms, **change}))

    assert passes(warring)
    assert not passes(frozenset({"russia", "united-states", "europeans"}))
    assert not passes(warring, guarantees="western-pledge")
    assert not passes(warring | {"united-states"}, guarantees="european-force")
    assert passes(warring | {"united-states"}, sanctions="american-eased")
    assert not passes(warring | {"united-states"}, sanctions="eased-in-steps")
    assert passes(warring | {"united-states", "europeans"}, guarantees="european-force", sanctions="lifted")


def test_alaska_keeps_the_red_lines_of_the_article() -> None:
    negotiation = case("alaska-2025")
    account = negotiation.account("article")
    russia = next(party for party in account.parties if party.id == "russia")
    lines = {line.id: line for line in russia.red_lines}
    assert lines["no-nato-troops"].firmness.low >= 0.9
    assert lines["no-ceasefire-that-rearms"].firmness.low >= 0.9
    for line in ("no-nato-troops", "no-ceasefire-that-rearms", "no-meeting-without-agenda"):
        assert lines[line].statements


def test_the_terms_signed_in_2020_are_acceptable_in_some_readings_of_each_account() -> None:
    negotiation = case("phase-one-2020")
    signed = negotiation.space.find(
        {
            "purchases": 200,
            "tariffs": "half-on-4a",
            "rollback": "left-open",
            "technology": "binding-chapters",
            "state-support": "left-for-later",
            "enforcement": "no-answer",
        }
    )
    assert not any(link.never.matches(signed) for link in negotiation.links)
    found = context("phase-one-2020").once(survey)
    assert isinstance(found, Survey)
    assert found.acceptable[negotiation.space.index(signed)] > 0


def adjusted_winner(ours: list[int], theirs: list[int]) -> tuple[Fraction, int, Fraction]:
    """Return each side's points, the item divided, and our share of it, by trying every division.

    The slow way: among all allocations in which at most one item is divided and both sides get the same, the
    one with the most points. Adjusted Winner is efficient and equitable, so it is this one.
    """
    best = (Fraction(-1), -1, Fraction(0))
    for item, (mine, yours) in enumerate(zip(ours, theirs, strict=True)):
        others = [i for i in range(len(ours)) if i != item]
        for mask in itertools.product((True, False), repeat=len(others)):
            us = sum(ours[i] for i, won in zip(others, mask, strict=True) if won)
            them = sum(theirs[i] for i, won in zip(others, mask, strict=True) if not won)
            share = Fraction(them + yours - us, mine + yours)  # us + mine s = them + yours (1 - s)
            if 0 < share < 1:
                best = max(best, (us + mine * share, item, share))
    return best


@pytest.mark.parametrize(
    ("name", "points", "item", "share"),
    [
        # Brams and Togman (1996): 65 5/6 points each; Israel keeps 1/6 of Sinai.
        ("camp-david-1978", Fraction(395, 6), "sinai", Fraction(1, 6)),
        # Raiffa (1982), Brams and Taylor (1996): 66 points each; the US keeps 2/15 of land and water.
        ("panama-1974", Fraction(66), "land-and-water", Fraction(2, 15)),
    ],
)
def test_points_give_the_published_division(name: str, points: Fraction, item: str, share: Fraction) -> None:
    negotiation = case(name)
    first, second = (
        [round(100 * weight) for weight in party.preferences.weights.lower]
        for party in negotiation.accounts[0].parties
    )
    assert sum(first) == sum(second) == 100
    each, divided, kept = adjusted_winner(first, second)
    assert (each, negotiation.space.names[divided], kept) == (points, item, share)
    finding = DIVISION.run(context(name))
    assert isinstance(finding, DivisionFinding)
    assert finding.totals == (points, points)
    assert finding.divided is not None
    assert (finding.divided.issue, finding.divided.shares[0]) == (item, share)


@pytest.mark.parametrize("name", POINTS)
def test_options_are_named_after_the_party_that_prevails(name: str) -> None:
    negotiation = case(name)
    for issue in negotiation.space.issues:
        assert issue.options == negotiation.party_ids
    for number, party in enumerate(negotiation.accounts[0].parties):
        for values in party.preferences.values:
            assert values.lower == values.upper == tuple(float(number == k) for k in range(2))


def test_the_lot_has_the_zone_that_geometry_gives_it() -> None:
    negotiation = case("manhattan-lot")
    # Every pair of reservation values on a fine grid, and every price.
    cells = (np.arange(1_000) + 0.5) / 1_000
    seller, buyer = 0.3 + 0.4 * cells[:, None], 0.2 + 0.4 * cells[None, :]
    prices = np.linspace(0, 1, negotiation.space.size)
    lowest = prices[np.searchsorted(prices, seller)]
    expected = float((lowest <= 1 - buyer).mean())
    assert expected == pytest.approx(0.707, abs=1e-3)
    finding = zone.run(context("manhattan-lot", 2_000))
    assert finding.probability is not None
    assert finding.standard_error is not None
    assert abs(finding.probability - expected) < 4 * finding.standard_error
