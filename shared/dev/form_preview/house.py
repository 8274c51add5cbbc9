"""The least house that pages can stand in: a municipality and a clock, no keeper, nobody logged in."""

import secrets
from dataclasses import dataclass, field, replace

from shared.adapters.clock import SystemClock
from shared.adapters.municipality_file import load_versions
from shared.domain.calendar import local_date
from shared.domain.municipality import Municipality, valid_on
from shared.settings import Settings, read


class NobodyIn:
    """There are no logins."""

    def read(self, token: str) -> None:
        """No session is ever alive."""

    def end(self, token: str) -> None:
        """There is nothing to end."""


@dataclass(frozen=True)
class PreviewHouse:
    """What the web kit asks of a house."""

    settings: Settings
    municipality: Municipality
    clock: SystemClock = field(default_factory=SystemClock)
    sessions: NobodyIn = field(default_factory=NobodyIn)
    form_secret: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    parked: None = None


def preview_house(port: int) -> PreviewHouse:
    """A house at stage demo that answers on the port of this machine."""
    settings = replace(
        read({"TROSKELFRI_STAGE": "demo", "TROSKELFRI_KEEPERS": "embedded"}), origin=f"http://localhost:{port}"
    )
    today = local_date(SystemClock().now())
    return PreviewHouse(settings, valid_on(load_versions(settings.municipality), today))
