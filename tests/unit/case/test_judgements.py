"""Weights, values and other numbers: every form, and the sets that they leave."""

import itertools
import math
import random

import pytest

from support.case_text import case, party, problems_of, read
from winset.case.bounds import clash, fit, propagate, sums
from winset.model.judgement import Basis, Number, Values, Weights
from winset.model.tolerances import SUM_TOLERANCE


def weights(text: str) -> Weights:
    return read(party(f"{{weights: {text}}}")).accounts[0].parties[0].preferences.weights


def values(issue: str, text: str) -> Values:
    negotiation = read(party(f"{{values: {{{issue}: {text}}}}}"))
    names = negotiation.space.names
    return negotiation.accounts[0].parties[0].preferences.values[names.index(issue)]


@pytest.mark.parametrize("text", ["unknown", "null", "{}", "{boundary: unknown}"])
def test_unknown_weights_are_all_that_is_possible(text):
    assert weights(text) == Weights("parties.east.weights", (0.0,) * 3, (1.0,) * 3, stated=False)


def test_weights_that_are_off_by_rounding_sum_to_one_and_others_stay_as_they_are():
    thirds = weights("{boundary: 0.333, water: 0.333, form: 0.333}")
    assert thirds.lower == thirds.upper
    assert math.fsum(thirds.lower) == pytest.approx(1, abs=1e-15)
    tenths = weights("{boundary: 0.1, water: 0.2, form: 0.7}")
    assert tenths.lower == tenths.upper == (0.1, 0.2, 0.7)
    assert weights("{boundary: 35, water: 10, form: 55}").lower == (0.35, 0.1, 0.55)


def test_points_may_be_intervals_and_what_is_not_named_is_unknown():
    made = weights("{boundary: [20, 40], water: 30}")
    assert (made.lower, made.upper) == ((0.2, 0.3, 0.0), (0.4, 0.3, 1.0))


def test_a_ranking_of_weights_with_bounds():
    made = weights("{ranking: [form, [boundary, water]], bounds: {form: [0.5, 0.6]}}")
    assert made.groups == ((2,), (0, 1))
    assert (made.lower, made.upper) == ((0.0, 0.0, 0.5), (1.0, 1.0, 0.6))


def test_numbers_in_a_mapping_say_together_what_they_rest_on():
    one = weights("{boundary: {value: 0.4, source: minutes}, water: 0.3}")
    assert one.basis == Basis("minutes")
    two = weights("{boundary: {value: 0.4, because: a}, water: {value: 0.3, because: b}}")
    assert two.basis == Basis(because="boundary: a; water: b")
    own = weights("{boundary: {value: 0.4, because: a}, because: c}")
    assert own.basis == Basis(because="c")


def test_a_ranking_of_values_pins_best_and_worst_unless_bounded():
    tied = values("boundary", "{ranking: [[river, ridge, road]]}")
    assert tied.lower == tied.upper == (0.5, 0.5, 0.5)
    free = values("boundary", "{ranking: [road, [river, ridge]]}")
    assert free.lower == free.upper == (0.0, 0.0, 1.0)
    bounded = values("boundary", "{ranking: [road, ridge, river], bounds: {road: [0.8, 0.9]}}")
    assert (bounded.lower, bounded.upper) == ((0.0, 0.0, 0.8), (0.0, 1.0, 0.9))


def test_values_along_numbers_or_along_an_order():
    assert values("boundary", "{linear: decreasing}").lower == (1.0, 0.5, 0.0)
    made = values("water", "{linear: decreasing}")
    assert made.lower == made.upper == tuple((100 - share) / 100 for share in range(0, 101, 5))


def test_values_by_option_leave_the_others_unknown():
    made = values("water", "{0: 0, '5': 0.1, 10.0: [0.2, 0.3]}")
    assert made.lower[:4] == (0.0, 0.1, 0.2, 0.0)
    assert made.upper[:4] == (0.0, 0.1, 0.3, 1.0)
    assert problems_of(party("{values: {water: {5: 0.1, 5.0: 0.2}}}"))[0].code == "E035"


def test_points_are_sorted_and_may_be_unknown():
    made = values("water", "{points: {100: 1, 0: 0, 37.5: unknown}}")
    assert made.points == (0.0, 37.5, 100.0)
    assert (made.lower, made.upper) == ((0.0, 0.0, 1.0), (0.0, 1.0, 1.0))


def test_numbers_in_every_form():
    forms = {
        "0.4": (0.4, 0.4, True),
        "[0.2, 0.4]": (0.2, 0.4, True),
        "unknown": (0.0, 1.0, False),
        "{value: [0.2, 0.4]}": (0.2, 0.4, True),
        "{because: nobody knows}": (0.0, 1.0, False),
    }
    for text, (low, high, stated) in forms.items():
        value = read(party(f"{{batna: {{value: {text}}}}}")).accounts[0].parties[0].batna.value
        assert (value.low, value.high, value.stated) == (low, high, stated)
    silent = read(case()).accounts[0].parties[0].batna
    assert silent.value == Number("parties.east.batna.value", 0.0, 1.0, stated=False)


def test_what_a_number_rests_on_is_its_own_or_that_of_what_it_is_part_of():
    interactions = "interactions: [{when: {}, adds: 1, because: c}]"
    text = f"{{batna: {{value: {{value: 0.3, because: a}}, because: b}}, {interactions}}}"
    east = read(party(text)).accounts[0].parties[0]
    assert (east.batna.value.basis.because, east.batna.basis.because) == ("a", "b")
    assert east.preferences.interactions[0].adds.basis.because == "c"


def test_a_peers_scale_takes_numbers_as_they_are():
    text = case(
        issues="issues:\n  a: {options: [p]}\n  b: {options: [x, y]}",
        parties=(
            "parties:\n  east:\n    scale: peer\n    batna: {value: [3, 12.5]}\n"
            "    values: {a: {p: -7}, b: {x: 1.0e+3, y: 2}}"
        ),
    )
    east = read(text).accounts[0].parties[0]
    assert east.preferences.scale == "peer"
    assert east.preferences.weights == Weights("parties.east.weights", (1.0, 1.0), (1.0, 1.0), total=None)
    assert [row.lower for row in east.preferences.values] == [(-7.0,), (1000.0, 2.0)]
    assert (east.batna.value.low, east.batna.value.high) == (3.0, 12.5)


def test_ranges_are_exact_decimals():
    issue = read(
        case(issues="issues: {a: {range: [0, 1], step: 0.1}}", parties="parties: {e: {}}")
    ).space.issues[0]
    assert issue.options == (0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1)
    issue = read(
        case(issues="issues: {a: {range: [-1.5, 3], step: 1.5}}", parties="parties: {e: {}}")
    ).space.issues[0]
    assert issue.options == (-1.5, 0, 1.5, 3)
    assert [type(option) for option in issue.options] == [float, int, float, int]
    issue = read(case(issues="issues: {a: {range: [3, 3]}}", parties="parties: {e: {}}")).space.issues[0]
    assert issue.options == (3,)


def test_terms_of_a_range_are_numbers_intervals_or_several():
    def never(text: str) -> tuple[int, ...]:
        return read(case(links=f"links: [{{id: a, never: {{water: {text}}}}}]")).links[0].never.terms[0][1]

    assert never("10") == (2,)
    assert never("'10'") == (2,)
    assert never("[10, 20]") == (2, 3, 4)
    assert never("[7, 11]") == (2,)
    assert never("[[0, 5], [95, 200]]") == (0, 1, 19, 20)
    assert never("[[0, 0], 100]") == (0, 20)
    assert never("[0, 10, 20]") == (0, 2, 4)


def test_propagated_bounds_allow_what_brute_force_finds():
    rng = random.Random(7)
    empty = 0
    for _ in range(150):
        lower = [rng.choice([0.0, 0.25, 0.5]) for _ in range(3)]
        upper = [min(1.0, low + rng.choice([0.0, 0.25, 0.5, 1.0])) for low in lower]
        groups = rng.choice([((0,), (1,), (2,)), ((2,), (0, 1)), ((1, 2), (0,)), ((2,), (1,), (0,))])
        exact = [round(4 * x) for x in (*lower, *upper)]
        axis = [[k / 4 for k in range(exact[i], exact[i + 3] + 1)] for i in range(3)]
        points = [
            point
            for point in itertools.product(*axis)
            if all(point[a] >= point[b] for one, two in itertools.pairwise(groups) for a in one for b in two)
            and all(point[a] == point[b] for group in groups for a in group for b in group)
        ]
        found = clash(lower, upper, groups)
        assert (found is None) == bool(points)
        if found is not None:
            empty += 1
            rank = {member: number for number, group in enumerate(groups) for member in group}
            assert rank[found.better] <= rank[found.worse]
            assert found.at_most < found.at_least
            continue
        least, most = sums(lower, upper, groups)
        assert least == min(map(sum, points))
        assert most == max(map(sum, points))
        low, high = propagate(lower, upper, groups)
        for number, group in enumerate(groups):
            assert low[number] == min(point[group[0]] for point in points)
            assert high[number] == max(point[group[0]] for point in points)
    assert empty > 10


def test_bounds_are_fitted_to_their_total():
    assert fit((0.2, 0.3), (0.4, 0.6), None, 1.0) == ((0.2, 0.3), (0.4, 0.6))
    assert fit((0.2, 0.3), (0.4, 0.5), None, 1.0) is None
    assert fit((50.0, 50.0), (50.0, 50.0), None, 100.0) == ((0.5, 0.5), (0.5, 0.5))
    short = 1 - SUM_TOLERANCE / 2
    lower, upper = fit((0.0, 0.5), (short - 0.5, 0.5), None, 1.0)
    assert math.fsum(upper) == pytest.approx(1, abs=1e-15)
    assert all(low <= high for low, high in zip(lower, upper, strict=True))
