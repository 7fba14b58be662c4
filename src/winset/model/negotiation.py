"""A negotiation: the space, and one reading of the parties for every account of them."""

from __future__ import annotations

from dataclasses import dataclass, field

from winset.model.issues import Clause, Space
from winset.model.judgement import Basis, Number
from winset.model.party import Party
from winset.model.rule import Rule


@dataclass(frozen=True, slots=True)
class Source:
    """Where a judgement comes from. `date` is an EDTF date, such as ``2025-08-15`` or ``2025-08``."""

    id: str
    title: str
    author: str | None = None
    publisher: str | None = None
    date: str | None = None
    url: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """What somebody said: who, to whom, when, where, in which words."""

    id: str
    by: str
    quote: str | None = None
    summary: str | None = None
    to: str | None = None
    date: str | None = None
    where: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """Options that cannot be combined, whoever wants it."""

    id: str
    never: Clause
    basis: Basis = field(default_factory=Basis)


@dataclass(frozen=True, slots=True)
class Account:
    """One source's reading of the dispute, complete: everything a draw needs.

    Attributes
    ----------
    id, title : str
        Identifier, and the name under which results are shown.
    credence : Number
        Probability that a draw takes this account. Credences of a negotiation add up to 1.
    parties : tuple of Party
        The same parties in the same order in every account. Axis [P].
    rule : Rule
    basis : Basis
    """

    id: str
    title: str
    credence: Number
    parties: tuple[Party, ...]
    rule: Rule
    basis: Basis = field(default_factory=Basis)


@dataclass(frozen=True)
class Negotiation:
    """A dispute as one file describes it.

    Attributes
    ----------
    id, title : str
    space : Space
    links : tuple of Link
    accounts : tuple of Account
        At least one; a file without accounts gives one with credence 1 and the id "as_written".
    as_of : str or None
        Date that the file speaks of, ISO 8601.
    about : str or None
        A paragraph for readers.
    sources, statements : dict
        By id, in file order.
    file : str or None
        Where it was read from, as the user named it.
    changes : tuple of str
        What is supposed instead of what the file says; empty for the case itself.
    """

    id: str
    title: str
    space: Space
    accounts: tuple[Account, ...]
    links: tuple[Link, ...] = ()
    as_of: str | None = None
    about: str | None = None
    sources: dict[str, Source] = field(default_factory=dict)
    statements: dict[str, Statement] = field(default_factory=dict)
    file: str | None = None
    changes: tuple[str, ...] = ()

    @property
    def party_ids(self) -> tuple[str, ...]:
        """Ids of the parties. Axis [P]."""
        return tuple(party.id for party in self.accounts[0].parties)

    @property
    def party_names(self) -> tuple[str, ...]:
        """Names of the parties for readers. Axis [P]."""
        return tuple(party.name for party in self.accounts[0].parties)

    def account(self, name: str) -> Account:
        """Return the account with this id; raise KeyError when there is none."""
        return {account.id: account for account in self.accounts}[name]

    @property
    def leading_account(self) -> Account:
        """The account of the central reading: highest credence (midpoint), ties to the first in the file."""
        return max(self.accounts, key=lambda account: account.credence.midpoint)
