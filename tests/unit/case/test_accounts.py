"""Accounts: what each changes, key by key, and what stays."""

import pytest

from support.case_text import case, problems_of, read
from winset.model.judgement import Basis

PARTIES = """parties:
  east:
    batna: {what: wait, value: 0.3, source: minutes}
    weights: {boundary: 0.5, water: 0.3, form: 0.2}
    values: {form: {truce: 0, treaty: 1}, boundary: {linear: increasing}}
    interactions: [{when: {form: truce}, adds: 0.1}]
    red_lines:
      - {id: one, never: {form: truce, boundary: road}, firmness: 0.5, what: Never, source: minutes}
      - {id: two, never: {water: 0}}
    constituencies:
      elders: {accepts_above: 0.4, values: {form: {truce: 1, treaty: 0}}, because: they said}
  west: {}"""


def east(changes: str):
    text = case(
        parties=PARTIES, accounts=f"accounts: {{a: {{changes: {{parties: {{east: {changes}}}}}}}, b: {{}}}}"
    )
    negotiation = read(text)
    changed, kept = (account.parties[0] for account in negotiation.accounts)
    assert kept == read(case(parties=PARTIES)).accounts[0].parties[0]
    return changed, kept


def test_an_account_without_changes_is_the_file_as_written():
    changed, kept = east("{}")
    assert changed == kept


def test_a_batna_merges_and_a_new_value_does_not_keep_the_old_source():
    changed, kept = east("{batna: {value: 0.1}}")
    assert (changed.batna.what, changed.batna.value.low, changed.batna.basis) == ("wait", 0.1, Basis())
    changed, kept = east("{batna: {what: leave}}")
    assert (changed.batna.what, changed.batna.value, changed.batna.basis) == (
        "leave",
        kept.batna.value,
        Basis("minutes"),
    )
    changed, _ = east("{batna: {value: 0.1, because: a}}")
    assert changed.batna.basis == Basis(because="a")


def test_weights_and_the_values_of_an_issue_are_replaced_whole():
    changed, kept = east("{weights: {form: 0.4}, values: {form: {truce: 0.5}}}")
    weights, values = changed.preferences.weights, changed.preferences.values
    assert (weights.lower, weights.upper) == ((0.0, 0.0, 0.4), (1.0, 1.0, 0.4))
    assert (values[2].lower, values[2].upper) == ((0.5, 0.0), (0.5, 1.0))
    assert values[:2] == kept.preferences.values[:2]
    changed, _ = east("{weights: unknown}")
    assert not changed.preferences.weights.stated


def test_red_lines_merge_by_id_and_their_terms_are_replaced_whole():
    changed, kept = east("{red_lines: [{id: two, firmness: 1}, {id: three, never: {form: treaty}}]}")
    assert [line.id for line in changed.red_lines] == ["one", "two", "three"]
    assert changed.red_lines[0] == kept.red_lines[0]
    assert changed.red_lines[1].never == kept.red_lines[1].never
    assert changed.red_lines[1].firmness.low == 1.0
    changed, _ = east("{red_lines: [{id: one, never: {form: treaty}}]}")
    assert changed.red_lines[0].never.scope == (2,)
    assert changed.red_lines[0].basis == Basis()


def test_interactions_are_replaced_and_constituencies_merge():
    changed, _ = east("{interactions: []}")
    assert changed.preferences.interactions == ()
    changed, kept = east("{constituencies: {elders: {accepts_above: 0.6}, guild: {votes: 2}}}")
    elders, guild = changed.constituencies
    assert elders.accepts_above.low == 0.6
    assert elders.preferences.values[2].lower == kept.constituencies[0].preferences.values[2].lower
    assert (guild.id, guild.votes) == ("guild", 2.0)


def test_the_rule_is_replaced_whole():
    text = case(
        rule="rule: {all: [east, west]}", accounts="accounts: {a: {changes: {rule: {any: [east]}}}, b: {}}"
    )
    rules = [account.rule for account in read(text).accounts]
    assert [(rule.kind, rule.members) for rule in rules] == [("any", ("east",)), ("all", ("east", "west"))]


def test_credences():
    def bounds(text: str):
        return [
            (a.credence.low, a.credence.high, a.credence.stated) for a in read(case(accounts=text)).accounts
        ]

    assert bounds("accounts: {a: {}, b: {}, c: {}, d: {}}") == [(0.25, 0.25, False)] * 4
    assert bounds("accounts: {a: {credence: [0.2, 0.4]}, b: {credence: unknown}}") == [
        (0.2, 0.4, True),
        (0.0, 1.0, False),
    ]
    thirds = bounds("accounts: {a: {credence: 0.333}, b: {credence: 0.333}, c: {credence: 0.333}}")
    assert sum(low for low, _, _ in thirds) == pytest.approx(1, abs=1e-15)
    (alone,) = read(case()).accounts
    assert (alone.id, alone.title, alone.credence.low, alone.credence.high) == (
        "as_written",
        "as written",
        1,
        1,
    )


def test_problems_in_changes_stand_where_they_are_written():
    text = case(
        parties=PARTIES,
        accounts=(
            "accounts:\n"
            "  a:\n"
            "    changes:\n"
            "      parties:\n"
            "        east: {red_lines: [{id: three, firmness: 0.5}], weights: {ranking: [form]}}\n"
            "      links: []\n"
        ),
    )
    first = text.split("\n").index("accounts:") + 1
    assert [(p.code, p.line - first, p.path) for p in problems_of(text)] == [
        ("E021", 4, "parties.east.red_lines.three"),
        ("E050", 4, "parties.east.weights.ranking"),
        ("E020", 5, "accounts.a.changes.links"),
    ]
