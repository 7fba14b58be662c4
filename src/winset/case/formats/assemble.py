"""Makes a negotiation of a domain and its profiles."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from winset.case.formats.profile import Domain, Profile, is_line
from winset.model.issues import Issue
from winset.model.judgement import Basis, Number, Values, Weights
from winset.model.negotiation import Account, Negotiation, Source
from winset.model.party import Batna, Interaction, Party, Preferences
from winset.model.rule import Rule

#: Characters of an identifier, less than the 100 that a case file allows, so that a number fits behind it.
_SLUG_LENGTH: Final = 90


def assemble(domain: Domain, profiles: Sequence[Profile], path: Path, format_name: str) -> Negotiation:
    """Return the negotiation in which every profile is a party and every party has to agree.

    Parameters
    ----------
    domain : Domain
    profiles : sequence of Profile
    path : Path
        Folder or file that was read; names the case.
    format_name : str
        For the sources: each judgement's source is the file that it was read from.
    """
    label = path.resolve().name if path.is_dir() else path.stem
    title = domain.title if is_line(domain.title) and domain.title != "root" else label
    ids = unique_ids([Path(profile.file).stem for profile in profiles])
    parties = tuple(
        _party(identifier, profile, domain.space.issues)
        for identifier, profile in zip(ids, profiles, strict=True)
    )
    everyone = Number("accounts.as_written.credence", 1.0, 1.0)
    return Negotiation(
        id=slug(label) or "imported",
        title=title if is_line(title) else "imported",
        space=domain.space,
        accounts=(
            Account(
                id="as_written",
                title="as written",
                credence=everyone,
                parties=parties,
                rule=Rule("all", ids),
            ),
        ),
        about=f"Imported from {format_name}. Utilities keep the scale of the files.{_notes(profiles)}",
        sources={
            identifier: Source(identifier, title=_file_title(profile.file, format_name))
            for identifier, profile in zip(ids, profiles, strict=True)
        },
        file=str(path),
    )


def _notes(profiles: Sequence[Profile]) -> str:
    """Return the profiles' notes, each once, with the files that it is about."""
    files: dict[str, list[str]] = {}
    for profile in profiles:
        for note in profile.notes:
            files.setdefault(note, []).append(profile.file)
    return "".join(f" {note} {', '.join(names)}." for note, names in files.items())


def _file_title(file: str, format_name: str) -> str:
    title = f"{file} ({format_name})"
    return title if is_line(title) else f"a file of {format_name}"


def slug(text: str) -> str:
    """Return lower-case ASCII letters, digits and single hyphens for a name; empty when nothing is left."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[^a-z0-9]+", "-", plain.lower())[:_SLUG_LENGTH].strip("-")


def unique_ids(names: Sequence[str]) -> tuple[str, ...]:
    """Return a slug for every name, in order, each different: a number follows where two would be the same."""
    found: list[str] = []
    for name in names:
        base = slug(name) or "party"
        identifier, number = base, 2
        while identifier in found:
            identifier, number = f"{base}-{number}", number + 1
        found.append(identifier)
    return tuple(found)


def _party(identifier: str, profile: Profile, issues: Sequence[Issue]) -> Party:
    path = f"parties.{identifier}"
    basis = Basis(source=identifier)
    values = tuple(
        Values(f"{path}.values.{issue.name}", row.values, row.values, points=row.points, basis=basis)
        for issue, row in zip(issues, profile.rows, strict=True)
    )
    interactions = tuple(
        Interaction(when, Number(f"{path}.interactions.{number}.adds", amount, amount, basis))
        for number, (when, amount) in enumerate(profile.adds)
    )
    weights = Weights(f"{path}.weights", profile.weights, profile.weights, total=None, basis=basis)
    worth = profile.reservation
    reason = Basis(source=identifier, because=profile.because)
    value = None if worth is None else Number(f"{path}.batna.value", worth, worth, reason)
    factor = profile.discount
    return Party(
        id=identifier,
        name=profile.name if is_line(profile.name) else identifier,
        preferences=Preferences(weights, values, interactions, scale="peer"),
        batna=Batna(value, equals=profile.equals, basis=reason),
        discount=None if factor is None else Number(f"{path}.discount", factor, factor, basis),
    )
