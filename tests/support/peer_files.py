"""Small files in the peers' formats, written for these tests."""

from __future__ import annotations

import json
from typing import Any

GENIUS_DOMAIN = """
<negotiation_template>
 <utility_space number_of_issues="3">
  <objective index="0" etype="objective" type="objective" description="" name="Well">
   <issue index="1" etype="discrete" type="discrete" vtype="discrete" name="site">
    <item index="1" value="hill" cost="0" description="above the village"/>
    <item index="2" value="the no &quot;man's&quot; land" cost="0" description=""/>
   </issue>
   <issue index="2" etype="integer" type="integer" vtype="integer" name="depth" lowerbound="3" upperbound="6"/>
   <objective index="9" etype="objective" type="objective" description="" name="money">
    <issue index="4" name="payer"><item index="1" value="us"/><item index="2" value="them"/></issue>
   </objective>
  </objective>
 </utility_space>
</negotiation_template>
"""

GENIUS_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<utility_space>
 <objective index="0" etype="objective" type="objective" description="" name="Well">
  <weight index="1" value="0.5"/><weight index="2" value="0.3"/><weight index="4" value="0.2"/>
  <issue index="1" etype="discrete" type="discrete" vtype="discrete" name="site">
   <item index="1" value="hill" evaluation="3"/>
   <item index="2" value="the no &quot;man's&quot; land" evaluation="4"/>
  </issue>
  <issue index="2" etype="integer" type="integer" vtype="integer" name="depth" lowerbound="3" upperbound="6">
   <evaluator ftype="linear" offset="0.4" slope="0.25"/>
  </issue>
  <issue index="4" name="payer">
   <item index="1" value="us" evaluation="0"/><item index="2" value="them" evaluation="20"/>
  </issue>
 </objective>
 <discount_factor value="0.75"/>
 <reservation value="0.35"/>
</utility_space>
"""

GENIUS_RECTANGLES = """
<utility_space type="nonlinear">
 <objective index="0" name="root" type="objective" etype="objective">
  <issue index="1" name="x" etype="integer" type="integer" vtype="integer" lowerbound="0" upperbound="4"/>
  <issue index="2" name="y" etype="integer" type="integer" vtype="integer" lowerbound="2" upperbound="5"/>
  <utility maxutility="50">
   <ufun type="PlainUfun" weight="7" aggregation="sum">
    <hyperRectangle utility="20"><INCLUDES index="1" min="1" max="3"/><INCLUDES index="2" min="0" max="3"/>
    </hyperRectangle>
    <hyperRectangle utility="10" weight="0.5">
     <EXCLUDES index="1" min="2" max="2"/><EXCLUDES index="2" min="3" max="4"/>
    </hyperRectangle>
    <hyperRectangle utility="6"/>
    <hyperRectangle utility="90"><INCLUDES index="1" min="5" max="9"/></hyperRectangle>
    <ufun type="PlainUfun" weight="0.5" aggregation="sum">
     <hyperRectangle utility="8"><INCLUDES index="2" min="5" max="5"/></hyperRectangle>
    </ufun>
   </ufun>
  </utility>
 </objective>
 <reservation value="0.1"/>
</utility_space>
"""

GENIUSWEB_DOMAIN: dict[str, Any] = {
    "name": "well",
    "issuesValues": {
        "site": {"values": ["hill", "plain"]},
        "depth": {"range": {"low": 0.5, "high": 1.6, "step": 0.3}},
    },
}

GENIUSWEB_PROFILE: dict[str, Any] = {
    "LinearAdditiveUtilitySpace": {
        "issueUtilities": {
            "site": {"discreteutils": {"valueUtilities": {"plain": 1.0, "hill": 0.25}}},
            "depth": {"numberutils": {"lowValue": 0.5, "highValue": 1.6, "lowUtility": 1, "highUtility": 0.2}},
        },
        "issueWeights": {"depth": 0.4, "site": 0.6},
        "domain": GENIUSWEB_DOMAIN,
        "name": "north",
        "reservationBid": {"issuevalues": {"depth": 1.1, "site": "hill"}},
    }
}

NEGMAS_DOMAIN = """
type: DiscreteCartesianOutcomeSpace
name: Well
issues:
- {name: site, type: negmas.outcomes.CategoricalIssue, values: [hill, plain]}
- {name: depth, type: ContiguousIssue, values: [3, 6]}
- {name: price, type: DiscreteCardinalIssue, values: [10, 20, 50]}
"""

NEGMAS_PROFILE = """
type: LinearAdditiveUtilityFunction
name: seller
reserved_value: 0.5
weights: [0.5, 2.0, 1.0]
values:
- {type: TableFun, mapping: {hill: 3.0, plain: 4.0}}
- {type: AffineFun, slope: -0.5, bias: 4}
- {type: IdentityFun}
"""

#: A folder of each kind: file name to content; the last file is the one to break.
FOLDERS: dict[str, dict[str, str]] = {
    "genius": {"domain.xml": GENIUS_DOMAIN, "a.xml": GENIUS_PROFILE, "b.xml": GENIUS_PROFILE},
    "genius-domain": {"a.xml": GENIUS_PROFILE, "domain.xml": GENIUS_DOMAIN},
    "genius-nonlinear": {"a.xml": GENIUS_RECTANGLES},
    "geniusweb": {"domain.json": json.dumps(GENIUSWEB_DOMAIN), "a.json": json.dumps(GENIUSWEB_PROFILE)},
    "negmas": {"domain.yml": NEGMAS_DOMAIN, "seller.yml": NEGMAS_PROFILE},
    "negmas-domain": {"seller.yml": NEGMAS_PROFILE, "domain.yml": NEGMAS_DOMAIN},
}
