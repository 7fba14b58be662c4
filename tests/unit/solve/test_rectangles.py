from __future__ import annotations

import itertools

import numpy as np
import pytest

from support.boxes import random_box, random_box_model
from winset.model.issues import Clause
from winset.solve.grid import GridInteraction, GridModel
from winset.solve.rectangles import Boxes, boxes_of, disjoint, has_helly_property, shared_outcome


def by_definition(sides: list[tuple[int, ...]]) -> bool:
    """Whether each family of sides that intersect pairwise has an option in common."""
    families = (
        family
        for count in range(3, len(sides) + 1)
        for family in itertools.combinations(map(set, sides), count)
    )
    return all(
        set.intersection(*family)
        for family in families
        if all(a & b for a, b in itertools.combinations(family, 2))
    )


def test_the_helly_property_is_what_its_definition_says() -> None:
    rng = np.random.default_rng(0)
    answers = []
    for _ in range(400):
        size = int(rng.integers(1, 7))
        sides = [
            tuple(
                int(option)
                for option in np.sort(rng.choice(size, int(rng.integers(1, size + 1)), replace=False))
            )
            for _ in range(rng.integers(1, 7))
        ]
        answers.append(has_helly_property(sides, size))
        assert answers[-1] == by_definition(sides), sides
    assert answers.count(False) > 20


def test_runs_have_the_property_and_the_three_pairs_of_three_do_not() -> None:
    assert has_helly_property([(0, 1), (1, 2, 3), (3,)], 4)
    assert has_helly_property([(0, 2), (2, 4)], 5)
    assert not has_helly_property([(0, 1), (1, 2), (0, 2)], 3)
    assert has_helly_property([(0, 1), (1, 2), (0, 1, 2)], 3)
    assert has_helly_property([], 2)


def test_many_options_that_are_no_runs_are_not_looked_at() -> None:
    assert not has_helly_property([(option, 99) for option in range(60)], 100)


def test_boxes_that_intersect_pairwise_share_an_outcome() -> None:
    rng = np.random.default_rng(1)
    shared = 0
    for _ in range(500):
        sizes = [6, 5, 4]
        boxes = [random_box(rng, sizes, 3) for _ in range(4)]
        pairwise = not disjoint(boxes, sizes).any()
        assert (shared_outcome(boxes, sizes) is not None) == pairwise
        shared += pairwise
    assert shared > 20


def sets_to_take(boxes: Boxes) -> set[tuple[int, ...]]:
    """Return the utilities of every set of boxes that keeps both conditions."""
    apart = disjoint(boxes.boxes, boxes.sizes)
    found = set()
    for picks in itertools.product((False, True), repeat=len(boxes.boxes)):
        taken = np.flatnonzero(picks)
        if not apart[taken][:, taken].any() and all(any(picks[n] for n in cover) for cover in boxes.covers):
            found.add(tuple((boxes.constant + boxes.gains[taken].sum(axis=0)).tolist()))
    return found


def test_sets_of_boxes_and_outcomes_bound_each_other() -> None:
    looked_at = 0
    for seed in range(300):
        model = random_box_model(seed)
        boxes = boxes_of(model)
        if len(boxes.boxes) > 12:
            continue
        looked_at += 1
        outcomes = itertools.product(*(range(size) for size in model.sizes))
        reachable = {tuple(model.utilities(o).tolist()) for o in outcomes if not model.forbids(o)}
        sets = sets_to_take(boxes)
        assert reachable <= sets, seed
        for ours in sets:
            assert any(all(u >= v for u, v in zip(theirs, ours, strict=True)) for theirs in reachable), seed
    assert looked_at > 100


def model_of(
    *interactions: tuple[int, dict[int, list[int]], int], sizes: tuple[int, ...] = (4, 4)
) -> GridModel:
    return GridModel(
        tuple(np.zeros((size, 2), dtype=np.int64) for size in sizes),
        np.zeros(2, dtype=np.int64),
        tuple(GridInteraction(party, Clause.of(sides), adds) for party, sides, adds in interactions),
    )


def test_positive_amounts_on_runs_need_a_box_each_and_nothing_else() -> None:
    boxes = boxes_of(model_of((0, {0: [0, 1], 1: [2]}, 5), (1, {0: [1, 2]}, 3), (1, {0: [0, 1], 1: [2]}, 2)))
    assert boxes.boxes == (Clause.of({0: [0, 1], 1: [2]}), Clause.of({0: [1, 2]}))
    assert boxes.gains.tolist() == [[5, 2], [0, 3]]
    assert boxes.covers == ()
    assert boxes.free == (0, 1)


def test_a_loss_is_paid_or_avoided() -> None:
    boxes = boxes_of(model_of((0, {0: [1, 2], 1: [0]}, -5)))
    assert boxes.boxes == (Clause.of({0: [0]}), Clause.of({0: [3]}), Clause.of({1: [1, 2, 3]}), Clause())
    assert boxes.gains.tolist() == [[0, 0], [0, 0], [0, 0], [-5, 0]]
    assert boxes.covers == ((0, 1, 2, 3),)


def test_what_one_gains_and_the_other_loses_is_claimed_or_avoided() -> None:
    boxes = boxes_of(model_of((0, {0: [0]}, 5), (1, {0: [0]}, -2)))
    assert boxes.boxes == (Clause.of({0: [1, 2, 3]}), Clause.of({0: [0]}))
    assert boxes.gains.tolist() == [[0, 0], [5, -2]]
    assert boxes.covers == ((0, 1),)


def test_only_issues_without_the_property_get_boxes_for_their_options() -> None:
    pairs = [(0, {0: pair, 1: [0]}, 1) for pair in ([0, 1], [1, 2], [0, 2])]
    boxes = boxes_of(model_of(*pairs))
    assert boxes.free == (1,)
    assert [boxes.boxes[number] for number in boxes.covers[0]] == [Clause.of({0: [k]}) for k in range(4)]


@pytest.mark.parametrize("amounts", [[0, 0, 4, 4], [1, 2, 3, 4]])
def test_options_that_nothing_tells_apart_are_one_box(amounts: list[int]) -> None:
    terms = np.array([amounts, amounts], dtype=np.int64).T
    boxes = boxes_of(GridModel((terms,), np.zeros(2, dtype=np.int64)))
    assert len(boxes.boxes) == len(set(amounts))
    assert boxes.free == ()
