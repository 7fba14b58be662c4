from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from support.imprecise import imprecise_case
from support.slow_zone import random_dispute
from winset.analysis.context import Context
from winset.analysis.explained import by_bins, by_class, index, project
from winset.analysis.influence import run
from winset.model.judged import judgements
from winset.model.judgement import Values, Weights
from winset.model.party import RedLine
from winset.model.readings import SampledReading
from winset.model.sampling import draw

SEEDS = st.integers(0, 2**32 - 1)


@settings(max_examples=20, deadline=None)
@given(seed=SEEDS, cut=st.integers(0, 60))
def test_what_was_drawn_is_had_again_in_any_chunks(seed: int, cut: int) -> None:
    negotiation = imprecise_case()
    for account in negotiation.accounts:
        for judged in judgements(negotiation.space, account):
            whole = judged.drawn(SampledReading(seed, np.arange(60)))
            parts = [
                judged.drawn(SampledReading(seed, rows))
                for rows in (np.arange(cut), np.arange(cut, 60))
                if len(rows)
            ]
            assert np.array_equal(whole, np.concatenate(parts))


@settings(max_examples=20, deadline=None)
@given(seed=SEEDS)
def test_what_was_drawn_is_what_the_draws_hold(seed: int) -> None:
    negotiation = imprecise_case()
    for draws in draw(negotiation, seed, 0, 40):
        reading = SampledReading(seed, draws.rows)
        for judged in judgements(negotiation.space, draws.account):
            party = [member.id for member in draws.account.parties].index(judged.party.id)
            drawn = judged.drawn(reading)
            if isinstance(judged.about, RedLine):
                number = judged.party.red_lines.index(judged.about)
                assert np.array_equal(drawn[:, 0] == 1.0, draws.meant[party][:, number])
            elif judged.path.endswith("batna.value"):
                assert np.array_equal(drawn[:, 0], draws.reservation[:, party])
            elif isinstance(judged.about, Values) and judged.issue is not None and judged.about.points is None:
                # A term is weight times value, shifted and scaled: the best option of one is that of the other.
                term = draws.terms[negotiation.space.issues.index(judged.issue)][:, party]
                best = np.take_along_axis(drawn, term.argmax(axis=1)[:, None], axis=1)[:, 0]
                assert np.allclose(best, drawn.max(axis=1))
            elif isinstance(judged.about, Weights):
                assert np.allclose(drawn.sum(axis=1), 1.0)


@settings(max_examples=10, deadline=None)
@given(seed=SEEDS)
def test_the_same_seed_gives_the_same_finding(seed: int) -> None:
    negotiation = random_dispute(np.random.default_rng(seed))
    one, other = (run(Context(negotiation, 120, seed, negotiation.accounts[0])) for _ in range(2))
    assert one.to_dict() == other.to_dict()
    assert all(entry.index >= 0.0 for entry in one.ranking)


@settings(max_examples=30, deadline=None)
@given(seed=SEEDS, slope=st.floats(0.0, 0.8), draws=st.integers(20, 400))
def test_the_order_of_draws_and_the_scale_of_numbers_do_not_matter(seed: int, slope: float, draws: int) -> None:
    rng = np.random.default_rng(seed)
    line = rng.random(draws)
    answers = rng.random(draws) < 0.1 + slope * line
    answers[:2] = (False, True)
    shuffled = rng.permutation(draws)
    found = index(answers, [project(line[:, None], answers)])
    other = index(answers[shuffled], [project(7.0 - 3.0 * line[shuffled, None], answers[shuffled])])
    if draws % max(2, draws // 50) == 0:  # bins of one size are the same from either end
        assert np.isclose(found.share, other.share)
        assert np.isclose(found.standard_error, other.standard_error)
    points = rng.random((draws, 3))
    flat = index(answers, [project(points, answers)])
    turned = index(answers, [project(points @ np.array([[2.0, 1, 0], [0, 1, 0], [0, -1, 3]]) + 5, answers)])
    assert (
        np.isclose(flat.share, turned.share, atol=1e-6) or draws < 180
    )  # all products: no choice of directions


@settings(max_examples=30, deadline=None)
@given(seed=SEEDS, classes=st.integers(2, 6))
def test_class_means_are_the_analysis_of_variance_by_hand(seed: int, classes: int) -> None:
    rng = np.random.default_rng(seed)
    labels = np.sort(np.concatenate((np.repeat(np.arange(classes), 2), rng.integers(0, classes, 80))))
    answers = rng.random(len(labels)) < (0.2 + 0.1 * labels)
    answers[:2] = (False, True)
    between = 0.0
    for label in range(classes):
        own = answers[labels == label].astype(float)
        share = len(own) / len(answers)
        between += share * (own.mean() - answers.mean()) ** 2 - own.var(ddof=1) / len(answers) * (1 - share)
    found = index(answers, [by_class(labels, answers)])
    assert np.isclose(found.explained, between)
    assert np.isclose(found.share, between / answers.var())


def test_estimates_are_right_on_average_and_so_are_their_errors() -> None:
    # P(Y | X) = .2 + .6 X: Var(E[Y|X]) = .36 / 12 = .03, Var(Y) = .25. Nothing of a second number.
    rng = np.random.default_rng(0)
    shares: dict[str, list[tuple[float, float]]] = {"line": [], "noise": [], "both": [], "meant": []}
    for _ in range(200):
        points = rng.random((1_000, 2))
        answers = rng.random(1_000) < 0.2 + 0.6 * points[:, 0]
        meant = (points[:, 0] > 0.5).astype(np.int64)
        for name, projection in (
            ("line", by_bins(points[:, 0], answers)),
            ("noise", by_bins(points[:, 1], answers)),
            ("both", project(points, answers)),
            ("meant", by_class(meant, answers)),  # means .35 and .65: .0225
        ):
            found = index(answers, [projection])
            shares[name].append((found.share, found.standard_error))
    for name, truth in (("line", 0.12), ("noise", 0.0), ("both", 0.12), ("meant", 0.09)):
        share, error = np.array(shares[name]).T
        assert abs(share.mean() - truth) <= 4 * share.std() / np.sqrt(len(share)) + 0.002, name
        assert 0.8 <= error.mean() / share.std() <= 1.25, name
