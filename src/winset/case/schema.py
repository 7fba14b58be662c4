"""The structure of a case file, schema version 1: which keys there are, and what stands under each.

What has to be looked up elsewhere in the file (issues, options, parties, sources) is checked by `build`.
"""

from __future__ import annotations

from typing import Annotated, Any, Final

from pydantic import (
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    PlainValidator,
    Tag,
    WithJsonSchema,
    model_validator,
)

from winset.case.leaves import (
    CaseId,
    Chance,
    Day,
    Direction,
    Edtf,
    Exact,
    Flag,
    Id,
    Line,
    NotNegative,
    Range,
    Scale,
    Share,
    Span,
    Spanned,
    Text,
    Url,
    Version,
    Whole,
    fault,
)
from winset.case.names import ClauseTerms, Options, Ranking, Terms
from winset.case.problems import describe, listing

TAGS: Final = frozenset({"<number>", "<mapping>", "<unknown>", "<outcome>", "<party>", "<rule>"})
"""Names of alternatives; pydantic puts them into the location of an error."""

SCHEMA_FILE: Final = "winset.schema.json"
"""Name under which the JSON Schema is written beside a case file."""


class UnknownKey:
    """Stands in for what is under an unknown key, and knows which keys there are."""

    def __init__(self, allowed: tuple[str, ...]) -> None:
        self.allowed = allowed


class Part(BaseModel):
    """A mapping with fixed keys; an unknown one is an error that knows the valid ones."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _only_known_keys(cls, data: Any) -> Any:
        keys = tuple(cls.model_fields)
        if not isinstance(data, dict):
            allowed = f"a mapping with keys such as {listing(keys)}"
            raise fault("E022", "a mapping is needed here", found=describe(data), allowed=allowed)
        if cls.model_config.get("extra") == "allow":
            return data
        return {key: value if key in cls.model_fields else UnknownKey(keys) for key, value in data.items()}


class Based(Part):
    """Something that rests on a source or on reasoning."""

    source: Text | None = Field(None, description="Id of the source that it rests on.")
    because: Text | None = Field(None, description="The reasoning behind it.")


class NumberEntry(Based):
    """A number with what it rests on."""

    value: Spanned = Field(None, description="A number, [low, high], or unknown.")


class ChanceEntry(Based):
    """A probability with what it rests on."""

    value: Chance = Field(None, description="A probability, [low, high], or unknown.")


class ShareEntry(Based):
    """A number above 0 and up to 1 with what it rests on."""

    value: Share = Field(None, description="A number above 0 and up to 1, [low, high], or unknown.")


class OutcomeEntry(Based):
    """An outcome that a BATNA is worth as much as."""

    equals: Terms = Field(description="One option for every issue.")


def _form(value: Any) -> str:
    return "<mapping>" if isinstance(value, dict) else "<number>"


def _worth(value: Any) -> str:
    return "<outcome>" if isinstance(value, dict) and "equals" in value else _form(value)


def _judged(value: Any) -> str:
    return "<unknown>" if value is None or value == "unknown" else "<mapping>"


def _member(value: Any) -> str:
    return "<rule>" if isinstance(value, dict | list) else "<party>"


def _nothing(value: Any) -> None:
    """Return None: the file says that it is unknown."""


_Unknown = Annotated[
    None, PlainValidator(_nothing), WithJsonSchema({"enum": ["unknown", None]}), Tag("<unknown>")
]

Imprecise = Annotated[
    Annotated[Spanned, Tag("<number>")] | Annotated[NumberEntry, Tag("<mapping>")], Discriminator(_form)
]
ImpreciseChance = Annotated[
    Annotated[Chance, Tag("<number>")] | Annotated[ChanceEntry, Tag("<mapping>")], Discriminator(_form)
]
ImpreciseShare = Annotated[
    Annotated[Share, Tag("<number>")] | Annotated[ShareEntry, Tag("<mapping>")], Discriminator(_form)
]
Worth = Annotated[
    Annotated[Spanned, Tag("<number>")]
    | Annotated[NumberEntry, Tag("<mapping>")]
    | Annotated[OutcomeEntry, Tag("<outcome>")],
    Discriminator(_worth),
]
Judged = Span | NumberEntry | ChanceEntry | ShareEntry
"""What any of the imprecise numbers is once it was read."""


class SourceEntry(Part):
    """A source: a document, an article, minutes."""

    title: Line
    author: Text | None = None
    publisher: Text | None = None
    date: Edtf | None = Field(None, description="EDTF, such as 2025-08-15 or 2025-08.")
    url: Url | None = None
    note: Text | None = None


class StatementEntry(Part):
    """What somebody said."""

    by: Text
    to: Text | None = None
    date: Edtf | None = Field(None, description="EDTF, such as 2025-08-15 or 2025-08.")
    where: Text | None = None
    quote: Text | None = Field(None, description="The words themselves.")
    summary: Text | None = Field(None, description="What was said, in the words of whoever wrote the case.")
    source: Text | None = Field(None, description="Id of the source that reports it.")


class IssueEntry(Part):
    """An issue: its options, or a range of numbers."""

    title: Line | None = Field(None, description="What it is about, for readers.")
    options: Options | None = Field(None, description="A list, or a mapping from option to a sentence.")
    ordered: Flag | None = Field(None, description="Whether the order of the options means something.")
    range: Range | None = Field(None, description="[lowest, highest], in steps.")
    step: Exact | None = Field(None, description="Distance of neighbouring options of a range; 1 if missing.")
    unit: Line | None = Field(None, description="Unit of numeric options.")


class LinkEntry(Based):
    """Options that cannot be combined, whoever wants it."""

    id: Id
    never: ClauseTerms


class ConditionEntry(Part):
    """Consent that is needed only for some terms."""

    terms: ClauseTerms
    needs: RuleEntry


class RuleEntry(Part):
    """Whose consent an agreement needs: all, any, or a quota; nested; with vetoes and conditions."""

    all: tuple[Member, ...] | None = Field(None, description="All of these have to consent.")
    any: tuple[Member, ...] | None = Field(None, description="One of these has to consent.")
    quota: Whole | None = Field(None, description="How many of `of` have to consent.")
    of: tuple[Member, ...] | None = Field(None, description="For a quota; all parties if missing.")
    veto: tuple[Text, ...] | None = Field(None, description="Parties that have to consent in any case.")
    when: tuple[ConditionEntry, ...] | None = Field(None, description="Consent needed only for some terms.")


Member = Annotated[
    Annotated[Text, Tag("<party>")] | Annotated[RuleEntry, Tag("<rule>")], Discriminator(_member)
]


class BatnaEntry(Based):
    """What a party has without agreement."""

    what: Text | None = Field(None, description="The course of action, in words.")
    value: Worth = Field(None, description="Its utility, or {equals: an outcome worth the same}.")


class WeightsEntry(Based):
    """Weights of the issues: a ranking, with bounds or without, or a number for each issue."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, Imprecise] = Field(init=False)

    ranking: Ranking | None = Field(None, description="Issues, most important first; ties in brackets.")
    bounds: dict[str, Imprecise] | None = Field(None, description="Bounds of some weights.")


class ValuesEntry(Based):
    """Values of an issue's options: a ranking, a line, points, or a number for each option."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, Imprecise] = Field(init=False)

    ranking: Ranking | None = Field(None, description="Options, best first; ties in brackets.")
    bounds: dict[str, Imprecise] | None = Field(None, description="Bounds of some values of a ranking.")
    linear: Direction | None = Field(None, description="Along the numbers, or along the order of options.")
    points: dict[str, Imprecise] | None = Field(None, description="Values at some numbers; linear in between.")


JudgedWeights = Annotated[Annotated[WeightsEntry, Tag("<mapping>")] | _Unknown, Discriminator(_judged)]
JudgedValues = Annotated[Annotated[ValuesEntry, Tag("<mapping>")] | _Unknown, Discriminator(_judged)]


class InteractionEntry(Based):
    """An amount added to a party's utility where an outcome fits the terms."""

    when: ClauseTerms
    adds: Imprecise


class RedLineChange(Based):
    """What an account says differently of a red line."""

    id: Id
    never: ClauseTerms | None = Field(None, description="The terms that are ruled out.")
    firmness: ImpreciseChance = Field(None, description="Chance that it is meant; unknown if missing.")
    what: Text | None = Field(None, description="The line in words, for readers.")
    statements: tuple[Text, ...] | None = Field(None, description="Ids of statements that draw it.")


class RedLineEntry(RedLineChange):
    """Terms that a party says it will not sign at any price."""

    never: ClauseTerms = Field(description="The terms that are ruled out.")


class PreferencesEntry(Part):
    """What a party or a constituency wants."""

    weights: JudgedWeights = None
    values: dict[str, JudgedValues] | None = Field(None, description="By issue.")
    interactions: tuple[InteractionEntry, ...] | None = None
    red_lines: tuple[RedLineEntry, ...] | None = None


class ConstituencyEntry(PreferencesEntry, Based):
    """A body at home whose acceptance an agreement needs or seeks."""

    name: Line | None = None
    kind: Line | None = Field(None, description="Such as parliament, or coalition partner.")
    veto: Flag | None = Field(None, description="Whether it alone can stop ratification.")
    votes: NotNegative | None = Field(
        None, description="Its votes where the party ratifies by votes; 1 if missing."
    )
    accepts_above: Imprecise = Field(None, description="The utility from which it accepts.")


class ConstituencyChange(ConstituencyEntry):
    """What an account says differently of a constituency."""

    red_lines: tuple[RedLineChange, ...] | None = None  # type: ignore[assignment]  # looser on purpose


class PartyEntry(PreferencesEntry):
    """A party to the negotiation."""

    name: Line | None = None
    batna: BatnaEntry | None = None
    constituencies: dict[Id, ConstituencyEntry] | None = None
    ratifies: NotNegative | None = Field(
        None, description="Votes of constituencies that ratify, besides vetoes."
    )
    discount: ImpreciseShare = Field(None, description="Discount factor per unit of normalised time.")
    scale: Scale | None = Field(None, description="unit: utilities from 0 to 1; peer: numbers as they are.")


class PartyChange(PartyEntry):
    """What an account says differently of a party."""

    red_lines: tuple[RedLineChange, ...] | None = None  # type: ignore[assignment]  # looser on purpose
    constituencies: dict[Id, ConstituencyChange] | None = None  # type: ignore[assignment]  # looser on purpose


class ChangesEntry(Part):
    """What an account says differently from the rest of the file."""

    parties: dict[Id, PartyChange] | None = None
    rule: RuleEntry | None = None


class AccountEntry(Based):
    """One source's reading of the dispute."""

    title: Line | None = None
    credence: ImpreciseChance = Field(None, description="Probability given to it; missing everywhere: equal.")
    changes: ChangesEntry | None = None


class CaseFile(Part):
    """A Winset case file: who sits at the table and what they want."""

    winset: Version = Field(description="Version of the schema.")
    case: CaseId = Field(description="Id of the case.")
    title: Line
    as_of: Day | None = Field(None, description="The date that the file speaks of.")
    about: Text | None = Field(None, description="A paragraph for readers.")
    sources: dict[Id, SourceEntry] | None = None
    statements: dict[Id, StatementEntry] | None = None
    issues: dict[Line, IssueEntry]
    links: tuple[LinkEntry, ...] | None = Field(None, description="Options that cannot be combined.")
    rule: RuleEntry | None = Field(None, description="Whose consent is needed; all parties' if missing.")
    parties: dict[Id, PartyEntry]
    accounts: dict[Id, AccountEntry] | None = Field(None, description="One for each source's reading.")


class Reading(Part):
    """What an account may change, after the change."""

    parties: dict[Id, PartyEntry]
    rule: RuleEntry | None = None


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a case file, for editors that complete and check."""
    schema = CaseFile.model_json_schema()
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **schema,
        "title": "Winset case file, version 1",
    }
