"""Who a verified login is: from an e-ID's claims and the municipality's directory to a principal."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Final

from shared.domain.ids import OrganisationId, PersonIndex, StaffId
from shared.domain.municipality import Municipality, Texts
from shared.domain.principals import CASE_ROLES, Kind, Principal, Role

LOWEST_ASSURANCE: Final = 3
"""Tillitsnivå 3 (Digg's trust framework): what a wrong person could see here harms too much for less."""


class Audience(StrEnum):
    """Whom a broker may vouch for; a claim outside its audiences is ignored."""

    RESIDENT = "resident"
    ORGANISATION = "organisation"
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class ClaimNames:
    """What this broker calls the claims we read."""

    personnummer: str = "personnummer"
    name: str = "name"
    organisation: str = "organisation"
    employee: str = "employee"


@dataclass(frozen=True, slots=True)
class ClientKey:
    """Our key at a broker, for private_key_jwt: a PEM file, the id the broker knows it by, and its algorithm."""

    file: Path
    id: str
    alg: str = "RS256"


@dataclass(frozen=True, slots=True)
class Broker:
    """One OpenID provider that the installation trusts, as configured.

    `algs` are of one family. `acr` gives the assurance level of each accepted `acr` value, `max_age` the
    longest time in seconds since the person proved itself, `hosts` the only hosts we ever call for it.
    Without a `client_key` the client is public and PKCE alone protects the code.
    """

    id: str
    names: Texts
    hints: Texts
    issuer: str
    client_id: str
    algs: tuple[str, ...]
    acr: Mapping[str, int]
    audiences: frozenset[Audience]
    hosts: frozenset[str]
    scopes: tuple[str, ...] = ("openid",)
    max_age: int = 300
    claims: ClaimNames = field(default_factory=ClaimNames)
    client_key: ClientKey | None = None


@dataclass(frozen=True, slots=True)
class Attempt:
    """One started login: single use, kept sealed by the browser that started it alone."""

    broker: str
    state: str
    nonce: str
    verifier: str
    next: str


@dataclass(frozen=True, slots=True)
class Claims:
    """What a verified ID token says about the person: `personnummer` has 12 digits and is never stored as it is."""

    broker: str
    personnummer: str
    name: str
    assurance: int
    organisation: OrganisationId | None = None
    employee: StaffId | None = None


class LoginRefused(Exception):
    """The login proves nobody we may let in; `code` says why and is safe to log."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class TokenRefused(LoginRefused):
    """The ID token is not one to trust."""


class BrokerUnavailable(Exception):
    """The e-ID provider did not answer in time, or answered nonsense; nobody was logged in."""


def recognise(claims: Claims, person: PersonIndex, broker: Broker, municipality: Municipality) -> Principal:
    """The principal of a verified login; `LoginRefused` for employees and organisations the directory lacks.

    Roles, unit and socionom come from the directory and never from the token.
    """
    base = Principal(Kind.RESIDENT, person=person, name=claims.name, assurance=claims.assurance)
    if claims.employee is not None and Audience.STAFF in broker.audiences:
        found = renew(replace(base, kind=Kind.STAFF, staff=claims.employee), municipality)
        return _known(found, "unknown_employee")
    if claims.organisation is not None and Audience.ORGANISATION in broker.audiences:
        found = renew(replace(base, kind=Kind.REPORTER, organisation=claims.organisation), municipality)
        return _known(found, "unknown_organisation")
    if Audience.RESIDENT in broker.audiences:
        return base
    raise LoginRefused("no_audience")


def renew(principal: Principal, municipality: Municipality) -> Principal | None:
    """The same principal as the directory knows it now, or None if it no longer does."""
    if principal.kind is Kind.STAFF:
        return _as_employed(principal, municipality)
    if principal.kind is Kind.REPORTER:
        return _as_reporting(principal, municipality)
    return principal


def _as_employed(principal: Principal, municipality: Municipality) -> Principal | None:
    staff = municipality.staff.get(principal.staff) if principal.staff else None
    if staff is None:
        return None
    return replace(principal, name=staff.name, unit=staff.unit, roles=staff.roles, socionom=staff.socionom)


def _as_reporting(principal: Principal, municipality: Municipality) -> Principal | None:
    organisation = municipality.organisations.get(principal.organisation) if principal.organisation else None
    if organisation is None:
        return None
    return replace(principal, organisation_name=organisation.name)


def _known(principal: Principal | None, code: str) -> Principal:
    if principal is None:
        raise LoginRefused(code)
    return principal


_HOME: Final = {Kind.STAFF: "/arbete", Kind.REPORTER: "/anmal", Kind.RESIDENT: "/mina"}
_ADMINISTRATION: Final = "/forvaltning"


def landing(principal: Principal, wanted: str) -> str:
    """Where the person goes after login: the page of ours it wanted, or the first page of its kind."""
    nowhere = wanted in {"", "/"} or wanted.startswith("/logga-in")
    return _home(principal) if nowhere else wanted


def _home(principal: Principal) -> str:
    if principal.has(Role.ADMINISTRATOR) and not principal.roles & CASE_ROLES:
        return _ADMINISTRATION
    return _HOME.get(principal.kind, "/")
