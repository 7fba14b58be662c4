"""What every error code means and what to do about it, for ``winset explain`` and the manual.

E001 to E018 concern the file and its YAML, E020 to E029 the structure, E030 to E036 names, E040 to E042 issues,
E050 to E059 judgements and terms, E060 to E065 links, rules and accounts; E7.. other tools' formats,
E8.. calls, E9.. the computation.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

_FILE: Final = {
    "E001": (
        "The file cannot be read",
        "There is no such file, it is a folder, or you may not read it. Check the name and the permissions.",
    ),
    "E002": (
        "The file is too large",
        "A case file has at most 4 MiB, some hundred times what people write by hand. Check that it is a "
        "case file.",
    ),
    "E003": (
        "The file is not UTF-8",
        "The bytes at the place named are no text in UTF-8, often because an editor saved the file in "
        "another encoding. Open it in the encoding that it has and save it as UTF-8.",
    ),
    "E004": (
        "A control character",
        "The file holds a character that is not text, such as NUL or the escape character that steers "
        "terminals. Delete it. Inside double quotes, escapes for such characters are refused as well.",
    ),
    "E005": (
        "The file is empty",
        "There is nothing but comments or space. `winset new ID` writes a first case.",
    ),
    "E006": (
        "Not YAML",
        "The grammar of YAML is broken at this place, or just before it. The usual causes are text that "
        "holds a colon followed by a space and is not in quotes, quotes or brackets that are not closed, "
        "and uneven indentation. Reading stops here, so more errors may show once this one is mended.",
    ),
    "E007": (
        "A tab for indentation",
        "YAML is indented with spaces. Replace the tab, and let your editor do so.",
    ),
    "E008": (
        "More than one document",
        "A line of three hyphens begins another document. A case file holds one case; put the other into "
        "a file of its own.",
    ),
    "E009": (
        "A key written twice",
        "The same key stands twice in one mapping, and readers of YAML differ in which of the two they "
        "take. Delete or rename one. The message says where the first one is.",
    ),
    "E010": (
        "A word that some readers take for a truth value",
        "Under YAML 1.1 the unquoted words yes, no, on and off are truth values, so that the country code"
        " NO becomes false; under YAML 1.2 they are text. Write the word in quotes, or write true or "
        "false.",
    ),
    "E011": (
        "A merge key",
        "The key << is not part of a case file. Write the keys out, or use an alias for a whole value.",
    ),
    "E012": (
        "A tag",
        "Tags such as !!str are not part of a case file. Text is written in quotes where it could be "
        "taken for something else.",
    ),
    "E013": (
        "An alias that names nothing",
        "An alias (*name) repeats what an anchor (&name) marked earlier in the file. There is no such "
        "anchor before it, or the alias stands inside the very thing that the anchor marks.",
    ),
    "E014": (
        "Nested too deeply",
        "Nothing in a case file needs more than 64 levels.",
    ),
    "E015": (
        "Too large when written out",
        "With every alias written out the document has more than 250,000 values, or, with accounts, more "
        "than 400,000 once for each account, or it uses more than 1,000 aliases. Aliases of aliases grow "
        "quickly.",
    ),
    "E016": (
        "Not a key",
        "A key is text or a number. Words such as true and null have to be in quotes to be keys; lists "
        "and mappings cannot be keys.",
    ),
    "E017": (
        "Not a usable number",
        "The number is infinite, is no number (.nan), or has more than 64 characters. If it is meant as "
        "text, put it in quotes.",
    ),
    "E018": (
        "Not a mapping",
        "A case file is a mapping whose first key is `winset: 1`. `winset new ID` writes a first one.",
    ),
}

_STRUCTURE: Final = {
    "E020": (
        "An unknown key",
        "The key is not part of the schema at this place. The message lists the keys that are, and the "
        "nearest.",
    ),
    "E021": (
        "Something is missing",
        "A key that is needed here is not there. In judgements what is missing is unknown, but an id, the"
        " terms of a red line, or a number that nothing limits (what an interaction adds, anything on a "
        "peer's scale) has to be stated; and either all accounts have a credence or none.",
    ),
    "E022": (
        "Something else is needed here",
        "What stands here has the wrong form: text where a number is needed, a list where a mapping is "
        "needed, and the like. The message says what was found and which forms are allowed.",
    ),
    "E023": (
        "Out of range",
        "Probabilities and utilities lie between 0 and 1, weights between 0 and 1 or, as points, between "
        "0 and 100. A step is above 0.",
    ),
    "E024": (
        "An interval upside down",
        "An interval is written [low, high], with the lower bound first.",
    ),
    "E025": (
        "Not a name or identifier",
        "Ids of parties, sources, accounts and the like consist of letters, digits, hyphens and "
        "underscores; the id of the case of lower-case letters, digits and hyphens. Titles and options "
        "are one line of at most 200 characters.",
    ),
    "E026": (
        "Not a date",
        "Dates are written 2025-08-15, 2025-08 or 2025. Those of sources and statements may be any date "
        "of the Extended Date/Time Format (EDTF), such as 2025? or 2025-08-15/2025-08-18.",
    ),
    "E027": (
        "Not a web address",
        "A source's url begins with http:// or https:// and has no spaces.",
    ),
    "E028": (
        "Unknown version",
        "The first key of a case file is `winset: 1`, the version of the schema.",
    ),
    "E029": (
        "Keys that exclude each other",
        "Two forms of the same thing stand side by side: options and a range, a ranking and numbers by "
        "name, two forms of rule, and the like. Keep one. Numbers that go with a ranking stand under "
        "`bounds`.",
    ),
}

_NAMES: Final = {
    "E030": (
        "An unknown issue",
        "The issue is not defined under `issues`. Names count as they are written there, capitals included.",
    ),
    "E031": (
        "An unknown option",
        "The issue has no such option. For a range: the number is not one of its steps.",
    ),
    "E032": (
        "An unknown party",
        "The party is not defined under `parties`. Accounts change parties; they cannot add one.",
    ),
    "E033": (
        "An unknown source",
        "The source is not defined under `sources`. A reason in words is `because`.",
    ),
    "E034": (
        "An unknown statement",
        "The statement is not defined under `statements`.",
    ),
    "E035": (
        "Something named twice",
        "An option, an id or a member stands twice where each may stand once.",
    ),
    "E036": (
        "A reserved name",
        "Under `weights` the keys ranking, bounds, source and because have a meaning of their own, and "
        "under `values` also linear and points. An issue or option with such a name could not be told "
        "from them.",
    ),
    "E040": (
        "A step that does not divide the range",
        "The numbers lowest, lowest + step, ... have to reach the highest exactly, in decimals as written.",
    ),
    "E041": (
        "Too many options",
        "An issue has at most 100,000 options, all issues together 200,000; options times parties, "
        "constituencies and accounts are at most 2 million; and all terms together name at most 5 million. "
        "Use a larger step.",
    ),
    "E042": (
        "An empty list",
        "A case needs at least one issue and one party, and a rule at least one member.",
    ),
}

_JUDGEMENTS: Final = {
    "E050": (
        "A ranking that misses something",
        "A ranking of weights names every issue, a ranking of values every option, each exactly once. "
        "What cannot be told apart goes into brackets.",
    ),
    "E051": (
        "A ranking that repeats something",
        "A name stands twice in the ranking.",
    ),
    "E052": (
        "No weights fit",
        "Weights add up to 1; numbers above 1 are points and add up to 100. The numbers, intervals and "
        "ranking given leave no such weights. The message says which sums are possible, or which two "
        "issues contradict the ranking.",
    ),
    "E053": (
        "No values fit",
        "The bounds contradict the ranking. A ranking alone gives the best option 1 and the worst 0; "
        "bounds for these options replace that.",
    ),
    "E054": (
        "Neither numbers nor an order",
        "`linear` needs an issue of numbers or one with `ordered: true`; `points` needs numbers.",
    ),
    "E055": (
        "Points that do not fit the issue",
        "Points are numbers between the issue's lowest and highest, each once, both ends included.",
    ),
    "E056": (
        "An outcome that is not complete",
        "An outcome names one option for every issue.",
    ),
    "E057": (
        "Not exact on a peer's scale",
        "With `scale: peer` nothing is implied, so weights and values are exact numbers, one for every "
        "issue and every option. Weights may be missing altogether; each is then 1.",
    ),
    "E058": (
        "Empty terms",
        "Terms that name no issue fit every outcome. Only an interaction may have them: it then adds the "
        "same everywhere.",
    ),
    "E059": (
        "An empty interval",
        "No option of the issue lies between the two numbers.",
    ),
    "E060": (
        "Links that leave no outcome",
        "Every outcome is ruled out by some link. The link named is the first, in the order of the file, "
        "with which nothing is left.",
    ),
    "E061": (
        "A link that fits every outcome",
        "The terms of this link alone rule out everything.",
    ),
    "E062": (
        "A quota that cannot be met",
        "A quota lies between 1 and the number of members.",
    ),
    "E063": (
        "Too many coalitions",
        "More than 2,000 sets of parties could suffice under the rule, and the analyses go through all of "
        "them. Use fewer members for a quota, or group them.",
    ),
    "E064": (
        "Credences that do not add up to 1",
        "Credences are the probabilities of the accounts. Give numbers or intervals that can add up to 1,"
        " or none at all: then all are equal.",
    ),
    "E065": (
        "More votes than there are",
        "A party's `ratifies` exceeds the votes of all its constituencies.",
    ),
}

_ELSEWHERE: Final = {
    "E701": (
        "A peer's file cannot be read",
        "It is missing, too large, or not text.",
    ),
    "E702": (
        "A peer's file is malformed",
        "It is no well-formed XML, JSON or YAML, or breaks its format's rules.",
    ),
    "E703": (
        "A peer's file is incomplete",
        "Something that the format needs is missing.",
    ),
    "E704": (
        "A peer's model cannot be represented",
        "The file holds something that has no counterpart here, such as a real-valued issue. The message "
        "names it.",
    ),
    "E705": (
        "Files that do not belong together",
        "Profiles and domain name different issues or options.",
    ),
    "E706": (
        "Nothing to read",
        "The folder holds no file of a format that is known.",
    ),
    "E707": (
        "An unknown profile",
        "No profile has the file name that was asked for.",
    ),
    "E801": (
        "No such case",
        "There is neither a file or folder of this name nor a shipped case with this id.",
    ),
    "E802": (
        "An option out of range",
        "The number of draws, the seed or the like is not one that is possible.",
    ),
    "E803": (
        "No such account",
        "The case has no account with this id; `winset check` lists them.",
    ),
    "E804": (
        "The file exists",
        "Nothing is overwritten that winset has not written itself. Choose another name.",
    ),
    "E805": (
        "The file cannot be written",
        "Check the folder, the permissions and the space that is left.",
    ),
    "E806": (
        "Not an id for a case",
        "Use lower-case letters, digits and hyphens.",
    ),
    "E807": (
        "No such error code",
        "`winset explain` without a code lists all of them.",
    ),
    "E811": (
        "Not a change",
        "A change is written PATH=YAML, such as parties.east.batna.value=0.2. The steps of a path are "
        "separated by dots; a step that holds a dot or an equals sign stands in quotes.",
    ),
    "E812": (
        "No such path",
        "The path leads to nothing that the file could judge. It begins with parties, rule, or accounts.NAME; "
        "the message lists what can follow at the step that is wrong.",
    ),
    "E813": (
        "No such demand",
        "A demand is written red_line:PARTY.ID or batna:PARTY; the message lists those of the case.",
    ),
    "E814": (
        "Not a result",
        "The file is no JSON document that `winset analyse --json` writes, or something in it was changed.",
    ),
    "E815": (
        "Nothing to compare",
        "Two results hold answers only. Without an analysis there is something to compare in two cases only.",
    ),
    "E901": (
        "Interactions tie too many issues together",
        "The best and worst outcome of a party cannot be found with its interactions. Use fewer, or fewer"
        " issues in each.",
    ),
    "E902": (
        "A ranking too long to draw from",
        "A ranking with bounds of its own has too many members.",
    ),
    "E903": (
        "Bounds that contradict a ranking",
        "No numbers lie within the bounds in the order of the ranking.",
    ),
    "E904": (
        "No weights to draw from",
        "Bounds, ranking and total together leave no weights.",
    ),
    "E910": (
        "Utilities too large",
        "Exact search needs utilities whose sums fit into 64 bits. Scale them down.",
    ),
}

CODES: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {**_FILE, **_STRUCTURE, **_NAMES, **_JUDGEMENTS, **_ELSEWHERE}
)
"""By code: a title, and a paragraph on what it means and what to do."""
