"""A case file to start from: small, complete, and in order as it stands."""

from __future__ import annotations

from typing import Final

from winset.case.leaves import LINE_LIMIT
from winset.case.schema import SCHEMA_FILE

_BODY: Final = """\
winset: 1
case: {id}
title: {title}

# Where judgements come from. A judgement names its source by id, or gives the reasoning as `because`.
sources:
  notes: {{title: Notes of the first meeting}}

# What is negotiated, and how each issue can be settled.
issues:
  price: {{range: [100, 200], step: 10, unit: thousand}}
  delivery:
    ordered: true
    options:
      early: Within a month.
      late: Within a year.
  guarantee: {{options: [none, partial, full], ordered: true}}

# What cannot be combined, whoever wants it.
links:
  - {{id: no-early-guarantee, never: {{delivery: early, guarantee: full}}, because: There is no time to test.}}

# Whose consent is needed. Without a rule: everybody's.
rule: {{all: [buyer, seller]}}

# A judgement is a number, an interval [low, high], a ranking (best first, ties in brackets), or unknown.
# What is not said is unknown. Utilities run from 0, a party's worst outcome, to 1, its best.
parties:
  buyer:
    name: The buyer
    batna: {{what: buy elsewhere, value: [0.2, 0.4], source: notes}}
    weights: {{ranking: [price, [delivery, guarantee]], source: notes}}
    values:
      price: {{linear: decreasing, because: The buyer pays.}}
      delivery: {{ranking: [early, late], source: notes}}
      guarantee: {{none: 0, partial: [0.4, 0.7], full: 1, because: Half a guarantee covers most defects.}}
    # What a party will not sign at any price; firmness is the chance that this is meant.
    red_lines:
      - {{id: some-guarantee, never: {{guarantee: none}}, firmness: [0.6, 0.9], source: notes}}
  seller:
    name: The seller
    batna:
      what: sell to the neighbour
      value: {{equals: {{price: 130, delivery: late, guarantee: none}}}}   # worth the same as this outcome
      source: notes
    weights: {{price: [0.5, 0.7], delivery: [0.1, 0.3], because: The seller needs the money.}}
    values:
      price: {{linear: increasing, because: The seller is paid.}}
      delivery: {{ranking: [late, early], source: notes}}
      guarantee: {{ranking: [none, partial, full], source: notes}}

# Where sources disagree, each account says what it would change; results are shown for each and overall.
# accounts:
#   as-the-buyer-tells-it: {{credence: 0.5, source: notes}}
#   as-the-seller-tells-it:
#     credence: 0.5
#     source: notes
#     changes: {{parties: {{seller: {{batna: {{value: [0.5, 0.6]}}}}}}}}
"""


def header() -> str:
    """Return the line by which editors find the JSON Schema, which is to lie beside the case file."""
    return f"# yaml-language-server: $schema={SCHEMA_FILE}\n"


def template(id_: str, title: str) -> str:
    """Return the text of a first case file.

    Parameters
    ----------
    id_ : str
        Id of the case; a valid one.
    title : str
        Title for readers. White space is put in order and what cannot be printed is left out.
    """
    line = "".join(c for c in " ".join(title.split()) if c.isprintable())[:LINE_LIMIT].strip() or id_
    escaped = line.replace("\\", "\\\\").replace('"', '\\"')
    return header() + _BODY.format(id=id_, title=f'"{escaped}"')
