"""Whatever a case file can say, the writer writes so that it reads back the same."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from support.build import random_negotiation
from winset.case.load import load_text
from winset.case.save import to_yaml
from winset.errors import InputError
from winset.model.negotiation import Negotiation

OPTIONS = {"town": ["a", "no", "7", "1e3"], "share": [0.0, 0.5, 1.0, 1.5, 2.0], "form": ["pact", "truce"]}
SHARES = st.sampled_from([0.0, 0.1, 0.25, 1 / 3, 0.5, 0.7, 1.0])
INTERVALS = st.tuples(SHARES, SHARES).map(sorted)
NUMBERS = st.one_of(SHARES, INTERVALS, st.just("unknown"))
TEXTS = st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1, max_size=20).filter(str.strip)


def based(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Return what may stand alone, or with a source and reasoning."""
    return st.one_of(
        inner,
        st.fixed_dictionaries({"value": inner}, optional={"source": st.just("minutes"), "because": TEXTS}),
    )


BASIS = st.fixed_dictionaries({}, optional={"source": st.sampled_from(["minutes", "press"]), "because": TEXTS})


def ranking(names: list[Any]) -> st.SearchStrategy[Any]:
    """Return rankings of names, at times with the first two tied."""
    orders = st.permutations(names)
    return st.one_of(orders, orders.map(lambda order: [list(order[:2]), *order[2:]])).map(
        lambda order: {"ranking": list(order)}
    )


def values(issue: str) -> st.SearchStrategy[Any]:
    names = OPTIONS[issue]
    forms = [ranking(names), st.dictionaries(st.sampled_from(names), based(NUMBERS), min_size=1)]
    if issue == "share":
        forms += [
            st.just({"linear": "decreasing"}),
            st.fixed_dictionaries({"points": st.fixed_dictionaries({0: NUMBERS, 1.25: NUMBERS, 2: NUMBERS})}),
        ]
    return st.one_of(*(st.tuples(form, BASIS).map(lambda pair: pair[0] | pair[1]) for form in forms))


WEIGHTS = st.one_of(
    st.tuples(ranking(list(OPTIONS)), BASIS).map(lambda pair: pair[0] | pair[1]),
    st.just({"town": 0.2, "share": 0.3, "form": 0.5}),
    st.just({"town": 20, "share": [30, 50], "form": [30, 70]}),
    st.just({"town": [0, 0.4]}),
    st.just({"source": "press"}),
)
CLAUSES = st.fixed_dictionaries(
    {},
    optional={
        "town": st.one_of(st.sampled_from(OPTIONS["town"]), st.just(["a", "7"])),
        "share": st.sampled_from([0.5, [0.5, 1.5], [0, [1, 1.5]], [[0, 0], [2, 2]]]),
        "form": st.sampled_from(OPTIONS["form"]),
    },
)
SOME_TERMS = CLAUSES.filter(bool)
BATNAS = st.tuples(
    st.fixed_dictionaries(
        {},
        optional={
            "what": TEXTS,
            "value": st.one_of(
                based(NUMBERS), st.just({"equals": {"town": "no", "share": 0.5, "form": "pact"}})
            ),
        },
    ),
    BASIS,
).map(lambda pair: pair[0] | pair[1])


def red_line(name: str) -> st.SearchStrategy[Any]:
    return st.tuples(
        st.fixed_dictionaries(
            {"id": st.just(name), "never": SOME_TERMS},
            optional={"firmness": based(NUMBERS), "what": TEXTS, "statements": st.just(["speech"])},
        ),
        BASIS,
    ).map(lambda pair: pair[0] | pair[1])


RED_LINES = st.lists(st.sampled_from(["x", "y", "z"]), unique=True, max_size=3).flatmap(
    lambda names: st.tuples(*(red_line(name) for name in names)).map(list)
)
PREFERENCES: dict[str, st.SearchStrategy[Any]] = {
    "weights": WEIGHTS,
    "values": st.fixed_dictionaries({}, optional={issue: values(issue) for issue in OPTIONS}),
    "interactions": st.lists(
        st.tuples(st.fixed_dictionaries({"when": CLAUSES, "adds": based(SHARES)}), BASIS).map(
            lambda pair: pair[0] | pair[1]
        ),
        max_size=2,
    ),
    "red_lines": RED_LINES,
}
BODIES = st.tuples(
    st.fixed_dictionaries(
        {},
        optional={
            "name": TEXTS,
            "kind": TEXTS,
            "veto": st.booleans(),
            "votes": st.sampled_from([2, 1.5]),
            "accepts_above": based(NUMBERS),
            **PREFERENCES,
        },
    ),
    BASIS,
).map(lambda pair: pair[0] | pair[1])
PARTIES = st.fixed_dictionaries(
    {},
    optional={
        "name": TEXTS,
        "batna": BATNAS,
        "discount": based(st.sampled_from([0.5, [0.9, 1.0]])),
        "constituencies": st.dictionaries(st.sampled_from(["elders", "yes", "5"]), BODIES, max_size=2),
        **PREFERENCES,
    },
)
RULES = st.sampled_from(
    [
        {"all": ["east", "west"]},
        {"any": ["west", {"all": ["east", "west"]}]},
        {"quota": 1, "of": ["east", "west"], "veto": ["east"]},
        {"all": ["east"], "when": [{"terms": {"form": "pact"}, "needs": {"any": ["west"]}}]},
    ]
)
CHANGES = st.fixed_dictionaries(
    {},
    optional={"rule": RULES, "parties": st.fixed_dictionaries({}, optional={"east": PARTIES, "west": PARTIES})},
)
ACCOUNTS = st.dictionaries(
    st.sampled_from(["one", "two", "three"]),
    st.tuples(st.fixed_dictionaries({}, optional={"title": TEXTS, "changes": CHANGES}), BASIS).map(
        lambda pair: pair[0] | pair[1]
    ),
    max_size=3,
)


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Any]:
    """Return a case file as plain data; most are valid."""
    document: dict[str, Any] = {
        "winset": 1,
        "case": "law",
        "title": draw(TEXTS),
        "sources": {"minutes": {"title": draw(TEXTS), "date": "1998-04"}, "press": {"title": "Press"}},
        "statements": {"speech": {"by": draw(TEXTS), "quote": draw(TEXTS)}},
        "issues": {
            "town": {"options": {option: draw(st.none() | TEXTS) for option in OPTIONS["town"]}},
            "share": {"range": [0, 2], "step": 0.5, "unit": draw(TEXTS), "title": draw(TEXTS)},
            "form": {"options": OPTIONS["form"], "ordered": draw(st.booleans())},
        },
        "links": [{"id": "l", "never": {"town": "a", "share": [1, 2]}, **draw(BASIS)}],
        "rule": draw(RULES),
        "parties": {"east": draw(PARTIES), "west": draw(PARTIES)},
    }
    if accounts := draw(ACCOUNTS):
        document["accounts"] = accounts
        if draw(st.booleans()):
            for account in accounts.values():
                account["credence"] = draw(st.sampled_from([1 / len(accounts), [0, 1], "unknown"]))
    return document


def again(negotiation: Negotiation) -> Negotiation:
    return replace(load_text(to_yaml(negotiation), "again.yaml"), file=negotiation.file)


@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(documents())
def test_what_was_read_is_written_and_read_the_same(document: dict[str, Any]) -> None:
    try:
        negotiation = load_text(yaml.safe_dump(document, allow_unicode=True, sort_keys=False), "first.yaml")
    except InputError:
        return
    assert again(negotiation) == negotiation


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**32), st.booleans())
def test_random_negotiations_read_back(seed: int, imprecise: bool) -> None:
    rng = np.random.default_rng(seed)
    negotiation = random_negotiation(rng, parties=3, sizes=(2, 5, 3), interactions=2, imprecise=imprecise)
    once = again(negotiation)
    assert once.space == negotiation.space
    assert once.links == negotiation.links
    assert again(once) == once
