"""Whose file may be read by its person now: old enough, known to the population register by name, nobody protected."""

from collections.abc import Callable

from shared.domain import access
from shared.domain.calendar import local_date
from shared.domain.cases import CasePerson, birth_date
from shared.domain.ids import AktId, KeyId
from shared.domain.principals import Principal
from shared.domain.register import Doubt, Reply
from shared.ports.register import PopulationRegister
from shared.records.register_questions import asked
from shared.records.vault import Vault


class OwnAkt:
    """Looks for the own akt; `number` tells the 12 digits that somebody logged in with, "" when nobody knows."""

    def __init__(
        self, vault: Vault, population_register: PopulationRegister, number: Callable[[Principal], str]
    ) -> None:
        self._store = vault.store
        self._sealing = vault.sealing
        self._ring = vault.ring
        self._clock = vault.clock
        self._register = population_register
        self._number = number

    def readable(self, principal: Principal) -> AktId | None:
        """The akt that the person may read now, or None, which looks the same whatever the reason.

        The register is asked of somebody without an akt too: how long that takes must not tell that there is one.
        """
        if not access.may_have_letters(principal):
            return None
        pointer = self._store.get("person_index", str(principal.person))
        document = None if pointer is None else self._store.get("persons", str(pointer.fields["person"]))
        if pointer is None or document is None:
            self._asked(principal, CasePerson(name=principal.name, number=self._number(principal)))
            return None
        key = KeyId(str(document.fields["key"]))
        self._ring.load([key])
        known = self._sealing.open(document, key, ("core",))["core"]
        reply = self._asked(principal, CasePerson(name=known["name"], number=known["number"]))
        if reply is None or reply.family is None or reply.family.protected or Doubt.NAME_DIFFERS in reply.doubts:
            return None
        return AktId(str(pointer.fields["akt"]))

    def _asked(self, principal: Principal, person: CasePerson) -> Reply | None:
        """What the register says; None, and nothing asked, for who is too young or of unknown age."""
        if not access.may_read_own_file(principal, birth_date(person.number), local_date(self._clock.now())):
            return None
        return asked(self._register, person, self._clock)
