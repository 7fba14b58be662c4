"""What a case rests on, counted by hand for small cases."""

from support.case_text import case, read
from winset.case.checks import assumed, judgements, unsourced

PARTIES = """parties:
  east:
    name: East
    batna: {value: [0.2, 0.4], source: minutes}
    weights: {ranking: [boundary, water, form]}
    values: {form: {truce: 0, treaty: 1, because: a}}
    red_lines: [{id: one, never: {form: truce}, firmness: 0.5}]
    discount: 0.9
    constituencies: {elders: {name: Elders, accepts_above: 0.5}}
  west: {batna: {value: {equals: {boundary: road, water: 5, form: truce}}, because: b}}"""


def test_judgements_are_counted_by_kind():
    negotiation = read(case(parties=PARTIES))
    # unknown: values of two issues in the east; weights and the values of three in the west
    assert assumed(negotiation) == {"rankings": 1, "intervals": 1, "numbers": 5, "unknown": 6}


def test_what_names_neither_source_nor_reason():
    negotiation = read(case(parties=PARTIES, links="links: [{id: l, never: {form: truce, water: 5}}]"))
    assert [(item.path, item.what) for item in unsourced(negotiation)] == [
        ("links.l", "link l"),
        ("parties.east.weights", "East: weights of the issues"),
        ("parties.east.red_lines.one.firmness", "East: firmness of one"),
        ("parties.east.discount", "East: discount factor"),
        ("parties.east.constituencies.elders.accepts_above", "East, Elders: utility from which it accepts"),
    ]


def test_accounts_that_agree_count_once_and_an_account_is_a_basis_for_its_own_changes():
    changes = "changes: {parties: {east: {weights: {ranking: [form, water, boundary]}, discount: 0.8}}}"
    text = case(parties=PARTIES, accounts=f"accounts: {{a: {{source: minutes, {changes}}}, b: {{because: c}}}}")
    negotiation = read(text)
    assert assumed(negotiation) == {"rankings": 2, "intervals": 1, "numbers": 6, "unknown": 6}
    assert [item.path for item in unsourced(negotiation)] == [
        "parties.east.red_lines.one.firmness",
        "parties.east.constituencies.elders.accepts_above",
    ]


def test_a_stated_credence_without_a_basis_is_listed():
    negotiation = read(case(accounts="accounts: {a: {credence: 0.5}, b: {credence: 0.5, because: c}}"))
    assert [item.path for item in unsourced(negotiation)] == ["accounts.a.credence"]


def test_paths_are_distinct():
    paths = [judgement.path for judgement in judgements(read(case(parties=PARTIES)).accounts[0])]
    assert len(paths) == len(set(paths)) == 13
