"""What the answer hinges on: how far knowing each judgement would settle whether there is a deal."""

from __future__ import annotations

from dataclasses import dataclass

from winset.findings.base import Json, Provenance, Section, Status

_SHOWN = 5
_CLEAR = 2.0  # standard errors above zero from which an index is shown to readers


@dataclass(frozen=True, slots=True)
class End:
    """The probability of a zone where a judgement comes out at one of its ends.

    Attributes
    ----------
    value : float, bool, str or None
        Mean of the lowest or highest tenth of a number; whether a red line is meant; an account's title. None
        where accounts state different intervals.
    of : str or None
        Issue or option that the value is of, where the judgement is of several.
    probability, standard_error : float or None
        None where no draw came out there.
    """

    value: float | bool | str | None
    of: str | None
    probability: float | None
    standard_error: float | None

    def to_dict(self) -> Json:
        """Return the JSON form."""
        return {
            "value": self.value,
            "of": self.of,
            "probability": self.probability,
            "standard_error": self.standard_error,
        }

    def words(self, otherwise: str) -> str:
        """Return ``.12: 41 %``, with a word in place of a value that accounts do not share."""
        share = "no reading" if self.probability is None else f"{100 * self.probability:.0f} %"
        return f"{_value(self.value) or otherwise}: {share}"


@dataclass(frozen=True, slots=True)
class Influence:
    """How far knowing one judgement would settle the answer.

    Attributes
    ----------
    judgement : str
        Path in the case file; ``accounts`` for which account holds.
    what : str
        The judgement in words.
    explained : float
        Estimate of ``Var(E[Y | X])``; estimates below zero are given as 0.
    index, standard_error : float
        ``Var(E[Y | X]) / Var(Y)``, likewise, and its error.
    low, high : End or None
        None where the judgement has no ends that all accounts share.
    accounts : tuple of str
        Titles of the accounts within which it was looked at, where accounts judge differently; else empty.
    """

    judgement: str
    what: str
    explained: float
    index: float
    standard_error: float
    low: End | None
    high: End | None
    accounts: tuple[str, ...] = ()

    def to_dict(self) -> Json:
        """Return the JSON form."""
        return {
            "judgement": self.judgement,
            "what": self.what,
            "explained": self.explained,
            "index": self.index,
            "standard_error": self.standard_error,
            "low": None if self.low is None else self.low.to_dict(),
            "high": None if self.high is None else self.high.to_dict(),
            "within_accounts": list(self.accounts),
        }


@dataclass(frozen=True, slots=True)
class InfluenceFinding:
    """Every judgement that the file leaves open, the most influential first.

    Attributes
    ----------
    status : Status
        ``sampled``; ``unknown`` with the reason.
    probability : float or None
        Share of the draws with a zone.
    total_variance : float or None
        ``p (1 - p)``: zero where all draws agree, and nothing is left to find out.
    ranking : tuple of Influence
        Empty where nothing is known or nothing varies.
    provenance : Provenance
    """

    status: Status
    probability: float | None
    total_variance: float | None
    ranking: tuple[Influence, ...]
    provenance: Provenance

    def to_dict(self) -> Json:
        """Return the JSON form."""
        return {
            "status": self.status.value,
            "probability": self.probability,
            "total_variance": self.total_variance,
            "ranking": [entry.to_dict() for entry in self.ranking],
            "provenance": self.provenance.to_dict(),
        }

    def section(self) -> Section:
        """Return the form for readers: the first judgements whose influence is clear of the sampling error."""
        title = "What the answer hinges on"
        if self.total_variance is None:
            return Section(title, (f"Unknown: {self.provenance.reason}.",))
        if self.total_variance == 0.0:
            always = "have a zone" if self.probability else "have none"
            return Section(
                title,
                (f"There is nothing to find out first: all readings drawn {always}, whatever is left open.",),
            )
        clear = [entry for entry in self.ranking if entry.index > _CLEAR * entry.standard_error]
        if not clear:
            return Section(title, ("No single judgement settles more of the doubt than chance would.",))
        return Section(
            title=title,
            sentences=(
                "Knowing one thing alone would settle this share of the doubt whether there is a zone. "
                "The last column says how often there is one at either end of what the file allows.",
            ),
            columns=("find out first", "settles", "error", "a zone in"),
            rows=tuple(_row(entry) for entry in clear[:_SHOWN]),
        )


def _row(entry: Influence) -> tuple[str, str, str, str]:
    """Return the judgement, its share of the doubt with the error, and the answer at both ends."""
    share, error = f"{100 * entry.index:.0f} %", f"± {max(1, round(100 * entry.standard_error))}"
    if entry.low is None or entry.high is None:
        return entry.what, share, error, ""
    of = f"{entry.low.of} " if entry.low.of else ""
    return entry.what, share, error, f"{of}{entry.low.words('lowest')}, {entry.high.words('highest')}"


def _value(value: float | bool | str | None) -> str:
    """Return the value of an end: ``.12``, ``meant``, an account's title; empty for None."""
    if isinstance(value, bool):
        return "meant" if value else "not meant"
    if value is None or isinstance(value, str):
        return value or ""
    if not -1.0 < value < 1.0:
        return f"{value:.4g}".replace("-", "−")
    return f"{value:.2f}".replace("0.", ".", 1).replace("-", "−")
