"""The whole answer to one case: the negotiation and every finding about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from winset.findings.base import Finding, Json
from winset.findings.blockers import BlockersFinding
from winset.findings.frontier import FrontierFinding, SolutionsFinding
from winset.findings.zone import AgreementsFinding, ZoneFinding
from winset.model.negotiation import Negotiation


@dataclass(frozen=True)
class Analysis:
    """Every finding about a negotiation, by name.

    Attributes
    ----------
    negotiation : Negotiation
    findings : mapping of str to Finding
        In the order in which the report shows them.
    seed, draws : int
    version : str
        Version of winset that computed the findings.
    limits_reached : tuple of str
        Limits of time or memory that were reached, and interruptions, in words; some findings are incomplete
        then.
    """

    negotiation: Negotiation
    findings: Mapping[str, Finding]
    seed: int
    draws: int
    version: str
    limits_reached: tuple[str, ...] = ()

    @property
    def zone(self) -> ZoneFinding:
        """Whether there is a deal: the zone of possible agreement."""
        return cast(ZoneFinding, self.findings["zone"])

    @property
    def agreements(self) -> AgreementsFinding:
        """Which agreements are most often acceptable."""
        return cast(AgreementsFinding, self.findings["agreements"])

    @property
    def frontier(self) -> FrontierFinding:
        """The Pareto frontier of the central reading."""
        return cast(FrontierFinding, self.findings["frontier"])

    @property
    def solutions(self) -> SolutionsFinding:
        """Nash, Kalai–Smorodinsky, egalitarian and utilitarian."""
        return cast(SolutionsFinding, self.findings["solutions"])

    @property
    def blockers(self) -> BlockersFinding:
        """What stands in the way."""
        return cast(BlockersFinding, self.findings["blockers"])

    def to_dict(self) -> Json:
        """Return the JSON document: version, case, what is supposed, seed and draws; one key a finding."""
        document: Json = {
            "winset": self.version,
            "case": {
                "id": self.negotiation.id,
                "title": self.negotiation.title,
                "outcomes": str(self.negotiation.space.size),
                "parties": list(self.negotiation.party_ids),
                "issues": list(self.negotiation.space.names),
            },
            "changes": list(self.negotiation.changes),
            "seed": self.seed,
            "draws": self.draws,
            "limits_reached": list(self.limits_reached),
        }
        for name, finding in self.findings.items():
            form = finding.to_dict()
            # The agreements are a plain list in the document, as they are the most often read part of it.
            document[name] = form["agreements"] if name == "agreements" else form
        return document
