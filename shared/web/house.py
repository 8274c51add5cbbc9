"""What the web kit asks of the house it stands in: promises, so that it never knows who keeps them."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol, TypeAlias

from flask import current_app, g

from shared.domain.municipality import Municipality
from shared.domain.principals import Principal
from shared.ports.clock import Clock
from shared.settings import Settings


class Session(Protocol):
    """One login that is alive now."""

    @property
    def principal(self) -> Principal:
        """Who logged in, as the login proved it."""
        ...

    @property
    def ends_at(self) -> datetime:
        """When it ends if nothing more is done: the earlier of the idle limit and the longest life (aware UTC)."""
        ...


class Sessions(Protocol):
    """Logins by the secret in the browser's cookie."""

    def read(self, token: str) -> Session | None:
        """The living session, touched; None when there is none, it has ended or the token is forged. One read."""
        ...

    def end(self, token: str) -> None:
        """End the session; a token of no session does nothing."""
        ...


class ParkedForm(Protocol):
    """A form that was sent when the login had ended."""

    @property
    def path(self) -> str:
        """Where it was sent."""
        ...

    @property
    def body(self) -> bytes:
        """Its urlencoded fields."""
        ...


class Parked(Protocol):
    """Sealed keeping, for 30 minutes, of forms sent just after a login ended."""

    def park(self, body: bytes, path: str, session: str) -> str | None:
        """Keep the form for the person of the ended session whose cookie held `session`.

        Answers the secret that fetches it, or None when that person is not known any more.
        """
        ...

    def unpark(self, token: str, principal: Principal) -> ParkedForm | None:
        """The form, for the same person only and within 30 minutes; else None. May be asked again."""
        ...


class House(Protocol):
    """The part of the composition root that pages need."""

    @property
    def settings(self) -> Settings:
        """The installation's settings."""
        ...

    @property
    def clock(self) -> Clock:
        """The only source of the present."""
        ...

    @property
    def municipality(self) -> Municipality:
        """Names, phone numbers, hours and colours."""
        ...

    @property
    def sessions(self) -> Sessions:
        """The logins."""
        ...

    @property
    def form_secret(self) -> bytes:
        """At least 32 bytes, the same in every instance: signs the tokens of forms."""
        ...

    @property
    def parked(self) -> Parked | None:
        """Where forms of ended logins are kept; None shows them back to be copied instead."""
        ...


HouseSource: TypeAlias = Callable[[], House]
"""Answers the process-wide house, made at the first call."""

_KEY = "troskelfri.house"


def settle(app_extensions: dict[str, object], source: HouseSource) -> None:
    """Remember where this app gets its house."""
    app_extensions[_KEY] = source


def current_house() -> House:
    """The house of the app that answers this request; whatever keeps it from being made is raised."""
    house = house_or_none()
    if house is None:
        source: HouseSource = current_app.extensions[_KEY]
        house = g.house = source()
    return house


def house_or_none() -> House | None:
    """The house if this request has reached it: what must answer without one asks here."""
    house: House | None = g.get("house")
    return house
