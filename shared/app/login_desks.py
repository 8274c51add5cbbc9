"""The desks of logging in."""

from functools import cached_property
from typing import TYPE_CHECKING

from shared.adapters.brokers import load_brokers
from shared.app.foundations import Foundations

if TYPE_CHECKING:
    from shared.adapters.oidc import Eid
    from shared.records.login_attempts import LoginAttempts
    from shared.records.parked_forms import ParkedForms


class LoginDesks(Foundations):
    """Logins, and what is kept of forms when one ended."""

    @cached_property
    def eid(self) -> "Eid":
        """Logins at the e-ID providers."""
        from shared.adapters.oidc import Eid

        return Eid(load_brokers(self.settings), self.settings, self.clock, self._transport, self.test_eid)

    @cached_property
    def attempts(self) -> "LoginAttempts":
        """Logins on their way."""
        from shared.adapters.sealed_texts import SealedTexts
        from shared.records.login_attempts import LoginAttempts

        seals = SealedTexts(lambda: self.kept.secret("logins"), (self.settings.tenant, "login attempt"))
        return LoginAttempts(self.store, seals, self.clock)

    @cached_property
    def parked(self) -> "ParkedForms":
        """Forms that were sent when a login had just ended."""
        from shared.records.parked_forms import ParkedForms

        return ParkedForms(self.store, self._seals, self.sessions, self.clock)
