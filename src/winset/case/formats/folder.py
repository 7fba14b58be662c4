"""Finds out what a folder or file holds, from its content, and reads it as a negotiation."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from winset.case.formats import genius, geniusweb, negmas
from winset.case.formats.assemble import assemble
from winset.case.formats.profile import Domain, Profile
from winset.case.formats.source import (
    NOTHING_THERE,
    UNKNOWN_PARTY,
    UNREADABLE,
    Place,
    Source,
    read_source,
)
from winset.case.formats.xml_tree import root_tag
from winset.errors import nearest_name
from winset.model.negotiation import Negotiation

MAX_FILES: Final = 1_000
_SUFFIXES: Final = (".xml", ".json", ".yml", ".yaml")
_PARETO: Final = "pareto.xml"
_CASE_KEY: Final = re.compile(rb"""(?:\A|[\n{,])\s{0,8}["']?winset["']?\s{0,8}:""")
_TYPE_KEY: Final = re.compile(rb"""(?m)^["']?type["']?[ \t]*:[ \t]*["']?([A-Za-z0-9_.]+)""")


Role = Literal["domain", "profile"]
_XML_ROLES: Final[dict[str, Role]] = {"negotiation_template": "domain", "utility_space": "profile"}
_PROFILE_KINDS: Final = (geniusweb.PROFILE_KIND, "SumOfGroupsUtilitySpace", "DefaultPartialOrdering")


@dataclass(frozen=True, slots=True)
class Format:
    """A peer's format: its name, and how to read a domain and a profile."""

    name: str
    read_domain: Callable[[Source], Domain]
    read_profile: Callable[[Source, Domain], Profile]
    profile_holds_domain: bool


GENIUS: Final = Format("Genius", genius.read_domain, genius.read_profile, profile_holds_domain=True)
GENIUSWEB: Final = Format("GeniusWeb", geniusweb.read_domain, geniusweb.read_profile, profile_holds_domain=True)
NEGMAS: Final = Format("NegMAS", negmas.read_domain, negmas.read_profile, profile_holds_domain=False)


@dataclass(frozen=True, slots=True)
class Found:
    """A file and what it is."""

    source: Source
    format: Format
    role: Role


def is_peer(path: Path) -> bool:
    """Whether this is a folder, or a file in a peer's format: XML, JSON or NegMAS YAML, and not a case file."""
    if path.is_dir():
        return True
    data = read_source(path).data.lstrip(b"\xef\xbb\xbf \t\r\n")
    if _is_xml(data):
        return True
    if _CASE_KEY.search(data):
        return False
    return data.startswith((b"{", b"[")) or _negmas_role(data) is not None


def read(path: Path, parties: Sequence[str] = ()) -> Negotiation:
    """Read a folder of a domain and profiles, or one profile that carries its domain.

    Parameters
    ----------
    path : Path
        A folder: every profile in it is a party, in the order of the files' names. A file: one party.
    parties : sequence of str
        Names of the files of a folder that are to be parties, in this order; empty for all.

    Returns
    -------
    Negotiation
        One account. Utilities keep the scale of the files; agreement needs the consent of every party.

    Raises
    ------
    InputError
        When nothing is found, when files are malformed or do not fit together, and when something in them
        cannot be represented.
    """
    found = _files(path)
    formats = {item.format.name for item in found}
    if len(formats) > 1:
        raise Place(str(path)).refuse(
            NOTHING_THERE, "files of more than one format", found=", ".join(sorted(formats)), allowed="one"
        )
    profiles = _chosen([item for item in found if item.role == "profile"], parties, path)
    domain_file = _domain_file(found, profiles, path)
    form = domain_file.format
    domain = form.read_domain(domain_file.source)
    made = [form.read_profile(item.source, domain) for item in profiles]
    return assemble(domain, made, path, form.name)


def _files(path: Path) -> list[Found]:
    """Return the domains and profiles at a path, by file name; raise InputError when there are none."""
    place = Place(str(path))
    if not path.is_dir():
        candidates = [path]
    else:
        try:
            names = sorted(path.iterdir())
        except OSError as error:
            raise place.refuse(UNREADABLE, "the folder cannot be read", found=error.strerror) from None
        candidates = [name for name in names if _is_candidate(name)]
    if len(candidates) > MAX_FILES:
        raise place.refuse(UNREADABLE, "too many files", found=len(candidates), allowed=f"at most {MAX_FILES}")
    found = [item for candidate in candidates if (item := _classify(read_source(candidate))) is not None]
    if not found:
        raise place.refuse(
            NOTHING_THERE,
            "neither a domain nor a profile of a known format",
            allowed="Genius XML, GeniusWeb JSON or NegMAS YAML",
        )
    return found


def _is_candidate(path: Path) -> bool:
    name = path.name.lower()
    return (
        name.endswith(_SUFFIXES)
        and not name.startswith(".")
        and not name.endswith(_PARETO)  # lists of points without a tag, which Genius keeps beside a domain
        and path.is_file()
    )


def _classify(source: Source) -> Found | None:
    """Return what a file is, or None when it is plainly something else."""
    data = source.data.lstrip(b"\xef\xbb\xbf \t\r\n")
    if _is_xml(data):
        tag = root_tag(source)
        if tag in _XML_ROLES:
            return Found(source, GENIUS, _XML_ROLES[tag])
        return None
    if data.startswith((b"{", b"[")):
        document = geniusweb.parse_json(source)
        if isinstance(document, dict) and "winset" not in document:
            if "issuesValues" in document:
                return Found(source, GENIUSWEB, "domain")
            if any(kind in document for kind in _PROFILE_KINDS):
                return Found(source, GENIUSWEB, "profile")
        return None
    role = _negmas_role(data)
    return None if role is None else Found(source, NEGMAS, role)


def _is_xml(data: bytes) -> bool:
    """Whether the first character is that of XML, in UTF-8 or, with its mark at the beginning, in UTF-16."""
    utf_16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    return data.startswith(b"<") or (utf_16 and b"<" in data[2:8])


def _negmas_role(data: bytes) -> Role | None:
    """Return the role that the top-level `type` gives a YAML file, by the rule that NegMAS itself uses."""
    match = _TYPE_KEY.search(data)
    if match is None or _CASE_KEY.search(data):
        return None
    if b"OutcomeSpace" in match[1]:
        return "domain"
    return "profile" if b"fun" in match[1].lower() else None


def _chosen(profiles: list[Found], parties: Sequence[str], path: Path) -> list[Found]:
    place = Place(str(path))
    by_name = {item.source.path.name: item for item in profiles}
    for number, name in enumerate(parties):
        if name not in by_name or name in parties[:number]:
            raise place.refuse(
                UNKNOWN_PARTY,
                "no profile has this file name" if name not in by_name else "a party is named twice",
                found=name,
                allowed=", ".join(by_name),
                nearest=nearest_name(name, list(by_name)),
            )
    if not profiles:
        raise place.refuse(
            NOTHING_THERE,
            "a domain without a profile: nobody's preferences are known",
            allowed="a folder with a domain and a profile for every party",
        )
    return [by_name[name] for name in parties] if parties else profiles


def _domain_file(found: list[Found], profiles: list[Found], path: Path) -> Found:
    """Return the domain's file or, without one, the first profile, which repeats the domain."""
    domains = [item for item in found if item.role == "domain"]
    if len(domains) > 1:
        names = ", ".join(item.source.path.name for item in domains)
        raise Place(str(path)).refuse(NOTHING_THERE, "more than one domain", found=names, allowed="one")
    if domains:
        return domains[0]
    if not profiles[0].format.profile_holds_domain:
        raise Place(str(path)).refuse(
            NOTHING_THERE,
            "a profile without its domain",
            allowed=f"the folder that also holds the domain, as {profiles[0].format.name} writes it",
        )
    return profiles[0]
