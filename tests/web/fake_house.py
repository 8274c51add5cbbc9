"""A house for pages: the real settings and municipality shapes, everything else in memory."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from flask import Flask

from shared.domain.ids import OrganisationId, PersonIndex, UnitId
from shared.domain.municipality import Contact, Emergency, Municipality, OpeningHours, Unit
from shared.domain.principals import Kind, Principal, Role
from shared.ports.store import Unavailable
from shared.records.parked_forms import ParkedForm
from shared.settings import Settings, Stage
from shared.web import create_app

NOW = datetime(2026, 11, 22, 8, 20, tzinfo=UTC)
ORIGIN = "http://localhost:8080"
FROM_HERE = {"Sec-Fetch-Site": "same-origin", "Origin": "null"}
THEME = {
    "brand": "#0f4c52",
    "brand_deep": "#08343a",
    "brand_soft": "#e3eeec",
    "page": "#f8f4ec",
    "line": "#ddd4c4",
    "lamp": "#f3b53f",
}

SARA = Principal(
    Kind.REPORTER,
    PersonIndex("a" * 32),
    name="Sara Exempel",
    organisation=OrganisationId("exempelskolan"),
    organisation_name="Exempelskolan",
)
OLA = replace(SARA, person=PersonIndex("b" * 32), name="Ola Exempel")
ANNA = Principal(
    Kind.STAFF, PersonIndex("c" * 32), name="Anna Exempel", roles=frozenset({Role.INTAKE_CASEWORKER}), socionom=True
)


def municipality() -> Municipality:
    """Exempelkommun, in memory."""
    unit = Unit(UnitId("mottagningen"), "Mottagningen barn och unga", "031-390 06 01", intake=True)
    return Municipality(
        valid_from=date(2026, 7, 1),
        name="Exempelkommun",
        short_name="Exempelkommun",
        contact=Contact(
            "031-390 06 00",
            {"sv": "Vardagar 8–16. Tolk finns.", "en": "Weekdays 8 am–4 pm. Interpreters are available."},
            {"sv": "Besök oss: Storgatan 1", "en": "Visit us: Storgatan 1"},
            {"sv": "Ingen tid behövs, 9–15", "en": "No appointment needed, 9 am–3 pm"},
        ),
        emergency=Emergency(
            "112",
            "031-390 06 12",
            {"sv": "Kväll och helg: socialjouren", "en": "Evenings and weekends: out-of-hours social services"},
            "031-390 06 13",
        ),
        opening=OpeningHours(frozenset({1, 2, 3, 4, 5}), time(8), time(16)),
        leave_to="https://www.smhi.se/",
        theme=THEME,
        units={unit.id: unit},
        staff={},
        organisations={},
    )


@dataclass(slots=True)
class StandingClock:
    """A clock that stands still."""

    at: datetime = NOW

    def now(self) -> datetime:
        return self.at


@dataclass(frozen=True, slots=True)
class Login:
    """A session that is alive."""

    principal: Principal
    ends_at: datetime = NOW + timedelta(minutes=15)


@dataclass(slots=True)
class MemorySessions:
    """Sessions by token; counts its reads and can be away."""

    alive: dict[str, Login] = field(default_factory=dict)
    reads: int = 0
    away: bool = False

    def read(self, token: str) -> Login | None:
        self.reads += 1
        if self.away:
            raise Unavailable
        return self.alive.get(token)

    def end(self, token: str) -> None:
        if self.away:
            raise Unavailable
        self.alive.pop(token, None)


@dataclass(slots=True)
class MemoryParked:
    """Parked forms; knows whose session each token was."""

    owners: dict[str, Principal]
    kept: dict[str, tuple[Principal, ParkedForm]] = field(default_factory=dict)

    def park(self, body: bytes, path: str, session: str) -> str | None:
        owner = self.owners.get(session)
        if owner is None:
            return None
        token = f"ticket-{len(self.kept)}"
        self.kept[token] = (owner, ParkedForm(path, body))
        return token

    def unpark(self, token: str, principal: Principal) -> ParkedForm | None:
        owner, form = self.kept.get(token, (None, None))
        return form if owner is not None and owner.person == principal.person else None


@dataclass(slots=True)
class FakeHouse:
    """The house as pages see it."""

    settings: Settings = field(default_factory=lambda: Settings(stage=Stage.DEMO, origin=ORIGIN, var=Path("var")))
    clock: StandingClock = field(default_factory=StandingClock)
    municipality: Municipality = field(default_factory=municipality)
    sessions: MemorySessions = field(default_factory=MemorySessions)
    form_secret: bytes = b"s" * 32
    parked: MemoryParked | None = None

    def lead_away_to(self, address: str) -> None:
        """Let the quick exit lead to this page."""
        self.municipality = replace(self.municipality, leave_to=address)

    def log_in(self, principal: Principal, token: str = "anna") -> str:  # noqa: S107 - a made-up token
        """Open a session; the answer is its token."""
        self.sessions.alive[token] = Login(principal)
        return token


def production_house() -> FakeHouse:
    """The same house as it stands in production."""
    return FakeHouse(settings=Settings(origin="https://tjanster.example.se", var=Path("var")))


def app_with(house: FakeHouse, *routes: Callable[[Flask], None], internal: bool = False) -> Flask:
    """An app of the kit with these routes."""
    app = create_app("shared.web", lambda: house, internal=internal)
    for add in routes:
        add(app)
    return app
